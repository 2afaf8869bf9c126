"""Labels of a model of one's own, with a function in its place."""

from types import SimpleNamespace

import pandas as pd
import pytest
from articles import corpus_of

import mediakit as mk
from mediakit.show.validity import NOT_VALIDATED

LABELS = {"good": "POSITIVE", "bad": "Negative"}


class Pipeline:
    """Labels like a model, and remembers what it was given."""

    def __init__(self):
        self.given = []

    def __call__(self, texts):
        self.given.append(list(texts))
        return [{"label": self._label(text), "score": 0.8} for text in texts]

    def _label(self, text):
        found = [name for word, name in LABELS.items() if word in text]
        return found[0] if found else "neutral"


def test_sums_over_sentences_and_each_sentence_once():
    texts = ["A good day. A bad day. It rained.", "A good day. Good.", ""]
    model = Pipeline()
    tone = mk.score_labels(corpus_of(texts), model, batch=2)
    assert tone.values.toarray()[:, 0].tolist() == [0, 1, 0]
    assert tone.exposure[:, 0].tolist() == [3, 2, 0]
    given = [text for some in model.given for text in some]
    assert sorted(given) == ["A bad day.", "A good day.", "Good.", "It rained."]
    assert max(map(len, model.given)) == 2
    assert tone.provenance["model"] == "Pipeline"
    assert tone.kind == "mean"


def test_views_choose_whole_sentences():
    corpus = corpus_of(["China had a good day. Japan had a bad day.", "bad"])
    about = mk.mark_about(corpus, "China").only("about China")
    tone = mk.score_labels(about, Pipeline())
    assert tone.values.toarray()[:, 0].tolist() == [1, 0]
    assert tone.exposure[:, 0].tolist() == [1, 0]
    some = mk.score_labels(corpus.subset([False, True]), Pipeline())
    assert some.values.toarray().tolist() == [[-1]]


def test_all_scores_the_highest_counts():
    def pipeline(texts):
        both = [{"label": "x", "score": 0.2}, {"label": "y", "score": 0.8}]
        return [both for _ in texts]

    tone = mk.score_labels(corpus_of(["Rain."]), pipeline, values={"x": 1, "Y": 5})
    assert tone.values.toarray().tolist() == [[5]]


def test_every_verb_and_caption_applies():
    texts = ["A good day.", "A bad day. It rained."] * 12
    corpus = corpus_of(texts, outlet=["A", "B"] * 12)
    tone = mk.score_labels(corpus, Pipeline(), model="a model")
    table = mk.compare(tone, by="outlet", a="A", b="B")
    assert table["difference"].tolist() == [1.5]
    assert NOT_VALIDATED in mk.describe(table)
    assert "a model of the user's own: a model" in mk.methods_text(table)
    again = mk.score_labels(corpus.subset([False] * 24), Pipeline())
    assert again.values.shape == (0, 1)


@pytest.mark.parametrize(
    ("pipeline", "options", "message"),
    [
        ("model", {}, "`pipeline` must be a function"),
        (lambda texts: "no", {}, "must return a dict with label and score"),
        (lambda texts: [{"score": 1}], {}, "must return a dict with label and score"),
        (lambda texts: [], {}, "was given 1 texts and returned 0 labels"),
        (lambda texts: [{"label": "LABEL_1"}], {}, r"labels \['LABEL_1'\] are not in"),
        (Pipeline(), {"values": {"a": "b"}}, "`values` must map labels to numbers"),
        (Pipeline(), {"values": [1]}, "`values` must map labels to numbers"),
        (Pipeline(), {"batch": 0}, "`batch` must be"),
    ],
)
def test_errors(pipeline, options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_labels(corpus_of(["Rain."]), pipeline, **options)


def test_rows_that_share_an_article_are_warned_of():
    labels = pd.DataFrame({"article_id": ["a", "a", "b"], "tone": [1, -1, 0], "n": 1})
    with pytest.warns(mk.MediakitWarning, match="2 rows share their article_id"):
        mk.as_measure(labels, value="tone", exposure="n", kind="mean")


def test_a_model_in_a_folder_is_called_by_its_last_name(tmp_path):
    def pipeline(texts):
        return [{"label": "neutral", "score": 1.0} for _ in texts]

    for name, said in ((str(tmp_path / "mine"), "mine"), ("who/model", "who/model")):
        (tmp_path / "mine").mkdir(exist_ok=True)
        pipeline.model = SimpleNamespace(name_or_path=name)
        tone = mk.score_labels(corpus_of(["Rain."]), pipeline)
        assert tone.provenance["model"] == said
