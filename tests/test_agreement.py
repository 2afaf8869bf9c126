"""Agreement: Krippendorff's worked examples, NLTK, laws, and real votes."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from nltk.metrics.distance import binary_distance, interval_distance

import mediakit as mk
from mediakit.formulas.agreement import LEVELS, alpha, distances

NONE = None
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
NAMES = ["a a b b d c c c e d d a".split(), "b a b b b c c c e d d d".split()]
FOUR = [  # Krippendorff (2011), section C: four observers, missing codes
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]


def codes_of(rows):
    """Return coders x units as a table of codes."""
    return pd.DataFrame(
        [
            (f"u{unit:02d}", f"coder {coder}", code)
            for coder, row in enumerate(rows)
            for unit, code in enumerate(row)
        ],
        columns=["unit_id", "coder", "code"],
    )


def alpha_of(rows, level="nominal"):
    return mk.agreement(codes_of(rows), level=level, repeats=0).loc[0, "alpha"]


@pytest.mark.parametrize(
    ("rows", "level", "printed"),
    [
        (BINARY, "nominal", 0.095),
        (NAMES, "nominal", 0.692),
        (FOUR, "nominal", 0.743),
        (FOUR, "ordinal", 0.815),
        (FOUR, "interval", 0.849),
        (FOUR, "ratio", 0.797),
    ],
)
def test_krippendorffs_worked_examples(rows, level, printed):
    assert alpha_of(rows, level) == pytest.approx(printed, abs=0.0005)


def test_units_read_once_are_counted_and_left_out():
    row = mk.agreement(codes_of(FOUR), repeats=0).iloc[0]
    assert (row["units"], row["units_one_code"]) == (11, 1)
    assert (row["coders"], row["codes"]) == (4, 41)


complete = st.lists(
    st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=12
)


@settings(max_examples=20)
@given(complete)
def test_nltk_finds_the_same(units):
    rows = [list(row) for row in zip(*units, strict=True)]
    for level, distance in (
        ("nominal", binary_distance),
        ("interval", interval_distance),
    ):
        data = [
            (c, u, code) for c, row in enumerate(rows) for u, code in enumerate(row)
        ]
        ours = alpha_of(rows, level)
        if len({code for *_, code in data}) == 1:
            assert np.isnan(ours)
        else:
            theirs = AnnotationTask(data, distance=distance).alpha()
            assert ours == pytest.approx(theirs, abs=1e-12)


@settings(max_examples=20)
@given(complete, st.randoms(use_true_random=False))
def test_names_and_order_of_coders_do_not_matter(units, random):
    rows = [list(row) for row in zip(*units, strict=True)]
    before = [alpha_of(rows, level) for level in LEVELS]
    random.shuffle(rows)
    after = [alpha_of(rows, level) for level in LEVELS]
    np.testing.assert_allclose(before, after, atol=1e-12)


@settings(max_examples=20)
@given(complete)
def test_ranks_need_only_their_order(units):
    rows = [list(row) for row in zip(*units, strict=True)]
    stretched = [[code**3 + 7 for code in row] for row in rows]
    both = alpha_of(rows, "ordinal"), alpha_of(stretched, "ordinal")
    np.testing.assert_allclose(*both, atol=1e-12)


def test_ordinal_distance_counts_what_lies_between():
    apart = distances(np.array([1.0, 2, 3]), np.array([4, 10, 6]), "ordinal")
    assert apart[0, 2] == (4 / 2 + 10 + 6 / 2) ** 2


def test_coders_by_chance_have_no_agreement_and_the_interval_says_so():
    rng = np.random.default_rng(1)
    table = mk.agreement(codes_of(rng.integers(0, 3, (3, 400)).tolist()), seed=1)
    row = table.iloc[0]
    assert row["low"] < 0 < row["high"]
    assert row["high"] - row["low"] < 0.15
    assert "too unsure" in row["note"]


def test_the_interval_covers_what_was_planted():
    rng = np.random.default_rng(2)
    covered = 0
    for seed in range(30):
        truth = rng.integers(0, 2, 80)
        wrong = rng.random((2, 80)) < 0.1
        rows = np.where(wrong, 1 - truth, truth).tolist()
        row = mk.agreement(codes_of(rows), seed=seed, repeats=200).iloc[0]
        covered += row["low"] <= 0.64 <= row["high"]  # (1 - 2 * .1) ** 2
    assert covered >= 25


def test_clusters_widen_the_interval():
    rows = np.repeat(np.random.default_rng(3).integers(0, 2, (2, 20)), 10, axis=1)
    codes = codes_of(rows.tolist())
    codes["article_id"] = codes["unit_id"].str[1:].astype(int) // 10
    alone = mk.agreement(codes, seed=1).iloc[0]
    together = mk.agreement(codes, seed=1, cluster="article_id").iloc[0]
    assert together["alpha"] == alone["alpha"]
    assert together["high"] - together["low"] > 2 * (alone["high"] - alone["low"])


def test_the_same_seed_gives_the_same_interval():
    codes = codes_of(FOUR)
    pd.testing.assert_frame_equal(
        mk.agreement(codes, seed=5), mk.agreement(codes.sample(frac=1), seed=5)
    )


def test_what_is_undefined_is_missing_with_a_reason():
    same = mk.agreement(codes_of([[1, 1, 1], [1, 1, 1]])).iloc[0]
    assert np.isnan(same["alpha"])
    assert same["note"] == "every code is the same"
    alone = mk.agreement(codes_of([[1, 2, 1]])).iloc[0]
    assert np.isnan(alone["alpha"])
    assert alone["note"] == "no unit has codes of two coders"
    assert np.isnan(alpha(np.zeros((0, 2), int), np.array([0.0, 1.0])))


def test_nothing_in_gives_nothing_out_with_the_same_columns():
    full = mk.agreement(codes_of(BINARY))
    empty = mk.agreement(codes_of([]))
    assert len(empty) == 0
    assert list(empty.columns) == list(full.columns)


def test_errors_say_what_to_do():
    twice = pd.concat([codes_of(BINARY)] * 2)
    with pytest.raises(mk.MediakitError, match="'coder 0' gave unit 'u00' more than"):
        mk.agreement(twice)
    with pytest.raises(mk.MediakitError, match="codes that are numbers, got 'a'"):
        mk.agreement(codes_of(NAMES), level="interval")
    with pytest.raises(mk.MediakitError, match='needs codes from 0, got -1; use "int'):
        mk.agreement(codes_of([[-1, 2], [1, 2]]), level="ratio")
    with pytest.raises(mk.MediakitError, match=r"lacks the columns \['coder'\]"):
        mk.agreement(codes_of(BINARY).drop(columns="coder"))


def test_crowd_votes_on_bias_hardly_agree(shared):
    folder = shared / "data" / "ukraine_bias_votes"
    votes = pd.read_csv(folder / "sentences_flat.csv")
    questions = [
        name.removesuffix("_votes") for name in votes if name.endswith("_votes")
    ]
    rows = [
        (question, f"{one['article']} {one['sent']}", place, code)
        for one in votes.to_dict("records")
        for question in questions
        for place, code in enumerate(json.loads(one[f"{question}_votes"]))
    ]
    codes = pd.DataFrame(rows, columns=["question", "unit_id", "coder", "code"])
    found = mk.agreement(codes, level="interval", repeats=20)
    assert found["alpha"].between(-0.03, 0.135).all()
    assert found["note"].str.contains("too unsure").all()
