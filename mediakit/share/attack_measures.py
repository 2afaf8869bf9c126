"""The attack on what stands beside the counts: items, titles, all strings of JSON."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from mediakit.folders import read_content
from mediakit.measure.store import INDEX, open_measure
from mediakit.share.limits import MIN_ARTICLES, MOST_REBUILT, PIECE, longest_run

SHORT_TITLE = 4
Texts = Sequence[list[list[str]]]


def given_away(folder: Path, originals: Texts, titles: Texts) -> Iterator[str]:
    """Say what measures, titles in lines, and strings of JSON give away.

    Parameters
    ----------
    folder, originals, titles
        As for `attack`.

    Yields
    ------
    str
        One leak: an item that fewer than 10 rows' articles hold, a line with a whole
        title of four words or more, an item or a string with more than 7 words in a
        row of an article.
    """
    sizes = np.array([len(one) for one in originals])
    said: list[tuple[str, str]] = []
    for place in sorted((folder / "measures").glob("*")):
        measure = open_measure(place)
        values = measure.values.tocsc()
        for number, item in enumerate(measure.items["item"]):
            held = values.indices[slice(*values.indptr[number : number + 2])]
            if 0 < sizes[held].sum() < MIN_ARTICLES:
                yield f"{place.name}: under {MIN_ARTICLES} articles hold {item!r}"
        strings = [*measure.items["item"], *_strings(read_content(place / INDEX))]
        said += [(place.name, one) for one in strings]
    yield from _quoted(said, originals)
    if len(titles):
        yield from _titles(folder, titles)


def _quoted(said: list[tuple[str, str]], originals: Texts) -> Iterator[str]:
    """Say which strings hold more than 7 words in a row of an article."""
    suspects: dict[tuple[str, ...], str] = {}
    for place, one in said:
        for gram in _grams(PIECE.findall(one.lower())):
            suspects[gram] = f"{place} quotes an article: {one[:40]!r}"
    found = set()
    if suspects:
        for words in (words for row in originals for words in row):
            found |= {suspects[gram] for gram in _grams(words) if gram in suspects}
    yield from sorted(found)


def _grams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    size = MOST_REBUILT + 1
    return zip(*(words[start:] for start in range(size)), strict=False)


def _strings(value) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield key
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _titles(folder: Path, titles: Texts) -> Iterator[str]:
    for path in sorted(folder.glob("*.csv")):
        lines = pd.read_csv(path, dtype="str", keep_default_na=False)
        if len(lines) != len(titles):
            continue
        found = 0
        for cells, of_row in zip(lines.itertuples(index=False), titles, strict=True):
            words = PIECE.findall(" ".join(cells).lower())
            long = [one for one in of_row if len(one) >= SHORT_TITLE]
            found += any(longest_run(words, [one]) == len(one) for one in long)
        if found:
            yield f"{path.name} holds {found} titles"
