"""derive: measures, layers, labels, addresses and tables that go with the counts."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from derive_cases import make_articles, make_corpus

import mediakit as mk
from mediakit.share.addresses import plain_address, spells_out, text_hash
from mediakit.share.differences import differences
from mediakit.share.stored import layer_measures
from mediakit.text.derived import INDEX

PHRASES = "runs_of_2_words"


@pytest.fixture(scope="module")
def corpus():
    table = make_articles()
    table["text"] = '"' + table["text"].str.replace("word7", 'word7" he said', n=1)
    table.loc[:8, "text"] += " umbrella"
    table.loc[:11, "text"] += " parasol"
    table["url"] = [f"https://a.example/{n}?id={n}&session=s{n}" for n in range(40)]
    table.loc[3, "url"] = "https://a.example/headline3-of-the-day"
    return mk.mark_quotations(make_corpus(table))


@pytest.fixture(scope="module")
def package(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("derived") / "news"
    names = {"a": ["umbrella"], "b": ["parasol"], "c": ["nowhere"]}
    with pytest.warns(mk.MediakitWarning, match="nowhere"):
        asked = mk.count_patterns(corpus, names)
    report = mk.derive(corpus, folder, measures=[mk.count_ngrams(corpus), asked])
    return folder, report


def test_rare_items_are_withheld_and_what_nobody_wrote_is_kept(package):
    folder, report = package
    stored = mk.open_corpus(folder).measures
    assert stored["patterns"].items["item"].tolist() == ["b", "c"]
    told = pd.DataFrame(report.attrs["mediakit"]["withheld"])
    told = told[told["measure"] == "patterns"].set_index("outlet")
    assert told["items_withheld"].tolist() == [1, 1]
    assert told["sum_withheld"].tolist() == [4.0, 5.0]
    assert told["sum"].tolist() == [10.0, 11.0]
    card = (folder / "README.md").read_text("utf-8")
    assert "What was withheld of the measures" in card


def test_phrases_of_few_articles_are_not_named_anywhere(package, corpus):
    folder, _ = package
    phrases = mk.count_ngrams(corpus)
    held = np.bincount(phrases.values.indices, minlength=len(phrases.items))
    rare = phrases.items["item"][held < 10].tolist()
    assert len(rare) > 100
    stored = mk.open_corpus(folder).measures[PHRASES].items["item"]
    assert set(stored) == set(phrases.items["item"][held >= 10])
    assert "umbrella" not in (folder / "vocabulary.csv").read_text("utf-8")


def test_layers_are_counted_and_have_no_places(package, corpus):
    folder, _ = package
    layers = mk.open_corpus(folder).measures["layers"]
    spans = mk.open_corpus(folder).measures["layer_spans"]
    order = dict(zip(corpus.metadata["published"], range(len(corpus)), strict=True))
    rows = [order[day] for day in layers.articles["published"]]
    inside = corpus.only("quotation").totals()[rows]
    assert layers.values.toarray()[:, 0].tolist() == inside.tolist()
    assert layers.exposure[:, 0].tolist() == corpus.totals()[rows].tolist()
    assert len(set(inside)) > 5
    assert (spans.values.toarray()[:, 0] == 1).all()


def test_labels_of_layers_are_items():
    texts = [f"Anna meets Ben. {'so ' * 60}" + "Anna " * (n % 2) for n in range(24)]
    articles = mk.read_articles(pd.DataFrame({"outlet": "A", "text": texts}))
    corpus = mk.mark_patterns(
        mk.tokenize(articles), {"women": ["anna"], "men": ["ben"]}, name="people"
    )
    found = layer_measures(corpus)["layers"]
    sums = dict(
        zip(found.items["item"], found.values.toarray().sum(axis=0), strict=True)
    )
    assert sums == {"people": 60, "people: men": 24, "people: women": 36}


def test_addresses_are_public_hashed_and_say_no_title(package, corpus):
    folder, report = package
    table = pd.read_csv(folder / "addresses.csv", keep_default_na=False)
    rows = pd.read_csv(folder / "articles.csv")
    assert table["article_id"].tolist() == rows["article_id"].tolist()
    shown = set(table["address"])
    assert "https://a.example/5?id=5" in shown
    assert "" in shown
    assert not any("headline" in one or "session" in one for one in shown)
    assert (table["address_sha256"].str.len() == 64).all()
    assert set(table["text_sha256"]) == set(map(text_hash, corpus.articles["text"]))
    assert report["addresses_withheld"].tolist() == [1, 0]


def test_what_an_address_spells_out():
    assert plain_address("file:///a.html") == ""
    assert plain_address("http://[") == ""
    assert plain_address("https://u:p@a.example:8080/x?token=1&id=2#y") == (
        "https://a.example:8080/x?id=2"
    )
    title = "Nine words of a headline stand here in a row"
    assert spells_out("https://a.example/nine-words-of-a-headline-stand", title)
    assert not spells_out("https://a.example/words-of-a-headline", title)
    assert spells_out(
        "https://a.example/nine%20words%20of%20a%20headline%20stand", title
    )


def test_labels_go_along_and_ids_of_articles_do_not(tmp_path):
    table = make_articles()
    table["article_id"] = [f"paper-{n}-headline-of-the-day" for n in range(40)]
    articles = mk.read_articles(table).assign(
        event_id=lambda t: t["article_id"].iloc[0]
    )
    articles.loc[:9, "event_id"] = articles["article_id"].iloc[5]
    articles = articles.assign(wire_agency="Reuters", genre_found=float("nan"))
    mk.derive(mk.tokenize(articles), tmp_path / "news")
    opened = mk.open_corpus(tmp_path / "news").metadata
    assert opened["event_id"].value_counts().tolist() == [30, 10]
    assert set(opened["event_id"]) == {"event 1", "event 2"}
    assert set(opened["wire_agency"]) == {"Reuters"}
    assert "paper" not in (tmp_path / "news" / "articles.csv").read_text("utf-8")


def test_a_title_in_a_column_is_found(tmp_path):
    table = make_articles()
    table["title"] = [f"Alpha{n} beta gamma delta" for n in range(40)]
    table["section"] = table["title"]
    with pytest.raises(mk.MediakitError, match=r"articles.csv holds 40 titles"):
        mk.derive(make_corpus(table), tmp_path / "news", by=["section"])
    assert not (tmp_path / "news").exists()


def test_a_record_that_quotes_an_article_is_found(tmp_path):
    table = make_articles()
    corpus = make_corpus(table)
    measure = mk.count_patterns(corpus, ["word7"])
    quoted = " ".join(table["text"].iloc[4].split()[10:19])
    measure.provenance["notes"] = [f"As in: {quoted}"]
    with pytest.raises(mk.MediakitError, match="patterns quotes an article: 'As in"):
        mk.derive(corpus, tmp_path / "news", measures=[measure])


def test_measures_of_other_articles_or_strange_names_are_refused(corpus, tmp_path):
    words = mk.count_patterns(corpus, ["word7"])
    turned = mk.count_patterns(corpus.subset(np.ones(40, bool)), ["word7"])
    other = turned.articles.iloc[::-1].reset_index(drop=True)
    with pytest.raises(mk.MediakitError, match="another order"):
        mk.derive(corpus, tmp_path / "x", measures=[replace(turned, articles=other)])
    with pytest.raises(mk.MediakitError, match="becomes a folder"):
        mk.derive(corpus, tmp_path / "x", measures={"../up": words})
    assert list(tmp_path.iterdir()) == []


def test_a_measure_without_items_left_is_told(corpus, tmp_path):
    rare = mk.count_patterns(corpus, ["umbrella"])
    with pytest.warns(mk.MediakitWarning, match="'patterns' is not stored"):
        mk.derive(corpus, tmp_path / "news", measures=[rare])
    assert "patterns" not in mk.open_corpus(tmp_path / "news").measures


def test_the_record_names_steps_and_no_place_of_this_machine(tmp_path):
    file = tmp_path / "secret place" / "articles.csv"
    file.parent.mkdir()
    make_articles().to_csv(file, index=False)
    articles = mk.clean_text(mk.read_articles(file))
    mk.derive(mk.tokenize(articles), tmp_path / "news")
    text = (tmp_path / "news" / INDEX).read_text("utf-8")
    assert "secret place" not in text
    about = json.loads(text)["mediakit"]
    assert about["steps"][0]["verb"] == "read_articles"
    assert about["normaliser"] == "mediakit text 1"
    assert about["of"]["articles"] == 40
    assert about["made_with"]["mediakit"] == mk.__version__


def test_tables_of_real_articles_are_the_same_to_the_last_bit(shared, tmp_path):
    table = pd.read_csv(shared / "data" / "chinadaily_nyt" / "articles.csv.gz")
    table = table.rename(columns={"source": "outlet", "date": "published"})
    table = table[table["text"].str.len() > 400].groupby("outlet").head(120)
    articles = mk.read_articles(table[["outlet", "published", "title", "text"]])
    corpus = mk.mark_quotations(mk.tokenize(articles))
    kept = mk.derive(corpus, tmp_path / "news").attrs["mediakit"]["kept"]
    corpus = corpus.subset(corpus.metadata["article_id"].isin(kept).to_numpy())
    words = mk.count_terms(corpus, min_articles=10)
    phrases = mk.count_patterns(corpus, ["democracy", "human rights", "protest*"])
    sides = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
    tables = {
        "words": mk.compare(words, **sides),
        "phrases": mk.compare(phrases, **sides),
        "keyness": mk.keyness(words, **sides),
        "rates": mk.summarise(words, by="outlet"),
        "months": mk.trend(phrases, by="outlet"),
        "one": mk.trend(words, by="outlet", items="democracy", freq="quarter"),
    }
    report = mk.derive(corpus, tmp_path / "news", measures=[phrases], tables=tables)
    assert len(report.attrs["mediakit"]["tables"]) == len(tables)
    assert report["kept"].sum() == len(corpus) > 200
    for one in report.attrs["mediakit"]["tables"]:
        assert one["differ_from_the_texts"] == 0
        name = one["file"].split("/")[1].removesuffix(".csv")
        again = mk.read_table(tmp_path / "news" / one["file"])
        assert differences(tables[name], again, tolerance=0).empty
    opened = mk.open_corpus(tmp_path / "news").measures["patterns"]
    pd.testing.assert_frame_equal(
        mk.compare(opened, **sides), tables["phrases"], check_exact=True
    )
