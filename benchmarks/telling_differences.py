"""What sets China Daily, the New York Times and KCNA apart: names, voices, agency.

Run: python benchmarks/telling_differences.py [out.json [passages.md]]; the texts are in
../shared/data and not part of mediakit, the figures are. Passages are written only to
the second path, which must stay out of the repository. Of each pair and instrument
the item whose bound is farthest from no difference is taken, and of these the ten
farthest; each goes through `second_look` with its texts. The outlets write about
different things in different years (democracy in 2013-15; KCNA everything in 2011-12):
a difference in how they speak can be one in what they speak about, and KCNA shares no
event with the others. A share of officials is a lower limit: where more speakers are
unknown, more officials may be among them.
"""

import json
import sys
import warnings
from importlib.metadata import version
from itertools import combinations
from pathlib import Path

import make_derived as sources
import numpy as np
import pandas as pd
from telling_page import page, passages

import mediakit as mk
from mediakit.text.voices_people import UNKNOWN

OUT = Path(__file__).parent / "telling_differences.json"
SEED = 7
KCNA_STORIES = 3_000
LEAST_ARTICLES = 50
TEN = 10
UNASKED = "could not be asked"
OUTLETS = ("China Daily", "New York Times", "KCNA")
NUMBERS = ["rate_a", "rate_b", "difference", "low", "high", "bound", "p", "p_cluster"]


def articles() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the articles of the three outlets, cleaned, and what they share.

    Of KCNA some at random. Copies and credits are looked for before cleaning takes
    them off.
    """
    table = pd.read_csv(sources.SOURCE / "chinadaily_nyt" / "articles.csv.gz")
    table = table.rename(columns={"source": "outlet", "date": "published"})
    text = table["text"].fillna("...").str.strip()
    table = table[~text.str.startswith("...") & (text != "")]
    agency = sources.kcna_stories(sources.Dropped())
    agency = agency.sample(KCNA_STORIES, random_state=SEED).sort_index()
    columns = ["outlet", "published", "title", "text"]
    both = pd.concat([table[columns], agency.assign(title="")[columns]])
    both = mk.read_articles(both.reset_index(drop=True))
    cleaned = sources.clean(both)[0]
    shared = mk.label_duplicates(both)[["article_id", "duplicate_of", "wire_agency"]]
    shared = cleaned[["article_id"]].merge(shared, how="left")
    events = mk.label_events(cleaned)[["article_id", "event_id"]]
    return cleaned, shared.merge(events)


def measures(corpus: mk.Corpus, own: mk.Corpus) -> dict[str, mk.Measure]:
    """Return the instruments by name; agency in the outlets' own words."""
    return {
        "naming": mk.count_naming(corpus, mk.load_dictionary("naming")),
        "voices: words": mk.count_voices(corpus),
        "voices: speakers": mk.count_voices(corpus, of="speakers"),
        "voices: verbs": mk.count_voices(corpus, of="verbs"),
        "agency": mk.count_agency(own),
    }


def candidates(measured: dict[str, mk.Measure]) -> pd.DataFrame:
    """Return the item of each pair and instrument with the farthest bound."""
    best = []
    for name, measure in measured.items():
        for a, b in combinations(OUTLETS, 2):
            table = mk.compare(measure, by="outlet", a=a, b=b)
            used = table[["articles_a", "articles_b"]].max(axis=1) >= LEAST_ARTICLES
            clear = (np.sign(table["low"]) == np.sign(table["high"])) & table[
                "bound"
            ].abs().gt(0)
            table = table[used & clear & (table["item"] != "unknown")]
            if len(table):
                row = table.loc[table["bound"].abs().idxmax()]
                best.append({"instrument": name, "a": a, "b": b, **row})
    table = pd.DataFrame(best)
    far = table["bound"].abs().sort_values(ascending=False, kind="stable").index
    return table.loc[far].head(TEN).reset_index(drop=True)


def looked_at(one, measured: dict[str, mk.Measure], corpus: mk.Corpus) -> dict:
    """Return a finding with what `second_look` says of it."""
    measure = measured[one.instrument]
    options = {"by": "outlet", "a": one.a, "b": one.b}
    looks = mk.second_look(measure, one.item, **options, corpus=corpus, seed=SEED)
    asked = looks[looks["verdict"] != UNASKED]
    others = looks[looks["verdict"] != "held"]
    found = {
        "instrument": one.instrument,
        "item": one.item,
        "a": one.a,
        "b": one.b,
        **{name: round(float(getattr(one, name)), 6) for name in NUMBERS},
        "articles": [int(one.articles_a), int(one.articles_b)],
        "second_look": dict(zip(looks["question"], looks["verdict"], strict=True)),
        "why not": dict(zip(others["question"], others["why"], strict=True)),
        "survives": bool((asked["verdict"] == "held").all()),
    }
    if UNKNOWN in set(measure.items["item"]):
        found["speakers nobody knows"] = known_only(measure, one)
    return found


def known_only(measure: mk.Measure, one) -> dict:
    """Compare among speakers whose group is known, and at worst.

    At worst all unknown speakers of the side that has less belong to the group.
    """
    items = [one.item, UNKNOWN]
    values = measure.only_items(items).values.toarray()
    table = measure.articles.assign(value=values[:, 0])
    table["known"] = measure.exposure[:, 0] - values[:, 1]
    known = mk.as_measure(table, value="value", exposure="known", kind="share")
    row = mk.compare(known, by="outlet", a=one.a, b=one.b).iloc[0]
    shares = unknown(measure)
    low, high = sorted(
        (one.a, one.b), key=lambda o: one.rate_a if o == one.a else one.rate_b
    )
    rates = {one.a: one.rate_a, one.b: one.rate_b}
    names = ["rate_a", "rate_b", "difference", "low", "high"]
    return {
        "unknown": [shares[one.a], shares[one.b]],
        "among known": {name: round(float(row[name]), 6) for name in names},
        "at worst the same side leads": bool(rates[low] + shares[low] < rates[high]),
    }


def unknown(measure: mk.Measure) -> dict[str, float]:
    """Return the share of the item "unknown", by outlet."""
    table = mk.summarise(measure, by="outlet")
    table = table[table["item"] == UNKNOWN].set_index("group")
    return table["rate"].round(3).to_dict()


def main(out: str | None = None, real: str | None = None) -> None:
    """Write the figures, a page of them, and with a second path real passages."""
    about, rest = __doc__.split("\n\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        table, shared = articles()
        corpus = mk.mark_quotations(mk.tokenize(table))
        own = corpus.without("quotation")
        measured = measures(corpus, own)
        chosen = list(candidates(measured).itertuples())
        labelled = corpus.with_columns(shared)
        seen = {"agency": labelled.without("quotation")}
        found = [
            looked_at(one, measured, seen.get(one.instrument, labelled))
            for one in chosen
        ]
        if real:
            text = passages(found, corpus, own, measured["naming"], SEED)
            Path(real).write_text(text, encoding="utf-8")
        found = {
            "about": about,
            "caution": " ".join(rest.split(". ", 2)[2].split()),
            "sources": [
                "chinadaily_nyt: waterknows/hwcfpp, articles on democracy, 2013-15",
                f"kcna: xmarquez/KCNA, {KCNA_STORIES} stories of 2011-12 at random",
            ],
            "seed": SEED,
            "versions": {
                one: version(one) for one in ("mediakit", "numpy", "scipy", "pandas")
            },
            "articles": corpus.metadata["outlet"].value_counts().to_dict(),
            "unknown speakers, share of quoted words": unknown(
                measured["voices: words"]
            ),
            "differences": found,
        }
    path = Path(out) if out else OUT
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    path.with_suffix(".md").write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
