"""count_dictionary: how often each category of a dictionary stands in each article."""

import warnings
from collections.abc import Mapping

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.dictionary_hits import count_entries
from mediakit.measure.dictionary_plan import NO_ONE, make_plan
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import LEVEL, Dictionary, as_dictionary, levels
from mediakit.text.pattern_syntax import Choice, Sequence, parse

UNITS = {"token": "word", "sentence": "sentence", "article": "article"}
ITEMS = ("category", "entry", "coverage")
COVERED = "words of the dictionary"
SHOWN = 5


def count_dictionary(
    corpus: Corpus,
    dictionary: Dictionary | Mapping,
    *,
    unit: str = "token",
    items: str = "category",
) -> Measure:
    """Count the categories of a dictionary in every article of the corpus' view.

    The result answers "who speaks in these terms how often". Whether the terms mean
    what the category is called is another question: look at `about`, at the entries
    that make the figure (``items="entry"`` and `explain`) and at passages, and have
    people read a sample.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.without("quotation")``.
    dictionary : Dictionary or dict
        From `read_dictionary` or `load_dictionary`, or categories and their patterns
        as ``{"war": ["war", "missile*"]}``, nested if you like.
    unit : {"token", "sentence", "article"}, default "token"
        Hits per word; or the share of sentences, or of articles, that hold a hit.
    items : {"category", "entry", "coverage"}, default "category"
        Categories with those that hold them; or each entry, for `explain`; or the one
        item "words of the dictionary": all words that any entry meets.

    Returns
    -------
    Measure
        Of kind "count" for tokens, "share" otherwise; items in the order of the
        dictionary, a category after the one that holds it. `concept` is the category
        above, or that of an entry. With negators the items follow once more as
        "not ...". Provenance names the dictionary, its checksum, what it says of
        itself, and the patterns that no word of the corpus meets.

    Raises
    ------
    MediakitError
        If an argument is unknown, or the corpus holds counts only and the unit is not
        the token or all entries are phrases.

    Warns
    -----
    MediakitWarning
        Naming categories of which no entry is in the corpus; and how many entries a
        corpus of counts cannot answer.

    Notes
    -----
    Over the whole dictionary the longest match takes its words, from the left: in
    "Czech Republic" no "Czech" is counted, in "Equatorial Guinea" no "Guinea", and
    "not good" is not "good" where the dictionary has both. Words that several
    categories list count in each of them; a category counts what those inside it
    count, and nothing twice. Of entries of one category that meet the same words the
    most literal is credited, so entries add up to their category. Words of `exclude`
    count for nothing. A hit stands within one sentence. To read each category by
    itself, whatever the others take, use ``count_patterns(corpus, {...})``.
    Weights do not change counts; they are for scores.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "Equatorial Guinea voted.", "Guinea voted. Ghana did not."]}))
    >>> places = {"Guinea": ["Guinea"], "Equatorial Guinea": ["Equatorial Guinea"]}
    >>> found = mk.count_dictionary(mk.tokenize(articles), places)
    >>> found.items["item"].tolist(), found.values.toarray().tolist()
    (['Guinea', 'Equatorial Guinea'], [[0, 1], [1, 0]])
    """
    check_choice("unit", unit, UNITS)
    check_choice("items", items, ITEMS)
    dictionary = as_dictionary(dictionary)
    used = _for_counts(dictionary, unit, items) if corpus.counts_only else dictionary
    table, claims = _claims(used, items)
    negators = used.negators if items != "coverage" else ()
    plan = make_plan(
        corpus,
        [*used.entries["pattern"], *used.exclude],
        **claims,
        size=len(table),
        negators=negators,
        reach=used.reach,
    )
    if negators:
        table = pd.concat([table, _negated(table)], ignore_index=True)
    _warn_of_lost(used, plan.patterns.never)
    how = "covered" if items == "coverage" and unit == "token" else unit
    return Measure(
        name=dictionary.name,
        kind="count" if unit == "token" else "share",
        unit=UNITS[unit],
        items=table,
        denominators=(f"{UNITS[unit]}s",),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, count_entries, plan, how),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_dictionary",
            "dictionary": dictionary.name,
            "dictionary_sha256": dictionary.digest,
            "about": dictionary.about,
            "entries": len(used),
            "exclude": list(used.exclude),
            "negation": {"words": list(used.negators), "reach": used.reach},
            "unit": unit,
            "items": items,
            "never_matched": list(plan.patterns.never),
        },
    )


def _claims(dictionary: Dictionary, items: str) -> tuple[pd.DataFrame, dict]:
    """Return the table of items, and what each entry counts for."""
    of = dictionary.entries["category"]
    excluded = [NO_ONE] * len(dictionary.exclude)
    none = [[]] * len(excluded)
    if items == "coverage":
        rival, claims = np.zeros(len(of), int), [[0]] * len(of)
        table = _table([COVERED], [float("nan")])
        return table, {"rival": [*rival, *excluded], "items": [*claims, *none]}
    rival = pd.factorize(of)[0]
    if items == "entry":
        claims = [[number] for number in range(len(of))]
        names = (of + ": " + dictionary.entries["pattern"]).tolist()
        table = _table(names, of.tolist())
    else:
        categories = dictionary.categories
        place = {category: number for number, category in enumerate(categories)}
        claims = [[place[one] for one in levels(category)] for category in of]
        above = [one.rpartition(LEVEL)[0] or float("nan") for one in categories]
        table = _table(categories, above)
    return table, {"rival": [*rival, *excluded], "items": [*claims, *none]}


def _table(names: list, concepts: list) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "item": pd.Series(names, dtype="str"),
            "concept": pd.Series(concepts, dtype="str"),
            "denominator": np.zeros(len(names), np.int64),
        }
    )


def _negated(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(item="not " + table["item"], concept="not " + table["concept"])


def _for_counts(dictionary: Dictionary, unit: str, items: str) -> Dictionary:
    """Return the single words of a dictionary, which is all that counts can answer."""
    if unit != "token":
        raise MediakitError(
            f"unit={unit!r} needs sentences, but this corpus holds counts of words "
            "only; use unit='token'."
        )
    table = dictionary.entries
    single = [not is_phrase(parse(pattern)) for pattern in table["pattern"]]
    exclude = [one for one in dictionary.exclude if not is_phrase(parse(one))]
    if not any(single):
        raise MediakitError(
            f"all entries of {dictionary.name!r} ask for the order or the case of "
            "words, but this corpus holds counts of lower-cased words only."
        )
    lost = len(table) - sum(single) + len(dictionary.exclude) - len(exclude)
    if lost or dictionary.negators:
        warnings.warn(
            f"this corpus holds counts of lower-cased words only: {lost} entries of "
            f"{len(table):,} ask for the order or the case of words and were left out"
            + (", and so was negation." if dictionary.negators else "."),
            MediakitWarning,
            stacklevel=3,
        )
    return Dictionary(
        dictionary.name, table[single].reset_index(drop=True), tuple(exclude)
    )


def is_phrase(node) -> bool:
    """Say whether a pattern asks for the order or the case of words."""
    if isinstance(node, Choice):
        return any(map(is_phrase, node.options))
    return isinstance(node, Sequence) or node.fold == "exact"


def _warn_of_lost(dictionary: Dictionary, never: tuple[str, ...]) -> None:
    """Warn of categories of which nothing can be found."""
    found = ~dictionary.entries["pattern"].isin(never)
    by = found.groupby(dictionary.entries["category"], sort=False).any()
    lost = by.index[~by].tolist()
    if lost:
        more = f" and {len(lost) - SHOWN} more" if len(lost) > SHOWN else ""
        warnings.warn(
            f"no entry of the categories {lost[:SHOWN]}{more} is in the corpus.",
            MediakitWarning,
            stacklevel=3,
        )
