"""derive and open_derived: what is published, what is withheld, what is refused."""

import json

import numpy as np
import pandas as pd
import pytest
from derive_cases import WORDS, hashes, make_articles, make_corpus

import mediakit as mk
from mediakit.share.derive import derive
from mediakit.text.derived import INDEX


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(make_articles())


@pytest.fixture
def derived(corpus, tmp_path):
    derive(corpus, tmp_path / "news")
    return tmp_path / "news"


def test_counts_and_totals_are_those_of_the_corpus(corpus, derived):
    opened = mk.open_corpus(derived)
    assert opened.counts_only
    assert opened.bag == "article"
    ours = mk.count_terms(opened)
    all_words = mk.count_terms(corpus).only_items(ours.items["item"].tolist())
    place = [
        corpus.metadata["published"].tolist().index(day)
        for day in opened.metadata["published"]
    ]
    assert ours.items["item"].tolist() == sorted(WORDS)
    assert (ours.values != all_words.values[place]).nnz == 0
    assert ours.exposure[:, 0].tolist() == [81.0] * 40
    assert opened.metadata["outlet"].tolist() == ["East"] * 20 + ["West"] * 20


def test_verbs_give_the_same_numbers_as_on_the_texts(corpus, derived):
    sides = {"by": "outlet", "a": "East", "b": "West"}
    ours = mk.compare(mk.count_terms(mk.open_corpus(derived)), **sides)
    theirs = mk.compare(mk.count_terms(corpus, min_articles=10), **sides)
    columns = ["item", "value_a", "rate_b", "log_ratio", "low", "high", "p", "q"]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns])


def test_no_title_no_text_no_rare_word_is_written(derived):
    for path in derived.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert b"eadline" not in content, path.name
            assert b"rare" not in content.replace(b"rare words", b""), path.name
    columns = pd.read_csv(derived / "articles.csv", nrows=0).columns
    assert {"title", "text", "url", "author"}.isdisjoint(columns)


def test_the_same_input_gives_the_same_bytes_in_any_order(corpus, derived, tmp_path):
    table = make_articles()
    for number, again in enumerate([table, table.iloc[::-1]]):
        derive(make_corpus(again), tmp_path / str(number) / "news")
        assert hashes(tmp_path / str(number) / "news") == hashes(derived)


def test_what_was_withheld_is_reported(tmp_path):
    table = make_articles(44)
    table.loc[0, "text"] = "too short"
    table.loc[1, "text"] = ""
    table.loc[43, "text"] = table.loc[41, "text"]
    report = derive(make_corpus(table), tmp_path / "news").set_index("outlet")
    columns = ["articles", "empty", "repeat", "short", "kept", "rows", "pooled"]
    assert report.loc["West", columns].tolist() == [22, 0, 0, 1, 21, 21, 21]
    assert report.loc["East", columns].tolist() == [22, 1, 1, 0, 20, 20, 20]
    package = json.loads((tmp_path / "news" / INDEX).read_text())
    assert package["mediakit"]["articles"] == report.reset_index().to_dict("records")
    card = (tmp_path / "news" / "README.md").read_text()
    assert "| West | 22 | 0 | 0 | 0 | 1 | 0 | 21 | 21 | 1,701 | 21 |" in card


def test_forty_nine_words_are_too_few_and_fifty_are_enough(tmp_path):
    for words, short in ((48, 1), (49, 0)):
        table = make_articles(31)
        table.loc[0, "text"] = " ".join(table.loc[0, "text"].split()[:words] + ["rare"])
        report = derive(make_corpus(table), tmp_path / str(words))
        assert report["short"].sum() == short


def test_nine_articles_are_too_few_for_a_word_and_ten_are_enough(tmp_path):
    for articles in (9, 10):
        table = make_articles(30)
        table.loc[: articles - 1, "text"] += " umbrella"
        derive(make_corpus(table), tmp_path / str(articles))
        words = mk.open_corpus(tmp_path / str(articles)).vocabulary.to_pylist()
        assert ("umbrella" in words) == (articles == 10)


def test_addresses_are_never_listed(tmp_path):
    table = make_articles(30)
    table["text"] += " jane@paper.example https://paper.example/a-b-c @jane umbrella"
    derive(make_corpus(table), tmp_path / "news")
    words = mk.open_corpus(tmp_path / "news").vocabulary.to_pylist()
    assert set(words) == {*WORDS, "umbrella"}


def test_measures_are_summed_and_stay_with_their_rows(tmp_path):
    table = make_articles()
    table["text"] = '"' + table["text"].str.replace("word7", 'word7" he said', n=1)
    corpus = mk.mark_quotations(make_corpus(table))
    quoted = mk.as_measure(
        corpus.metadata.assign(q=corpus.only("quotation").totals(), n=corpus.totals()),
        value="q",
        exposure="n",
        kind="share",
    )
    derive(corpus, tmp_path / "news", measures={"quotation": quoted})
    stored = mk.open_corpus(tmp_path / "news").measures["quotation"]
    expected = dict(
        zip(quoted.articles["published"], quoted.values.toarray()[:, 0], strict=True)
    )
    assert len(set(expected.values())) > 5
    found = dict(
        zip(stored.articles["published"], stored.values.toarray()[:, 0], strict=True)
    )
    assert found == expected
    few = quoted.subset(np.arange(40) < 3)
    with pytest.raises(mk.MediakitError, match="has 3 rows, the corpus 40"):
        derive(corpus, tmp_path / "other", measures={"quotation": few})


def test_a_derived_corpus_cannot_be_derived_again(derived, tmp_path):
    with pytest.raises(mk.MediakitError, match="needs the order of words"):
        derive(mk.open_corpus(derived), tmp_path / "again")


def test_nothing_left_says_why(tmp_path):
    with pytest.raises(mk.MediakitError, match="nothing is left to derive: 2 short"):
        derive(make_corpus(make_articles(2, words=3)), tmp_path / "news")
    assert not (tmp_path / "news").exists()


def test_unknown_columns_and_bags_are_named(corpus, tmp_path):
    with pytest.raises(mk.MediakitError, match=r"lacks the columns \['desk'\]"):
        derive(corpus, tmp_path / "news", by=["desk"])
    with pytest.raises(mk.MediakitError, match="`bag` must be one of"):
        derive(corpus, tmp_path / "news", bag="basket")


def test_a_strange_folder_is_not_replaced(corpus, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    with pytest.raises(mk.MediakitError, match="choose another folder"):
        derive(corpus, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "mine"
