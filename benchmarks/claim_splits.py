"""Outlets with habits, a half to confirm what the other found, and what from how."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
from other_splits import some_words
from scipy import sparse
from split_parts import SPLITS, Outlet, Row, bands, thinned, with_values

import mediakit as mk
from mediakit.measure.measure import Block, Measure
from mediakit.text.corpus import Corpus

SIDES = {"by": "side", "a": "A", "b": "B"}
OUTLETS, HABIT = 8, 0.5
OFTEN = 50
PLANTED, RATIO = 0.05, 0.5
DRAWN, KEPT = 2000, 0.6
CHANCES = (0.2, 0.4, 0.6, 0.8)


def outlets_with_habits(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Deal the articles to eight outlets, each with its own words, four a side.

    Then take a difference away from one outlet only, or from all of its side.
    """
    measure = some_words(outlet, rng)
    held = (measure.values > 0).sum(axis=0)
    often = np.flatnonzero(held >= OFTEN)
    for _ in range(repeats):
        dealt = rng.permutation(np.arange(len(measure)) % OUTLETS)
        kept = rng.uniform(HABIT, 1, (OUTLETS, len(measure.items)))
        table = _by_outlets(_with_habits(measure, dealt, kept, rng), dealt)
        for band, inside in bands(held):
            mine = table[np.isin(table["place"], np.flatnonzero(inside))]
            for column, test in (("p", "by article"), ("p_outlet", "by outlet")):
                p = mine[column].dropna()
                test = f"{test}, outlets of habits"
                yield "4 v 4", band, test, "p < .05", (p < 0.05).mean(), len(p)
        for doing, of in (("one outlet", [0]), ("a whole side", range(OUTLETS // 2))):
            side = np.where(np.isin(dealt, of), 0, 1)
            changed = thinned(measure, side, often, RATIO**2, rng)
            table = _by_outlets(changed, dealt)
            found = table[np.isin(table["place"], often) & (table["q"] < 0.05)]
            ends = found[["outlet_low", "outlet_high"]].to_numpy()
            size = found["log_ratio"].to_numpy()
            left = np.maximum((ends * np.sign(size)[:, None]).min(axis=1), 0)
            if len(found):
                share, quantity = np.median(left / np.abs(size)), f"left of {doing}'s"
                test = "leave one outlet out"
                yield "4 v 4", "50+", test, quantity, share, len(found)


def _with_habits(measure: Measure, dealt, kept, rng) -> Measure:
    values = measure.values.copy()
    rows = np.repeat(np.arange(len(measure)), np.diff(values.indptr))
    values.data = rng.binomial(values.data, kept[dealt[rows], values.indices])
    values.eliminate_zeros()
    return with_values(measure, values)


def _by_outlets(measure: Measure, dealt) -> pd.DataFrame:
    """Compare the first four outlets with the others; `place` is the item's."""
    names = np.char.add("outlet ", dealt.astype(str))
    side = np.where(dealt < OUTLETS // 2, "A", "B")
    articles = measure.articles.assign(outlet=names, side=side)
    table = mk.compare(replace(measure, articles=articles), **SIDES)
    place = pd.Index(measure.items["item"]).get_indexer(table["item"])
    return table.assign(place=place)


def explore_then_confirm(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Find words in one half of `Corpus.split`, and ask the other half of them."""
    names = outlet.measure.items["item"].to_numpy()
    common = np.flatnonzero(outlet.held >= 20)
    units = np.arange(len(outlet.measure))
    for _ in range(repeats):
        for split in ("50/50", "90/10"):
            side = outlet.split(units, SPLITS[split], rng)
            chosen = common[rng.random(len(common)) < PLANTED]
            changed = thinned(outlet.measure, side, chosen, RATIO, rng)
            halves = _corpus(changed, side).split(seed=int(rng.integers(1 << 30)))
            first, then = (
                mk.compare(mk.count_terms(half), **SIDES).set_index("item")
                for half in halves
            )
            both = first.join(then, rsuffix="_then", how="inner")
            both = both[both["p_then"].notna()]
            true = both.index.isin(names[chosen])
            small = both[(both["p"] < 0.05) & ~true]
            again = (small["p_then"] < 0.05).mean()
            yield split, "all", "chance, confirmed", "p < .05", again, len(small)
            found = (both["q"] < 0.05).to_numpy()
            same = np.sign(both["log_ratio"]) == np.sign(both["log_ratio_then"])
            held = found & ((both["p_then"] < 0.05) & same).to_numpy()
            test = "explore, then confirm"
            if held.any():
                quantity = f"false among found, ratio {RATIO}"
                share = (held & ~true).sum() / held.sum()
                yield split, "all", test, quantity, share, 1
            if (found & true).any():
                share = held[found & true].mean()
                tests = (found & true).sum()
                yield split, "all", test, "true finds confirmed", share, tests


def _corpus(measure: Measure, side) -> Corpus:
    """Return the words as a corpus, each article with its side."""
    order = np.argsort(measure.items["item"].to_numpy(str))
    return Corpus.from_counts(
        measure.articles.assign(side=np.where(side == 0, "A", "B")),
        measure.items["item"].to_numpy()[order].tolist(),
        sparse.csr_array(measure.values[:, order]),
        measure.exposure[:, 0].astype(np.int64),
    )


def what_and_how(outlet: Outlet, rng, repeats: int) -> Iterator[Row]:
    """Draw articles anew, months leaning to one side; thin side a, or do not."""
    measure = some_words(outlet, rng)
    held = (measure.values > 0).sum(axis=0)
    month = measure.articles["published"].dt.strftime("%Y-%m").to_numpy()
    codes = np.unique(month, return_inverse=True)[1]
    chance = rng.choice(CHANCES, codes.max() + 1)
    measure = replace(measure, articles=measure.articles[["published"]])
    for kept in (KEPT, 1):
        true = true_parts(measure, codes, chance, kept)
        for _ in range(repeats):
            rows = rng.integers(0, len(measure), DRAWN)
            side = np.where(rng.random(DRAWN) < chance[codes[rows]], 0, 1)
            columns = {"side": np.where(side == 0, "A", "B"), "month": month[rows]}
            articles = measure.articles.iloc[rows].reset_index(drop=True)
            block = Block(
                slice(0, DRAWN),
                sparse.csr_array(measure.values[rows]),
                measure.exposure[rows],
            )
            drawn = replace(
                measure, articles=articles.assign(**columns), stored=(block,)
            )
            drawn = thinned(drawn, side, np.arange(len(held)), kept, rng)
            table = mk.decompose(drawn, **SIDES, within="month", cluster="article")
            table = table.set_index("item").reindex(measure.items["item"])
            for part, value in true.items():
                low, high = (table[f"{part}_{end}"] for end in ("low", "high"))
                inside = ((low <= value) & (value <= high)).to_numpy()
                for band, mine in bands(held):
                    mine = mine & low.notna().to_numpy()
                    if mine.any():
                        share, quantity = inside[mine].mean(), f"coverage of {part}"
                        split = f"kept {kept}"
                        yield split, band, "decompose", quantity, share, mine.sum()


def true_parts(measure: Measure, codes, chance, kept: float) -> dict[str, np.ndarray]:
    """Return what is true of the articles that are drawn from, per item."""
    into = sparse.csr_array((np.ones(len(codes)), (codes, np.arange(len(codes)))))
    n, x = into @ measure.exposure[:, 0], (into @ measure.values).toarray()
    rate = x / n[:, None]
    w_a, w_b = chance * n, (1 - chance) * n
    w_a, w_b = (w_a / w_a.sum())[:, None], (w_b / w_b.sum())[:, None]
    return {
        "composition": ((w_a - w_b) * (1 + kept) * rate / 2).sum(axis=0),
        "treatment": ((kept - 1) * rate * (w_a + w_b) / 2).sum(axis=0),
    }
