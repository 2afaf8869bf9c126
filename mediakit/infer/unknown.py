"""What a table of voices must say of the speakers that no list knows."""

import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitWarning
from mediakit.infer.groups import Sides
from mediakit.measure.measure import Measure
from mediakit.text.voices_people import UNKNOWN

WIDE, FEW = 0.1, 4
OVER = {
    "words": "quoted words of speakers",
    "speakers": "speakers",
    "verbs": "reporting verbs of speakers",
}


def unknown_in_groups(measure: Measure, table: pd.DataFrame) -> list[str]:
    """Return a note on a table of `summarise`, if the measure is one of voices."""
    groups = table.groupby("group", sort=False)
    return _notes({name: _share(measure, rows) for name, rows in groups}, measure)


def unknown_on_sides(measure: Measure, table: pd.DataFrame, sides: Sides) -> list[str]:
    """Return a note on a table of `compare`; warn if the two sides differ much."""
    shares = {}
    for name, label in (("a", sides.label_a), ("b", sides.label_b)):
        columns = {f"value_{name}": "value", f"rate_{name}": "rate"}
        shares[label] = _share(
            measure, table[["item", *columns]].rename(columns=columns)
        )
    notes = _notes(shares, measure)
    if notes and max(shares.values()) - min(shares.values()) >= WIDE:
        warnings.warn(
            f"{notes[0]} The sides differ, so their other shares may: read the unknown "
            "(`find_quotations`), and add words to the list of `speakers`.",
            MediakitWarning,
            stacklevel=4,
        )
    return notes


def _share(measure: Measure, rows: pd.DataFrame) -> float:
    """Return the share of unknown speakers; NaN if a measure has or tells none."""
    made = measure.provenance
    if made.get("made_by") != "count_voices":
        return np.nan
    rows = rows.set_index("item")
    if made["of"] != "verbs":
        return rows["rate"].get(UNKNOWN, np.nan)
    items = measure.items.set_index("item")["concept"]
    whole = rows.loc[items.index[items.isna()]]
    none = rows.loc[items.index[items == UNKNOWN], "value"]
    complete = len(none) and np.isclose(whole["rate"].sum(), 1)
    return none.sum() / whole["value"].sum() if complete else np.nan


def _notes(shares: dict[str, float], measure: Measure) -> list[str]:
    told = {name: 100 * share for name, share in shares.items() if share == share}
    if not told:
        return []
    said = ", ".join(f"{name} {share:.0f} %" for name, share in told.items())
    if len(told) > FEW:
        said = f"{min(told.values()):.0f} to {max(told.values()):.0f} %"
    return [
        f"{OVER[measure.provenance['of']]} that no list knows: {said}; other groups "
        "may be among them."
    ]
