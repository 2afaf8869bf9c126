"""Languages found in texts: planted ones, what is too short, and KCNA's Spanish."""

import re
import sys

import pandas as pd
import pytest
from articles import articles_of

import mediakit as mk
from mediakit.clean import languages

WRITTEN = {
    "en": "The ferry was late again, and nobody on the quay could say why it was so.",
    "es": "El barco llegó tarde otra vez y nadie en el muelle sabía decir por qué.",
    "de": "Die Fähre kam wieder zu spät, und niemand am Kai konnte sagen, warum.",
    "fr": "Le bac est encore arrivé en retard et personne sur le quai ne savait rien.",
    "ru": "Паром снова опоздал, и никто на пристани не мог сказать, почему это так.",
    "zh": "渡轮又晚点了,码头上没有人能说出原因,旅客们只好继续等待下一班船的到来。",
}
ENGLISH = re.compile(r"\b(?:the|of|and|was|with|by)\b", re.IGNORECASE)
SPANISH = re.compile(r"\b(?:de|la|el|los|las|del|en|y|que|por)\b", re.IGNORECASE)


def test_languages_are_found():
    labelled = mk.label_languages(articles_of(list(WRITTEN.values())))
    assert labelled["language_found"].tolist() == list(WRITTEN)
    assert labelled["language_sure"].between(0.5, 1).all()


def test_only_columns_are_added_and_the_input_stays():
    articles = articles_of(list(WRITTEN.values()), mine=range(6))
    articles.index = [3, 3, 1, 0, 5, 9]
    before = articles.copy(deep=True)
    labelled = mk.label_languages(articles)
    pd.testing.assert_frame_equal(articles, before)
    pd.testing.assert_frame_equal(labelled[articles.columns], articles)
    assert list(labelled.columns[-2:]) == ["language_found", "language_sure"]


def test_the_title_is_read_where_there_is_no_text():
    articles = articles_of(["", None, WRITTEN["en"]], titles=WRITTEN["es"])
    found = mk.label_languages(articles)["language_found"]
    assert found.tolist() == ["es", "es", "en"]


@pytest.mark.parametrize(
    "text", ["", None, "Hello", "  \n ", "1,204 3,511 9.99 " * 40, "\x00<b>&", "!" * 99]
)
def test_nothing_is_said_of_what_holds_no_language(text):
    labelled = mk.label_languages(articles_of([text]))
    assert labelled[["language_found", "language_sure"]].isna().all(axis=None)


def test_least_counts_letters():
    articles = articles_of(["El barco llegó tarde"])
    letters = 17
    found = [
        mk.label_languages(articles, least=least)["language_found"].notna().item()
        for least in (letters, letters + 1)
    ]
    assert found == [True, False]


def test_only_the_start_is_read():
    text = WRITTEN["en"] * 20 + WRITTEN["es"] * 100
    assert mk.label_languages(articles_of([text]))["language_found"].item() == "en"


def test_empty_in_empty_out():
    full = mk.label_languages(articles_of(["x"]))
    empty = mk.label_languages(articles_of(["x"]).head(0))
    assert len(empty) == 0
    assert empty.dtypes.equals(full.dtypes)


@pytest.mark.parametrize("least", [0, -3, 2.5, "many", True, None])
def test_least_must_be_a_positive_number(least):
    with pytest.raises(mk.MediakitError, match="`least` must be a positive"):
        mk.label_languages(articles_of(["x"]), least=least)


def test_labels_are_not_replaced():
    labelled = mk.label_languages(articles_of(["x"]))
    with pytest.raises(mk.MediakitError, match="drop those columns"):
        mk.label_languages(labelled)


def test_a_missing_package_is_named_with_the_line_that_installs_it(monkeypatch):
    languages._identifier.cache_clear()
    monkeypatch.setitem(sys.modules, "py3langid", None)
    monkeypatch.setitem(sys.modules, "py3langid.langid", None)
    with pytest.raises(mk.MediakitError, match=r'pip install "mediakit\[web\]"'):
        mk.label_languages(articles_of(["x"]))


def test_kcna_spanish_stories_are_found(shared):
    """The address marks Spanish stories, but not all: words say which are."""
    path = shared / "data" / "kcna" / "kcna_stories_2011_2012.csv.gz"
    if not path.is_file():
        pytest.skip("the stories of KCNA are not on this machine")
    stories = pd.read_csv(path).dropna(subset="story").iloc[::4]
    found = mk.label_languages(articles_of(stories["story"].to_numpy()))
    spanish = (found["language_found"] == "es").to_numpy()
    marked = (stories["language"] == "es").to_numpy()
    assert marked.sum() > 400
    assert (spanish & marked).sum() / marked.sum() > 0.99
    english_words, spanish_words = (
        stories["story"].str.count(words).to_numpy() for words in (ENGLISH, SPANISH)
    )
    by_words = spanish_words > english_words
    assert (by_words & spanish).sum() / spanish.sum() > 0.99
    assert (by_words & spanish).sum() / by_words.sum() > 0.99
