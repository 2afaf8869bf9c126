"""The README's figure: what each test "finds" between random halves of one newspaper.

Run: python benchmarks/random_halves.py [folder]; about a minute. It needs nothing but
the shipped word counts of the New York Times (`load_sample("democracy")`). Every test
has the same words, the same splits and the same correction (Benjamini-Hochberg, q <
.05); as nothing but chance sets the parts apart, whatever is found is false.
"""

import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
from split_parts import Outlet, g2_p, rank_p, welch_p

import mediakit as mk
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.family import family_of
from mediakit.show.style import COLOURS, GREY, axes_for, style

OUT = Path(__file__).resolve().parents[1] / "mediakit" / "docs"
PAPER, SEED, REPEATS, LEVEL = "New York Times", 1, 20, 0.05
SPLITS = {"half and half": 0.5, "nine to one": 0.9}
TESTS = {
    "Log-likelihood (each word is evidence)": "log-likelihood",
    "Mann-Whitney (each article is)": "Mann-Whitney",
    "Welch's t (each article is)": "Welch's t",
    "mediakit's compare (each article is)": "compare",
}


def found(outlet: Outlet, side: np.ndarray) -> dict[str, int]:
    """Return how many words each test finds."""
    family = family_of(outlet.measure, side)
    each = {
        "log-likelihood": g2_p(family),
        "Mann-Whitney": rank_p(outlet.above, side)[family.members],
        "Welch's t": welch_p(outlet.rates, side)[family.members],
        "compare": family.articles.p(),
    }
    return {
        test: int((benjamini_hochberg(p[~np.isnan(p)]) < LEVEL).sum())
        for test, p in each.items()
    }


def figures() -> pd.DataFrame:
    """Return what was found: split, repeat, and a column for each test."""
    corpus = mk.load_sample("democracy")
    corpus = corpus.subset(corpus.metadata["outlet"] == PAPER)
    outlet = Outlet(mk.count_terms(corpus, min_articles=10))
    rng, units, rows = np.random.default_rng(SEED), np.arange(len(corpus)), []
    for name, share in SPLITS.items():
        for repeat in range(REPEATS):
            side = outlet.split(units, share, rng)
            rows.append({"split": name, "repeat": repeat, **found(outlet, side)})
    return pd.DataFrame(rows)


def draw(table: pd.DataFrame):
    """Draw a dot for every split, and the mean in figures."""
    with style():
        ax = axes_for(None, height=4.2)
        for place, (split, rows) in enumerate(table.groupby("split", sort=False)):
            shift = 0.17 - 0.34 * place
            for row, test in enumerate(reversed(TESTS.values())):
                y = row + shift + np.linspace(-0.09, 0.09, len(rows))
                look = {"color": COLOURS[place], "marker": "os"[place], "s": 22}
                label = split if not row else None
                ax.scatter(rows[test], y, alpha=0.6, lw=0, label=label, **look)
                ax.text(
                    rows[test].max() + 30,
                    row + shift,
                    f"{rows[test].mean():,.1f}" + " on average" * (not place),
                    va="center",
                    color=COLOURS[place],
                    size=11,
                )
        ax.set_yticks(range(len(TESTS)), list(TESTS)[::-1])
        ax.tick_params(axis="y", length=0)
        ax.set_xlim(-8, table[list(TESTS.values())].max().max() * 1.28)
        ax.set_xlabel("words “found”, all of them false", color=GREY)
        title = "Key words between two parts of one newspaper, split at random"
        figure = ax.get_figure()
        figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=14)
        ax.legend(loc="upper right", title="articles split")
        ax.grid(axis="x")
    return ax


def alt_of(table: pd.DataFrame) -> str:
    """Return the figure in words."""
    means = table.groupby("split", sort=False)[list(TESTS.values())].mean()
    said = "; ".join(
        f"{split}: " + ", ".join(f"{test} {value:,.1f}" for test, value in row.items())
        for split, row in means.iterrows()
    )
    return (
        f"Dots: words found at q < .05 in {REPEATS} random splits of the articles of "
        f"the {PAPER}, by four tests. Nothing but chance sets the parts apart, so "
        f"each is false. On average, {said}."
    )


if __name__ == "__main__":
    mpl.use("Agg")
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    told = figures()
    told.to_csv(folder / "random_halves.csv", index=False, lineterminator="\n")
    (folder / "random_halves.txt").write_text(alt_of(told) + "\n", "utf-8")
    with style():
        draw(told).get_figure().savefig(folder / "random_halves.png", dpi=110)
