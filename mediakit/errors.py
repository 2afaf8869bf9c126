"""Errors and checks in one voice: the value, what is allowed, what to do next."""

import re
from collections.abc import Iterable
from numbers import Integral

import pandas as pd

OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class _Said:
    """A message in which others' words are only words: a terminal obeys none of them.

    Names of outlets and files come from outside. Signs that move the cursor, change
    colours or turn the line around are written out.
    """

    def __init__(self, *said):
        super().__init__(*(_plain(one) for one in said))


def _plain(said):
    if not isinstance(said, str):
        return said
    return OBEYED.sub(lambda sign: ascii(sign[0])[1:-1], said)


class MediakitError(_Said, ValueError):
    r"""Input that mediakit cannot use; the message says what to do next.

    Examples
    --------
    >>> str(MediakitError("no outlet \x1b[2J"))
    'no outlet \\x1b[2J'
    """


class MediakitWarning(_Said, UserWarning):
    """Something was left out or looks wrong; the result is still right."""


def check_choice(name: str, value: object, choices: Iterable[str]) -> str:
    """Return `value`, or raise naming the choices."""
    choices = list(choices)
    if value not in choices:
        raise MediakitError(f"`{name}` must be one of {choices}, got {value!r}.")
    return value


def check_frame(name: str, value: object) -> pd.DataFrame:
    """Return `value`, or raise if it is not a DataFrame."""
    if not isinstance(value, pd.DataFrame):
        raise MediakitError(
            f"`{name}` must be a pandas DataFrame, got {type(value).__name__}."
        )
    return value


def check_columns(name: str, frame: pd.DataFrame, needed: Iterable[str]) -> None:
    """Raise naming the missing columns and those there are."""
    missing = [column for column in needed if column not in frame.columns]
    if missing:
        raise MediakitError(
            f"`{name}` lacks the columns {missing}; it has {list(frame.columns)}."
        )


def check_between(name: str, value: float, low: float, high: float) -> float:
    """Return `value`, or raise if it is not strictly between `low` and `high`."""
    if not low < value < high:
        raise MediakitError(
            f"`{name}` must lie between {low} and {high}, got {value!r}."
        )
    return value


def check_whole(name: str, value: object, least: int) -> int:
    """Return `value`, or raise if it is no whole number from `least`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < least:
        raise MediakitError(
            f"`{name}` must be a whole number from {least}, got {value!r}."
        )
    return int(value)
