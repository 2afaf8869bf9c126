"""count_agency: in which form harm is told, in all and per actor."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.measure.cells import cell_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.agency import Mention, gather_harm
from mediakit.text.agency_rules import FORMS
from mediakit.text.agency_words import harm_words
from mediakit.text.corpus import Corpus
from mediakit.text.voices_people import read_actors

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
    mentions = gather_harm(corpus, harm_words(harm), read_actors(actors))
    named = sorted({_actor(one, per) for one in mentions} - {None}) if per else []
    over = ["mentions of harm", *(f"harm, {per} {actor}" for actor in named)]
    rows = [(form, np.nan, 0) for form in FORMS]
    rows += [
        (f"{actor}: {form}", actor, number)
        for number, actor in enumerate(named, 1)
        for form in FORMS
    ]
    items = pd.DataFrame(rows, columns=["item", "concept", "denominator"])
    items = items.astype({"item": "str", "concept": "str", "denominator": "int64"})
    cells = []
    for one in mentions:
        cells.append((one.row, one.harm.form, 1))
        actor = _actor(one, per) if per else None
        if actor:
            cells.append((one.row, f"{actor}: {one.harm.form}", 1))
    return Measure(
        name="agency",
        kind="share",
        unit="mention of harm",
        items=items,
        denominators=tuple(over),
        articles=corpus.metadata,
        stored=cell_blocks(corpus, cells, items),
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


def _actor(mention: Mention, per: str) -> str | None:
    return mention.agent_actor if per == "agent" else mention.target_actor
