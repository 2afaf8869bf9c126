"""The lexicons of VADER and TextBlob, read from the installed libraries, as lists."""

import re
from collections.abc import Callable, Iterable
from importlib.metadata import version

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.text.dictionary import Dictionary, check_entry
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
}
