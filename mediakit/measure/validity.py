"""What a validation says of each item of a measure, to stand under its figures."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_frame

ALL = "all classes"
FEW = 4
VERBS = ("validate", "validate_tones")


def validity_of(validation: pd.DataFrame, items: Sequence[str]) -> dict:
    """Return what a validation found of a measure with these items, or raise.

    Returns
    -------
    dict
        held : str, "Held against 60 coded texts"; by_item : dict, for each item that
        was validated its figures in a long and in a short form; together : str, where
        codes were of several items, the mean over them.
    """
    check_frame("validation", validation)
    record = validation.attrs.get("mediakit", {})
    verb = record.get("verb")
    if verb not in VERBS or not len(validation):
        raise MediakitError(
            "`validation` must be a table of `mk.validate`, or of `mk.validate_tones`, "
            "as it was given."
        )
    own = validation[validation["group"] == "all"]
    words: dict[str, pd.Series] = {}
    together = None
    if verb == "validate":
        words = _rows(own[own["method"] == "words"])
        own = own[own["method"] == "measure"]
        if record["parameters"]["cuts"] is not None:
            own, words = _of_cuts(own, words, items)
        elif len(items) > 1:
            together = _rows(own).get(ALL)
    found = {item: row for item, row in _rows(own).items() if item in set(items)}
    if not found:
        raise MediakitError(
            f"the validation is of {sorted(set(validation['item']) - {ALL})[:5]}, but "
            f"the measure has {list(items)[:5]}; validate this measure."
        )
    first = next(iter(found.values()))
    known = {
        item: [_long(row, words.get(item), verb), _span(row, _figure(row))]
        for item, row in found.items()
    }
    mean = {} if together is None else {"together": _span(together, _figure(together))}
    return {"held": _held(record, first), "by_item": known} | mean


def validity_sentence(known: Mapping, items: Sequence[str]) -> str:
    """Return the sentence for a figure of these items: to each its own."""
    items = list(dict.fromkeys(items))
    of = known["by_item"]
    there = [item for item in items if item in of]
    if not there:
        return ""
    if len(items) == 1:
        return f"{known['held']}: {of[there[0]][0]}."
    said = [f"“{item}” {of[item][1]}" for item in there[:FEW]]
    said += [f"{len(there) - FEW} more"] if len(there) > FEW else []
    if "together" in known and len(there) > 1:
        said.insert(0, f"mean {known['together']}")
    missing = [item for item in items if item not in of]
    if len(missing) > FEW:
        said.append(f"{len(missing)} other items: not validated")
    else:
        said += [f"“{item}”: not validated" for item in missing]
    return f"{known['held']}: {'; '.join(said)}."


def _rows(table: pd.DataFrame) -> dict[str, pd.Series]:
    return {row["item"]: row for _, row in table.iterrows()}


def _of_cuts(own: pd.DataFrame, words: dict, items: Sequence[str]):
    """Return the row over all classes as that of the one item that was cut."""
    if len(items) > 1:
        raise MediakitError(
            f"the validation is of one instrument, and the measure has {len(items)}: "
            f"{list(items)[:5]}; validate each, by `mk.validate_tones`, or take the "
            "one by `measure.only_items`."
        )
    row = own[own["item"] == ALL].assign(item=items[0])
    return row, {items[0]: words[ALL]} if ALL in words else {}


def _figure(row: pd.Series) -> str:
    return "f1" if np.isfinite(row["f1"]) else "alpha"


def _long(row: pd.Series, words: pd.Series | None, verb: str) -> str:
    """Return all figures of one item, with the word model's where that is better."""
    figure = _figure(row)
    more = {"f1": ["precision", "recall"], "alpha": ["r"]}[figure]
    more = ["r"] if verb == "validate_tones" else more
    said = [_span(row, name) for name in (figure, *more)]
    rival = row.get("words_f1", np.nan) if words is None else words[figure]
    if rival > row[figure]:
        said.append(f"a word model {_plain(rival)}")
    return "; ".join(said)


def _held(record: dict, row: pd.Series) -> str:
    coders = record["coders"]
    by = f" by {coders} coders" if coders > 1 else ""
    if np.isfinite(row["coders_alpha"]):
        by += f" (alpha {_plain(row['coders_alpha'])})"
    return f"Held against {record['units']:,} coded texts{by}"


def _span(row: pd.Series, figure: str) -> str:
    name = {"f1": "F1", "r": "correlation"}.get(figure, figure)
    low, high = row[f"{figure}_low"], row[f"{figure}_high"]
    ends = f" ({_plain(low)} to {_plain(high)})" if np.isfinite(low) else ""
    return f"{name} {_plain(row[figure])}{ends}"


def _plain(number: float) -> str:
    return f"{number:.2f}" if np.isfinite(number) else "unknown"
