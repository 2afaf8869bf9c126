import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.formulas import dispersion as formulas
from mediakit.infer import dispersion as verb

# The corpus of Gries (2008, 2020): five parts, a stands 1, 2, 3, 4 and 5 times.
GRIES = [
    "b a m n i b e u p",
    "b a s a t b e w q n",
    "b c a g a b e s t a",
    "b a g h a b e a a t",
    "b a h a a b e a x a t",
]
UP = ["juilland_d", "carroll_d2", "rosengren_s"]
DOWN = ["dp", "dp_norm", "dkl"]
TABLES = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(6, 40)),
    min_size=2,
    max_size=12,
)


def measure_of(uses, sizes, **columns):
    frame = pd.DataFrame({"words": sizes, **columns})
    names = [f"item {number}" for number in range(len(uses[0]))]
    frame[names] = np.array(uses)
    return mk.as_measure(frame, value=names, exposure="words", unit="word")


def letters():
    parts = [text.split() for text in GRIES]
    names = sorted(set(" ".join(GRIES).split()))
    frame = pd.DataFrame({name: [p.count(name) for p in parts] for name in names})
    frame["words"] = [len(part) for part in parts]
    return mk.as_measure(frame, value=names, exposure="words", unit="word")


def test_the_example_of_gries():
    table = mk.dispersion(letters()).set_index("item")
    assert table.loc["a", "value"] == 15
    assert table.loc["a", "dp"] == pytest.approx(0.18)
    assert table.loc["a", "dp_norm"] == pytest.approx(0.219512, abs=5e-7)
    assert table.loc["a", "juilland_d"] == pytest.approx(0.785, abs=5e-4)
    assert table.loc[["b", "x", "q"], "dp"].round(9).tolist() == [0.02, 0.78, 0.8]
    t, w = np.arange(1, 6) / 15, np.array([9, 10, 10, 10, 11]) / 50
    assert table.loc["a", "dkl"] == pytest.approx((t * np.log2(t / w)).sum())


def test_the_lemma_of_lyne():
    # Lyne 1985, "ALLEMAND"; figures printed by the R package tlda 0.1.0 in its README,
    # there DKL as 1 - x / (1 + x) (Gries 2024, p. 90)
    uses = np.array([[2, 0, 1, 1, 3, 0, 3, 0, 0, 0]]).T
    sizes = [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930]
    row = mk.dispersion(measure_of(uses, sizes)).iloc[0]
    assert 1 / (1 + row["dkl"]) == pytest.approx(0.4665078, abs=5e-8)
    assert row["juilland_d"] == pytest.approx(0.6038797, abs=5e-8)
    assert row["carroll_d2"] == pytest.approx(0.6521444, abs=5e-8)
    assert row["rosengren_s"] == pytest.approx(0.4763652, abs=5e-8)
    assert row["dp"] == pytest.approx(0.4990705, abs=5e-8)


@pytest.mark.parametrize(
    ("uses", "formula", "published"),
    [
        ([0, 4, 3, 2, 1], formulas.juilland_d, 0.6464),  # Carroll 1970, p. 14
        ([2, 1, 1, 1, 0], formulas.carroll_d2, 0.8277),  # Carroll 1970, p. 13
        ([1, 2, 3, 4, 5], formulas.rosengren_s, 0.937),  # Gries 2008, p. 407
        ([3, 3, 3], formulas.gries_dp, 0.0),  # Gries 2008, p. 416
        ([2, 1, 0], formulas.dp_norm, 0.5),  # Lijffijt and Gries 2012, p. 148
    ],
)
def test_published_numbers(uses, formula, published):
    spread = formulas.Spread.of_table(np.array(uses)[:, None], np.ones(len(uses)))
    digits = len(str(published).split(".")[1])
    assert round(float(formula(spread)[0]), digits) == published


def test_the_average_reduced_frequency_of_gries():
    # Gries 2008, pp. 406 and 410: the same words, but for a k and a t, give 10.8.
    words = " ".join([GRIES[0], "k", *GRIES[1:]]).split()[:50]
    places = np.flatnonzero(np.array(words) == "a")
    distances = np.diff(np.append(places, places[0] + len(words)))
    item = np.zeros(len(places), int)
    assert formulas.arf(distances, item, [15], 50)[0] == pytest.approx(10.8, abs=0.05)


def naive_arf(uses, sizes):
    """Lay the uses out evenly within each part, and average over all beginnings."""
    ends = np.cumsum(sizes)
    places = [
        end - n + (use + 0.5) * n / v
        for v, n, end in zip(uses, sizes, ends, strict=True)
        for use in range(v)
    ]
    reach = ends[-1] / len(places)
    distances = np.diff([*places, places[0] + ends[-1]])
    return np.minimum(distances, reach).sum() / reach


@settings(max_examples=60)
@given(TABLES)
def test_every_measure_is_its_dense_formula(rows):
    uses, sizes = np.array(rows)[:, :2], np.array(rows)[:, 2]
    table = mk.dispersion(measure_of(uses, sizes))
    w = sizes / sizes.sum()
    for column, row in zip(uses.T, table.itertuples(), strict=True):
        if not column.any():
            assert np.isnan([getattr(row, name) for name in [*UP, *DOWN, "arf"]]).all()
            continue
        t, rates = column / column.sum(), column / sizes
        share = rates[rates > 0] / rates.sum()
        k = len(sizes)
        expected = {
            "juilland_d": 1 - rates.std() / rates.mean() / np.sqrt(k - 1),
            "carroll_d2": -(share * np.log2(share)).sum() / np.log2(k),
            "rosengren_s": np.sqrt(w * column).sum() ** 2 / column.sum(),
            "dp": np.abs(t - w).sum() / 2,
            "dp_norm": np.abs(t - w).sum() / 2 / (1 - w.min()),
            "dkl": (t[t > 0] * np.log2(t[t > 0] / w[t > 0])).sum(),
            "arf": naive_arf(column, sizes),
        }
        for name, value in expected.items():
            assert getattr(row, name) == pytest.approx(value, abs=1e-7), name


def test_even_and_lumped_items_stand_at_the_ends_of_each_scale():
    table = mk.dispersion(measure_of([[3, 12], [3, 0], [3, 0], [3, 0]], [10] * 4))
    even, lumped = table.loc[0], table.loc[1]
    assert even[UP].tolist() == pytest.approx([1, 1, 1])
    assert even[DOWN].tolist() == pytest.approx([0, 0, 0])
    assert lumped[UP].tolist() == pytest.approx([0, 0, 0.25])
    assert lumped[DOWN].tolist() == pytest.approx([0.75, 1, 2])
    assert even["arf"] == pytest.approx(12)
    assert lumped["arf"] == pytest.approx(11 / 12 * 3 + 1)


def test_parts_may_be_groups_and_rows_without_one_are_counted():
    outlets = ["A", "B", "A", None]
    measure = measure_of([[1], [2], [3], [9]], [10, 20, 30, 5], outlet=outlets)
    table = mk.dispersion(measure, by="outlet")
    direct = mk.dispersion(measure_of([[4], [2]], [40, 20]))
    pd.testing.assert_frame_equal(table, direct)
    assert table.attrs["mediakit"]["notes"] == [
        "1 of 4 rows have no 'outlet': in no part."
    ]


def test_pieces_and_parts_without_exposure_change_nothing(monkeypatch):
    rng = np.random.default_rng(1)
    uses, sizes = rng.poisson(1, (20, 7)), rng.integers(20, 90, 20)
    whole = mk.dispersion(measure_of(uses, sizes))
    monkeypatch.setattr(verb, "ENTRIES_AT_ONCE", 15)
    more = np.vstack([uses, np.zeros((1, 7), int)])
    table = mk.dispersion(measure_of(more, np.append(sizes, 0)))
    pd.testing.assert_frame_equal(table, whole)
    assert (table["parts"] == 20).all()


def test_one_part_leaves_nothing_to_be_even_over():
    row = mk.dispersion(measure_of([[4]], [10])).loc[0]
    assert row[["juilland_d", "carroll_d2", "dp_norm"]].isna().all()
    assert row["dp"] == 0


def test_nothing_in_gives_nothing_out_with_the_same_columns():
    empty = measure_of([[4]], [10]).subset([False])
    row = mk.dispersion(empty)
    assert row[["value", "parts", "parts_with"]].to_numpy().tolist() == [[0, 0, 0]]
    assert row[[*UP, *DOWN, "arf"]].isna().to_numpy().all()
    assert list(mk.dispersion(empty.only_items([])).columns) == list(verb.COLUMNS)


def test_means_and_unknown_parts_are_refused():
    frame = pd.DataFrame({"tone": [0.1], "n": [1]})
    tone = mk.as_measure(frame, value="tone", exposure="n", kind="mean")
    with pytest.raises(mk.MediakitError, match="is a mean"):
        mk.dispersion(tone)
    with pytest.raises(mk.MediakitError, match="nothing is called"):
        mk.dispersion(measure_of([[4]], [10]), by="paper")
