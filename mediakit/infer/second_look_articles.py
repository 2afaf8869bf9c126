"""Questions of a second look that leave articles out, or match them."""

from dataclasses import replace

import numpy as np
import pandas as pd

from mediakit.clean.agencies import agency_names
from mediakit.clean.events import label_events
from mediakit.infer.groups import group_codes
from mediakit.infer.second_look_finding import FAILED, HELD, UNASKED, Answer, Finding

NO_TEXTS = (
    "give the corpus with its texts in `corpus=`, or label the articles by `{verb}` "
    "before they are tokenized"
)


def without_an_outlet(finding: Finding) -> Answer:
    """Ask whether it hangs on one outlet of several."""
    outlets = finding.column("outlet")
    if outlets is None:
        return Answer(UNASKED, "The articles have no column 'outlet'.")
    rows = {}
    for name, kept in one_left_out(finding).items():
        rows[name] = finding.look(kept)
    if not rows:
        return Answer(
            UNASKED,
            "Each side is one outlet, so this is about the two of them; take several "
            "outlets a side to speak of more.",
        )
    judged = {name: finding.judge(row)[0] for name, row in rows.items()}
    weakest = min(
        rows, key=lambda name: (judged[name] == HELD, _nearest(finding, rows[name]))
    )
    failed = [name for name, verdict in judged.items() if verdict == FAILED]
    unasked = [name for name, verdict in judged.items() if verdict == UNASKED]
    verdict = FAILED if failed else (UNASKED if unasked else HELD)
    held = len(rows) - len(failed) - len(unasked)
    told = f"Held without each of {held} of {len(rows)} outlets."
    if failed:
        told += f" Not without {', '.join(failed)}."
    if unasked:
        told += f" Too few {finding.units} without {', '.join(unasked)}."
    told += f" The numbers are those without {weakest}. {_alone(finding, outlets)}"
    p = finding.first.get("p_outlet", np.nan)
    if not np.isnan(p):
        told += f" Where whole outlets change sides, p is {p:.2g}."
    return finding.stated(rows[weakest], verdict, told.strip())


def one_left_out(finding: Finding) -> dict[str, np.ndarray]:
    """Return which rows are kept without each outlet, if both sides are left."""
    groups = group_codes(finding.articles, "outlet")
    kept = {}
    for code, name in enumerate(groups.names):
        others = groups.codes != code
        sides = finding.sides.rows_a, finding.sides.rows_b
        touched = any((rows & ~others).any() for rows in sides)
        if touched and all((rows & others).any() for rows in sides):
            kept[name] = others
    return kept


def _nearest(finding: Finding, row: pd.Series) -> float:
    """Return the limit nearest no difference, as seen from the first look's side."""
    up = finding.first[finding.estimate] > 0
    limit = row["low"] if up else -row["high"]
    return -np.inf if np.isnan(limit) else limit


def _alone(finding: Finding, outlets: pd.Series) -> str:
    alone = [
        label
        for label, rows in (
            (finding.sides.label_a, finding.sides.rows_a),
            (finding.sides.label_b, finding.sides.rows_b),
        )
        if outlets[rows].nunique() == 1
    ]
    return f"{alone[0]} is one outlet and cannot be left out." if alone else ""


def without_wire_copy(finding: Finding) -> Answer:
    """Ask whether it hangs on what was taken over from agencies and others."""
    copy = wire_copy(finding)
    if copy is None:
        need = NO_TEXTS.format(verb="mk.label_duplicates")
        return Answer(UNASKED, f"Nothing says which articles are copies: {need}.")
    copy &= finding.on_a_side
    told = (
        f"Left out: {int(copy.sum()):,} of {int(finding.on_a_side.sum()):,} "
        f"{finding.units}, copies of others there or credited to an agency."
    )
    left = [
        (rows & ~copy).any() for rows in (finding.sides.rows_a, finding.sides.rows_b)
    ]
    if not all(left):
        return Answer(UNASKED, f"{told} Nothing is left of a side.")
    return finding.answer(finding.look(~copy), told)


def wire_copy(finding: Finding) -> np.ndarray | None:
    """Say which rows are copies, or credit an agency other than their own outlet."""
    found = [
        finding.column(name, lambda one: one.labelled)
        for name in ("duplicate_of", "wire_agency")
    ]
    if all(column is None for column in found):
        return None
    copy = np.zeros(len(finding.measure), bool)
    copied, agency = found
    if copied is not None:
        copy |= copied.notna().to_numpy()
    if agency is not None:
        copy |= agency.notna().to_numpy() & ~_own(finding, agency)
    return copy


def _own(finding: Finding, agency: pd.Series) -> np.ndarray:
    """Say where the outlet is the agency that is credited."""
    outlets = finding.column("outlet")
    if outlets is None:
        return np.zeros(len(agency), bool)
    names = agency_names()
    own = outlets.map(lambda outlet: names.get(outlet, outlet))
    return (own.to_numpy() == agency.to_numpy()) | (
        outlets.to_numpy() == agency.to_numpy()
    )


def matched_events(finding: Finding) -> Answer:
    """Ask whether it is there where both sides report the same events."""
    events = finding.column("event_id", _events)
    if events is None:
        need = NO_TEXTS.format(verb="mk.label_events")
        return Answer(UNASKED, f"Nothing says which articles report one event: {need}.")
    articles = finding.articles.assign(event_id=events.to_numpy())
    in_a, in_b = (
        set(events[rows].dropna())
        for rows in (finding.sides.rows_a, finding.sides.rows_b)
    )
    shared = events.isin(in_a & in_b).to_numpy() & finding.on_a_side
    if not shared.any():
        return Answer(UNASKED, "No event is reported by both sides.")
    row = finding.look_at(
        replace(finding.measure, articles=articles), within="event_id"
    )
    told = (
        f"Within {len(in_a & in_b):,} events that both sides report, "
        f"{int(shared.sum()):,} of {int(finding.on_a_side.sum()):,} {finding.units}."
    )
    return finding.answer(row, told)


def _events(finding: Finding) -> pd.DataFrame:
    return label_events(finding.labelled)
