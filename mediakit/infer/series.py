"""Series over time: value and exposure of each item and group, period by period.

What change points, bursts, weekdays, leads and diverging trends read.
"""

import warnings
import zlib
from dataclasses import dataclass

import numpy as np

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.infer.cells import cell_sums
from mediakit.infer.groups import Groups, Sides, group_codes
from mediakit.infer.periods import CALENDAR, cut_periods
from mediakit.infer.provenance import check_measure
from mediakit.infer.trend import item_positions, undated_notes
from mediakit.measure.measure import Measure


@dataclass(frozen=True)
class Series:
    """One item in one group: an entry for every period, gaps included.

    Attributes
    ----------
    item, group : str
        Whose series it is.
    starts : ndarray of datetime64[us]
        First day of each period.
    value, exposure, articles : ndarray of float
        Sums of the period; exposure and articles are 0 in a gap.
    partial : ndarray of bool
        Whether the collection covers the period in part only.
    """

    item: str
    group: str
    starts: np.ndarray
    value: np.ndarray
    exposure: np.ndarray
    articles: np.ndarray
    partial: np.ndarray

    def __len__(self):
        return len(self.starts)

    def __getitem__(self, kept) -> "Series":
        """Return the chosen periods."""
        arrays = self.starts, self.value, self.exposure, self.articles, self.partial
        return Series(self.item, self.group, *(array[kept] for array in arrays))

    def covered(self) -> "Series":
        """Return the periods that hold something and are covered as a whole."""
        return self[(self.exposure > 0) & ~self.partial]

    def generator(self, seed: int) -> np.random.Generator:
        """Return a generator of its own, the same whatever else is asked for."""
        name = zlib.crc32(f"{self.item}\0{self.group}".encode())
        return np.random.default_rng([seed, name])


def series_of(
    measure: Measure,
    *,
    by: str | None,
    freq: str,
    items: str | list[str] | None,
) -> tuple[list[Series], list[str]]:
    """Return the series of every item and group, and what stands in none.

    Parameters
    ----------
    measure, by, freq, items
        As in `trend`.

    Returns
    -------
    series : list of Series
        Items in the order asked for, groups sorted.
    notes : list of str
        Articles without a date or group; they are warned about, too.
    """
    check_measure(measure)
    check_choice("freq", freq, CALENDAR)
    groups = group_codes(measure.articles, by)
    notes = undated_notes(measure.articles, freq, stacklevel=4)
    if groups.outside:
        notes.append(
            f"{groups.outside:,} of {len(measure):,} articles have no value of {by!r} "
            "and stand in no group."
        )
        warnings.warn(notes[-1], MediakitWarning, stacklevel=3)
    return cut_series(measure, groups, freq=freq, items=items), notes


def cut_series(
    measure: Measure, groups: Groups, *, freq: str, items: str | list[str] | None
) -> list[Series]:
    """Return the series of every item and group; undated articles are in none."""
    if items is None:
        names = measure.items["item"].tolist()
    else:
        names = list(dict.fromkeys([items] if isinstance(items, str) else items))
    columns = item_positions(measure, names)
    periods = cut_periods(measure.articles, groups.codes, freq)
    sums, _, _ = cell_sums(measure, periods.cells, len(periods.pools), columns=columns)
    starts = periods.starts.to_numpy()
    found = []
    for column, name in enumerate(names):
        for code, group in enumerate(groups.names):
            here = periods.pools == code
            arrays = (sums.value, sums.exposure, sums.units)
            of_item = [array[here, column] for array in arrays]
            found.append(
                Series(name, group, starts[here], *of_item, periods.partial[here])
            )
    return found


def side_series(
    measure: Measure, sides: Sides, *, freq: str, items: str | list[str] | None
) -> list[tuple[Series, Series]]:
    """Return the series of side a and of side b, a pair for every item."""
    codes = np.where(sides.rows_a, 0, np.where(sides.rows_b, 1, -1))
    groups = Groups([sides.label_a, sides.label_b], codes)
    found = cut_series(measure, groups, freq=freq, items=items)
    return list(zip(found[::2], found[1::2], strict=True))


def no_means(measure: Measure, what: str) -> None:
    """Raise if the measure is a mean, for verbs that speak of rates."""
    if check_measure(measure).kind == "mean":
        raise MediakitError(
            f"{what} speaks of counts and shares, but {measure.name!r} is a mean; look "
            "at it with `mk.trend` or `mk.change_points`."
        )
