"""lead_lag: whether one series moves before another, and by how many days.

Coming first is not causing: both may follow an event that nobody measured.
"""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_whole
from mediakit.formulas import series as formulas
from mediakit.formulas.intervals import ALPHA
from mediakit.infer.groups import choose_sides, group_codes
from mediakit.infer.periods import CALENDAR
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.series import Series, cut_series, side_series
from mediakit.infer.trend import undated_notes
from mediakit.measure.measure import Measure

REPEATS = 999
FEWEST = 40
BLOCK = 7
DAY = np.timedelta64(1, "D")
TYPES = {
    **dict.fromkeys(["item", "a", "b"], "str"),
    "lag": "int64",
    **dict.fromkeys(["correlation", "low", "high", "band", "p"], "float64"),
    "pairs": "int64",
    **dict.fromkeys(["reading", "note"], "str"),
}


def lead_lag(
    measure: Measure,
    *,
    a: object,
    b: object,
    by: str | None = None,
    items: str | list[str] | None = None,
    freq: str = "day",
    max_lag: int = 14,
    seed: int = 0,
) -> pd.DataFrame:
    """Ask whether one series moves before another, beyond what its own past tells.

    What you learn: whether a rise in one outlet, or of one word, is followed by one in
    the other, and after how long. It never tells who influenced whom: both may answer
    the same event, one of them sooner.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`; its articles need `published`.
    a, b : value, list of values or "rest"
        With `by`, the two sides, as in `compare`; without, two items of the measure.
    by : str, optional
        A column of the articles or a preset of the outlet register.
    items : str or list of str, optional
        With `by`: items wanted; by default all of the measure.
    freq : {"day", "week", "month", "quarter", "year"}, default "day"
        Length of a period, in UTC.
    max_lag : int, default 14
        Periods looked ahead and back; at most a quarter of the series is used.
    seed : int, default 0
        Of the bootstrap.

    Returns
    -------
    DataFrame
        One row per item and lag, from -max_lag to max_lag.

        - item : str; without `by` it is "a, b"
        - a, b : str, the sides or items
        - lag : int, periods by which `a` comes first; negative where `b` does
        - correlation : of what each series' own past does not tell
        - low, high : its 95 % interval, by drawing blocks of pairs; for this lag alone
        - band : the size that the largest of all lags' correlations passes in .05 of
          the cases where the series have nothing to do with each other
        - p : of no relation, all lags looked at
        - pairs : int, pairs of periods known on both sides
        - reading : str, the direction in words where p is at most .05, as "A leads B
          by 3 days"
        - note : str, why nothing could be asked

        ``attrs["mediakit"]`` holds measure, parameters, versions and notes.

    Raises
    ------
    MediakitError
        If `measure` is not a Measure, it has no dates, a side or an item is unknown,
        or `max_lag` is no number from 1.

    Warns
    -----
    MediakitWarning
        If articles have no date or one too coarse for `freq`, or the sides differ in
        language.

    Notes
    -----
    Rates are brought to even variance (square root of a count's rate, arcsine of a
    share's), freed of straight line and weekday, and whitened each by its own
    autoregression (order by AIC, up to 14; Haugh 1976). `band` and `p` come from 999
    series of `b` with blocks of seven residuals shuffled; `low` and `high` from as
    many draws of blocks of seven pairs. Levels must not be correlated: of independent
    random walks of 100 steps .75 are "significant" (Yule 1926; Granger and Newbold
    1974).

    Gaps are bridged before whitening and left out of the correlations. Time zones and
    hours of going to press look like leads of a day. Not for fewer than forty
    periods, nor for series that one event makes up.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> import mediakit as mk
    >>> rng = np.random.default_rng(1)
    >>> news = rng.poisson(5, 203)
    >>> days = pd.date_range("2014-01-01", periods=200, tz="UTC")
    >>> counts = pd.DataFrame({"published": days, "words": 900, "strike": news[3:],
    ...                        "talks": news[:200]})
    >>> measure = mk.as_measure(counts, value=["strike", "talks"], exposure="words")
    >>> found = mk.lead_lag(measure, a="strike", b="talks", max_lag=5)
    >>> found[found["p"] <= 0.05]["reading"].tolist()
    ['strike leads talks by 3 days']
    """
    check_measure(measure)
    check_choice("freq", freq, CALENDAR)
    max_lag = check_whole("max_lag", max_lag, 1)
    pairs, notes = _pairs(measure, a, b, by, items, freq)
    rows = [
        row
        for name, one, other in pairs
        for row in _rows(name, one, other, measure.kind, freq, max_lag, seed)
    ]
    table = pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)
    notes += [
        "Coming first is not causing: both may follow the same event, one of them "
        "sooner."
    ]
    parameters = {
        "a": _plain(a),
        "b": _plain(b),
        "by": by,
        "items": items,
        "freq": freq,
    }
    parameters |= {"max_lag": max_lag, "seed": seed, "repeats": REPEATS, "alpha": ALPHA}
    table.attrs["mediakit"] = provenance(measure, "lead_lag", parameters, notes)
    return table


def _plain(side) -> object:
    return side if isinstance(side, str) else list(map(str, np.atleast_1d(side)))


def _pairs(measure: Measure, a, b, by, items, freq):
    """Return name and both series of every pair, and notes."""
    notes = undated_notes(measure.articles, freq, stacklevel=4)
    if by is not None:
        sides = choose_sides(measure.articles, by, a, b)
        pairs = side_series(measure, sides, freq=freq, items=items)
        return [(one.item, one, other) for one, other in pairs], notes + sides.notes
    if items is not None or not (isinstance(a, str) and isinstance(b, str)) or a == b:
        raise MediakitError(
            "without `by`, `a` and `b` are two different items and `items` is not "
            f"given; got a={a!r}, b={b!r}, items={items!r}. To compare outlets, name "
            'their column: by="outlet".'
        )
    groups = group_codes(measure.articles, None)
    found = cut_series(measure, groups, freq=freq, items=[a, b])
    return [(f"{a}, {b}", *found)] if found else [], notes


def _rows(name: str, one: Series, other: Series, kind, freq, max_lag, seed):
    """Return one row per lag of a pair; NaN with a note where it cannot be asked."""
    sides = (
        (one.group, other.group) if one.item == other.item else (one.item, other.item)
    )
    first, second, starts = _evened(one, other, kind)
    known = np.isfinite(first) & np.isfinite(second)
    lags = np.arange(-max_lag, max_lag + 1)
    note = ""
    if known.sum() < FEWEST or max_lag > len(starts) // 4:
        note = f"only {known.sum()} periods known on both sides: too few to ask"
    elif any(np.nanmax(x) == np.nanmin(x) for x in (first, second)):
        note = "one side does not vary"
    if note:
        nothing = (np.nan,) * 5
        return [(name, *sides, lag, *nothing, 0, "", note) for lag in lags]
    days = (starts - starts[0]) // DAY if freq == "day" else np.zeros(len(starts), int)
    first, second = (
        formulas.whiten(formulas.without_season(x, days % 7))[0]
        for x in (first, second)
    )
    return _told(name, sides, first, second, lags, freq, one.generator(seed))


def _told(name, sides, first, second, lags, freq, rng):
    found = formulas.cross_correlations(first, second, lags)
    options = {"block": BLOCK, "repeats": REPEATS, "rng": rng}
    peaks = formulas.chance_peaks(first, second, lags, **options)
    band = float(np.quantile(peaks, 1 - ALPHA))
    low, high = formulas.correlation_intervals(
        first, second, lags, alpha=ALPHA, **options
    )
    rows = []
    for number, (lag, r) in enumerate(zip(lags.tolist(), found.tolist(), strict=True)):
        p = (1 + (peaks >= abs(r) * (1 - 1e-12)).sum()) / (1 + REPEATS)
        then = np.isfinite(formulas.later(second, lag))
        pairs = int((np.isfinite(first) & then).sum())
        reading = _reading(*sides, lag, r, freq) if p <= ALPHA else ""
        numbers = r, low[number], high[number], band, p, pairs
        rows.append((name, *sides, lag, *numbers, reading, ""))
    return rows


def _reading(a: str, b: str, lag: int, r: float, freq: str) -> str:
    if lag == 0:
        how = "move together" if r > 0 else "move against each other"
        return f"{a} and {b} {how} in the same {freq}"
    first, then = (a, b) if lag > 0 else (b, a)
    periods = f"{abs(lag)} {freq}{'s' * (abs(lag) > 1)}"
    if r > 0:
        return f"{first} leads {then} by {periods}"
    return f"{then} falls {periods} after {first} rises"


def _evened(one: Series, other: Series, kind: str):
    """Return both series over the time that both cover, with even variance."""
    if not (len(one) and len(other)):
        return np.empty(0), np.empty(0), np.empty(0, "datetime64[us]")
    first = max(one.starts[0], other.starts[0])
    last = min(one.starts[-1], other.starts[-1])
    kept = [
        series[(series.starts >= first) & (series.starts <= last)]
        for series in (one, other)
    ]
    return *(_even(series, kind) for series in kept), kept[0].starts


def _even(series: Series, kind: str) -> np.ndarray:
    rate = np.full(len(series), np.nan)
    known = (series.exposure > 0) & ~series.partial
    rate[known] = series.value[known] / series.exposure[known]
    if kind == "mean":
        return rate
    return np.sqrt(rate) if kind == "count" else np.arcsin(np.sqrt(np.minimum(rate, 1)))
