"""read_codes: what was coded in a folder, as one tidy table."""

import os
import warnings
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from mediakit.errors import MediakitWarning, check_choice
from mediakit.text.codebook import Question
from mediakit.text.coding import Coding, open_coding
from mediakit.text.coding_answers import (
    Given,
    codes_by_question,
    decided,
    given,
)
from mediakit.text.coding_journal import FINAL, FIRST, ROUNDS
from mediakit.text.coding_sheets import with_key
from mediakit.text.coding_shelf import Shelf

COLUMNS = {
    "coder": "str",
    "unit_id": "str",
    "question": "str",
    "code": "str",
    "note": "str",
    "seconds": "float64",
    "time": "datetime64[us, UTC]",
    "round": "str",
    "text": "str",
}
SHOWN_REMARKS = 5


def read_codes(
    path: str | os.PathLike | Coding,
    *,
    sample: pd.DataFrame | None = None,
    round: str = FIRST,
) -> pd.DataFrame:
    """Read what all coders said in a folder, on the screen or on sheets.

    What you learn: nothing yet; `agreement` and `list_disagreements` say whether the
    question can be answered, and `validate` whether an instrument answers it.

    Parameters
    ----------
    path : str, path or Coding
        A folder of `open_coding`, with what `show_coding` kept in it and sheets of
        `save_coding` (.csv, .xlsx) filled in and put there.
    sample : DataFrame, optional
        The sample as drawn: puts back article_id, outlet, published, stratum, weight.
    round : {"first", "final", "all"}, default "first"
        "first" is what each coder said alone, and the only evidence of agreement.
        "final" is one code for each unit: what was decided afterwards, else what all
        coders of the unit said alike. "all" is every answer of both rounds.

    Returns
    -------
    DataFrame
        CODES, one row per code, in order of coders and units.

        - coder : str; "final" in the final round, if that is asked for alone
        - unit_id, question, code : str. Of a question with many answers each category
          is a question of its own with "yes" and "no", so that codes go into
          `agreement` and `validate` as they are. A missing code is a note without one
        - note : str, what the coder wrote of the unit
        - seconds : float64, from the moment the unit was shown to the answer; missing
          for sheets
        - time : datetime64, UTC; missing for sheets
        - round : "first" or "final"
        - text : str, of the unit
        - with `sample`: article_id, outlet, published, stratum, weight

        ``attrs["mediakit"]["levels"]`` holds the level of each question.

    Raises
    ------
    MediakitError
        If the folder holds no coding, or `sample` is not the one that was coded.

    Warns
    -----
    MediakitWarning
        If a file or a line could not be read, or if units are left out of the final
        round because nobody decided.

    Notes
    -----
    Who changes an answer has the last one counted; all stay in the files. An answer to
    a question that is no longer asked (`only_if`) does not count. Where questions
    differ in level, `gather`, given the folder, judges each at its own.

    Examples
    --------
    >>> import tempfile
    >>> import mediakit as mk
    >>> drawn = mk.draw_sample(mk.load_sample("strait"), size=3, unit="article")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     coding = mk.open_coding(folder, sample=drawn, codebook="frames")
    ...     page, sheet = mk.save_coding(coding, folder + "/Ana.html")
    ...     filled = pd.read_csv(sheet, dtype="str").assign(frames="conflict; morality")
    ...     filled.to_csv(sheet, index=False)
    ...     codes = mk.read_codes(folder)
    >>> len(codes), codes["coder"].unique().tolist()
    (15, ['Ana'])
    >>> codes[codes["code"] == "yes"]["question"].unique().tolist()
    ['conflict', 'morality']
    """
    check_choice("round", round, (*ROUNDS, "all"))
    coding = path if isinstance(path, Coding) else open_coding(path)
    read, remarks = Shelf(coding).read()
    found = given(coding, read)
    codes, opened = codes_of(coding, found, round)
    remarks += found.remarks
    if opened:
        remarks.append(
            f"{opened} units are left out of the final round: coders differ and nobody "
            'decided; show_coding(coding, coder=..., round="final")'
        )
    if remarks:
        more = len(remarks) - SHOWN_REMARKS
        said = "; ".join(remarks[:SHOWN_REMARKS]) + (f"; {more} more" * (more > 0))
        warnings.warn(f"{said}.", MediakitWarning, stacklevel=2)
    if sample is not None:
        codes = with_key(codes, sample)
    codes.attrs["mediakit"] = {
        "verb": "read_codes",
        "coding": coding.fingerprint,
        "parameters": {"round": round},
        "levels": levels_of(coding),
        "remarks": remarks,
    }
    return codes


def levels_of(coding: Coding) -> dict[str, str]:
    """Return the level of measurement of each question of a table of codes."""
    asked = coding.codebook.questions
    return {item: question.level for question in asked for item in question.items}


def codes_of(coding: Coding, found: Given, round: str) -> tuple[pd.DataFrame, int]:
    """Return the codes of a round, and of how many units the final one lacks some."""
    opened = 0
    if round == FINAL:
        rows = []
        for unit in coding.units["unit_id"]:
            answers, whole = decided(coding.codebook, found, unit)
            opened += not whole
            rows += _rows(coding, FINAL, FINAL, unit, answers, "")
    else:
        rounds = [FIRST] if round == FIRST else ROUNDS
        rows = list(_all_rows(coding, found, rounds))
    table = pd.DataFrame(rows, columns=list(COLUMNS)[:-1])
    texts = coding.units.set_index("unit_id")["text"]
    table["text"] = table["unit_id"].map(texts) if len(table) else ""
    table["time"] = pd.to_datetime(table["time"], format="ISO8601", utc=True)
    return table.astype(COLUMNS), opened


def _all_rows(coding: Coding, found: Given, rounds: Iterable[str]) -> Iterator[tuple]:
    for name in rounds:
        noted = {coder for kind, coder, _ in found.notes if kind == name}
        for coder in sorted(noted | set(found.answers[name])):
            for unit in coding.units["unit_id"]:
                note = found.notes.get((name, coder, unit), "")
                answers = found.of(name, coder, unit)
                rows = _rows(coding, name, coder, unit, answers, note)
                yield from rows
                if note and not rows:
                    first = coding.codebook.questions[0].items[0]
                    yield coder, unit, first, None, note, np.nan, None, name


def _rows(coding, round, coder, unit, answers, note) -> list[tuple]:
    asked = coding.codebook.asked(codes_by_question(answers))
    return [
        (coder, unit, item, code, note, seconds, time, round)
        for question in asked
        if question.name in answers
        for item, code, seconds, time in _coded(question, answers[question.name])
    ]


def _coded(question: Question, record: dict) -> Iterator[tuple]:
    seconds = record.get("seconds", np.nan)
    when = seconds, record.get("time")
    if question.choose == "one":
        yield question.name, record["codes"][0], *when
        return
    for code in question.codes:
        yield code, "yes" if code in record["codes"] else "no", *when
