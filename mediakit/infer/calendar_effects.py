"""calendar_effects: whether a rate depends on the weekday, or on how much appeared.

An outlet's Sunday is another paper; a peak there may be the calendar and not the news.
"""

import numpy as np
import pandas as pd
from scipy import stats

from mediakit.formulas.intervals import ALPHA
from mediakit.formulas.log_rates import LogRates, fit_log_rates
from mediakit.infer.diverging import MONDAY
from mediakit.infer.provenance import provenance
from mediakit.infer.series import Series, no_means, series_of
from mediakit.measure.measure import Measure

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = np.timedelta64(1, "D")
ENOUGH = 10
UNTOLD = "too few days, or nothing varies within weeks"
TYPES = {
    **dict.fromkeys(["item", "group", "effect", "level"], "str"),
    **dict.fromkeys(["ratio", "low", "high", "p", "rate"], "float64"),
    **dict.fromkeys(["days", "articles", "weeks"], "int64"),
    "note": "str",
}


def calendar_effects(
    measure: Measure,
    *,
    by: str | None = None,
    items: str | list[str] | None = None,
) -> pd.DataFrame:
    """Show how a rate differs by weekday and with the number of articles of a day.

    What you learn: how much of a movement is the calendar. A word of the Sunday pages
    peaks every week; a rate that falls whenever much is published moves with the
    volume and not with the news.

    Parameters
    ----------
    measure : Measure
        Of counts or shares; its articles need `published`, to the day.
    by : str, optional
        A column of the articles or a preset of the outlet register. By default all
        articles are one group, "all".
    items : str or list of str, optional
        Items wanted, in this order; by default all of the measure.

    Returns
    -------
    DataFrame
        Nine rows per item and group:

        - item, group : str
        - effect, level : str; "weekday" with "Monday" to "Sunday" and "any", or
          "volume" with "twice the articles"
        - ratio : of the rate on that weekday to the geometric mean of all weekdays of
          the same week; for the volume, what a day with twice the articles does to
          the rate, at the same weekday and week. NaN for "any"
        - low, high : its 95 % interval
        - p : of a ratio of 1; for "any", that no weekday differs
        - rate : plain rate of that weekday; of all days in the other rows
        - days, articles, weeks : int, days and articles behind it, and weeks that have
          the item
        - note : str, why there is no figure, or what to mind

        ``attrs["mediakit"]`` holds measure, parameters, versions and notes.

    Raises
    ------
    MediakitError
        If the measure is a mean or has no dates, or a name is unknown.

    Warns
    -----
    MediakitWarning
        If articles have no date, one coarser than a day, or no value of `by`.

    Notes
    -----
    Quasi-Poisson regression in which every week (Monday to Sunday, UTC) has a level of
    its own, so that a trend enters only by what it does from Monday to Sunday. The
    volume is log2 of the day's articles with exposure, fitted beside the weekdays.
    Errors leave out one of m weeks after the other, against t with m - 1 degrees of
    freedom; "any" is Hotelling's F. Below ten weeks a row is a description.

    With the dates of 20,221 KCNA articles shuffled (150 words, four times), p < .05 in
    .035 of "any", .043 of single days and .053 of the volumes.

    Seven weekdays of many items are many tests: read "any" first. Not where the date
    is that of an archive's load, or where UTC cuts the outlet's day in two.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> days = pd.date_range("2014-01-06", periods=140, tz="UTC")
    >>> counts = pd.DataFrame({"published": days, "words": 900, "sport": 4})
    >>> counts.loc[days.day_of_week == 6, "sport"] = 8
    >>> counts.loc[::3, "sport"] += 1
    >>> measure = mk.as_measure(counts, value="sport", exposure="words", unit="word")
    >>> found = mk.calendar_effects(measure)
    >>> found.loc[5:7, ["level", "ratio", "rate", "days"]].round(3)
          level  ratio   rate  days
    5  Saturday  0.914  0.005    20
    6    Sunday  1.755  0.009    20
    7       any    NaN  0.005   140
    """
    no_means(measure, "`calendar_effects`")
    found, notes = series_of(measure, by=by, freq="day", items=items)
    bag = "" if measure.evidence == "article" else measure.evidence
    rows = [row for one in found for row in _rows(one[one.exposure > 0], bag)]
    table = pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)
    parameters = {"by": by, "items": items, "alpha": ALPHA}
    table.attrs["mediakit"] = provenance(measure, "calendar_effects", parameters, notes)
    return table


def _rows(series: Series, bag: str) -> list[tuple]:
    """Return the nine rows of a series of days; of bags no volume is known."""
    weeks, weekday = np.divmod((series.starts - MONDAY) // DAY, 7)
    here = [weekday == number for number in range(7)]
    used = [number for number in range(7) if here[number].any()]
    coded = _coded(weekday, used)
    silent = [DAYS[number] for number in used if not series.value[here[number]].any()]
    why = f"it never stands on {silent[0]}: no ratio" if silent else UNTOLD
    fitted = volume = None
    if len(used) > 1 and not silent:
        fitted = _fitted(series, coded, weeks)
    if fitted is not None and not bag:
        doubled = np.log2(np.maximum(series.articles, 1))
        volume = _fitted(series, np.column_stack([coded, doubled]), weeks)
    whole = np.ones(len(series), bool)
    names = series.item, series.group, "weekday"
    rows = []
    for number in range(7):
        mixed = np.zeros(max(len(used) - 1, 1))
        if number in used[:-1]:
            mixed[used.index(number)] = 1
        elif number in used:
            mixed[:] = -1
        told = _ratio(fitted if number in used else None, mixed, why)
        rows.append(
            (*names, DAYS[number], *told[:4], *_sums(series, here[number]), *told[4:])
        )
    told = _any(fitted, why)
    rows.append((*names, "any", *told[:4], *_sums(series, whole), *told[4:]))
    last = np.append(np.zeros(coded.shape[1]), 1)
    why = f"each row is a {bag}: the day's volume is not known" if bag else why
    told = _ratio(volume, last, why)
    effect = series.item, series.group, "volume", "twice the articles"
    rows.append((*effect, *told[:4], *_sums(series, whole), *told[4:]))
    return rows


def _coded(weekday, used) -> np.ndarray:
    """Return columns of 1, 0 and -1 whose coefficients sum to 0 with the last day's."""
    columns = [
        (weekday == number).astype(float) - (weekday == used[-1])
        for number in used[:-1]
    ]
    return np.column_stack(columns) if columns else np.empty((len(weekday), 0))


def _fitted(series: Series, design, weeks) -> LogRates | None:
    return fit_log_rates(series.value, series.exposure, design, weeks, strata=weeks)


def _sums(series: Series, some) -> tuple:
    x, n = series.value[some].sum(), series.exposure[some].sum()
    rate = x / n if n else np.nan
    return rate, int(some.sum()), int(series.articles[some].sum())


def _ratio(fitted: LogRates | None, mixed, why: str) -> tuple:
    """Return ratio, low, high, p, weeks and note of a sum of coefficients."""
    if fitted is None:
        return *(np.nan,) * 4, 0, why
    estimate = float(mixed @ fitted.beta)
    error = float(np.sqrt(mixed @ fitted.clustered @ mixed))
    df = max(fitted.clusters - 1, 1)
    reach = stats.t.isf(ALPHA / 2, df) * error
    bounds = np.exp([estimate, estimate - reach, estimate + reach])
    p = 2 * stats.t.sf(abs(estimate) / error, df) if error > 0 else np.nan
    return *bounds.tolist(), float(p), fitted.clusters, _few(fitted)


def _any(fitted: LogRates | None, why: str) -> tuple:
    """Return the same for the question whether any weekday differs."""
    if fitted is None:
        return _ratio(None, None, why)
    size, m = len(fitted.beta), fitted.clusters
    if m <= size or not np.linalg.cond(fitted.clustered) < 1e12:
        return *(np.nan,) * 4, m, "too few weeks to ask"
    wald = fitted.beta @ np.linalg.solve(fitted.clustered, fitted.beta)
    p = stats.f.sf(wald * (m - size) / (size * (m - 1)), size, m - size)
    return *(np.nan,) * 3, float(p), m, _few(fitted)


def _few(fitted: LogRates) -> str:
    if fitted.clusters >= ENOUGH:
        return ""
    return f"only {fitted.clusters} weeks: a description, no test"
