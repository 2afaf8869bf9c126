"""Numbers in plain words: "per 1,000 words", "at least 1.8 times as often".

Bounds are rounded away from the claim, so the words never say more than the numbers.
"""

import math
import unicodedata

import numpy as np

ROUNDING, NEAR_ONE = 1e-9, 1.1
PER = {"count": 1000, "share": 100, "mean": 1}


def number(x: float, digits: int = 3) -> str:
    """Return `x` with `digits` significant digits, never in powers of ten.

    Examples
    --------
    >>> number(1234.5), number(0.000123456), number(-2.0)
    ('1,234', '0.000123', '-2')
    """
    x = 0.0 if abs(x) < ROUNDING else x
    if not math.isfinite(x):
        return "not known" if math.isnan(x) else ("-∞" if x < 0 else "∞")
    if abs(x) >= 10 ** (digits - 1):
        return f"{x:,.0f}"
    return np.format_float_positional(
        x, precision=digits, unique=False, fractional=False, trim="-"
    )


def round_towards(x: float, direction: int, digits: int = 2) -> float:
    """Return positive `x` rounded down (-1) or up (1) to `digits` digits.

    Examples
    --------
    >>> round_towards(1.89, -1), round_towards(1.81, 1)
    (1.8, 1.9)
    """
    if x <= 0 or not math.isfinite(x):
        return x
    step = 10.0 ** (math.floor(math.log10(x)) - digits + 1)
    steps = round(x / step, 6)
    return float(f"{(math.floor if direction < 0 else math.ceil)(steps) * step:.6g}")


def plural(unit: str) -> str:
    """Return a unit in the plural.

    Examples
    --------
    >>> plural("word"), plural("story"), plural("bag of headlines")
    ('words', 'stories', 'bags of headlines')
    >>> plural("word near “China”"), plural("sentence or word")
    ('words near “China”', 'sentences or words')
    """
    if " or " in unit and " near " not in unit:
        return " or ".join(map(plural, unit.split(" or ")))
    head, of, rest = unit.partition(" near " if " near " in unit else " of ")
    if head.endswith("y") and head[-2:-1] not in "aeiou":
        return head[:-1] + "ies" + of + rest
    ending = "es" if head.endswith(("s", "x", "ch", "sh")) else "s"
    return head + ending + of + rest


def rate_label(kind: str, unit: str, per: int) -> str:
    """Return what a rate counts.

    Examples
    --------
    >>> rate_label("count", "word", 1000), rate_label("share", "label use", 100)
    ('per 1,000 words', '% of label uses')
    """
    if kind == "mean":
        return f"mean per {unit}"
    if kind == "share" and per == 100:
        return f"% of {plural(unit)}"
    return f"per {unit}" if per == 1 else f"per {per:,} {plural(unit)}"


def times(ratio: float, *, direction: int = 0) -> str:
    """Return a ratio as "4.2" or "1/4.2", rounded down (-1), up (1) or nearest (0).

    Examples
    --------
    >>> times(4.25, direction=-1), times(1 / 4.25, direction=1), times(0.97)
    ('4.2', '1/4.2', '1/1.03')
    """
    below = ratio < 1
    size, direction = (1 / ratio, -direction) if below else (ratio, direction)
    digits = 2 if NEAR_ONE < size < 100 else 3
    said = number(round_towards(size, direction, digits) if direction else size, digits)
    return f"1/{said}" if below and said != "1" else said


def one_line(text: str) -> str:
    r"""Return `text` without line breaks, tabs and other control characters.

    Examples
    --------
    >>> one_line("two\nlines"), one_line("")
    ('two lines', '(empty)')
    """
    visible = (" " if unicodedata.category(c) == "Cc" else c for c in text)
    return " ".join("".join(visible).split()) or "(empty)"
