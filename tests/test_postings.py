import numpy as np
import pytest
from articles import corpus_of
from hypothesis import given
from hypothesis import strategies as st

from mediakit import kernels
from mediakit.text.postings import build_postings

WAYS = [False, *([True] if kernels.COMPILED else [])]


@pytest.mark.parametrize("compiled", WAYS)
@given(st.lists(st.integers(0, 9), max_size=60))
def test_every_token_stands_under_its_type_in_order(compiled, ids):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "COMPILED", compiled)
        patch.setattr(kernels, "PAYS_FROM", 0)
        found = build_postings(np.array(ids, np.int32), 10)
    assert (found.offsets.dtype, found.positions.dtype) == (np.int64, np.int32)
    assert len(found.offsets) == 11
    for number in range(10):
        places = [at for at, one in enumerate(ids) if one == number]
        assert found.of(number).tolist() == places


def test_a_shard_knows_where_its_words_stand():
    shard = corpus_of(["War and peace.", "No war"], "War").parts[0].shard
    number = shard.vocabulary.to_pylist().index("War")
    assert shard.postings.of(number).tolist() == [0, 1, 2]
    assert shard.postings is shard.postings
