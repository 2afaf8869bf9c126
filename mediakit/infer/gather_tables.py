"""The tables of a class: its answers, and how far each coder has come."""

import numpy as np
import pandas as pd

from mediakit.text.coding import Coding
from mediakit.text.coding_answers import Given, is_complete
from mediakit.text.coding_journal import FIRST

ANSWERS = {
    "question": "str",
    "code": "str",
    "codes": "int64",
    "share": "float64",
    "coders": "int64",
}
UNITS = {
    "unit_id": "str",
    "question": "str",
    "code": "str",
    "codes": "int64",
    "share": "float64",
    "text": "str",
}
CODERS = {
    "coder": "str",
    "units": "int64",
    "of": "int64",
    "complete": "bool",
    "answers": "int64",
    "seconds": "float64",
    "first": "datetime64[us, UTC]",
    "last": "datetime64[us, UTC]",
    "note": "str",
}


def answers_of(codes: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """Return how often each code was given to each question, never included."""
    rows = []
    for question in coding.codebook.questions:
        choices = ("yes", "no") if question.choose == "many" else question.codes
        for item in question.items:
            told = codes[(codes["question"] == item) & codes["code"].notna()]
            for code in choices:
                those = told[told["code"] == code]
                share = len(those) / len(told) if len(told) else np.nan
                row = item, code, len(those), share, those["coder"].nunique()
                rows.append(row)
    return pd.DataFrame(rows, columns=list(ANSWERS)).astype(ANSWERS)


def units_of(codes: pd.DataFrame) -> pd.DataFrame:
    """Return how often each code was given to each unit."""
    told = codes[codes["code"].notna()]
    keys = ["unit_id", "question"]
    found = told.groupby([*keys, "code"], sort=False).agg(
        codes=("coder", "size"), text=("text", "first")
    )
    found = found.reset_index()
    found["share"] = found["codes"] / found.groupby(keys)["codes"].transform("sum")
    return found[list(UNITS)].astype(UNITS)


def coders_of(coding: Coding, found: Given, remarks: dict) -> pd.DataFrame:
    """Return for each coder how much is done, and how fast."""
    first, rows = found.answers[FIRST], []
    for coder in sorted(set(first) | {name for _, name, _ in found.notes}):
        units = first.get(coder, {})
        done = [one for one in units.values() if is_complete(coding.codebook, one)]
        said = [record for answers in units.values() for record in answers.values()]
        times = [record["time"] for record in said if record.get("time")]
        row = (
            coder,
            len(done),
            len(coding),
            len(done) == len(coding),
            len(said),
            _seconds(units),
            min(times, default=None),
            max(times, default=None),
            "; ".join(remarks.get(coder, [])),
        )
        rows.append(row)
    table = pd.DataFrame(rows, columns=list(CODERS))
    for name in ("first", "last"):
        table[name] = pd.to_datetime(table[name], format="ISO8601", utc=True)
    return table.astype(CODERS)


def _seconds(units: dict) -> float:
    """Return the median over units of the seconds until the last answer."""
    told = [
        [record["seconds"] for record in answers.values() if "seconds" in record]
        for answers in units.values()
    ]
    longest = [max(seconds) for seconds in told if seconds]
    return float(np.median(longest)) if longest else np.nan
