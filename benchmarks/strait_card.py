"""Compare the constructed corpus with real coverage, for its data card.

    python benchmarks/strait_card.py SHARED

SHARED is the folder with chinadaily_nyt and kcna; only figures are printed.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.schema import complete_articles
from mediakit.text.shard import SENTENCE

SAMPLE = 40_000
ARTICLES = 400


def figures(corpus: mk.Corpus) -> dict:
    """Return length, sentences, vocabulary growth and quotation of a corpus."""
    marked = mk.mark_quotations(corpus)
    words, quoted = marked.totals(), marked.only("quotation").totals()
    shard = marked.parts[0].shard
    positions, _ = shard.selected(marked.view)
    types = np.unique(shard.ids[positions])
    strings = np.array(shard.vocabulary.to_pylist(), object)
    lower = pd.Series([strings[number].lower() for number in shard.ids[positions]])
    drawn = lower.iloc[:SAMPLE]
    counts = drawn.value_counts()
    sentences = ((shard.flags[positions] & SENTENCE) > 0).sum()
    return {
        "articles": len(marked),
        "words per article (median)": float(np.median(words)),
        "words per sentence": words.sum() / sentences,
        "letters per word": lower.str.len().mean(),
        f"types in {SAMPLE:,} words": len(counts),
        "seen once, of types": (counts == 1).mean(),
        "words in quotation": quoted.sum() / words.sum(),
        "surface forms": len(types),
    }


def real(shared: Path) -> dict[str, pd.DataFrame]:
    """Return cleaned real articles of three outlets, a seeded sample of each."""
    table = mk.read_articles(
        shared / "chinadaily_nyt" / "articles.csv.gz",
        columns={"source": "outlet", "date": "published"},
    )
    table = table[~table["text"].fillna("...").str.startswith("...")]
    table = mk.clean_boilerplate(mk.clean_text(table))
    stories = pd.read_csv(shared / "kcna" / "kcna_stories_2011_2012.csv.gz")
    stories = stories[(stories["language"] == "en") & stories["story"].notna()]
    stories = complete_articles(
        pd.DataFrame({"outlet": "KCNA", "text": stories["story"]})
    )
    stories["article_id"] = [str(number) for number in range(len(stories))]
    both = {name: group for name, group in table.groupby("outlet")}
    return both | {"KCNA": mk.clean_boilerplate(mk.clean_text(stories))}


def main(shared: Path) -> None:
    """Print the table of the data card."""
    rows = {"strait (constructed)": figures(mk.load_sample("strait"))}
    for name, table in real(shared).items():
        drawn = table.sample(min(ARTICLES, len(table)), random_state=1)
        rows[name] = figures(mk.tokenize(drawn.reset_index(drop=True)))
    print(pd.DataFrame(rows).round(3).to_string())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
