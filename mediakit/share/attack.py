"""The reconstruction attack: an attempt to turn a derived corpus into sentences.

Whoever publishes counts must first have tried to read them; `derive` refuses to
write what the attack reads.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from scipy import sparse

from mediakit.measure.store import open_measure
from mediakit.share.attack_measures import given_away
from mediakit.share.bags import MIN_WORDS
from mediakit.share.limits import (
    ADDRESS,
    MIN_ARTICLES,
    MOST_REBUILT,
    PIECE,
    WORD,
    longest_run,
)
from mediakit.spreadsheets import unguard

CHAINED_ROWS = 40
TEXT_COLUMNS = {"title", "text", "headline", "body", "url", "author"}


def attack(
    folder: Path,
    originals: Sequence[list[list[str]]],
    titles: Sequence[list[list[str]]] = (),
) -> tuple[list[str], pd.DataFrame]:
    """Say which limits a derived corpus breaks and what was rebuilt from it.

    Parameters
    ----------
    folder : path
        The derived corpus.
    originals : sequence, one per row, of lists of word lists
        The lower-cased words of each article of the row, in order.
    titles : sequence, one per row, of lists of word lists
        The same of their titles, of which no line may hold a whole one.

    Returns
    -------
    leaks : list of str
        One line each; empty if the attack failed.
    attempts : DataFrame
        As returned by `rebuild`.

    Notes
    -----
    Limits: rows of at least 50 words; words of at least 10 articles; no addresses
    among the words; no columns that hold texts or addresses; counts in the order of
    rows and words. For the attempts see `rebuild`; more than 7 words in a row are a
    leak. The Court of Justice found that eleven can be protected (Infopaq, C-5/08).
    """
    attempts = rebuild(folder, originals)
    worst = attempts[attempts["longest"] > MOST_REBUILT]
    leaks = [
        f"{one.attempt} gives back {one.longest} words in a row (row {one.row})"
        for one in worst.itertuples()
    ]
    leaks = [*_broken_limits(folder, originals), *leaks]
    return [*leaks, *given_away(folder, originals, titles)], attempts


def rebuild(folder: Path, originals: Sequence[list[list[str]]]) -> pd.DataFrame:
    """Try to rebuild runs of words of the articles from their derived corpus.

    Parameters
    ----------
    folder, originals
        As for `attack`.

    Returns
    -------
    DataFrame
        One row per attempt: attempt; longest (int, words in a row that stand so in
        an article); row (int, where; -1 if none).

    Notes
    -----
    Tried: the order in which counts are stored; every string of every table with a
    line per row (identifiers and addresses are made of titles); stored phrases,
    chained where they overlap; words, chained by how often they share rows. The two
    chains are tried on 40 rows. What a language model guesses without the corpus is
    not tried.
    """
    best: dict[str, tuple[int, int]] = {}
    for attempt, row, candidate in _attempts(folder, len(originals)):
        length, _ = best.setdefault(attempt, (0, -1))
        longest = longest_run(candidate, originals[row], above=length)
        if longest > length:
            best[attempt] = (longest, row)
    lines = [(attempt, *found) for attempt, found in best.items()]
    return pd.DataFrame(lines, columns=["attempt", "longest", "row"])


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)


def _read_counts(folder: Path) -> tuple[pd.DataFrame, np.ndarray]:
    words = _read(folder / "vocabulary.csv")["word"].map(unguard).to_numpy(dtype=object)
    return pq.read_table(folder / "counts.parquet").to_pandas(), words


def _broken_limits(folder: Path, originals) -> Iterator[str]:
    table, words = _read_counts(folder)
    place = table["row"].to_numpy(np.int64) * (len(words) + 1) + table["term"]
    if (np.diff(place) <= 0).any():
        yield "the counts are not in the order of rows and words"
    totals = _read(folder / "articles.csv")["words"].astype(int)
    short = int((totals < MIN_WORDS).sum())
    if short:
        yield f"{short} rows have fewer than {MIN_WORDS} words"
    holders = dict.fromkeys(words, 0)
    for text in (text for row in originals for text in row):
        for word in holders.keys() & set(text):
            holders[word] += 1
    rare = sum(count < MIN_ARTICLES for count in holders.values())
    if rare:
        yield f"{rare} words stand in fewer than {MIN_ARTICLES} articles"
    addresses = sum(bool(ADDRESS.search(word)) for word in words)
    if addresses:
        yield f"{addresses} words are addresses or names of accounts"
    for path in sorted(folder.rglob("*.csv")):
        found = TEXT_COLUMNS & set(pd.read_csv(path, nrows=0).columns)
        if found:
            yield f"{path.name} has the columns {sorted(found)}"


def _attempts(folder: Path, size: int) -> Iterator[tuple[str, int, list[str]]]:
    """Yield for every attempt: its name, the row, the words in the order found."""
    table, words = _read_counts(folder)
    for row, terms in table.groupby("row", sort=True)["term"]:
        yield "the order of storage", int(row), words[terms.to_numpy()].tolist()
    for path in sorted(folder.rglob("*.csv")):
        lines = _read(path)
        if len(lines) == size:
            for row, cells in enumerate(lines.itertuples(index=False)):
                for rule in (WORD, PIECE):
                    found = rule.findall(" ".join(cells).lower())
                    yield f"the strings of {path.name}", row, found
    chained = np.unique(np.linspace(0, size - 1, CHAINED_ROWS).astype(int))
    if size:
        yield from _chained_phrases(folder, chained)
        yield from _chained_words(table, words, size, chained)


def _chained_phrases(folder: Path, rows) -> Iterator[tuple[str, int, list[str]]]:
    """Join the phrases that a stored measure counts in a row where they overlap."""
    for place in sorted((folder / "measures").glob("*")):
        measure = open_measure(place)
        phrases = [tuple(item.lower().split()) for item in measure.items["item"]]
        values = measure.values
        for row in rows:
            held = values.indices[slice(*values.indptr[row : row + 2])]
            longer = {phrases[item] for item in held if len(phrases[item]) > 1}
            for chain in _chains(longer):
                yield f"the phrases of {place.name}", int(row), chain


def _chains(phrases: set[tuple[str, ...]]) -> Iterator[list[str]]:
    """Walk from phrase to phrase, each beginning with what the last one ended in."""
    after: dict[tuple[str, ...], list] = {}
    for phrase in sorted(phrases):
        after.setdefault(phrase[:-1], []).append(phrase)
    for start in sorted(phrases):
        chain, free = list(start), phrases - {start}
        while True:
            follow = [
                phrase
                for size in range(1, len(chain) + 1)
                for phrase in after.get(tuple(chain[-size:]), [])
                if phrase in free
            ]
            if not follow:
                break
            chain.append(follow[-1][-1])
            free = free - {follow[-1]}
        yield chain


def _chained_words(table, words, size, rows) -> Iterator[tuple[str, int, list[str]]]:
    """Walk through a row's words, each the one most tied to the word before it."""
    ones = np.ones(len(table), np.int32)
    shape = (size, len(words))
    holds = sparse.csr_array((ones, (table["row"], table["term"])), shape=shape)
    by_word = holds.tocsc()
    for row in rows:
        terms = holds.indices[slice(*holds.indptr[row : row + 2])]
        own = by_word[:, terms]
        together = (own.T @ own).toarray().astype(float)
        alone = together.diagonal()
        path = _walk(together / (np.add.outer(alone, alone) - together))
        yield "co-occurrence in rows", int(row), words[terms[path]].tolist()


def _walk(tie: np.ndarray) -> list[int]:
    free = np.ones(len(tie), bool)
    path = [0] if len(tie) else []
    for _ in range(len(tie) - 1):
        free[path[-1]] = False
        path.append(int(np.argmax(np.where(free, tie[path[-1]], -1.0))))
    return path
