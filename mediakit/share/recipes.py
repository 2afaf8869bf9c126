"""Tables that can be made again: which verb made them, of which measure, with what."""

import inspect
import json
import warnings
from collections.abc import Callable, Mapping
from importlib import import_module

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.infer.groups import group_codes
from mediakit.measure.measure import Measure
from mediakit.measure.terms import count_terms
from mediakit.share.differences import differences
from mediakit.text.corpus import Corpus

VERBS = (
    *("summarise", "compare", "trend", "keyness", "placebo", "decompose"),
    *("dispersion", "change_points", "bursts", "calendar_effects", "diverging"),
    *("lead_lag", "power", "second_look"),
)
COUNTED = ("fold", "stopwords", "min_articles")
BETWEEN = " + "


def as_json(record):
    """Return a record as JSON gives it back."""
    return json.loads(json.dumps(record, default=str))


def recipe_of(table: pd.DataFrame, measures: Mapping[str, Measure]) -> dict:
    """Return how a table is made, in words that JSON holds.

    Parameters
    ----------
    table : DataFrame
        From one of `VERBS`, with its attrs.
    measures : dict of str to Measure
        The stored measures it may be made of.

    Returns
    -------
    dict
        verb, parameters; measure: the name of a stored one, or what `count_terms` was
        told; items: None for all.
    """
    record = table.attrs.get("mediakit", {})
    verb = record.get("verb")
    if verb not in VERBS:
        raise MediakitError(
            f"a table by {verb or 'hand'!r} cannot be made again from a package; there "
            f"are {list(VERBS)}. Take `attrs` along when you change a table."
        )
    source = as_json(record["source"])
    made = {"verb": verb, "parameters": record["parameters"], "items": None}
    for name, measure in measures.items():
        held = as_json(measure.provenance)
        if measure.name == record["measure"] and held == source:
            return {**made, "measure": name}
    if source.get("made_by") == "count_terms":
        told = {name: source[name] for name in COUNTED}
        return {**made, "measure": {"count_terms": told}}
    raise MediakitError(
        f"the table of {record['measure']!r} is made of a measure that is not stored; "
        f"give it among `measures`, there are {list(measures)}."
    )


def remake(
    recipe: dict, corpus: Corpus, *, measure: Measure | None = None
) -> pd.DataFrame:
    """Make a table again from a corpus and its stored measures, or of `measure`."""
    named = recipe["measure"]
    if measure is None and isinstance(named, str):
        measure = corpus.measures[named]
    elif measure is None:
        measure = count_terms(corpus, **named["count_terms"])
    if recipe["items"] is not None:
        measure = measure.only_items(recipe["items"])
    verb = _verb(recipe["verb"])
    told = _told(recipe)
    wanted = inspect.signature(verb).parameters
    told = {name: value for name, value in told.items() if name in wanted}
    for side in {"a", "b"} & set(told):
        told[side] = _values(measure, told["by"], told[side])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        return verb(measure, **told)


def _verb(name: str) -> Callable:
    check_choice("verb", name, VERBS)
    return getattr(import_module(f"mediakit.infer.{name}"), name)


def _told(recipe: dict) -> dict:
    """Return the parameters as the verb takes them; `placebo` records them else."""
    told = dict(recipe["parameters"])
    if recipe["verb"] == "placebo":
        if told["by"] is not None:
            told |= dict(zip("ab", told["groups"], strict=False))
        told["cluster"] = None if told["split"] == "article" else told["split"]
    return told


def _values(measure: Measure, by: str, label):
    """Return what a side's label stands for: a value, "rest" or several values."""
    if not isinstance(label, str):
        return label
    names = group_codes(measure.articles, by).names
    parts = label.split(BETWEEN)
    if label in names or label == "rest" or not set(parts) <= set(names):
        return label
    return parts


def tried(table: pd.DataFrame, recipe: dict, corpus: Corpus):
    """Return the recipe that gives the table back best, what it makes, and the rest.

    A table may be of some items of its measure; nothing but its rows says so.
    """
    again = remake(recipe, corpus)
    rest = differences(table, again)
    items = list(dict.fromkeys(table["item"])) if "item" in table else []
    if len(rest) and 0 < len(items) and "item" in again:
        narrowed = {**recipe, "items": items}
        if set(items) < set(again["item"]):
            other = remake(narrowed, corpus)
            less = differences(table, other)
            if len(less) < len(rest):
                return narrowed, other, less
    return recipe, again, rest
