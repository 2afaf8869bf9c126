"""Patterns: words, wildcards and phrases, compiled once against the vocabulary."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mediakit.errors import MediakitError
from mediakit.text.corpus import Corpus
from mediakit.text.shard import SENTENCE, Shard, View
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.words import word_spans


@dataclass(frozen=True)
class Pattern:
    """A pattern as written, and for each of its words the types that match it."""

    text: str
    words: tuple[np.ndarray, ...]

    def __len__(self):
        return len(self.words)


def named_patterns(patterns) -> dict[str, list[str]]:
    """Return `patterns` as name -> patterns; a bare pattern is its own name."""
    if isinstance(patterns, str):
        patterns = [patterns]
    if isinstance(patterns, Mapping):
        named = {
            name: [one] if isinstance(one, str) else list(one)
            for name, one in patterns.items()
        }
    elif isinstance(patterns, Sequence):
        named = {one: [one] for one in patterns}
    else:
        raise MediakitError(
            "`patterns` must be a pattern, a list of patterns, or a dict of a name to "
            f"its patterns, got {type(patterns).__name__}."
        )
    if not named:
        raise MediakitError("`patterns` is empty; give at least one word.")
    for name, texts in named.items():
        for text in (name, *texts):
            if not isinstance(text, str) or not text.strip():
                raise MediakitError(
                    f"a pattern must be a word or phrase, got {text!r}."
                )
    return named


def compile_patterns(corpus: Corpus, texts: list[str]) -> list[Pattern]:
    """Match each word of each pattern with the corpus' types, ignoring case."""
    items, index = fold_vocabulary(corpus.vocabulary.to_pylist(), "lower")
    number = {item: position for position, item in enumerate(items)}
    joined = "\n".join(items)
    starts = np.cumsum([0, *(len(item) + 1 for item in items)])
    known: dict[str, np.ndarray] = {}

    def matches(word: str) -> np.ndarray:
        if word not in known:
            hit = np.zeros(len(items) + 1, bool)
            if "*" in word:
                rule = r"[^\n]*".join(map(re.escape, word.split("*")))
                found = re.finditer(f"^{rule}$", joined, re.MULTILINE)
                hit[np.searchsorted(starts, [match.start() for match in found])] = True
            elif word in number:
                hit[number[word]] = True
            known[word] = hit[index]
        return known[word]

    return [
        Pattern(text, tuple(matches(word) for word in pattern_words(text)))
        for text in texts
    ]


def pattern_words(text: str) -> list[str]:
    """Cut a pattern into folded words, as the tokenizer would; `*` stays."""
    words = []
    for chunk in text.split():
        if "*" in chunk:
            words.append(chunk)
        else:
            words += [chunk[start:end] for start, end in word_spans(chunk)]
    if not words:
        raise MediakitError(f"pattern {text!r} holds no word.")
    folded, index = fold_vocabulary(words, "lower")
    return [folded[position] for position in index]


def find_hits(
    shard: Shard, to_global: np.ndarray, patterns: list[Pattern], view: View
) -> tuple[np.ndarray, np.ndarray]:
    """Return starts (stream positions) and lengths of the patterns' hits in a view.

    The longest match counts, and no token counts twice; a phrase lies within one
    sentence and wholly inside the view.
    """
    positions, _ = shard.selected(view)
    inside = np.zeros(len(shard.ids) + 1, bool)
    inside[positions] = True
    starts, lengths = [], []
    for pattern in patterns:
        words = [word[to_global] for word in pattern.words]
        found = positions[words[0][shard.ids[positions]]]
        for step, word in enumerate(words[1:], start=1):
            found = found[inside[found + step]]
            found = found[word[shard.ids[found + step]]]
            found = found[(shard.flags[found + step] & SENTENCE) == 0]
        starts.append(found)
        lengths.append(np.full(len(found), len(words)))
    return _longest_once(np.concatenate(starts), np.concatenate(lengths))


def _longest_once(starts: np.ndarray, lengths: np.ndarray):
    order = np.lexsort((-lengths, starts))
    starts, lengths = starts[order], lengths[order]
    if (starts[1:] >= (starts + lengths)[:-1]).all():
        return starts, lengths
    kept, free = [], 0
    for index, (start, length) in enumerate(
        zip(starts.tolist(), lengths.tolist(), strict=True)
    ):
        if start >= free:
            kept.append(index)
            free = start + length
    return starts[kept], lengths[kept]
