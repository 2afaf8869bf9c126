"""bursts: the stretches of days in which something was said far more than usual."""

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, check_choice, check_whole
from mediakit.formulas import bursts as formulas
from mediakit.formulas.intervals import ALPHA, score_interval, share_interval
from mediakit.infer.periods import CALENDAR
from mediakit.infer.provenance import provenance
from mediakit.infer.series import Series, no_means, series_of
from mediakit.measure.measure import Measure

FEWEST = 12
TYPES = {
    "item": "str",
    "group": "str",
    "start": "datetime64[us]",
    "end": "datetime64[us]",
    **dict.fromkeys(["periods", "periods_in_all"], "int64"),
    **dict.fromkeys(["rate", "low", "high", "rate_overall"], "float64"),
    **dict.fromkeys(["value", "exposure"], "float64"),
    "articles": "int64",
    **dict.fromkeys(["weight", "p"], "float64"),
    "note": "str",
}


def bursts(
    measure: Measure,
    *,
    by: str | None = None,
    freq: str = "day",
    items: str | list[str] | None = None,
    scale: float = 2.0,
    price: float = 1.0,
    repeats: int = 999,
    seed: int = 0,
) -> pd.DataFrame:
    """Find the stretches of time in which an item was said far more than usual.

    What you learn: when a word, a name or a frame had its days, how many and how
    high, and whether such a run could be chance.

    Parameters
    ----------
    measure : Measure
        Of counts or shares; its articles need `published`.
    by : str, optional
        A column of the articles or a preset of the outlet register. By default all
        articles are one group, "all".
    freq : {"day", "week", "month", "quarter", "year"}, default "day"
        Length of a period, in UTC.
    items : str or list of str, optional
        Items wanted, in this order; by default all of the measure.
    scale : float, default 2
        How many times the overall rate a burst is: Kleinberg's s.
    price : float, default 1
        How hard it is to enter a burst: Kleinberg's gamma. Larger finds fewer.
    repeats : int, default 999
        Shuffled series that a burst is held against.
    seed : int, default 0
        Of the shuffling.

    Returns
    -------
    DataFrame
        One row per burst, in order of time; one row without dates for a series in
        which none was found.

        - item, group : str
        - start, end : first day of the first and of the last period of the burst,
          datetime64[us]; missing where there is none
        - periods, periods_in_all : int, periods of the burst and of the series
        - rate, low, high : rate in the burst with its 95 % interval; NaN without
        - rate_overall : rate of the whole series
        - value, exposure, articles : sums of the burst
        - weight : what the burst explains better than the overall rate does, in nats
        - p : share of shuffled series whose heaviest burst is as heavy, the periods of
          heavier bursts left out; NaN without
        - note : str, why nothing could be asked

        ``attrs["mediakit"]`` holds measure, parameters, versions and notes.

    Raises
    ------
    MediakitError
        If the measure is a mean or has no dates, a name is unknown, `scale` is not
        above 1, `price` is below 0 or `repeats` no number from 1.

    Warns
    -----
    MediakitWarning
        If articles have no date, one too coarse for `freq`, or no value of `by`.

    Notes
    -----
    Kleinberg (2002), Bursty and hierarchical structure in streams, with two states
    and exposures: the overall rate, and `scale` times it, entered at the price gamma
    ln n. Costs are divided by the dispersion phi between neighbouring periods, as
    words come in clumps; with one hit per article phi is near 1 and the automaton is
    Kleinberg's own. Intervals use the same phi.

    `p` asks whether high periods stand together more than in shuffled order, so it
    says nothing of a burst of one period: shuffling leaves that as it is, and p is
    near 1. News nearly always comes in runs; a small p is the rule and no discovery.
    Periods without exposure and partial ones are left out and bridged. Not for the
    date of a lasting change: `change_points`.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> import mediakit as mk
    >>> days = pd.date_range("2014-09-01", periods=60, tz="UTC")
    >>> high = (days >= "2014-09-28") & (days < "2014-10-08")
    >>> counts = pd.DataFrame({"published": days, "words": 900,
    ...                        "protest": np.where(high, 9, 1)})
    >>> measure = mk.as_measure(counts, value="protest", exposure="words", unit="word")
    >>> mk.bursts(measure)[["start", "end", "periods", "rate", "p"]]
           start        end  periods  rate      p
    0 2014-09-28 2014-10-07       10  0.01  0.001
    """
    no_means(measure, "`bursts`")
    check_choice("freq", freq, CALENDAR)
    repeats = check_whole("repeats", repeats, 1)
    if not scale > 1:
        raise MediakitError(f"`scale` must be above 1, got {scale!r}; 2 is usual.")
    if not price >= 0:
        raise MediakitError(f"`price` must be 0 or more, got {price!r}; 1 is usual.")
    found, notes = series_of(measure, by=by, freq=freq, items=items)
    rows = [
        row
        for series in found
        for row in _rows(series.covered(), measure.kind, scale, price, repeats, seed)
    ]
    table = pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)
    parameters = {"by": by, "freq": freq, "items": items, "scale": scale}
    parameters |= {"price": price, "repeats": repeats, "seed": seed, "alpha": ALPHA}
    table.attrs["mediakit"] = provenance(measure, "bursts", parameters, notes)
    return table


def _rows(series: Series, kind: str, scale, price, repeats: int, seed: int):
    """Return a row for each burst of a series, or one without dates."""
    value, exposure = series.value, series.exposure
    total, size = value.sum(), exposure.sum()
    overall = total / size if size else np.nan
    note = ""
    if len(series) < FEWEST:
        note = f"only {len(series)} whole periods: too few to ask"
    elif not total:
        note = "it stands nowhere"
    elif kind == "share" and scale * overall >= 1:
        note = f"a share of {overall:.2f} cannot be {scale:g} times as large"
    if note:
        return [_without(series, overall, note)]
    phi = formulas.neighbour_phi(value, exposure, kind)
    gains = formulas.burst_gains(value, exposure, kind, scale=scale, phi=phi)
    cost = price * np.log(len(series))
    found = formulas.runs(formulas.cheapest_states(gains, cost))
    if not found:
        return [_without(series, overall, note)]
    chances = _chances(gains, found, cost, repeats, series.generator(seed))
    interval = share_interval if kind == "share" else score_interval
    rows = []
    for (first, last), p in zip(found, chances, strict=True):
        some = slice(first, last)
        x, n = value[some].sum(), exposure[some].sum()
        weight = gains[some].sum()
        low, high = interval(x, n, phi=phi, df=len(series) - 1)
        dates = series.starts[first], series.starts[last - 1]
        sums = last - first, len(series), x / n, float(low), float(high), overall
        articles = int(series.articles[some].sum())
        names = series.item, series.group
        rows.append((*names, *dates, *sums, x, n, articles, weight, p, ""))
    return rows


def _chances(gains, found, cost: float, repeats: int, rng) -> list[float]:
    """Return p of each burst; each is shuffled without the days of heavier ones."""
    weights = np.array([gains[first:last].sum() for first, last in found])
    left, p, reached = np.ones(len(gains), bool), np.empty(len(found)), 0.0
    for number in np.argsort(-weights, kind="stable"):
        drawn = formulas.shuffled_weights(gains[left], cost, repeats, rng)
        heavy = (drawn >= weights[number] * (1 - 1e-12)).sum()
        reached = max(reached, (1 + heavy) / (1 + repeats))
        p[number] = reached
        left[slice(*found[number])] = False
    return p.tolist()


def _without(series: Series, overall: float, note: str) -> tuple:
    nothing = (np.nan,) * 3
    sums = 0, len(series), *nothing, overall, 0.0, 0.0, 0, 0.0, np.nan
    return series.item, series.group, pd.NaT, pd.NaT, *sums, note
