import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.infer.tone_words import OTHERS

WEIGHTS = {"good": 2.0, "bad": -3.0, "awful": -1.0}
WORDS = mk.Dictionary(
    "list",
    pd.DataFrame(
        {"category": "v", "pattern": list(WEIGHTS), "weight": list(WEIGHTS.values())}
    ),
    negators=("not",),
    turn=-0.5,
)


def explained(corpus, method=WORDS, **options):
    return mk.explain_tone(corpus, by="outlet", a="A", b="B", method=method, **options)


def test_a_worked_example():
    texts = ["Good day. It is not bad.", "Bad, bad day. It rains."]
    table = explained(corpus_of(texts, outlet=["A", "B"])).set_index("item")
    assert table.loc["bad", ["hits_a", "hits_b"]].tolist() == [1, 2]
    assert table.loc["bad", ["valence_a", "valence_b"]].tolist() == [1.5, -3]
    assert table.loc["bad", ["rate_a", "rate_b"]].tolist() == [1.5 / 2, -6]
    assert table.loc["good", "difference"] == 1
    assert np.isnan(table.loc["good", "valence_b"])
    assert table.loc["bad", ["articles_a", "articles_b"]].tolist() == [1, 1]
    assert table.index.tolist() == ["bad", "good"]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from([*WEIGHTS, "not", "day."]), max_size=8),
        min_size=2,
        max_size=6,
    )
)
def test_contributions_sum_to_the_difference(texts):
    texts = [" ".join(["Good", *words]) for words in texts]
    outlets = ["A" if place % 2 else "B" for place in range(len(texts))]
    table = explained(corpus_of(texts, outlet=outlets), top=1)
    record = table.attrs["mediakit"]
    for name, whole in (("rate_a", "mean_a"), ("rate_b", "mean_b")):
        assert table[name].sum() == pytest.approx(record[whole], abs=1e-9)
    assert table["difference"].sum() == pytest.approx(record["difference"], abs=1e-9)


@pytest.mark.parametrize("method", ["vader", "textblob", "vader_corrected"])
def test_so_they_do_for_the_libraries(method):
    corpus = mk.load_sample("strait")
    corpus = corpus.subset(np.arange(len(corpus)) < 60)
    names = corpus.metadata["outlet"].unique()
    options = {"by": "outlet", "a": names[0], "b": "rest", "method": method}
    table = mk.explain_tone(corpus, **options, top=None)
    record = table.attrs["mediakit"]
    assert len(table) > 50
    assert table["difference"].sum() == pytest.approx(record["difference"], abs=1e-9)
    tone = mk.score_sentiment(corpus, method=method)
    alone = mk.compare(tone, by="outlet", a=names[0], b="rest").set_index("item")
    assert record["difference"] == pytest.approx(alone["difference"][record["item"]])


def test_masked_names_have_no_say():
    texts = ["The United Nations met. A good day.", "A good day."]
    corpus = mk.mark_names(corpus_of(texts, outlet=["A", "B"]))
    assert "united" in set(explained(corpus, "vader")["item"])
    masked = explained(corpus.without("name"), "vader")
    assert masked["item"].tolist() == ["good"]
    assert masked["difference"].tolist() == [0]


def test_shards_do_not_matter(monkeypatch):
    articles = mk.load_sample("strait").articles.iloc[:45]
    names = articles["outlet"].unique()
    options = {"by": "outlet", "a": names[0], "method": WORDS, "top": None}
    whole = mk.explain_tone(mk.tokenize(articles), **options)
    monkeypatch.setattr("mediakit.text.tokenize.SHARD_ARTICLES", 20)
    cut = mk.explain_tone(mk.tokenize(articles), **options)
    pd.testing.assert_frame_equal(whole, cut)


def test_the_plot_draws_each_word_and_says_the_rest():
    texts = ["Good, bad and awful day.", "Bad, awful day."]
    table = explained(corpus_of(texts, outlet=["A", "B"]), top=2)
    assert table["item"].tolist()[-1] == OTHERS
    ax = mk.plot_tone_words(table)
    widths = [bar.get_width() for bar in ax.patches]
    assert widths == pytest.approx(table["difference"].tolist()[:2])
    assert "other words add" in mk.describe(ax)
    assert mk.describe(table) == mk.describe(ax)
    plt.close("all")


def test_the_table_is_shown_in_words_beside_the_plot():
    texts = ["Good day. It is not bad.", "Bad, bad day. It rains."]
    table = explained(corpus_of(texts, outlet=["A", "B"]))
    plain = mk.in_plain_words(table)
    assert plain.iloc[0].tolist() == ["bad", "1", "2", "+1.5", "-3", "+6.75"]
    assert plain.iloc[1].tolist() == ["good", "1", "0", "+2", "", "+1"]
    figure = mk.show_figure(mk.plot_tone_words(table), name="words")
    assert "weight in A" in figure.page
    assert "weight in A" in mk.show_table(table, name="words").page


def test_long_names_of_sides_leave_the_rows_their_room():
    long = ["A" + " very" * 30, "B" + " most" * 30]
    texts = ["Good day. It is not bad. Awful.", "Bad, bad day. It rains."]
    corpus = corpus_of(texts, outlet=long)
    table = mk.explain_tone(corpus, by="outlet", a=long[0], b=long[1], method=WORDS)
    attrs = table.attrs
    table = pd.concat([table] * 5, ignore_index=True)
    table.attrs = attrs
    ax = mk.plot_tone_words(table)
    ax.figure.draw_without_rendering()
    inches = ax.get_window_extent().height / ax.figure.dpi
    assert inches > 0.25 * len(table)


def test_negative_words_are_hatched():
    texts = ["Good day.", "Bad day."]
    ax = mk.plot_tone_words(explained(corpus_of(texts, outlet=["A", "B"])))
    labels = [label.get_text() for label in ax.get_yticklabels()]
    hatched = {
        label: bool(bar.get_hatch())
        for label, bar in zip(labels, ax.patches, strict=True)
    }
    assert hatched == {"bad": True, "good": False}
    plt.close("all")


def test_without_a_word_that_votes_the_table_is_empty():
    corpus = corpus_of(["It rains.", "It snows."], outlet=["A", "B"])
    table = explained(corpus)
    assert table.empty
    assert list(table)[:3] == ["item", "hits_a", "hits_b"]
    assert "no word voted" in mk.plot_tone_words(table).texts[0].get_text()
    plt.close("all")


def test_errors_say_what_to_do():
    corpus = corpus_of(["Good.", "Bad."], outlet=["A", "B"])
    with pytest.raises(mk.MediakitError, match="`top`"):
        explained(corpus, top=0)
    tone = mk.score_sentiment(corpus, method=WORDS)
    with pytest.raises(mk.MediakitError, match="made by explain_tone"):
        mk.plot_tone_words(mk.compare(tone, by="outlet", a="A", b="B"))
    with pytest.raises(mk.MediakitError, match="explain_tone"):
        mk.explain(tone)
