"""Make the three derived corpora in data/derived from the texts in ../shared/data.

Run: python benchmarks/make_derived.py [name ...]; the texts are not part of mediakit,
the figures made here are. The cards' words are in benchmarks/cards.
"""

import re
import sys
import warnings
from pathlib import Path

import pandas as pd
from derived_measures import EVERY, OF_TEXTS, measured

import mediakit as mk
from mediakit.clean.report import cleaning_report
from mediakit.share.derive import derive

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared" / "data"
CARDS = Path(__file__).parent / "cards"
SPANISH = re.compile(r"\b(?:con|del|el|las|los|para|por|que|una)\b", re.IGNORECASE)
MOST_SPANISH = 0.08
HEADLINE_OUTLETS = {
    "bbc": "BBC",
    "cgtn": "CGTN",
    "chinadaily": "China Daily",
    "globaltimes": "Global Times",
    "xinhuanet": "Xinhua",
}


class Dropped:
    """Rows left out before deriving: how many of each outlet, and why."""

    def __init__(self):
        self.rows = []

    def drop(self, frame: pd.DataFrame, mask: pd.Series, why: str) -> pd.DataFrame:
        """Return `frame` without the rows of `mask`, and note them."""
        for outlet, rows in frame[mask].groupby("outlet"):
            self.rows.append((outlet, why, len(rows)))
        return frame[~mask]

    def table(self) -> pd.DataFrame:
        """Return outlet, why, rows."""
        return pd.DataFrame(self.rows, columns=["outlet", "why", "rows"])


def clean(frame: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows as clean ARTICLES, and what cleaning took away."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        articles = mk.read_articles(frame)
        cleaned = mk.clean_boilerplate(mk.clean_text(articles))
    return cleaned, cleaning_report(cleaned)


def democracy(folder: Path) -> pd.DataFrame:
    """China Daily and New York Times 2013-15, one row per article."""
    table = pd.read_csv(SOURCE / "chinadaily_nyt" / "articles.csv.gz")
    table = table.rename(columns={"source": "outlet", "date": "published"})
    dropped = Dropped()
    table = dropped.drop(table, table["text"].isna(), "no text")
    snippet = table["text"].str.startswith("...")
    table = dropped.drop(table, snippet, "search snippet (begins with '...')")
    articles, cleaning = clean(table[["outlet", "published", "title", "text"]])
    corpus = mk.mark_quotations(mk.tokenize(articles))
    about = {
        **card("democracy", "China Daily and New York Times on democracy, 2013-15"),
        "sources": [
            {
                "title": "waterknows/hwcfpp, project/chinadaily and project/nytimes, "
                "commit caffca151e52f9b305441be931f25fc7e1bde768 (2016-03-29); no "
                "licence stated",
                "path": "https://github.com/waterknows/hwcfpp",
            }
        ],
        "dropped": dropped.table(),
        "cleaning": cleaning,
    }
    return derive(corpus, folder, measures=measured(corpus, OF_TEXTS), about=about)


def headlines_2022(folder: Path) -> pd.DataFrame:
    """Headlines of five outlets, bags per outlet, section and day."""
    table = pd.read_csv(SOURCE / "headlines_2022" / "headlines_all_snapshots.csv.gz")
    table["outlet"] = table["outlet"].map(HEADLINE_OUTLETS)
    table["published"] = table["date_parsed"]
    dropped = Dropped()
    table = dropped.drop(table, table["headline"].isna(), "empty headline")
    table = dropped.drop(table, table["published"].isna(), "no date")
    stray = table["published"].str[:4] != "2022"
    table = dropped.drop(table, stray, "dated before 2022")
    table = table.sort_values(["published", "file"], kind="stable")
    again = table.duplicated(["outlet", "headline"])
    table = dropped.drop(table, again, "sighted before")
    table = table.rename(columns={"headline": "title"})
    articles, cleaning = clean(table[["outlet", "section", "published", "title"]])
    about = {
        **card("headlines_2022", "Headlines of five outlets, February-September 2022"),
        "sources": [
            {
                "title": "pontyl/news-sentivis, Dataset, commit "
                "733a0bea025171b969b1150fe4a7ab57da03697e (2025-04-13); no licence "
                "stated, researchers are invited to reuse it",
                "path": "https://github.com/pontyl/news-sentivis",
            }
        ],
        "dropped": dropped.table(),
        "cleaning": cleaning,
    }
    corpus = mk.tokenize(articles).only("title")
    options = {"bag": "bag of headlines", "by": ["section"]}
    return derive(
        corpus, folder, **options, measures=measured(corpus, EVERY), about=about
    )


def kcna(folder: Path) -> pd.DataFrame:
    """KCNA: stories 2011-12 per day, headlines 1997-2014 per month."""
    dropped = Dropped()
    table = pd.concat([kcna_stories(dropped), kcna_headlines(dropped)])
    articles, cleaning = clean(table.reset_index(drop=True))
    about = {
        **card("kcna", "Korean Central News Agency, 1997-2014"),
        "sources": [
            {
                "title": "xmarquez/KCNA, data/headlines.rda, KCNA_2011.rda, "
                "KCNA_2012.rda, commit ba82fadc306ff79bcf974c490907f4c029bb3b81 "
                "(2021-08-16); GPL-3 for the package, the texts' licence is unclear",
                "path": "https://github.com/xmarquez/KCNA",
            }
        ],
        "dropped": dropped.table(),
        "cleaning": cleaning,
    }
    corpus = mk.mark_quotations(mk.tokenize(articles))
    options = {"bag": "bag of stories", "by": ["part"]}
    return derive(
        corpus, folder, **options, measures=measured(corpus, OF_TEXTS), about=about
    )


def kcna_stories(dropped: Dropped) -> pd.DataFrame:
    """Return the English stories with text and date."""
    table = pd.read_csv(SOURCE / "kcna" / "kcna_stories_2011_2012.csv.gz")
    table = table.assign(outlet="KCNA", part="stories", period="day")
    table = table.rename(columns={"date": "published", "story": "text"})
    table = dropped.drop(table, table["text"].isna(), "story without text")
    table = dropped.drop(table, table["published"].isna(), "story without date")
    marked = table["language"] != "en"
    table = dropped.drop(table, marked, "story marked as Spanish")
    spanish = table["text"].str.count(SPANISH) / table["text"].str.split().str.len()
    table = dropped.drop(
        table,
        spanish > MOST_SPANISH,
        "story marked as English, in Spanish by its words",
    )
    return table[["outlet", "published", "text", "part", "period"]]


def kcna_headlines(dropped: Dropped) -> pd.DataFrame:
    """Return the English headlines, as short texts."""
    table = pd.read_csv(SOURCE / "kcna" / "kcna_headlines_1997_2014.csv.gz")
    table = table.assign(outlet="KCNA", part="headlines", period="month")
    table = table.rename(columns={"date": "published", "title": "text"})
    table = dropped.drop(table, ~table["english"], "headline not in English")
    return table[["outlet", "published", "text", "part", "period"]]


def card(name: str, title: str) -> dict:
    """Return what the data card says in words."""
    text = (CARDS / f"{name}.md").read_text("utf-8")
    return {"title": title, "description": text.split("\n\n")[0], "card": text}


MAKERS = {"democracy": democracy, "headlines_2022": headlines_2022, "kcna": kcna}


def main(names: list[str], target: Path = ROOT / "data" / "derived") -> None:
    """Make the corpora named, or all, and print what became of the articles."""
    for name in names or MAKERS:
        report = MAKERS[name](target / name)
        files = [path for path in (target / name).rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        print(f"{name}: {size / 1e6:.2f} MB\n{report.to_string(index=False)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
