"""count_agency: in which form harm is told, in all and per actor."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.measure.blocks import Recipe
from mediakit.measure.cells import count_cells, row_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.agency import Mention, mentions_of
from mediakit.text.agency_rules import FORMS
from mediakit.text.agency_words import HarmWords, harm_words
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.views import View
from mediakit.text.voices_people import NamedActors, read_actors
from mediakit.workers import Once, each

PER = (None, "agent", "target")


def count_agency(
    corpus: Corpus,
    *,
    per: str | None = None,
    harm: Mapping | str | None = None,
    actors: Mapping | str | None = None,
) -> Measure:
    """Count in which form harm is told: who did it named first, later, or not at all.

    What you learn: whether an outlet says "police shot three" or "three died", and
    for whose victims it does which. `find_agency` shows every sentence.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it: ``only("title")`` for headlines, which have rules of their
        own, ``without("quotation")`` for the outlet's own words.
    per : {"agent", "target"}, optional
        Count each form also for every actor that is named as the one who does harm,
        or the one who suffers it.
    harm, actors : dict or path of a YAML file, optional
        As in `find_agency`.

    Returns
    -------
    Measure
        Of kind "share": "active", "passive with agent", "passive without agent",
        "ergative" and "nominal" over all mentions of harm. With `per`, also items as
        "Syria: active" (concept "Syria") over the mentions with that actor.

    Raises
    ------
    MediakitError
        If the corpus holds counts only, `per` is unknown, or a list cannot be read.

    Notes
    -----
    An agent who is not named may be unknown on that day. Compare reports of one event
    at one time (`within`), read the sentences, and do not conclude from a share that
    somebody is being hidden. With ``per="agent"`` a passive without agent is never
    counted, since nobody is named. See ``data/dictionaries/harm_verbs.md`` for how
    often the rules err.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "Police shot three men. Two were wounded. A third man died."]}))
    >>> forms = mk.count_agency(mk.tokenize(articles))
    >>> forms.values.toarray().tolist(), forms.exposure.tolist()
    ([[1, 0, 1, 1, 0]], [[3.0]])
    """
    if per not in PER:
        raise MediakitError(f"`per` must be one of {list(PER)}, got {per!r}.")
    corpus.need_order("a search for harm")
    reading = Recipe(Reading(corpus.view, harm_words(harm), read_actors(actors), per))
    pieces = ((Once(reading), n, Once(part)) for n, part in enumerate(corpus.parts))
    named = sorted(set().union(*each(_actors, pieces))) if per else []
    over = ["mentions of harm", *(f"harm, {per} {actor}" for actor in named)]
    rows = [(form, np.nan, 0) for form in FORMS]
    rows += [
        (f"{actor}: {form}", actor, number)
        for number, actor in enumerate(named, 1)
        for form in FORMS
    ]
    items = pd.DataFrame(rows, columns=["item", "concept", "denominator"])
    items = items.astype({"item": "str", "concept": "str", "denominator": "int64"})
    return Measure(
        name="agency",
        kind="share",
        unit="mention of harm",
        items=items,
        denominators=tuple(over),
        articles=corpus.metadata,
        stored=row_blocks(corpus, Recipe(Telling(reading, items))),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_agency",
            "per": per,
            "own_lists": [
                name
                for name, given in (("harm", harm), ("actors", actors))
                if given is not None
            ],
        },
    )


@dataclass(frozen=True, eq=False)
class Told:
    """The mentions of harm of a part: their rows (int32), and form and actor of each.

    `actors` are those that `forms` tells of; form and actor are in one tuple.
    """

    rows: np.ndarray
    forms: list[tuple[str, str | None]]
    actors: frozenset[str]

    @property
    def nbytes(self) -> int:
        """About the bytes that it needs."""
        return self.rows.nbytes + 8 * len(self.forms)


@dataclass(frozen=True)
class Reading:
    """How the mentions of harm of a part are read; for `Recipe`."""

    view: View
    words: HarmWords
    actors: NamedActors
    per: str | None

    def __call__(self, number: int, part: Part) -> Told:
        """Return the mentions of a part."""
        mentions = mentions_of((part,), self.view, self.words, self.actors)
        known: dict[tuple, tuple] = {}
        forms = [(one.harm.form, _actor(one, self.per)) for one in mentions]
        forms = [known.setdefault(one, one) for one in forms]
        rows = np.array([one.row for one in mentions], np.int32)
        return Told(rows, forms, frozenset(actor for _, actor in known if actor))


@dataclass(frozen=True)
class Telling:
    """How the mentions of harm of a part are counted."""

    reading: Recipe
    items: pd.DataFrame

    def __call__(self, number: int, part: Part):
        """Return values and exposure of a part."""
        told = self.reading.counted(number, (part,))
        cells = []
        for row, (form, actor) in zip(told.rows.tolist(), told.forms, strict=True):
            cells.append((row, form, 1))
            if actor:
                cells.append((row, f"{actor}: {form}", 1))
        return count_cells(len(part), cells, self.items)


def _actors(piece: tuple[Recipe, int, Part]) -> frozenset[str]:
    """Return the actors that a part names; for `each`."""
    reading, number, part = piece
    return reading.counted(number, (part,)).actors


def _actor(mention: Mention, per: str | None) -> str | None:
    return per and (mention.agent_actor if per == "agent" else mention.target_actor)
