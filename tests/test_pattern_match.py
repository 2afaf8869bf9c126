"""Patterns against a matcher that tries every place, node by node."""

import re
from fnmatch import fnmatchcase

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit import kernels
from mediakit.measure import pattern_counts
from mediakit.text import pattern_match
from mediakit.text import tokenize as tokenizing
from mediakit.text.shard import SENTENCE
from mediakit.text.vocabulary import fold_vocabulary

pytestmark = pytest.mark.filterwarnings("ignore:.*patterns hold a word")

WORDS = [
    "war",
    "War",
    "wars",
    "US",
    "us",
    "a",
    "of",
    "Κίεβο",
    "حرب",
    "🙂x",
    "nai\u0308ve",
]
WRITTEN = [
    *WORDS,
    "war",
    "“of war”",
    "a war of",
    "of a",
    "war.",
    "a!",
    "“us",
    "of”",
    "a/of",
    "—",
    "\n\n",
    "war\r\nof",
]
TEXTS = st.lists(
    st.lists(st.sampled_from(WRITTEN), max_size=14).map(" ".join),
    min_size=1,
    max_size=5,
)


def lowered(word):
    items, _ = fold_vocabulary([word], "lower")
    return items[0]


SIMPLE = {
    "war": lambda w: lowered(w) == "war",
    "of": lambda w: lowered(w) == "of",
    "a": lambda w: lowered(w) == "a",
    "κίεβο": lambda w: lowered(w) == "κίεβο",
    "حرب": lambda w: w == "حرب",
    "naïve": lambda w: lowered(w) == "naïve",
    "US": lambda w: w == "US",
    "=US": lambda w: w == "US",
    "=war": lambda w: w == "war",
    "wa*": lambda w: fnmatchcase(lowered(w), "wa*"),
    "?s": lambda w: fnmatchcase(lowered(w), "?s"),
    "*a*": lambda w: "a" in lowered(w),
    "=W*": lambda w: w.startswith("W"),
    "*": lambda w: True,
    "/wars?/": lambda w: bool(re.fullmatch("wars?", w, re.IGNORECASE)),
    "=/[WU].*/": lambda w: bool(re.fullmatch("[WU].*", w)),
    "stem:wars": lambda w: lowered(w) in ("war", "wars"),
    "nowhere": lambda w: False,
}
COMMON = ["war", "of", "a", "*", "*a*", "wa*"] * 3
NODES = st.recursive(
    st.sampled_from([*SIMPLE, *COMMON]),
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("alt"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("gap"), inner, st.integers(0, 1), st.integers(1, 3), inner),
    ),
    max_leaves=6,
)


def written(node):
    if isinstance(node, str):
        return node
    if node[0] == "gap":
        _, left, least, most, right = node
        return f"({written(left)} [{least}-{most}] {written(right)})"
    joiner = " " if node[0] == "seq" else "|"
    return f"({joiner.join(map(written, node[1]))})"


def ends_of(node, words, joined, at):
    """Return where `node` may end if it begins at token `at`."""
    if isinstance(node, str):
        return {at + 1} if at < len(words) and SIMPLE[node](words[at]) else set()
    if node[0] == "alt":
        return set().union(*(ends_of(n, words, joined, at) for n in node[1]))
    if node[0] == "gap":
        _, left, least, most, right = node
        middle = {
            end + gap
            for end in ends_of(left, words, joined, at)
            for gap in range(least, most + 1)
        }
        return set().union(*(ends_of(right, words, joined, m) for m in middle))
    places = {at}
    for inner in node[1]:
        places = set().union(*(ends_of(inner, words, joined, p) for p in places))
    return places


def naive(nodes, words, inside, joined):
    """Return the hits (start, end): longest first, from the left, no token twice."""
    hits, at = [], 0
    while at < len(words):
        ends = set().union(*(ends_of(node, words, joined, at) for node in nodes))
        ends = [
            end
            for end in ends
            if end <= len(words) and all(inside[at:end]) and all(joined[at + 1 : end])
        ]
        if ends:
            hits.append((at, max(ends)))
        at = max(ends, default=at + 1)
    return hits


def documents(corpus, field, bounds):
    """Yield words, whether in view, and whether joined to the word before."""
    for part in corpus.parts:
        shard = part.shard
        where, mask = shard.selection(corpus.view)
        vocabulary = shard.vocabulary.to_pylist()
        first = shard.documents(field).start
        for row in range(len(shard)) if part.rows is None else part.rows:
            low, high = shard.offsets[first + row : first + row + 2]
            words = [vocabulary[number] for number in shard.ids[low:high]]
            inside = (
                [True] * len(words)
                if mask is None
                else mask[low - where.start : high - where.start].tolist()
            )
            starts = (shard.flags[low:high] & SENTENCE) > 0
            joined = [True] * len(words) if bounds == "article" else (~starts).tolist()
            yield words, inside, joined


def hits_of(way, corpus, named, bounds):
    """Return counts and lines by a scan or by the index, compiled or not."""
    cost = 1000 if way == "scan" else 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pattern_match, "BATCH", 3)
        patch.setattr(pattern_match, "SCANNED", cost)
        patch.setattr(pattern_counts, "PER_HIT", cost)
        patch.setattr(pattern_counts, "PER_ITEM", cost)
        patch.setattr(kernels, "COMPILED", way == "compiled")
        patch.setattr(kernels, "PAYS_FROM", 0)
        counted = mk.count_patterns(corpus, named, bounds=bounds).values.toarray()
        lines = [
            mk.find_passages(corpus, nodes, bounds=bounds, width=1)
            for nodes in named.values()
        ]
    return counted.tolist(), lines


WAYS = ["scan", "index", *(["compiled"] if kernels.COMPILED else [])]


@settings(max_examples=50)
@given(
    st.data(),
    TEXTS,
    st.lists(st.lists(NODES, min_size=1, max_size=3), min_size=1, max_size=3),
    st.sampled_from(["sentence", "article"]),
    st.sampled_from(["all", "without", "only"]),
)
def test_every_place_tried_gives_the_same(data, texts, items, bounds, view):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", 2)
        corpus = mk.mark_quotations(corpus_of(texts, titles="a war of wars"))
    if view != "all":
        corpus = getattr(corpus, view)("quotation")
    kept = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    corpus = corpus.subset(np.array(kept, bool))
    named = {f"item {n}": [*map(written, nodes)] for n, nodes in enumerate(items)}
    places = documents(corpus, "text", bounds)
    expected = [naive_row(items, document) for document in places]
    for way in WAYS:
        counted, lines = hits_of(way, corpus, named, bounds)
        assert counted == expected
        for column, found in enumerate(lines):
            assert len(found) == sum(row[column] for row in expected)


def naive_row(items, document):
    return [len(naive(nodes, *document)) for nodes in items]
