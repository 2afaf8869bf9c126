"""count_coverage: which events each outlet has, how much, and what it leaves out.

The unit of evidence is the event: ten reports of one event are one decision to cover.
"""

import warnings
from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.measure.coverage_events import Covered, covered_events
from mediakit.measure.measure import Block, Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus

OUTSIDE, FEW = 0.25, 5
WHAT = ("gatekeeping", "coverage", "silence")
ITEMS = {
    "gatekeeping": ["covered"],
    "coverage": ["articles", "words"],
    "silence": ["silent"],
}


def count_coverage(
    corpus: Corpus,
    *,
    what: str = "gatekeeping",
    events: Sequence[str] | None = None,
    others: int = 2,
    own_span: bool = False,
) -> Measure:
    """Ask of every outlet and event whether it was covered, how much, or left out.

    Selection comes before wording: what is never reported has no words to compare.
    Give the result to `summarise`, `compare` and `plot_coverage`.

    Parameters
    ----------
    corpus : Corpus
        Its articles need a column `event_id`, as `label_events` makes it.
    what : {"gatekeeping", "coverage", "silence"}, default "gatekeeping"
        - gatekeeping: the share of events that an outlet covers at all;
        - coverage: articles and words for each event that it covers;
        - silence: of the events that enough *other* outlets cover, the share that it
          does not.
    events : list of str, optional
        The events that count, as `event_id`: your own list (an agency's day book, a
        calendar), those included that nobody covers. By default all of the corpus.
    others : int, default 2
        For silence: how many other outlets must cover an event.
    own_span : bool, default False
        Ask an outlet only of events between its first and its last article, where
        outlets were not collected over the same time.

    Returns
    -------
    Measure
        One row per outlet and event. Items: "covered" (kind "share", of events);
        "articles" and "words" (kind "count", per covered event; words of the corpus'
        view); "silent" (kind "share", of events that so many others cover). Columns
        for `by` and `cluster`: article_id (outlet and event), outlet, event_id,
        published (day of the event's first article; missing for events nobody
        covers), outlets (int, how many cover it), in_span (bool), and columns of the
        corpus that have one value per outlet.

    Raises
    ------
    MediakitError
        If there is no column `event_id` or `outlet` value, none of `events` is in the
        corpus, a parameter is out of range, or there are over 20 million rows.

    Warns
    -----
    MediakitWarning
        If a quarter of the events, and at least five, lie before the first or after
        the last article of an outlet, and `own_span` is false.

    Notes
    -----
    Gatekeeping and coverage are the terms of D'Alessio and Allen (2000), who found
    both about nil for newspapers in 59 studies of American elections. Nobody knows
    all events. Those of the corpus are what at least one outlet has, so the share
    covered is an upper bound, and an outlet with many events of its own raises it for
    itself. Silence asks each outlet about the *others'* events only, so it is fairer
    between outlets of unequal size; with ``others=1`` it is 1 - the share covered of
    what anyone else has.

    Agency copy counts as coverage: to run the wire is a choice. In `compare` the
    event is also the cluster, as both sides are asked about the same ones. Where
    nothing differed, p was below .05 in at most .03 and p_cluster in at most .07 of
    200 trials with 20 to 200 events. One outlet against many is a weak test by
    clusters: a share two fifths lower in one of ten outlets, 100 events, was found in
    .29 of the trials by p_cluster and in .80 by p.

    When not to use it: where the corpus was chosen by a search that outlets meet
    unequally, or events were labelled poorly: an event cut in two makes two silences.
    A hole in the collection looks like silence; ``provenance["outside_span"]`` counts
    for each outlet the events before its first or after its last article. And silence
    has causes other than intent: size, place, deadline.

    References
    ----------
    D'Alessio and Allen (2000), Journal of Communication 50(4): 133-156.

    Examples
    --------
    >>> import mediakit as mk
    >>> corpus = mk.load_sample("strait")
    >>> truth = mk.load_truth("labels")[["article_id", "event_id"]]
    >>> silence = mk.count_coverage(corpus.with_columns(truth), what="silence")
    >>> table = mk.summarise(silence, by="outlet").set_index("group")
    >>> table.loc["The Daily Skerry", ["value", "exposure"]].tolist()
    [3.0, 14.0]
    """
    _check(corpus, what, others)
    table = covered_events(corpus, events)
    if what != "coverage" and not own_span:
        _warn_of_spans(table)
    values, exposure = _sums(table, what, others, own_span)
    items = ITEMS[what]
    denominator = {"gatekeeping": "events", "coverage": "covered events"}
    return Measure(
        name=what,
        kind="count" if what == "coverage" else "share",
        unit="covered event" if what == "coverage" else "event",
        items=pd.DataFrame(
            {
                "item": pd.Series(items, dtype="str"),
                "concept": pd.Series([float("nan")] * len(items), dtype="str"),
                "denominator": np.zeros(len(items), np.int64),
            }
        ),
        denominators=(denominator.get(what, "events of others"),),
        articles=table.rows,
        stored=(
            Block(slice(0, len(values)), sparse.csr_array(values), exposure[:, None]),
        ),
        evidence="event",
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_coverage",
            "what": what,
            "population": "of the corpus" if events is None else "given",
            "events": table.events,
            "others": others,
            "own_span": bool(own_span),
            "articles_without_event": table.lost,
            "outside_span": table.outside_span,
        },
    )


def _check(corpus, what, others) -> None:
    check_choice("what", what, WHAT)
    if not isinstance(corpus, Corpus):
        raise MediakitError(
            f"`corpus` must be a Corpus, got {type(corpus).__name__}; make one with "
            "`mk.tokenize(articles)`."
        )
    if isinstance(others, bool) or not isinstance(others, int) or others < 1:
        raise MediakitError(
            f"`others` must be a whole number from 1, got {others!r}: how many other "
            "outlets must cover an event."
        )


def _warn_of_spans(table: Covered) -> None:
    least = max(OUTSIDE * table.events, FEW)
    late = {name: n for name, n in table.outside_span.items() if n >= least}
    if late:
        name, count = next(iter(late.items()))
        more = f", and of {len(late) - 1} more outlets so" if len(late) > 1 else ""
        warnings.warn(
            f"{count:,} of {table.events:,} events lie before the first or after the "
            f"last article of {name!r}{more}; if it was not collected then, that is no "
            "silence: set own_span=True.",
            MediakitWarning,
            stacklevel=3,
        )


def _sums(table: Covered, what, others, own_span) -> tuple[np.ndarray, np.ndarray]:
    """Return the values and the exposure of each outlet and event."""
    has = table.articles > 0
    asked = np.ones(len(has), bool)
    if own_span:
        asked = table.rows["in_span"].to_numpy(bool)
    if what == "coverage":
        sums = np.column_stack([table.articles, table.words])
        return sums, has.astype(float)
    if what == "silence":
        elsewhere = table.rows["outlets"].to_numpy() - has
        asked = asked & (elsewhere >= others)
        has = ~has
    return (has & asked).astype(np.int64)[:, None], asked.astype(float)
