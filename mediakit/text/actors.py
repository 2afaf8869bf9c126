"""mark_actors: countries, leaders and organisations, so that one can ask about whom."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from mediakit.errors import MediakitError, check_choice
from mediakit.text.corpus import Corpus
from mediakit.text.marked import mark_patterns
from mediakit.text.pattern_match import once
from mediakit.text.pattern_syntax import literal
from mediakit.text.views import Layer
from mediakit.text.voices_words import read_lists

KINDS = ("names", "demonyms", "capitals", "leaders", "organs")
OWNS = ("", "'s", "’s")


def mark_actors(
    corpus: Corpus,
    *,
    actors: Mapping | str | None = None,
    kinds: Sequence[str] = KINDS,
    name: str = "actor",
) -> Corpus:
    """Mark every mention of countries, their leaders and organisations.

    What you learn: about whom something is said. ``corpus.only("actor")`` and
    ``corpus.without("actor")`` are views as of any layer, so tone, collocates and
    words can be measured with the names masked; `count_agency` asks who did it.

    Parameters
    ----------
    corpus : Corpus
        With text; a derived corpus has no order to mark.
    actors : dict or path of a YAML file, optional
        Actor to its names: ``{"Ruritania": ["Ruritania", "Ruritanian"]}``, or with
        kinds as in ``data/dictionaries/actors.yaml``, which is used by default: some
        hundred countries and international bodies. Case counts.
    kinds : sequence of {"names", "demonyms", "capitals", "leaders", "organs"}
        Which names to mark; by default all. Without "capitals", "Beijing" is a
        place and not the government of China.
    name : str, default "actor"
        What the layer is called.

    Returns
    -------
    Corpus
        With the layer over titles and texts; the label of a span is its actor. Where
        two names overlap, the longer one counts: "South Korea" is no Korea, "North
        Korean" no Korean. Possessives count: "China's" is one word and a mention.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, a list cannot be read, a kind is unknown, or
        one name is given to two actors.

    Notes
    -----
    A name is a name only on paper: Washington is a government, a city, a state and
    four people; "Bush" and "Xi" are counted wherever they stand. Pronouns and
    descriptions ("the island nation") are not found. The list names states as their
    English-language press does and takes no side on who is one.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A"], "text": ["Beijing and South Korea talk. He left."]}))
    >>> corpus = mk.mark_actors(mk.tokenize(articles))
    >>> corpus.only("actor").totals(), corpus.without("actor").totals()
    (array([3]), array([4]))
    """
    named = actor_names(actors, kinds)
    patterns = {
        actor: [f"=({literal(one + owns)})" for one in names for owns in OWNS]
        for actor, names in named.items()
    }
    marked = mark_patterns(corpus, patterns, name=name)
    parts = []
    for part in marked.parts:
        layer = _longest(part.shard.layers[name])
        parts.append(replace(part, shard=part.shard.with_layer(name, layer)))
    return replace(marked, parts=tuple(parts))


def actor_names(actors=None, kinds: Sequence[str] = KINDS) -> dict[str, list[str]]:
    """Return the names of each actor, of the kinds asked for, each name once."""
    if isinstance(kinds, str):
        kinds = [kinds]
    for kind in kinds:
        check_choice("kinds", kind, KINDS)
    named: dict[str, list[str]] = {}
    for actor, given in read_lists(actors, "actors.yaml", "actors").items():
        if isinstance(given, Mapping):
            for kind in given:
                check_choice(f"actors[{actor!r}]", kind, KINDS)
            names = [name for kind in kinds for name in given.get(kind, ())]
        else:
            names = [given] if isinstance(given, str) else list(given)
        for one in names:
            if not isinstance(one, str) or not one.strip():
                raise MediakitError(
                    f"the names of {actor!r} must be words in quotation marks, "
                    f"got {one!r} (in YAML, NO and ON need quotation marks)."
                )
        if names:
            named[str(actor)] = list(dict.fromkeys(names))
    _check_once(named)
    if not named:
        raise MediakitError(f"`actors` has no names of the kinds {list(kinds)}.")
    return named


def _check_once(named: dict[str, list[str]]) -> None:
    owner: dict[str, str] = {}
    for actor, names in named.items():
        for name in names:
            if owner.setdefault(name, actor) != actor:
                raise MediakitError(
                    f"the name {name!r} stands under {owner[name]!r} and {actor!r}; "
                    "give it to one of them."
                )


def _longest(layer: Layer) -> Layer:
    """Keep of overlapping spans the one that begins first, of those the longest."""
    starts, ends = once(layer.starts, layer.ends)
    order = np.lexsort((layer.ends, layer.starts))
    keys = layer.starts[order] << 16 | (layer.ends - layer.starts)[order]
    place = np.searchsorted(keys, starts << 16 | (ends - starts))
    return Layer(starts, ends, layer.labels[order][place], layer.names)
