"""find_tones and plot_tone_strip: every sentence, every instrument, none by colour."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from articles import corpus_of
from matplotlib.colors import to_hex

import mediakit as mk
from mediakit.show.captions import drawn_on
from mediakit.show.style import COLOURS

TEXT = (
    "The Great Wall is long. It rained on Monday. A horrible war began. "
    "He was happy and proud."
)
SOLD = "It was good but horrible to see this."


@pytest.fixture(autouse=True)
def _closed():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def found():
    return mk.find_tones(corpus_of([TEXT]))


def said(ax):
    return " ".join(text.get_text() for text in ax.texts)


def test_each_method_has_every_sentence_in_order_with_its_number(found):
    assert found["method"].tolist() == ["vader"] * 4 + ["textblob"] * 4
    assert found["sentence"].tolist() == [1, 2, 3, 4] * 2
    alone = mk.find_tone(corpus_of([TEXT]), method="textblob")
    rest = found[found["method"] == "textblob"][alone.columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(rest, alone)


def test_numbers_begin_anew_in_every_article():
    several = mk.find_tones(corpus_of([TEXT, "One. Two bad days."]), methods=["vader"])
    assert several["sentence"].tolist() == [1, 2, 3, 4, 1, 2]


def test_an_empty_corpus_has_the_same_columns(found):
    none = corpus_of([TEXT]).subset(np.zeros(1, bool))
    assert mk.find_tones(none).columns.tolist() == found.columns.tolist()


@pytest.mark.parametrize("methods", [[], ["vader", "vader"], ["nobody"]])
def test_methods_are_known_and_each_once(methods):
    with pytest.raises(mk.MediakitError, match="method"):
        mk.find_tones(corpus_of([TEXT]), methods=methods)


def test_bars_are_the_scores_and_signs_have_a_form_of_their_own(found):
    ax = mk.plot_tone_strip(found)
    known = found[found["score"].fillna(0) != 0]
    drawn = sorted((round(b.get_x() + 0.4), b.get_height()) for b in ax.patches)
    expected = sorted(zip(known["sentence"], known["score"], strict=True))
    assert np.allclose(drawn, expected)
    for bar in ax.patches:
        down = bar.get_height() < 0
        assert bool(bar.get_hatch()) == down
        assert to_hex(bar.get_edgecolor()) == to_hex(COLOURS[int(down)])
    marks = {line.get_marker(): len(line.get_xdata()) for line in ax.lines}
    assert marks["x"] == int(found.query("method == 'textblob'")["score"].isna().sum())
    assert {"^", "v", "x"} <= set(marks)


def test_what_no_instrument_reads_is_a_cross_and_never_a_nought():
    ax = mk.plot_tone_strip(mk.find_tones(corpus_of(["It rained. It snowed."])))
    crosses = [line for line in ax.lines if line.get_marker() == "x"]
    assert [len(line.get_xdata()) for line in crosses] == [2, 2]
    assert not ax.patches
    assert "no mean\nreads 0 of 2" in said(ax)
    assert "highest" not in mk.describe(ax)


def test_a_mean_of_almost_nothing_has_no_sign(found):
    near = found.assign(score=[-0.001, -0.002, np.nan, np.nan] * 2)
    ax = mk.plot_tone_strip(near)
    assert "mean 0.00\nreads 2 of 4" in said(ax)
    told = [mk.describe(ax), *(spot.words for spot in drawn_on(ax).spots)]
    assert not any("-0.00" in one or "+0.00" in one for one in told)


def test_contradictions_come_first(found):
    flipped = found.copy()
    flipped.loc[6, "score"] = 0.4  # sentence 3 by TextBlob; VADER calls it negative
    ax = mk.plot_tone_strip(flipped)
    assert "contradict each other on 1 of 4 sentences (≠)" in said(ax)
    assert [text.get_position()[0] for text in ax.texts if text.get_text() == "≠"] == [
        3
    ]
    assert "Contradicted: 3." in mk.describe(ax)
    assert "contradict each other on 0 of 4 sentences." in said(
        mk.plot_tone_strip(found)
    )


def test_one_instrument_contradicts_nobody():
    ax = mk.plot_tone_strip(mk.find_tones(corpus_of([TEXT]), methods=["vader"]))
    assert "contradict" not in said(ax)


def test_pointing_shows_the_sentence_and_the_words_that_voted(found):
    ax = mk.plot_tone_strip(found)
    spots = drawn_on(ax).spots
    assert len(spots) == 8
    assert spots[2].words.startswith("Sentence 3, vader: -0.8")
    assert "A horrible war began." in spots[2].words
    assert "horrible" in spots[2].words.split("“")[0]
    assert "no known word" in spots[1].words


def test_constructed_articles_say_so():
    corpus = mk.load_sample("strait")
    one = corpus.subset(np.arange(len(corpus)) == 0)
    ax = mk.plot_tone_strip(mk.find_tones(one))
    assert "Constructed data" in said(ax)
    assert "Constructed data" in mk.describe(ax)


def test_one_article_is_shown_and_named_where_there_are_several():
    several = mk.find_tones(corpus_of([TEXT, SOLD]))
    with pytest.raises(mk.MediakitError, match="2 articles and a strip shows one"):
        mk.plot_tone_strip(several)
    with pytest.raises(mk.MediakitError, match="no article 'x'"):
        mk.plot_tone_strip(several, article="x")
    second = several["article_id"].unique()[1]
    ax = mk.plot_tone_strip(several, article=second)
    assert set(drawn_on(ax).table["article_id"]) == {second}
    with pytest.raises(mk.MediakitError, match="tone_strip"):
        mk.plot_tone_strip(several.drop(columns="method"))


def test_an_empty_table_gives_axes_with_a_sentence(found):
    ax = mk.plot_tone_strip(found.iloc[:0])
    assert "nothing to show" in ax.texts[0].get_text()
