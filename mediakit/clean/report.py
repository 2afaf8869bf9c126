"""What cleaning changed, counted per rule and outlet and kept with the table.

A cleaning nobody can inspect is a hidden choice; this makes it a table.
"""

import pandas as pd

from mediakit.errors import MediakitError, check_frame

ATTRIBUTE = "mediakit_cleaning"
COLUMNS = ("step", "rule", "outlet", "articles", "characters_removed", "example")
EXAMPLE_WIDTH = 60


class Changes:
    """A running count of changes; one row per rule and outlet."""

    def __init__(self, step: str):
        self.step = step
        self._rows: dict[tuple[str, str], list] = {}

    def note(self, outlet: str, changed: dict[str, tuple[int, str]]) -> None:
        """Add one article's changes: rule -> (characters removed, example)."""
        for rule, (removed, example) in changed.items():
            row = self._rows.setdefault((rule, outlet), [0, 0, example])
            row[0] += 1
            row[1] += removed

    def tell(self, outlet: str, rule: str, articles: int, example: str) -> None:
        """Add what was seen in so many articles and left as it is."""
        self._rows[rule, outlet] = [articles, 0, shorten(example)]

    def rows(self) -> list[dict]:
        """Return the counts as plain records, most frequent first."""
        ordered = sorted(self._rows.items(), key=lambda row: (-row[1][0], row[0]))
        return [
            dict(zip(COLUMNS, (self.step, rule, outlet, *row[:2], row[2]), strict=True))
            for (rule, outlet), row in ordered
        ]


def with_changes(articles: pd.DataFrame, changes: Changes) -> pd.DataFrame:
    """Return `articles` carrying `changes` after those of earlier steps."""
    articles.attrs[ATTRIBUTE] = [*articles.attrs.get(ATTRIBUTE, []), *changes.rows()]
    return articles


def cleaning_report(articles: pd.DataFrame) -> pd.DataFrame:
    """Show what `clean_text` and `clean_boilerplate` changed.

    Read it before comparing outlets: a rule that removes much from one side and
    nothing from the other is a difference between their pages, not their news.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES as returned by `clean_text` or `clean_boilerplate`.

    Returns
    -------
    DataFrame
        One row per step, rule and outlet, in the order the steps were taken: step;
        rule; outlet; articles (int, articles changed); characters_removed (int,
        negative where characters were added, as paragraph breaks, and 0 for a
        recurring sentence that was left); example (str, a short piece of what was
        changed, from the first such article).

    Raises
    ------
    MediakitError
        If the table was not cleaned, or lost its record in a later operation.

    Notes
    -----
    The record travels in ``articles.attrs``. Ask for it right after cleaning:
    merging tables drops it.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(
    ...     pd.DataFrame({"article_id": ["a"], "outlet": "A", "text": "Rain  fell."})
    ... )
    >>> cleaning_report(mk.clean_text(articles))[["rule", "articles"]].values.tolist()
    [['white space', 1]]
    """
    check_frame("articles", articles)
    if ATTRIBUTE not in articles.attrs:
        raise MediakitError(
            "`articles` carries no record of cleaning; ask for the report of the very "
            "table that `clean_text` or `clean_boilerplate` returned."
        )
    report = pd.DataFrame(articles.attrs[ATTRIBUTE], columns=list(COLUMNS))
    texts = dict.fromkeys(("step", "rule", "outlet", "example"), "str")
    return report.astype({**texts, "articles": "int64", "characters_removed": "int64"})


def shorten(text: str) -> str:
    """Return `text` on one line, cut to the width of an example."""
    line = " ".join(text[: 4 * EXAMPLE_WIDTH].split())
    return line if len(line) <= EXAMPLE_WIDTH else line[: EXAMPLE_WIDTH - 1] + "…"
