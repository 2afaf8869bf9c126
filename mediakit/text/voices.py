"""find_quotations: what is said in articles, by whom, with which verb."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from mediakit.errors import check_columns
from mediakit.text.attribution import Attribution, find_attributions
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.passages import say_if_constructed
from mediakit.text.voices_names import Cast, resolve
from mediakit.text.voices_people import (
    UNKNOWN,
    People,
    learn,
    placed,
    read_people,
    usual,
)
from mediakit.text.voices_words import VoiceVerbs, voice_verbs
from mediakit.workers import Once, each

COLUMNS = {
    **dict.fromkeys(["quotation", "kind", "speaker", "mention", "group"], "str"),
    **dict.fromkeys(["country", "cue", "verb", "verb_class"], "str"),
    **dict.fromkeys(["words", "start", "end"], "int64"),
}
ABOUT = ("article_id", "outlet", "published")
GAP = " … "


@dataclass(frozen=True, eq=False)
class Rules:
    """The lists that decide: verbs and people."""

    verbs: VoiceVerbs
    people: People


class Voice(NamedTuple):
    """One attribution, the row of its article, and what is known of its speaker."""

    row: int
    attribution: Attribution
    texts: tuple[str, str | None, str | None]
    speaker: str | None
    group: str | None
    country: str | None


def find_quotations(
    corpus: Corpus,
    *,
    verbs: Mapping | str | None = None,
    speakers: Mapping | str | None = None,
    actors: Mapping | str | None = None,
    home: str | None = None,
) -> pd.DataFrame:
    """Show everything that is said in the articles: the words, the speaker, the verb.

    What you learn: who is given a voice, in their own words or in the outlet's.

    Parameters
    ----------
    corpus : Corpus
        With text; the field of its view is read ("text", or ``only("title")``).
    verbs, speakers, actors : dict or path of a YAML file, optional
        Reporting verbs by class, words that describe a group of speakers, and names
        of countries; by default ``voice_verbs.yaml``, ``speakers.yaml`` and
        ``actors.yaml`` of ``data/dictionaries``. Copy, edit, give the path.
    home : str, optional
        A column of the articles with the country of the outlet, as `actors` names
        it. Then the group "official" is told apart into "home official" and "other
        official"; officials of no stated country stay "official".

    Returns
    -------
    DataFrame
        One row per attribution, in the order of the text: quotation (str, the words
        as they stand, parts that belong together with " … " between), kind
        ("direct": between quotation marks; "mixed": in part; "indirect": without;
        "unattributed": between marks, but nobody is said to say it), speaker (the
        full name if the article gives one, pronouns resolved), mention (the words
        that name the speaker there), group (of speakers, "unknown" if no list
        knows), country, cue, verb (its base form), verb_class, words (int64),
        start, end (int64, characters of the field), article_id, outlet, published,
        title. What is not known is missing.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, a list cannot be read, or there is no column
        `home`.

    Notes
    -----
    Rules for English news, no parser. On 540 PolNeAR articles that were not used to
    write them, the figures stand in ``data/dictionaries/voice_verbs.md``: direct and
    mixed quotations are reliable, indirect ones are found in part only, so never
    compare outlets by their number. A group is read off the words around a name
    ("the foreign minister"), in another article of the corpus if this one has none;
    it is a description and not a fact. An outlet seldom says whose its own ministers
    are, so "official" without a country holds many of them (two of three in the
    constructed corpus): look at both before you compare home and other. When not
    to use it: other languages than English, and verse, scripts or transcripts.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "“We won,” Prime Minister Ann Lee claimed. She added that it was fair."]}))
    >>> found = mk.find_quotations(mk.tokenize(articles))
    >>> found[["kind", "speaker", "group", "verb_class"]].to_numpy().tolist()[0]
    ['direct', 'Ann Lee', 'official', 'claiming']
    >>> found["quotation"].iloc[1]
    'it was fair'
    """
    rules = Rules(voice_verbs(verbs), read_people(speakers, actors))
    voices = gather_voices(corpus, rules, home)
    cells = [_cells(voice, rules) for voice in voices]
    columns = list(zip(*cells, strict=True)) or [()] * len(COLUMNS)
    table = {
        name: pd.Series(list(column), dtype=dtype)
        for (name, dtype), column in zip(COLUMNS.items(), columns, strict=True)
    }
    rows = np.array([voice.row for voice in voices], np.int64)
    for name in ABOUT:
        table[name] = corpus.metadata[name].array.take(rows)
    titles = [
        title for part in corpus.parts for title in part.texts("title").to_pylist()
    ]
    table["title"] = pd.Series([titles[row] for row in rows], dtype="str")
    return say_if_constructed(pd.DataFrame(table), corpus, "find_quotations")


def gather_voices(corpus: Corpus, rules: Rules, home: str | None) -> list[Voice]:
    """Return all attributions of a corpus, in order, with their speakers."""
    homes = homes_of(corpus, home)
    pieces = ((Once(part),) for part in corpus.parts)
    firsts = np.cumsum([0, *map(len, corpus.parts)]).tolist()
    voices = [
        voice._replace(row=voice.row + first)
        for first, found in zip(
            firsts,
            each(voices_of, pieces, Once(rules), corpus.view.field),
            strict=False,
        )
        for voice in found
    ]
    most = usual(learn((one.speaker, one.group, one.country) for one in voices))
    for number, one in enumerate(voices):
        known = placed(one.speaker, one.group, one.country, homes[one.row], most)
        if known != (one.group, one.country):
            voices[number] = one._replace(group=known[0], country=known[1])
    return voices


def homes_of(corpus: Corpus, home: str | None) -> np.ndarray:
    """Return the country of each row's outlet, or raise for a corpus without texts."""
    corpus.need_order("a search for quotations")
    if home is None:
        return np.full(len(corpus), None, object)
    check_columns("corpus", corpus.metadata, [home])
    return corpus.metadata[home].to_numpy(object)


def voices_of(piece: tuple[Part], rules: Rules, field: str) -> list[Voice]:
    """Return the attributions of one part; for `each`."""
    (part,) = piece
    texts = part.texts(field).to_pylist()
    return [v for row, text in enumerate(texts) for v in voices_in(row, text, rules)]


def voices_in(row: int, text: str, rules: Rules) -> list[Voice]:
    """Return the attributions of a text with their speakers."""
    found = find_attributions(text, rules.verbs)
    if not found:
        return []
    cast = Cast(text)
    names = resolve(text, [one.speaker for one in found], cast)
    voices, known = [], {}
    for one, name in zip(found, names, strict=True):
        group = country = mention = None
        if name is not None:
            mention = text[slice(*one.speaker)]
            if (name, mention) not in known:
                known[name, mention] = _placed(text, one, name, cast, rules.people)
            group, country = known[name, mention]
        quotation = GAP.join(text[start:end] for start, end in one.spans)
        cue = text[slice(*one.cue)] if one.cue else None
        texts = quotation, mention, cue
        voices.append(Voice(row, one, texts, name, group, country))
    return voices


def _placed(text: str, one: Attribution, name: str, cast: Cast, people: People):
    """Return group and country of a speaker, by the words there and at first."""
    first, last = one.speaker
    there = text[first:last]
    after = text[last : last + 120].split("\n")[0]
    if after.lstrip().startswith((",", "who ", "familiar", "close ")):
        there += after.split(". ")[0]
    group, country = people.group_of(there), people.actors.first(there)
    for described in cast.descriptions(name):
        if group != UNKNOWN and country:
            break
        if group == UNKNOWN:
            group = people.group_of(described)
        country = country or people.actors.first(described)
    return group, country


def _cells(voice: Voice, rules: Rules) -> tuple:
    one = voice.attribution
    quotation, mention, cue = voice.texts
    return (
        quotation,
        one.kind,
        voice.speaker,
        mention,
        voice.group,
        voice.country,
        cue,
        cue and rules.verbs.base_of(cue),
        cue and rules.verbs.class_of(cue),
        len(quotation.replace("…", " ").split()),
        one.spans[0][0],
        one.spans[-1][1],
    )
