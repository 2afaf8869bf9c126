"""Power: how often differences planted in real articles are found, and by which test.

Run: python benchmarks/planted_power.py [repeats]; it reads the articles of the New York
Times in ../shared/data and writes figures only, into benchmarks/acceptance.
"""

import sys
import time
from dataclasses import replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from acceptance import OUT, SEED, tables
from random_splits import headline
from scipy import sparse, stats
from split_parts import Outlet, thinned, with_values

import mediakit as mk
from mediakit.formulas.keyness import chi2_p, g2
from mediakit.formulas.power import chance_to_find
from mediakit.formulas.rates import RateComparison
from mediakit.formulas.score import score_test
from mediakit.infer.contrast import compare_articles
from mediakit.infer.provenance import provenance
from mediakit.progress import progress

SIZES = (50, 100, 250, 500, 1000)
TIMES = (1, 1.25, 1.5, 2, 4)
HELD = {"1 to 5 %": (0.01, 0.05), "5 to 20 %": (0.05, 0.2), "over 20 %": (0.2, 1)}
A_BAND = 200
TESTS = ("compare", "theory", "G2", "Welch", "Mann-Whitney")
FEWEST = 1000
APART = 0.06
COLOURS = {1: "0.45", 1.25: "#56b4e9", 1.5: "#009e73", 2: "#e69f00", 4: "#cc79a7"}
KEY = ["held by", "articles a side", "times", "test"]


def measured(outlet: Outlet, repeats: int) -> pd.DataFrame:
    """Return how often each test has p < .05, by words, articles and difference."""
    rng, rows = np.random.default_rng(SEED), []
    held = outlet.held / len(outlet.measure)
    names = outlet.measure.items["item"].to_numpy()
    for band, (low, high) in HELD.items():
        inside = np.flatnonzero((held >= low) & (held < high))
        chosen = rng.choice(inside, min(A_BAND, len(inside)), replace=False)
        measure = outlet.measure.only_items(names[chosen].tolist())
        measure = with_values(measure, measure.values)
        jobs = [(size, times) for size in SIZES for times in TIMES]
        for size, times in progress(jobs, what=band):
            for _ in range(repeats):
                for test, p in _once(measure, size, times, rng).items():
                    found = np.nanmean(p) if test == "theory" else (p < 0.05).mean()
                    rows.append((band, size, times, test, found, len(p)))
    table = pd.DataFrame(rows, columns=[*KEY, "found", "tests"])
    table["found"] *= table["tests"]
    table = table.groupby(KEY, sort=False)[["found", "tests"]].sum().reset_index()
    return table.assign(found=table["found"] / table["tests"])


def _once(measure, size, times, rng):
    """Draw two sides, thin one, and return each test's p of every word that occurs."""
    rows = rng.permutation(len(measure))[: 2 * size]
    side = np.repeat([0, 1], size)
    drawn = replace(
        with_values(measure, sparse.csr_array(measure.values[rows])),
        articles=measure.articles.iloc[rows].reset_index(drop=True),
    )
    block = replace(drawn.stored[0], exposure=measure.exposure[rows])
    drawn = replace(drawn, stored=(replace(block, rows=slice(0, 2 * size)),))
    everything = np.arange(len(drawn.items))
    drawn = thinned(drawn, side, everything, 1 / times, rng)
    both = compare_articles(drawn, side)[0]
    some = np.flatnonzero(both.a.held + both.b.held >= 10)
    both = both[some]
    rates = drawn.values[:, some].toarray() / np.maximum(drawn.exposure, 1)
    a, b = rates[side == 0], rates[side == 1]
    return {
        "compare": both.p(),
        "theory": theory(both, times),
        "G2": chi2_p(g2(both.a.x, both.b.x, both.a.n, both.b.n)),
        "Welch": stats.ttest_ind(a, b, equal_var=False).pvalue,
        "Mann-Whitney": stats.mannwhitneyu(a, b, method="asymptotic").pvalue,
    }


def theory(both: RateComparison, times: float) -> np.ndarray:
    """Return with which chance the ratio is found; of no difference, the level."""
    if times == 1:
        return np.full(len(both.a.x), 0.05)
    test = score_test(both.a, both.b)
    return chance_to_find(test, 1 / times, alpha=0.05, upper=False)


def as_markdown(table: pd.DataFrame, found: dict) -> str:
    """Lay the rates out, and under them what is found in random halves."""
    record = table.attrs["mediakit"]
    versions = ", ".join(f"{k} {v}" for k, v in record["versions"].items())
    repeats, seed = (record["parameters"][name] for name in ("repeats", "seed"))
    lines = [
        "# Power",
        "",
        f"Real articles of the New York Times, {repeats} drawings of two sides for "
        f"each line, seed {seed}; {versions}. {'; '.join(record['notes'])}.",
        "",
        "From one side so many uses of every word are taken that the other has it so "
        "many *times* as often; at 1 nothing is taken and all that is found is false. "
        "Shown is the part of the words in ten articles or more that have p < .05; "
        "*theory* is what `power` expects of `compare`. Lines of fewer than "
        f"{FEWEST:,} tests are left out. G2 finds more because it is wrong more often: "
        "read its lines beside those for 1.",
        "",
        "![Part of the words found by compare, against articles a side, for five sizes "
        "of difference and three bands of words, with the lines that theory expects; "
        "the figures are in the table below.](power.png)",
        "",
        f"| words held by | articles a side | times | {' | '.join(TESTS)} | tests |",
        "|---|---|---|" + "---|" * (len(TESTS) + 1),
    ]
    for key, rows in table.groupby(KEY[:3], sort=False):
        cells = rows.set_index("test")["found"].reindex(TESTS)
        shown = " | ".join(f"{cell:.3f}" for cell in cells)
        band, size, times = key
        lines.append(
            f"| {band} | {size:,} | {times:g} | {shown} | {rows['tests'].iloc[0]:,} |"
        )
    lines += [
        "",
        "## Key words of random halves",
        "",
        "Articles of one newspaper split at random, ten times: words with q < .05 "
        "(false discovery rate 5 %), per split. All are false.",
        "",
        "| newspaper | split | " + " | ".join(found["tests"]) + " |",
        "|---|---|" + "---|" * len(found["tests"]),
    ]
    for (name, split), values in found["rows"].items():
        shown = " | ".join(f"{value:,.1f}" for value in values)
        lines.append(f"| {name} | {split} | {shown} |")
    return "\n".join(lines) + "\n"


def false_key_words(measured: dict[str, Outlet]) -> dict:
    """Return the mean number of false key words by newspaper, split and test."""
    rows = []
    for name, outlet in measured.items():
        for figure in headline(outlet, np.random.default_rng(SEED), 10):
            rows.append((name, figure[0], figure[2], figure[4]))
    table = pd.DataFrame(rows, columns=["newspaper", "split", "test", "found"])
    wide = table.pivot_table(
        index=["newspaper", "split"], columns="test", values="found", sort=False
    ).rename(columns={"all": "words tested"})
    return {"tests": list(wide), "rows": {key: row for key, *row in wide.itertuples()}}


def draw(table: pd.DataFrame, path: Path) -> None:
    """Draw what compare finds as marks, and what theory expects as lines."""
    figure, panels = plt.subplots(1, len(HELD), figsize=(9, 3.4), sharey=True)
    for panel, band in zip(panels, HELD, strict=True):
        height = 0
        for times, colour in COLOURS.items():
            rows = table[(table["held by"] == band) & (table["times"] == times)]
            for test, style in (("compare", "o"), ("theory", "-"), ("G2", ":")):
                if test != "G2" or times == 1:
                    line = rows[rows["test"] == test]
                    size, found = line["articles a side"], line["found"]
                    panel.plot(size, found, style, color=colour, markersize=4)
            end = rows[rows["test"] == "theory"].tail(1)
            for _, last in end.iterrows():
                height = max(last["found"], height + APART)
                place = (last["articles a side"] * 1.12, height)
                panel.annotate(f"{times:g}", place, color=colour, va="center")
        panel.set_xscale("log")
        panel.set_xticks(SIZES, [f"{size:,}" for size in SIZES], fontsize=8)
        panel.minorticks_off()
        panel.set_xlim(40, 1500)
        panel.set_ylim(0, 1.1)
        panel.set_title(f"words in {band} of the articles", fontsize=9, loc="left")
        panel.spines[["top", "right"]].set_visible(False)
    panels[0].set_ylabel("part of the words found (p < .05)")
    panels[1].set_xlabel("articles a side; the number is how many times as often")
    panels[-1].annotate(
        "dotted: G2 at 1, all false", (190, 0.11), color=COLOURS[1], fontsize=8
    )
    figure.tight_layout()
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main(repeats: int) -> pd.DataFrame:
    """Measure, and write CSV, its provenance, a picture and a page."""
    began, read = time.process_time(), tables()
    words = {
        name: Outlet(mk.count_terms(mk.tokenize(read[name])))
        for name in ("New York Times", "China Daily")
    }
    times = words["New York Times"]
    table = measured(times, repeats)
    table = table[table["tests"] >= FEWEST].reset_index(drop=True)
    found = false_key_words(words)
    spent = (time.process_time() - began) / 60
    table.attrs["mediakit"] = provenance(
        times.measure,
        "planted_power",
        {"seed": SEED, "repeats": repeats},
        [f"{len(times.measure):,} articles; {spent:.1f} CPU minutes"],
    )
    OUT.mkdir(exist_ok=True)
    mk.save_table(table, OUT / "power.csv")
    (OUT / "power.md").write_text(as_markdown(table, found), encoding="utf-8")
    draw(table, OUT / "power.png")
    return table


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
