"""Which words an axis has, which are its poles, and whether the poles hold."""

import fnmatch
import re
import warnings

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.formulas.vectors import left_out_positions
from mediakit.text.vocabulary import stopwords

MOST_WORDS = 20_000
LEAST_WORDS = 20
OWN_SIDE = 2 / 3


def check_poles(poles) -> tuple[str, str]:
    """Return the names of two poles of single words, or raise."""
    if not isinstance(poles, dict) or len(poles) != 2:
        raise MediakitError(
            "`poles` must be two names with words each, as {'war': ['war', 'attack*'], "
            f"'peace': ['peace', 'talks']}}, got {poles!r}."
        )
    for name, words in poles.items():
        if isinstance(words, str) or not len(words):
            raise MediakitError(
                f"pole {name!r} must be a list of words, got {words!r}."
            )
        for word in words:
            if not isinstance(word, str) or len(word.split()) != 1:
                raise MediakitError(
                    f"poles are of single words, which have a position; got {word!r} "
                    f"in {name!r}. Score near a phrase by `near`."
                )
    return tuple(poles)


def choose_words(items: list[str], held: np.ndarray, least: int, language: str):
    """Return the items that get a position: common, no function words, no numbers."""
    common = np.flatnonzero(held >= max(least, 1))
    common = common[np.argsort(-held[common], kind="stable")]
    try:
        dropped = stopwords(language)
    except MediakitError:
        dropped = frozenset()
    kept = [n for n in common if items[n] not in dropped and not items[n][0].isdigit()]
    if len(kept) < LEAST_WORDS:
        raise MediakitError(
            f"only {len(kept)} words stand in {least} or more articles; an axis needs "
            "some hundreds of articles: lower `min_articles` or take a larger corpus."
        )
    return np.sort(np.array(kept[:MOST_WORDS], np.int64))


def choose_poles(poles: dict, words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the words of both poles; warn of those that are not there."""
    sides, lost = [], []
    for patterns in poles.values():
        found = [_matching(pattern, words) for pattern in patterns]
        lost += [p for p, one in zip(patterns, found, strict=True) if not len(one)]
        sides.append(np.unique(np.concatenate(found)))
    for name, side in zip(poles, sides, strict=True):
        if not len(side):
            raise MediakitError(
                f"no word of pole {name!r} stands in enough articles: "
                f"{list(poles[name])}; choose commoner words or lower `min_articles`."
            )
    both = words[np.intersect1d(*sides)]
    if len(both):
        raise MediakitError(f"{both[0]!r} stands in both poles; a word can be in one.")
    if lost:
        _warn(
            f"{len(lost)} words of the poles are too rare to have a position: {lost}."
        )
    return tuple(sides)


def _matching(pattern: str, words: np.ndarray) -> np.ndarray:
    match = re.compile(fnmatch.translate(pattern.lower())).match
    return np.flatnonzero([match(word) is not None for word in words])


def table_of_words(words, held, position, poles, sides, vectors):
    """Return the table of words, first pole first, and the words in its order."""
    pole = np.full(len(words), None, object)
    left_out = np.full(len(words), np.nan)
    for name, side in zip(poles, sides, strict=True):
        pole[side] = name
    left_out[np.concatenate(sides)] = left_out_positions(vectors, *sides)
    table = pd.DataFrame(
        {
            "word": pd.Series(words, dtype="str"),
            "articles": held,
            "position": position,
            "pole": pd.Series(pole, dtype="str"),
            "left_out": left_out,
        }
    )
    order = np.lexsort([np.arange(len(words)), -position])
    _warn_of_poles(table)
    return table.iloc[order].reset_index(drop=True), order


def _warn_of_poles(table: pd.DataFrame) -> None:
    own = table["left_out"].dropna()
    if len(own) and (own > 0).mean() < OWN_SIDE:
        strays = table.loc[own.index[own <= 0], "word"].tolist()
        _warn(
            f"{len(strays)} of {len(own)} words of the poles do not stand on their own "
            f"side when the axis is made without them: {strays[:10]}; the corpus does "
            "not hold the poles apart, so choose other words."
        )


def _warn(message: str) -> None:
    warnings.warn(message, MediakitWarning, stacklevel=4)
