"""Codings made for a test: a few units, a codebook with a filter."""

import pandas as pd

from mediakit.text.coding import open_coding
from mediakit.text.coding_journal import FIRST, Journal

BOOK = {
    "name": "test",
    "questions": {
        "says": {"ask": "Anything?", "categories": {"yes": "Yes", "no": "No"}},
        "tone": {
            "ask": "Which way?",
            "level": "ordinal",
            "only_if": {"says": "yes"},
            "categories": {"-1": "Bad", "0": "Mixed", "1": "Good"},
        },
        "frames": {"ask": "Which?", "choose": "many", "categories": ["war", "money"]},
    },
}
ONE = {"name": "one", "questions": {"tone": {"categories": ["good", "bad"]}}}


def units(number=4):
    """Return a sample that nobody drew."""
    ids = [f"u{place}" for place in range(number)]
    return pd.DataFrame({"unit_id": ids, "text": [f"Text {one}." for one in ids]})


def coding(folder, number=4, book=BOOK):
    """Return a coding in a folder."""
    return open_coding(folder, sample=units(number), codebook=book)


def say(coding, coder, answers, round=FIRST):
    """Let a coder answer: (unit, question, code or codes)."""
    journal = Journal(coding.folder, coder, coding.fingerprint, round)
    for unit, question, said in answers:
        codes = [said] if isinstance(said, str) else list(said)
        journal.add(unit=unit, question=question, codes=codes, seconds=2.0)
    return journal


def rows(codes):
    """Return the codes by coder, unit and question."""
    return {
        (row.coder, row.unit_id, row.question): row.code for row in codes.itertuples()
    }
