"""Change points: where a rate over time steps from one level to another.

A series is value and exposure of each period. Within a segment the rate is one; the
variance is phi times that of a Poisson, binomial or normal variable. The gain of a cut
is the fall in deviance that two rates bring over one.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import xlogy

from mediakit.formulas.sums import ratio

SHORTEST = 3
AT_ONCE = 1_000_000
ALPHA = 0.05
REACH = -2 * np.log(1 - np.sqrt(1 - ALPHA))
"""How far, in units of phi, the deviance of a date may lie above the best date's."""


@dataclass(frozen=True)
class Cut:
    """A change: `at` is the first period of the new rate, between `low` and `high`."""

    at: int
    low: int
    high: int
    p: float


def fit(value, exposure, kind: str) -> np.ndarray:
    """Return half the deviance that one rate explains in segments of these sums."""
    value, exposure = np.asarray(value, float), np.asarray(exposure, float)
    rate = np.nan_to_num(ratio(value, exposure))
    if kind == "mean":
        return value * rate / 2
    explained = xlogy(value, rate)
    if kind == "share":
        rest = np.maximum(exposure - value, 0)
        explained = explained + xlogy(rest, np.maximum(1 - rate, 0))
    return explained


def gains(value: np.ndarray, exposure: np.ndarray, kind: str) -> np.ndarray:
    """Return the fall in deviance of every cut into two.

    Parameters
    ----------
    value, exposure : ndarray, ... x n
        Sums of the periods; exposures above 0.
    kind : {"count", "share", "mean"}
        Poisson, binomial or normal deviance, the last weighted by the exposure.

    Returns
    -------
    ndarray, ... x (n + 1)
        Entry k is of the cut before period k; minus infinity where a side would have
        fewer than three periods.

    Examples
    --------
    >>> found = gains(np.array([1, 1, 1, 4, 4, 4.0]), np.ones(6), "count")
    >>> int(found.argmax()), round(float(found.max()), 3)
    (3, 5.782)
    """
    n = value.shape[-1]
    x, e = np.cumsum(value, axis=-1), np.cumsum(exposure, axis=-1)
    cut = slice(SHORTEST - 1, n - SHORTEST)
    left, right = (x[..., cut], e[..., cut]), (x[..., -1:], e[..., -1:])
    right = right[0] - left[0], right[1] - left[1]
    both = fit(*left, kind) + fit(*right, kind) - fit(x[..., -1:], e[..., -1:], kind)
    found = np.full((*value.shape[:-1], n + 1), -np.inf)
    found[..., SHORTEST : n - SHORTEST + 1] = np.maximum(2 * both, 0)
    return found


def residuals(value, exposure, cuts: list[int], kind: str) -> np.ndarray:
    """Return Pearson's residuals of the periods, with one rate per segment."""
    edges = [0, *cuts, len(value)]
    out = np.zeros(len(value))
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        x, n = value[first:last], exposure[first:last]
        rate = x.sum() / n.sum()
        spread = {"count": rate, "share": rate * (1 - rate), "mean": 1.0}[kind]
        if spread > 0:
            out[first:last] = (x - rate * n) / np.sqrt(spread * n)
    return out


def dispersion(value, exposure, cuts: list[int], kind: str) -> tuple[float, float]:
    """Return phi and the long-run phi of the series cut at `cuts`.

    The long-run phi is phi times 1 + 2 sum of the residuals' autocorrelations
    (Bartlett weights up to 4 (n / 100)^(2/9), Newey and West 1994), never less than
    phi. For counts and shares phi is at least 1.

    Examples
    --------
    >>> x = np.array([3.0, 1, 3, 1, 8, 12, 8, 12])
    >>> [round(one, 3) for one in dispersion(x, np.ones(8), [4], "count")]
    [1.0, 1.0]
    """
    r = residuals(value, exposure, cuts, kind)
    df = len(r) - len(cuts) - 1
    phi = float(r @ r / df) if df > 0 else np.nan
    if kind != "mean":
        phi = max(phi, 1.0)
    most = min(int(4 * (len(r) / 100) ** (2 / 9)), len(r) - 1)
    weights = 1 - np.arange(1, most + 1) / (most + 1)
    total = r @ r
    lagged = np.array([r[:-k] @ r[k:] for k in range(1, most + 1)])
    memory = 1 + 2 * float(weights @ lagged) / total if total > 0 else 1.0
    return phi, phi * max(memory, 1.0)


def block_length(value, exposure, kind: str, least: int) -> int:
    """Return how many neighbouring periods stay together when dates are shuffled.

    Three times the number of lags at which the residuals of the best cut are
    correlated (above 1 / sqrt(n)), at least n^(1/3) and `least`, but leaving ten
    blocks.
    """
    n = len(value)
    best = int(gains(value, exposure, kind).argmax())
    r = residuals(value, exposure, [best] if best else [], kind)
    total, lags = r @ r, 0
    while total > 0 and lags < n // 10:
        lag = lags + 1
        if r[:-lag] @ r[lag:] <= total / np.sqrt(n):
            break
        lags = lag
    least = max(least, round(n ** (1 / 3)))
    return int(max(min(max(3 * lags, least), n // 10), 1))


def shuffled(n: int, block: int, repeats: int, rng: np.random.Generator) -> np.ndarray:
    """Return orders of n periods, repeats x n, with runs of `block` kept together.

    The circle of periods is cut at a random place, then into blocks.
    """
    count = -(-n // block)
    starts = np.argsort(rng.random((repeats, count)), axis=1) * block
    order = (starts[:, :, None] + np.arange(block)).reshape(repeats, -1)
    order = order[order < n].reshape(repeats, n)
    return (order + rng.integers(0, n, (repeats, 1))) % n


def change_p(value, exposure, kind: str, block: int, repeats: int, rng) -> float:
    """Return p of the largest gain, against the same periods in shuffled order.

    The largest gain over all cuts is held against the largest gains of the shuffled
    series, so that looking everywhere is paid for.
    """
    best = gains(value, exposure, kind).max()
    reached, step = 0, max(AT_ONCE // len(value), 1)
    for first in range(0, repeats, step):
        order = shuffled(len(value), block, min(step, repeats - first), rng)
        drawn = gains(value[order], exposure[order], kind).max(axis=1)
        reached += int((drawn >= best * (1 - 1e-12)).sum())
    return (1 + reached) / (1 + repeats)


def find_cuts(value, exposure, kind: str, *, block, most, repeats, rng):
    """Cut a series where its rate changes, the clearest change first.

    Parameters
    ----------
    value, exposure : ndarray of float, n
        Sums of the periods; exposures above 0.
    kind : {"count", "share", "mean"}
        Which deviance.
    block : int
        Periods kept together when dates are shuffled.
    most : int
        Changes at most.
    repeats : int
        Shuffled series a cut is held against.
    rng : numpy.random.Generator
        Of the shuffling.

    Returns
    -------
    cuts : list of Cut
        In order of time. `p` is the larger of the cut's own and of those it was found
        inside of; cuts have p of at most 0.05.
    p : float
        Of the first question, whether there is any change; NaN where it cannot be
        asked, of a series too short or without variation.

    Notes
    -----
    Binary segmentation (Scott and Knott 1974). Each cut is then moved to the best
    place between its neighbours (Bai 1997).
    """
    p_any, found = np.nan, {}
    waiting = [(0, len(value), 0.0)]
    while waiting and len(found) < most:
        ranked = [(_best(value, exposure, kind, *part[:2]), part) for part in waiting]
        (gain, at), part = max(ranked, key=lambda one: one[0])
        waiting.remove(part)
        first, last, above = part
        if not gain > 0:
            break
        segment = value[first:last], exposure[first:last]
        own = change_p(
            *segment, kind, max(min(block, (last - first) // 10), 1), repeats, rng
        )
        p_any = own if np.isnan(p_any) else p_any
        if own <= ALPHA:
            found[at] = max(own, above)
            waiting += [(first, at, found[at]), (at, last, found[at])]
    return _placed(value, exposure, kind, found), p_any


def _best(value, exposure, kind, first, last):
    """Return the largest gain between two places, and where the cut is."""
    if last - first < 2 * SHORTEST:
        return -np.inf, first
    found = gains(value[first:last], exposure[first:last], kind)
    return float(found.max()), first + int(found.argmax())


def _placed(value, exposure, kind, found: dict[int, float]) -> list[Cut]:
    """Move each cut to the best place between its neighbours; add its interval."""
    at = sorted(found)
    p = [found[one] for one in at]
    for _ in range(len(at)):
        edges = [0, *at, len(value)]
        for number in range(len(at)):
            first, last = edges[number], edges[number + 2]
            edges[number + 1] = _best(value, exposure, kind, first, last)[1]
        at, before = edges[1:-1], at
        if at == before:
            break
    long_run = dispersion(value, exposure, at, kind)[1] if at else np.nan
    edges, cuts = [0, *at, len(value)], []
    for number, place in enumerate(at):
        first, last = edges[number], edges[number + 2]
        held = gains(value[first:last], exposure[first:last], kind)
        near = first + np.flatnonzero(held >= held.max() - REACH * long_run)
        cuts.append(Cut(place, int(near[0]), int(near[-1]), p[number]))
    return cuts
