"""Alt text from the numbers: what is shown, of how many, how sure, the extremes.

Every plot leaves its text and its table with its Axes, so no figure is saved without.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.show.about import About, about
from mediakit.show.claims import ESTIMATE, MORE, interval, rows_of, span
from mediakit.show.parts import describe_parts
from mediakit.show.tone_claims import describe_tone_words
from mediakit.show.words import number, one_line

FEW = 3
TESTS = {
    "score": "score test with pooled dispersion",
    "permutation": "permutation of labels",
    "bootstrap": "bootstrap",
}
CORRECTIONS = {"bh": "Benjamini-Hochberg", "by": "Benjamini-Yekutieli"}


@dataclass(frozen=True)
class Spot:
    """A mark at data coordinates, and what it says when it is pointed at."""

    x: float
    y: float
    words: str


@dataclass(frozen=True)
class Drawn:
    """What a plot shows: its rows, the same in words, and its marks."""

    table: pd.DataFrame
    alt: str
    spots: tuple[Spot, ...] = ()


_drawn: WeakKeyDictionary = WeakKeyDictionary()


def remember(ax, table: pd.DataFrame, alt: str, spots: Iterable[Spot] = ()) -> None:
    """Leave table, alt text and marks with an Axes."""
    _drawn[ax] = Drawn(table, alt, tuple(spots))


def drawn_on(ax) -> Drawn | None:
    """Return what mediakit drew on an Axes, or None."""
    return _drawn.get(ax)


def describe(shown) -> str:
    """Describe a plot or a table in words, for readers who cannot see it.

    Parameters
    ----------
    shown : Axes or DataFrame
        A plot of mediakit, or a table made by `summarise`, `compare`, `trend`,
        `decompose` or `explain_tone`.

    Returns
    -------
    str
        What is shown, of how many articles, per which unit, and the most telling
        numbers with their intervals.

    Raises
    ------
    MediakitError
        If it is neither, or another program drew the Axes.

    Notes
    -----
    When not to use it: in place of a look at the articles. It repeats numbers and
    knows no causes.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": "A", "tax": [1, 3], "words": [500, 500]})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> print(describe(mk.summarise(measure))[:60])
    Rates with 95 % intervals: tax, per 1,000 words. 2 articles.
    """
    if isinstance(shown, pd.DataFrame):
        told = about(shown, *WRITERS)
        return WRITERS[told.verb](shown, told)
    known = drawn_on(shown)
    if known is None:
        raise MediakitError(
            f"only plots and tables of mediakit can be described, got {shown!r}; "
            "write the alt text yourself."
        )
    return known.alt


def describe_summary(shown: pd.DataFrame, told: About, per: int | None = None) -> str:
    """Describe a summary, or the rows of it that a plot shows."""
    if shown.empty:
        return f"No rows: nothing was counted for {told.measure}."
    parts = [
        f"Rates with {told.confidence} intervals: {told.measure}, "
        f"{told.rate_label(per)}.",
        told.sizes(shown) + ".",
        *_extremes(shown, told.per(per)),
        *told.remarks,
    ]
    return " ".join(parts)


def describe_trend(shown: pd.DataFrame, told: About, per: int | None = None) -> str:
    """Describe a trend, or the rows of it that a plot shows."""
    if shown.empty:
        return f"No rows: nothing was counted for {told.measure}."
    first, last = shown["period"].min(), shown["period"].max()
    parts = [
        f"Rates over time with {told.confidence} intervals: {told.measure}, "
        f"{told.rate_label(per)}, by {told.parameters.get('freq', 'period')} "
        f"from {first:%Y-%m-%d} to {last:%Y-%m-%d}. {told.sizes(shown)}."
    ]
    lines = shown.groupby(["item", "group"], sort=False)
    first_lines = shown[lines.ngroup() < 2 * FEW]
    for (item, group), rows in first_lines.groupby(["item", "group"], sort=False):
        said = _peak_and_trough(rows, told.per(per))
        parts.append(f"“{one_line(item)}” in {group}: {said}.")
    if lines.ngroups > 2 * FEW:
        parts.append(f"{lines.ngroups - 2 * FEW:,} more lines.")
    gaps, partial = int(shown["rate"].isna().sum()), int(shown["partial"].sum())
    parts.append(f"{gaps} points without data, {partial} in partly covered periods.")
    return " ".join([*parts, *told.remarks])


def describe_comparison(shown: pd.DataFrame, told: About) -> str:
    """Describe a comparison, or the rows of it that a plot shows."""
    side_a, side_b = told.sides
    if shown.empty:
        return f"No rows: nothing to compare between {side_a} and {side_b}."
    parts = [
        f"{told.measure} in {side_a} and {side_b} compared, with {told.confidence} "
        f"intervals. {told.sizes(shown)}. {told.family:,} items tested, "
        f"{len(shown):,} here."
    ]
    estimate = shown[ESTIMATE[told.kind]]
    for rows, side in ((shown[estimate > 0], side_a), (shown[estimate < 0], side_b)):
        if len(rows):
            named = "; ".join(_spans(rows.head(FEW), told))
            first = "first " if len(rows) > FEW else ""
            parts.append(f"More in {side}, {len(rows)}: {first}{named}.")
    level = int(((shown["low"] <= 0) & (shown["high"] >= 0)).sum())
    known = int(shown["low"].notna().sum())
    parts.append(f"{level} of {known} intervals include no difference.")
    parts.append(_tested(told))
    if estimate.isna().any():
        parts.append(f"{estimate.isna().sum()} found on neither side.")
    return " ".join([*parts, *told.remarks])


def _tested(told: About) -> str:
    """Name the test, its units and the correction of a comparison."""
    asked, cluster = told.parameters, told.parameters.get("cluster")
    test = TESTS[asked.get("test", "score")]
    if told.kind == "mean" and asked.get("test", "score") == "score":
        test = "t test by the jackknife"
    inside = f" inside {asked['within']}" if asked.get("within") else ""
    second = f" and by {cluster}" if cluster not in (None, "article") else ""
    return (
        f"Test: {test} over {told.several}{second}{inside}. Correction: q holds the "
        f"false discovery rate at 5 % ({CORRECTIONS[told.adjusted]}), and what is said "
        f"to be sure holds at .05 / {max(told.family, 1):,}."
    )


WRITERS = {
    "summarise": describe_summary,
    "trend": describe_trend,
    "compare": describe_comparison,
    "decompose": describe_parts,
    "explain_tone": describe_tone_words,
}


def rate_words(row, per: int) -> str:
    """Return a rate and its interval, as "3.2 (2.8 to 3.7)"."""
    rate, low, high = (number(row[name] * per) for name in ("rate", "low", "high"))
    return (
        f"{rate} ({low} to {high})" if pd.notna(row["low"]) else f"{rate} (no interval)"
    )


def _extremes(shown, per):
    """Say all rows if they are few, else the highest and the lowest."""
    rows = shown[shown["rate"].notna()].sort_values("rate", ascending=False)
    cut = rows if len(rows) <= 2 * FEW else pd.concat([rows[:FEW], rows[-FEW:]])
    said = [
        f"“{one_line(row['item'])}” in {row['group']} {rate_words(row, per)}"
        for _, row in cut.iterrows()
    ]
    if len(cut) == len(rows):
        yield "; ".join(said) + "."
    else:
        yield f"Highest: {'; '.join(said[:FEW])}. Lowest: {'; '.join(said[FEW:])}."
    lost = len(shown) - len(rows)
    if lost:
        yield f"{lost} without data."


def _peak_and_trough(rows, per):
    known = rows[rows["rate"].notna()]
    if known.empty:
        return "no data"
    ends = known.iloc[[known["rate"].argmax(), known["rate"].argmin()]]
    high, low = (
        f"{rate_words(row, per)} at {row['period']:%Y-%m-%d}"
        for _, row in ends.iterrows()
    )
    return f"highest {high}, lowest {low}"


def _spans(rows, told):
    """Say the intervals as seen from the side that has more."""
    for row in rows_of(rows):
        said = span(told, row)
        if row.low > 0 or row.high < 0:
            ends = sorted([abs(row.low), abs(row.high)])
            said = f"{interval(told.kind, *ends)} {MORE[told.kind]}"
        yield f"“{one_line(row.item)}” {said}"
