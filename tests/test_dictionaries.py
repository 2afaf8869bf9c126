"""Dictionaries counted: against a reader of ten lines, laws, published sentences."""

from fnmatch import fnmatchcase

import numpy as np
import pandas as pd
import pytest
from dictionary_helpers import counted, tokenized
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.errors import MediakitError, MediakitWarning
from mediakit.text.dictionary import LEVEL
from mediakit.text.pattern_syntax import literal


def paragraphs(text):
    return [one.split() for one in text.split("\n\n")]


def read_through(words, entries):
    """Return category of each hit, from the left and the longest first."""
    found, at = [], 0
    while at < len(words):
        sizes = {}
        for category, pattern in entries:
            parts = pattern.split()
            here = words[at : at + len(parts)]
            if len(here) == len(parts) and all(map(fnmatchcase, here, parts)):
                sizes.setdefault(len(parts), set()).add(category)
        longest = max(sizes, default=1)
        found += [(at, category) for category in sizes.get(longest, ())]
        at += longest
    return found


word = st.sampled_from("a b ab ba aa bb".split())
sentence = st.lists(word, min_size=1, max_size=8).map(" ".join)
text = st.lists(sentence, min_size=0, max_size=4).map("\n\n".join)
pattern = st.lists(st.sampled_from("a b ab a* *b b?".split()), min_size=1, max_size=3)
entry = st.tuples(st.sampled_from(["x > y", "x > z", "w"]), pattern.map(" ".join))


@settings(max_examples=20)
@given(st.lists(text, min_size=1, max_size=3), st.lists(entry, min_size=1, max_size=6))
def test_as_a_reader_counts(texts, entries):
    table = pd.DataFrame(entries, columns=["category", "pattern"])
    dictionary = mk.Dictionary("d", table)
    corpus = tokenized(*texts)
    for unit, places in {"token": 2, "sentence": 1, "article": 0}.items():
        found = counted(corpus, dictionary, unit=unit)
        for number, one in enumerate(texts):
            hits = [
                (s, at, category)
                for s, words in enumerate(paragraphs(one))
                for at, category in read_through(words, entries)
            ]
            for item, values in found.items():
                inside = {
                    hit[:places]
                    for hit in hits
                    if hit[2] == item or hit[2].startswith(item + LEVEL)
                }
                assert values[number] == len(inside), (unit, item)
    each = counted(corpus, dictionary, items="entry")
    whole = counted(corpus, dictionary)
    for category in dictionary.entries["category"].unique():
        parts = [v for k, v in each.items() if k.startswith(category + ": ")]
        assert (np.sum(parts, axis=0) == whole[category]).all()


def test_views_and_their_exposures():
    corpus = mk.mark_quotations(
        tokenized('He said: "War is here. War stays." War ends. Peace comes.')
    )
    war = {"war": ["war"]}
    for view, token, sentence in (
        (corpus, (3, 10), (3, 4)),
        (corpus.only("quotation"), (2, 5), (2, 2)),
        (corpus.without("quotation"), (1, 6), (1, 3)),
    ):
        for unit, (value, exposure) in (("token", token), ("sentence", sentence)):
            measure = mk.count_dictionary(view, war, unit=unit)
            found = measure.values.sum(), measure.exposure.sum()
            if unit == "token":
                assert found == (value, view.totals().sum())
            else:
                assert found == (value, exposure)


def test_coverage_counts_words_inside_hits():
    found = counted(
        ["The rule of law and a law."],
        {"law": ["rule of law"], "rule": ["law", "rule*"]},
        items="coverage",
    )
    assert found["words of the dictionary"].tolist() == [4]


def test_subsets_and_empty_articles():
    texts = ["war", "", "peace war war"]
    corpus = tokenized(*texts)
    war = {"war": ["war", "peace war"]}
    for unit in ("token", "sentence", "article"):
        whole = mk.count_dictionary(corpus, war, unit=unit)
        part = corpus.subset(np.array([False, True, True]))
        part = mk.count_dictionary(part, war, unit=unit)
        assert (part.values.toarray() == whole.values.toarray()[1:]).all()
        assert (part.exposure == whole.exposure[1:]).all()
        assert whole.exposure[1] == 0
    empty = corpus.subset(np.zeros(3, bool))
    assert mk.count_dictionary(empty, war).values.shape == (0, 1)


def test_few_and_many_hits_are_counted_alike(monkeypatch):
    corpus = mk.load_sample("strait")
    terms = mk.count_terms(corpus).items["item"].tolist()
    many = {"many": [literal(one) for one in terms[::7]]}
    few = {"few": many["many"][::50]}
    for dictionary in (many, few):
        found = [mk.count_dictionary(corpus, dictionary).values.toarray()]
        for cost in (0, 1 << 40):
            monkeypatch.setattr("mediakit.measure.dictionary_hits.PER_HIT", cost)
            found.append(mk.count_dictionary(corpus, dictionary).values.toarray())
        assert found[0].sum()
        assert all((one == found[0]).all() for one in found)


def test_as_patterns_count_where_nothing_overlaps():
    corpus = mk.load_sample("strait")
    named = {"sea": ["island*", "fishing boat*"], "talk": ["=Prime", "lemma:speak"]}
    ours, theirs = mk.count_dictionary(corpus, named), mk.count_patterns(corpus, named)
    assert ours.values.sum() > 100
    assert (ours.values != theirs.values).nnz == 0
    assert (ours.exposure == theirs.exposure).all()


def test_a_cluster_counts_the_same(client):
    corpus = mk.load_sample("strait")
    frames = {"war": ["war*", "coast guard"], "money": ["price*", "trade"]}
    alone = mk.count_dictionary(corpus, frames, unit="sentence")
    with mk.use(client):
        there = mk.count_dictionary(corpus, frames, unit="sentence")
        assert (alone.values != there.values).nnz == 0


def test_counts_only_answers_words_and_says_so():
    corpus = mk.load_sample("democracy")
    words = {"law": ["law*", "court*"], "order": ["rule of law", "=US", "order"]}
    with pytest.warns(MediakitWarning, match="2 entries of 5 ask for the order"):
        found = mk.count_dictionary(corpus, words)
    patterns = mk.count_patterns(
        corpus, {"law": ["law*", "court*"], "order": ["order"]}
    )
    assert (found.values != patterns.values).nnz == 0
    with pytest.raises(MediakitError, match="use unit='token'"):
        mk.count_dictionary(corpus, words, unit="sentence")
    with pytest.raises(MediakitError, match="all entries of 'dictionary' ask"):
        mk.count_dictionary(corpus, {"order": ["rule of law"]})


def test_errors_and_warnings_name_what_is_wrong():
    corpus = tokenized("war and peace")
    for options, message in (
        ({"unit": "word"}, "`unit` must be one of"),
        ({"items": "words"}, "`items` must be one of"),
    ):
        with pytest.raises(MediakitError, match=message):
            mk.count_dictionary(corpus, {"war": ["war"]}, **options)
    with pytest.raises(MediakitError, match="read_dictionary"):
        mk.count_dictionary(corpus, ["war"])
    with pytest.warns(MediakitWarning, match=r"categories \['sea'\] is in the corpus"):
        found = mk.count_dictionary(corpus, {"war": ["war", "wars"], "sea": ["ship"]})
    assert found.provenance["never_matched"] == ["wars", "ship"]
    assert found.values.toarray().tolist() == [[1, 0]]


def test_thousands_of_wildcards_on_real_news(shared):
    articles = pd.read_csv(shared / "data" / "tass" / "politics_20.csv")
    corpus = tokenized(*articles["content"])
    terms = [t for t in mk.count_terms(corpus).items["item"] if t.isalpha()]
    many = {f"c{n}": sorted({f"{t[:5]}*" for t in terms[n::7]}) for n in range(7)}
    found = mk.count_dictionary(corpus, many)
    assert sum(map(len, many.values())) > 1_000
    assert (found.values != mk.count_patterns(corpus, many).values).nnz == 0
