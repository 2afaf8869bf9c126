"""second_look: one finding, asked everything that a doubtful reader would ask."""

import warnings
from dataclasses import replace

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer.compare import compare
from mediakit.infer.groups import choose_sides
from mediakit.infer.provenance import check_measure, provenance
from mediakit.infer.second_look_articles import (
    matched_events,
    without_an_outlet,
    without_wire_copy,
)
from mediakit.infer.second_look_evidence import (
    all_items,
    clusters,
    explore_and_confirm,
    first_look,
    random_splits,
    strongest_article,
)
from mediakit.infer.second_look_finding import (
    HELD,
    RULE,
    UNASKED,
    Answer,
    Finding,
    alone,
    in_order_of,
    on_sides,
)
from mediakit.infer.second_look_words import another_tokenizer
from mediakit.measure.measure import Measure
from mediakit.text.corpus import Corpus

FIRST = "first look"
QUESTIONS = {
    "all items allowed for": all_items,
    "weeks or events as evidence": clusters,
    "placebo": random_splits,
    "explore, then confirm": explore_and_confirm,
    "without its most influential article": strongest_article,
    "leave one outlet out": without_an_outlet,
    "without wire copy": without_wire_copy,
    "matched events": matched_events,
    "another tokenizer": another_tokenizer,
}
NOTHING = "The first look shows no clear difference, so there is nothing to hold."


def second_look(
    measure: Measure,
    item: str,
    *,
    by: str,
    a: object,
    b: object = "rest",
    corpus: Corpus | None = None,
    cluster: str | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Ask of one finding what a doubtful reader would ask.

    What you learn: whether a difference that `compare` found is still there by other
    evidence and in other articles, and what could not be asked of these data.

    Parameters
    ----------
    measure : Measure
        From ``count_*``, ``score_*`` or `as_measure`, with all the items from which
        the finding was picked.
    item : str
        The finding: one of the items.
    by, a, b
        As in `compare`.
    corpus : Corpus, optional
        That the measure was counted from, in the same view. With texts it answers
        what the columns of the measure do not: which articles are wire copy, which
        report one event, and what another tokenizer finds.
    cluster : str, optional
        As in `compare`.
    seed : int, default 0
        Of random splits and halves.

    Returns
    -------
    DataFrame
        One row per question, the first look on top:

        - question : str
        - verdict : str, "held", "did not hold" or "could not be asked"
        - estimate, low, high : of this check, with its 95 % interval: log2 of the
          ratio for counts, difference for shares and means; NaN where there is none
        - p : over articles; "weeks or events": over these; placebo: (1 + splits as
          strong) / (1 + splits)
        - articles_a, articles_b : articles that hold the item; NaN where none were
          looked at
        - why : str, what was done and what decided it, or what would be needed

        ``attrs["mediakit"]``: as `compare`, with item, ``rule`` and
        ``verdicts`` (number of each).

    Raises
    ------
    MediakitError
        As `compare`; if the measure has no such item, or `corpus` does not hold its
        articles in their order.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Notes
    -----
    The rule was fixed before any data: a check *held* if it shows the same direction
    as the first look, its 95 % interval leaves out 'no difference', and p is below .05.
    Fewer articles make an interval wider, so a check can fail though its estimate is
    the same: a claim that needs articles it should not need has not held. It *could
    not be asked* below ten articles a side, or where the data lack what it needs; it
    *did not hold* where sides are large enough and too little of the item is left to
    test. After a first look that is not clear nothing else is asked. Swapping `a` and
    `b` turns signs and no verdict.

    "Placebo": 199 random splits of both sides' articles, sized as the sides, by
    `placebo`; it held if (1 + those with p at most that of the first look) / 200 is
    below .05. "Explore, then confirm": the second halves of ``Corpus.split`` for 20
    seeds; it held if more than ten hold. "All items": `bound`. "Most influential
    article": the largest residual on the leading side, as `compare`. "Leave one
    outlet out": every outlet without which both sides still have articles; held if
    all hold. "Wire copy": what `label_duplicates` calls a copy, and what credits an
    agency other than the outlet itself. "Matched events": `compare` within
    "event_id". "Another tokenizer": NLTK's runs of letters and digits.

    Checks are not independent and none is a proof; nine verdicts are no score. When
    not to use it: to choose among findings until one holds. A question registered
    before looking needs the first row and those that fit it.

    References
    ----------
    Steegen, Tuerlinckx, Gelman and Vanpaemel (2016), Perspectives on Psychological
    Science 11(5): 702-712, on what many reasonable choices do to one result.

    Examples
    --------
    >>> import pandas as pd
    >>> import mediakit as mk
    >>> counts = pd.DataFrame({"outlet": ["A", "B"] * 40, "words": 500,
    ...                        "tax": [4, 1, 3, 0, 2, 1, 5, 2] * 10})
    >>> measure = mk.as_measure(counts, value="tax", exposure="words", unit="word")
    >>> table = mk.second_look(measure, "tax", by="outlet", a="A", b="B")
    >>> table[["question", "verdict"]].iloc[[0, 3, 5, 6]]
                                   question             verdict
    0                            first look                held
    3                               placebo                held
    5  without its most influential article                held
    6                  leave one outlet out  could not be asked
    """
    check_measure(measure)
    table, finding, told = find(measure, item, by, a, b, corpus, cluster, seed)
    answers = {FIRST: first_look(finding)}
    begun = answers[FIRST].verdict == HELD
    for question, ask in QUESTIONS.items():
        answers[question] = (
            _asked(ask, finding, told) if begun else Answer(UNASKED, NOTHING)
        )
    rows = [{"question": name} | vars(answer) for name, answer in answers.items()]
    names = ["question", "verdict", "estimate", "low", "high", "p"]
    names += ["articles_a", "articles_b", "why"]
    out = pd.DataFrame(rows)[names].astype(
        {"question": "str", "verdict": "str", "why": "str"}
    )
    record = table.attrs["mediakit"]
    parameters = record["parameters"] | {"item": item, "seed": seed}
    kept = {key: record[key] for key in ("sides", "outside", "family", "estimate")}
    verdicts = out["verdict"].value_counts().to_dict()
    out.attrs["mediakit"] = {
        **provenance(measure, "second_look", parameters, record["notes"]),
        **kept,
        "item": item,
        "rule": RULE,
        "verdicts": verdicts,
    }
    return out


def find(
    measure: Measure, item: str, by, a, b, corpus, cluster, seed
) -> tuple[pd.DataFrame, Finding, set[str]]:
    """Return the first comparison, the finding, and what it warned of."""
    one = measure.only_items([item])
    corpus = in_order_of(corpus, measure)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", MediakitWarning)
        table = compare(measure, by=by, a=a, b=b, cluster=cluster)
        sides = choose_sides(measure.articles, by, a, b)
    told = {str(warning.message) for warning in caught}
    for message in told:
        warnings.warn(message, MediakitWarning, stacklevel=4)
    articles = on_sides(one.articles, sides)
    finding = Finding(
        measure=replace(alone(one), articles=articles),
        sides=sides,
        first=table.set_index("item", drop=False).loc[item],
        cluster=table.attrs["mediakit"]["parameters"]["cluster"],
        items=table.attrs["mediakit"]["family"],
        corpus=corpus,
        seed=seed,
    )
    return table, finding, told


def _asked(ask, finding: Finding, told: set[str]) -> Answer:
    """Ask one question; what stops it, or what it newly warns of, stands in its why."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", MediakitWarning)
        try:
            answer = ask(finding)
        except MediakitError as reason:
            answer = Answer(UNASKED, str(reason))
    new = dict.fromkeys(str(warning.message) for warning in caught)
    return replace(
        answer, why=" ".join([answer.why, *(m for m in new if m not in told)])
    )
