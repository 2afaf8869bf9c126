"""The figures of a derived corpus: rows, words and counts in the published order."""

import hashlib
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.measure.terms import count_terms
from mediakit.share.bags import Plan
from mediakit.share.limits import ADDRESS, MIN_ARTICLES, PIECE
from mediakit.text.corpus import Corpus
from mediakit.text.vocabulary import fold_vocabulary


class Figures(NamedTuple):
    """What is published; `pool` (rows x articles) says which articles a row sums."""

    rows: pd.DataFrame
    terms: pd.DataFrame
    counts: sparse.csr_array
    pool: sparse.csr_array


def count_rows(corpus: Corpus, plan: Plan, by: list[str]) -> Figures:
    """Count the words of each row; rare words and addresses stay in the totals only."""
    kept = np.flatnonzero(plan.row >= 0)
    pool = sparse.csr_array(
        (np.ones(len(kept), np.int64), (plan.row[kept], kept)),
        shape=(len(plan.rows), len(corpus)),
    )
    words = count_terms(corpus)
    names = words.items["item"].to_numpy(dtype=object)
    holders = np.bincount(words.values[kept].indices, minlength=len(names))
    public = np.array([not ADDRESS.search(name) for name in names], bool)
    chosen = np.flatnonzero((holders >= MIN_ARTICLES) & public)
    counts = sparse.csr_array(pool @ words.values[:, chosen])
    rows = plan.rows.assign(language=corpus.language, words=pool @ corpus.totals())
    rows.insert(0, "article_id", _row_ids(rows, names[chosen], counts))
    order = rows.sort_values(["outlet", *by, "published", "article_id"]).index
    counts = counts[order]
    counts.sort_indices()
    terms = pd.DataFrame(
        {
            "word": names[chosen],
            "articles": holders[chosen],
            "n": np.asarray(counts.sum(axis=0)).ravel(),
        }
    )
    return Figures(rows.loc[order].reset_index(drop=True), terms, counts, pool[order])


def _row_ids(rows: pd.DataFrame, words: np.ndarray, counts) -> list[str]:
    """Name each row by the hash of its published figures: a name leaks nothing."""
    seen: dict[str, int] = {}
    ids = []
    for number, line in enumerate(rows.astype("str").itertuples(index=False)):
        entries = slice(*counts.indptr[number : number + 2])
        held = dict(
            zip(words[counts.indices[entries]], counts.data[entries], strict=True)
        )
        text = repr((tuple(line), [(word, int(held[word])) for word in sorted(held)]))
        name = hashlib.sha256(text.encode()).hexdigest()[:16]
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}-{seen[name]}")
    return ids


def originals(corpus: Corpus, pool: sparse.csr_array) -> list[list[list[str]]]:
    """Return for each row the word lists of its articles, in the order of the text."""
    items, index = fold_vocabulary(
        corpus.vocabulary.to_pylist(), "lower", language=corpus.language
    )
    names = np.array(items, dtype=object)
    texts: list[np.ndarray] = []
    for part in corpus.parts:
        positions, offsets = part.shard.selected(corpus.view)
        ids = index[part.to_global][part.shard.ids[positions]]
        rows = range(len(part.shard)) if part.rows is None else part.rows
        texts += [ids[offsets[row] : offsets[row + 1]] for row in rows]
    return [
        [names[texts[article]].tolist() for article in articles]
        for articles in np.split(pool.indices, pool.indptr[1:-1])
    ]


def titles(corpus: Corpus, pool: sparse.csr_array) -> list[list[list[str]]]:
    """Return for each row the word lists of its articles' titles, lower-cased."""
    words = [PIECE.findall(one.lower()) for one in corpus.articles["title"].fillna("")]
    return [
        [words[article] for article in articles]
        for articles in np.split(pool.indices, pool.indptr[1:-1])
    ]
