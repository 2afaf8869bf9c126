"""gather: the codes of a whole class, its agreement, and who is not done."""

import os
import warnings
from dataclasses import dataclass, field
from dataclasses import replace as renamed
from pathlib import Path

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.infer import gather_files as files
from mediakit.infer.agreement import agreement
from mediakit.infer.disagreements import list_disagreements
from mediakit.infer.gather_tables import answers_of, coders_of, units_of
from mediakit.text.coding import Coding, open_coding
from mediakit.text.coding_answers import given
from mediakit.text.coding_journal import FIRST
from mediakit.text.coding_sheets import with_key
from mediakit.text.read_codes import codes_of, levels_of


@dataclass(frozen=True)
class Gathered:
    """What a class coded: what `gather` returns.

    Attributes
    ----------
    codes : DataFrame
        As `read_codes` gives them, first round, all coders.
    agreement : DataFrame
        As `agreement` gives it, one row per question, each at its own level.
    answers : DataFrame
        One row per question and code, also those nobody gave: question, code, codes
        (int), share (of the question's codes), coders (int, who gave it).
    units : DataFrame
        One row per unit, question and code given: unit_id, question, code, codes,
        share, text.
    disagreements : DataFrame
        As `list_disagreements` gives it.
    coders : DataFrame
        One row per coder: coder, units (done), of, complete, answers, seconds (median
        for a unit), first, last (UTC), note.
    files : DataFrame
        One row per file handed in, read or not: file, kind, coder, answers, note.
    """

    codes: pd.DataFrame
    agreement: pd.DataFrame
    answers: pd.DataFrame
    units: pd.DataFrame
    disagreements: pd.DataFrame
    coders: pd.DataFrame
    files: pd.DataFrame = field(repr=False)

    def __repr__(self):
        done = int(self.coders["complete"].sum())
        lost = int(self.files["note"].str.startswith("not read").sum())
        return (
            f"Gathered({done} of {len(self.coders)} coders complete, "
            f"{len(self.codes):,} codes, {lost} of {len(self.files)} files not read)"
        )


def gather(
    folder: str | os.PathLike,
    *,
    coding: Coding | str | os.PathLike | None = None,
    sample: pd.DataFrame | None = None,
    pseudonyms: str | None = None,
    seed: int = 0,
    repeats: int = 1000,
) -> Gathered:
    """Pool what a class handed in: folders, zips, sheets, in any order and depth.

    What you learn: how far the class agrees, what it answered, on which texts it
    divides, who is not done, and which files are broken. Predictions made before a
    lesson pool the same way: a codebook of what is to be guessed, and one text.

    Parameters
    ----------
    folder : str or path
        A folder or a zip of what was handed in: folders of codings, zips of them,
        single journals, sheets (.csv, .xlsx).
    coding : Coding, str or path, optional
        What was asked; by default the coding that most of the journals answer.
    sample : DataFrame, optional
        As in `read_codes`: puts outlets back.
    pseudonyms : str, optional
        A phrase that only you know. Names become "coder 3f9a1c": the same for the same
        name and phrase. `files` keeps the names, and so may notes: do not pass them on.
    seed : int, default 0
        Of the bootstrap.
    repeats : int, default 1000
        Bootstrap samples.

    Returns
    -------
    Gathered
        Its tables are codes, agreement, answers, units, disagreements, coders, files.

    Raises
    ------
    MediakitError
        If nothing says what was asked: no coding among the files and none given.

    Warns
    -----
    MediakitWarning
        If files were not read; `files` says which and why.

    Notes
    -----
    The same name in two places counts as two persons, unless they share a sitting,
    which then was handed in twice and counts once. First answers only.

    Examples
    --------
    >>> import tempfile
    >>> import mediakit as mk
    >>> drawn = mk.draw_sample(mk.load_sample("strait"), size=4, unit="article")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     coding = mk.open_coding(folder + "/asked", sample=drawn, codebook="frames")
    ...     for name, said in (("Ana", "conflict"), ("Ben", "-")):
    ...         page, sheet = mk.save_coding(coding, f"{folder}/in/{name}.html")
    ...         page.unlink()
    ...         typed = pd.read_csv(sheet, dtype="str").assign(frames=said)
    ...         typed.to_csv(sheet, index=False)
    ...     pooled = mk.gather(folder + "/in", coding=coding, repeats=0)
    >>> pooled
    Gathered(2 of 2 coders complete, 40 codes, 0 of 2 files not read)
    """
    place = Path(folder)
    if not place.exists():
        raise MediakitError(f"there is no folder or file {str(place)!r}.")
    if pseudonyms is not None and not str(pseudonyms).strip():
        raise MediakitError("`pseudonyms` must be a phrase that only you know.")
    sources, broken = files.open_all(place)
    codings, rows = files.find_codings(sources)
    asked = _asked(coding, codings, sources, place)
    read, more = files.read_all(sources, asked)
    sittings, remarks = files.told_apart(read)
    if pseudonyms is not None:
        named = {one.coder: files.pseudonym(one.coder, pseudonyms) for one in sittings}
        sittings = [renamed(one, coder=named[one.coder]) for one in sittings]
        remarks = {named[name]: said for name, said in remarks.items()}
    found = given(asked, sittings)
    codes, _ = codes_of(asked, found, FIRST)
    if sample is not None:
        codes = with_key(codes, sample)
    codes.attrs["mediakit"] = {
        "verb": "gather",
        "coding": asked.fingerprint,
        "levels": levels_of(asked),
        "remarks": found.remarks,
    }
    table = pd.DataFrame([*broken, *rows, *more], columns=list(files.FILES))
    table = table.astype(files.FILES).sort_values("file", ignore_index=True)
    lost = table.loc[table["note"].str.startswith("not read"), "file"].tolist()
    if lost:
        warnings.warn(
            f"{len(lost)} of {len(table)} files were not read, as {lost[:3]}; `files` "
            "says why.",
            MediakitWarning,
            stacklevel=2,
        )
    return Gathered(
        codes,
        _agreement(codes, seed, repeats),
        answers_of(codes, asked),
        units_of(codes),
        list_disagreements(codes),
        coders_of(asked, found, remarks),
        table,
    )


def _asked(coding, codings: dict[str, Coding], sources, place: Path) -> Coding:
    if isinstance(coding, (str, os.PathLike)):
        return open_coding(coding)
    found = coding or files.commonest(codings, sources)
    if not isinstance(found, Coding):
        raise MediakitError(
            f"nothing in {str(place)!r} says what was asked (coding.json); give the "
            "coding: gather(folder, coding=...)."
        )
    return found


def _agreement(codes: pd.DataFrame, seed: int, repeats: int) -> pd.DataFrame:
    levels = codes.attrs["mediakit"]["levels"]
    of = codes["question"].map(levels).astype("str")
    tables = [
        agreement(codes[of == level], level=level, seed=seed, repeats=repeats)
        for level in dict.fromkeys(levels.values())
    ]
    table = pd.concat(tables, ignore_index=True)
    order = {name: place for place, name in enumerate(levels)}
    place = table["question"].map(order).fillna(np.inf)
    table = table.loc[place.sort_values(kind="stable").index].reset_index(drop=True)
    table.attrs = tables[0].attrs
    return table
