"""Hold labels against two sets that people made: mentions, and aligned phrases.

Run: python benchmarks/naming_validity.py SHARED_DATA; SHARED_DATA is the folder with
newswcl50, phrase_lexicon and chinadaily_nyt (not part of mediakit).

The first asks whether the labels of people who cross borders (`naming`) find the
mentions that coders of NewsWCL50 gave to the migrants of one event, among all mentions
of persons, groups, things and events; and whether the names of `mark_actors` find the
country that coders gave a mention of a state, its people or its leaders, country by
country. The second takes the phrases that an outside
lexicon marks as aligned with, or opposed to, the party line of China, and asks whether
China Daily says more of the one and less of the other than the New York Times; and
how well that alone, phrase by phrase, tells which side the lexicon puts it on.
"""

import sys
import warnings
from pathlib import Path

import pandas as pd

import mediakit as mk
from mediakit.text.pattern_syntax import literal
from mediakit.text.voices_people import read_actors

KINDS = ["ACTOR", "GROUP", "COUNTRY", "OBJECT", "MISC", "EVENT"]
OF_STATES = ["COUNTRY", "ACTOR", "ACTOR-I"]
STATES = {
    "USA": "United States",
    "PRK": "North Korea",
    "IRN": "Iran",
    "GBR": "United Kingdom",
    "RUS": "Russia",
    "ISR": "Israel",
    "KOR": "South Korea",
    "FRA": "France",
    "JPN": "Japan",
    "EU": "European Union",
    "MEX": "Mexico",
    "CAN": "Canada",
    "CHN": "China",
}
LEAST_USES = 3
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


def states(shared: Path) -> pd.DataFrame:
    """Return precision, recall and F1 of the country of each mention."""
    table = pd.read_csv(shared / "newswcl50" / "Annotations.csv", skiprows=1)
    table = table[table["code_type"].isin(OF_STATES) & table["code_mention"].notna()]
    coded = table["code_name"].str.split("\\", regex=False).str[0].map(STATES)
    actors = read_actors()
    found = table["code_mention"].map(actors.first)
    rows = []
    for name in STATES.values():
        row = figures(name, coded == name, found == name)
        plain = table["code_type"] == "COUNTRY"
        row["recall_of_states"] = (found == name)[plain & (coded == name)].mean()
        rows.append(row)
    return pd.DataFrame(rows)


def figures(name: str, coded: pd.Series, found: pd.Series) -> dict:
    """Return precision, recall and F1 of a class, and F1 of always saying it."""
    both = (coded & found).sum()
    precision, recall = both / max(found.sum(), 1), both / max(coded.sum(), 1)
    f1 = 2 * both / (coded.sum() + found.sum())
    always = 2 * coded.sum() / (coded.sum() + len(coded))
    return {
        "class": name,
        "units": len(coded),
        "coded": int(coded.sum()),
        "found": int(found.sum()),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "f1_always": always,
    }


def papers(shared: Path) -> mk.Corpus:
    """Return China Daily and the New York Times, without search snippets."""
    table = pd.read_csv(shared / "chinadaily_nyt" / "articles.csv.gz")
    whole = table["text"].fillna("...").str.strip()
    table = table[~whole.str.startswith("...") & (whole != "")]
    names = {"source": "outlet", "date": "published"}
    columns = ["outlet", "published", "title", "text"]
    return mk.tokenize(mk.read_articles(table.rename(columns=names)[columns]))


def lexicon(shared: Path) -> pd.DataFrame:
    """Return the side and the pattern of each phrase, variants apart."""
    table = pd.read_csv(shared / "phrase_lexicon" / "data.csv")
    table = table[table["Label"].isin(SIDES) & table["English"].notna()]
    rows = [
        (SIDES[label], several, literal(phrase.strip()))
        for label, several in zip(table["Label"], table["English"], strict=True)
        for phrase in several.split("/")
        if phrase.strip()
    ]
    return pd.DataFrame(rows, columns=["side", "phrase", "pattern"])


def phrases(corpus: mk.Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Compare China Daily with the New York Times by the outside lexicon's phrases."""
    entries = table.rename(columns={"side": "category"})[["category", "pattern"]]
    measure = mk.count_dictionary(corpus, mk.Dictionary("phrases", entries))
    return mk.compare(measure, by="outlet", a="China Daily", b="New York Times")


def sides(corpus: mk.Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Return how well the paper that says a phrase more often tells its side."""
    named = table.groupby("phrase", sort=False)["pattern"].agg(list).to_dict()
    rates = mk.summarise(mk.count_patterns(corpus, named), by="outlet")
    rates = rates.pivot(index="item", columns="group", values=["rate", "value"])
    side = table.drop_duplicates("phrase").set_index("phrase")["side"]
    used = rates[rates["value"].sum(axis=1) >= LEAST_USES]["rate"]
    more = (used["China Daily"] > used["New York Times"]).map(
        {True: "aligned", False: "opposed"}
    )
    side = side[more.index]
    return pd.DataFrame(
        [figures(one, side == one, more == one) for one in SIDES.values()]
    )


def main(shared: str) -> None:
    """Print both."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        print({name: round(one, 2) for name, one in mentions(Path(shared)).items()})
        print(states(Path(shared)).round(2).to_string())
        corpus, table = papers(Path(shared)), lexicon(Path(shared))
        print(sides(corpus, table).round(2).to_string())
        shown = ["item", "value_a", "value_b", "log_ratio", "low", "high", "p_cluster"]
        print(phrases(corpus, table)[shown].round(4).to_string())


if __name__ == "__main__":
    main(sys.argv[1])
