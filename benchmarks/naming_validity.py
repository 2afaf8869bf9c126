"""Hold labels against two sets that people made: mentions, and aligned phrases.

Run: python benchmarks/naming_validity.py SHARED_DATA; SHARED_DATA is the folder with
newswcl50, phrase_lexicon and chinadaily_nyt (not part of mediakit).

The first asks whether the labels of people who cross borders (`naming`) find the
mentions that coders of NewsWCL50 gave to the migrants of one event, among all mentions
of persons, groups, things and events. The second takes the phrases that an outside
lexicon marks as aligned with, or opposed to, the party line of China, and asks whether
China Daily says more of the one and less of the other than the New York Times.
"""

import sys
import warnings
from pathlib import Path

import pandas as pd

import mediakit as mk
from mediakit.text.pattern_syntax import literal

KINDS = ["ACTOR", "GROUP", "COUNTRY", "OBJECT", "MISC", "EVENT"]
SIDES = {"A": "aligned", "O": "opposed"}


def mentions(shared: Path) -> dict[str, float]:
    """Return precision, recall and F1 of the migrants' labels among mentions."""
    table = pd.read_csv(shared / "newswcl50" / "Annotations.csv", skiprows=1)
    table = table[table["code_type"].isin(KINDS) & table["code_mention"].notna()]
    names = {"id": "article_id", "publisher_id": "outlet", "code_mention": "text"}
    articles = table[list(names)].rename(columns=names)
    labels = mk.load_dictionary("naming").only("people who cross borders")
    measure = mk.count_naming(mk.tokenize(mk.read_articles(articles)), labels)
    found = pd.Series(measure.exposure[:, 0] > 0, measure.articles["article_id"])
    coded = table.set_index("id")["code_name"].str.contains("Migrant caravan")
    both = (found[coded.index] & coded).sum()
    precision, recall = both / found.sum(), both / coded.sum()
    return {
        "mentions": len(table),
        "coded": int(coded.sum()),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
    }


def phrases(shared: Path) -> pd.DataFrame:
    """Compare China Daily with the New York Times by the outside lexicon's phrases."""
    table = pd.read_csv(shared / "phrase_lexicon" / "data.csv")
    table = table[table["Label"].isin(SIDES) & table["English"].notna()]
    rows = [
        (SIDES[label], literal(phrase.strip()))
        for label, several in zip(table["Label"], table["English"], strict=True)
        for phrase in several.split("/")
        if phrase.strip()
    ]
    lexicon = mk.Dictionary(
        "phrases", pd.DataFrame(rows, columns=["category", "pattern"])
    )
    papers = pd.read_csv(shared / "chinadaily_nyt" / "articles.csv.gz")
    whole = papers["text"].fillna("...").str.strip()
    papers = papers[~whole.str.startswith("...") & (whole != "")]
    names = {"source": "outlet", "date": "published"}
    articles = mk.read_articles(
        papers.rename(columns=names)[["outlet", "published", "title", "text"]]
    )
    measure = mk.count_dictionary(mk.tokenize(articles), lexicon)
    return mk.compare(measure, by="outlet", a="China Daily", b="New York Times")


def main(shared: str) -> None:
    """Print both."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        print({name: round(one, 2) for name, one in mentions(Path(shared)).items()})
        shown = ["item", "value_a", "value_b", "log_ratio", "low", "high", "p_cluster"]
        print(phrases(Path(shared))[shown].round(4).to_string())


if __name__ == "__main__":
    main(sys.argv[1])
