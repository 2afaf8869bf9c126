"""What must stand under any figure of tone: how much was read, and what it is worth."""

from collections.abc import Iterator

from mediakit.measure.tone_coverage import is_tone
from mediakit.show.words import one_line

NOT_VALIDATED = "not validated on this corpus: `validate` it with codes of your own."
NOT_STORED = (
    'coverage is not stored with these scores: `score_sentiment(items="coverage")`.'
)
KNOWS_ALL = "score_labels"
FEW = 4


def tone_lines(record: dict, *, coverage: bool = True) -> Iterator[str]:
    """Yield coverage, and that nobody validated, for a record of tone.

    What `validate` found is a note of the measure's own: see `Measure.with_validity`.
    """
    source = record.get("source", {})
    if not is_tone(source, record.get("kind", "")):
        return
    known = record.get("coverage") or {}
    if coverage and source["made_by"] != KNOWS_ALL:
        yield _coverage(known) if known else NOT_STORED
    if "validity" not in source:
        yield NOT_VALIDATED


def _coverage(known: dict[str, float | None]) -> str:
    """Say the share of the sentences that hold a word the instrument knows."""
    shares = [
        (one_line(item), "none" if share is None else f"{100 * share:.0f} %")
        for item, share in known.items()
    ]
    if len(shares) == 1:
        return f"{shares[0][1]} of the sentences hold a word the instrument knows."
    said = "; ".join(f"“{item}” {share}" for item, share in shares[:FEW])
    more = f"; {len(shares) - FEW} more items" if len(shares) > FEW else ""
    return f"sentences that hold a word the instrument knows: {said}{more}."
