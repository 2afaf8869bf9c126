"""How well the article of a page is found: two public sets and the strait's pages.

    python benchmarks/pages.py ../shared/data

Prints token F1 on article_extraction, precision and recall of the marked snippets of
boilerplate_checks, and token F1 by outlet on data/strait/pages.
"""

import argparse
import gzip
import json
import re
import tarfile
import tempfile
import warnings
from collections import Counter
from pathlib import Path

import pandas as pd
import trafilatura

import mediakit as mk

STRAIT = Path(__file__).resolve().parents[1] / "data" / "strait"


def token_f1(found: str, wanted: str) -> float:
    """Return the F1 of two bags of tokens."""
    one, other = (Counter(re.findall(r"\w+", text)) for text in (found, wanted))
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def read_pages(pages: dict[str, bytes]) -> pd.DataFrame:
    """Read pages given as bytes by name; the index is the name."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        for name, content in pages.items():
            (Path(folder) / f"{name}.html").write_bytes(content)
        articles = mk.read_articles(folder)
    return articles.set_index(articles["source_file"].str.removesuffix(".html"))


def read_alone(pages: dict[str, bytes]) -> pd.DataFrame:
    """Return what trafilatura by itself, as it is set by default, makes of pages."""
    texts = {name: trafilatura.extract(page) or "" for name, page in pages.items()}
    return pd.DataFrame({"text": pd.Series(texts, dtype="str")})


def extraction_f1(data: Path, read=read_pages) -> pd.Series:
    """Return token F1 of each page of article_extraction."""
    home = data / "article_extraction"
    truth = json.loads((home / "ground-truth.json").read_text("utf-8"))
    pages = {
        name: gzip.decompress((home / "html" / f"{name}.html.gz").read_bytes())
        for name in truth
    }
    texts = read(pages)["text"].fillna("")
    return pd.Series(
        {n: token_f1(texts[n], t["articleBody"]) for n, t in truth.items()}
    )


def snippet_counts(data: Path, read=read_pages) -> Counter:
    """Return which snippets of boilerplate_checks stand in the texts, and should."""
    home = data / "boilerplate_checks"
    truth = json.loads((home / "evaldata_subset.json").read_text("utf-8"))
    with tarfile.open(home / "pages.tar.gz") as archive:
        files = {
            member.name.partition("/")[2]: archive.extractfile(member).read()
            for member in archive
            if member.isfile()
        }
    names = [f"page{number:03}" for number in range(len(truth))]
    cases = dict(zip(names, truth.values(), strict=True))
    articles = read({name: files[case["file"]] for name, case in cases.items()})
    texts = articles["text"].fillna("")
    return Counter(
        (kind, snippet in texts.get(name, ""))
        for name, case in cases.items()
        for kind in ("with", "without")
        for snippet in case[kind]
    )


def snippet_figures(counts: Counter) -> dict[str, float]:
    """Return precision, recall, F1 and accuracy of snippet counts."""
    hit, false = counts["with", True], counts["without", True]
    missed = counts["with", False]
    precision, recall = hit / (hit + false), hit / (hit + missed)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "accuracy": (hit + counts["without", False]) / counts.total(),
    }


def strait_f1() -> pd.Series:
    """Return token F1 of each saved page of the strait against the story it holds."""
    articles = pd.read_csv(STRAIT / "constructed_articles.csv").set_index("article_id")
    marks = pd.read_csv(STRAIT / "truth" / "constructed_furniture.csv")
    listed = pd.read_csv(STRAIT / "truth" / "constructed_pages.csv")
    listed = listed[listed["file"].str.startswith("pages/")].set_index("article_id")
    pages = {
        name: (STRAIT / file).read_bytes() for name, file in listed["file"].items()
    }
    texts = read_pages(pages)["text"].fillna("")
    scores = {}
    for name, held in listed["held"].items():
        story = articles["text"][name]
        spans = marks[marks["article_id"] == name].sort_values("start")
        for start, end in spans[["start", "end"]].to_numpy()[::-1]:
            story = story[:start] + story[end:]
        paragraphs = [part for part in story.split("\n\n") if part.strip()]
        scores[name] = token_f1(texts[name], "\n\n".join(paragraphs[:held]))
    return pd.Series(scores)


def by_outlet(scores: pd.Series) -> pd.Series:
    """Return the mean score of each outlet of the strait."""
    return scores.groupby(scores.index.str.split("-").str[1]).mean()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("data", type=Path, help="the folder of the shared data")
    data = parser.parse_args().data
    for who, read in (("mediakit", read_pages), ("trafilatura alone", read_alone)):
        gold = extraction_f1(data, read)
        print(f"{who}, article_extraction: {len(gold)} pages, F1 {gold.mean():.4f}")
        print(f"  under .5: {(gold < 0.5).sum()}, least {gold.min():.2f}")
        figures = snippet_figures(snippet_counts(data, read))
        shown = (f"{k} {v:.4f}" for k, v in figures.items())
        print(f"{who}, boilerplate_checks:", *shown)
    strait = strait_f1()
    print(f"strait: token F1 {strait.mean():.4f}")
    print(by_outlet(strait).round(3).to_string())


if __name__ == "__main__":
    main()
