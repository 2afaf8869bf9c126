"""Phrases against their words: how much more often together, over articles."""

import numpy as np
from scipy import sparse, special

from mediakit.errors import MediakitError
from mediakit.formulas.association import expected, mutual_information
from mediakit.formulas.intervals import ALPHA
from mediakit.infer.evidence import Evidence, Interval
from mediakit.infer.family import LEAST
from mediakit.infer.units import indicator
from mediakit.measure.blocks import Block, map_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.paired import Paired

GROUPS = 40
AT_ONCE = 20_000


def phrase_evidence(measure: Paired) -> Evidence:
    """Return the evidence on each phrase of a measure of `count_ngrams`."""
    words = _words(measure)
    phrases, articles = _group_sums(measure)
    singles, _ = _group_sums(measure.beside)
    singles = singles.toarray()
    groups = np.arange(len(measure)) % GROUPS
    sizes = np.bincount(groups, measure.exposure[:, 0], minlength=GROUPS)
    observed = np.asarray(phrases.sum(axis=0)).ravel()
    n = float(sizes.sum())
    f = _by_place(singles.sum(axis=0), words)
    lengths = (words >= 0).sum(axis=0)
    tested = articles >= LEAST
    family = int(tested.sum())
    return Evidence(
        observed=observed,
        expected=expected(n, *_or_all(f, n)),
        f1=f[0],
        frequency=f[lengths - 1, np.arange(len(observed))],
        n=n,
        parts=lengths,
        dice_parts=tuple(f),
        articles=articles,
        tested=tested,
        interval=_jackknife(phrases, singles, sizes, words, articles, family),
        estimate="pmi",
        family=family,
        totals={"words": n},
    )


def _words(measure: Paired) -> np.ndarray:
    """Return which single word stands at each place of each phrase, -1 for none."""
    singles = {word: at for at, word in enumerate(measure.beside.items["item"])}
    split = [phrase.split(" ") for phrase in measure.items["item"]]
    words = np.full((max(map(len, split), default=2), len(split)), -1, np.int64)
    for column, parts in enumerate(split):
        for place, word in enumerate(parts):
            if word not in singles:
                raise MediakitError(
                    f"the phrase {' '.join(parts)!r} was counted without its word "
                    f"{word!r}; count the n-grams again."
                )
            words[place, column] = singles[word]
    return words


def _group_sums(measure: Measure) -> tuple[sparse.csr_array, np.ndarray]:
    """Deal the articles into groups; return the groups' sums and articles by item."""
    size, groups = len(measure.items), np.arange(len(measure)) % GROUPS
    sums, articles = sparse.csr_array((GROUPS, size)), np.zeros(size)
    for added, with_item in map_blocks(measure.stored, _in_groups, groups):
        sums, articles = sums + added, articles + with_item
    return sums, articles


def _in_groups(block: Block, groups: np.ndarray):
    values = sparse.csr_array(block.values, dtype=float)
    held = np.bincount(values.indices, values.data != 0, minlength=values.shape[1])
    return indicator(groups, GROUPS) @ values, held


def _by_place(counts: np.ndarray, words: np.ndarray) -> np.ndarray:
    """Return the uses of the word at each place of each phrase, NaN for none."""
    return np.append(counts, np.nan)[words]


def _or_all(f: np.ndarray, n) -> np.ndarray:
    """Let a place that a phrase does not have hold every word: it changes no E."""
    return np.where(np.isnan(f), n, f)


def _jackknife(phrases, singles, sizes, words, articles, family) -> Interval:
    """Leave out one group of articles after the other."""
    df = np.maximum(np.minimum(articles, GROUPS) - 1, 1)
    left = sizes.sum() - sizes
    total = singles.sum(axis=0)
    estimate, error = np.empty(len(articles)), np.empty(len(articles))
    columns = phrases.tocsc()
    for first in range(0, len(articles), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        o = columns[:, some].toarray()
        f = _by_place(total, words[:, some])
        estimate[some] = _pmi(o.sum(axis=0), f, sizes.sum())
        spread = [
            _pmi(o.sum(axis=0) - o[g], f - _by_place(singles[g], words[:, some]), n)
            for g, n in enumerate(left)
        ]
        with np.errstate(invalid="ignore"):
            variance = (GROUPS - 1) * np.var(spread, axis=0)
        error[some] = np.sqrt(np.where(variance > 0, variance, np.nan))
    with np.errstate(invalid="ignore"):
        p = 2 * special.stdtr(df, -np.abs(estimate) / error)
        reach = special.stdtrit(df, 1 - ALPHA / 2) * error
        least = special.stdtrit(df, 1 - ALPHA / max(family, 1) / 2) * error
    bound = np.where(estimate < 0, estimate + least, estimate - least)
    return Interval(estimate - reach, estimate + reach, bound, p)


def _pmi(o, f, n) -> np.ndarray:
    with np.errstate(invalid="ignore", divide="ignore"):
        value = mutual_information(o, expected(n, *_or_all(f, n)))
    return np.where(np.isfinite(value), value, np.nan)
