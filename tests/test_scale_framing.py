"""Voices and harm are the same however the articles are cut, and whoever reads them."""

import numpy as np
import pandas as pd
import pytest

import mediakit as mk
from mediakit.measure.kept import KEPT
from mediakit.text import tokenize as tokenizing

LANDS = {"Kelmar": ["Kelmar", "Kelmari"], "Halvane": ["Halvane", "Halvan"]}
COUNTS = {
    **{
        f"voices: {of}": lambda c, of=of: mk.count_voices(
            c, of=of, home="land", actors=LANDS
        )
        for of in ("words", "verbs", "speakers")
    },
    **{
        f"agency: {per}": lambda c, per=per: mk.count_agency(c, per=per, actors=LANDS)
        for per in (None, "agent", "target")
    },
}
TABLES = {
    "quotations": lambda c: mk.find_quotations(c, home="land", actors=LANDS),
    "agency": lambda c: mk.find_agency(c, actors=LANDS),
}


@pytest.fixture(scope="module")
def articles():
    strait = mk.load_sample("strait")
    few = strait.subset(np.arange(len(strait)) % 40 == 7)
    land = np.where(np.arange(len(few)) % 2 == 0, "Kelmar", "Halvane")
    return few.articles.drop(columns="constructed").assign(land=land)


def cut(articles, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokenizing, "SHARD_ARTICLES", size)
        return mk.mark_quotations(mk.tokenize(articles))


def found(corpus):
    own = corpus.without("quotation")
    measures = {name: count(corpus) for name, count in COUNTS.items()}
    measures["own: agency"] = mk.count_agency(own)
    return (
        {name: find(corpus) for name, find in TABLES.items()},
        {
            name: (
                m.items.to_dict("list"),
                m.denominators,
                m.values.toarray().tolist(),
                m.exposure.tolist(),
                mk.summarise(m, by="outlet").to_dict("list"),
            )
            for name, m in measures.items()
        },
    )


def assert_same(one, other):
    for name, table in one[0].items():
        pd.testing.assert_frame_equal(other[0][name], table, obj=name)
    for name, figures in one[1].items():
        assert repr(other[1][name]) == repr(figures), name


@pytest.fixture(scope="module")
def known(articles):
    with mk.use(1):
        corpus = cut(articles, 10_000)
        assert len(corpus.parts) == 1
        return found(corpus)


@pytest.mark.parametrize("size", [1, 5, 13])
def test_cuts_and_threads_change_nothing(articles, known, size):
    with mk.use(2):
        assert_same(found(cut(articles, size)), known)


def test_a_cluster_changes_nothing(articles, known, client):
    with mk.use(client):
        assert_same(found(cut(articles, 9)), known)


def test_nothing_is_kept_and_nothing_changes(articles, known, monkeypatch):
    monkeypatch.setattr("mediakit.measure.kept.KEPT_BYTES", 0)
    assert_same(found(cut(articles, 9)), known)


def test_texts_are_read_once_and_forgotten_with_their_measure(articles, monkeypatch):
    read = []
    rule = mk.measure.heard.voices_of
    monkeypatch.setattr(
        "mediakit.measure.heard.voices_of",
        lambda piece, *rest: read.append(piece) or rule(piece, *rest),
    )
    corpus = cut(articles, 9)
    before = KEPT.bytes
    voices = mk.count_voices(corpus)
    mk.summarise(voices, by="outlet")
    mk.summarise(voices, by="outlet", cluster="week")
    assert len(read) == len(corpus.parts)
    assert KEPT.bytes > before
    del voices
    assert KEPT.bytes == before


def test_agency_of_all_is_read_when_asked_for(articles, monkeypatch):
    read = []
    monkeypatch.setattr(
        "mediakit.measure.agency.mentions_of", lambda *rest: read.append(rest) or []
    )
    forms = mk.count_agency(cut(articles, 9))
    assert not read
    assert forms.values.sum() == 0
    assert read
