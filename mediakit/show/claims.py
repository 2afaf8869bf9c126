"""What a row of a comparison says, in words: which side, and at least by how much."""

import math
from collections.abc import Iterator

import pandas as pd

from mediakit.show.about import About
from mediakit.show.words import number, round_towards, times

ESTIMATE = {"count": "log_ratio", "share": "difference", "mean": "difference"}
COLUMNS = ["item", "difference", "log_ratio", "low", "high", "bound"]
NONE = {"count": "1", "share": "0", "mean": "0"}
MORE = {"count": "times as often", "share": "points more", "mean": "higher"}


def claim(told: About, row) -> str:
    """Return what holds even after allowing for the number of items compared.

    `bound` is the limit of the interval at alpha / J nearest no difference; it
    speaks for a side only if it lies on the side of the estimate.
    """
    estimate, bound = getattr(row, ESTIMATE[told.kind]), row.bound
    if math.isnan(estimate) or math.isnan(bound):
        return span(told, row)
    if bound * math.copysign(1, estimate) <= 0:
        return "no clear difference"
    side = told.sides[0] if bound > 0 else told.sides[1]
    least = size(told.kind, abs(bound), -1)
    if least == NONE[told.kind]:
        return f"a little more in {side}"
    return f"at least {least} {MORE[told.kind]} in {side}"


def span(told: About, row) -> str:
    """Return the interval of a row of a comparison, or why there is none."""
    estimate = getattr(row, ESTIMATE[told.kind])
    if math.isnan(estimate):
        return "not found on either side" if told.kind == "count" else "no data"
    if not any(map(math.isnan, (row.low, row.high, row.bound))):
        return interval(told.kind, row.low, row.high)
    if math.isinf(estimate):
        return f"only in {told.sides[int(estimate < 0)]}; not tested"
    return "not tested"


def size(kind: str, distance: float, direction: int = 0) -> str:
    """Return how far from no difference, rounded down (-1), up (1) or nearest (0).

    Examples
    --------
    >>> size("count", 2.0), size("count", 0.04, -1), size("share", 0.031)
    ('4', '1.02', '3.1')
    """
    if kind == "count":
        return times(2**distance, direction=direction)
    points = 100 * distance if kind == "share" else distance
    return number(round_towards(points, direction) if direction else points, 2)


def limit(kind: str, x: float, direction: int = 0) -> str:
    """Return a place on the axis of a comparison.

    Examples
    --------
    >>> limit("count", -2.0), limit("count", 1.0), limit("share", -0.05)
    ('1/4', '2', '-5')
    """
    if not math.isfinite(x):
        return "unbounded"
    if kind == "count":
        return times(2**x, direction=direction)
    sign = "-" if x < 0 else ""
    return sign + size(kind, abs(x), -direction if x < 0 else direction)


def interval(kind: str, low: float, high: float) -> str:
    """Return an interval in words; one without an end has only the other.

    Examples
    --------
    >>> interval("count", -3.0, -2.0), interval("count", float("-inf"), -2.0)
    ('1/8 to 1/4', 'below 1/4')
    """
    if math.isnan(low) or math.isnan(high):
        return "not known"
    if math.isinf(low) and math.isinf(high):
        return "not bounded"
    if math.isinf(low):
        return f"below {limit(kind, high, 1)}"
    if math.isinf(high):
        return f"above {limit(kind, low, -1)}"
    return f"{limit(kind, low)} to {limit(kind, high)}"


def rows_of(comparison: pd.DataFrame) -> Iterator[tuple]:
    """Yield the rows with what `claim` and `span` read, as attributes."""
    yield from comparison[COLUMNS].itertuples(index=False)
