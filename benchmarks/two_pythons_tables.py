"""Every verb that gives numbers, once, on the samples, for `two_pythons.py`."""

from collections.abc import Iterator

import pandas as pd

import mediakit as mk

A = ["Halvane Today", "KELTA", "The Concord Banner"]
B = ["Lorenga Observer", "Rhesk Tribune", "The Daily Skerry", "The Merrin Courier"]
SIDES = {"by": "outlet", "a": A, "b": B}
PAPERS = {"by": "outlet", "a": "China Daily", "b": "New York Times"}
RULERS = {"Halvane": ["Halvane", "Sorel"], "Kelmar": ["Kelmar", "Kelmari"]}
POLES = {
    "clash": ["attack*", "fired", "shot", "killed", "militia"],
    "talks": ["talks", "agreement", "delegation*", "ministers", "signed"],
}


def tables() -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield a name and a table, verb after verb."""
    articles = mk.load_sample("strait").articles
    yield from cleaned(articles)
    truth = mk.load_truth("labels")[["article_id", "event_id"]]
    corpus = mk.tokenize(articles).with_columns(truth)
    words = mk.count_terms(corpus, min_articles=3)
    for name, measure in measures(corpus).items():
        yield f"summarise {name}", mk.summarise(measure, by="outlet")
        yield f"compare {name}", mk.compare(measure, **SIDES)
    entries = mk.count_dictionary(corpus, mk.load_dictionary("frames"), items="entry")
    yield "explain", mk.explain(entries, by="outlet")
    yield from found(corpus)
    yield from compared(words)
    yield from over_time(mk.count_patterns(corpus, ["ferry", "regime", "talks"]))
    yield from together(corpus)
    yield from toned(corpus)
    yield from looked_at(corpus)
    for sample in ("democracy", "headlines_2022", "kcna"):
        yield from stored(sample)


def cleaned(articles) -> Iterator:
    bare = mk.clean_boilerplate(mk.clean_text(articles))
    labels = mk.label_languages(mk.label_genres(mk.label_duplicates(bare)))
    labels = mk.label_outlets(mk.label_events(labels))
    yield "labels", labels.drop(columns=["text", "title"])
    yield "cleaning", mk.cleaning_report(mk.keep_unique(labels))
    yield "about", mk.keep_about(articles, "ferry").drop(columns=["text", "title"])
    yield "audit", mk.audit_articles(articles, today="2024-01-01").summary
    yield "sample", mk.draw_sample(articles, size=40, unit="article", seed=3)


def measures(corpus) -> dict[str, mk.Measure]:
    marked = mk.mark_quotations(corpus)
    naming, frames = mk.load_dictionary("naming"), mk.load_dictionary("frames")
    own = marked.without("quotation")
    return {
        "terms": mk.count_terms(corpus, min_articles=3),
        "own words": mk.count_terms(own, min_articles=3),
        "patterns": mk.count_patterns(corpus, ["ferr*", "the NEAR/3 government"]),
        "actors": mk.count_patterns(mk.mark_actors(corpus).without("actor"), ["said"]),
        "dictionary": mk.count_dictionary(corpus, frames, unit="sentence"),
        "naming": mk.count_naming(corpus, naming),
        "agency": mk.count_agency(corpus),
        "voices": mk.count_voices(corpus),
        "ngrams": mk.count_ngrams(corpus),
        "collocates": mk.count_collocates(corpus, "ferry"),
        "gatekeeping": mk.count_coverage(corpus),
        "silence": mk.count_coverage(corpus, what="silence"),
        "vader": mk.score_sentiment(corpus),
        "textblob": mk.score_sentiment(corpus, method="textblob"),
        "tones": mk.score_tones(corpus),
        "toward": mk.score_toward(corpus, RULERS),
        "axis": mk.score_axis(corpus, POLES, min_articles=5),
        "topics": mk.score_topics(corpus, k=5, seed=1, runs=2),
        "topics dirichlet": mk.score_topics(corpus, k=5, method="lda", runs=2),
    }


def found(corpus) -> Iterator:
    yield "passages", mk.find_passages(corpus, "talk*")
    yield "quotations", mk.find_quotations(corpus)
    yield "agency", mk.find_agency(corpus)
    yield "similar", mk.find_similar(corpus, corpus.metadata["article_id"].iloc[0])
    yield "labels suggested", mk.suggest_labels(corpus, ["regime", "authorities"])
    yield "tone", mk.find_tone(corpus)
    yield "toward", mk.find_toward(corpus, RULERS)


def compared(words) -> Iterator:
    for test in ("score", "permutation", "bootstrap"):
        seed = None if test == "score" else 1
        table = mk.compare(words, **SIDES, cluster="week", test=test, seed=seed)
        yield f"compare by {test}", table
        yield f"adjusted {test}", mk.adjust(table)
        yield f"plain {test}", mk.in_plain_words(table)
    within = {**SIDES, "within": "event_id"}
    yield "compare within", mk.compare(words, **within, cluster="week")
    yield "decompose", mk.decompose(words, **within, cluster="week")
    yield "keyness", mk.keyness(words, **SIDES, measures="all")
    yield "power", mk.power(words, **SIDES, cluster="week")
    yield "placebo", mk.placebo(words, repeats=3, seed=1, cluster="week")
    yield "dispersion", mk.dispersion(words, by="outlet")


def over_time(words) -> Iterator:
    pair = {"by": "outlet", "a": "The Concord Banner", "b": "The Merrin Courier"}
    yield "trend", mk.trend(words, by="outlet", freq="week")
    yield "trend by event", mk.trend(words, freq="week", cluster="event_id")
    yield "change points", mk.change_points(words, freq="week", repeats=199)
    yield "bursts", mk.bursts(words, repeats=199)
    yield "calendar", mk.calendar_effects(words)
    yield "diverging", mk.diverging(words, **pair)
    leads = mk.lead_lag(words, a="ferry", b="talks", freq="week", max_lag=3)
    yield "lead and lag", leads


def together(corpus) -> Iterator:
    near = mk.count_collocates(corpus, "ferry", min_articles=3)
    runs = mk.count_ngrams(corpus, min_articles=3)
    yield "associate near", mk.associate(near)
    yield "associate near by week", mk.associate(near, cluster="week")
    yield "associate runs", mk.associate(runs)
    yield "axis words", mk.score_axis(corpus, POLES, min_articles=5).words
    yield "topic words", mk.score_topics(corpus, k=5, seed=1, runs=2).table


def toned(corpus) -> Iterator:
    yield "tones compared", mk.compare_tones(corpus, **SIDES)
    for method in ("vader", "textblob"):
        yield f"tone words {method}", mk.explain_tone(corpus, **SIDES, method=method)


def looked_at(corpus) -> Iterator:
    names = {"human_interest": "human interest", "economic": "economic consequences"}
    kinds = ["conflict", "human interest", "economic consequences", "morality"]
    truth = mk.load_truth("frames").rename(columns={**names, "article_id": "unit_id"})
    codes = truth.melt(["unit_id", "coder"], kinds, "question", "code")
    frames = mk.count_dictionary(corpus, mk.load_dictionary("frames"), unit="sentence")
    frames = frames.only_items(kinds)
    yield "agreement", mk.agreement(codes, seed=1)
    yield "disagreements", mk.list_disagreements(codes)
    yield "validate", mk.validate(frames, codes, seed=1)
    truth = mk.load_truth("tone").rename(columns={"article_id": "unit_id"})
    truth = truth.groupby(["unit_id", "coder"])["tone"].median().round().reset_index()
    truth = truth.rename(columns={"tone": "code"}).assign(question="tone")
    yield "validate tones", mk.validate_tones(mk.score_tones(corpus), truth, seed=1)
    words = mk.count_terms(corpus, min_articles=3)
    yield "second look", mk.second_look(words, "regime", **SIDES, corpus=corpus)
    yield "multiverse", mk.multiverse(words, "regime", **SIDES, corpus=corpus)


def stored(sample: str) -> Iterator:
    corpus = mk.load_sample(sample)
    words = mk.count_terms(corpus, min_articles=20)
    yield f"summarise {sample}", mk.summarise(words, by="outlet")
    yield f"trend {sample}", mk.trend(words.only_items(words.items["item"][:200]))
    for name, measure in corpus.measures.items():
        yield f"{sample} {name}", mk.summarise(measure, by="outlet")
    if sample == "democracy":
        yield "compare papers", mk.compare(words, **PAPERS, cluster="week")
        yield "keyness papers", mk.keyness(words, **PAPERS)
        for name, measure in corpus.measures.items():
            yield f"compare papers {name}", mk.compare(measure, **PAPERS)
