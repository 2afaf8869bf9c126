"""A table of articles in which an audit finds nothing, to plant faults in."""

import pandas as pd
from articles import articles_of

TODAY = "2024-12-31"
OUTLETS = ("BBC News", "Xinhua", "The New York Times")
SENTENCE = (
    "Story {n} of the harbour tells how crew number {n} mended {m} nets on quay {k} "
    "and sold {j} boxes of herring before noon. The council {n} then met in hall {m} "
    "to hear about the price of rope number {j} and went home late. Nobody in street "
    "{k} objected to plan {n}, which costs {m} crowns and will take {j} weeks to do."
)


def clean_articles(weeks=30, **columns):
    """Return three articles a week of each of three outlets that the register knows."""
    total = 3 * len(OUTLETS) * weeks
    numbers = pd.Series(range(total))
    texts = [
        SENTENCE.format(n=10_000 + n, m=7 * n, k=n % 9, j=n * n)
        + f" It rained on day {'x' * (n * 13 % 40)}." * (n % 7 > 0)
        for n in numbers
    ]
    hours = numbers * 7 * 24 * 60 // (3 * len(OUTLETS)) + numbers * 17 % 53
    published = pd.Timestamp("2024-01-01", tz="UTC") + pd.to_timedelta(hours, "min")
    made = {
        "outlet": [OUTLETS[n % len(OUTLETS)] for n in numbers],
        "published": published.astype("datetime64[us, UTC]"),
        "published_precision": "minute",
        "language": "en",
        **columns,
    }
    return articles_of(texts, [f"Herring report {n}" for n in numbers], **made)


def planted(column, values, rows=None, **columns):
    """Return the clean table with `values` in the first (or these) rows of a column."""
    articles = clean_articles(**columns)
    rows = list(range(len(values))) if rows is None else rows
    cells = articles[column].tolist()
    for row, value in zip(rows, values, strict=True):
        cells[row] = value
    dtype = articles[column].dtype
    return articles.assign(**{column: pd.Series(cells, dtype=dtype)})
