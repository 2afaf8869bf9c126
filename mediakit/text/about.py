"""mark_about: the sentences and clauses about somebody, as layers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from mediakit.errors import MediakitError, check_choice
from mediakit.text.about_clauses import clause_of, side_of
from mediakit.text.about_sentences import Sentence, named_corpus, sentences_about
from mediakit.text.corpus import Corpus
from mediakit.text.marked import check_new_layer
from mediakit.text.part import Part
from mediakit.text.shard import FIELDS
from mediakit.text.views import Layer, View
from mediakit.workers import Once, each

PARTS = ("sentence", "clause")
SIDES = ("any", "subject", "object")


def mark_about(
    corpus: Corpus,
    actors: str | Sequence[str] | Mapping[str, Sequence[str]],
    *,
    part: str = "sentence",
    side: str = "any",
) -> Corpus:
    """Mark the sentences, or the clauses, about somebody.

    What you learn: what is written where somebody is named.
    ``corpus.only("about China")`` is a view as of any layer, so its tone, its words
    and its frames can be measured, in the outlet's own voice
    (``.without("quotation")``) or in quotation.

    Parameters
    ----------
    corpus : Corpus
        With text; a derived corpus has no order to mark.
    actors : str, list of str, or dict
        Actors of ``data/dictionaries/actors.yaml`` as "China", or each with its names:
        ``{"Labour": ["Labour", "Mr Hill"]}``. Case counts.
    part : {"sentence", "clause"}, default "sentence"
        What is marked: the whole sentence, or only the clause with the name.
    side : {"any", "subject", "object"}, default "any"
        Only where somebody does something ("China condemned", "condemned by China"),
        or where it is done to them ("condemned China", "China was condemned").

    Returns
    -------
    Corpus
        With a layer for each actor over titles and texts, whatever the view, called
        "about China"; with a side "about China as subject" or "about China as object".

    Raises
    ------
    MediakitError
        If the corpus holds counts only, an actor is unknown, the layer is there, or a
        side is asked for in another language than English.

    Notes
    -----
    A sentence that names two is about both. Pronouns ("he condemned it") and
    descriptions ("the island nation") are not found, so mentions are a sample of what
    is said. Clauses end at conjunctions, relative pronouns, dashes, brackets and
    quotation marks. Sides come from part-of-speech tags (TextBlob's, English) and the
    words around the name, not from a parser; where they do not tell, a sentence has
    neither side. How often they are right is not measured: read `find_toward`.

    When not to use it: to say what an outlet thinks of somebody. A sentence about the
    victims of an attack is a sad one and not against them.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "China praised the talks, but Japan walked out. It rained."]}))
    >>> corpus = mk.mark_about(mk.tokenize(articles), "China", part="clause")
    >>> corpus.only("about China").totals()
    array([4])
    """
    check_choice("part", part, PARTS)
    check_choice("side", side, SIDES)
    if side != "any" and corpus.language != "en":
        raise MediakitError(
            f"sides are told by rules for English, and the corpus is in "
            f'{corpus.language!r}; use `side="any"`.'
        )
    names, named = named_corpus(corpus, actors)
    behind = "" if side == "any" else f" as {side}"
    called = [f"about {name}{behind}" for name in names]
    for one in called:
        check_new_layer(corpus, one)
    pieces = ((Once(one),) for one in named.parts)
    found = each(_spans, pieces, len(names), part, side)
    parts = []
    for one, spans in zip(corpus.parts, found, strict=True):
        shard = one.shard
        for name, (starts, ends) in zip(called, spans, strict=True):
            labels = np.zeros(len(starts), np.int32)
            shard = shard.with_layer(name, Layer(starts, ends, labels))
        parts.append(replace(one, shard=shard))
    return replace(corpus, parts=tuple(parts))


def _spans(piece: tuple[Part], size: int, part: str, side: str) -> list:
    """Return the tokens marked for each actor in one part; for `each`."""
    (one,) = piece
    whole = replace(one, rows=None)
    found: list[set] = [set() for _ in range(size)]
    for field in FIELDS:
        for sentence in sentences_about(whole, View(field)):
            for number, first, last in sentence.names:
                if side == "any" or side_of(sentence.text, first, last) == side:
                    found[number].add(_tokens(sentence, part, first, last))
    edges = [np.array(sorted(spans), np.int64).reshape(-1, 2) for spans in found]
    return [(one[:, 0], one[:, 1]) for one in edges]


def _tokens(sentence: Sentence, part: str, first: int, last: int) -> tuple[int, int]:
    """Return the tokens of the sentence, or of the clause that holds a name."""
    if part == "sentence":
        return sentence.first, sentence.after
    begin, end = clause_of(sentence.text, first, last)
    inside = np.searchsorted(sentence.places, [begin, end])
    return sentence.first + int(inside[0]), sentence.first + int(inside[1])
