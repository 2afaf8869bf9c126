"""What must stand under any figure of tone: how much was read, and what it is worth."""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from mediakit.measure.tone_coverage import is_tone
from mediakit.measure.validity import validity_sentence
from mediakit.show.words import one_line

NOT_VALIDATED = "not validated on this corpus: `validate` it with codes of your own."
NOT_STORED = (
    'coverage is not stored with these scores: `score_sentiment(items="coverage")`.'
)
KNOWS_ALL = "score_labels"
FEW = 4


def shown_items(table: pd.DataFrame, record: dict) -> list[str]:
    """Return the items of a measure that a table tells of."""
    if "item" in record:
        return [record["item"]]
    return list(table["item"].unique()) if "item" in table else []


def notes_of(record: dict, items: Sequence[str] = ()) -> list[str]:
    """Return the notes of a record, with what validation found of these items alone."""
    notes, own = record.get("notes", []), record.get("validity")
    known = record.get("source", {}).get("validity")
    if not own or not items or not isinstance(known, Mapping):
        return list(notes)
    narrowed = validity_sentence(known, items)
    return [one for one in (narrowed if n == own else n for n in notes) if one]


def tone_lines(
    record: dict, items: Sequence[str] = (), *, coverage: bool = True
) -> Iterator[str]:
    """Yield coverage, and that nobody validated, for a record of tone.

    What a validation found is among the notes: see `notes_of`.
    """
    source = record.get("source", {})
    if not is_tone(source, record.get("kind", "")):
        return
    known = record.get("coverage") or {}
    known = {one: known[one] for one in known if one in set(items)} or known
    if coverage and source["made_by"] != KNOWS_ALL:
        yield _coverage(known) if known else NOT_STORED
    validity = source.get("validity") or {}
    of = validity.get("by_item", {}) if isinstance(validity, Mapping) else items
    if not validity or (items and not set(items) & set(of)):
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
