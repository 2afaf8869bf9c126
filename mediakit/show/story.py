"""The articles of one story in the order of time: the list, and what to say of it."""

from dataclasses import dataclass

import pandas as pd

from mediakit.errors import MediakitError, check_columns
from mediakit.schema import check_articles
from mediakit.show.display import CONSTRUCTED

CLOCKS = {"second": "%H:%M", "minute": "%H:%M", "hour": "%H:00"}
WIDE = {"month": "%B %Y", "year": "%Y"}
SPANS = {"day": "1D", "month": "30D", "year": "365D"}
NOT_GROUPS = ("article_id", "published", "published_precision", "title", "text")


@dataclass(frozen=True)
class Story:
    """Articles in the order of time: the list, where each is drawn, what to say."""

    table: pd.DataFrame
    start: pd.Series
    end: pd.Series
    by: str
    notes: tuple[str, ...]

    @property
    def size(self) -> str:
        """How many articles and groups there are."""
        articles, groups = len(self.table), self.table[self.by].nunique()
        said = f"{articles:,} article" + "s" * (articles != 1)
        return f"{said}, {groups:,} {self.by}" + "s" * (groups != 1)


def story_of(articles: pd.DataFrame, by: str) -> Story:
    """Return the articles in the order of time, as exact as it is known."""
    check_articles(articles)
    check_columns("articles", articles, [by])
    if by in NOT_GROUPS:
        raise MediakitError(f"`by` must be a column to group by, got {by!r}.")
    rows = articles.sort_values(["published", "article_id"], na_position="last")
    rows = rows.reset_index(drop=True)
    precision = rows["published_precision"]
    named = rows[by].astype("str").fillna("not known")
    table = pd.DataFrame(
        {
            "number": range(1, len(rows) + 1),
            "when": list(map(_when, rows["published"], precision)),
            by: named,
            "title": rows["title"].fillna("(no title)"),
            "words": rows["text"].fillna("").str.split().str.len().astype("int64"),
        }
    )
    if "duplicate_of" in rows:
        said = (table["number"].astype("str") + ", " + named).to_numpy()
        sources = dict(zip(rows["article_id"], said, strict=True))
        table["copy of"] = [sources.get(one, "") for one in rows["duplicate_of"]]
    notes, undated = [], int(rows["published"].isna().sum())
    if undated:
        notes.append(f"Without a date: {undated:,}.")
    if untimed := int(precision.isin([*SPANS]).sum()):
        notes.append(f"Without a time, so of unknown order that day: {untimed:,}.")
    if "constructed" in rows and rows["constructed"].eq(True).any():
        notes.append(CONSTRUCTED)
    start = rows["published"].dt.tz_localize(None)
    span = pd.to_timedelta(precision.map(SPANS).fillna("0D"))
    return Story(table, start, start + span, by, tuple(notes))


def _when(published: pd.Timestamp, precision) -> str:
    """Return a date no more exact than it is known."""
    if pd.isna(published):
        return "not known"
    if precision in WIDE:
        return f"{published:{WIDE[precision]}}"
    day = f"{published.day} {published:%B %Y}"
    clock = CLOCKS.get(precision)
    return f"{day}, {published:{clock}} UTC" if clock else day
