"""count_voices: how the quoted words, the verbs and the speakers are shared out."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mediakit.errors import check_choice
from mediakit.measure.cells import cell_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.layers import token_spans
from mediakit.text.part import Part
from mediakit.text.quotations import quotation_spans
from mediakit.text.views import View
from mediakit.text.voices import OFFICIAL, Rules, Voice, gather_voices
from mediakit.text.voices_people import UNKNOWN, read_people
from mediakit.text.voices_words import voice_verbs

OF = {"words": "quoted word", "verbs": "reporting verb", "speakers": "speaker"}
QUOTED = ("direct", "mixed")


def count_voices(
    corpus: Corpus,
    *,
    of: str = "words",
    verbs: Mapping | str | None = None,
    speakers: Mapping | str | None = None,
    actors: Mapping | str | None = None,
    home: str | None = None,
) -> Measure:
    """Count whose words are quoted, with which verbs, and how many people speak.

    What you learn: whether an outlet lets officials, experts or citizens speak, and
    whether it lets some "say" and others "claim". `find_quotations` shows each.

    Parameters
    ----------
    corpus : Corpus
        With text; words, and quotations without a word in the view, follow the view.
    of : {"words", "verbs", "speakers"}, default "words"
        What is shared out: the words between quotation marks by group of speaker;
        the reporting verbs by class, of all speakers and of each group; or the
        speakers of an article, each counted once, by group.
    verbs, speakers, actors, home
        As in `find_quotations`.

    Returns
    -------
    Measure
        Of kind "share". of="words": one item per group, the exposure is all words in
        quotation marks that somebody is said to say. of="verbs": one item per class
        of verb ("claiming") over all verbs, and one per group and class ("official:
        claiming", concept "official") over the group's verbs. of="speakers": one item
        per group over all speakers, an unnamed one ("a resident") counted once an
        article.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, `of` is unknown, or a list cannot be read.

    Notes
    -----
    Words and speakers come from direct quotations and the quoted part of mixed ones.
    Verbs come from reported speech without marks too, which is found in part: a
    class is comparable, a number of reports is not. "unknown" is an item: where it is
    large or differs between the sides, the other shares say little; add words to the
    lists. A wire copy's voices are those of the agency.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "“We have won it,” the prime minister claimed. “No,” a voter said."]}))
    >>> voices = mk.count_voices(mk.tokenize(articles))
    >>> voices.to_frame()[["item", "value", "exposure"]].to_numpy().tolist()
    [['official', 4.0, 5.0], ['citizen', 1.0, 5.0]]
    """
    check_choice("of", of, OF)
    lists = {"verbs": verbs, "speakers": speakers, "actors": actors}
    rules = Rules(voice_verbs(verbs), read_people(speakers, actors))
    voices = gather_voices(corpus, rules, home)
    groups = _groups(rules, home)
    items = _items(of, groups, list(dict.fromkeys(rules.verbs.classes.values())))
    names = items.pop("over")
    cells, first, at = [], 0, 0
    for part in corpus.parts:
        stop = at
        while stop < len(voices) and voices[stop].row < first + len(part):
            stop += 1
        cells += _counted(part, corpus.view, voices[at:stop], first, of, rules)
        first, at = first + len(part), stop
    return Measure(
        name=f"voices: {of}",
        kind="share",
        unit=OF[of],
        items=items,
        denominators=tuple(dict.fromkeys(names)),
        articles=corpus.metadata,
        stored=cell_blocks(corpus, cells, items),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_voices",
            "of": of,
            "home": home,
            "own_lists": [name for name, given in lists.items() if given is not None],
        },
    )


def _groups(rules: Rules, home: str | None) -> list[str]:
    groups = [*rules.people.groups]
    if home is not None and OFFICIAL in groups:
        at = groups.index(OFFICIAL)
        groups[at:at] = [f"home {OFFICIAL}", f"other {OFFICIAL}"]
    return [*groups, UNKNOWN]


def _items(of: str, groups: list[str], classes: list[str]) -> pd.DataFrame:
    """Return the items, and in the column "over" the name of their denominator."""
    if of == "verbs":
        rows = [(one, np.nan, "verbs") for one in classes]
        rows += [
            (f"{group}: {one}", group, f"verbs of {group}")
            for group in groups
            for one in classes
        ]
    else:
        rows = [(group, np.nan, f"{OF[of]}s") for group in groups]
    items = pd.DataFrame(rows, columns=["item", "concept", "over"])
    over = list(dict.fromkeys(items["over"]))
    items["denominator"] = np.array(
        [over.index(one) for one in items["over"]], np.int64
    )
    return items.astype({"item": "str", "concept": "str"})


def _counted(
    part: Part, view: View, voices: list[Voice], first: int, of: str, rules: Rules
) -> list[tuple[int, str, int]]:
    """Return row, item and number of what is counted in one part."""
    words = quoted_words(part, view, voices, first, all_kinds=of == "verbs")
    cells, seen = [], set()
    for voice, size in zip(voices, words, strict=True):
        one, row = voice.attribution, voice.row
        if voice.speaker is None or not size:
            continue
        if of == "verbs":
            cue = voice.texts[2]
            if cue and rules.verbs.base_of(cue) not in rules.verbs.sources:
                name = rules.verbs.class_of(cue)
                cells += [(row, name, 1), (row, f"{voice.group}: {name}", 1)]
        elif one.kind in QUOTED and of == "words":
            cells.append((row, voice.group, size))
        elif one.kind in QUOTED and (row, voice.speaker) not in seen:
            seen.add((row, voice.speaker))
            cells.append((row, voice.group, 1))
    return cells


def quoted_words(
    part: Part, view: View, voices: list[Voice], first: int, *, all_kinds: bool
) -> list[int]:
    """Count the words in the view that each attribution has, or has between marks."""
    texts = part.texts(view.field).to_pylist()
    spans, owners, rows = [], [], []
    contents: dict[int, list] = {}
    for number, voice in enumerate(voices):
        row = voice.row - first
        if row not in contents:
            contents[row] = quotation_spans(texts[row])
        for start, end in voice.attribution.spans:
            inside = [(start, end)] if all_kinds else contents[row]
            for begin, stop in inside:
                if max(start, begin) < min(end, stop):
                    spans.append((max(start, begin), min(end, stop)))
                    owners.append(number)
                    rows.append(row)
    found = token_spans(part, view.field, texts, rows, spans)
    tokens, mask = part.shard.selection(view)
    if mask is None:
        sizes = found[:, 1] - found[:, 0]
    else:
        before = np.concatenate([[0], np.cumsum(mask)])
        sizes = before[found[:, 1] - tokens.start] - before[found[:, 0] - tokens.start]
    return np.bincount(owners, sizes, len(voices)).astype(int).tolist()
