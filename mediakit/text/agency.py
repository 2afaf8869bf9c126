"""find_agency: every mention of harm, with the sentence, and who is said to do it."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from mediakit.text.agency_rules import Harm, find_harm
from mediakit.text.agency_words import HarmWords, harm_words
from mediakit.text.attribution_text import (
    MOST_SENTENCE,
    Blanked,
    paragraphs,
    sentences,
)
from mediakit.text.corpus import Corpus
from mediakit.text.layers import token_spans
from mediakit.text.part import Part
from mediakit.text.passages import say_if_constructed
from mediakit.text.starts import any_between
from mediakit.text.views import View
from mediakit.text.voices_people import NamedActors, read_actors
from mediakit.workers import Once, each

TEXTS = ("match", "form", "verb", "agent", "agent_actor", "target", "target_actor")
ABOUT = ("article_id", "outlet", "published")


class Mention(NamedTuple):
    """A mention of harm: the row of its article, its words, and the actors named.

    `words` are the match, who does it, who suffers it, and the sentence.
    """

    row: int
    harm: Harm
    words: tuple[str, str | None, str | None, str]
    agent_actor: str | None
    target_actor: str | None


def find_agency(
    corpus: Corpus,
    *,
    harm: Mapping | str | None = None,
    actors: Mapping | str | None = None,
) -> pd.DataFrame:
    """Show every mention of harm: who does it, to whom, and how it is put.

    What you learn: whether those who kill are named. "Police shot three", "three were
    shot by police", "three were shot", "three died" and "the shooting" can be five
    reports of one event.

    Parameters
    ----------
    corpus : Corpus
        With text; ``only("title")`` reads headlines by rules of their own, and a
        mention outside the view's layers is left out.
    harm, actors : dict or path of a YAML file, optional
        Words for harm, and names of countries and bodies; by default
        ``harm_verbs.yaml`` and ``actors.yaml`` of ``data/dictionaries``.

    Returns
    -------
    DataFrame
        One row per mention, in the order of the text: match (str, the verb or noun),
        form ("active", "passive with agent", "passive without agent", "ergative",
        "nominal"), verb (its base form), agent and target (the words that name them
        in the sentence), agent_actor and target_actor (the first actor these words
        name), sentence (the whole sentence), article_id, outlet, published. What is
        not named is missing.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, or a list cannot be read.

    Notes
    -----
    A missing agent may be unknown, or named in the sentence before: read the
    sentence, and compare days on which who did it was known. Rules, no parser; what
    they get wrong, and how often, stands in ``data/dictionaries/harm_verbs.md``.
    When not to use it: to say that an outlet hides somebody.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "Syrian troops shot three men. A boy was wounded. Dozens died."]}))
    >>> found = mk.find_agency(mk.tokenize(articles))
    >>> found[["match", "form"]].to_numpy().tolist()[1:]
    [['wounded', 'passive without agent'], ['died', 'ergative']]
    >>> found["agent_actor"].iloc[0]
    'Syria'
    """
    mentions = gather_harm(corpus, harm_words(harm), read_actors(actors))
    cells = [_cells(mention) for mention in mentions]
    columns = list(zip(*cells, strict=True)) or [()] * (len(TEXTS) + 1)
    names = (*TEXTS, "sentence")
    table = {
        name: pd.Series(list(column), dtype="str")
        for name, column in zip(names, columns, strict=True)
    }
    rows = np.array([mention.row for mention in mentions], np.int64)
    for name in ABOUT:
        table[name] = corpus.metadata[name].array.take(rows)
    return say_if_constructed(pd.DataFrame(table), corpus, "find_agency")


def gather_harm(corpus: Corpus, words: HarmWords, actors: NamedActors) -> list[Mention]:
    """Return all mentions of harm of a corpus' view, in order."""
    corpus.need_order("a search for harm")
    pieces = ((Once(part),) for part in corpus.parts)
    firsts = np.cumsum([0, *map(len, corpus.parts)]).tolist()
    found = each(mentions_of, pieces, corpus.view, Once(words), Once(actors))
    return [
        mention._replace(row=mention.row + first)
        for first, several in zip(firsts, found, strict=False)
        for mention in several
    ]


def mentions_of(
    piece: tuple[Part], view: View, words: HarmWords, actors: NamedActors
) -> list[Mention]:
    """Return the mentions of one part; for `each`."""
    (part,) = piece
    texts = part.texts(view.field).to_pylist()
    found = [
        mention
        for row, text in enumerate(texts)
        for mention in harm_in(row, text, words, actors, title=view.field == "title")
    ]
    if not view.steps or not found:
        return found
    rows = [mention.row for mention in found]
    spans = [mention.harm.span for mention in found]
    places = token_spans(part, view.field, texts, rows, spans)
    tokens, mask = part.shard.selection(view)
    before = np.concatenate([[0], np.cumsum(mask)])
    inside = np.diff(before[places - tokens.start], axis=1)[:, 0] > 0
    return [mention for mention, kept in zip(found, inside, strict=True) if kept]


def harm_in(
    row: int, text: str, words: HarmWords, actors: NamedActors, *, title: bool
) -> list[Mention]:
    """Return the mentions of harm in a text."""
    places = words.starts.places(text)
    if not places and not title:
        return []
    whole = Blanked(text, text, (), ())
    mentions = []
    for start, end in paragraphs(text):
        if not title and not any_between(places, start, end):
            continue
        short = title and end - start < MOST_SENTENCE
        cut = [(start, end)] if short else sentences(whole, start, end)
        for sentence in cut:
            if not title and not any_between(places, *sentence):
                continue
            for harm in find_harm(text, sentence, words, title=title):
                spans = (harm.span, harm.agent, harm.target, sentence)
                told = tuple(text[slice(*span)] if span else None for span in spans)
                named = [actors.first(one) if one else None for one in told[1:3]]
                mentions.append(Mention(row, harm, told, *named))
    return mentions


def _cells(mention: Mention) -> tuple:
    match, agent, target, sentence = mention.words
    return (
        match,
        mention.harm.form,
        mention.harm.verb,
        agent,
        mention.agent_actor,
        target,
        mention.target_actor,
        sentence,
    )
