"""The acceptance table: what compare finds where nothing differs, and where it does.

Run: python benchmarks/acceptance.py [repeats [part ...]], by tens; it reads the full
texts in ../shared/data and writes figures only, into benchmarks/acceptance. With parts
named only these are measured again; each has random numbers of its own. Its limits and
the page are in acceptance_page.py.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from acceptance_page import as_markdown, judge
from claim_splits import explore_then_confirm, outlets_with_habits, what_and_how
from inside_splits import within_topics, within_weeks
from other_splits import (
    death_reported,
    drawn_tests,
    other_kinds,
    shuffled_dates,
    trends,
)
from planted_splits import planted, planted_events, planted_weeks
from random_splits import (
    calibration,
    headline,
    unequal_lengths,
    whole_events,
    whole_weeks,
)
from split_parts import Outlet

import mediakit as mk
from mediakit.infer.provenance import provenance
from mediakit.progress import progress

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT.parent / "shared" / "data"
OUT = Path(__file__).parent / "acceptance"
SEED = 2026
PARTS = {  # what is done, and for which part of the repeats
    "Random splits": (calibration, 1),
    "Articles of unequal length": (unequal_lengths, 1),
    "Labels by week": (whole_weeks, 1),
    "Labels by event": (whole_events, 1),
    "Planted differences": (planted, 1),
    "Planted differences, labels by week": (planted_weeks, 1),
    "Planted differences, labels by event": (planted_events, 1),
    "Shares and means": (other_kinds, 1),
    "Permutation and bootstrap": (drawn_tests, 0.2),
    "Inside weeks, labels confounded with them": (within_weeks, 0.5),
    "Inside topics, labels confounded with them": (within_topics, 0.5),
    "Outlets with habits of their own": (outlets_with_habits, 0.5),
    "One half to explore, one to confirm": (explore_then_confirm, 0.5),
    "What is covered, and how": (what_and_how, 0.5),
    "Intervals of a trend": (trends, 0.5),
    "Shuffled dates": (shuffled_dates, 0.5),
}
KEY = ["part", "outlet", "split", "test", "quantity", "band"]
KCNA = "KCNA"
A_ROUND = 10


def tables() -> dict[str, pd.DataFrame]:
    """Read each outlet's articles, events labelled; repeats and snippets left out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", mk.MediakitWarning)
        both = mk.read_articles(SOURCE / "chinadaily_nyt" / "articles.csv.gz")
        kcna = mk.read_articles(SOURCE / "kcna" / "kcna_stories_2011_2012.csv.gz")
    both, kcna = (t[t["text"].notna()].drop_duplicates("text") for t in (both, kcna))
    times = both["outlet"] == "New York Times"
    snippets = both["text"].str.strip().str.startswith("...")
    found = {
        "New York Times": both[times],
        "China Daily": both[~times & ~snippets],
        KCNA: kcna[kcna["language"] == "en"],
    }
    return {name: table.reset_index(drop=True) for name, table in found.items()}


def outlets(read: dict[str, pd.DataFrame]) -> dict[str, Outlet]:
    """Count the words of each outlet's articles; of KCNA's, a sample."""
    found = {}
    for name, table in read.items():
        if name == KCNA:
            table = table.sample(3998, random_state=SEED).reset_index(drop=True)
        with warnings.catch_warnings():  # long stories fill these days
            warnings.simplefilter("ignore", mk.MediakitWarning)
            labelled = mk.label_events(table)
        found[name] = Outlet(mk.count_terms(mk.tokenize(labelled)))
    return found


def one_round(measured: dict[str, Outlet], turn: int, parts) -> list[tuple]:
    """Run the parts on every outlet, `A_ROUND` times."""
    rows, jobs = [], [(part, name) for part in parts for name in measured]
    for part, name in progress(jobs, what=f"acceptance, round {turn + 1}"):
        rng = np.random.default_rng([SEED, turn, *map(ord, part + name)])
        function, share = PARTS[part]
        for figure in function(measured[name], rng, round(A_ROUND * share)):
            rows.append((part, name, *figure))
    return rows


def asked_once(measured: dict[str, Outlet], kcna: pd.DataFrame) -> list[tuple]:
    """Count false key words, and date what is known."""
    rows, rng = [], np.random.default_rng(SEED)
    for name in ("New York Times", "China Daily"):
        for figure in headline(measured[name], rng, 10):
            rows.append(("Key words of random splits", name, *figure))
    for figure in death_reported(mk.tokenize(kcna), SEED):
        rows.append(("A date that is known", KCNA, *figure))
    return rows


def tabled(rows: list[tuple], measured: dict[str, Outlet], repeats: int, spent: float):
    """Return one row per figure, averaged over the splits so far."""
    columns = ["part", "outlet", "split", "band", "test", "quantity", "value", "tests"]
    figures = pd.DataFrame(rows, columns=columns).astype({"value": float})
    figures["value"] *= figures["tests"]
    table = figures.groupby(KEY, sort=False)[["value", "tests"]].sum().reset_index()
    table["value"] /= table["tests"]
    table["held"] = [judge(row) for row in table.itertuples()]
    table.attrs["mediakit"] = provenance(
        measured["New York Times"].measure,
        "acceptance",
        {"seed": SEED, "repeats": repeats},
        [*map(_said, measured.items()), _spent(spent)],
    )
    return table


def _said(of) -> str:
    name, outlet = of
    sizes = ", ".join(f"{c.count:,} {n}s" for n, c in outlet.clusters.items())
    return f"{name}: {len(outlet.measure):,} articles in {sizes}"


def _spent(seconds: float) -> str:
    return f"{seconds / 60:.0f} CPU minutes on one processor of two (AMD EPYC), Linux"


def with_saved(table: pd.DataFrame) -> pd.DataFrame:
    """Put the parts measured again in the place of those saved before."""
    options = {"keep_default_na": False, "encoding": "utf-8-sig"}
    saved = pd.read_csv(OUT / "acceptance.csv", **options)
    record = json.loads((OUT / "acceptance.csv.json").read_text("utf-8"))
    again = list(table["part"].unique())
    order = [*dict.fromkeys([*saved["part"], *PARTS])]
    both = pd.concat([saved[~saved["part"].isin(again)], table])
    both["held"] = [judge(row) for row in both.itertuples()]
    both = both.sort_values("part", key=lambda p: p.map(order.index), kind="stable")
    record = record["attrs"]["mediakit"]
    again = [*dict.fromkeys([*record["parameters"].get("measured_again", []), *again])]
    parameters = record["parameters"] | {"measured_again": again}
    both.attrs["mediakit"] = record | {"parameters": parameters}
    return both.reset_index(drop=True)


def main(repeats: int, parts: list[str] | None = None) -> pd.DataFrame:
    """Measure, and after every round write CSV, its provenance and a page."""
    began, read = time.process_time(), tables()
    measured = outlets(read)
    rows = [] if parts else asked_once(measured, read[KCNA])
    shares = {part: share for part, (_, share) in PARTS.items()}
    OUT.mkdir(exist_ok=True)
    for turn in range(max(round(repeats / A_ROUND), 1)):
        rows += one_round(measured, turn, parts or PARTS)
        spent = time.process_time() - began
        table = tabled(rows, measured, A_ROUND * (turn + 1), spent)
        table = with_saved(table) if parts else table
        mk.save_table(table, OUT / "acceptance.csv")
        page = as_markdown(table, shares)
        (OUT / "acceptance.md").write_text(page, encoding="utf-8")
    return table


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40, sys.argv[2:])
