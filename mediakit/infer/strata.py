"""Strata: the sums of both sides in each event, section or topic, item by item.

Only strata that hold both sides count; a million articles are read a few items at a
time, so that what is held at once stays bounded.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from mediakit.errors import MediakitError
from mediakit.formulas.strata import TERMS, stratum_terms
from mediakit.formulas.sums import Sums, ratio
from mediakit.formulas.within import Matched
from mediakit.infer.groups import group_codes
from mediakit.infer.units import OUTSIDE, A, B, Units, map_units, owners
from mediakit.measure.measure import Measure

ENTRIES = 2_000_000
POWERS = ("held", "x", "xn", "xn2", "x2", "x2n", "x3")
DENSE = ("m", "n", "n2", "n3")


@dataclass(frozen=True)
class Strata:
    """The strata that hold both sides.

    Attributes
    ----------
    name : str
        What `within` named.
    codes : ndarray of int, one per article
        Stratum of each article on a side, numbered from 0; -1 for all others.
    side : ndarray of int, one per article
        A, B, or OUTSIDE also for articles in strata without a counterpart.
    sums : dict of ndarray, 2 x strata x denominators
        m, n, n2, n3: articles with exposure, and sums of its powers.
    count, one_sided, missing : int
        Strata with both sides, strata with one, and articles without a stratum.
    lost : tuple of float
        Part of either side's exposure left out, of the first denominator.
    """

    name: str
    codes: np.ndarray
    side: np.ndarray
    sums: dict
    count: int
    one_sided: int
    missing: int
    lost: tuple[float, float]


def strata_of(measure: Measure, side: np.ndarray, within: str) -> Strata:
    """Find the strata of `within` in which both sides have articles with exposure.

    Raises
    ------
    MediakitError
        If `within` is unknown, or no stratum holds both sides.
    """
    groups = group_codes(measure.articles, within)
    exposure = measure.exposure
    given = (side >= 0) & (groups.codes >= 0) & (exposure > 0).any(axis=1)
    held = np.zeros((2, len(groups.names)), bool)
    for g in (A, B):
        held[g, groups.codes[given & (side == g)]] = True
    both = held.all(axis=0)
    if not both.any():
        raise MediakitError(
            f"no value of {within!r} has articles of both sides, so nothing can be "
            f"compared within; {int(held.any(axis=0).sum()):,} values have one side."
        )
    place = np.where(both, np.cumsum(both) - 1, -1)
    codes = np.where(given, np.append(place, -1)[groups.codes], -1)
    kept = np.where(codes >= 0, side, OUTSIDE)
    count = int(both.sum())
    sums = _dense(exposure, kept, codes, count)
    totals = [exposure[side == g, 0].sum() for g in (A, B)]
    lost = (1 - float(sums["n"][g, :, 0].sum() / totals[g]) for g in (A, B))
    missing = int(((side >= 0) & (groups.codes < 0)).sum())
    one_sided = int((held.any(axis=0) & ~both).sum())
    return Strata(within, codes, kept, sums, count, one_sided, missing, tuple(lost))


def _dense(exposure, side, codes, count):
    cells = np.where(side >= 0, side * count + codes, 2 * count)
    powers = ((exposure > 0).astype(float), exposure, exposure**2, exposure**3)
    shape = (2, count, exposure.shape[1])
    return {
        name: np.stack(
            [
                np.bincount(cells, column, 2 * count + 1)[:-1].reshape(shape[:2])
                for column in power.T
            ],
            axis=2,
        )
        for name, power in zip(DENSE, powers, strict=True)
    }


@dataclass(frozen=True)
class Entries:
    """The sums of some items in the strata that have them, sorted by stratum.

    `items` are positions among `chosen`, which are positions in the measure.
    """

    chosen: np.ndarray
    stratum: np.ndarray
    items: np.ndarray
    a: Sums
    b: Sums

    @property
    def keys(self) -> np.ndarray:
        """What the entries are sorted by."""
        return self.stratum * len(self.chosen) + self.items

    def add(self, terms: np.ndarray) -> np.ndarray:
        """Add up terms, any x entries, over strata: any x items."""
        size = len(self.chosen)
        return np.stack([np.bincount(self.items, term, size) for term in terms])


def entries_of(measure: Measure, strata: Strata, held: np.ndarray) -> Iterator[Entries]:
    """Yield the entries of all items, so many items at a time as fit into memory.

    Parameters
    ----------
    measure, strata
        What was measured, and where both sides are.
    held : ndarray of float, one per item
        Articles that hold the item; a bound of how many entries it has.
    """
    owner = owners(measure)
    each = np.full(len(held), 2 * strata.count) if measure.kind == "mean" else held
    batch = (np.cumsum(each) // ENTRIES).astype(np.int64)
    cells = np.where(strata.side >= 0, 2 * strata.codes + strata.side, OUTSIDE)
    for number in np.unique(batch):
        chosen = np.flatnonzero(batch == number)
        parts = map_units(measure, cells, _entry_sums, chosen=chosen)
        keys, sums = _added(*map(np.concatenate, zip(*parts, strict=True)))
        stratum, items = np.divmod(keys, len(chosen))
        place = stratum, owner[chosen][items]
        sides = [
            Sums(
                **{name: strata.sums[name][g][place] for name in DENSE},
                **dict(zip(POWERS, sums[:, g].T, strict=True)),
            )
            for g in (A, B)
        ]
        yield Entries(chosen, stratum, items, *sides)


def _entry_sums(units: Iterable[Units], owner):
    """Add up each item in each stratum: keys, and entries x 2 x POWERS."""
    found = [_part_sums(part, owner) for part in units]
    return _added(*map(np.concatenate, zip(*found, strict=True)))


def _part_sums(part, owner):
    rows, n = part.entries(owner)
    inside = part.side[rows] >= 0
    rows, n = rows[inside], n[inside]
    x = part.values.data[inside].astype(float)
    stratum, g = np.divmod(part.side[rows], 2)
    keys = stratum * part.values.shape[1] + part.values.indices[inside]
    keys, place = np.unique(keys, return_inverse=True)
    powers = (x != 0, x, x * n, x * n * n, x * x, x * x * n, x * x * x)
    sums = [np.bincount(2 * place + g, each, 2 * len(keys)) for each in powers]
    return keys, np.stack(sums, axis=1).reshape(-1, 2, len(POWERS))


def _added(keys, sums):
    different, place = np.unique(keys, return_inverse=True)
    if len(different) == len(keys):
        order = np.argsort(keys)
        return keys[order], sums[order]
    flat = sums.reshape(len(sums), -1).T
    added = [np.bincount(place, column, len(different)) for column in flat]
    return different, np.stack(added, axis=1).reshape(-1, *sums.shape[1:])


def matched(measure: Measure, strata: Strata, terms: np.ndarray) -> Matched:
    """Return the comparison that added-up `terms`, of all items, amount to."""
    owner, sums = owners(measure), strata.sums
    n_a, n_b = sums["n"]
    both = (n_a > 0) & (n_b > 0)
    n = np.where(both, n_a + n_b, 1.0)
    m = np.where(both, sums["m"], 0)
    weight = np.where(both, n_a * n_b / n, 0).sum(axis=0)
    other = np.stack([n_b, n_a]) / n
    reach = np.where(both, other**2 * sums["n"], 0).sum(axis=1)
    lone = both & (m < 2).all(axis=0)
    df = np.maximum(m - 1, 0).sum(axis=(0, 1)) + lone.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        units = weight**2 / reach
    return Matched(
        kind=measure.kind,
        terms=terms,
        weight=weight[owner],
        m=m.sum(axis=1)[:, owner],
        n=np.where(both, sums["n"], 0).sum(axis=1)[:, owner],
        units=units[:, owner],
        df=df[owner].astype(float),
        strata=both.sum(axis=0)[owner].astype(float),
    )


def terms_of(
    measure: Measure, strata: Strata, entries: Entries
) -> tuple[np.ndarray, np.ndarray]:
    """Return the terms of some entries, as `stratum_terms` does, and their ratios."""
    mean = measure.kind == "mean"
    first = stratum_terms(entries.a, entries.b, np.ones(len(entries.items)))
    p, q = entries.add(first[[TERMS.index("p"), TERMS.index("q")]])
    if mean:
        none = np.zeros((len(TERMS), len(measure.items)))
        ratios = ratio(p - q, matched(measure, strata, none).weight[entries.chosen])
    else:
        ratios = np.divide(p, q, out=np.full(len(p), np.inf), where=q > 0)
    ratios = ratios[entries.items]
    return stratum_terms(entries.a, entries.b, ratios, mean=mean), ratios
