"""What a comparison owes to single outlets, and whether it speaks of others at all.

Articles of one outlet say nothing of outlets that were not read.
"""

from dataclasses import dataclass, replace
from math import comb

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.formulas.sums import ratio
from mediakit.infer.comparison import ALPHA, Found
from mediakit.infer.exchange import AT_ONCE, WAYS, Exchange, ways_of
from mediakit.infer.groups import Sides, group_codes
from mediakit.infer.merged import Merged, merge_codes
from mediakit.infer.units import OUTSIDE, A, B, map_units, owners
from mediakit.measure.measure import Measure

MOST_OUTLETS = 200
EXCHANGED = 1000
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def with_outlets(
    measure: Measure, found: Found, sides: Sides, within: str | None, seed: int | None
) -> tuple[Found, list[str]]:
    """Add what outlets say to a comparison, and return notes on it.

    Parameters
    ----------
    measure, found, sides
        What was measured and found, between which articles.
    within : str, optional
        The strata in which it was found.
    seed : int, optional
        Of random exchanges, where there are over 1,000 ways.

    Returns
    -------
    found : Found
        Where a side holds several outlets, with the columns outlet_low, outlet_high,
        outlet_equal, and p_outlet where that can fall below .05.
    notes : list of str
        Empty if the articles have no outlets.
    """
    if "outlet" not in measure.articles:
        return found, []
    outlets = group_codes(measure.articles, "outlet").codes
    side = np.select([sides.rows_a, sides.rows_b], [A, B], OUTSIDE)
    on = [np.unique(outlets[(side == g) & (outlets >= 0)]) for g in (A, B)]
    shared = len(np.intersect1d(*on)) > 0
    few = 2 / comb(len(on[A]) + len(on[B]), len(on[A])) > ALPHA
    notes = [_sentence(sides, *map(len, on))] if few and not shared else []
    many = len(on[A]) + len(on[B])
    several = max(map(len, on)) > 1
    if not several or not len(found.family.members):
        return found, notes
    if many > MOST_OUTLETS:
        return found, [f"over {MOST_OUTLETS} outlets: none is left out by itself."]
    stratum = np.zeros(len(side), np.int64)
    if within is not None:
        stratum = group_codes(measure.articles, within).codes
    cells = _cells(measure, side, stratum, outlets, found.family.members)
    columns = cells.columns(measure.kind)
    if not few and not shared and within is None:
        asked = np.arange(len(found.tested.q))
        if len(asked) > EXCHANGED:
            asked = np.flatnonzero(found.tested.q < ALPHA)
        p = np.full(len(found.tested.q), np.nan)
        p[asked] = cells.exchanged(measure.kind, *on, seed or 0, asked)
        columns["p_outlet"] = p
        notes.append(_ways(*map(len, on), seed or 0, len(asked), len(p)))
    tested = replace(found.tested, more=found.tested.more | columns)
    return replace(found, tested=tested), notes


def _sentence(sides: Sides, many_a: int, many_b: int) -> str:
    end = "this describes these outlets and no others."
    if many_a == many_b:
        return f"{_outlets(many_a)} a side: {end}"
    return (
        f"{_outlets(many_a)} on side {sides.label_a}, {_outlets(many_b)} on side "
        f"{sides.label_b}: {end}"
    )


def _outlets(many: int) -> str:
    number = NUMBERS[many] if many < len(NUMBERS) else f"{many:,}"
    return f"{number} outlet" + ("" if many == 1 else "s")


def _ways(many_a: int, many_b: int, seed: int, asked: int, tested: int) -> str:
    ways = comb(many_a + many_b, many_a)
    how = f"all {ways:,} ways" if ways <= WAYS else f"{WAYS - 1:,} ways, seed {seed}"
    note = f"p_outlet: whole outlets exchanged between the sides, {how}"
    if asked < tested:
        note += f"; only for the {asked:,} items of {tested:,} with q below {ALPHA}"
    return f"{note}."


@dataclass(frozen=True)
class _Cells:
    """Sums by outlet, stratum and side: `x` cells x items, `n` cells x denominators."""

    x: sparse.csr_array
    n: np.ndarray
    side: np.ndarray
    stratum: np.ndarray
    outlet: np.ndarray
    owner: np.ndarray

    def columns(self, kind: str) -> dict[str, np.ndarray]:
        """Return the range of the estimate without each outlet, and with all equal."""
        size = len(self.owner)
        low, high, equal = np.full((3, size), np.nan)
        for column in np.unique(self.owner):
            items = np.flatnonzero(self.owner == column)
            x, n = self.x[:, items], self.n[:, column]
            for outlet in np.unique(self.outlet[self.outlet >= 0]):
                kept = np.where(self.outlet == outlet, 0.0, 1.0)
                without = self._estimate(x, n, kept, kind)
                low[items] = np.fmin(low[items], without)
                high[items] = np.fmax(high[items], without)
            equal[items] = self._estimate(x, n, self._equal(n), kind)
        return {"outlet_low": low, "outlet_high": high, "outlet_equal": equal}

    def exchanged(self, kind: str, a, b, seed: int, asked: np.ndarray) -> np.ndarray:
        """Return p of the items asked for when whole outlets change sides.

        The statistic is that of `permutation_tests`, with outlets for units.
        """
        known = self.outlet >= 0
        labels = ways_of(len(a), len(b), seed)
        both = np.concatenate([a, b])
        place = np.searchsorted(np.sort(both), self.outlet[known])
        order = np.argsort(both)
        into = sparse.csr_array(
            (np.ones(known.sum()), (order[place], np.flatnonzero(known))),
            shape=(len(both), len(known)),
        )
        x, n = (into @ self.x)[:, asked].tocsc(), into @ self.n
        owner, p = self.owner[asked], np.empty(len(asked))
        for column in np.unique(owner):
            ways = Exchange(labels, n[:, column], kind)
            items = np.flatnonzero(owner == column)
            for first in range(0, len(items), AT_ONCE):
                some = items[first : first + AT_ONCE]
                p[some] = ways.as_large(x[:, some].toarray())
        return p

    def _equal(self, n):
        """Return the weight of each cell that makes its outlet count as one."""
        on = np.where(self.outlet >= 0, 2 * self.outlet + self.side, -1)
        totals = np.bincount(on[on >= 0], n[on >= 0])
        return np.where(on >= 0, ratio(1, np.append(totals, 0)[on]), 0)

    def _estimate(self, x, n, weight, kind):
        """Return the estimate of `compare` with the cells weighted."""
        count = int(self.stratum.max(initial=0)) + 1
        weight = np.nan_to_num(weight)
        of = [
            np.bincount(self.stratum[rows], (weight * n)[rows], count)
            for rows in (self.side == A, self.side == B)
        ]
        share = [np.nan_to_num(ratio(of[1 - g], of[A] + of[B])) for g in (A, B)]
        p, q = (
            x.T @ (np.where(self.side == g, weight, 0) * share[g][self.stratum])
            for g in (A, B)
        )
        if kind == "count":
            with np.errstate(divide="ignore", invalid="ignore"):
                return np.log2(p) - np.log2(q)
        return ratio(p - q, np.nansum(share[A] * of[A]))


def _cells(measure, side, stratum, outlets, members) -> _Cells:
    inside = np.flatnonzero((side >= 0) & (stratum >= 0))
    names = ("stratum", "outlet", "side")
    keys = pd.DataFrame(
        dict(zip(names, (stratum[inside], outlets[inside], side[inside]), strict=True))
    )
    place = keys.groupby(list(names), sort=True).ngroup().to_numpy()
    cells = keys.drop_duplicates().sort_values(list(names))
    codes = np.full(len(side), OUTSIDE)
    codes[inside] = place
    merged = Merged(measure, len(cells), len(members))
    for part in map_units(measure, codes, merge_codes, members):
        merged.add(*part)
    return _Cells(
        merged.values.astype(float),
        merged.exposure,
        *(cells[name].to_numpy() for name in ("side", "stratum", "outlet")),
        owners(measure)[members],
    )
