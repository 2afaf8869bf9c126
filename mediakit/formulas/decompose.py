"""What two sides cover, and how: Kitagawa's decomposition, leaving out clusters."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from mediakit.formulas.sums import ratio

PARTS = ("composition", "treatment", "no_counterpart")


@dataclass(frozen=True)
class Cells:
    """Both sides in every pair of a cluster and a stratum, for some items.

    Attributes
    ----------
    stratum, cluster : ndarray of int, one per pair
        Numbered from 0 without gaps.
    x : ndarray, 2 x pairs x items
        Numerators.
    n : ndarray, 2 x pairs
        Exposures.
    """

    stratum: np.ndarray
    cluster: np.ndarray
    x: np.ndarray
    n: np.ndarray

    def parts(self) -> np.ndarray:
        """Return composition, treatment and what has no counterpart, 3 x items.

        Notes
        -----
        With w the part of a side's exposure in a stratum and R its rate there,
        composition = sum (w_a - w_b) (R_a + R_b) / 2 and treatment = sum (R_a - R_b)
        (w_a + w_b) / 2 over strata with both sides (Kitagawa 1955); the rest is
        sum w_a R_a less sum w_b R_b over strata with one. They add up to the
        difference of the sides' rates.
        """
        pieces = _pieces(*self._strata())
        return _combined(pieces.sum(axis=2), self.n.sum(axis=1))

    def parts_without(self) -> np.ndarray:
        """Return the parts without each cluster, 3 x clusters x items."""
        x, n = self._strata()
        pieces = _pieces(x, n)
        left_x = x[:, self.stratum] - self.x
        left_n = n[:, self.stratum] - self.n
        change = _pieces(left_x, left_n) - pieces[:, :, self.stratum]
        count = int(self.cluster.max(initial=-1)) + 1
        total = pieces.sum(axis=2)[:, :, None] + _added(change, self.cluster, count)
        lost = _added(self.n[:, :, None], self.cluster, count)[..., 0]
        return _combined(total, (self.n.sum(axis=1)[:, None] - lost)[..., None])

    def _strata(self):
        count = int(self.stratum.max(initial=-1)) + 1
        n = _added(self.n[:, :, None], self.stratum, count)[..., 0]
        return _added(self.x, self.stratum, count), n


def jackknife_intervals(
    estimate: np.ndarray, without: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return the t interval of estimates from what they are without each cluster.

    Parameters
    ----------
    estimate : ndarray, ... x items
        Of all clusters.
    without : ndarray, ... x clusters x items
        Without one each.
    alpha : float
        One less the coverage.

    Returns
    -------
    low, high : ndarray, ... x items
        NaN where nothing varies.
    """
    clusters = without.shape[-2]
    middle = without.mean(axis=-2, keepdims=True)
    square = ((without - middle) ** 2).sum(axis=-2) * (clusters - 1) / clusters
    error = np.sqrt(np.where(square > 0, square, np.nan))
    reach = special.stdtrit(clusters - 1, 1 - alpha / 2) * error
    return estimate - reach, estimate + reach


def _pieces(x, n) -> np.ndarray:
    """Return what each stratum adds, before it is divided by either side's exposure.

    3 parts x 2 sides x strata x items; side b enters composition and no_counterpart
    with a minus.
    """
    n = n[:, :, None]
    both = (n > 0).all(axis=0)
    rate = np.where(both, ratio(x, n), 0)
    middle, half = (rate[0] + rate[1]) / 2, (rate[0] - rate[1]) / 2
    alone = np.where(both, 0.0, x)
    sign = np.array([1, -1])[:, None, None]
    return np.stack([sign * n * middle, n * half, sign * alone])


def _combined(pieces, n):
    """Divide the pieces of either side by its exposure and add up, axis 1."""
    return ratio(pieces[:, 0], n[0]) + ratio(pieces[:, 1], n[1])


def _added(values, codes, count):
    """Add up the last axis but one by code."""
    order = np.argsort(codes, kind="stable")
    starts = np.searchsorted(codes[order], np.arange(count))
    return np.add.reduceat(values[..., order, :], starts, axis=-2)
