"""Two rates in parts of the same articles, a small part against all the rest.

The words near a node are a few in each article, the others hundreds, and the more
words, the more an article's topic makes them clump: so each part has its own
dispersion here, where `score_test` has one for both sides.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mediakit.formulas.rates import RateComparison
from mediakit.formulas.score import ScoreTest
from mediakit.formulas.sums import Sums, ratio


@dataclass(frozen=True)
class PartComparison(RateComparison):
    """The comparison of side a, a part of each article, with side b, its rest.

    Attributes
    ----------
    units : ndarray of float
        How many articles the uses are worth, as `equal_units` says.

    Notes
    -----
    As `RateComparison`, but V = phi E_a E_b / X has phi = (N_b phi_a + N_a phi_b) / N
    - 2 C / X, as the variance of U = (E_b X_a - E_a X_b) / X asks at equal rates. phi_g
    is S_g / X_g and at least 1, so that words seen nowhere on a side are taken for
    independent; the skewness is weighted alike. Only the part of phi above 1 has to
    be learnt from the articles, so (Satterthwaite) there are
    (k - 1) (phi / (phi - 1))^2 degrees of freedom, for phi without the covariance and
    k the articles that the uses are worth.
    """

    units: np.ndarray

    @cached_property
    def test(self) -> ScoreTest:
        """The score test, each side with its own dispersion."""
        a, b = self.a, self.b
        x, n = a.x + b.x, a.n + b.n
        near, rest = ratio(b.n, n), ratio(a.n, n)
        apart = near * _least_one(a, a.square) + rest * _least_one(b, b.square)
        both = np.nan_to_num(ratio(self.covariance, np.sqrt(a.x * b.x)))
        phi = apart - 2 * np.sqrt(near * rest) * both
        third = near * _least_one(a, a.cube) + rest * _least_one(b, b.cube)
        phi = np.maximum(phi, 1.0)
        return ScoreTest(
            share=ratio(a.x, x),
            size=ratio(x, phi),
            skewness=ratio(third, phi**2),
            balance=np.log(ratio(a.n, np.where(a.n > 0, b.n, 0))),
            df=_freedom(apart, self.units, a.m + b.m - 2),
        )


def _freedom(phi, units, most) -> np.ndarray:
    learnt = np.maximum(units - 1, 1.0)
    with np.errstate(divide="ignore"):
        return np.minimum(learnt * (phi / (phi - 1)) ** 2, most)


def equal_units(x2: np.ndarray, x4: np.ndarray) -> np.ndarray:
    """Return how many equal articles would give such sums: (sum x^2)^2 / sum x^4.

    Examples
    --------
    >>> equal_units(np.array([4.0, 103.0]), np.array([4.0, 10_003.0])).round(2)
    array([4.  , 1.06])
    """
    return ratio(np.asarray(x2) ** 2, x4)


def _least_one(side: Sums, moment: np.ndarray) -> np.ndarray:
    """Return a moment per use, at least that of independent uses."""
    return np.fmax(ratio(moment, side.x), 1.0)
