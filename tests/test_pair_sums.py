"""Sums of words near a node and of the same words elsewhere, however they are made."""

import numpy as np
import pytest
from articles import corpus_of
from hypothesis import assume, example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import sparse

import mediakit as mk
from mediakit import kernels
from mediakit.formulas.sums import Sums
from mediakit.infer.near import _place
from mediakit.infer.pair_sums import pair_sums
from mediakit.kernels.counts import FEW, in_order
from mediakit.measure.blocks import Block

COMPILED = [False, *([True] if kernels.COMPILED else [])]
NEAR, REST = 3, 5


class Halves:
    """As much of a measure as sums need."""

    def __init__(self, values, exposure, cut):
        rows = [slice(0, cut), slice(cut, len(values))]
        self.items = range(values.shape[1])
        self.stored = [
            Block(row, sparse.csr_array(values[row]), exposure[row, None].astype(float))
            for row in rows
        ]


@st.composite
def halves(draw):
    rows = draw(st.integers(0, 6))
    near, rest = (
        draw(arrays(np.int64, (rows, width), elements=st.integers(0, 3)))
        for width in (NEAR, REST)
    )
    more = draw(arrays(np.int64, (2, rows), elements=st.integers(0, 4)))
    n, m = near.sum(axis=1) + more[0], rest.sum(axis=1) + more[1]
    order = draw(st.permutations(range(REST)))
    return near, rest, n, m, np.array(order), draw(st.integers(0, rows))


@pytest.fixture(params=COMPILED)
def either_way(request, monkeypatch):
    monkeypatch.setattr(kernels, "COMPILED", request.param)
    monkeypatch.setattr(kernels, "PAYS_FROM", 0)


@pytest.mark.usefixtures("either_way")
@given(halves())
def test_sums_are_those_of_dense_tables(made):
    near, rest, n, m, order, cut = made
    chosen = order[:NEAR]
    place = np.full(REST, -1, np.int32)
    place[chosen] = np.arange(NEAR)
    found = pair_sums(Halves(near, n, cut), Halves(rest, m, cut), place)
    for side, x, exposure in (
        (found.near, near, n),
        (found.rest, rest[:, chosen], m),
    ):
        expected = Sums.of_units(x, exposure)
        for name, values in vars(expected).items():
            assert getattr(side, name).tolist() == values.tolist(), name
    x, y = near.astype(float), rest[:, chosen].astype(float)
    assert found.fourth.tolist() == [(x**4).sum(0).tolist(), (y**4).sum(0).tolist()]
    both = (n > 0) & (m > 0)
    x, y, n, m = x[both], y[both], n[both], m[both]
    together = ((x > 0) & (y > 0)).sum(axis=0)
    crossed = [(x * y).sum(axis=0), m @ x, n @ y, [n @ m] * NEAR, together]
    assert found.cross.tolist() == [list(row) for row in crossed]
    assert found.shared == both.sum()
    assert found.held.tolist() == (rest > 0).sum(axis=0).tolist()
    assert found.beside == made[3].sum()


@pytest.mark.usefixtures("either_way")
@pytest.mark.filterwarnings("ignore:no word near:mediakit.MediakitWarning")
@given(
    st.lists(st.lists(st.sampled_from("oil Oil up. down U.S. ж".split()), max_size=9)),
    st.sampled_from([1, (0, 2)]),
)
@example([[]], 1)
@example([["oil"], ["oil", "up."], ["down"]], 1)
def test_elsewhere_is_the_rest_of_the_words(articles, window):
    corpus = corpus_of([" ".join(words) for words in articles])
    assume(any("oil" in map(str.lower, words) for words in articles))
    near = mk.count_collocates(corpus, "oil", window=window)
    place = _place(near, near.beside)
    whole = mk.count_terms(corpus).values.toarray()
    rest = near.beside.values
    assert rest.has_canonical_format
    assert (rest.data > 0).all()
    node = near.beside.items["item"].tolist().index("oil")
    whole[:, node] = 0
    whole[:, place >= 0] -= near.values.toarray()
    assert rest.toarray().tolist() == whole.tolist()


@given(st.lists(st.integers(0, 2**31 - 1)), st.integers(1, 2 * FEW))
@example(list(range(300, 0, -1)), 1)
@example([0] * FEW, 1)
@example([1 << 30, 1 << 20, 1 << 10, 1] * FEW, 1)
def test_numbers_are_put_in_order(numbers, times):
    numbers = np.array((numbers * times)[: 3 * FEW], np.int32)
    for sort in (in_order, kernels.plain(in_order)):
        again = sort(numbers.copy(), np.empty_like(numbers))
        assert again.tolist() == sorted(numbers.tolist())
