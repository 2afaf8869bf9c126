"""The acceptance table: what compare finds where nothing differs, and where it does.

Run: python benchmarks/acceptance.py [repeats]; it reads the full texts in
../shared/data and writes figures only, into benchmarks/acceptance.
"""

import sys
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from random_splits import (
    calibration,
    headline,
    planted,
    unequal_lengths,
    whole_weeks,
)

import mediakit as mk
from mediakit.infer.provenance import provenance
from mediakit.measure.measure import Measure
from mediakit.progress import progress

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared" / "data"
OUT = Path(__file__).parent / "acceptance"
SEED = 2026
PARTS = {
    "Random splits": calibration,
    "Articles of unequal length": unequal_lengths,
    "Labels by week": whole_weeks,
    "Planted differences": planted,
}
KEY = ["part", "outlet", "split", "test", "quantity", "band"]
LIMITS = {  # set before the figures were known: reference/inference.md, section 8
    "p < .05": (0.04, 0.06),
    "p < .001": (0.0003, 0.002),
    "splits with any q < .05": (0, 0.10),
    "false among found": (0, 0.07),
    "coverage": (0.93, 0.98),
}
NOT_JUDGED = ("G2", "Mann-Whitney", "by article", "compare by week")
RAREST = "10-20"
LEAST_INTERVALS = 500


def outlets() -> dict[str, Measure]:
    """Count the words of each outlet's articles; repeats and snippets left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        both = mk.read_articles(SOURCE / "chinadaily_nyt" / "articles.csv.gz")
        kcna = mk.read_articles(SOURCE / "kcna" / "kcna_stories_2011_2012.csv.gz")
    both, kcna = (t[t["text"].notna()].drop_duplicates("text") for t in (both, kcna))
    times = both["outlet"] == "New York Times"
    snippets = both["text"].str.strip().str.startswith("...")
    tables = {
        "New York Times": both[times],
        "China Daily": both[~times & ~snippets],
        "KCNA": kcna[kcna["language"] == "en"].sample(3998, random_state=SEED),
    }
    return {
        name: mk.count_terms(mk.tokenize(table.reset_index(drop=True)))
        for name, table in tables.items()
    }


def measure_all(repeats: int) -> pd.DataFrame:
    """Run every part on every outlet; one row per figure, averaged over splits."""
    measures, rows = outlets(), []
    jobs = [(part, name) for part in PARTS for name in measures]
    for part, name in progress(jobs, what="acceptance"):
        rng = np.random.default_rng([SEED, *map(ord, part + name)])
        for figure in PARTS[part](measures[name], rng, repeats):
            rows.append((part, name, *figure))
    rng = np.random.default_rng(SEED)
    for figure in headline(measures["New York Times"], rng, 10):
        rows.append(("Key words of random splits", "New York Times", *figure))
    columns = ["part", "outlet", "split", "band", "test", "quantity", "value", "tests"]
    figures = pd.DataFrame(rows, columns=columns).astype({"value": float})
    figures["value"] *= figures["tests"]
    table = figures.groupby(KEY, sort=False)[["value", "tests"]].sum().reset_index()
    table["value"] /= table["tests"]
    table["held"] = [judge(row) for row in table.itertuples()]
    table.attrs["mediakit"] = provenance(
        measures["New York Times"],
        "acceptance",
        {"seed": SEED, "repeats": repeats},
        [f"{name}: {len(m)} articles" for name, m in measures.items()],
    )
    return table


def judge(row) -> str:
    """Say whether a figure lies within its limits; nothing where it has none."""
    if row.quantity not in LIMITS or row.test in NOT_JUDGED:
        return ""
    if row.quantity == "coverage" and row.tests < LEAST_INTERVALS:
        return ""
    low, high = LIMITS[row.quantity]
    low = 0 if row.band == RAREST and row.quantity.startswith("p <") else low
    return "yes" if low <= round(row.value, 4) <= high else "no"


def as_markdown(table: pd.DataFrame) -> str:
    """Lay the figures out, one table per test and quantity, misses marked."""
    record = table.attrs["mediakit"]
    versions = ", ".join(f"{k} {v}" for k, v in record["versions"].items())
    misses = (table["held"] == "no").sum()
    judged = (table["held"] != "").sum()
    lines = [
        "# Acceptance",
        "",
        f"Seed {SEED}; {record['parameters']['repeats']} splits each unless said; "
        f"{versions}. {'; '.join(record['notes'])}.",
        "",
        f"{judged - misses} of {judged} figures lie within the limits set beforehand; "
        "misses are marked !. Bands are articles that hold the word; coverage is "
        f"judged from {LEAST_INTERVALS} intervals on.",
    ]
    for part, rows in table.groupby("part", sort=False):
        lines += ["", f"## {part}"]
        for (quantity, test), some in rows.groupby(["quantity", "test"], sort=False):
            lines += ["", f"### {quantity}: {test}", "", *_grid(some, quantity, test)]
    return "\n".join(lines) + "\n"


def _grid(rows, quantity, test):
    bands = list(rows["band"].unique())
    if quantity in LIMITS and test not in NOT_JUDGED:
        low, high = LIMITS[quantity]
        yield f"Limits {low:g} to {high:g} (rarest band: below is allowed)."
        yield ""
    yield "| outlet | split | " + " | ".join(bands) + " |"
    yield "|---|---|" + "---|" * len(bands)
    for (outlet, split), some in rows.groupby(["outlet", "split"], sort=False):
        cells = some.set_index("band").reindex(bands)
        shown = [
            f"{value:.4g}{' !' if held == 'no' else ''}"
            for value, held in zip(cells["value"], cells["held"], strict=True)
        ]
        yield f"| {outlet} | {split} | " + " | ".join(shown) + " |"


def main(repeats: int) -> pd.DataFrame:
    """Measure everything and write CSV, its provenance and a table to read."""
    table = measure_all(repeats)
    OUT.mkdir(exist_ok=True)
    mk.save_table(table, OUT / "acceptance.csv")
    (OUT / "acceptance.md").write_text(as_markdown(table), encoding="utf-8")
    return table


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
