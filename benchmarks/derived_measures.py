"""The measures that the shipped derived corpora hold beside their counts.

One list, so that what can be asked of real outlets without their texts is decided in
one place; each is a function of a corpus with quotations marked.
"""

from collections.abc import Callable

import numpy as np

import mediakit as mk
from mediakit.text.shard import SENTENCE

Make = Callable[[mk.Corpus], mk.Measure]


def quotation(corpus: mk.Corpus) -> mk.Measure:
    """Words in direct quotation, of all words."""
    quoted = corpus.only("quotation").totals()
    return mk.as_measure(
        corpus.metadata.assign(quoted=quoted, words=corpus.totals()),
        value="quoted",
        exposure="words",
        kind="share",
        unit="word",
        name="words in direct quotation",
    )


def sentence_length(corpus: mk.Corpus) -> mk.Measure:
    """Words per sentence."""
    return mk.as_measure(
        corpus.metadata.assign(words=corpus.totals(), sentences=sentences(corpus)),
        value="words",
        exposure="sentences",
        unit="sentence",
        name="words per sentence",
    )


def sentences(corpus: mk.Corpus) -> np.ndarray:
    """Count the sentences of each article."""
    counts = []
    for part in corpus.parts:
        positions, offsets = part.shard.selected(corpus.view)
        begins = (part.shard.flags[positions] & SENTENCE) > 0
        counts.append(np.diff(np.concatenate([[0], np.cumsum(begins)])[offsets]))
    return np.concatenate(counts)


def dictionary(name: str, **options) -> Make:
    """Return what counts a shipped dictionary."""
    return lambda corpus: mk.count_dictionary(
        corpus, mk.load_dictionary(name), **options
    )


def tone(method: str) -> dict[str, Make]:
    """Return what scores tone by one instrument, and what says how much it knows."""
    return {
        method: lambda corpus: mk.score_sentiment(corpus, method=method),
        f"{method}_coverage": lambda corpus: mk.score_sentiment(
            corpus, method=method, items="coverage"
        ),
    }


EVERY: dict[str, Make] = {
    "frames": dictionary("frames"),
    "policy_frames": dictionary("policy_frames"),
    "loaded": dictionary("loaded"),
    "naming": lambda corpus: mk.count_naming(corpus, mk.load_dictionary("naming")),
    **tone("vader"),
    **tone("textblob"),
    "tones": mk.score_tones,
}
OF_TEXTS: dict[str, Make] = {
    "quotation": quotation,
    "sentence_length": sentence_length,
    "voices": mk.count_voices,
    "voice_verbs": lambda corpus: mk.count_voices(corpus, of="verbs"),
    "agency": mk.count_agency,
    **EVERY,
}


def measured(corpus: mk.Corpus, makers: dict[str, Make]) -> dict[str, mk.Measure]:
    """Return every measure of a corpus, by the name it is stored under."""
    return {name: make(corpus) for name, make in makers.items()}
