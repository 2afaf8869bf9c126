"""The difference of two means of scores that may be negative, by the jackknife.

Ratios of signed means mean nothing, so there is no log ratio and no dispersion.
"""

from dataclasses import dataclass, fields

import numpy as np
from scipy import special

from mediakit.formulas.sums import Sums, ratio


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
    Measured where nothing differs, p < .05: .024 to .060 with equally many articles
    a side; with nine times as many, .05 to .07 for symmetric scores but up to .10
    for strongly skewed ones, and p < .001 up to .013: then ask a permutation. Of
    real splits .10 to .23 found something by q there, .03 to .08 at 75/25.
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
        return 2 * special.stdtr(self._df, -t)

    def limit(self, alpha: float, upper: np.ndarray) -> np.ndarray:
        """One limit of the interval of the difference at level `alpha`, per item."""
        critical = special.stdtrit(self._df, 1 - alpha / 2)
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
