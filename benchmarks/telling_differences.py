"""What sets China Daily, the New York Times and KCNA apart: names, voices, agency.

Run: python benchmarks/telling_differences.py [out.json]; the texts are in
../shared/data and not part of mediakit, the figures are. Of each pair and instrument
the item whose bound is farthest from no difference is taken, and of these the ten
farthest; each goes through `second_look`. The outlets write about different things in
different years (democracy in 2013-15; KCNA everything in 2011-12): a difference in how
they speak can be one in what they speak about. A share of officials is a lower limit:
where more speakers are unknown, more officials may be among them. `second_look` is
asked without the texts, so it says nothing of wire copy, matched events and another
tokenizer.
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

import mediakit as mk

OUT = Path(__file__).parent / "telling_differences.json"
SEED = 7
KCNA_STORIES = 3_000
LEAST_ARTICLES = 50
TEN = 10
OUTLETS = ("China Daily", "New York Times", "KCNA")
NUMBERS = ["rate_a", "rate_b", "difference", "low", "high", "bound", "p", "p_cluster"]


def articles() -> pd.DataFrame:
    """Return the articles of the three outlets, cleaned; of KCNA some at random."""
    table = pd.read_csv(sources.SOURCE / "chinadaily_nyt" / "articles.csv.gz")
    table = table.rename(columns={"source": "outlet", "date": "published"})
    text = table["text"].fillna("...").str.strip()
    table = table[~text.str.startswith("...") & (text != "")]
    agency = sources.kcna_stories(sources.Dropped())
    agency = agency.sample(KCNA_STORIES, random_state=SEED).sort_index()
    columns = ["outlet", "published", "title", "text"]
    both = pd.concat([table[columns], agency.assign(title="")[columns]])
    return sources.clean(both.reset_index(drop=True))[0]


def measures(corpus: mk.Corpus) -> dict[str, mk.Measure]:
    """Return the instruments by name."""
    own = mk.mark_quotations(corpus).without("quotation")
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


def looked_at(one, measured: dict[str, mk.Measure]) -> dict:
    """Return a finding with what `second_look` says of it."""
    looks = mk.second_look(
        measured[one.instrument], one.item, by="outlet", a=one.a, b=one.b, seed=SEED
    )
    asked = looks[looks["verdict"] != "could not be asked"]
    return {
        "instrument": one.instrument,
        "item": one.item,
        "a": one.a,
        "b": one.b,
        **{name: round(float(getattr(one, name)), 6) for name in NUMBERS},
        "articles": [int(one.articles_a), int(one.articles_b)],
        "second_look": dict(zip(asked["question"], asked["verdict"], strict=True)),
        "survives": bool((asked["verdict"] == "held").all()),
    }


def unknown(measured: dict[str, mk.Measure]) -> dict[str, float]:
    """Return the share of quoted words whose speaker no list knows, by outlet."""
    table = mk.summarise(measured["voices: words"], by="outlet")
    table = table[table["item"] == "unknown"].set_index("group")
    return table["rate"].round(3).to_dict()


def main(out: str | None = None) -> None:
    """Write the figures and print them."""
    about, rest = __doc__.split("\n\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        corpus = mk.tokenize(articles())
        measured = measures(corpus)
        chosen = candidates(measured)
        found = [looked_at(one, measured) for one in chosen.itertuples()]
        found = {
            "about": about,
            "caution": " ".join(rest.split(". ", 1)[1].split()),
            "sources": [
                "chinadaily_nyt: waterknows/hwcfpp, articles on democracy, 2013-15",
                f"kcna: xmarquez/KCNA, {KCNA_STORIES} stories of 2011-12 at random",
            ],
            "seed": SEED,
            "versions": {
                one: version(one) for one in ("mediakit", "numpy", "scipy", "pandas")
            },
            "articles": corpus.metadata["outlet"].value_counts().to_dict(),
            "unknown speakers, share of quoted words": unknown(measured),
            "differences": found,
        }
    path = Path(out) if out else OUT
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    shown = pd.DataFrame(found["differences"]).drop(columns="second_look")
    print(shown.round(3).to_string())
    print(found["unknown speakers, share of quoted words"])


if __name__ == "__main__":
    main(*sys.argv[1:])
