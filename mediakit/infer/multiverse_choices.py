"""The choices of a multiverse: which there are, and a measure counted by each."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from mediakit.errors import MediakitError
from mediakit.infer.recount import (
    FOLDS,
    UnaskedError,
    check_view,
    count_again,
    other_tokenizer,
)
from mediakit.infer.second_look_articles import wire_copy
from mediakit.infer.second_look_finding import Finding, alone, on_sides
from mediakit.measure.measure import Measure
from mediakit.text.corpus import Corpus
from mediakit.text.layers import mark_quotations

COUNTED = "as counted"
OUTSIDE = "outside quotation"
ALL, FIRST, SECOND = "all", "first half", "second half"
WITH, WITHOUT = "with", "without"


def counted_measures(
    finding: Finding, notes: list[str]
) -> Iterator[tuple[dict, Measure]]:
    """Yield the item counted in every way, and the choices that say how.

    What could not be asked is added to `notes`.
    """
    yield {"forms": COUNTED, "tokenizer": COUNTED, "view": COUNTED}, finding.measure
    try:
        corpora = _corpora(finding, notes)
    except MediakitError as reason:
        notes.append(f"not asked: other forms, tokenizer and view. {reason}")
        return
    for (tokenizer, view), corpus in corpora.items():
        for fold in (None, *_other_folds(finding)):
            if fold is None and tokenizer == view == COUNTED:
                continue
            choices = {
                "forms": fold or COUNTED,
                "tokenizer": tokenizer,
                "view": view,
            }
            try:
                counted = count_again(finding.measure, finding.item, corpus, fold=fold)
            except MediakitError as reason:
                said = ", ".join(one for one in choices.values() if one != COUNTED)
                notes.append(f"not asked: {said}. {reason}")
                continue
            articles = on_sides(counted.articles, finding.sides)
            yield choices, replace(alone(counted), articles=articles)


def _corpora(finding: Finding, notes: list[str]) -> dict[tuple[str, str], Corpus]:
    """Return the corpus by tokenizer and view."""
    corpus = finding.corpus
    if corpus is None:
        raise UnaskedError("Give the corpus that the measure was counted from.")
    check_view(finding.measure, corpus)
    corpora = {(COUNTED, COUNTED): corpus}
    if corpus.counts_only:
        notes.append("not asked: other tokenizer and view. There are counts only.")
        return corpora
    try:
        cut, said = other_tokenizer(corpus)
        corpora[said, COUNTED] = cut
    except MediakitError as reason:
        notes.append(f"not asked: another tokenizer. {reason}")
    if corpus.view.steps:
        notes.append("not asked: another view. The corpus is narrowed by a layer.")
        return corpora
    marked = {
        (tokenizer, OUTSIDE): mark_quotations(one).without("quotation")
        for (tokenizer, _), one in corpora.items()
    }
    return corpora | marked


def _other_folds(finding: Finding) -> list[str]:
    made = finding.measure.provenance
    if made.get("made_by") != "count_terms":
        return []
    return [fold for fold in FOLDS if fold != made["fold"]]


def kept_rows(
    finding: Finding, notes: list[str]
) -> Iterator[tuple[dict, np.ndarray | None]]:
    """Yield which rows are kept by every choice of articles, and the choices."""
    copies = {WITH: None}
    copy = wire_copy(finding)
    if copy is None:
        notes.append("not asked: without wire copy. Nothing says which articles it is.")
    else:
        copies[WITHOUT] = ~copy
    periods = _periods(finding, notes)
    for wire, not_copied in copies.items():
        for period, inside in periods.items():
            masks = [mask for mask in (not_copied, inside) if mask is not None]
            kept = np.logical_and.reduce(masks) if masks else None
            yield {"wire_copy": wire, "period": period}, kept


def _periods(finding: Finding, notes: list[str]) -> dict[str, np.ndarray | None]:
    """Cut the time where half of both sides' dated articles have appeared."""
    dates = finding.articles.get("published")
    if dates is None or dates[finding.on_a_side].nunique() < 2:
        notes.append("not asked: halves of the time. The articles have no dates.")
        return {ALL: None}
    middle = dates[finding.on_a_side].median()
    early, late = (dates <= middle).to_numpy(), (dates > middle).to_numpy()
    return {ALL: None, FIRST: early, SECOND: late}
