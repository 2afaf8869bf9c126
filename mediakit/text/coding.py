"""open_coding: a folder in which people code a sample with a codebook."""

import json
import os
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from uuid import uuid4

import pandas as pd

from mediakit.errors import MediakitError, check_columns, check_frame
from mediakit.folders import said_plainly
from mediakit.text.codebook import Codebook
from mediakit.text.codebook_files import SHIPPED, load_codebook, read_codebook
from mediakit.text.coding_journal import ENDING, sync_folder
from mediakit.text.lots import digest

FORMAT = "mediakit coding 1"
INDEX = "coding.json"
SHOWN = ("unit_id", "title", "match", "text")
SHEETS = (".csv", ".xlsx")


@dataclass(frozen=True, eq=False)
class Coding:
    """A sample and a codebook in a folder: what `open_coding` returns.

    Attributes
    ----------
    folder : Path
        Holds ``coding.json`` (what coders read) and a file for each sitting.
    codebook : Codebook
        What is asked.
    units : DataFrame
        What is read, in order: unit_id, title or match where there is one, text.
        Nothing says where a text comes from.
    source : dict
        How the sample was drawn, without the key.
    """

    folder: Path
    codebook: Codebook
    units: pd.DataFrame
    source: dict = field(default_factory=dict)

    def __len__(self):
        return len(self.units)

    def __repr__(self):
        return f"Coding({self.folder.name!r}: {len(self):,} units, {self.codebook!r})"

    @cached_property
    def fingerprint(self) -> str:
        """A checksum of all that coders read."""
        rows = self.units.to_json(orient="values", force_ascii=False)
        names = json.dumps(list(self.units.columns))
        return digest(f"{self.codebook.fingerprint} {names} {rows}")[:16]


def open_coding(
    folder: str | os.PathLike,
    *,
    sample: pd.DataFrame | None = None,
    codebook: Codebook | str | dict | None = None,
) -> Coding:
    """Open a folder for coding, or make it of a sample and a codebook.

    What it is for: `show_coding` asks, `save_coding` prints, `read_codes` reads. The
    folder holds the texts and the questions and never where a text comes from, so it
    can be given to coders as it is; what they say is kept in it.

    Parameters
    ----------
    folder : str or path
        A new folder, or one opened before.
    sample : DataFrame, optional
        From `draw_sample`, or any table with unit_id and text (and title or match);
        other columns are not shown and not kept. Not needed once the folder is there.
    codebook : Codebook, str or dict, optional
        From `read_codebook`; a name as in `load_codebook`; a file; or a dict.

    Returns
    -------
    Coding
        For `show_coding` and `save_coding`.

    Raises
    ------
    MediakitError
        If there is no such folder and no sample or codebook to make it of; if it holds
        codes of another sample or codebook: what was asked must stay what was asked;
        or if words in braces are not filled in.

    Notes
    -----
    Keep the sample as drawn (`save_table`, or the seed): `read_codes` needs it to put
    outlets back. A text that names its outlet gives it away: `clean_boilerplate` first.

    Examples
    --------
    >>> import tempfile
    >>> import mediakit as mk
    >>> drawn = mk.draw_sample(mk.load_sample("strait"), size=20, unit="article")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     coding = mk.open_coding(folder, sample=drawn, codebook="frames")
    ...     again = mk.open_coding(folder)
    >>> len(again), again.codebook, again.fingerprint == coding.fingerprint
    (20, Codebook('frames': frames), True)
    """
    place = Path(folder)
    held = read_coding(place) if (place / INDEX).is_file() else None
    if sample is None and codebook is None:
        if held is None:
            raise MediakitError(
                f"{str(place)!r} holds no coding ({INDEX}); make one: "
                "open_coding(folder, sample=..., codebook=...)."
            )
        return held
    if held is None and (sample is None or codebook is None):
        missing = "sample" if sample is None else "codebook"
        raise MediakitError(f"a new coding needs a `{missing}`; {place} has none yet.")
    book = held.codebook if codebook is None else _book(codebook)
    units = held.units if sample is None else _units(sample)
    source = held.source if sample is None else _source(sample)
    asked = Coding(place, book, units, source)
    if held is not None and held.fingerprint == asked.fingerprint:
        return held
    if held is not None and has_codes(place):
        what = "codebook" if held.codebook != book else "sample"
        raise MediakitError(
            f"{str(place)!r} holds codes of another {what}; codes must stay with what "
            "was asked, so choose a new folder, or open it without "
            f"`{what}` to go on."
        )
    _write(asked)
    return asked


def has_codes(folder: Path) -> bool:
    """Tell whether anybody has coded in a folder."""
    sheets = [path for path in folder.glob("*") if path.suffix.lower() in SHEETS]
    return bool(sheets) or any(folder.glob(f"*{ENDING}"))


def as_book(codebook) -> Codebook:
    """Return a codebook, however it is given."""
    if isinstance(codebook, Codebook):
        return codebook
    if isinstance(codebook, str) and codebook in SHIPPED:
        return load_codebook(codebook)
    if isinstance(codebook, (str, os.PathLike, dict)):
        return read_codebook(codebook)
    raise MediakitError(
        "`codebook` must be a Codebook, a name, a file or a dict, got "
        f"{type(codebook).__name__}."
    )


def _book(codebook) -> Codebook:
    book = as_book(codebook)
    if book.blanks:
        blank = book.blanks[0]
        raise MediakitError(
            f"codebook {book.name!r} speaks of {{{blank}}}; fill it in first: "
            f'codebook.fill({blank}="...").'
        )
    return book


def _units(sample: pd.DataFrame) -> pd.DataFrame:
    check_frame("sample", sample)
    check_columns("sample", sample, ["unit_id", "text"])
    units = sample[[name for name in SHOWN if name in sample]].reset_index(drop=True)
    needed = units[["unit_id", "text"]]
    twice = units["unit_id"].duplicated()
    if needed.isna().any(axis=None) or twice.any() or units.empty:
        wrong = "no rows" if units.empty else "a unit_id twice, or one without text"
        raise MediakitError(f"`sample` has {wrong}; draw it with `mk.draw_sample`.")
    return units.astype("str").fillna("")


def _source(sample: pd.DataFrame) -> dict:
    drawn = sample.attrs.get("mediakit", {})
    return {key: one for key, one in drawn.items() if key != "key"}


def read_coding(folder: Path) -> Coding:
    """Return what a folder holds."""
    return coding_of((folder / INDEX).read_bytes(), folder)


def coding_of(data: bytes, folder: Path) -> Coding:
    """Return the coding that the bytes of its file say, or raise if they are broken."""
    name = f"{folder.name}/{INDEX}"
    try:
        value = json.loads(bytes(data))
        fits = value["format"] == FORMAT
        units = pd.DataFrame(value["units"], columns=value["columns"], dtype="str")
        found = Coding(folder, read_codebook(value["codebook"]), units, value["source"])
        fits = fits and found.fingerprint == value["fingerprint"]
    except (ValueError, KeyError, TypeError, RecursionError):
        fits = False
    if not fits:
        raise MediakitError(
            f"{name} was changed or cut short since it was made; fetch an untouched "
            "copy, or make the coding again in a new folder."
        )
    return found


def _write(coding: Coding) -> None:
    content = {
        "format": FORMAT,
        "fingerprint": coding.fingerprint,
        "source": coding.source,
        "codebook": coding.codebook.to_dict(),
        "columns": list(coding.units.columns),
        "units": coding.units.to_numpy().tolist(),
    }
    body = json.dumps(content, ensure_ascii=False, indent=1)
    part = coding.folder / f".{INDEX}.{uuid4().hex[:8]}.part"
    with said_plainly(coding.folder):
        coding.folder.mkdir(parents=True, exist_ok=True)
        try:
            with open(part, "w", encoding="utf-8", newline="\n") as out:
                out.write(body + "\n")
                out.flush()
                os.fsync(out.fileno())
            os.replace(part, coding.folder / INDEX)
            sync_folder(coding.folder)
        finally:
            part.unlink(missing_ok=True)
