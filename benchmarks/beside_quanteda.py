"""The same texts cut into words by mediakit and by R: how many, and what differs.

Run: python benchmarks/beside_quanteda.py [out.json]; needs Rscript with stringi and
Matrix (jsonlite for what goes between). With quanteda installed its `tokens()` is
asked; without, ICU's word boundaries, on which it rests, with words that a hyphen joins
kept together, as quanteda does by default. The texts are the constructed corpus and,
where ../shared/data is, 500 real articles.
Also reads a saved measure in R, by the lines of the guide, and compares its sums.
"""

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import pandas as pd

import mediakit as mk

HERE = Path(__file__).resolve().parent
OUT = HERE / "beside_quanteda.json"
REAL = HERE.parents[1] / "shared" / "data" / "chinadaily_nyt" / "articles.csv.gz"
MOST, SIZE, SEED = 25, 500, 1


def ask(texts: list[str], measure: mk.Measure) -> dict:
    """Return what R says: words of each text, and sums of the measure."""
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        (place / "texts.json").write_text(json.dumps(texts), "utf-8")
        measure.save(place / "words")
        script = HERE / "beside_quanteda.R"
        subprocess.run(["Rscript", script, place], check=True, capture_output=True)
        return json.loads((place / "told.json").read_text("utf-8"))


def beside(corpus: mk.Corpus) -> dict:
    """Return how the words of a corpus differ from those R finds in its texts."""
    measure = mk.count_terms(corpus, fold=None)
    told = ask(corpus.articles["text"].fillna("").tolist(), measure)
    theirs = Counter(word for words in told["words"] for word in words)
    sums = measure.values.sum(axis=0)
    ours = Counter(dict(zip(measure.items["item"], map(int, sums), strict=True)))
    return {
        "by": told["by"],
        "r": told["r"],
        "articles": len(corpus),
        "words": {"mediakit": ours.total(), "R": theirs.total()},
        "different words": {"mediakit": len(ours), "R": len(theirs)},
        "shared": (ours & theirs).total(),
        "only mediakit": dict((ours - theirs).most_common(MOST)),
        "only R": dict((theirs - ours).most_common(MOST)),
        "the saved measure, read in R": {
            "rows": [len(corpus), told["rows"]],
            "columns": [len(ours), told["columns"]],
            "sum": [ours.total(), told["sum"]],
            "sum of the commonest word": [max(ours.values()), told["largest"]],
        },
    }


def real() -> mk.Corpus:
    """Return a corpus of real articles, drawn at random; they are not shipped."""
    table = pd.read_csv(REAL).rename(columns={"source": "outlet", "date": "published"})
    drawn = table.sample(SIZE, random_state=SEED)
    return mk.tokenize(
        mk.read_articles(drawn[["outlet", "published", "title", "text"]])
    )


def main(out: Path) -> None:
    record = {"strait": beside(mk.load_sample("strait"))}
    if REAL.is_file():
        record["China Daily and New York Times"] = beside(real())
    text = json.dumps(record, indent=1, ensure_ascii=False)
    out.write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else OUT)
