"""Topics learnt from a corpus: which words, how often, and the most typical run."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.formulas.topics import allot, learn_topics, match_topics
from mediakit.measure.terms import count_terms
from mediakit.text.corpus import Corpus

TOP, NAMED = 10, 3
MOST_ARTICLES, MOST_WORDS, COMMON = 5_000, 5_000, 0.5


def topical_words(corpus: Corpus, seed: int, **options):
    """Return the words topics are learnt of, and their counts in a sample."""
    terms = count_terms(corpus, **options)
    rng = np.random.default_rng([seed, len(corpus)])
    sample = np.zeros(len(terms), bool)
    sample[rng.permutation(len(terms))[:MOST_ARTICLES]] = True
    counts = terms.subset(sample).values
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    names = terms.items["item"].tolist()
    telling = [len(name) > 1 and any(map(str.isalpha, name)) for name in names]
    held[~np.array(telling, bool) | (held > COMMON * counts.shape[0])] = 0
    chosen = np.argsort(-held, kind="stable")[:MOST_WORDS]
    chosen = np.sort(chosen[held[chosen] > 0])
    counts = sparse.csr_array(counts[:, chosen]).astype(float)
    counts = counts[np.diff(counts.indptr) > 0]
    return [names[place] for place in chosen], counts


def learn(counts, k: int, method: str, seeds: list[int]):
    """Return topics, k x words, with rows that sum to 1."""
    rng = np.random.default_rng(seeds)
    if method == "nmf":
        return learn_topics(counts, k, rng)[0]
    try:
        from sklearn.decomposition import LatentDirichletAllocation
    except ImportError as error:
        raise MediakitError(
            'method="lda" needs scikit-learn: python -m pip install '
            "'mediakit[topics]'; or use method=\"nmf\"."
        ) from error
    state = int(rng.integers(2**31))
    model = LatentDirichletAllocation(
        k, max_iter=50, evaluate_every=5, random_state=state
    )
    components = model.fit(counts).components_
    return components / components.sum(axis=1, keepdims=True)


def most_typical(found, counts, words):
    """Return the run most like the others, largest topic first, and its table."""
    alike = [
        np.array([match_topics(one, other, TOP) for other in found if other is not one])
        for one in found
    ]
    best = int(np.argmax([one.mean() if len(one) else 0 for one in alike]))
    topics, kept = found[best], alike[best]
    share = allot(counts, topics).sum(axis=0) / counts.sum()
    order = np.argsort(-share, kind="stable")
    topics = topics[order]
    tops = np.argsort(-topics, axis=1, kind="stable")[:, :TOP]
    tops = [[words[place] for place in top] for top in tops]
    nothing = np.full(len(order), np.nan)
    table = pd.DataFrame(
        {
            "item": pd.Series(_names(tops), dtype="str"),
            "words": pd.Series([", ".join(top) for top in tops], dtype="str"),
            "share": share[order],
            "kept": kept.mean(axis=0)[order] if len(kept) else nothing,
            "kept_least": kept.min(axis=0)[order] if len(kept) else nothing,
        }
    )
    return topics, table


def _names(tops: list[list[str]]) -> list[str]:
    """Name topics by three words, by more where two would be called the same."""
    names = [", ".join(top[:NAMED]) for top in tops]
    for number, name in enumerate(names):
        if names.count(name) > 1:
            names[number] = f"{', '.join(tops[number][: NAMED + 2])} ({number + 1})"
    return names


def plain(table: pd.DataFrame) -> list[dict]:
    """Return the table for JSON, where NaN has no place."""
    rows = table.astype(object).where(table.notna(), None)
    return rows.to_dict("records")
