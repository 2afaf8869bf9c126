"""The compiled loops and the NumPy path give the same, whatever the texts."""

import os
import subprocess
import sys
from dataclasses import fields

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from articles import corpus_of
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import sparse

import mediakit as mk
from mediakit import kernels
from mediakit.infer.contrast import (
    compare_articles,
    compare_clusters,
    compare_without,
    read_again,
)
from mediakit.infer.groups import Clusters
from mediakit.infer.units import OUTSIDE, A, B
from mediakit.measure.measure import Block, Measure
from mediakit.measure.terms import item_table
from mediakit.text import build, tokenize
from mediakit.text.build import build_shard, chunk_breaks, expand_tokens
from mediakit.text.chunks import chunk_starts, chunk_texts
from mediakit.text.pieces import PLAIN, compile_chunks, plain_words
from mediakit.text.quick_codes import codes_of_chunks
from mediakit.text.sentences import sentence_codes
from mediakit.text.words import EDGES, word_spans

ALPHABET = "abÉßжЖ中א1.,'’-–—“”!?/@#$%&()\t\n\r\x85\xa0\u2003\u2028 \u0301😀"
WORDS = st.sampled_from(
    "The the war, U.S. Mr. don’t state-run (Kiew) “No.” 3.5% $5 — x/y Ночь. 北京 "
    "internationalization counter-revolutionary, \n \n\n \r\n".split(" ")
)
TEXTS = st.lists(
    st.one_of(st.text(ALPHABET, max_size=40), st.lists(WORDS).map(" ".join)),
    min_size=1,
    max_size=8,
)
COMPILED = [False, *([True] if kernels.COMPILED else [])]


def strings(values):
    return pa.array(values, pa.large_string())


def both_ways(function, *args):
    """Run a function by its NumPy path and by its compiled one."""
    results = []
    for compiled in COMPILED:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(kernels, "COMPILED", compiled)
            patch.setattr(kernels, "PAYS_FROM", 0)
            results.append(function(*args))
    return results[0], results[-1]


def assert_same(one, other):
    for x, y in zip(one, other, strict=True):
        assert x.dtype == y.dtype
        assert x.tolist() == y.tolist()


@given(TEXTS)
@example([""])
@example(["", "one", ""])
@example(["a" * n for n in range(1, 20)] + ["a" * 7 + "b", "b" + "a" * 8])
def test_chunks_are_the_same(texts):
    (one, lines), (other, same) = both_ways(chunk_texts, strings(texts))
    assert_same([one.ids, one.offsets, lines], [other.ids, other.offsets, same])
    assert one.vocabulary == other.vocabulary
    assert_same(*([starts] for starts in both_ways(chunk_starts, strings(texts))))


def test_many_chunks_make_the_table_grow():
    words = [f"{number:x}{'long' * (number % 4)}" for number in range(200_000)]
    found, _ = both_ways(chunk_texts, strings([" ".join(words + words)]))[-1]
    assert found.vocabulary.to_pylist() == words
    assert (found.ids == np.tile(np.arange(len(words)), 2)).all()


@given(TEXTS)
@example(["one\n" * 8, "Two.\nThree.\n" * 4])
def test_breaks_and_tokens_are_the_same(texts):
    chunks, lines = chunk_texts(strings(texts))
    one, other = both_ways(chunk_breaks, chunks, lines)
    assert_same([one], [other])
    pieces, _ = compile_chunks(chunks.vocabulary, word_spans, plain=True)
    assert_same(*both_ways(expand_tokens, chunks, one, pieces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "BLOCK_CHUNKS", 3)
        assert_same(*([found] for found in (both_ways(chunk_breaks, chunks, lines))))
        assert_same(*both_ways(expand_tokens, chunks, one, pieces))
    shards = both_ways(build_shard, strings([""] * len(texts)), strings(texts), "words")
    starts = [both_ways(shard.starts) for shard in shards]
    assert_same(*starts)
    assert shards[0].vocabulary == shards[1].vocabulary


@given(st.lists(st.text(ALPHABET + EDGES, min_size=1, max_size=12), max_size=20))
def test_plain_words_are_what_the_rule_finds(texts):
    chunks = strings(list(dict.fromkeys(" ".join(texts).split())))
    fast, types = compile_chunks(chunks, word_spans, plain=True)
    slow, same_types = compile_chunks(chunks, word_spans)
    assert types == same_types
    for name in ("offsets", "ids", "begins"):
        assert getattr(fast, name).tolist() == getattr(slow, name).tolist()


def test_every_letter_of_a_plain_word_is_a_letter_of_python():
    points = [chr(p) for p in range(1, 0x3000) if not chr(p).isspace()]
    plain, _, _ = plain_words(strings(points))
    assert all(
        c.isalpha() for c, is_plain in zip(points, plain, strict=True) if is_plain
    )
    assert plain.sum() > 600, PLAIN


@given(st.lists(st.one_of(WORDS, st.text(ALPHABET + "aZ", max_size=9))))
@example(["The", "The,", "The.", "the,", "A", "A.", "B,,", ",", "Li", "o’Neil", "x!"])
def test_quick_sentence_codes_are_the_whole_rule(texts):
    chunks = " ".join(texts).split()
    found = codes_of_chunks(strings(chunks))
    for quick, whole in zip(found, sentence_codes(chunks), strict=True):
        assert quick.tolist() == whole.tolist()


def test_it_works_without_the_compiler():
    code = (
        "import pandas as pd, mediakit as mk; from mediakit import kernels;"
        "a = mk.read_articles(pd.DataFrame({'text': ['Peace holds. Peace!']}));"
        "m = mk.count_terms(mk.tokenize(a));"
        "assert not kernels.COMPILED and m.values.toarray().tolist() == [[1, 2]]"
    )
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def test_threads_change_nothing(monkeypatch):
    texts = [f"One {number} here. Another." for number in range(20)]
    whole = corpus_of(texts)
    monkeypatch.setattr(tokenize, "SHARD_ARTICLES", 3)
    for threads in (1, 4):
        with mk.use(threads):
            corpus = corpus_of(texts)
        assert len(corpus.parts) == 7
        assert corpus.vocabulary == whole.vocabulary
        assert corpus.fingerprint == whole.fingerprint


@given(TEXTS, st.sampled_from(["lower", "stem", lambda word: word.strip("aéb")]))
def test_counts_are_the_same(texts, fold):
    corpus = corpus_of(["One: “two two” one.", *texts])
    corpus = mk.mark_quotations(corpus)
    for view in (corpus, corpus.only("title"), corpus.without("quotation")):
        one, other = both_ways(counted, view, fold)
        assert one[0].equals(other[0])
        assert_same(one[1:], other[1:])
        shard = corpus.parts[0].shard
        first, second = both_ways(shard._count, view.view)
        assert (first != second).nnz == 0
        assert first.dtype == second.dtype


def counted(view, fold):
    """Return the items, values and exposures of all words, read at once."""
    words = mk.count_terms(view, fold=fold)
    values = words.values
    indices = values.indices.astype(np.int64)
    return words.items, values.data, indices, values.indptr, words.exposure


def rows_of_two_units():
    """Strategy: values (rows x items), exposures, sides and clusters of articles."""
    row = st.tuples(
        st.lists(st.integers(0, 5), min_size=4, max_size=4),
        st.tuples(st.integers(1, 30), st.integers(1, 9)),
        st.sampled_from([A, B, OUTSIDE]),
        st.integers(0, 3),
    )
    return st.lists(row, min_size=1, max_size=30)


@given(rows_of_two_units(), st.sampled_from(["count", "share", "mean"]), st.booleans())
def test_comparisons_are_the_same(rows, kind, whole):
    values, exposure, side, cluster = map(np.array, zip(*rows, strict=True))
    measure = measure_of(values if whole else values / 8, exposure, kind)
    clusters = Clusters("cluster", cluster)
    family = np.arange(4)

    def compared():
        articles, _ = compare_articles(measure, side)
        second = read_again(measure, side, articles, family, clusters)
        owner = measure.items["denominator"].to_numpy()
        merged = compare_clusters(measure, second.clusters, owner)
        without = compare_without(measure, side, articles, family, second)
        return articles, merged, without

    for one, other in zip(*both_ways(compared), strict=True):
        for field in fields(one.a):
            for g in "ab":
                x = getattr(getattr(one, g), field.name)
                y = getattr(getattr(other, g), field.name)
                np.testing.assert_allclose(x, y, rtol=0 if whole else 1e-12)
    naive = naive_sums(values if whole else values / 8, exposure, side == A)
    assert_sums(compare_articles(measure, side)[0].a, naive)


def measure_of(values, exposure, kind):
    """Return a measure in two blocks, with two denominators."""
    half = len(values) // 2
    items = item_table(["w", "x", "y", "z"]).assign(denominator=[0, 1, 0, 1])
    blocks = [
        Block(rows, sparse.csr_array(values[rows]), exposure[rows].astype(float))
        for rows in (slice(0, half), slice(half, len(values)))
    ]
    articles = pd.DataFrame(index=range(len(values)))
    return Measure("m", kind, "unit", items, ("n", "k"), articles, blocks)


def naive_sums(values, exposure, rows):
    x, n = values[rows].astype(float), exposure[rows].astype(float)[:, [0, 1, 0, 1]]
    return {
        "x": x, "xn": x * n, "xn2": x * n**2, "x2": x**2, "x2n": x**2 * n, "x3": x**3,
        "n": n, "n2": n**2, "n3": n**3,
    }  # fmt: skip


def assert_sums(found, naive):
    for name, terms in naive.items():
        np.testing.assert_allclose(getattr(found, name), terms.sum(axis=0), rtol=1e-12)


def test_long_runs_are_refused_wherever_they_stand(monkeypatch):
    monkeypatch.setattr(tokenize, "SHARD_ARTICLES", 2)
    clause = "为人民服务是共产党的宗旨"
    for at in range(5):
        texts = ["One sentence here.", "Two.", "为人民服务 means “serve”.", "", "Five."]
        texts[at] = clause
        with pytest.raises(mk.MediakitError, match="Chinese: 1") as error:
            corpus_of(texts)
        assert "1 texts" in str(error.value)
