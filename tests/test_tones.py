import matplotlib.pyplot as plt
import pandas as pd
import pytest
from articles import articles_of, corpus_of
from matplotlib.colors import to_hex

import mediakit as mk
from mediakit.infer.tones import disagreement

FAILURES = {  # of reference figures for both libraries: what a name alone scores
    "The United Nations met on Tuesday.": (0.4215, 0.0),
    "The Communist Party of China met on Tuesday.": (0.4019, 0.0),
    "Great Britain and the United States signed the treaty.": (0.7845, 0.8),
    "The Great Wall is in China": (0.6249, 0.8),
}
KIND = {"positive": ["kind"], "negative": ["cruel"]}
LOUD = {"positive": ["united", "cruel"], "negative": ["kind"]}


def lists(name, categories):
    rows = [(c, p) for c, patterns in categories.items() for p in patterns]
    return mk.Dictionary(name, pd.DataFrame(rows, columns=["category", "pattern"]))


def two_sides(a, b, size=12):
    texts = [a, b, f"{a} {a} Kind, cruel.", f"{b} {b} Kind, cruel."]
    return corpus_of(texts * size, outlet=["A", "B"] * 2 * size)


def compared(corpus, *methods, without=()):
    return mk.compare_tones(
        corpus, by="outlet", a="A", b="B", methods=methods, without=without
    )


@pytest.mark.parametrize("text", FAILURES)
def test_names_alone_score_and_masked_they_do_not(text):
    corpus = mk.mark_names(corpus_of([text]))
    for method, score in zip(("vader", "textblob"), FAILURES[text], strict=True):
        options = {"method": method, "unit": "every sentence"}
        whole = mk.score_sentiment(corpus, **options)
        masked = mk.score_sentiment(corpus.without("name"), **options)
        assert whole.values.toarray()[0, 0] == pytest.approx(score, abs=1e-9)
        assert masked.values.toarray()[0, 0] == 0


def test_each_instrument_and_mask_is_an_item_with_its_own_exposure():
    corpus = corpus_of(["The United Nations met. It was a good day. It rained."])
    tones = mk.score_tones(corpus)
    assert tones.items["item"].tolist() == [
        "vader",
        "vader, without name",
        "textblob",
        "textblob, without name",
    ]
    assert tones.items["concept"].tolist() == ["vader"] * 2 + ["textblob"] * 2
    assert tones.exposure.tolist() == [[2, 1, 1, 1, 3, 3]]


def test_items_are_those_of_score_sentiment():
    corpus = mk.mark_names(corpus_of(["The United Nations met. A good day.", "Bad."]))
    tones = mk.score_tones(corpus, methods=["vader", lists("mine", KIND)])
    views = corpus, corpus.without("name")
    alone = [mk.score_sentiment(view, method="vader") for view in views]
    for place, measure in enumerate(alone):
        column = tones.values.toarray()[:, place]
        assert column == pytest.approx(measure.values.toarray()[:, 0])
        assert (tones.exposure[:, place] == measure.exposure[:, 0]).all()


def test_planted_disagreement_is_said_first():
    corpus = two_sides("A kind day.", "A cruel day.")
    table = compared(corpus, lists("kind", KIND), lists("loud", LOUD))
    assert table["direction"].tolist() == ["a", "b"]
    first = table.attrs["mediakit"]["notes"][0]
    said = "the instruments disagree on the direction; higher in A: kind; higher in B: "
    assert first == said + "loud"
    assert mk.describe(mk.plot_tones(table)).lower().startswith(first.lower())


def test_masking_shows_what_a_name_made():
    corpus = two_sides("The United Nations had a fine day.", "It had a fine day.")
    table = compared(corpus, lists("loud", LOUD), without="name")
    assert table["without"].tolist() == ["", "name"]
    assert table["rate_a"].tolist() == [3 / 4, 0]
    assert table["coverage_a"].tolist() == [1, 1 / 4]
    assert table["coverage_b"].tolist() == [1 / 4, 1 / 4]
    assert table["direction"].tolist() == ["a", "not tested"]


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        (("a", "b"), "the instruments disagree on the direction; higher in X: i0; "),
        (("a", "unclear"), "the instruments do not agree; higher in X: i0; no clear"),
        (("b", "b"), "all 2 agree: the tone is higher in Y (i0, i1)"),
        (("a",), "the only instrument says: the tone is higher in X (i0)"),
        (("unclear", "not tested"), "no instrument finds a clear difference; no clear"),
    ],
)
def test_the_first_line_for_every_outcome(ways, said):
    items = [f"i{number}" for number in range(len(ways))]
    table = pd.DataFrame({"item": items, "direction": ways})
    assert disagreement(table, {"a": "X", "b": "Y"}).startswith(said)


def test_rows_are_those_of_compare():
    corpus = two_sides("A kind day. A cruel day. Kind.", "A cruel day. Kind.")
    one, other = lists("kind", KIND), lists("loud", LOUD)
    table = compared(corpus, one, other)
    alone = mk.compare(
        mk.score_sentiment(corpus, method=one), by="outlet", a="A", b="B"
    )
    for column in ("rate_a", "rate_b", "difference"):
        assert table[column][0] == pytest.approx(alone[column][0])
    assert table["item"].tolist() == ["kind", "loud"]


def test_the_plot_shows_every_row_and_no_verdict_by_colour():
    corpus = two_sides("A kind day. Cruel.", "A cruel day.")
    table = compared(corpus, lists("kind", KIND), lists("loud", LOUD))
    ax = mk.plot_tones(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["kind", "loud"]
    marks = [line for line in ax.lines if line.get_marker() not in ("None", None)]
    at = [line.get_xdata()[0] for line in marks]
    ends = table[["low", "high"]].abs().max(axis=1)
    assert at == pytest.approx((table["difference"] / ends).tolist())
    colours = {to_hex(line.get_color()) for line in marks}
    assert not colours & {"#ff0000", "#008000"}
    plt.close("all")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"methods": ["vader", "vader"]}, "each once"),
        ({"methods": []}, "one or several"),
        ({"methods": ["moods"]}, "must be one of"),
        ({"without": "actor"}, "Mark it first"),
    ],
)
def test_errors_say_what_to_do(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_tones(corpus_of(["A b."]), **options)


def test_other_tables_are_refused():
    corpus = two_sides("A kind day.", "A cruel day.")
    tone = mk.score_sentiment(corpus, method=KIND)
    with pytest.raises(mk.MediakitError, match="direction"):
        mk.plot_tones(mk.compare(tone, by="outlet", a="A", b="B"))


def test_empty_in_empty_out():
    assert mk.score_tones(mk.tokenize(articles_of([]))).values.shape == (0, 4)


def test_of_a_corpus_of_counts_the_stored_scores_are_returned():
    news = mk.load_sample("democracy")
    stored = news.measures["tones"]
    tones = mk.score_tones(news)
    assert tones.items.equals(stored.items)
    assert (tones.values != stored.values).nnz == 0
    some = mk.score_tones(news, methods=["textblob"], without=())
    assert some.items["item"].tolist() == ["textblob"]
    sides = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    table = mk.compare_tones(news, methods=["textblob"], **sides)
    assert table["item"].tolist() == ["textblob", "textblob, without name"]
    assert table.attrs["mediakit"]["parameters"]["methods"] == ["textblob"]
    whole = mk.compare(stored, **sides).set_index("item")
    for row in table.itertuples():
        assert row.difference == pytest.approx(whole.loc[row.item, "difference"])
    half = mk.summarise(stored.subset(news.metadata["outlet"] == "China Daily"))
    read = half.attrs["mediakit"]["coverage"]["textblob, without name"]
    assert table["coverage_a"].iloc[1] == pytest.approx(read)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"without": ["quotation"]}, r"'vader, without quotation'.* need the texts"),
        ({"methods": ["vader_corrected"]}, "of tone these scores: .'vader'"),
    ],
)
def test_scores_that_were_not_stored_are_not_made_up(options, message):
    with pytest.raises(mk.MediakitError, match=message):
        mk.score_tones(mk.load_sample("democracy"), **options)
