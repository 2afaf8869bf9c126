"""count_coverage: by hand, by what was planted, and what no reader may be told."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.schema import complete_articles

OUTLETS = {"hbs": "Halvane Broadcasting", "skerry": "The Daily Skerry"}
OUTLETS |= {"today": "Halvane Today", "observer": "Lorenga Observer"}
OUTLETS |= {"kelta": "KELTA", "courier": "The Merrin Courier"}


def corpus_of(rows):
    """Return a corpus of (outlet, event, day, words)."""
    columns = ["outlet", "event_id", "published", "words"]
    table = pd.DataFrame(rows, columns=columns)
    table["article_id"] = [f"a{place}" for place in range(len(table))]
    table["published_precision"] = "day"
    table["text"] = [" ".join(["word"] * int(n)) for n in table.pop("words")]
    return mk.tokenize(complete_articles(table))


@pytest.fixture
def small():
    return corpus_of(
        [
            ("A", "e1", "2020-01-01", 10),
            ("A", "e1", "2020-01-02", 30),
            ("A", "e2", "2020-01-05", 5),
            ("B", "e1", "2020-01-01", 7),
            ("B", "e3", "2020-01-09", 8),
            ("C", "e3", "2020-01-08", 9),
            ("C", "e1", "2020-01-03", 1),
            ("C", None, "2020-01-03", 1),
        ]
    )


@pytest.fixture(scope="module")
def strait():
    truth = mk.load_truth("labels")[["article_id", "event_id"]]
    return mk.load_sample("strait").with_columns(truth)


def by_outlet(measure, item=None):
    table = mk.summarise(measure, by="outlet")
    table = table if item is None else table[table["item"] == item]
    pairs = zip(table["value"].astype(int), table["exposure"].astype(int), strict=True)
    return dict(zip(table["group"], pairs, strict=True))


def test_gatekeeping_by_hand(small):
    measure = mk.count_coverage(small)
    assert (measure.kind, measure.unit, measure.evidence) == ("share", "event", "event")
    assert by_outlet(measure) == {"A": (2, 3), "B": (2, 3), "C": (2, 3)}
    assert measure.articles["event_id"].tolist() == ["e1", "e2", "e3"] * 3
    assert measure.articles["outlets"].tolist() == [3, 1, 2] * 3
    assert measure.provenance["articles_without_event"] == 1


def test_coverage_by_hand(small):
    measure = mk.count_coverage(small, what="coverage")
    assert by_outlet(measure, "articles") == {"A": (3, 2), "B": (2, 2), "C": (2, 2)}
    assert by_outlet(measure, "words") == {"A": (45, 2), "B": (15, 2), "C": (10, 2)}
    said = mk.in_plain_words(mk.summarise(measure, by="outlet"))
    assert "per covered event" in said.columns


def test_silence_by_hand(small):
    two = mk.count_coverage(small, what="silence")
    assert by_outlet(two) == {"A": (1, 2), "B": (0, 1), "C": (0, 1)}
    one = mk.count_coverage(small, what="silence", others=1)
    assert by_outlet(one) == {"A": (1, 2), "B": (1, 3), "C": (1, 3)}


def test_events_of_ones_own(small):
    measure = mk.count_coverage(small, events=["e3", "unheard", "e1", "e3"])
    assert by_outlet(measure) == {"A": (1, 3), "B": (2, 3), "C": (2, 3)}
    unheard = measure.articles[measure.articles["event_id"] == "unheard"]
    assert unheard["published"].isna().all()
    assert (unheard["outlets"] == 0).all()


def test_an_outlet_is_asked_of_its_own_time_only(small):
    measure = mk.count_coverage(small, own_span=True)
    assert by_outlet(measure) == {"A": (2, 2), "B": (2, 3), "C": (2, 3)}
    assert measure.provenance["outside_span"] == {"A": 1, "B": 0, "C": 0}


def test_what_was_planted_is_found(strait):
    silence = mk.count_coverage(strait, what="silence", others=5)
    rows = silence.articles[silence.values.toarray().ravel() == 1]
    found = set(zip(rows["outlet"], rows["event_id"], strict=True))
    events = mk.load_truth("events")
    planted = {
        (OUTLETS[outlet], event)
        for event, outlets in zip(events["event_id"], events["silent"], strict=True)
        for outlet in outlets.split()
    }
    assert found == planted
    assert len(planted) == 11


def test_both_sides_are_asked_of_the_same_events(strait):
    covered = mk.count_coverage(strait)
    found = mk.compare(covered, by="outlet", a=["Halvane Today", "The Daily Skerry"])
    assert found.attrs["mediakit"]["parameters"]["cluster"] == "event_id"
    assert found["difference"][0] < 0
    assert found["p_cluster"][0] < 0.05
    mirrored = mk.compare(
        covered, by="outlet", a="rest", b=["Halvane Today", "The Daily Skerry"]
    )
    assert mirrored["difference"][0] == pytest.approx(-found["difference"][0])


def test_columns_of_the_outlets_come_along(strait):
    sides = strait.metadata["outlet"].map(lambda name: "Halvane" in name)
    frame = strait.metadata[["article_id"]].assign(state=sides, length=range(185))
    measure = mk.count_coverage(strait.with_columns(frame))
    assert "length" not in measure.articles
    assert mk.summarise(measure, by="state")["exposure"].tolist() == [112, 28]
    assert measure.articles["constructed"].all()


rows = st.lists(
    st.tuples(
        st.sampled_from("ABC"),
        st.sampled_from(["e1", "e2", "e3", "e4"]),
        st.sampled_from(["2020-01-01", "2020-01-02"]),
        st.integers(1, 5),
    ),
    min_size=1,
    max_size=12,
)


@given(rows)
@settings(max_examples=20)
def test_laws(rows):
    corpus = corpus_of(rows)
    covered = mk.count_coverage(corpus).values.toarray().ravel()
    amount = mk.count_coverage(corpus, what="coverage")
    silent = mk.count_coverage(corpus, what="silence", others=1)
    assert covered.sum() == len({(outlet, event) for outlet, event, *_ in rows})
    assert amount.values.toarray()[:, 0].sum() == len(rows)
    assert amount.values.toarray()[:, 1].sum() == corpus.totals().sum()
    assert (silent.values.toarray().ravel() * covered).sum() == 0
    assert amount.exposure[:, 0].tolist() == covered.tolist()


def test_a_collection_with_a_hole_says_so():
    rows = [("A", f"e{n}", f"2020-01-{n:02d}", 3) for n in range(1, 9)]
    corpus = corpus_of([*rows, ("B", "e8", "2020-01-08", 3)])
    with pytest.warns(mk.MediakitWarning, match="7 of 8 events lie before .* 'B'"):
        mk.count_coverage(corpus)
    assert by_outlet(mk.count_coverage(corpus, own_span=True))["B"] == (1, 1)


def test_empty_in_empty_out(strait):
    empty = strait.subset(strait.metadata["outlet"] == "nobody")
    measure = mk.count_coverage(empty)
    assert len(measure) == 0
    assert mk.summarise(measure, by="outlet").empty


def test_errors(small, strait):
    bags = mk.load_sample("headlines_2022")
    with pytest.raises(mk.MediakitError, match="no column 'event_id'.*label_events"):
        mk.count_coverage(bags)
    with pytest.raises(mk.MediakitError, match="`what` must be one of"):
        mk.count_coverage(small, what="bias")
    with pytest.raises(mk.MediakitError, match="`others` must be a whole number"):
        mk.count_coverage(small, what="silence", others=0)
    with pytest.raises(mk.MediakitError, match="for example, \\['e1', 'e2', 'e3'\\]"):
        mk.count_coverage(small, events=["e9"])
    with pytest.raises(mk.MediakitError, match="`events` must be a list"):
        mk.count_coverage(small, events="e1")
    with pytest.raises(mk.MediakitError, match="must be a Corpus, got DataFrame"):
        mk.count_coverage(strait.metadata)
