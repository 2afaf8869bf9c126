"""What was said in all sittings together: which answer counts, and what is decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from mediakit.text.codebook import Codebook
from mediakit.text.coding import Coding
from mediakit.text.coding_journal import FINAL, FIRST, ROUNDS, Sitting

MOST_YEARS = 3000
Answers = dict[str, dict]


@dataclass
class Given:
    """The answers that count.

    Attributes
    ----------
    answers : dict
        Round -> coder -> unit -> question -> record (codes, seconds, time).
    notes : dict
        (round, coder, unit) -> note.
    remarks : list of str
        What was said twice without a time to tell which came later, or fits nothing.
    """

    answers: dict = field(
        default_factory=lambda: {name: defaultdict(dict) for name in ROUNDS}
    )
    notes: dict = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def of(self, round: str, coder: str, unit: str) -> Answers:
        """Return what a coder said of a unit."""
        return self.answers[round].get(coder, {}).get(unit, {})

    def coders_of(self, unit: str) -> dict[str, Answers]:
        """Return the first answers to a unit by coder."""
        first = self.answers[FIRST]
        return {
            name: first[name][unit] for name in sorted(first) if first[name].get(unit)
        }


def given(coding: Coding, read: Iterable[Sitting]) -> Given:
    """Return the answers of sittings; of one coder's to a question the last counts."""
    found = Given()
    units = set(coding.units["unit_id"])
    said = [
        (str(record.get("time", "")), one.session, place, one, record)
        for one in read
        for place, record in enumerate(one.records)
    ]
    strange = 0
    for *_, one, record in sorted(said, key=lambda row: row[:3]):
        if not fits(coding.codebook, record, units):
            strange += 1
        elif record.get("codes") is not None:
            _take(found, one, record)
        else:
            found.notes[one.round, one.coder, record["unit"]] = record["note"]
    if strange:
        found.remarks.append(f"{strange} answers fit no unit or category")
    return found


def fits(book: Codebook, record: dict, units: set[str]) -> bool:
    """Tell whether a record is a note on a unit, or codes that its question has."""
    unit, codes = record.get("unit"), record.get("codes")
    if not isinstance(unit, str) or unit not in units or not _is_timed(record):
        return False
    if codes is None:
        return isinstance(record.get("note"), str)
    named = [one for one in book.questions if one.name == record.get("question")]
    if not named or not isinstance(codes, list):
        return False
    known = all(code in named[0].codes for code in codes)
    return known and (named[0].choose == "many" or len(codes) == 1)


def _is_timed(record: dict) -> bool:
    """Tell whether time and seconds, where there are any, are a time and a number."""
    if not isinstance(record.get("seconds", 0.0), (int, float)):
        return False
    try:
        told = datetime.fromisoformat(record.get("time", "2000-01-01T00:00:00+00:00"))
    except (TypeError, ValueError):
        return False
    return told.tzinfo is not None and 1970 <= told.year < MOST_YEARS


def _take(found: Given, sitting: Sitting, record: dict) -> None:
    unit, question = record["unit"], record["question"]
    answers = found.answers[sitting.round][sitting.coder].setdefault(unit, {})
    before = answers.get(question)
    typed = before is not None and not before.get("time")
    if typed and set(before["codes"]) != set(record["codes"]):
        found.remarks.append(
            f"{sitting.coder} answered {question!r} of {unit} on a sheet and, unlike "
            f"it, in {sitting.name}, which counts"
        )
    answers[question] = record


def codes_by_question(answers: Answers) -> dict[str, tuple[str, ...]]:
    """Return the codes alone."""
    return {name: tuple(record["codes"]) for name, record in answers.items()}


def is_complete(book: Codebook, answers: Answers) -> bool:
    """Tell whether all that is to be asked is answered."""
    codes = codes_by_question(answers)
    return all(question.name in codes for question in book.asked(codes))


def settled(book: Codebook, by_coder: dict[str, Answers]) -> Answers:
    """Return the answers that all coders of a unit gave alike."""
    found = {}
    for question in book.questions:
        told = [answers.get(question.name) for answers in by_coder.values()]
        if told and all(told):
            kinds = {frozenset(record["codes"]) for record in told}
            if len(kinds) == 1:
                found[question.name] = told[0]
    return found


def decided(book: Codebook, all_given: Given, unit: str) -> tuple[Answers, bool]:
    """Return what counts in the end for a unit, and whether nothing is left open.

    What somebody decided in the final round, else what all coders said alike.
    """
    by_coder = all_given.coders_of(unit)
    found = settled(book, by_coder)
    final = all_given.answers[FINAL]
    told = [record for name in final for record in final[name].get(unit, {}).values()]
    for record in sorted(told, key=lambda one: one["time"]):
        found[record["question"]] = record
    asked = book.asked(codes_by_question(found))
    kept = {one.name: found[one.name] for one in asked if one.name in found}
    return kept, len(kept) == len(asked) or not (by_coder or told)


def disputed(coding: Coding, all_given: Given) -> list[str]:
    """Return the units of which first answers differ, in order."""
    book, found = coding.codebook, []
    for unit in coding.units["unit_id"]:
        by_coder = all_given.coders_of(unit)
        alike = settled(book, by_coder)
        said = {name for answers in by_coder.values() for name in answers}
        if said - set(alike):
            found.append(unit)
    return found
