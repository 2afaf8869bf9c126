"""The difference of two means of scores that may be negative, by the jackknife.

Ratios of signed means mean nothing, so there is no log ratio and no dispersion.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from scipy import special

from mediakit.formulas.pearson import normal_score
from mediakit.formulas.sums import Sums, ratio

DOUBLINGS = 40
HALVINGS = 40


@dataclass(frozen=True)
class MeanComparison:
    """The difference of two means R = sum x / sum n, for many items at once.

    Attributes
    ----------
    a, b : Sums
        The sides' additive sums.
    variance_a, variance_b : ndarray of float
        Delete-one jackknife variances of the sides' means, over units.
    covariance, shared : ndarray of float
        The means' jackknife covariance over the m_s clusters on both sides, and m_s;
        zeros otherwise.

    Notes
    -----
    t = (R_a - R_b) / sqrt(v_a + v_b - 2 c), read against t with the degrees of
    freedom of Welch and Satterthwaite, less one for each shared cluster but one.

    Few of the scores make most of the mean where scores are skewed, and a small side
    that misses them has a low mean and a small variance at once. So t strays further
    on that side. With z the difference in units of its standard error if labels were
    shuffled, g = T (N_b - N_a) / sqrt(N_a N_b) / S^1.5 its skewness, S and T both
    sides' sums of squared and cubed residuals, z is read as Pearson III(0, 1, g). The
    variance then has slope g in z; that of a gamma variate, (1 + g z / 2)^2, has too,
    so t = z / (1 + g z / 2). On the side where g bounds z, p is at least the chance of
    a t as far out on either side. It is never below Welch's, and limits widen with
    it. With equal exposures g is 0 and p that of Welch.

    Measured where nothing differs, 90/10, 10 to 100 articles on the small side, p < .05
    and p < .001 (Welch's in brackets): log-normal scores .038 to .050 (.067 to .12) and
    0 to .0003 (.006 to .021); exponential ones .049 to .067 (.051 to .096) and .0017 to
    .0023 (.003 to .017). Of real splits of word scores none found something by q (.13).
    Not for scores that nearly all are 0: with ten others expected on the small side p <
    .05 was .06, with five .06 to .08, with two .14, as a side that has none looks sure.
    Count those, or ask a permutation.
    """

    a: Sums
    b: Sums
    variance_a: np.ndarray
    variance_b: np.ndarray
    covariance: np.ndarray
    shared: np.ndarray

    def __getitem__(self, items) -> "MeanComparison":
        """Return the comparison of the chosen items."""
        return MeanComparison(*(getattr(self, f.name)[items] for f in fields(self)))

    @property
    def difference(self) -> np.ndarray:
        """Mean of side a less mean of side b; NaN without exposure."""
        return self.a.rate - self.b.rate

    @property
    def estimate(self) -> np.ndarray:
        """What the interval is about: the difference."""
        return self.difference

    @property
    def log_ratio(self) -> np.ndarray:
        """Undefined: scores may be negative."""
        return np.full(self.a.x.shape, np.nan)

    def p(self) -> np.ndarray:
        """Two-sided p-value of equal means; NaN where nothing varies."""
        t = ratio(np.abs(self.difference), self._error)
        p = 2 * special.stdtr(self._df, -t)
        bounded = np.flatnonzero(self.difference * self._skew < 0)
        p[bounded] = np.maximum(p[bounded], self[bounded]._leaning(t[bounded]))
        return p

    def limit(self, alpha: float, upper: np.ndarray) -> np.ndarray:
        """One limit of the interval of the difference at level `alpha`, per item."""
        critical = special.stdtrit(self._df, 1 - alpha / 2)
        bounded = np.flatnonzero(np.where(upper, self._skew > 0, self._skew < 0))
        critical[bounded] = self[bounded]._further(critical[bounded], alpha)
        return self.difference + np.where(upper, 1, -1) * critical * self._error

    def uneven(self) -> np.ndarray:
        """Nowhere: each side has its own variance here."""
        return np.zeros(self.a.x.shape, bool)

    @property
    def _error(self) -> np.ndarray:
        variance = self.variance_a + self.variance_b - 2 * self.covariance
        return np.sqrt(np.where(variance > 0, variance, np.nan))

    @property
    def _df(self) -> np.ndarray:
        a, b = self.variance_a, self.variance_b
        parts = ratio(a**2, self.a.m - 1) + ratio(b**2, self.b.m - 1)
        welch = ratio((a + b) ** 2, parts)
        return np.maximum(welch - np.maximum(self.shared - 1, 0), 1)

    @cached_property
    def _skew(self) -> np.ndarray:
        """Skewness of the difference if labels were shuffled; 0 where unknown."""
        a, b = self.a, self.b
        spread = np.maximum(a.square + b.square, 0) ** 1.5
        skew = ratio((a.cube + b.cube) * (b.n - a.n), np.sqrt(a.n * b.n) * spread)
        return np.nan_to_num(skew)

    def _leaning(self, t: np.ndarray) -> np.ndarray:
        """Chance that shuffled labels give a statistic as far from zero as `t`."""
        skew = np.abs(self._skew)
        lean = skew * t / 2
        with np.errstate(divide="ignore"):
            far = normal_score(t / np.maximum(1 - lean, 0), skew)
        near = normal_score(-t / (1 + lean), skew)
        return special.stdtr(self._df, near) + special.stdtr(self._df, -far)

    def _further(self, least: np.ndarray, alpha: float) -> np.ndarray:
        """Return the t from `least` on whose chance is `alpha` at most."""
        low, high = least, least
        for _ in range(DOUBLINGS):
            short = self._leaning(high) > alpha
            if not short.any():
                break
            high = np.where(short, 2 * high, high)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            short = self._leaning(middle) > alpha
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        return high
