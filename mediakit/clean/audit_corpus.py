"""audit_corpus: what can be said of a corpus before any chart, texts or no texts.

A derived corpus holds neither texts nor titles; it is asked what its dates, outlets,
languages, counts and stored measures tell, and what could not be asked is named.
"""

from types import MappingProxyType

import numpy as np
import pandas as pd

from mediakit.clean.audit import NO_OUTLET, Audit, as_day, audit_articles, record_of
from mediakit.clean.audit_coverage import coverage, gaps, months
from mediakit.clean.audit_dates import COARSE, date_table, find_dates, unusable
from mediakit.clean.audit_findings import (
    NEEDS,
    WHY,
    add_zoneless,
    by_outlet,
    check_table,
    summary_of,
)
from mediakit.clean.audit_sources import (
    find_sources,
    in_register,
    language_table,
    register_table,
)
from mediakit.errors import MediakitError
from mediakit.text.corpus import Corpus

OF_TEXTS = "needs the texts, which this corpus does not hold"
UNITS = {"bag of headlines": "headline"}
ROWS = {
    "outlet": "str",
    "a_row_is": "str",
    "rows": "int64",
    "articles": "int64",
    "words": "int64",
    "median_words": "float64",
    "pooled_share": "float64",
}
MEASURES = {
    "measure": "str",
    "kind": "str",
    "outlet": "str",
    "items": "int64",
    "per": "str",
    "exposure": "float64",
    "rows_without": "int64",
}


def audit_corpus(corpus: Corpus, *, today: str | pd.Timestamp | None = None) -> Audit:
    """Say what is wrong with the articles of a corpus, also where it has no texts.

    Look at it before any chart. A corpus of texts is audited as `audit_articles`
    audits its table. A derived corpus has word counts and stored measures only: the
    reader learns which outlets it holds in which weeks, where weeks are missing, what
    languages and dates are stated, on how much each stored measure rests, and which
    questions nobody can ask without the texts.

    Parameters
    ----------
    corpus : Corpus
        Of any kind. Every article of a bag counts, dated as the bag is.
    today : str or Timestamp, optional
        Dates after it are in the future; by default now.

    Returns
    -------
    Audit
        ``.summary`` and ``.checks`` as `audit_articles` gives them. ``.tables`` of a
        derived corpus ("outlet" is the outlet and what else separates its bags, as in
        "KCNA, stories"):

        - "outlets", "coverage", "gaps", "dates", "languages", "register": as
          there, per article; bags of a month or a year are in no week;
        - "months": outlet, month, month_start, articles, of bags of a month or year;
        - "month_gaps": outlet, from_month, to_month, months, expected, as "gaps";
        - "rows": outlet, a_row_is ("article", or what a bag spans), rows, articles,
          words, median_words (of a row), pooled_share (of the words, counted without
          their names because they are rare);
        - "measures": measure, kind, outlet, items, per (unit of the exposure),
          exposure (NaN where a measure has three kinds or more), rows_without (rows
          in which nothing could be measured).

    Raises
    ------
    MediakitError
        If `corpus` is no corpus or `today` is no date.

    Notes
    -----
    Rules as in `audit_articles`; the share of an outlet is of its articles. What was
    left out before the counts were made stands in the README of the package. When not
    to use it: in place of the audit of the texts, if you have them.

    Examples
    --------
    >>> import mediakit as mk
    >>> audit = mk.audit_corpus(mk.load_sample("democracy"))
    >>> audit.articles, audit.outlets
    (3644, 2)
    >>> audit.checks.set_index("finding").loc["no text", "note"]
    'needs the texts, which this corpus does not hold'
    """
    if not isinstance(corpus, Corpus):
        raise MediakitError(
            f"`corpus` must be a corpus, got {type(corpus).__name__}; "
            "`mk.audit_articles` audits a table of articles."
        )
    if not corpus.counts_only:
        return audit_articles(corpus.articles, today=today)
    today = as_day(today)
    rows = corpus.metadata.reset_index(drop=True)
    groups = _groups(rows, corpus)
    table, outlet = _per_article(rows, groups)
    register = in_register(table)
    dates = find_dates(table, outlet, register, today)
    coarse = table["published_precision"].isin(COARSE)
    plausible = table["published"].mask(unusable(dates))
    weeks = coverage(plausible.mask(coarse), outlet)
    holes = gaps(weeks)
    by_month = months(plausible.where(coarse), outlet)
    month_holes = _month_gaps(by_month)
    sources = find_sources(table, outlet, register)
    found = {**dict.fromkeys(WHY), **dates, **sources}
    del found["time without a zone"]
    found["gap in the outlet's coverage"] = outlet.isin(
        [*holes["outlet"], *month_holes["outlet"]]
    )
    needs = {name: NEEDS.get(name, OF_TEXTS) for name in found}
    tables = {
        "outlets": by_outlet(found, outlet),
        "coverage": weeks,
        "gaps": holes,
        "months": by_month,
        "month_gaps": month_holes,
        "rows": _row_table(rows, groups, corpus),
        "measures": _measure_table(groups, corpus),
        "dates": date_table(table, outlet, dates),
        "languages": language_table(table, outlet),
        "register": register_table(table, outlet, register),
    }
    summary = summary_of(found, outlet, table["article_id"])
    checks = check_table(found, needs)
    summary, checks = add_zoneless(summary, checks, table)
    record = record_of(table, today) | {"verb": "audit_corpus"}
    for one in (summary, *tables.values()):
        one.attrs["mediakit"] = record
    return Audit(
        articles=len(table),
        outlets=int(rows["outlet"].nunique()),
        summary=summary,
        checks=checks,
        tables=MappingProxyType(tables),
        unit=UNITS.get(corpus.bag, "article"),
        counts_only=True,
    )


def _groups(rows: pd.DataFrame, corpus: Corpus) -> pd.Series:
    """Name what each row belongs to: its outlet, and the keys its bags were made by."""
    name = rows["outlet"].fillna("").str.strip()
    name = name.where(name != "", NO_OUTLET)
    keys = corpus.provenance.get("parameters", {}).get("by", [])
    for key in keys:
        if key in rows:
            value = rows[key].astype("str")
            name = name.where(value.isna(), name + ", " + value)
    return name.rename("outlet")


def _per_article(rows: pd.DataFrame, groups: pd.Series):
    """Return one line for every article in a row, and what it belongs to."""
    count = np.ones(len(rows), np.int64)
    if "n_articles" in rows:
        count = rows["n_articles"].to_numpy(np.int64)
    lines = np.repeat(np.arange(len(rows)), count)
    table = rows.iloc[lines].reset_index(drop=True)
    return table, groups.iloc[lines].reset_index(drop=True)


def _month_gaps(by_month: pd.DataFrame) -> pd.DataFrame:
    names = {"from_week": "from_month", "to_week": "to_month", "weeks": "months"}
    return gaps(by_month.rename(columns={"month": "week"})).rename(columns=names)


def _row_table(rows: pd.DataFrame, groups: pd.Series, corpus: Corpus) -> pd.DataFrame:
    words = corpus.totals()
    named = np.concatenate(
        [part.counts(corpus.view).sum(axis=1) for part in corpus.parts]
    )
    spans = rows.get("period", pd.Series(np.nan, index=rows.index, dtype="str"))
    table = pd.DataFrame(
        {
            "outlet": groups,
            "a_row_is": ("a " + spans.astype("str")).fillna("article"),
            "articles": rows.get("n_articles", 1),
            "words": words,
            "pooled": words - named,
        }
    )
    by = table.groupby(["outlet", "a_row_is"])
    told = by[["articles", "words", "pooled"]].sum()
    told["rows"], told["median_words"] = by.size(), by["words"].median()
    told["pooled_share"] = told["pooled"] / told["words"].where(told["words"] > 0)
    return told.reset_index()[[*ROWS]].astype(ROWS)


def _measure_table(groups: pd.Series, corpus: Corpus) -> pd.DataFrame:
    lines = []
    for name, measure in sorted(corpus.measures.items()):
        exposure = np.nan_to_num(np.asarray(measure.exposure, dtype=float))
        kinds = exposure.shape[1]
        per = measure.denominators[0] if kinds < 3 else f"{measure.unit}, {kinds} kinds"
        total = exposure[:, 0] if kinds < 3 else np.full(len(exposure), np.nan)
        rows = pd.DataFrame({"exposure": total, "without": ~exposure.any(axis=1)})
        sums = rows.groupby(groups.to_numpy()).agg(
            exposure=("exposure", lambda values: values.sum(skipna=False)),
            without=("without", "sum"),
        )
        lines += [
            (name, measure.kind, row.Index, len(measure.items), per, *row[1:])
            for row in sums.itertuples()
        ]
    return pd.DataFrame(lines, columns=[*MEASURES]).astype(MEASURES)
