"""count_voices: how the quoted words, the verbs and the speakers are shared out."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from mediakit.errors import check_choice
from mediakit.measure.blocks import Recipe
from mediakit.measure.cells import row_blocks
from mediakit.measure.heard import Reading, Telling, learn_part
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.voices import Rules, homes_of
from mediakit.text.voices_people import OFFICIAL, UNKNOWN, read_people, usual
from mediakit.text.voices_words import voice_verbs
from mediakit.workers import Once, each

OF = {"words": "quoted word", "verbs": "reporting verb", "speakers": "speaker"}


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
    lists. Tables tell its share in each group, and `compare` warns where the sides
    differ by ten points. A wire copy's voices are those of the agency.

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
    homes = homes_of(corpus, home)
    groups = _groups(rules, home)
    items = _items(of, groups, list(dict.fromkeys(rules.verbs.classes.values())))
    names = items.pop("over")
    reading = Recipe(Reading(rules, corpus.view, of))
    pieces = ((Once(reading), n, Once(part)) for n, part in enumerate(corpus.parts))
    counts: dict[tuple, Counter] = {}
    for learned in each(learn_part, pieces):
        for key, count in learned.items():
            counts.setdefault(key, Counter()).update(count)
    telling = Telling(reading, items, of, usual(counts))
    return Measure(
        name=f"voices: {of}",
        kind="share",
        unit=OF[of],
        items=items,
        denominators=tuple(dict.fromkeys(names)),
        articles=corpus.metadata,
        stored=row_blocks(corpus, Recipe(telling), homes),
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
