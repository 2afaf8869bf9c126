"""The reconstruction attack: it reads what leaks, and nothing that derive writes."""

import hashlib
import json
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from derive_cases import hashes, make_articles, make_corpus

import mediakit as mk
from mediakit.share.attack import attack
from mediakit.share.bags import plan_rows
from mediakit.share.counts import count_rows, originals
from mediakit.share.derive import derive
from mediakit.share.limits import longest_run
from mediakit.text.derived import INDEX, SEAL, open_derived, seal


@pytest.fixture(scope="module")
def corpus():
    return make_corpus(make_articles())


@pytest.fixture
def derived(corpus, tmp_path):
    derive(corpus, tmp_path / "news")
    return tmp_path / "news"


def test_longest_run():
    assert longest_run("a b c d".split(), ["x b c d y".split(), "a b".split()]) == 3
    assert longest_run([], [["a"]]) == 0
    assert longest_run("a b".split(), ["a b".split()], above=5) == 5


def spoil(folder, name, change):
    """Change one file of a derived corpus and make its index agree again."""
    change(folder / name)
    package = json.loads((folder / INDEX).read_text())
    package.pop(SEAL)
    for resource in package["resources"]:
        if resource["path"] == name:
            content = (folder / name).read_bytes()
            resource["hash"] = "sha256:" + hashlib.sha256(content).hexdigest()
    package[SEAL] = seal(package)
    (folder / INDEX).write_text(json.dumps(package))


@pytest.fixture
def truth(corpus):
    texts = corpus.articles["text"]
    plan = plan_rows(corpus.metadata, corpus.totals(), texts, bag="article", by=[])
    return originals(corpus, count_rows(corpus, plan, []).pool)


def test_the_attack_fails_on_what_derive_writes(derived, truth):
    leaks, attempts = attack(derived, truth)
    assert leaks == []
    assert attempts["longest"].max() <= 7
    assert {"the order of storage", "co-occurrence in rows"} <= set(attempts["attempt"])


def test_the_originals_are_the_texts_row_by_row(derived, truth):
    totals = pd.read_csv(derived / "articles.csv")["words"]
    assert [len(text) for (text,) in truth] == totals.tolist()
    counts = mk.count_terms(open_derived(derived)).to_frame()
    first = counts[counts["article_id"] == counts["article_id"].iloc[0]]
    for item, value in zip(first["item"], first["value"], strict=True):
        assert truth[0][0].count(item) == value


def add_column(name, values):
    def change(path):
        table = pd.read_csv(path, keep_default_na=False)
        table[name] = values(table)
        table.to_csv(path, index=False)

    return change


def leak_order(truth, words):
    """Store the counts of each row in the order of the text."""

    def change(path):
        number = {word: place for place, word in enumerate(words)}
        rows = [
            (row, number[word], text.count(word))
            for row, (text,) in enumerate(truth)
            for word in dict.fromkeys(text)
            if word in number
        ]
        arrays = [pa.array(np.array(one, np.int32)) for one in zip(*rows, strict=True)]
        pq.write_table(
            pa.table(dict(zip("row term n".split(), arrays, strict=True))), path
        )

    return change


def test_the_order_of_the_text_is_found(derived, truth):
    unlike = [[list(dict.fromkeys(text))] for (text,) in truth]
    words = pd.read_csv(derived / "vocabulary.csv")["word"].tolist()
    spoil(derived, "counts.parquet", leak_order(unlike, words))
    leaks, _ = attack(derived, unlike)
    assert any("not in the order of rows and words" in leak for leak in leaks)
    assert any("the order of storage gives back" in leak for leak in leaks)


def test_addresses_made_of_titles_are_found(derived, truth):
    slugs = ["news/" + "-".join(text[3:12]) + ".html" for (text,) in truth]
    spoil(derived, "articles.csv", add_column("link", lambda table: slugs))
    leaks, _ = attack(derived, truth)
    assert leaks == ["the strings of articles.csv gives back 9 words in a row (row 0)"]


def test_broken_limits_are_found(derived, truth):
    spoil(derived, "articles.csv", add_column("words", lambda table: 49))
    spoil(derived, "articles.csv", add_column("url", lambda table: "x"))
    change = add_column("word", lambda t: ["rare1", "@jane", *t["word"][2:]])
    spoil(derived, "vocabulary.csv", change)
    leaks, _ = attack(derived, truth)
    assert leaks == [
        "40 rows have fewer than 50 words",
        "2 words stand in fewer than 10 articles",
        "1 words are addresses or names of accounts",
        "articles.csv has the columns ['url']",
    ]


def pairs_of(corpus):
    """Count every pair of neighbours as an item, as nobody should."""
    texts = [text.split() for text in corpus.articles["text"]]
    pairs = [[" ".join(pair) for pair in pairwise(text)] for text in texts]
    rows = np.repeat(np.arange(len(pairs)), [len(one) for one in pairs])
    counts = pd.crosstab(rows, np.concatenate(pairs))
    frame = pd.concat([corpus.metadata, counts], axis=1).assign(words=100)
    return mk.as_measure(frame, value=list(counts), exposure="words")


def test_pairs_of_words_are_refused_and_nothing_is_written(tmp_path):
    table = make_articles(30, words=60)
    table["text"] = "it was said that all of them had gone home " + table["text"]
    corpus = make_corpus(table)
    pairs = pairs_of(corpus)
    with pytest.raises(
        mk.MediakitError, match="not written.*the phrases of pairs gives"
    ):
        derive(corpus, tmp_path / "news", measures={"pairs": pairs})
    assert list(tmp_path.iterdir()) == []
    few = pairs.only_items(["it was", "had gone", "gone home"])
    derive(corpus, tmp_path / "news", measures={"pairs": few})


def test_a_failed_attack_leaves_the_earlier_corpus(derived, corpus, monkeypatch):
    before = hashes(derived)
    monkeypatch.setattr(
        "mediakit.share.derive.attack", lambda *_: (["a title"], pd.DataFrame())
    )
    with pytest.raises(mk.MediakitError, match="was not written.*a title"):
        derive(corpus, derived)
    assert hashes(derived) == before


def test_words_that_share_rows_as_they_share_a_sentence_are_found(tmp_path):
    table = make_articles(81)
    sentence = ["aa", "zz", "mm", "kk", "yy", "bb", "xx", "cc", "ww"]
    for row in range(1, 81):
        table.loc[row, "text"] += " " + " ".join(sentence[row % 8 : row % 8 + 2])
    table.loc[0, "text"] += " " + " ".join(sentence)
    table["outlet"] = "West"
    with pytest.raises(mk.MediakitError, match="co-occurrence in rows gives back 9"):
        derive(make_corpus(table), tmp_path / "news")
