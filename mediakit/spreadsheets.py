"""Text that a spreadsheet would run as a formula, made harmless in every CSV."""

import re

import pandas as pd
from pandas.api import types

FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def guard(text):
    """Put an apostrophe before text that a spreadsheet would run as a formula.

    What is no text stays as it is.

    Examples
    --------
    >>> guard("=1+1"), guard("one=1"), unguard(guard("'=1+1"))
    ("'=1+1", 'one=1', "'=1+1")
    """
    return "'" + text if isinstance(text, str) and FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Undo `guard`."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts and names of columns no spreadsheet runs."""
    made = table.rename(columns=guard)
    for name in made:
        if types.is_string_dtype(made[name]) or types.is_object_dtype(made[name]):
            made[name] = made[name].map(guard)
    return made
