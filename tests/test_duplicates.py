"""label_duplicates: a naive oracle, origins, days, order, and what is refused."""

import warnings

import numpy as np
import pandas as pd
import pytest
from articles import articles_of
from hypothesis import given
from hypothesis import strategies as st

import mediakit as mk
from mediakit.clean.duplicates import ADDED, LEAST_SHARED
from mediakit.errors import MediakitError

WORDS = 5
DAY = pd.Timedelta(days=1)


def words(number, size=120):
    """Return a text of words that stand in no other text."""
    return " ".join(f"w{number}x{place}" for place in range(size))


def dated(texts, days, **columns):
    start = pd.Timestamp("2021-05-03", tz="UTC")
    published = [start + day * DAY if day is not None else pd.NaT for day in days]
    published = pd.Series(published).astype("datetime64[us, UTC]")
    return articles_of(texts, **{"published": published, **columns})


def origins(articles, **parameters):
    """Return for each row the number of the row it was copied from, or None."""
    found = mk.label_duplicates(articles, **parameters)["duplicate_of"]
    numbers = found.str.removeprefix("article-")
    return [int(one) if isinstance(one, str) else None for one in numbers]


@pytest.fixture(scope="module")
def strait():
    return mk.load_sample("strait").articles


def shingle_set(text):
    row = text.lower().split()
    return {tuple(row[at : at + WORDS]) for at in range(len(row) - WORDS + 1)}


def test_the_shares_are_those_of_plain_sets(strait):
    articles = strait
    plain = articles["text"].str.replace(r"[^\w\s]", "", regex=True)
    articles = articles.assign(text=plain).set_index("article_id", drop=False)
    sets = articles["text"].map(shingle_set)
    labelled = mk.label_duplicates(articles)
    copies = labelled[labelled["duplicate_of"].notna()]
    assert len(copies) == 30
    for name, row in copies.iterrows():
        a, b = sets[name], sets[row["duplicate_of"]]
        assert row["containment"] == pytest.approx(len(a & b) / len(a))
        assert row["jaccard"] == pytest.approx(len(a & b) / len(a | b))


def naive_origins(texts, threshold):
    """Compare every text with every earlier origin (all of one day, longest first)."""
    sets = [shingle_set(text) for text in texts]
    rows = sorted(range(len(texts)), key=lambda row: (-len(texts[row]), row))
    leaders, found = [], [None] * len(texts)
    for row in rows:
        best = (0, None)
        for leader in leaders:
            a, b = sets[row], sets[leader]
            shared = len(a & b)
            near = shared >= max(threshold * min(len(a), len(b)), LEAST_SHARED)
            if (near or (a and a == b)) and shared > best[0]:
                best = (shared, leader)
        found[row] = best[1]
        if best[1] is None:
            leaders.append(row)
    return found


pieces = st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)


@given(st.lists(pieces, min_size=1, max_size=7))
def test_what_is_found_is_what_comparing_every_pair_finds(stories):
    texts = [" ".join(words(n, 40 + 3 * n) for n in parts) for parts in stories]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert origins(articles_of(texts), threshold=0.6) == naive_origins(texts, 0.6)


def test_an_article_made_of_two_wires_does_not_merge_them():
    first, second = words(1), words(2)
    both = f"{words(1, 60)} {words(2, 59)}"
    assert origins(dated([first, second, both], [0, 0, 1])) == [None, None, 0]


def test_a_chain_of_rewrites_ends_where_the_origin_is_gone():
    """Each text shares half with the one before, a third of it with none other."""
    texts = [f"{words(n, 60)} {words(n + 1, 60)}" for n in range(4)]
    assert origins(dated(texts, range(4)), threshold=0.4) == [None, 0, None, 2]


def test_copies_are_sought_within_days_of_their_origin():
    texts, days = [words(1)] * 4, [0, 7, 8, 30]
    assert origins(dated(texts, days)) == [None, 0, None, None]
    assert origins(dated(texts, days), days=None) == [None, 0, 0, 0]
    assert origins(dated(texts, days), days=0) == [None] * 4


def test_a_standing_text_is_grouped_week_by_week():
    found = origins(dated([words(1)] * 20, range(20)), days=7)
    assert found == [None, *[0] * 7, None, *[8] * 7, None, *[16] * 3]


def test_an_old_text_and_scattered_quotations_of_it_hide_no_copy():
    text = words(1).split()
    quoting = [
        " ".join([*text[at : at + 24], words(at + 2)]) for at in range(0, 120, 20)
    ]
    texts = [words(1), words(1), *quoting, words(1)]
    days = [0, 100, *[101] * len(quoting), 102]
    assert origins(dated(texts, days)) == [None] * 8 + [1]


def test_an_undated_article_may_copy_any_and_is_never_the_origin_of_a_dated_one():
    articles = dated([words(1), words(1), words(2), words(2)], [None, 3, None, None])
    assert origins(articles) == [1, None, None, 2]


def test_within_a_day_the_agency_comes_first_then_time_then_length():
    wire = f"LONDON (Reuters) - {words(1)}"
    articles = dated([wire, wire], [0.2, 0.8], outlet=["Gazette", "Reuters"])
    assert origins(articles) == [1, None]
    assert origins(dated([words(1)] * 2, [0.8, 0.2])) == [1, None]
    assert origins(dated([words(1), words(1, 150)], [0, 0])) == [1, None]


def test_short_texts_must_be_equal_and_shorter_ones_are_not_compared():
    share = "one two three four five six seven eight nine ten"
    texts = [share, share, f"{share} eleven", "no text here", "no text here", ""]
    assert origins(articles_of(texts)) == [None, 0, None, None, None, None]


def test_groups_depend_neither_on_the_seed_nor_on_the_order_of_rows(strait):
    articles = strait
    expected = mk.label_duplicates(articles)
    other = mk.label_duplicates(articles, seed=12)
    pd.testing.assert_frame_equal(expected, other)
    mixed = articles.sample(frac=1, random_state=np.random.default_rng(1))
    labelled = mk.label_duplicates(mixed).loc[articles.index]
    pd.testing.assert_frame_equal(expected, labelled)
    assert len(expected["duplicate_of"].dropna()) == 30


def test_the_record_has_scheme_and_seed_and_goes_with_the_corpus(strait):
    labelled = mk.label_duplicates(strait, seed=12)
    record = labelled.attrs["mediakit"]["duplicates"]
    assert record["parameters"] == {"threshold": 0.2, "days": 7, "seed": 12}
    assert "SipHash" in record["scheme"]
    assert (record["groups"], record["copies"]) == (25, 30)
    assert mk.tokenize(labelled).provenance["source"]["duplicates"] == record
    read = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": ["Rain fell."]}))
    pd.testing.assert_frame_equal(
        mk.account(read), mk.account(mk.label_duplicates(read))
    )


def test_a_time_of_day_that_is_not_known_is_not_midnight():
    days = [0, 0.8, None]
    articles = dated([words(1)] * 3, days, published_precision=["day", "minute", None])
    assert origins(articles) == [1, None, 1]
    months = dated([words(1)] * 2, [0, 20], published_precision=["month", "day"])
    assert origins(months) == [1, None]


def test_only_columns_are_added(strait):
    articles = strait
    before = articles.copy(deep=True)
    labelled = mk.label_duplicates(articles)
    pd.testing.assert_frame_equal(articles, before)
    assert articles.attrs == before.attrs
    pd.testing.assert_frame_equal(labelled[articles.columns], before)
    assert labelled.columns.tolist() == [*articles.columns, *ADDED]


def test_empty_in_gives_empty_out_with_the_columns(strait):
    articles = strait
    expected = mk.label_duplicates(articles)
    empty = mk.label_duplicates(articles.iloc[:0])
    assert empty.dtypes.to_dict() == expected.dtypes.to_dict()
    assert len(empty) == 0
    missing = mk.label_duplicates(articles_of([None, None]))
    assert missing["duplicate_group"].isna().all()


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"threshold": 0}, r"`threshold` must lie above 0 and at most at 1, got 0"),
        ({"threshold": 20}, r"got 20; it is the share of the shorter text"),
        ({"days": -1}, r"`days` must be a number from 0 on, or None for any, got -1"),
        ({"days": float("nan")}, r"`days` must be a number"),
        ({"seed": 0.5}, r"`seed` must be an integer from 0 on, got 0.5"),
    ],
)
def test_bad_parameters_are_named(parameters, message):
    with pytest.raises(MediakitError, match=message):
        mk.label_duplicates(articles_of(["text"]), **parameters)


def test_labelling_twice_is_refused(strait):
    labelled = mk.label_duplicates(strait)
    with pytest.raises(MediakitError, match=r"'duplicate_group'.* drop those columns"):
        mk.label_duplicates(labelled)
