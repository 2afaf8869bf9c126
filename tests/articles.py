"""Small ARTICLES tables for tests, made without the reader."""

import pandas as pd

import mediakit as mk
from mediakit.schema import complete_articles


def articles_of(texts, titles="", **columns):
    """Return ARTICLES with these texts; outlet "A" unless a column says otherwise."""
    frame = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    frame["article_id"] = [f"article-{number}" for number in range(len(frame))]
    return complete_articles(
        frame.assign(**{"outlet": "A", "title": titles, **columns})
    )


def corpus_of(texts, titles="", **columns):
    """Return the Corpus of such a table."""
    return mk.tokenize(articles_of(texts, titles, **columns))
