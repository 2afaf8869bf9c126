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


def same_corpus(one, other):
    """Assert that two corpora hold the same articles, words and counts."""
    a, b = mk.count_terms(one, fold=None), mk.count_terms(other, fold=None)
    assert a.items.equals(b.items)
    assert (a.values.toarray() == b.values.toarray()).all()
    assert (a.exposure == b.exposure).all()
    pd.testing.assert_frame_equal(one.articles, other.articles)
    assert one.fingerprint == other.fingerprint
