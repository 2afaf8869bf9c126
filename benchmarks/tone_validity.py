"""Hold the instruments of tone against people's codes: what are they worth on news?

Run: python benchmarks/tone_validity.py SHARED_DATA [set ...]; SHARED_DATA is the folder
with newsmtsc, persent, semeval2007, vader_tweets and financial_phrasebank (real texts,
which the project does not pass on); the constructed corpus comes with mediakit, and the
list of AFINN with the package afinn (`pip install afinn`). With all sets it writes
tone_validity.json and tone_validity.md beside this file.

The lists and rules of `score_toward` were written with an eye on three quarters of the
sentences of NewsMTSC's training part ("seen"); the rest, told apart by a hash of the
sentence, was measured once afterwards. Nothing was written or tuned on other sets. The
cuts are VADER's own on all of them: below -0.05 negative, from 0.05 positive.
"""

import json
import sys
import warnings
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
from tone_validity_sets import SETS, TARGET, Coded

import mediakit as mk
from mediakit.infer.provenance import versions
from mediakit.resources import folder

HERE = Path(__file__).resolve().parent
CUT, REPEATS, SEED = 0.05, 1000, 1
ASKED = {
    "names masked": ("vader, by sentence, names masked", "vader, by sentence"),
    "by sentence": ("vader, by sentence", "vader, whole text"),
    "only sentences about the target": (
        "vader, sentences about the target",
        "vader, by sentence",
    ),
    "targeted for VADER": ("targeted", "vader, whole text"),
}
"""What helps: an instrument less another, drawn alike."""
COLUMNS = ["set", "instrument", "units", "f1", "f1_low", "f1_high", "r", "r_low"]
COLUMNS += ["r_high", "accuracy", "scored"]


def corpus_of(texts: pd.Series) -> mk.Corpus:
    """Tokenize texts in their order."""
    ids = [f"u{n}" for n in range(len(texts))]
    frame = pd.DataFrame({"article_id": ids, "outlet": "coded", "text": texts})
    return mk.tokenize(mk.read_articles(frame), language="en")


def means(measure: mk.Measure) -> tuple[np.ndarray, np.ndarray]:
    """Return the first item's mean in each unit, 0 without a score, and who has one."""
    sums, size = measure.values.toarray()[:, 0], measure.exposure[:, 0]
    there = size > 0
    return np.divide(sums, size, out=np.zeros(len(sums)), where=there), there


def scores(coded: Coded) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Return what each instrument says of each unit."""
    corpus = mk.mark_names(corpus_of(coded.units["text"]))
    named = corpus.without("name")
    found = {}
    for method in ("vader", "textblob"):
        whole = {"method": method, "unit": "article"}
        found[f"{method}, whole text"] = means(mk.score_sentiment(corpus, **whole))
        found[f"{method}, by sentence"] = means(
            mk.score_sentiment(corpus, method=method)
        )
        found[f"{method}, by sentence, names masked"] = means(
            mk.score_sentiment(named, method=method)
        )
        found[f"{method}, corrected"] = means(
            mk.score_sentiment(corpus, method=f"{method}_corrected")
        )
    found["afinn, by sentence"] = means(
        mk.score_sentiment(corpus, method=mk.load_dictionary("afinn"))
    )
    if "aimed" in coded.units:
        aimed = corpus_of(coded.units["aimed"])
        for part in ("sentence", "clause"):
            about = mk.mark_about(aimed, coded.names, part=part)
            about = about.only(f"about {TARGET}")
            found[f"vader, {part}s about the target"] = means(mk.score_sentiment(about))
        found["targeted"] = means(mk.score_toward(aimed, coded.names))
    return found


def macro_f1(table: np.ndarray) -> float:
    """Return the mean F1 of the classes of a table of coded by found."""
    both = table.sum(0) + table.sum(1)
    return float(np.mean(2 * np.diag(table) / np.maximum(both, 1)))


def figures(coded: Coded, said: np.ndarray) -> tuple[dict, np.ndarray]:
    """Return macro F1, accuracy and r with intervals, and F1 of each draw."""
    gold, rating = coded.gold.to_numpy(), coded.rating.to_numpy(float)
    found = np.where(said <= -CUT, -1, np.where(said >= CUT, 1, 0))
    clusters = pd.factorize(coded.units["cluster"])[0]
    size = clusters.max() + 1
    tables = np.zeros((size, 3, 3))
    np.add.at(tables, (clusters, gold + 1, found + 1), 1)
    moments = np.zeros((size, 6))
    parts = [np.ones(len(said)), rating, said, rating**2, said**2, rating * said]
    np.add.at(moments, clusters, np.column_stack(parts))
    drawn = np.random.default_rng(SEED).multinomial(
        size, np.full(size, 1 / size), REPEATS
    )
    f1 = np.array([macro_f1(np.tensordot(times, tables, 1)) for times in drawn])
    r = [correlation(times @ moments) for times in drawn]
    table = tables.sum(0)
    row = {"f1": macro_f1(table), "accuracy": np.trace(table) / table.sum()}
    row["f1_low"], row["f1_high"] = np.quantile(f1, [0.025, 0.975])
    row["r"] = correlation(moments.sum(0))
    row["r_low"], row["r_high"] = np.quantile(r, [0.025, 0.975])
    return row, f1


def correlation(sums: np.ndarray) -> float:
    """Return Pearson's r of sums: n, x, y, x², y², xy."""
    n, x, y, xx, yy, xy = sums
    spread = np.sqrt(max(n * xx - x * x, 0) * max(n * yy - y * y, 0))
    return float((n * xy - x * y) / spread) if spread > 0 else float("nan")


def measured(coded: Coded) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return a row for each instrument and the majority, and what helps how much."""
    common = coded.gold.mode()[0]
    rows, draws = [], {}
    majority = np.full(len(coded.gold), float(common))
    every = {"majority": (majority, np.ones(len(majority), bool)), **scores(coded)}
    for name, (said, there) in every.items():
        row = {"set": coded.name, "instrument": name, "units": len(said)}
        known, draws[name] = figures(coded, said)
        rows.append(row | known | {"scored": there.mean()})
    table = pd.DataFrame(rows)[COLUMNS]
    f1 = table.set_index("instrument")["f1"]
    gains = []
    for asked, (one, other) in ASKED.items():
        if one in f1:
            low, high = np.quantile(draws[one] - draws[other], [0.025, 0.975])
            row = {"set": coded.name, "asked": asked, "gain": f1[one] - f1[other]}
            gains.append(row | {"low": low, "high": high})
    return table, pd.DataFrame(gains)


def page(
    table: pd.DataFrame, gains: pd.DataFrame, coded: list[Coded], made: dict
) -> str:
    """Return the results as Markdown."""
    parts = [
        "# What instruments of tone are worth",
        f"Made by `benchmarks/tone_validity.py` on {made['date']} with "
        + ", ".join(f"{name} {number}" for name, number in made["versions"].items())
        + ". Macro F1 over negative, neutral and positive at cuts of -0.05 and 0.05, "
        "and Pearson's r with the codes; in brackets 95 %, drawing articles. "
        "“Scored”: share of units of which the instrument knows anything; the others "
        "count as 0.",
    ]
    lines = ["| set | what | gain in macro F1 |", "|---|---|---|"]
    lines += [
        f"| {row.set} | {row.asked} | {row.gain:+.3f} "
        f"({row.low:+.3f} to {row.high:+.3f}) |"
        for row in gains.itertuples()
    ]
    parts.append("## What helps\n\n" + "\n".join(lines))
    for one in coded:
        rows = table[table["set"] == one.name]
        parts.append(f"## {one.name}\n\n{one.about}")
        lines = [
            "| instrument | macro F1 | r | accuracy | scored |",
            "|---|---|---|---|---|",
        ]
        for row in rows.itertuples():
            lines.append(
                f"| {row.instrument} | {row.f1:.3f} ({row.f1_low:.3f} to "
                f"{row.f1_high:.3f}) | "
                + (
                    f"{row.r:.3f} ({row.r_low:.3f} to {row.r_high:.3f})"
                    if np.isfinite(row.r)
                    else "none"
                )
                + f" | {row.accuracy:.3f} | {row.scored:.2f} |"
            )
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def main(shared: str, *chosen: str) -> None:
    """Print the figures of the sets asked for; of all sets also write them down."""
    warnings.simplefilter("ignore", mk.MediakitWarning)
    strait = folder("data") / "strait"
    coded = [SETS[name](Path(shared), strait) for name in chosen or SETS]
    found = [measured(one) for one in coded]
    table, gains = (
        pd.concat(one, ignore_index=True) for one in zip(*found, strict=True)
    )
    print(gains.round(3).to_string(index=False))
    print(table.round(3).to_string(index=False))
    if chosen:
        return
    made = {"date": f"{date.today()}", "versions": versions()}
    record = made | {"cut": CUT, "repeats": REPEATS, "seed": SEED}
    record["sets"] = {one.name: one.about for one in coded}
    record["rows"] = json.loads(table.round(4).to_json(orient="records"))
    record["gains"] = json.loads(gains.round(4).to_json(orient="records"))
    text = json.dumps(record, indent=1, ensure_ascii=False)
    (HERE / "tone_validity.json").write_text(text + "\n", encoding="utf-8")
    text = page(table, gains, coded, made)
    (HERE / "tone_validity.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
