"""count_naming: which of several rival labels an outlet uses for the same thing."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.measure.blocks import corpus_blocks
from mediakit.measure.dictionaries import is_phrase
from mediakit.measure.dictionary_hits import count_entries
from mediakit.measure.dictionary_plan import NO_ONE, make_plan
from mediakit.measure.measure import Measure
from mediakit.measure.terms import corpus_provenance
from mediakit.text.corpus import Corpus
from mediakit.text.dictionary import LEVEL, Dictionary, as_dictionary
from mediakit.text.pattern_syntax import parse


def count_naming(corpus: Corpus, concepts: Dictionary | Mapping) -> Measure:
    """Count the rival labels of concepts: who calls the same thing by which name.

    What you learn: of all the times an outlet named a thing, which share went to each
    label; in its own voice by ``corpus.without("quotation")`` (after
    `mark_quotations`), in the words of those it quotes by ``corpus.only("quotation")``.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it.
    concepts : Dictionary or dict
        ``{"attack on Ukraine": {"invasion": ["invasion", "invad*"], "war": ["war"]}}``:
        concepts, their labels, and the patterns of each label; or a Dictionary with
        these two levels, as ``load_dictionary("naming").only("armed groups")``.

    Returns
    -------
    Measure
        Of kind "share"; one item per label, `concept` set; the exposure of each
        concept is how often any of its labels stands in the article, so that the
        shares of a concept's labels add up to 1.

    Raises
    ------
    MediakitError
        If a concept has fewer than two labels, two labels of a concept share a
        pattern, or a corpus of counts is asked for phrases.

    Notes
    -----
    Within a concept the longest match counts, from the left, and no word counts
    twice: "civil war" is not "war" where both are labels. What `exclude` of a
    dictionary meets is no label. Concepts are read apart from each other. An item is
    called by its label; if two concepts have a label of the same name, by label and
    concept. A pattern that ends in letters meets its possessive, too ("the regime's").

    A label is a choice only where another could stand. "War" may mean another war,
    and "government" another government: narrow the articles (`keep_about`) or the
    pattern ("war in Ukraine"), and read the passages:
    ``find_passages(corpus, measure.provenance["labels"]["attack on Ukraine > war"])``.
    No label is the neutral one by itself. When not to use it: for fewer than ten
    articles a side read passages; across languages give labels of each.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({"outlet": ["A", "B"], "text": [
    ...     "The civil war goes on. The conflict spreads.", "War! War is here."]}))
    >>> names = {"fighting": {"civil war": "civil war", "war": "war",
    ...                       "conflict": "conflict*"}}
    >>> labels = mk.count_naming(mk.tokenize(articles), names)
    >>> labels.values.toarray().tolist(), labels.exposure.ravel().tolist()
    ([[1, 0, 1], [0, 2, 0]], [2.0, 2.0])
    """
    dictionary = as_dictionary(concepts, name="naming")
    labels = with_possessives(_labels(dictionary))
    exclude = [one for text in dictionary.exclude for one in _forms(text)]
    if corpus.counts_only:
        _check_counts(dictionary)
    plans, never = [], []
    for concept, of in labels.groupby("concept", sort=False):
        names = list(dict.fromkeys(of["label"]))
        claims = [[names.index(label)] for label in of["label"]]
        plan = make_plan(
            corpus,
            [*of["pattern"], *exclude],
            rival=[0] * len(of) + [NO_ONE] * len(exclude),
            items=[*claims, *([[]] * len(exclude))],
            size=len(names),
        )
        plans.append(plan)
        never += [f"{concept}: {one}" for one in plan.patterns.never]
    return Measure(
        name="naming",
        kind="share",
        unit="use of a label",
        items=_items(labels),
        denominators=tuple(labels["concept"].unique()),
        articles=corpus.metadata,
        stored=corpus_blocks(corpus, _count_concepts, tuple(plans)),
        evidence=corpus.bag,
        provenance={
            **corpus_provenance(corpus),
            "made_by": "count_naming",
            "dictionary": dictionary.name,
            "dictionary_sha256": dictionary.digest,
            "about": dictionary.about,
            "labels": {
                f"{concept}{LEVEL}{label}": of["pattern"].tolist()
                for (concept, label), of in labels.groupby(
                    ["concept", "label"], sort=False
                )
            },
            "exclude": list(dictionary.exclude),
            "never_matched": never,
        },
    )


def _count_concepts(part, view, plans):
    """Count the labels of each concept, and all its uses; for `corpus_blocks`."""
    values, uses = zip(
        *(count_entries(part, view, plan, "uses") for plan in plans), strict=True
    )
    return sparse.csr_array(sparse.hstack(values, format="csr")), np.hstack(uses)


def _labels(dictionary: Dictionary) -> pd.DataFrame:
    """Return concept, label and pattern, or raise if they are no rivals."""
    table = dictionary.entries
    cut = table["category"].str.rpartition(LEVEL)
    labels = pd.DataFrame(
        {"concept": cut[0], "label": cut[2], "pattern": table["pattern"]}
    )
    if (labels["concept"] == "").any():
        raise MediakitError(
            f"{labels.loc[labels['concept'] == '', 'label'].iloc[0]!r} has patterns "
            "but no labels; write concepts as {'concept': {'label': [patterns], "
            "'another label': [patterns]}}."
        )
    for concept, of in labels.groupby("concept", sort=False):
        if of["label"].nunique() < 2:
            raise MediakitError(
                f"concept {concept!r} has one label, {of['label'].iloc[0]!r}; a share "
                "needs rivals: give at least two."
            )
        if of["pattern"].duplicated().any():
            twice = of.loc[of["pattern"].duplicated(), "pattern"].iloc[0]
            raise MediakitError(
                f"concept {concept!r}: {twice!r} stands under two labels; keep one."
            )
    order = labels.drop_duplicates(["concept", "label"])
    place = {c: n for n, c in enumerate(order["concept"].unique())}
    return labels.sort_values("concept", key=lambda of: of.map(place), kind="stable")


def with_possessives(labels: pd.DataFrame) -> pd.DataFrame:
    """Return the labels with "regime's" beside "regime"."""
    forms = labels["pattern"].map(_forms)
    table = labels.assign(pattern=forms).explode("pattern", ignore_index=True)
    return table.drop_duplicates().reset_index(drop=True)


def _forms(pattern: str) -> list[str]:
    """Return a pattern and, if it ends in letters, its possessive."""
    plain = pattern[-1:].isalpha() and not pattern.endswith(("'s", "’s"))
    return [pattern, f"{pattern}'s"] if plain else [pattern]


def _items(labels: pd.DataFrame) -> pd.DataFrame:
    items = labels.drop_duplicates(["concept", "label"]).reset_index(drop=True)
    shared = items["label"].duplicated(keep=False)
    named = items["label"].where(
        ~shared, items["label"] + " (" + items["concept"] + ")"
    )
    return pd.DataFrame(
        {
            "item": named.astype("str"),
            "concept": items["concept"].astype("str"),
            "denominator": pd.factorize(items["concept"])[0].astype(np.int64),
        }
    )


def _check_counts(dictionary: Dictionary) -> None:
    """Refuse labels that counts of words cannot tell apart."""
    patterns = [*dictionary.entries["pattern"], *dictionary.exclude]
    lost = [one for one in patterns if is_phrase(parse(one))]
    if lost:
        raise MediakitError(
            f"the labels {lost[:5]} ask for the order or the case of words, but this "
            "corpus holds counts of lower-cased words only; leaving them out would "
            "change every share: ask for concepts whose labels are single words."
        )
