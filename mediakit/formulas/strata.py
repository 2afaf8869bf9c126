"""What each stratum adds to a comparison of two sides within strata."""

import numpy as np

from mediakit.formulas.sums import EXHAUSTED, Sums, ratio

TERMS = (
    *("held_a", "held_b", "x_a", "x_b", "p", "q"),
    *("mixed", "mixed_a", "mixed_b", "square", "mass", "square_a", "square_b"),
    *("lone_a", "lone_b", "binomial", "common_binomial"),
    *("common", "common_mass", "cube", "cube_mass", "between"),
    *("shuffled", "fourth"),
)


def stratum_terms(
    a: Sums, b: Sums, ratios: np.ndarray, *, mean: bool = False
) -> np.ndarray:
    """Return what each stratum adds to the comparison, TERMS x entries.

    Parameters
    ----------
    a, b : Sums
        One entry per stratum and item: the sums of either side there.
    ratios : ndarray, one per entry
        Ratio of the rates over all strata (for a mean: their difference), under which
        the common residuals are taken.
    mean : bool, default False
        Whether the variance grows with the exposure alone, as for means; else with
        the numerator.

    Notes
    -----
    p = X_a N_b / N and q = X_b N_a / N, so that p - rho q is zero where the ratio of
    rates is rho. Strata with one side only add nothing. Residuals are taken twice:
    from each side's own rate in the stratum, where it has two articles, and from the
    rates that one ratio for all strata would give, which needs two on both together.

    "shuffled" and "fourth" are the second and fourth cumulant of p - q if labels were
    shuffled within the stratum: with w = N_a N_b / N^2 and residuals e from the rate
    of both sides, w sum e^2 m / (m - 1) and w (1 - 6 w) sum e^4, the last sum taken as
    (sum e^3)^2 / sum e^2, which it is at least (Cauchy and Schwarz) and nearly is
    where one article, or articles with as many uses each, make it up.
    """
    n, x, m = a.n + b.n, a.x + b.x, a.m + b.m
    both = (a.n > 0) & (b.n > 0)
    to_a, to_b = (np.where(both, ratio(side.n, n), 0) for side in (b, a))
    w = to_a * to_b
    share = ratio(x, n)
    binomial = np.where(both, np.maximum(share * (1 - share), 0), 0)
    own = [_own(side, to, w, both, mean) for side, to in ((a, to_a), (b, to_b))]
    square, mass, squares, lone, spread = zip(*own, strict=True)
    rates = _common_rates(a, b, ratios, mean)
    common, cube = 0.0, 0.0
    for side, rate in zip((a, b), rates, strict=True):
        residual = side.x2 - 2 * rate * side.xn + rate**2 * side.n2
        common = common + np.where(residual > EXHAUSTED * side.x2, residual, 0)
        tail = 3 * rate**2 * side.xn2 - rate**3 * side.n3
        cube = cube + side.x3 - 3 * rate * side.x2n + tail
    common = np.where(both, w * common * ratio(m, m - 1), 0)
    third = both & (m > 2)
    cube = np.where(third, w * cube * ratio(m**2, (m - 1) * (m - 2)), 0)
    return np.stack(
        [
            *(both * a.held, both * b.held, both * a.x, both * b.x),
            *(a.x * to_a, b.x * to_b),
            *(w * x, w * x * to_b, w * x * to_a, sum(square), sum(mass)),
            *(*squares, *lone, sum(spread) * binomial, w * n * binomial),
            *(common, w * (n if mean else x), cube, np.where(third, w * x, 0)),
            (a.x * to_a - b.x * to_b) ** 2,
            *_shuffled(a, b, both, w),
        ]
    )


def _shuffled(a, b, both, w):
    """Return the cumulants of p - q if labels were shuffled."""
    sums = a + b
    square = sums.x2 - 2 * sums.rate * sums.xn + sums.rate**2 * sums.n2
    seen = both & (square > EXHAUSTED * sums.x2)
    fourth = ratio(sums.cube**2, np.where(seen, square, 0))
    second = np.where(seen, w * square * ratio(sums.m, sums.m - 1), 0)
    return second, np.where(seen, w * (1 - 6 * w) * fourth, 0)


def _own(side, to, w, both, mean):
    """Return what residuals from a side's own rates add."""
    seen = both & (side.m > 1)
    square = np.where(seen, np.nan_to_num(side.square), 0)
    mass = side.n if mean else side.x
    return (
        *(w * square, np.where(seen, w * mass, 0), to**2 * square),
        *(np.where(both & ~seen, to**2 * mass, 0), np.where(seen, w * side.n, 0)),
    )


def _common_rates(a, b, ratios, mean):
    """Return the rates of both sides if their ratio or difference were `ratios`."""
    n, x = a.n + b.n, a.x + b.x
    if mean:
        rate = np.nan_to_num(ratio(x, n))
        return rate + ratios * ratio(b.n, n), rate - ratios * ratio(a.n, n)
    with np.errstate(invalid="ignore"):
        share = np.where(np.isinf(ratios), 1, ratio(ratios * a.n, ratios * a.n + b.n))
    rates = ratio(x * share, a.n), ratio(x * (1 - share), b.n)
    return [np.nan_to_num(rate) for rate in rates]
