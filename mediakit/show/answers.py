"""check_answer: what a lesson says to an answer, whatever was typed."""

from collections.abc import Mapping
from numbers import Number

AGAIN, NOT_YET, RIGHT = "Look again.", "Not yet.", "Right."


def check_answer(answer, right, *, within: float = 0) -> str:
    """Say whether the answer to an exercise is right, and never stop at a wrong one.

    Parameters
    ----------
    answer : object
        What the reader gave; ``...`` if nothing yet.
    right : number, str or dict
        The answer looked for. Of a text, case and blanks around it do not count; of a
        dict, every key is asked for.
    within : float, default 0
        How far from a right number an answer may lie.

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
    """
    if answer is ...:
        return NOT_YET
    if isinstance(right, Mapping):
        return _pairs(answer, right)
    if isinstance(right, str):
        if not isinstance(answer, str):
            return f"{AGAIN} A text in quotation marks is asked for."
        return RIGHT if _plain(answer) == _plain(right) else AGAIN
    if not isinstance(answer, Number) or isinstance(answer, bool | complex):
        return f"{AGAIN} A number is asked for."
    if abs(answer - right) <= within:
        return RIGHT
    if 0 < right < 1 and abs(answer / 100 - right) <= within:
        return f"{AGAIN} A number between 0 and 1 is asked for, not a percentage."
    return AGAIN


def _pairs(answer, right: Mapping) -> str:
    if not isinstance(answer, Mapping):
        keys = ", ".join(f'"{key}": ...' for key in list(right)[:2])
        return f"{AGAIN} An answer for each is asked for, as {{{keys}, ...}}."
    same = sum(
        check_answer(answer.get(key, ...), value) == RIGHT
        for key, value in right.items()
    )
    return RIGHT if same == len(right) else f"{same} of {len(right)}. {AGAIN}"


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
