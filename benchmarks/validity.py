"""What validity figures are worth: on real codes, and where the truth is planted.

Run: python benchmarks/validity.py SHARED_DATA [part]; SHARED_DATA is the folder with
ukraine_bias_votes, financial_phrasebank, vader_tweets, semeval2007 and chinadaily_nyt
(real texts, which the project does not pass on). Parts: votes, published, coverage,
axis.
"""

import html
import json
import re
import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

import mediakit as mk

QUESTIONS = "subjectivity", "hidden_assumptions", "frame_russia", "frame_ukraine"
QUESTIONS += "frame_west", "bias_pro-russia", "bias_pro-west"
CUTS = (-0.05, 0.05)
SIGNS = {"negative": -1, "neutral": 0, "positive": 1}
AXES = {
    "unrest v harmony": {
        "unrest": "violence violent riot* clash* unrest chaos turmoil".split(),
        "harmony": "peaceful peace stability stable harmony calm harmonious".split(),
    },
    "bad v good": {
        "bad": "bad failure worse terrible wrong evil corrupt disaster".split(),
        "good": "good success better excellent right noble honest triumph".split(),
    },
}
ACTORS = {
    "China": ["china", "chinese"],
    "United States": ["america", "american", "washington"],
    "Russia": ["russia", "russian"],
    "protesters": ["protester*", "demonstrator*"],
    "police": ["police"],
}


def votes(shared: Path) -> pd.DataFrame:
    """Alpha of crowd votes on bias, sentence by sentence, by level."""
    table = pd.read_csv(shared / "ukraine_bias_votes" / "sentences_flat.csv")
    rows = [
        (question, f"{one['article']} {one['sent']}", one["article"], place, code)
        for one in table.to_dict("records")
        for question in QUESTIONS
        for place, code in enumerate(json.loads(one[f"{question}_votes"]))
    ]
    names = ["question", "unit_id", "article_id", "coder", "code"]
    codes = pd.DataFrame(rows, columns=names)
    parts = [
        mk.agreement(codes, level=level, cluster="article_id", repeats=200)
        for level in ("nominal", "ordinal", "interval")
    ]
    shown = ["question", "level", "alpha", "low", "high", "pairs_agree", "units"]
    return pd.concat(parts)[shown]


def tone(texts: list[str], ids: list[str]) -> mk.Measure:
    """Return VADER's compound of each whole text, as a measure made elsewhere."""
    score = SentimentIntensityAnalyzer().polarity_scores
    frame = pd.DataFrame({"article_id": ids, "texts": 1})
    frame["tone"] = [score(text)["compound"] for text in texts]
    return mk.as_measure(frame, value="tone", exposure="texts", kind="mean")


def published(shared: Path) -> pd.DataFrame:
    """VADER against codes whose figures others published; the word model beside it."""
    parts = []
    for name in ("50Agree", "AllAgree"):
        path = shared / "financial_phrasebank" / f"Sentences_{name}.txt"
        lines = path.read_text(encoding="latin-1").splitlines()
        cut = pd.DataFrame([line.rsplit("@", 1) for line in lines if "@" in line])
        cut = cut[cut[1].isin(SIGNS)].reset_index(drop=True)
        ids = [f"s{n}" for n in cut.index]
        codes = pd.DataFrame({"unit_id": ids, "code": cut[1].map(SIGNS)})
        codes["text"] = cut[0]
        table = mk.validate(tone(cut[0], ids), codes, level="ordinal", cuts=CUTS)
        parts.append(table.assign(set=f"financial phrasebank {name}"))
    for name, (texts, codes) in rated(shared).items():
        ids = [f"t{n}" for n in range(len(texts))]
        codes = pd.DataFrame({"unit_id": ids, "code": codes})
        table = mk.validate(tone(texts, ids), codes, level="interval", repeats=200)
        parts.append(table.assign(set=name, item="all classes"))
    table = pd.concat(parts)
    table = table[table["item"] == "all classes"]
    shown = ["set", "method", "units", "f1", "f1_low", "f1_high", "alpha", "r"]
    return table[[*shown, "r_low", "r_high", "accuracy"]]


def rated(shared: Path) -> dict:
    """Return texts and ratings, from -1 to 1, of two sets."""
    path = shared / "vader_tweets" / "tweets_GroundTruth.txt"
    tweets = pd.read_csv(path, sep="\t", header=None, quoting=3)
    folder = shared / "semeval2007"
    gold = pd.read_csv(
        folder / "affectivetext_trial.valence.gold", sep=" ", header=None
    )
    lines = (folder / "affectivetext_trial.xml").read_text(encoding="utf-8")
    found = re.findall(r'<instance id="(\d+)">(.*?)</instance>', lines)
    titles = {int(number): html.unescape(text) for number, text in found}
    return {
        "tweets": (tweets[2].tolist(), (tweets[1] / 4).tolist()),
        "headlines": ([titles[n] for n in gold[0]], (gold[1] / 100).tolist()),
    }


def coverage(_: Path, rounds: int = 200) -> pd.DataFrame:
    """How often 95 % intervals hold the truth, whole articles drawn or sentences."""
    rng = np.random.default_rng(1)
    truths = {"precision": 0.28 / 0.34, "recall": 0.7}
    hits = dict.fromkeys([(c, f) for c in ("article", "sentence") for f in truths], 0)
    for number in range(rounds):
        article = np.repeat(np.arange(60), 5)
        yes = (rng.random(60) < 0.4)[article]
        seen = np.where(yes, (rng.random(60) < 0.7)[article], 0)
        seen = np.where(yes, seen, (rng.random(60) < 0.1)[article])
        ids = [f"s{n}" for n in range(300)]
        frame = pd.DataFrame({"article_id": ids, "hits": seen.astype(int), "words": 9})
        measure = mk.as_measure(frame, value="hits", exposure="words")
        codes = pd.DataFrame({"unit_id": ids, "code": yes.astype(int)})
        codes["article_id"] = [f"a{n}" for n in article]
        for name, cluster in (("article", "article_id"), ("sentence", "unit_id")):
            options = {"cluster": cluster, "repeats": 400, "seed": number}
            row = mk.validate(measure, codes, **options).iloc[0]
            for figure, truth in truths.items():
                low, high = row[f"{figure}_low"], row[f"{figure}_high"]
                hits[name, figure] += low <= truth <= high
    rows = [(*key, count / rounds) for key, count in hits.items()]
    return pd.DataFrame(rows, columns=["drawn", "figure", "coverage"])


def axis(shared: Path) -> pd.DataFrame:
    """Axes learnt from China Daily and The New York Times: do they hold?"""
    papers = pd.read_csv(shared / "chinadaily_nyt" / "articles.csv.gz")
    texts = papers["text"].fillna("")
    papers = papers[(texts.str.len() > 0) & ~texts.str.startswith("...")]
    papers = papers.rename(columns={"source": "outlet", "date": "published"})
    papers["published"] = papers["published"].astype(str)
    kept = papers[["outlet", "published", "title", "text"]]
    corpus = mk.tokenize(mk.clean_text(mk.read_articles(kept)))
    lexicon = SentimentIntensityAnalyzer().lexicon
    rows = []
    for name, poles in AXES.items():
        found = mk.score_axis(corpus, poles, near=ACTORS, min_articles=20)
        words = found.words
        own = words["left_out"].dropna()
        rated = words[words["pole"].isna() & words["word"].isin(lexicon)]
        negative = rated["word"].map(lexicon) < 0
        rank = rated["position"].rank()
        pairs = negative.sum() * (~negative).sum()
        auc = (rank[negative].sum() - negative.sum() * (negative.sum() + 1) / 2) / pairs
        table = found.positions(repeats=10)
        width = (table["high"] - table["low"]).median()
        sides = sorted(papers["outlet"].unique())
        lean = mk.compare(found, by="outlet", a=sides[0], b=sides[1])
        for one in lean.itertuples():
            row = {"axis": name, "words": len(words), "stability": found.stability}
            row |= {"own_side": (own > 0).mean(), "auc_of_vader_words": auc}
            row |= {"rated": len(rated), "interval": width, "near": one.item}
            row |= {"a": sides[0], "rate_a": one.rate_a, "rate_b": one.rate_b}
            rows.append(row | {"low": one.low, "high": one.high, "q": one.q})
        ends = words.loc[words["articles"] > 100, "word"]
        print(name, ends.head(12).tolist(), ends.tail(12).tolist())
    return pd.DataFrame(rows)


PARTS = {
    "votes": votes,
    "published": published,
    "coverage": coverage,
    "axis": axis,
}


def main(shared: str, *chosen: str) -> None:
    """Print the tables of the parts asked for."""
    warnings.simplefilter("ignore", mk.MediakitWarning)
    for name in chosen or PARTS:
        print(f"\n{name}: {PARTS[name].__doc__}")
        table = PARTS[name](Path(shared))
        print(table.round(3).to_string(index=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
