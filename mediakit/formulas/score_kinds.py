"""Score tests whose skewness, tails or dispersion are not those of one comparison."""

from dataclasses import dataclass

import numpy as np

from mediakit.formulas.pearson import normal_score
from mediakit.formulas.score import ScoreTest
from mediakit.formulas.sums import ratio

GAMMA = 1.5


@dataclass(frozen=True)
class CappedTest(ScoreTest):
    """The score test with its own cap of the skewness on the bounded tail."""

    cap: np.ndarray

    def _skew(self, z, y):
        lean = 1 / y - y
        bounded = np.sign(z) * lean < 0
        capped = np.where(bounded, np.minimum(self.skewness, self.cap), self.skewness)
        return ratio(capped * lean, np.sqrt(self.size))


@dataclass(frozen=True)
class GrowingTest(ScoreTest):
    r"""The score test with a dispersion that grows with the rates that are asked.

    Attributes
    ----------
    excess : ndarray of float
        1 - 1 / phi, the part of the dispersion beyond that of independent hits.

    Notes
    -----
    If the variance of a unit with expectation e is e + tau e^2, as of counts whose
    rates vary from unit to unit, phi_g - 1 is proportional to the rate of side g. With
    phi of both sides together held to what was seen, the variance at the ratio rho is
    phi(rho) E_a E_b / X, (phi(rho) - 1) / (phi - 1) = (rho + y^2) / (1 + rho y^2),
    y^2 = E_a / E_b. At rho = 1 that is the plain test. It is never taken below 1:
    hits may also be fewer because bursts are, which leaves the dispersion as it was.
    """

    excess: np.ndarray

    def _score(self, z, y):
        rho = y**2 * np.exp(-self.balance)
        with np.errstate(over="ignore", invalid="ignore"):
            growth = np.nan_to_num(ratio(rho + y**2, 1 + rho * y**2), nan=1.0)
        wider = np.sqrt(1 + self.excess * np.maximum(growth - 1, 0))
        return normal_score(z / wider, self._skew(z, y) * wider)


def tail_freedom(test: ScoreTest, kurtosis: np.ndarray) -> np.ndarray:
    """Return the degrees of freedom at which t has tails as long as `kurtosis` asks.

    Parameters
    ----------
    test : ScoreTest
        Whose degrees of freedom are the most.
    kurtosis : ndarray of float
        Excess kurtosis of its statistic where nothing differs.

    Notes
    -----
    A Pearson III of skewness g has itself an excess of 1.5 g^2. What goes beyond that
    is given to t, whose excess is 6 / (df - 4). In one stratum nothing does:
    the labels' excess is (1 - 6 w) / (1 - 4 w) g^2, w at most 1/4.

    Examples
    --------
    >>> one = np.ones(1)
    >>> even = ScoreTest(one / 2, 30 * one, one, 0 * one, 500 * one)
    >>> tail_freedom(even, np.array([0.0])), tail_freedom(even, np.array([3.0]))
    (array([500.]), array([6.]))
    """
    lean = np.exp(-test.balance / 2) - np.exp(test.balance / 2)
    skew = ratio(test.skewness * lean, np.sqrt(test.size))
    beyond = np.nan_to_num(kurtosis - GAMMA * skew**2)
    with np.errstate(divide="ignore"):
        return np.where(beyond > 0, np.minimum(test.df, 4 + 6 / beyond), test.df)
