"""Pairs of a cluster and a stratum: what `decompose` adds up and leaves out."""

import numpy as np

from mediakit.formulas.decompose import PARTS, Cells, jackknife_intervals
from mediakit.infer.comparison import ALPHA
from mediakit.infer.family import LEAST
from mediakit.infer.groups import Sides
from mediakit.infer.merged import Merged, merge_codes
from mediakit.infer.units import OUTSIDE, A, B, map_units, owners
from mediakit.measure.measure import Measure

CELLS = 400_000


class Pairs:
    """A measure by side, cluster and stratum; without a stratum there is none else."""

    def __init__(self, measure: Measure, side, strata, clusters):
        self.measure = measure
        self.missing = int(((side >= 0) & (strata < 0)).sum())
        alone = strata.max(initial=-1) + 1 + np.arange(len(side))
        strata = np.where(strata < 0, alone, strata)
        inside = np.flatnonzero((side >= 0) & (measure.exposure > 0).any(axis=1))
        stratum = np.unique(strata[inside], return_inverse=True)[1]
        cluster = np.unique(clusters[inside], return_inverse=True)[1]
        self.strata = int(stratum.max(initial=-1)) + 1
        self.clusters = int(cluster.max(initial=-1)) + 1
        keys, pair = np.unique(cluster * self.strata + stratum, return_inverse=True)
        self.cluster, self.stratum = np.divmod(keys, max(self.strata, 1))
        self.codes = np.full(len(side), OUTSIDE)
        self.codes[inside] = side[inside] * len(keys) + pair
        self.least = min(len(np.unique(cluster[side[inside] == g])) for g in (A, B))
        cells = np.bincount(
            side[inside] * self.strata + stratum,
            measure.exposure[inside, 0],
            2 * self.strata,
        )
        self.n = cells.reshape(2, -1)

    def rows(self, members: np.ndarray) -> tuple[dict, dict | None]:
        """Return the columns of the members, and those of all of them together."""
        size, owner = len(self.cluster), owners(self.measure)[members]
        merged = Merged(self.measure, 2 * size, len(members))
        for part in map_units(self.measure, self.codes, merge_codes, chosen=members):
            merged.add(*part)
        several = self.measure.kind == "count" and len(members) > 1
        several = several and len(np.unique(owner)) == 1
        estimates = np.full((4, len(members)), np.nan)
        limits = np.full((2, 4, len(members)), np.nan)
        sum_, without = np.zeros(4), 0.0
        step = max(CELLS // max(size, 1), 1)
        for first in range(0, len(members), step):
            for column in np.unique(owner[first : first + step]):
                items = first + np.flatnonzero(owner[first : first + step] == column)
                x = merged.values[:, items].toarray().reshape(2, size, -1)
                n = merged.exposure[:, column].reshape(2, size)
                cells = Cells(self.stratum, self.cluster, x, n)
                found = _with_total(cells.parts())
                left = _with_total(cells.parts_without())
                estimates[:, items] = found
                limits[:, :, items] = self._limits(found, left)
                if several:
                    sum_, without = sum_ + found.sum(axis=1), without + left.sum(axis=2)
        if not several:
            return _columns(estimates, *limits), None
        of_sum = self._limits(sum_[:, None], without[:, :, None])
        return _columns(estimates, *limits), _columns(sum_[:, None], *of_sum)

    def _limits(self, estimates, without):
        if self.least < LEAST:
            return np.full((2, *estimates.shape), np.nan)
        return np.stack(jackknife_intervals(estimates, without, ALPHA))

    def told(self) -> dict:
        """Return what has no counterpart, for the record."""
        both = (self.n > 0).all(axis=0)
        lost = 1 - self.n[:, both].sum(axis=1) / self.n.sum(axis=1)
        return {
            "strata": int(both.sum()),
            "one_sided": int((~both).sum()) - self.missing,
            "missing": self.missing,
            "lost": dict(zip("ab", lost.tolist(), strict=True)),
        }

    def notes(self, within: str, sides: Sides, units: str) -> list[str]:
        """Return the same in sentences."""
        told = self.told()
        lost_a, lost_b = (f"{100 * told['lost'][g]:.0f} %" for g in "ab")
        notes = [
            f"within {within}: {told['strata']:,} hold both sides, "
            f"{told['one_sided']:,} one side only. No counterpart: {lost_a} of what "
            f"{sides.label_a} has and {lost_b} of {sides.label_b}.",
            f"conditional on {within} as given: its own errors are in no interval.",
        ]
        if self.missing:
            notes.append(
                f"{self.missing:,} {units} of the sides have no {within}: no "
                "counterpart."
            )
        if self.least < LEAST:
            notes.append(f"fewer than {LEAST} clusters on a side: no intervals.")
        return notes


def _with_total(parts):
    return np.concatenate([parts.sum(axis=0, keepdims=True), parts])


def _columns(estimates, low, high) -> dict:
    names = [("difference", "low", "high")]
    names += [(part, f"{part}_low", f"{part}_high") for part in PARTS]
    columns = {}
    for row, of_row in enumerate(names):
        for name, values in zip(of_row, (estimates, low, high), strict=True):
            columns[name] = values[row]
    return columns
