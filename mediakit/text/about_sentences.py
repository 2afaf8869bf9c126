"""The sentences that name an actor, with the places of names and tokens in them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from itertools import groupby
from operator import itemgetter

import numpy as np

from mediakit.errors import MediakitError
from mediakit.text.actors import actor_names, mark_actors
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.shard import SENTENCE, Shard
from mediakit.text.views import Layer, View

NAMED = "names of those asked about"


@dataclass(frozen=True)
class Sentence:
    """A sentence that names somebody.

    Attributes
    ----------
    row : int
        Of its article in the part.
    first, after : int
        Its tokens in the shard's stream.
    text : str
    places : ndarray of int
        The letter at which each of its tokens begins.
    names : list of (int, int, int)
        Number of the actor, letter at which the name begins, and its last word.
    hidden : ndarray of int
        The letters at which tokens begin that are out of the view.
    """

    row: int
    first: int
    after: int
    text: str
    places: np.ndarray
    names: list[tuple[int, int, int]]
    hidden: np.ndarray


def chosen_actors(actors) -> dict[str, list[str]]:
    """Return the names of the actors asked for: of our list, or given."""
    if isinstance(actors, Mapping):
        return actor_names(actors)
    several = [actors] if isinstance(actors, str) else actors
    known = actor_names()
    words = isinstance(several, Sequence) and all(isinstance(a, str) for a in several)
    if not words or not several:
        raise MediakitError(
            '`actors` must name actors of our list, as "China" or ["China", "Japan"], '
            f'or map names: {{"Party": ["Labour", "Mr Hill"]}}; got {actors!r}.'
        )
    for one in several:
        if one not in known:
            raise MediakitError(
                f"no actor {one!r} in data/dictionaries/actors.yaml; give its names: "
                f"`actors={{{one!r}: [{one!r}]}}`." + _close(one, known)
            )
    return {one: known[one] for one in dict.fromkeys(several)}


def _close(name: str, known) -> str:
    close = get_close_matches(name, known, n=1)
    return f" Did you mean {close[0]!r}?" if close else ""


def named_corpus(corpus: Corpus, actors) -> tuple[tuple[str, ...], Corpus]:
    """Return the actors asked for, and the corpus with their names as layer `NAMED`."""
    chosen = tuple(chosen_actors(actors))
    given = actors if isinstance(actors, Mapping) else None
    corpus.need_order("a search for those named")
    parts = []
    for part in mark_actors(corpus, actors=given, name=NAMED).parts:
        layer = _only(part.shard.layers[NAMED], chosen)
        parts.append(replace(part, shard=part.shard.with_layer(NAMED, layer)))
    return chosen, replace(corpus, parts=tuple(parts))


def _only(layer: Layer, names: tuple[str, ...]) -> Layer:
    """Return the spans of some labels, numbered anew."""
    number = np.array([names.index(n) if n in names else -1 for n in layer.names], int)
    labels = number[layer.labels] if len(layer.labels) else layer.labels
    kept = labels >= 0
    labels = labels[kept].astype(np.int32)
    return replace(
        layer,
        starts=layer.starts[kept],
        ends=layer.ends[kept],
        labels=labels,
        names=names,
    )


def sentences_about(part: Part, view: View) -> Iterator[Sentence]:
    """Yield the sentences of a named corpus with a name in the view, in their order."""
    shard, layer = part.shard, part.shard.layers[NAMED]
    documents = shard.documents(view.field)
    tokens, mask = shard.selection(view)
    rows = np.full(len(shard), -1)
    own = np.arange(len(shard)) if part.rows is None else np.asarray(part.rows)
    rows[own] = np.arange(len(own))
    begins = _sentence_starts(shard, documents)
    found = []
    for number in _inside(layer, tokens, mask):
        start = int(layer.starts[number])
        document = int(np.searchsorted(shard.offsets, start, side="right")) - 1
        if rows[document - documents.start] >= 0:
            at = int(np.searchsorted(begins, start, side="right")) - 1
            found.append((at, document, number))
    if not found:
        return
    bytes_at, held, text = shard.starts(), -1, b""
    texts = shard.texts[view.field]
    for (at, document), several in groupby(found, itemgetter(0, 1)):
        last = int(shard.offsets[document + 1])
        first = int(begins[at])
        after = min(int(begins[at + 1]), last) if at + 1 < len(begins) else last
        if document != held:
            held, text = document, texts[document - documents.start].as_py().encode()
        begin = _back(text, int(bytes_at[first]))
        end = _back(text, int(bytes_at[after])) if after < last else len(text)
        end = max(end, int(bytes_at[after - 1]) + 1)
        whole = text[begin:end].decode()
        places = _letters(text[begin:end], bytes_at[first:after] - begin)
        names = [
            (
                int(layer.labels[number]),
                int(places[layer.starts[number] - first]),
                int(places[min(int(layer.ends[number]), after) - 1 - first]),
            )
            for *_, number in several
        ]
        out = slice(first - tokens.start, after - tokens.start)
        hidden = places[:0] if mask is None else places[~mask[out]]
        row = int(rows[document - documents.start])
        yield Sentence(row, first, after, whole, places, names, hidden)


def _sentence_starts(shard: Shard, documents: slice) -> np.ndarray:
    begins = shard.flags & SENTENCE > 0
    sizes = np.diff(shard.offsets[documents.start : documents.stop + 1])
    begins[shard.offsets[documents][sizes > 0]] = True
    return np.flatnonzero(begins)


def _inside(layer: Layer, tokens: slice, mask) -> np.ndarray:
    """Return the spans in the view, whole, in order."""
    held = (layer.starts >= tokens.start) & (layer.ends <= tokens.stop)
    if mask is not None:
        before = np.concatenate([[0], np.cumsum(mask)])
        first, last = (
            np.clip(one - tokens.start, 0, len(mask))
            for one in (layer.starts, layer.ends)
        )
        held &= before[last] - before[first] == layer.ends - layer.starts
    return np.flatnonzero(held)


def _back(text: bytes, at: int) -> int:
    """Return where the chunk begins that holds a byte: marks before it are its own."""
    while at and not re.match(rb"\s", text[at - 1 : at]):
        at -= 1
    return at


def _letters(text: bytes, at: np.ndarray) -> np.ndarray:
    """Return the letters at which bytes stand."""
    if text.isascii():
        return np.asarray(at, int)
    starts = (np.frombuffer(text, np.uint8) & 0xC0) != 0x80
    return (np.cumsum(starts) - 1)[at]
