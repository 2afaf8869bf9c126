"""The measures of a derived corpus: sums per row, without what would give texts away.

An item is a word somebody wrote until the opposite is known: the rule for rare words
holds for it, too.
"""

import json
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.measure.blocks import Block
from mediakit.measure.measure import Measure
from mediakit.share.counts import Figures
from mediakit.share.limits import ADDRESS, MIN_ARTICLES
from mediakit.text.corpus import Corpus

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
FROM_TEXTS = {"count_terms", "count_ngrams", "count_collocates", "count_voices"}
WITHHELD_COLUMNS = ("measure", "items", "items_withheld", "sum", "sum_withheld")


def named_measures(
    measures: Mapping[str, Measure] | Sequence[Measure] | None, corpus: Corpus
) -> dict[str, Measure]:
    """Return the measures by the name of their folder, or raise on what cannot be."""
    if not isinstance(measures, Mapping):
        named: dict[str, Measure] = {}
        for one in measures or ():
            stem = re.sub(r"[^a-z0-9]+", "_", one.name.lower()).strip("_")[:60]
            name, number = stem or "measure", 2
            while name in named:
                name, number = f"{stem}_{number}", number + 1
            named[name] = one
        measures = named
    for name, measure in measures.items():
        if not NAME.fullmatch(name):
            raise MediakitError(
                f"a measure's name becomes a folder: lower-case letters, digits, '_' "
                f"and '-', got {name!r}."
            )
        if len(measure) != len(corpus):
            raise MediakitError(
                f"measure {name!r} has {len(measure)} rows, the corpus {len(corpus)}; "
                "measure the corpus that you derive."
            )
        ids = measure.articles.get("article_id", corpus.metadata["article_id"])
        if not np.array_equal(ids.to_numpy(), corpus.metadata["article_id"].to_numpy()):
            raise MediakitError(
                f"the rows of measure {name!r} are not the articles of the corpus, or "
                "stand in another order; measure the corpus that you derive."
            )
    return dict(measures)


def pooled_measures(
    measures: Mapping[str, Measure], figures: Figures, keys: list[str]
) -> tuple[dict[str, Measure], pd.DataFrame]:
    """Sum measures over the articles of each row, rare items left out.

    Returns
    -------
    dict of str to Measure
        Rows and order of the derived corpus; of the articles only article_id.
        Without those of which no item is left.
    DataFrame
        What was withheld of each measure, one row per outlet (and value of `by`):
        measure, the columns in `keys`, items, items_withheld (int, items that some
        article of the row holds), sum, sum_withheld (float, of their numerators).
    """
    kept, reports = {}, []
    articles = np.unique(figures.pool.indices)
    for name, measure in measures.items():
        values = measure.values
        held = values[articles].copy()
        held.eliminate_zeros()
        holders = np.bincount(held.indices, minlength=len(measure.items))
        chosen = _chosen(measure, holders)
        sums = sparse.csr_array(figures.pool @ values)
        if chosen.any() or not len(chosen):
            kept[name] = _summed(measure, sums, chosen, figures)
        else:
            warnings.warn(
                f"measure {name!r} is not stored: fewer than {MIN_ARTICLES} of the "
                "articles kept hold each of its items.",
                MediakitWarning,
                stacklevel=3,
            )
        reports.append(_withheld(name, sums, chosen, figures.rows[keys]))
    columns = [WITHHELD_COLUMNS[0], *keys, *WITHHELD_COLUMNS[1:]]
    empty = pd.DataFrame(columns=columns)
    return kept, pd.concat(reports)[columns] if reports else empty


def _chosen(measure: Measure, holders: np.ndarray) -> np.ndarray:
    """Return the items that may be named.

    What the author asked for may be named where no article holds it.
    """
    allowed = holders >= MIN_ARTICLES
    if measure.provenance.get("made_by") in FROM_TEXTS:
        names = measure.items["item"]
        return allowed & np.array([not ADDRESS.search(one) for one in names], bool)
    return allowed | (holders == 0)


def _summed(measure, sums, chosen: np.ndarray, figures: Figures) -> Measure:
    items = measure.items[chosen].reset_index(drop=True)
    named = np.arange(len(measure.denominators))
    of_no_item = np.setdiff1d(named, measure.items["denominator"])  # as all sentences
    columns = np.union1d(items["denominator"], of_no_item)
    items["denominator"] = np.searchsorted(columns, items["denominator"])
    exposure = (figures.pool @ measure.exposure)[:, columns]
    rows = slice(0, sums.shape[0])
    block = Block(rows, sparse.csr_array(sums[:, np.flatnonzero(chosen)]), exposure)
    provenance = json.loads(json.dumps(measure.provenance, default=_plain))
    return Measure(
        name=measure.name,
        kind=measure.kind,
        unit=measure.unit,
        items=items,
        denominators=tuple(measure.denominators[column] for column in columns),
        articles=figures.rows[["article_id"]].reset_index(drop=True),
        stored=(block,),
        evidence=measure.evidence,
        provenance=provenance,
    )


def _plain(value):
    return value.item() if isinstance(value, np.generic) else str(value)


def _withheld(name: str, sums, chosen: np.ndarray, keys: pd.DataFrame) -> pd.DataFrame:
    lines = []
    for values, rows in keys.groupby([*keys], dropna=False).indices.items():
        of_side = sums[rows]
        total = np.asarray(of_side.sum(axis=0)).ravel()
        present = np.bincount(of_side.indices, minlength=len(chosen)) > 0
        line = dict(zip(keys, np.atleast_1d(np.array(values, object)), strict=True))
        line |= {"items": int(present.sum()), "sum": float(total.sum())}
        line["items_withheld"] = int((present & ~chosen).sum())
        line["sum_withheld"] = float(total[~chosen].sum())
        lines.append({"measure": name, **line})
    return pd.DataFrame(lines)


def layer_measures(corpus: Corpus) -> dict[str, Measure]:
    """Count the marked layers: numbers that hold nothing of the texts' order.

    Returns
    -------
    dict of str to Measure
        "layers", the share of each article's words inside each layer, and
        "layer_spans", how many spans of it the article has; an item per layer, and
        "layer: label" where spans have labels. Empty without layers.
    """
    if not corpus.layers:
        return {}
    names, cells = _layer_cells(corpus)
    items = pd.DataFrame(
        {
            "item": pd.Series(names, dtype="str"),
            "concept": pd.Series(
                [one.partition(": ")[0] for one in names], dtype="str"
            ),
            "denominator": np.zeros(len(names), np.int64),
        }
    )
    made = {}
    for name, kind, position in (("layers", "share", 0), ("layer_spans", "count", 1)):
        values = np.concatenate([one[position] for one in cells])
        block = Block(
            slice(0, len(corpus)),
            sparse.csr_array(values),
            corpus.totals().astype(float)[:, None],
        )
        made[name] = Measure(
            name="words in layers" if kind == "share" else "spans of layers",
            kind=kind,
            unit="word",
            items=items,
            denominators=("words",),
            articles=corpus.metadata,
            stored=(block,),
            evidence=corpus.bag,
            provenance={"made_by": name, "view": str(corpus.view)},
        )
    return made


def _layer_cells(corpus: Corpus) -> tuple[list[str], list[tuple]]:
    """Return the items, and per part the words and the spans, articles x items."""
    layers = [part.shard.layers for part in corpus.parts]
    names = {name for one in layers for name, _ in _labelled(one)}
    place = {name: number for number, name in enumerate(sorted(names))}
    return sorted(names), [_of_part(part, corpus.view, place) for part in corpus.parts]


def _labelled(layers: dict):
    """Yield each layer, and the spans of each of its labels as a layer."""
    for name, layer in layers.items():
        yield name, layer
        for number, label in enumerate(layer.names):
            chosen = layer.labels == number
            starts, ends = layer.starts[chosen], layer.ends[chosen]
            if label:
                yield f"{name}: {label}", replace(layer, starts=starts, ends=ends)


def _of_part(part, view, place: dict[str, int]) -> tuple[np.ndarray, np.ndarray]:
    positions, offsets = part.shard.selected(view)
    size = len(offsets) - 1
    row = np.repeat(np.arange(size), np.diff(offsets))
    words = np.zeros((size, len(place)), np.int64)
    spans = np.zeros((size, len(place)), np.int64)
    for item, layer in _labelled(part.shard.layers):
        last = max(int(positions.max(initial=0)) + 1, int(layer.ends.max(initial=0)))
        inside, begins = layer.covers(last)[positions], np.isin(positions, layer.starts)
        words[:, place[item]] = np.bincount(row[inside], minlength=size)
        spans[:, place[item]] = np.bincount(row[begins], minlength=size)
    rows = slice(None) if part.rows is None else part.rows
    return words[rows], spans[rows]
