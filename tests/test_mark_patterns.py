import numpy as np
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.text import tokenize as tokenizing

TEXTS = ["The civil war. War!", "peace", "A war of words: no war, no civil peace."]


@pytest.fixture
def corpus(monkeypatch):
    monkeypatch.setattr(tokenizing, "SHARD_ARTICLES", 2)
    return corpus_of(TEXTS, titles="Civil war")


def test_the_layer_holds_the_words_that_are_counted(corpus):
    patterns = {"war": ["war", "civil war"], "peace": "civil peace"}
    marked = mk.mark_patterns(corpus, patterns, name="conflict")
    assert marked.only("conflict").totals().tolist() == [3, 0, 4]
    outside = marked.without("conflict")
    assert (outside.totals() + [3, 0, 4] == corpus.totals()).all()
    assert mk.count_patterns(outside, ["war", "civil"]).values.sum() == 0
    assert marked.only("title").only("conflict").totals().tolist() == [2, 2, 2]
    assert corpus.layers == []


def test_labels_are_the_names_of_the_items(corpus):
    patterns = {"war": ["war", "civil war"], "any": "civil *"}
    marked = mk.mark_patterns(corpus, patterns, name="conflict")
    layer = marked.parts[1].shard.layers["conflict"]
    assert layer.names == ("war", "any")
    names = [layer.names[label] for label in layer.labels]
    words = np.array(marked.parts[1].shard.vocabulary.to_pylist())
    spans = [
        " ".join(words[marked.parts[1].shard.ids[a:b]])
        for a, b in zip(layer.starts, layer.ends, strict=True)
    ]
    assert list(zip(spans, names, strict=True)) == [
        ("Civil war", "war"),
        ("Civil war", "any"),
        ("war", "war"),
        ("war", "war"),
        ("civil peace", "any"),
    ]


def test_passages_name_the_layer(corpus):
    marked = mk.mark_patterns(corpus, "civil war", name="conflict")
    found = mk.find_passages(marked, "war")
    assert found["layers"].tolist() == ["conflict", "", "", ""]


def test_the_view_and_the_rows_play_no_part(corpus):
    quoted = mk.mark_quotations(corpus_of(["“No war”, a war"]))
    marked = mk.mark_patterns(quoted.only("quotation"), "war", name="war")
    assert marked.view == quoted.only("quotation").view
    assert marked.only("war").totals().tolist() == [1]
    some = corpus.subset(np.array([False, False, True]))
    assert mk.mark_patterns(some, "war", name="war").only("war").totals() == [2]


def test_it_survives_saving(corpus, tmp_path):
    marked = mk.mark_patterns(corpus, {"a": "war", "b": "peace"}, name="both")
    marked.save(tmp_path / "corpus")
    opened = mk.open_corpus(tmp_path / "corpus")
    assert (
        opened.only("both").totals().tolist() == marked.only("both").totals().tolist()
    )
    assert opened.parts[0].shard.layers["both"].names == ("a", "b")


def test_errors_say_what_is_allowed(corpus):
    for name in ("title", "", 3, "war"):
        with pytest.raises(mk.MediakitError, match="must be a new name"):
            mk.mark_patterns(
                mk.mark_patterns(corpus, "war", name="war"), "peace", name=name
            )
    with pytest.raises(mk.MediakitError, match="order of words"):
        mk.mark_patterns(mk.load_sample("kcna"), "war", name="war")
