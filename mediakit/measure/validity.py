"""What a validation says of a measure, in a sentence to stand under its figures."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_frame

ALL = "all classes"
FEW = 4


def validity_sentence(validation: pd.DataFrame, items: list[str]) -> str:
    """Return the sentence for a measure with these items, or raise if it is another's.

    Of one item its own row, else the row of all classes; with the word model's figure
    where that is better.
    """
    check_frame("validation", validation)
    record = validation.attrs.get("mediakit", {})
    if record.get("verb") == "validate_tones" and len(validation):
        return _of_tones(validation, record, items)
    if record.get("verb") != "validate" or not len(validation):
        raise MediakitError(
            "`validation` must be a table of `mk.validate`, or of `mk.validate_tones`, "
            "as it was given."
        )
    own = validation[validation["group"] == "all"].set_index(["method", "item"])
    known = set(own.loc["measure"].index) & set(items)
    asked = record["parameters"]
    if not known and asked["cuts"] is None:
        raise MediakitError(
            f"the validation is of {sorted(set(validation['item']) - {ALL})[:5]}, but "
            f"the measure has {items[:5]}; validate this measure."
        )
    item = known.pop() if len(known) == 1 and asked["cuts"] is None else ALL
    row = own.loc["measure", item]
    figure = "f1" if np.isfinite(row["f1"]) else "alpha"
    said = [_span(row, figure)]
    if figure == "f1":
        said += [_span(row, "precision"), _span(row, "recall")]
    else:
        said += [_span(row, "r")]
    rival = own.loc["words", item][figure] if "words" in own.index else np.nan
    if rival > row[figure]:
        said.append(f"a word model {_plain(rival)}")
    return f"{_held(record, row)}: {'; '.join(said)}."


def _of_tones(validation: pd.DataFrame, record: dict, items: list[str]) -> str:
    """Return the sentence for instruments of tone, the first few by name."""
    own = validation[(validation["group"] == "all") & validation["item"].isin(items)]
    if own.empty:
        raise MediakitError(
            f"the validation is of {sorted(set(validation['item']))[:5]}, but the "
            f"measure has {items[:5]}; validate this measure."
        )
    said = [f"{row['item']} {_span(row, 'f1')}" for _, row in own.head(FEW).iterrows()]
    said += [f"{len(own) - FEW} more"] if len(own) > FEW else []
    return f"{_held(record, own.iloc[0])}: {'; '.join(said)}."


def _held(record: dict, row) -> str:
    coders = record["coders"]
    by = f" by {coders} coders" if coders > 1 else ""
    if np.isfinite(row["coders_alpha"]):
        by += f" (alpha {_plain(row['coders_alpha'])})"
    return f"Held against {record['units']:,} coded texts{by}"


def _span(row, figure: str) -> str:
    name = {"f1": "F1", "r": "correlation"}.get(figure, figure)
    low, high = row[f"{figure}_low"], row[f"{figure}_high"]
    ends = f" ({_plain(low)} to {_plain(high)})" if np.isfinite(low) else ""
    return f"{name} {_plain(row[figure])}{ends}"


def _plain(number: float) -> str:
    return f"{number:.2f}" if np.isfinite(number) else "unknown"
