"""Two rates compared: the pooled-dispersion score test and its inverted interval.

The units are articles or clusters, never words; all items are done at once.
"""

from dataclasses import dataclass, fields

import numpy as np
from scipy import special

from mediakit.formulas.pearson import near_quantile, normal_score
from mediakit.formulas.sums import Sums, each_value, ratio

ROUNDS = 60
GUESSES = 3
CLOSE = 1e-10


@dataclass(frozen=True)
class ScoreTest:
    """The test of H0: rate_a / rate_b = rho, for many items and any rho.

    Attributes
    ----------
    share : ndarray of float
        X_a / X, the part of all hits that side a has.
    size : ndarray of float
        X / phi, the number of independent hits those hits are worth.
    skewness : ndarray of float
        T / phi^2, the skewness in units of that of independent hits.
    balance : ndarray of float
        log(N_a / N_b), the log ratio of the exposures.
    df : ndarray of float
        Degrees of freedom of the t distribution.

    Notes
    -----
    In the terms of `score_test`, y^2 = rho N_a / N_b are the odds of E_a in X, and
    U / sqrt(V) = sqrt(size) (share / y - (1 - share) y),
    g = skewness (1 / y - y) / sqrt(size): an overdispersed binomial test.
    """

    share: np.ndarray
    size: np.ndarray
    skewness: np.ndarray
    balance: np.ndarray
    df: np.ndarray

    def p(self, rho: float = 1.0) -> np.ndarray:
        """Two-sided p-value of H0: rate_a / rate_b = rho; NaN where undefined."""
        with np.errstate(over="ignore", invalid="ignore"):
            y = np.sqrt(rho) * np.exp(self.balance / 2)
            w = self.share / y - (1 - self.share) * y
            score = self._score(np.sqrt(self.size) * w, y)
            return 2 * special.stdtr(self.df, -np.abs(score))

    def limit(self, alpha: np.ndarray, upper: np.ndarray) -> np.ndarray:
        """Limit of the two-sided interval of log2(rate_a / rate_b).

        Parameters
        ----------
        alpha : float
            One less the confidence level; each tail gets half.
        upper : bool or ndarray
            Which of the two limits, item by item.

        Returns
        -------
        ndarray of float
            Infinite where a side has no hits, NaN where the test is undefined.
        """
        upper = np.broadcast_to(upper, self.share.shape)
        critical = each_value(lambda df: special.stdtrit(df, 1 - alpha / 2), self.df)
        target = np.where(upper, -critical, critical)
        log2 = np.where(upper, np.inf, -np.inf)
        undefined = ~np.isfinite(self.size * self.share * target)
        log2[undefined] = np.nan
        solvable = ~undefined & np.where(upper, self.share < 1, self.share > 0)
        log2[solvable] = self._solve(solvable, target[solvable])
        return log2

    def wider(self, factor: np.ndarray) -> "ScoreTest":
        """Return the test with the dispersion `factor` times as large."""
        size, skewness = self.size / factor, self.skewness / factor**2
        return ScoreTest(self.share, size, skewness, self.balance, self.df)

    def _score(self, z: np.ndarray, y: np.ndarray) -> np.ndarray:
        return normal_score(z, self._skew(z, y))

    def _skew(self, z: np.ndarray, y: np.ndarray) -> np.ndarray:
        lean = 1 / y - y
        bounded = np.sign(z) * lean < 0
        capped = np.where(bounded, np.minimum(self.skewness, 1), self.skewness)
        return ratio(capped * lean, np.sqrt(self.size))

    def _start(self, target: np.ndarray) -> np.ndarray:
        """Guess the z whose score is the target, on its side of zero."""
        z = target
        for _ in range(GUESSES):
            z = near_quantile(target, self._skew(z, self._root_odds(z)))
            z = np.where(z * target > 0, z, target)
        return z

    def _solve(self, chosen: np.ndarray, target: np.ndarray) -> np.ndarray:
        """log2(rho) at which the chosen items' score equals the target."""
        test = self[chosen]

        def distance(z, rows):
            part = test[rows]
            return part._score(z, part._root_odds(z)) - target[rows]

        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            z = _increasing_root(distance, test._start(target), test.share)
            return (2 * np.log(test._root_odds(z)) - test.balance) / np.log(2)

    def _root_odds(self, z: np.ndarray) -> np.ndarray:
        """Find y for a given z: the positive root, without cancellation."""
        w = z / np.sqrt(self.size)
        k = self.share
        root = np.sqrt(w**2 + 4 * k * (1 - k))
        return np.where(w > 0, 2 * k / (w + root), (root - w) / (2 * (1 - k)))

    def __getitem__(self, rows) -> "ScoreTest":
        """Return the test of the chosen items."""
        return type(self)(*(getattr(self, part.name)[rows] for part in fields(self)))


def score_test(
    a: Sums, b: Sums, *, covariance: np.ndarray = 0.0, shared: np.ndarray = 0.0
) -> ScoreTest:
    r"""Prepare the comparison of two rates, item by item.

    Parameters
    ----------
    a, b : Sums
        The additive sums of the two sides.
    covariance : ndarray of float, default 0
        C, the sum of the residuals' products over clusters on both sides, times
        m_s / (m_s - 1).
    shared : ndarray of float, default 0
        m_s, the number of clusters on both sides.

    Returns
    -------
    ScoreTest
        With `p(rho)` and `limit(alpha, upper)`.

    Notes
    -----
    R_g = X_g / N_g; S_g = m_g / (m_g - 1) sum (x - R_g n)^2; X = X_a + X_b. Under H0
    r = X / (rho N_a + N_b), E_a = rho r N_a, E_b = r N_b, U = X_a - E_a. The
    dispersion phi = (S_a + S_b) / X is pooled, so that V = phi E_a E_b / X; the
    skewness is g = (E_b^3 E_a - E_a^3 E_b) / X^3 T / V^1.5 with
    T = max(0, sum of cubed residuals) / X, and T <= phi^2 where the small count
    cannot fall below zero. U / sqrt(V) is read as Pearson III(0, 1, g), turned
    into a normal score and that into p by t with m_a + m_b - 2 degrees of freedom.

    Clusters on both sides: since U = (E_b X_a - E_a X_b) / X, a shared cluster adds
    -2 E_a E_b cov(x_a, x_b) / X^2 to its variance, so V = phi E_a E_b / X -
    2 E_a E_b C / X^2 = (phi - 2 C / X) E_a E_b / X: the covariance only changes the
    dispersion, at every rho. By 2 |C| <= S_a + S_b it stays positive where all
    clusters are shared. Paired clusters lend one degree of freedom, not two:
    df = m_a + m_b - 2 - max(m_s - 1, 0).

    Do not use it where labels follow the clusters (an outlet, a week) and the units
    are articles: it then takes copies of one event for independent evidence.

    Examples
    --------
    >>> a = Sums.of_units(np.array([[3], [0], [2], [4]]), np.full(4, 100))
    >>> b = Sums.of_units(np.array([[1], [0], [1], [0]]), np.full(4, 100))
    >>> test = score_test(a, b)
    >>> test.p().round(3)
    array([0.1])
    """
    x = a.x + b.x
    phi = ratio(a.square + b.square - 2 * covariance, x)
    phi = np.where(phi > 0, phi, np.nan)
    third = ratio(np.maximum(a.cube + b.cube, 0), x)
    return ScoreTest(
        share=ratio(a.x, x),
        size=ratio(x, phi),
        skewness=ratio(third, phi**2),
        balance=np.log(ratio(a.n, np.where(a.n > 0, b.n, 0))),
        df=a.m + b.m - 2 - np.maximum(np.asarray(shared) - 1, 0),
    )


def _increasing_root(distance, start, share):
    """Root of an increasing function of z by secants, kept inside a bracket.

    `distance(z, rows)` gives the function's value for the items `rows`; z has the
    sign of its bound where only one side has hits.
    """
    z, root = start.copy(), start.copy()
    low = np.where(share == 1, 0.0, -np.inf)
    high = np.where(share == 0, 0.0, np.inf)
    rows = np.arange(len(z))
    value = distance(z, rows)
    slope = np.ones_like(z)
    for turn in range(ROUNDS):
        below = value < 0
        low, high = np.where(below, z, low), np.where(below, high, z)
        moved = _step(z, value, slope, low, high, halve=turn > 8 and turn % 2)
        root[rows] = moved
        open_ = (np.abs(moved - z) > CLOSE * np.maximum(1, np.abs(z))) & (value != 0)
        if not open_.any():
            break
        rows, low, high = rows[open_], low[open_], high[open_]
        before, z = z[open_], moved[open_]
        old, value = value[open_], distance(z, rows)
        slope = (value - old) / (z - before)
    return root


def _step(z, value, slope, low, high, *, halve):
    """Next z: the secant's, or the middle where that leaves the bracket."""
    reach = 2 * np.maximum(1, np.abs(z))
    moved = z - np.clip(value / slope, -reach, reach)
    bracketed = np.isfinite(low + high)
    wrong = ~(slope > 0) | ~np.isfinite(moved)
    outward = z - np.sign(value) * reach
    middle = np.where(bracketed, (low + high) / 2, np.where(wrong, outward, moved))
    outside = wrong | ~((low <= moved) & (moved <= high))
    moved = np.where(outside | (bracketed & halve), middle, moved)
    return np.where(value == 0, z, moved)
