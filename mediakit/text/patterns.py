"""Patterns, thousands at once: compiled against the vocabulary, found by the index.

What each item of a measure (or dictionary) asks for is kept in two kinds. Its single
words are a set of types, counted all items at once; its phrases are followed from
their rarest word. A single word never stands in a phrase's way: where both begin, the
phrase is longer, so phrases are settled first and the words in them left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mediakit.errors import MediakitError
from mediakit.text import pattern_syntax as syntax
from mediakit.text.corpus import Corpus
from mediakit.text.lexicon import Lexicon
from mediakit.text.pattern_match import Finder, Spans, Tests, once, ranges
from mediakit.text.shard import Shard, View

BOUNDS = ("sentence", "article")
"""What a hit never reaches across."""


@dataclass(frozen=True)
class Item:
    """What one name asks for: a test of single words, and phrases as written."""

    word: int
    phrases: tuple[tuple[str, syntax.Sequence], ...]


@dataclass(frozen=True, eq=False)
class Patterns:
    """Compiled patterns of several items.

    The corpus' types that pass test t are ``types[bounds[t]:bounds[t + 1]]`` (int32,
    ascending). `never` names the patterns that hold a word which the corpus does not,
    `cased` those that ask of upper and lower case.
    """

    types: np.ndarray
    bounds: np.ndarray
    items: tuple[Item, ...]
    never: tuple[str, ...]
    cased: tuple[str, ...]

    @property
    def phrases(self) -> list[str]:
        """The patterns that ask for more than one word."""
        return [text for item in self.items for text, _ in item.phrases]

    def types_of(self, test: int) -> np.ndarray:
        """Return the corpus' types that pass a test."""
        return self.types[self.bounds[test] : self.bounds[test + 1]]

    def local(self, to_global: np.ndarray) -> Tests:
        """Return the tests in the types of one shard."""
        return Tests(self.types, self.bounds, to_global)


def named_patterns(patterns) -> dict[str, list[str]]:
    """Return `patterns` as name -> patterns; a bare pattern is its own name."""
    if isinstance(patterns, str):
        patterns = [patterns]
    if isinstance(patterns, Mapping):
        named = {name: _texts(name, one) for name, one in patterns.items()}
    elif isinstance(patterns, Sequence):
        named = {_checked(text): [text] for text in patterns}
    else:
        raise MediakitError(
            "`patterns` must be a pattern, a list of patterns, or a dict of a name to "
            f"its patterns, got {type(patterns).__name__}."
        )
    if not named:
        raise MediakitError("`patterns` is empty; give at least one word.")
    return {_checked(name): texts for name, texts in named.items()}


def _texts(name, patterns) -> list[str]:
    """Return the patterns of one name, checked."""
    several = [patterns] if isinstance(patterns, str) else patterns
    if not isinstance(several, Sequence) or not len(several):
        raise MediakitError(
            f"the patterns of {name!r} must be a pattern or a list of patterns, got "
            f"{patterns!r}."
        )
    return [_checked(text) for text in several]


def _checked(text) -> str:
    if not isinstance(text, str) or not text.strip():
        raise MediakitError(
            f"a pattern must be a word or phrase in quotation marks, got {text!r}."
        )
    return text


def compile_patterns(
    corpus: Corpus, named: Mapping[str, list[str]] | list[str]
) -> Patterns:
    """Match each word of each pattern with the corpus' types; a list is one item."""
    compiler = _Compiler(corpus)
    several = named.values() if isinstance(named, Mapping) else [named]
    items = tuple(compiler.item(texts) for texts in several)
    sizes = [len(types) for types in compiler.tests]
    return Patterns(
        types=np.concatenate(compiler.tests).astype(np.int32),
        bounds=np.concatenate([[0], np.cumsum(sizes)]),
        items=items,
        never=tuple(dict.fromkeys(compiler.never)),
        cased=tuple(dict.fromkeys(compiler.cased)),
    )


class _Compiler:
    def __init__(self, corpus: Corpus):
        self.lexicon = Lexicon(corpus.vocabulary, corpus.language)
        self.tests: list[np.ndarray] = []
        self.never: list[str] = []
        self.cased: list[str] = []
        self._known: dict[tuple, int] = {}

    def item(self, texts: list[str]) -> Item:
        words, phrases = [], []
        for text in texts:
            node, possible = self.node(syntax.parse(text), text)
            if not possible:
                self.never.append(text)
            for one in node.options if isinstance(node, syntax.Choice) else (node,):
                if isinstance(one, int):
                    words.append(one)
                else:
                    phrases.append((text, one))
        return Item(self.either(words), tuple(phrases))

    def node(self, node, text: str):
        """Return a node with tests for its words, and whether it may match."""
        if isinstance(node, syntax.Gap):
            return node, True
        if isinstance(node, syntax.Word):
            test = self.test(node, text)
            return test, len(self.tests[test]) > 0
        if isinstance(node, syntax.Sequence):
            parts, possible = zip(
                *(self.node(p, text) for p in node.parts), strict=True
            )
            return syntax.Sequence(_flat(parts, syntax.Sequence)), all(possible)
        options, possible = zip(
            *(self.node(o, text) for o in node.options), strict=True
        )
        options = _flat(options, syntax.Choice)
        words = [one for one in options if isinstance(one, int)]
        others = [one for one in options if not isinstance(one, int)]
        if words:
            others.insert(0, self.either(words))
        one = others[0] if len(others) == 1 else syntax.Choice(tuple(others))
        return one, any(possible)

    def test(self, word: syntax.Word, text: str) -> int:
        """Return the number of a word's test."""
        if word.fold == "exact":
            self.cased.append(text)
        key = (word.text, word.kind, word.fold)
        if key not in self._known:
            self._known[key] = self.added(self.lexicon.types(word, text))
        return self._known[key]

    def either(self, words: list[int]) -> int:
        """Return the test that any of several tests passes."""
        if len(words) == 1:
            return words[0]
        found = [np.empty(0, np.int32), *(self.tests[word] for word in words)]
        return self.added(np.unique(np.concatenate(found)))

    def added(self, types: np.ndarray) -> int:
        self.tests.append(types)
        return len(self.tests) - 1


def _flat(nodes: Sequence, kind: type) -> tuple:
    """Return nodes with those of the same kind opened."""
    inner = "parts" if kind is syntax.Sequence else "options"
    opened = ((getattr(n, inner) if isinstance(n, kind) else (n,)) for n in nodes)
    return tuple(node for several in opened for node in several)


def find_phrases(finder: Finder, item: Item) -> Spans:
    """Return where an item's phrases stand; no token in two of them."""
    found = [finder.longest(phrase, text) for text, phrase in item.phrases]
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    starts, ends = map(np.concatenate, zip(*found, strict=True))
    return once(starts, ends)


def find_each(
    shard: Shard,
    to_global: np.ndarray,
    patterns: Patterns,
    view: View,
    bounds: str = "sentence",
) -> list[Spans]:
    """Return the hits of each item in a view: starts and ends in the shard's stream.

    The longest match counts, from the left, and no token counts twice within an item;
    a hit lies within the bounds and wholly inside the view.
    """
    finder = Finder(shard, view, bounds, patterns.local(to_global))
    hits = []
    for item in patterns.items:
        words = finder.positions(item.word)
        starts, ends = find_phrases(finder, item)
        if len(starts):
            covered = ranges(starts, ends)
            place = np.minimum(np.searchsorted(covered, words), len(covered) - 1)
            words = words[covered[place] != words]
            order = np.argsort(np.concatenate([words, starts]), kind="stable")
            ends = np.concatenate([words + 1, ends])[order]
            starts = np.concatenate([words, starts])[order]
        else:
            starts, ends = words, words + 1
        hits.append((starts, ends))
    return hits


def find_hits(
    shard: Shard,
    to_global: np.ndarray,
    patterns: Patterns,
    view: View,
    bounds: str = "sentence",
) -> tuple[np.ndarray, np.ndarray]:
    """Return starts and lengths of the hits of a single item; see `find_each`."""
    ((starts, ends),) = find_each(shard, to_global, patterns, view, bounds)
    return starts, ends - starts
