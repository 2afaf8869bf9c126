"""check_answer: what a lesson says to an answer, whatever was typed."""

import warnings
from collections.abc import Callable, Mapping
from decimal import Decimal
from numbers import Real

import numpy as np

from mediakit.errors import MediakitError

AGAIN, NOT_YET, RIGHT = "Look again.", "Not yet.", "Right."


def check_answer(
    answer, right, *, within: float = 0, through: Callable | None = None
) -> str:
    """Say whether the answer to an exercise is right, and never stop at a wrong one.

    Parameters
    ----------
    answer : object
        What the reader gave; ``...`` if nothing yet.
    right : number, str, bool, tuple or dict
        The answer looked for. Of a text, case and blanks around it do not count; of a
        tuple or list, all in their order and of a dict, every key are asked for. If it
        is NaN, there is nothing yet to hold an answer against.
    within : float, default 0
        How far from a right number an answer may lie.
    through : callable, optional
        What is done with the answer first, as a machine that reads its sentences; the
        outcome is then held against `right`, and told where it is another.

    Returns
    -------
    str
        "Not yet.", "Right." or "Look again.", with a hint where the kind of answer is
        wrong: a text for a number, a percentage for a share.

    Notes
    -----
    When not to use it: for marks. It sees an answer and not how it was found.

    Examples
    --------
    >>> import mediakit as mk
    >>> mk.check_answer(..., 285), mk.check_answer(285, 285)
    ('Not yet.', 'Right.')
    >>> mk.check_answer("many", 285)
    'Look again. A number is asked for.'
    >>> mk.check_answer(27, 0.27, within=0.01)
    'Look again. A number between 0 and 1 is asked for, not a percentage.'
    >>> mk.check_answer("two words", 3, through=lambda text: len(text.split()))
    'Look again. Your answer gives 2.'
    """
    if answer is ...:
        return NOT_YET
    if through is not None:
        return _after(answer, right, within, through)
    if isinstance(right, Mapping):
        return _pairs(answer, right, within)
    if isinstance(right, tuple | list):
        return _row(answer, right, within)
    if isinstance(right, str):
        if not isinstance(answer, str):
            return f"{AGAIN} A text in quotation marks is asked for."
        return RIGHT if _plain(answer) == _plain(right) else AGAIN
    if isinstance(right, bool | np.bool_):
        if not isinstance(answer, bool | np.bool_):
            return f"{AGAIN} True or False is asked for."
        return RIGHT if bool(answer) == bool(right) else AGAIN
    return _number(answer, right, within)


def _number(answer, right: Real, within: float) -> str:
    if np.isnan(right):
        return f"{NOT_YET} There is nothing yet to hold your answer against."
    if not isinstance(answer, Real | Decimal) or isinstance(answer, bool):
        return f"{AGAIN} A number is asked for."
    try:
        given = answer if isinstance(answer, int) else float(answer)
        if abs(given - right) <= within:
            return RIGHT
        if 0 < right < 1 and abs(given / 100 - right) <= within:
            return f"{AGAIN} A number between 0 and 1 is asked for, not a percentage."
    except (OverflowError, ValueError):  # larger than any float; a NaN that signals
        return AGAIN
    return AGAIN


def _pairs(answer, right: Mapping, within: float) -> str:
    if not isinstance(answer, Mapping):
        keys = ", ".join(f'"{key}": ...' for key in list(right)[:2])
        return f"{AGAIN} An answer for each is asked for, as {{{keys}, ...}}."
    given = [answer.get(key, ...) for key in right]
    return _several(given, list(right.values()), within)


def _row(answer, right: tuple | list, within: float) -> str:
    if not isinstance(answer, tuple | list) or len(answer) != len(right):
        return f"{AGAIN} {len(right)} answers in brackets are asked for, as (..., ...)."
    return _several(list(answer), list(right), within)


def _several(answers: list, right: list, within: float) -> str:
    pairs = zip(answers, right, strict=True)
    same = sum(check_answer(*pair, within=within) == RIGHT for pair in pairs)
    return RIGHT if same == len(right) else f"{same} of {len(right)}. {AGAIN}"


def _after(answer, right, within: float, through: Callable) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            outcome = through(answer)
    except MediakitError as error:
        return f"{AGAIN} This answer cannot be used: {error}"
    except Exception:  # whatever was typed: a lesson goes on
        return f"{AGAIN} This kind of answer cannot be used here."
    said = check_answer(outcome, right, within=within)
    return RIGHT if said == RIGHT else f"{AGAIN} Your answer gives {outcome}."


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
