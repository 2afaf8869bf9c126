"""draw_sample: what people are to read, drawn by lot, with the outlet out of sight."""

import numbers
import warnings

import numpy as np
import pandas as pd

from mediakit.errors import (
    MediakitError,
    MediakitWarning,
    check_choice,
    check_columns,
    check_frame,
)
from mediakit.text.corpus import Corpus
from mediakit.text.lots import digest, lots_of, mixed
from mediakit.text.patterns import compile_patterns, named_patterns
from mediakit.text.tokenize import tokenize
from mediakit.text.units import SHOWN, UNITS, find_units, read_units
from mediakit.workers import Once, each

KEY = ("unit_id", "article_id", "outlet", "published", "stratum", "weight")
LETTERS = 11


def draw_sample(
    source: Corpus | pd.DataFrame,
    *,
    size: int = 100,
    unit: str = "sentence",
    pattern: str | list[str] | None = None,
    by: str | list[str] = "outlet",
    questions: list[str] | str = "code",
    seed: int = 0,
) -> pd.DataFrame:
    """Draw texts for people to code, as many of each outlet, without its name.

    What you learn comes by reading: what a measure should have found. The codes go
    into `agreement` and `validate` through `as_codes`.

    Parameters
    ----------
    source : Corpus or DataFrame
        A corpus or a view of it, as ``corpus.without("quotation")``, for units with a
        word in the view; or ARTICLES.
    size : int, default 100
        How many units; all if there are fewer.
    unit : {"sentence", "passage", "article"}, default "sentence"
        What is read at a time; a passage is a hit of `pattern` with 25 words on either
        side.
    pattern : str or list of str, optional
        As in `count_patterns`: only units that hold it are drawn. A sample of hits
        tells how often a pattern is right, and never what it misses.
    by : str or list of str, default "outlet"
        Column(s) of the articles, as a label or the bands of a score. Of each
        combination of their values as many units are drawn, as far as there are any;
        an empty list draws from all alike.
    questions : str or list of str, default "code"
        Names of the columns to fill in; an item's name for each item of a measure
        that is to be validated.
    seed : int, default 0
        Draws the units and their order; the order of the articles plays no part.

    Returns
    -------
    DataFrame
        One row per unit in random order: unit_id (says nothing of the outlet), title
        (of articles) or match (of passages), text, and an empty column for each
        question. What the reader must not see is in ``attrs["mediakit"]["key"]``, one
        entry per unit: article_id, outlet, published, stratum, and weight (how many
        units of the stratum each one drawn stands for).

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or `unit`, `pattern`, `by`, `size` or
        `questions` cannot be used.

    Warns
    -----
    MediakitWarning
        If no unit holds the pattern.

    Notes
    -----
    `save_table` writes a sheet and, beside it, a file with the key: give coders the
    sheet alone. A text may name its outlet itself; `clean_boilerplate` first. To draw
    sentences by outlet and score, draw many, score ``tokenize(as_articles(sample))``,
    add a column with the bands of the score and draw from that with unit="article";
    articles and weights are those of the first source. When not to use it: to choose
    examples for a report; a sample shows the usual, not the best.

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> sheet = mk.draw_sample(strait, size=20, questions=["conflict"], seed=1)
    >>> list(sheet.columns), len(sheet)
    (['unit_id', 'text', 'conflict'], 20)
    """
    check_choice("unit", unit, UNITS)
    asked = [questions] if isinstance(questions, str) else list(questions)
    columns = [by] if isinstance(by, str) else list(by)
    corpus = _corpus(source)
    _check(corpus, size, unit, pattern, columns, asked)
    found = _candidates(corpus, unit, pattern, seed)
    if pattern is not None and not len(found):
        said = f"no {unit} holds {pattern!r}; look for it with `mk.find_passages`."
        warnings.warn(said, MediakitWarning, stacklevel=2)
    strata = _strata(corpus.metadata, columns)[found["row"]]
    chosen, weights = _drawn(strata, found["lot"].to_numpy(), size)
    drawn = found.iloc[chosen].reset_index(drop=True)
    sheet = _sheet(corpus, drawn, unit)
    for question in asked:
        sheet[question] = pd.Series(np.nan, index=sheet.index, dtype="str")
    sheet.attrs["mediakit"] = {
        "verb": "draw_sample",
        "source": corpus.fingerprint,
        "view": str(corpus.view),
        "parameters": {
            "size": int(size),
            "unit": unit,
            "pattern": pattern,
            "by": columns,
            "questions": asked,
            "seed": int(seed),
        },
        "key": _key(corpus, drawn["row"], sheet["unit_id"], strata[chosen], weights),
    }
    return sheet


def _corpus(source) -> Corpus:
    if not isinstance(source, Corpus):
        return tokenize(check_frame("source", source))
    source.need_order("a sample to read")
    return source


def _check(corpus: Corpus, size, unit: str, pattern, columns, asked) -> None:
    if not isinstance(size, numbers.Integral) or isinstance(size, bool) or size < 1:
        raise MediakitError(f"`size` must be a number of units from 1, got {size!r}.")
    if unit == "passage" and pattern is None:
        raise MediakitError(
            '`unit` "passage" needs a `pattern`: a passage is a hit with words around.'
        )
    check_columns("source", corpus.metadata, columns)
    taken = {*KEY, "title", "text", "match", "coder"}.intersection(asked)
    if taken or not asked or len(set(asked)) < len(asked):
        raise MediakitError(
            f"`questions` must be names that differ, and none of {sorted(taken) or KEY}"
            f", got {asked}."
        )


def _candidates(corpus: Corpus, unit: str, pattern, seed: int) -> pd.DataFrame:
    """Return every unit: part, row of the corpus, first and last token, and lot."""
    patterns = None
    if pattern is not None:
        texts = [text for one in named_patterns(pattern).values() for text in one]
        patterns = compile_patterns(corpus, texts)
    firsts = np.cumsum([0, *map(len, corpus.parts)])[:-1]
    pieces = [
        (Once(part), number, int(first))
        for number, (part, first) in enumerate(zip(corpus.parts, firsts, strict=True))
    ]
    found = list(each(find_units, pieces, corpus.view, unit, Once(patterns)))
    columns = ["part", "row", "start", "end", "place"]
    table = np.concatenate([np.empty((0, len(columns)), np.int64), *found])
    units = pd.DataFrame(table, columns=columns)
    rows, numbered = np.unique(units["row"], return_inverse=True)
    ids = corpus.metadata["article_id"].to_numpy(object)[rows]
    units["lot"] = lots_of(ids, seed)[numbered] + units["place"].to_numpy(np.uint64)
    return units.assign(lot=mixed(units["lot"].to_numpy()))


def _strata(metadata: pd.DataFrame, columns: list[str]) -> np.ndarray:
    values = [metadata[name].astype("str").fillna("missing") for name in columns]
    if not values:
        return np.full(len(metadata), "all", object)
    return np.array([" | ".join(row) for row in zip(*values, strict=True)], object)


def _drawn(strata: np.ndarray, lots: np.ndarray, size: int):
    """Return the units drawn, in random order, and how many each stands for."""
    codes, names = pd.factorize(strata, sort=True)
    there = np.bincount(codes, minlength=len(names))
    taken = np.zeros(len(names), np.int64)
    first = np.lexsort([lots, codes])[np.cumsum(there) - there]
    by_lot = np.argsort(lots[first], kind="stable")
    while taken.sum() < min(size, len(strata)):
        open_ones = by_lot[(taken < there)[by_lot]]
        left = min(size, len(strata)) - taken.sum()
        share, over = divmod(left, len(open_ones))
        more = np.full(len(open_ones), share)
        more[:over] += 1
        taken[open_ones] += np.minimum(more, (there - taken)[open_ones])
    order = np.lexsort([lots, codes])
    rank = np.empty(len(codes), np.int64)
    rank[order] = np.arange(len(codes)) - np.repeat(np.cumsum(there) - there, there)
    chosen = np.flatnonzero(rank < taken[codes])
    chosen = chosen[np.argsort(mixed(lots[chosen]), kind="stable")]
    return chosen, (there / np.maximum(taken, 1))[codes[chosen]]


def _sheet(corpus: Corpus, drawn: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return the texts of the units drawn, each under its number."""
    pieces = []
    for number, rows in drawn.groupby("part", sort=True):
        shard = corpus.parts[number].shard
        starts, ends = rows["start"].to_numpy(), rows["end"].to_numpy()
        cells = read_units(shard, corpus.view.field, starts, ends, unit)
        pieces.append(pd.DataFrame(cells, index=rows.index, dtype="str"))
    columns = [*SHOWN[unit], "text"]
    empty = pd.DataFrame(columns=columns, dtype="str")
    sheet = pd.concat([empty, *pieces]).sort_index()[columns]
    ids = corpus.metadata["article_id"].to_numpy(object)[drawn["row"]]
    field = corpus.view.field
    places = zip(ids, drawn["place"], strict=True)
    names = [digest(f"{one} {field} {unit} {at}") for one, at in places]
    names = [f"u{name[:LETTERS]}" for name in names]  # no spreadsheet reads a number
    sheet.insert(0, "unit_id", pd.Series(names, index=sheet.index, dtype="str"))
    return sheet


def _key(corpus: Corpus, rows, unit_ids, strata, weights) -> list[dict]:
    """Return what the reader must not see, plain enough for JSON."""
    known = corpus.metadata.iloc[rows]
    articles = known["article_id"]
    if {"source_id", "weight"} <= set(known.columns):  # drawn from a sample
        articles, weights = known["source_id"], weights * known["weight"].to_numpy()
    dates = known["published"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    values = [
        *(unit_ids, articles, known["outlet"], dates),
        *(strata, weights),
    ]
    rows = zip(*(pd.Series(list(one)) for one in values), strict=True)
    return [
        {
            name: None if pd.isna(value) else value
            for name, value in zip(KEY, row, strict=True)
        }
        for row in rows
    ]
