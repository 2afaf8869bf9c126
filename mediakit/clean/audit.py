"""audit_articles: what is wrong with a table of articles, before any chart.

It looks and counts; it never changes or drops a row.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from mediakit.clean.audit_coverage import coverage, gaps
from mediakit.clean.audit_dates import date_table, find_dates, unusable
from mediakit.clean.audit_findings import (
    add_zoneless,
    by_outlet,
    check_table,
    summary_of,
)
from mediakit.clean.audit_repeats import MUCH_REPEATED, exact_repeats, repetition
from mediakit.clean.audit_sources import (
    find_sources,
    in_register,
    language_table,
    metadata_table,
    register_table,
    wire_table,
)
from mediakit.clean.audit_texts import find_texts, text_table
from mediakit.errors import MediakitError
from mediakit.schema import check_articles

NO_OUTLET = "(no outlet)"


@dataclass(frozen=True, repr=False)
class Audit:
    """What `audit_articles` found.

    Attributes
    ----------
    articles, outlets : int
        How many there are in the table that was looked at.
    summary : DataFrame
        One row per finding, most articles first; see `audit_articles`.
    checks : DataFrame
        One row per check: finding; articles (float, NaN where it could not be
        asked); why (what it does to an analysis); note (what would let it ask).
    tables : mapping of str to DataFrame
        The tables behind; see `audit_articles` and `audit_corpus`.
    unit : str
        What is counted: "article", or "headline" where only those were kept.
    counts_only : bool
        Whether there were word counts instead of texts.
    """

    articles: int
    outlets: int
    summary: pd.DataFrame
    checks: pd.DataFrame
    tables: Mapping[str, pd.DataFrame]
    unit: str = "article"
    counts_only: bool = False

    def __repr__(self) -> str:
        return (
            f"<Audit of {self.articles:,} {self.unit}s of {self.outlets:,} outlets: "
            f"{len(self.summary)} findings; see .summary and .tables>"
        )


def audit_articles(
    articles: pd.DataFrame, *, today: str | pd.Timestamp | None = None
) -> Audit:
    """Say what is wrong with a table of articles, per outlet and with examples.

    Look at it before any chart: a hole in the collection looks like silence, a text
    glued thirty times looks like emphasis, and a default date looks like a peak.
    `show_audit` puts it on a page; `audit_corpus` asks a corpus, also one of counts.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, as returned by `read_articles`. Columns `retrieved` (when it was
        downloaded), `truncated` (of saved pages), those of `label_languages` and of
        `label_duplicates` are used where they are there.
    today : str or Timestamp, optional
        Dates after it are in the future; by default now. Give it to get the same
        audit again.

    Returns
    -------
    Audit
        ``.summary``, one row per finding: finding; articles; share (of all articles);
        outlet (where the finding is surest to be common, by the lower end of a
        95 % interval of its share); outlet_share; examples (article_id, up to
        five, with " | " between); why. ``.checks``: all that was asked and what
        could not be. ``.tables``:

        - "outlets": outlet, finding, articles, share (of the outlet's);
        - "coverage": outlet, week (ISO), week_start, articles, from the outlet's
          first to its last week, plausible dates only;
        - "gaps": outlet, from_week, to_week, weeks, expected (articles at the
          outlet's mean pace over all its weeks);
        - "texts": outlet, articles, no_text, very_short, ends_in_dots,
          ends_in_teaser, ends_inside_sentence, cut_at_one_length (articles each),
          median_characters, longest;
        - "dates": outlet, articles, dated, day_only, coarser, timed (articles),
          midnight, midnight_share (of timed), commonest_time (UTC),
          commonest_time_share, first, last (plausible dates);
        - "repetition": article_id, outlet, times (a sentence or line stands),
          repeated_share (of the text), passage;
        - "repeats" (equal texts): articles, outlets, outlet_names, first, days (from
          first to last), examples;
        - "languages": outlet, language, articles, share;
        - "metadata": column, missing, share, outlets_without (it is always empty),
          outlets_complete;
        - "register": outlet, articles, matched, register_name;
        - "wire": outlet, articles, credited_share, copy_share (NaN if not labelled).

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or `today` is no date.

    Notes
    -----
    Rules, each a sign and no proof. Gap: empty weeks that would hold five articles at
    the outlet's mean pace (a chance below 1 % if articles came independently). Very
    short: under 100 characters. Ends inside a sentence: a text of 200 characters or
    more whose last line, of 60 or more, ends in a letter, digit, comma or dash. Cut at
    one length: of 20 texts or more, at least five and 1 % end within three characters
    of the outlet's longest, three times as many as the lengths right below promise; or
    32,767 characters, all that a spreadsheet cell holds. Impossible: before 1605, the
    first newspaper. Placeholder: 1970-01-01 and other defaults. Before the outlet:
    before the year of foundation in the register. Far: three years outside the middle
    nine tenths of the outlet's dates. After retrieval: by more than time zones explain.
    Time without a zone: as the account of `read_articles` counts them.
    One clock time: over half of an outlet's ten or more times are the same. Repeated: a
    tenth of the text or more was said before, in pieces of 30 characters or more.
    When not to use it: as a reason to drop rows unseen.

    Examples
    --------
    >>> import mediakit as mk
    >>> audit = mk.audit_articles(mk.load_sample("strait").articles)
    >>> audit.articles, audit.outlets
    (185, 10)
    >>> int(audit.tables["coverage"]["articles"].sum())
    185
    """
    check_articles(articles)
    today = as_day(today)
    table = articles.reset_index(drop=True)
    name = table["outlet"].fillna("").str.strip()
    outlet = name.where(name != "", NO_OUTLET)
    register = in_register(table)
    sources = find_sources(table, outlet, register)
    dates = find_dates(table, outlet, register, today)
    texts = find_texts(table, outlet)
    weeks = coverage(table["published"].mask(unusable(dates)), outlet)
    holes = gaps(weeks)
    within = repetition(table, outlet)
    repeats, across, inside = exact_repeats(table, outlet)
    much = within.index[within["repeated_share"] >= MUCH_REPEATED]
    found = {
        **texts,
        "text repeated inside the article": table.index.to_series().isin(much),
        "same text in several outlets": across,
        "same text again in one outlet": inside,
        **dates,
        "gap in the outlet's coverage": outlet.isin(holes["outlet"]),
        **sources,
    }
    tables = {
        "outlets": by_outlet(found, outlet),
        "coverage": weeks,
        "gaps": holes,
        "texts": text_table(table, outlet, texts),
        "dates": date_table(table, outlet, dates),
        "repetition": within.reset_index(drop=True),
        "repeats": repeats,
        "languages": language_table(table, outlet),
        "metadata": metadata_table(table, outlet),
        "register": register_table(table, outlet, register),
        "wire": wire_table(table, outlet, sources),
    }
    summary = summary_of(found, outlet, table["article_id"])
    summary, checks = add_zoneless(summary, check_table(found), articles)
    record = record_of(table, today)
    for one in (summary, *tables.values()):
        one.attrs["mediakit"] = record
    return Audit(
        articles=len(table),
        outlets=int(outlet[outlet != NO_OUTLET].nunique()),
        summary=summary,
        checks=checks,
        tables=MappingProxyType(tables),
    )


def as_day(today) -> pd.Timestamp:
    """Return the day an audit takes for today, by default this one."""
    if today is None:
        return pd.Timestamp.now("UTC")
    try:
        day = pd.Timestamp(today)
    except (TypeError, ValueError) as error:
        raise MediakitError(
            f"`today` must be a date such as '2026-01-31', got {today!r}."
        ) from error
    if day is pd.NaT:
        raise MediakitError("`today` must be a date, got a missing value.")
    return day.tz_localize("UTC") if day.tz is None else day.tz_convert("UTC")


def record_of(table: pd.DataFrame, today: pd.Timestamp) -> dict:
    """Return what was looked at, plain enough for JSON."""
    record = {
        "verb": "audit_articles",
        "parameters": {"today": today.isoformat()},
        "articles": len(table),
        "notes": [],
    }
    constructed = table.get("constructed")
    if constructed is not None and len(table) and np.all(constructed == True):  # noqa: E712
        record["source"] = {"constructed": True}
    return record
