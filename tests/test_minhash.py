"""Shares of shingles and the chances of sketches, against print and simulation."""

import math

import numpy as np
import pytest

from mediakit.formulas.minhash import (
    collision_probability,
    containment,
    jaccard,
    lsh_probability,
    minhash_error,
    overlap,
)

FIRST = "the ministry said on monday that three people were killed in the blast."
SECOND = "three people were killed in the blast, the ministry said on monday."


def runs(sequence, width):
    return {tuple(sequence[at : at + width]) for at in range(len(sequence) - width + 1)}


def bare(text):
    return text.replace(",", "").replace(".", "").split()


@pytest.mark.parametrize(
    ("a", "b", "value"),
    [
        (runs(bare(FIRST), 3), runs(bare(SECOND), 3), 8 / 13),
        (runs(FIRST, 5), runs(SECOND, 5), 56 / 73),
    ],
    ids=["three words", "five characters"],
)
def test_jaccard_of_the_worked_sentences(a, b, value):
    shared = len(a & b)
    assert jaccard(shared, len(a), len(b)) == pytest.approx(value, abs=1e-12)
    assert containment(shared, len(a)) == pytest.approx(shared / len(a))
    assert overlap(shared, len(a), len(b)) == pytest.approx(
        max(shared / len(a), shared / len(b))
    )


def test_nothing_of_nothing_is_undefined():
    assert np.isnan(jaccard(0, 0, 0))
    assert np.isnan(containment([0, 1], [0, 2])).tolist() == [True, False]
    assert np.isnan(overlap(0, 0, 7))


@pytest.mark.parametrize(("similarity", "value"), [(0.5, 0.470), (0.8, 0.9996)])
def test_banding_as_printed_by_leskovec_rajaraman_and_ullman(similarity, value):
    found = lsh_probability(similarity, bands=20, rows=5)
    assert found == pytest.approx(value, abs=5e-4)


def test_simulated_sketches_agree_with_the_formulas():
    rng = np.random.default_rng(3)
    a, b, hashes, sketches = np.arange(60), np.arange(20, 80), 20, 2000
    order = rng.random((sketches, hashes, 80))
    equal = order[..., a].min(axis=-1) == order[..., b].min(axis=-1)
    similarity = 40 / 80
    error = minhash_error(similarity, hashes)
    assert equal.mean(axis=1).mean() == pytest.approx(similarity, abs=0.01)
    assert equal.mean(axis=1).std() == pytest.approx(error, rel=0.06)
    candidate = equal.reshape(sketches, 5, 4).all(axis=2).any(axis=1).mean()
    expected = lsh_probability(similarity, bands=5, rows=4)
    assert candidate == pytest.approx(expected, abs=0.04)


def test_collisions_are_at_least_as_rare_as_stated():
    for shingles in (2, 10, 40):
        exact = 1 - math.prod(1 - n / 256 for n in range(shingles))
        assert exact <= collision_probability(shingles, bits=8)
    assert collision_probability(2, bits=8) == 1 / 256
    assert collision_probability(1) == 0
