"""Compare the constructed corpus with real coverage, for its data card.

    python benchmarks/strait_card.py SHARED

SHARED is the folder with chinadaily_nyt and kcna; only figures are written, to
data/strait/real_coverage.csv and into the data card.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import mediakit as mk
from mediakit.schema import complete_articles
from mediakit.text.shard import SENTENCE

HOME = Path(__file__).resolve().parents[1] / "data" / "strait"
OPENING, CLOSING = "<!-- figures -->", "<!-- end of figures -->"
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
    both |= {f"{name}, one crisis": one_crisis(group) for name, group in both.items()}
    return both | {"KCNA": mk.clean_boilerplate(mk.clean_text(stories))}


def one_crisis(articles: pd.DataFrame) -> pd.DataFrame:
    """Return the articles on Hong Kong in the autumn of 2014."""
    autumn = articles["published"].between("2014-09-25", "2014-12-20")
    return articles[autumn & articles["text"].str.contains("Hong Kong")]


def main(shared: Path) -> None:
    """Write the figures of real coverage, and both into the data card."""
    rows = {}
    for name, table in real(shared).items():
        drawn = table.sample(min(ARTICLES, len(table)), random_state=1)
        rows[name] = figures(mk.tokenize(drawn.reset_index(drop=True)))
    found = pd.DataFrame(rows).round(3)
    found.to_csv(HOME / "real_coverage.csv", index_label="figure", lineterminator="\n")
    found.insert(0, "strait", figures(mk.load_sample("strait")))
    card = HOME / "README.md"
    before, _, rest = card.read_text("utf-8").partition(OPENING)
    after = rest.partition(CLOSING)[2]
    text = f"{before}{OPENING}\n{_markdown(found)}\n{CLOSING}{after}"
    card.write_text(text, "utf-8", newline="\n")


def _markdown(table: pd.DataFrame) -> str:
    rows = [["figure", *table.columns], ["---"] * (len(table.columns) + 1)]
    rows += [
        [name, *(f"{x:,.4g}" for x in row)]
        for name, row in zip(table.index, table.to_numpy(), strict=True)
    ]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
