"""How much of the text a score of tone rests on: never shown without it."""

import numpy as np

from mediakit.measure.measure import Measure

TONES = ("score_sentiment", "score_tones", "score_toward", "score_labels")
SCORED = "scored sentences"


def is_tone(source: dict, kind: str) -> bool:
    """Say whether a measure, by its provenance, is one of tone."""
    return kind == "mean" and source.get("made_by") in TONES


def tone_coverage(measure: Measure) -> dict[str, float | None]:
    """Return for each item the share of sentences the instrument says anything of.

    Empty where the measure is none of tone, or does not know: whole articles, and
    numbers made elsewhere. None where there is no sentence.
    """
    pairs = coverage_columns(measure)
    if not pairs:
        return {}
    sums = np.zeros(len(measure.denominators))
    for block in measure.blocks():
        sums += block.exposure.sum(axis=0)
    return {
        item: float(sums[known] / sums[of]) if sums[of] else None
        for item, (known, of) in pairs.items()
    }


def coverage_columns(measure: Measure) -> dict[str, tuple[int, int]]:
    """Return the exposure's columns of sentences known, and of all, for each item."""
    if not is_tone(measure.provenance, measure.kind):
        return {}
    names = measure.denominators
    items = measure.items["item"].tolist()
    own = measure.items["denominator"].tolist()
    made_by = measure.provenance["made_by"]
    if made_by == "score_sentiment" and {SCORED, "sentences"} <= set(names):
        pair = names.index(SCORED), names.index("sentences")
        return {items[0]: pair} if items else {}
    if made_by == "score_tones":
        scored = sum(name.startswith("sentences scored by ") for name in names)
        masks = len(names) - scored
        if not scored or not masks:
            return {}
        both = zip(items, own, strict=True)
        return {item: (at, scored + at % masks) for item, at in both}
    if made_by == "score_toward":
        size = len(names) // 2
        both = zip(items, own, strict=True)
        return {item: (size + at, at) for item, at in both}
    return {}
