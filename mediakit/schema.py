"""ARTICLES, the one table everything starts from: its columns and their check."""

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame

ARTICLES = (
    "article_id",
    "outlet",
    "published",
    "published_precision",
    "title",
    "text",
    "url",
    "author",
    "section",
    "genre",
    "language",
)
PRECISIONS = ("second", "minute", "hour", "day", "month", "year")
UTC = "datetime64[us, UTC]"


def complete_articles(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` with every ARTICLES column first, in order and in its dtype.

    Missing columns are added empty; the user's own columns follow.
    """
    out = frame.copy(deep=False)
    for column in ARTICLES:
        if column == "published":
            values = out[column] if column in out else float("nan")
            dates = pd.Series(values, index=out.index)
            out[column] = pd.to_datetime(dates, utc=True).astype(UTC)
        elif column in out:
            out[column] = out[column].astype("str")
        else:
            out[column] = pd.Series(float("nan"), index=out.index, dtype="str")
    others = [column for column in frame.columns if column not in ARTICLES]
    return out[[*ARTICLES, *others]]


def check_articles(articles: pd.DataFrame) -> pd.DataFrame:
    """Return `articles`, or raise saying which rule of the schema it breaks."""
    check_frame("articles", articles)
    check_columns("articles", articles, ARTICLES)
    ids = articles["article_id"]
    if ids.isna().any():
        raise MediakitError(
            f"{int(ids.isna().sum())} rows have no `article_id`; "
            "read the table with `mk.read_articles`, which gives each row one."
        )
    if ids.duplicated().any():
        twice = ids[ids.duplicated()].iloc[0]
        raise MediakitError(
            f"`article_id` must be unique, but {twice!r} stands in more than one row; "
            "read the table with `mk.read_articles`, which tells repeats apart."
        )
    if str(articles["published"].dtype) != UTC:
        raise MediakitError(
            f"`published` must be {UTC}, got {articles['published'].dtype}; "
            "read the table with `mk.read_articles`, which parses dates."
        )
    unknown = set(articles["published_precision"].dropna()) - set(PRECISIONS)
    if unknown:
        raise MediakitError(
            f"`published_precision` must be one of {list(PRECISIONS)}, "
            f"got {sorted(unknown)}."
        )
    return articles


def is_constructed(articles: pd.DataFrame) -> bool:
    """Say whether a column marks articles as those of an invented world."""
    marked = articles.get("constructed", pd.Series(dtype=bool))
    return bool(marked.astype("str").str.lower().eq("true").any())
