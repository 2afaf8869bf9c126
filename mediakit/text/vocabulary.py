"""Maps on the vocabulary: case, stems, lemmas and function words.

A fold is computed once per distinct word; counting then only looks numbers up.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import numpy as np

from mediakit.errors import MediakitError
from mediakit.resources import folder
from mediakit.text.stems import check_lemmas, snowball
from mediakit.text.words import APOSTROPHES, ARMENIAN_TONES

if TYPE_CHECKING:
    from nltk.stem.api import StemmerI

FOLDS = (None, "lower", "stem", "lemma")
ONE_SPELLING = str.maketrans(
    dict.fromkeys(APOSTROPHES + "ʼ", "'")
    | dict.fromkeys("\u2010\u2011–\u05be\u058a", "-")
    | {"״": '"', "׳": "'"}
    | dict.fromkeys(
        ARMENIAN_TONES
        + "ـ\u00ad\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060"
        + "\u2066\u2067\u2068\u2069\ufeff"
    )
)
CAPITALS = re.compile(r"(?<![^\W_])(?:US|WHO)(?![^\W_])")
INITIALS = re.compile(
    r"(?<![^\W_])((?:[^\W\d_]\.)+[^\W\d_]|(?:[A-Z]{2}\.)+[A-Z]{2})\.?(?![^\W_])"
)


def fold_vocabulary(
    vocabulary: Sequence[str],
    fold: "str | StemmerI | Callable[[str], str] | None",
    *,
    language: str = "en",
) -> tuple[list[str], np.ndarray]:
    """Decide which words of a vocabulary count as one item.

    Parameters
    ----------
    vocabulary : sequence of str
        Distinct words as they stand in the texts.
    fold : None, "lower", "stem", "lemma", NLTK StemmerI, or callable
        None keeps every form apart. "lower" unites cases and spellings of one word.
        "stem" (Snowball), "lemma" (simplemma) and an NLTK stemmer start from
        "lower"; a callable gets the word as it stands and returns the item, or ""
        for none.
    language : str, default "en"
        ISO 639-1 code, for "stem" and "lemma".

    Returns
    -------
    items : list of str
        By code point.
    index : ndarray of int32
        The item of each word of the vocabulary, -1 for none.

    Raises
    ------
    MediakitError
        If `fold` or the language is unknown, or a callable returns no string.

    Notes
    -----
    "lower": composed characters (NFC), straight apostrophes, one hyphen, no
    invisible characters, lower case. U.N. and UN are one item (un); "us" and "who"
    are pronouns, so U.S. and US are "u.s", WHO is "w.h.o"; other initials that would
    become function words keep their stops (a.m). Words wholly in capitals, as in
    some headlines, can therefore be misread. The possessive stays ("china's").

    "stem" and "lemma" drop the possessive and leave words with digits or full stops
    alone. A lemma is looked up without context: "leaves" is "leave" whether a tree's
    or a verb's. Use neither where word forms are the question, as in tense.

    Examples
    --------
    >>> fold_vocabulary(["US", "Talks", "U.S", "us", "talks"], "lower")
    (['talks', 'u.s', 'us'], array([1, 0, 1, 2, 0], dtype=int32))
    >>> fold_vocabulary(["were", "China’s"], "lemma")[0]
    ['be', 'china']
    """
    return _numbered(map(_rule(fold, language), vocabulary))


def fold_lower(
    words: Sequence[str], fold: str, *, language: str
) -> tuple[list[str], np.ndarray]:
    """Fold words that are in lower case already by "stem" or "lemma"."""
    return _numbered(map(_beyond_lower(fold, language), words))


def _numbered(folded: Iterable[str]) -> tuple[list[str], np.ndarray]:
    """Return the items by code point, and the number of each word's, -1 for none."""
    folded = list(folded)
    wrong = next((f for f in folded if not isinstance(f, str)), None)
    if wrong is not None or None in folded:
        raise MediakitError(
            f"`fold` must return a word for each word, got {wrong!r}; "
            'return "" to leave a word out.'
        )
    items = sorted(set(folded) - {""})
    number = {item: position for position, item in enumerate(items)} | {"": -1}
    index = np.fromiter(map(number.get, folded), np.int32, len(folded))
    return items, index


def _rule(fold, language: str) -> Callable[[str], str]:
    """Return the function from a word to its item."""
    if fold is None:
        return str
    if fold == "lower":
        return lower
    if isinstance(fold, str) and fold in ("stem", "lemma"):
        beyond = _beyond_lower(fold, language)
        return lambda word: beyond(lower(word))
    if hasattr(fold, "stem"):
        return lambda word: fold.stem(lower(word))
    if callable(fold):
        return fold
    raise MediakitError(
        f"`fold` must be one of {list(FOLDS)}, an NLTK stemmer or a function from "
        f"word to word, got {fold!r}."
    )


def _beyond_lower(fold: str, language: str) -> Callable[[str], str]:
    """Return the function from a word in lower case to its stem or lemma."""
    if fold == "stem":
        return partial(_stem, snowball(language).stem)
    check_lemmas(language)
    return partial(_lemma, language)


def lower(word: str) -> str:
    """Return a word in lower case and in one spelling; see `fold_vocabulary`.

    Examples
    --------
    >>> lower("Don’t"), lower("U.N"), lower("U.S.-led"), lower("US"), lower("A.M")
    ("don't", 'un', 'u.s-led', 'u.s', 'a.m')
    """
    if not word.isascii():
        word = unicodedata.normalize("NFC", word).translate(ONE_SPELLING)
    if "." in word:
        word = INITIALS.sub(_join_initials, word)
    if "US" in word or "WHO" in word:
        word = CAPITALS.sub(lambda found: ".".join(found.group()), word)
    return word.lower()


def _join_initials(found: re.Match) -> str:
    """Drop the full stops of capitals, unless a function word would come out."""
    initials = found.group(1)
    joined = initials.replace(".", "")
    keep = not initials.isupper() or joined.lower() in stopwords("en")
    return initials if keep else joined


def _stem(stem: Callable[[str], str], word: str) -> str:
    plain = word.replace("'", "").replace("-", "").isalpha()
    return stem(word) if plain else word


def _lemma(language: str, word: str) -> str:
    from simplemma import lemmatize

    if language == "en" and "'" in word:
        if word in stopwords("en"):
            return word
        word = word.removesuffix("'s")
    return lemmatize(word, lang=language).lower() if word.isalpha() else word


@cache
def stopwords(language: str = "en") -> frozenset[str]:
    """Return the function words of a language, as ``fold="lower"`` writes them.

    Parameters
    ----------
    language : str, default "en"
        ISO 639-1 code; only English ships.

    Returns
    -------
    frozenset of str
        Closed-class words and contractions; ``data/dictionaries/stopwords_en.md``
        says how they were compiled.

    Raises
    ------
    MediakitError
        If no list ships for the language.

    Notes
    -----
    Not for questions of stance or voice, where modals and pronouns are findings.

    Examples
    --------
    >>> {"the", "don't"} <= stopwords(), "said" in stopwords()
    (True, False)
    """
    if language != "en":
        raise MediakitError(
            f"mediakit has function words for English ('en') only, not for "
            f"{language!r}; give your own list, as stopwords=['word', ...]."
        )
    text = (folder("data") / "dictionaries" / "stopwords_en.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(" ".join(lines).split())
