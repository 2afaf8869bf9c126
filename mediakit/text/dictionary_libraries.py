"""The lexicons of VADER, TextBlob and AFINN, read from the installed libraries."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.text.dictionary import Dictionary, check_entry
from mediakit.text.dictionary_files import read_dictionary
from mediakit.text.dictionary_read import plain

LETTERS = re.compile(r"[^\W\d_]+(?:[-' ][^\W\d_]+)*")
IN_SHORT = (
    "{name} as a list of words: its weights and negation, not its other rules; for the "
    "library's own numbers use method={method!r}"
)


def vader_list() -> Dictionary:
    """Return the words of VADER's lexicon with their valences (-4 to 4)."""
    from vaderSentiment import vaderSentiment

    lexicon = vaderSentiment.SentimentIntensityAnalyzer().lexicon
    return _dictionary(
        "vader's list",
        "valence",
        lexicon.items(),
        negators=("*n't", *(word for word in vaderSentiment.NEGATE if "'" not in word)),
        reach=3,
        turn=vaderSentiment.N_SCALAR,
        about={
            "source": f"vaderSentiment {version('vaderSentiment')}, Hutto and Gilbert "
            "2014",
            "licence": "MIT",
            "in short": IN_SHORT.format(name="VADER", method="vader"),
            "left out": "boosters, which VADER adds and does not multiply; emoticons; "
            "set phrases; capitals and exclamation marks",
        },
    )


def textblob_list() -> Dictionary:
    """Return the words of TextBlob's lexicon with their polarities (-1 to 1)."""
    from textblob.en import sentiment

    words = list(sentiment)
    mean = {word: sentiment[word][None] for word in words}
    return _dictionary(
        "textblob's list",
        "polarity",
        ((word, polarity) for word, (polarity, _, _) in mean.items()),
        negators=("no", "not", "never", "*n't"),
        reach=2,
        turn=-0.5,
        intensifiers={
            word: float(times)
            for word, (_, _, times) in mean.items()
            if times != 1 and "RB" in sentiment[word] and LETTERS.fullmatch(word)
        },
        about={
            "source": f"TextBlob {version('textblob')}, the lexicon of pattern.en, De "
            "Smedt and Daelemans 2012",
            "licence": "MIT (TextBlob), BSD (pattern)",
            "in short": IN_SHORT.format(name="TextBlob", method="textblob"),
            "left out": "emoticons; phrases, which TextBlob itself never meets",
        },
    )


def afinn_list() -> Dictionary:
    """Return the words of AFINN-en-165 with their valences (-5 to 5).

    Its licence asks whoever passes the list on to do so under the same, and for a note
    under what is made of it; so it is read where its author's package put it.
    """
    try:
        package = distribution("afinn")
    except PackageNotFoundError as error:
        raise MediakitError(
            "the list of AFINN comes in a package of its own, under the Open Database "
            "License: `pip install afinn`, then ask again. Or give the file to "
            "`mk.read_dictionary`."
        ) from error
    path = Path(package.locate_file("afinn/data/AFINN-en-165.txt"))
    words = read_dictionary(path, format="afinn")
    return replace(
        words,
        name="afinn",
        about={
            "source": f"afinn {package.version}, AFINN-en-165, Nielsen 2011",
            "licence": "Open Database License 1.0 (ODbL)",
            "in short": "contains information from AFINN (Nielsen 2011), which is made "
            "available under the Open Database License (ODbL) 1.0",
            "purpose": "made for microblogs; weights are added up, nothing is negated",
        },
    )


def _dictionary(
    name: str, category: str, weights: Iterable[tuple[str, float]], **options
) -> Dictionary:
    """Return the words among the weights that are not 0 and that can be counted."""
    rows = []
    for word, weight in weights:
        pattern = plain(word)
        if weight and LETTERS.fullmatch(word) and _countable(pattern):
            rows.append((category, pattern, float(weight)))
    table = pd.DataFrame(rows, columns=["category", "pattern", "weight"])
    table = table.drop_duplicates(["category", "pattern"])
    return Dictionary(name, table, **options)


def _countable(pattern: str) -> bool:
    try:
        check_entry(pattern, "")
    except MediakitError:
        return False
    return True


LIBRARIES: dict[str, Callable[[], Dictionary]] = {
    "vader": vader_list,
    "textblob": textblob_list,
    "afinn": afinn_list,
}
