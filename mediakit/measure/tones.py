"""score_tones: several instruments of tone side by side, with and without names."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.measure import Measure
from mediakit.measure.sentiment_engines import Engine, engine_of
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.names import mark_names
from mediakit.text.part import Part
from mediakit.text.views import View

NAME = "name"
INSTRUMENTS = ("vader", "textblob")
SENTENCES = "sentences"


def score_tones(
    corpus: Corpus,
    *,
    methods: Sequence = INSTRUMENTS,
    without: str | Sequence[str] = (NAME,),
) -> Measure:
    """Score the tone of sentences by several instruments, with and without names.

    What you learn: whether a finding about tone is one of the texts or one of the
    instrument. Each instrument and each mask is an item, so `compare`, `trend` and
    `summarise` show them side by side; `compare_tones` says where they disagree.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``. Of a derived corpus, which
        holds no texts, the scores that were stored with it are returned.
    methods : sequence of str or Dictionary
        As `score_sentiment` takes them, one or several.
    without : str or sequence of str, default ("name",)
        Layers that are left out, each by itself, beside the score with all words.
        "name" is marked by `mark_names` if it is not there; () for none.

    Returns
    -------
    Measure
        Of kind "mean": the first item of each instrument, called by the instrument, as
        "vader" and "vader, without name"; `concept` is the instrument. Each item has
        its own exposure, the sentences that it knows a word of; behind them stand all
        sentences, once for each mask.

    Raises
    ------
    MediakitError
        If a method is unknown or given twice, a layer is not there, or the corpus
        holds counts only and the scores asked for are not stored with it.

    Notes
    -----
    Scales differ: compare directions between instruments, not sizes. The first item of
    VADER is compound, that of TextBlob polarity. That several instruments agree is no
    validity: most lists share words. `validate` each with codes of your own.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A"], "text": [
    ...     "The United Nations met. It was a good day."]}))
    >>> tones = mk.score_tones(mk.tokenize(articles), methods=["vader"])
    >>> tones.items["item"].tolist(), tones.exposure.tolist()
    (['vader', 'vader, without name'], [[2.0, 1.0, 2.0, 2.0]])
    """
    engines = _engines(methods, corpus)
    masks = list(dict.fromkeys([without] if isinstance(without, str) else without))
    if corpus.counts_only:
        return _stored(corpus, engines, masks)
    if NAME in masks and NAME not in corpus.layers:
        corpus = mark_names(corpus, name=NAME)
    views = {"": corpus.view}
    for one in masks:
        views[one] = corpus.without(one).view if corpus.parts else corpus.view
    named = _names(engines, masks)
    return Measure(
        name="tone",
        kind="mean",
        unit="scored sentence",
        items=pd.DataFrame(
            {
                "item": pd.Series(named, dtype="str"),
                "concept": np.repeat([one.name for one in engines], len(views)),
                "denominator": np.arange(len(named)),
            }
        ).astype({"concept": "str"}),
        denominators=(
            *(f"sentences scored by {one}" for one in named),
            *(f"sentences without {mask}" if mask else SENTENCES for mask in views),
        ),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, sum_tones, engines, tuple(views.values())),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "score_tones",
            "methods": {one.name: one.about() for one in engines},
            "without": masks,
            "scale": _scale(engines, named),
        },
    )


def _names(engines: tuple[Engine, ...], masks: list[str]) -> list[str]:
    """Return what the items are called, each instrument with every mask in turn."""
    return [
        f"{engine.name}, without {mask}" if mask else engine.name
        for engine in engines
        for mask in ("", *masks)
    ]


def _stored(corpus: Corpus, engines: tuple[Engine, ...], masks: list[str]) -> Measure:
    """Return the scores stored with a corpus of counts, or say what there is."""
    wanted = _names(engines, masks)
    known = [
        one
        for one in corpus.measures.values()
        if one.provenance.get("made_by") == "score_tones"
    ]
    for measure in known:
        if set(wanted) <= set(measure.items["item"]):
            return measure.only_items(wanted)
    there = [item for one in known for item in one.items["item"]]
    if there:
        raise MediakitError(
            f"this corpus holds word counts only, and of tone these scores: {there}; "
            f"{[one for one in wanted if one not in there]} would need the texts."
        )
    corpus.need_order("a score of sentences")


def _scale(engines: tuple[Engine, ...], named: list[str]) -> dict:
    """Return the least and the largest score of each item that has them."""
    each = len(named) // len(engines)
    first = [engine.scale[:1] for engine in engines for _ in range(each)]
    return {item: one[0] for item, one in zip(named, first, strict=True) if one}


def _engines(methods, corpus: Corpus) -> tuple[Engine, ...]:
    if isinstance(methods, str) or not isinstance(methods, Sequence):
        methods = [methods]
    engines = [engine_of(one, corpus) for one in methods]
    names = [one.name for one in engines]
    if not names or len(set(names)) < len(names):
        raise MediakitError(
            f"`methods` must name one or several instruments, each once, got {names}."
        )
    return tuple(engines)


def sum_tones(
    part: Part, _: View, engines: tuple[Engine, ...], views: tuple[View, ...]
) -> tuple[sparse.csr_array, np.ndarray]:
    """Sum the first item of each engine in each view; for `corpus_blocks`."""
    sums, scored, sentences = [], [], []
    for engine in engines:
        every = []
        for view in views:
            tone = engine.tone(part, view, "sentence")
            known = tone.known > 0
            rows = tone.rows[known]
            sums.append(np.bincount(rows, tone.values[known, 0], len(part)))
            scored.append(np.bincount(rows, minlength=len(part)))
            every.append(np.bincount(tone.rows, minlength=len(part)))
        sentences = every
    values = sparse.csr_array(np.column_stack(sums))
    return values, np.column_stack([*scored, *sentences]).astype(float)
