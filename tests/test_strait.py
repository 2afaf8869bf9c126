"""The constructed world: what was planted is found, and nothing where nothing was."""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from nltk.metrics.agreement import AnnotationTask

import mediakit as mk
from mediakit.resources import folder
from mediakit.text.quotations import quotation_spans
from mediakit.text.shard import SENTENCE

DATA = folder("data") / "strait"
CLEAR = ("islands", "hask_bank", "ship_checks", "rule_of_kelmar")
GROUPS = {"home_official_halvane", "home_official_kelmar", "other_official"}
GROUPS |= {"expert", "citizen", "anonymous", "media"}


@pytest.fixture(scope="module")
def corpus():
    return mk.mark_quotations(mk.load_sample("strait"))


@pytest.fixture(scope="module")
def articles(corpus):
    table = corpus.articles.merge(mk.load_truth("labels"), on="article_id")
    ids = mk.load_truth("outlets").set_index("name")["outlet_id"]
    return table.assign(outlet_id=table["outlet"].map(ids))


def with_text(name, articles):
    columns = ["article_id", "text", "outlet", "outlet_id", "event_id"]
    return mk.load_truth(name).merge(articles[columns], on="article_id")


def test_all_articles_say_that_they_are_constructed(corpus):
    assert corpus.metadata["constructed"].all()
    measure = mk.count_patterns(corpus, "strait")
    ax = mk.plot_summary(mk.summarise(measure, by="outlet"))
    assert "Constructed data" in " ".join(text.get_text() for text in ax.texts)


def test_coverage_and_silence_are_as_planned(articles):
    events = mk.load_truth("events").set_index("event_id")
    assert len(articles) >= 160
    assert articles["outlet"].nunique() >= 8
    counted = articles["event_id"].value_counts()
    assert counted.sort_index().tolist() == events["pieces_planned"].tolist()
    for event, silent in events["silent"].items():
        covering = set(articles.loc[articles["event_id"] == event, "outlet_id"])
        assert covering.isdisjoint(silent.split())
        assert len(covering) + len(silent.split()) == 10


def test_spans_are_what_they_say(articles):
    quotations = with_text("quotations", articles)
    people = mk.load_truth("people").set_index("speaker_id")
    assert set(people["group"]) <= GROUPS
    said = [t[a:b] for t, a, b in quotations[["text", "start", "end"]].to_numpy()]
    direct = quotations["kind"].eq("direct")
    assert {s[0] + s[-1] for s in np.array(said, object)[direct]} <= {'""', "“”"}
    assert quotations.loc[direct, "group"].isin(GROUPS).all()
    naming = with_text("naming", articles)
    for text, start, end, label in naming[["text", "start", "end", "label"]].to_numpy():
        assert label.split()[0][:5].lower() in text[start:end].lower()


def test_planted_names_are_found_by_counting_patterns(corpus, articles):
    naming = with_text("naming", articles)
    islands = naming[naming["concept"] == "islands"]
    patterns = {"Pellmoor Islands": "pellmoor*", "Sarro Islands": "sarro*"}
    patterns["disputed islands"] = "disputed islands"
    for view, quoted in (("without", False), ("only", True)):
        part = getattr(corpus, view)("quotation")
        table = mk.summarise(mk.count_patterns(part, patterns), by="outlet")
        found = table[table["value"] > 0].set_index(["group", "item"])["value"]
        truth = islands[islands["quoted"] == quoted].groupby(["outlet", "label"]).size()
        both = pd.concat([found, truth], axis=1).fillna(0)
        assert (both.iloc[:, 0] - both.iloc[:, 1]).abs().sum() <= 2


@pytest.mark.parametrize("concept", CLEAR)
def test_each_outlet_keeps_its_own_names(concept, articles):
    house = mk.load_truth("house_labels").set_index(["concept", "outlet_id"])["label"]
    naming = with_text("naming", articles)
    own = naming[(naming["concept"] == concept) & ~naming["quoted"]]
    right = own["label"] == [house[concept, outlet] for outlet in own["outlet_id"]]
    assert own["outlet_id"].nunique() == 10
    assert right.groupby(own["outlet_id"]).mean().min() >= 0.8


def test_compare_finds_the_names_that_set_two_outlets_apart(corpus):
    patterns = ["sarro*", "pellmoor*", "provocation*"]
    own = mk.count_patterns(corpus.without("quotation"), patterns)
    banner, hbs = "The Concord Banner", "Halvane Broadcasting"
    table = mk.compare(own, by="outlet", a=banner, b=hbs).set_index("item")
    assert (table["q"] < 0.01).all()
    assert np.sign(table["log_ratio"]).to_dict() == dict(
        zip(patterns, [1, -1, 1], strict=True)
    )


def test_quotations_are_found_where_they_were_marked(articles):
    truth = mk.load_truth("quotations")
    marked = truth[truth["kind"] != "indirect"].groupby("article_id")
    found = hits = wanted = 0
    for name, text in articles[["article_id", "text"]].to_numpy():
        rows = marked.get_group(name) if name in marked.groups else truth[:0]
        spans = set(zip(rows["start"] + 1, rows["end"] - 1, strict=True))
        got = set(quotation_spans(text))
        found, hits, wanted = (
            found + len(got),
            hits + len(got & spans),
            wanted + len(spans),
        )
    assert hits / found > 0.95
    assert hits / wanted > 0.95


def test_officials_and_citizens_have_the_voice_that_was_planted(articles):
    quotations = with_text("quotations", articles)
    direct = quotations[quotations["kind"] == "direct"]
    words = [
        len(t[a:b].split()) for t, a, b in direct[["text", "start", "end"]].to_numpy()
    ]
    table = direct.assign(words=words).pivot_table(
        index="outlet_id", columns="group", values="words", aggfunc="sum", fill_value=0
    )
    share = table.div(table.sum(axis=1), axis=0)
    plain = ["hbs", "courier", "longshore", "uws"]
    assert (
        share["home_official_kelmar"]["banner"]
        > share["home_official_kelmar"][plain].max()
    )
    assert (
        share["home_official_halvane"]["today"]
        > share["home_official_halvane"][plain].max()
    )
    assert (
        share["citizen"]["uws"] > share["citizen"][["today", "banner", "kelta"]].max()
    )


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}


def test_wire_groups_stand_apart_from_everything_else(articles):
    sets = dict(
        zip(articles["article_id"], map(shingles, articles["text"]), strict=True)
    )
    groups = articles.set_index("article_id")["duplicate_group"]
    dates = articles.set_index("article_id")["published"]
    inside, outside = [], []
    for one, other in combinations(sets, 2):
        shared = len(sets[one] & sets[other]) / min(len(sets[one]), len(sets[other]))
        same = groups[one] and groups[one] == groups[other]
        (inside if same else outside).append(shared)
    assert len(inside) >= 20
    assert min(inside) > 2 * max(outside)
    copies = articles[articles["origin"] != ""]
    assert (dates[copies["origin"]].to_numpy() <= copies["published"].to_numpy()).all()
    assert set(copies["edit"]) == {"light", "heavy", "corrected"}


def test_nothing_differs_where_nothing_was_planted(corpus, articles):
    inside = corpus.only("quotation").totals()
    columns = articles.assign(quoted=inside, words=corpus.totals())
    alike = columns[columns["outlet_id"].isin(["hbs", "longshore"])]
    measure = mk.as_measure(alike, value="quoted", exposure="words", kind="share")
    assert mk.compare(measure, by="outlet_id", a="hbs")["p"].item() > 0.05
    ferry = set(articles.loc[articles["event_id"] == "e09", "article_id"])
    assert not ferry & set(
        mk.load_truth("naming").query("concept != 'men_at_sea'")["article_id"]
    )


def test_random_halves_of_the_world_differ_in_nothing(corpus):
    words = mk.count_terms(corpus, min_articles=10)
    assert mk.placebo(words, repeats=5, seed=1)["found"].mean() <= 0.4


def test_no_two_articles_share_more_than_a_phrase(articles):
    groups = articles["duplicate_group"].where(
        articles["duplicate_group"] != "", articles["article_id"]
    )
    seen = {}
    for group, text in zip(groups, articles["text"], strict=True):
        words = re.findall(r"[\w'’-]+", text.lower())
        for i in range(len(words) - 8):
            run = " ".join(words[i : i + 9])
            assert seen.setdefault(run, group) == group, run


def test_language_lies_in_the_range_of_real_coverage(corpus):
    real = pd.read_csv(DATA / "real_coverage.csv", index_col="figure")
    shard = corpus.parts[0].shard
    positions, _ = shard.selected(corpus.view)
    types = np.array(shard.vocabulary.to_pylist(), object)
    words = pd.Series(types[shard.ids[positions]]).str.lower()
    counts = words.iloc[:40_000].value_counts()
    sentences = (shard.flags[positions] & SENTENCE > 0).sum()
    found = {
        "types in 40,000 words": len(counts),
        "seen once, of types": (counts == 1).mean(),
        "words per sentence": len(words) / sentences,
        "words in quotation": corpus.only("quotation").totals().sum() / len(words),
    }
    for figure, value in found.items():
        assert real.loc[figure].min() <= value <= real.loc[figure].max(), figure


def test_two_coders_agree_well_and_not_always(articles):
    texts = articles.set_index("article_id")["text"].str.split().str.join(" ")
    tone = mk.load_truth("tone")
    assert all(
        " ".join(sentence.split()) in texts[name]
        for name, sentence in tone[["article_id", "sentence"]].to_numpy()
    )
    frames = mk.load_truth("frames")
    assert set(frames["article_id"]) == set(articles["article_id"])
    for table, keys, codes in (
        (frames, ["article_id"], ["conflict", "human_interest", "morality"]),
        (tone, ["article_id", "sentence"], ["tone"]),
    ):
        for code in codes:
            wide = table.pivot(index=keys, columns="coder", values=code)
            units = [(c, str(i), v) for c in "AB" for i, v in wide[c].items()]
            assert 0.67 < AnnotationTask(units).alpha() < 1


def test_articles_read_from_a_file_stay_marked_as_constructed():
    corpus = mk.tokenize(mk.read_articles(DATA / "constructed_articles.csv"))
    measure = mk.count_patterns(corpus, "strait")
    table = mk.summarise(measure)
    assert table.attrs["mediakit"]["source"]["constructed"]
