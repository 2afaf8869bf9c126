"""read_dictionary: other programs' dictionaries, and our own, as one table."""

import os
import warnings
from pathlib import Path

import pandas as pd

from mediakit.errors import MediakitError, MediakitWarning, check_choice
from mediakit.load.account import Ledger
from mediakit.load.encodings import to_utf8
from mediakit.text import (
    dictionary_liwc,
    dictionary_own,
    dictionary_programs,
    dictionary_tone,
)
from mediakit.text.dictionary import COLUMNS, UNREAD, Dictionary, check_entry
from mediakit.text.dictionary_read import Found

READERS = {
    "liwc": dictionary_liwc.read_dic,
    "liwc22": dictionary_liwc.read_dicx,
    "yoshikoder": dictionary_programs.read_nodes,
    "lexicoder": dictionary_programs.read_lexicoder,
    "wordstat": dictionary_programs.read_wordstat,
    "yaml": dictionary_own.read_yaml,
    "json": dictionary_own.read_json,
    "csv": dictionary_own.read_csv,
    **dictionary_tone.READERS,
}
ENDINGS = {".dicx": "liwc22", ".cat": "wordstat", ".json": "json", ".csv": "csv"}
ENDINGS |= {".tsv": "csv", ".yaml": "yaml", ".yml": "yaml"}
PROGRAMS = (".dic", ".lcd", ".lc3", ".ykd")
OWN = ("yaml", "json", "csv")
LARGEST = 1 << 26
SHOWN = 3


def read_dictionary(
    path: str | os.PathLike,
    *,
    format: str | None = None,
    encoding: str | None = None,
) -> Dictionary:
    r"""Read a dictionary of LIWC, Yoshikoder, WordStat, Lexicoder, or one of your own.

    What you learn: what its categories hold, and which lines of the file nothing could
    be made of. A dictionary counts words and not what they mean: validate it on texts
    of your own before you claim anything.

    Parameters
    ----------
    path : str or path
        The file: LIWC .dic (2001 to 2015) or .dicx (22), Yoshikoder .ykd, WordStat
        .cat, Lexicoder .lcd, .lc3 or .dic, YAML (nested, as quanteda writes it), JSON
        or CSV (columns category, pattern, and weight if you like); lexicons of tone in
        the layout of AFINN, NRC, Loughran and McDonald, or Hu and Liu; or a folder of
        lists of words (.txt), each a category.
    format : str, optional
        "liwc", "liwc22", "yoshikoder", "wordstat", "lexicoder", "yaml", "json", "csv",
        "afinn", "nrc", "loughran_mcdonald" or "word_list". By default what the file
        looks like.
    encoding : str, optional
        As in `read_articles`; by default found out.

    Returns
    -------
    Dictionary
        `entries` (category, pattern, weight), `categories`, `patterns(category)`,
        `unread` (line, written, reason), `about`.

    Raises
    ------
    MediakitError
        If the file is no dictionary, or a pattern in a file of your own cannot be
        read.

    Warns
    -----
    MediakitWarning
        If lines were left out or read with a doubt; `unread` lists them.

    Notes
    -----
    Entries of the programs are read in lower case and literally; ``*`` is any letters
    (and ``?`` one letter in WordStat), ``_`` a space in WordStat. Of LIWC's codes
    ``<of>131/125`` counts what it says: the word before "of" in 131, else in 125;
    codes that hang on the word before, as ``(02 134)125/464``, are left out and
    listed, as are rules of WordStat (``@``) and emoticons, which are no words.

    Files of your own are written in the pattern language of `count_patterns`. A
    YAML or JSON file is nested categories with lists of patterns, or with
    ``pattern: weight``; at the top it may say ``name``, ``about``, ``exclude`` (a list
    of patterns that count for nothing), ``negation`` (``words``, ``reach`` and, for
    scores, ``factor``), ``intensifiers`` (``very: 1.5``) and then ``categories``.
    ``no`` and ``yes`` are words and not truth values.

    AFINN and VADER's file give the category "valence" with weights; NRC its emotions;
    Loughran and McDonald the categories in which a word has a year; a list of words
    the category of its name ("positive-words.txt": positive).

    Many published dictionaries may not be passed on (LIWC is sold; Lexicoder and NRC
    are for academic use): mediakit reads your copy and ships none.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp(), "own.dic")
    >>> _ = file.write_text("%\n1\tkin\n2\thome\n%\nmother*\t1 2\nhouse\t2\n")
    >>> read_dictionary(file).entries["pattern"].tolist()
    ['mother*', 'mother*', 'house']
    """
    path = Path(path)
    if format is not None:
        check_choice("format", format, READERS)
    if path.is_dir():
        found, kind = _of_folder(path, encoding), "word_list"
    else:
        text, doubts = _text(path, encoding)
        kind = format or _recognise(text, path)
        found = READERS[kind](text, path.name)
        found.unread = [*doubts, *found.unread]
    rows, unread = found.rows, found.unread
    if kind not in OWN:
        rows, more = _countable(rows)
        unread += more
    if not rows:
        raise MediakitError(
            f"{path.name} holds no entry that can be counted"
            + (f"; first: {unread[0]}." if unread else ".")
        )
    unread = pd.DataFrame(unread, columns=list(UNREAD))
    dictionary = Dictionary(
        found.name or path.stem,
        pd.DataFrame([row[1:] for row in rows], columns=list(COLUMNS)),
        tuple(found.exclude),
        tuple(found.negators),
        found.reach,
        unread,
        found.about,
        found.turn,
        found.intensifiers,
    )
    _warn(unread, path.name)
    return dictionary


def _of_folder(path: Path, encoding: str | None) -> Found:
    """Read a folder of word lists, one category each."""
    found = Found(name=path.name)
    for file in sorted(path.glob("*.txt")):
        text, doubts = _text(file, encoding)
        one = dictionary_tone.read_word_list(text, file.name)
        found.rows += one.rows
        found.unread += doubts
    return found


def _text(path: Path, encoding: str | None):
    """Return the file's text with plain line ends, and what was mended."""
    if not path.is_file():
        raise MediakitError(f"there is no file {str(path)!r}; check the spelling.")
    if path.stat().st_size > LARGEST:
        raise MediakitError(
            f"{path.name} is over {LARGEST >> 20} MB: no dictionary is."
        )
    ledger = Ledger()
    try:
        data = to_utf8(
            path.read_bytes(), name=path.name, encoding=encoding, ledger=ledger
        )
    except MediakitError as error:
        raise MediakitError(
            f"{error} Dictionaries inside LIWC (2015 and later) are encrypted: export "
            "them from the program as text (.dic or .dicx)."
        ) from error
    text = bytes(data).decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    lost = [(w, one) for w, one in ledger.stored.items() if one["lost"]]
    return text, [
        (0, "; ".join(one["notes"]), f"{one['articles']} {what}") for what, one in lost
    ]


def _recognise(text: str, path: Path) -> str:
    """Return what kind of dictionary a text is, by what it holds."""
    ending = path.suffix.lower()
    lines = [line.strip() for line in text.splitlines()]
    first = next((line for line in lines if line), "")
    if not first:
        raise MediakitError(f"{path.name} is empty.")
    if first.startswith("<"):
        return "yoshikoder"
    if first.lower().lstrip('"').startswith("dicterm"):
        return "liwc22"
    if lines.count("%") >= 2:
        return "liwc"
    if first.startswith("+"):
        return "lexicoder"
    tone = dictionary_tone.recognise_tone([line for line in lines if line])
    if tone and ending not in PROGRAMS:
        return tone
    if ending in ENDINGS:
        return ENDINGS[ending]
    if ending in PROGRAMS:
        raise MediakitError(
            f"{path.name} ends in {ending} but is no dictionary of LIWC (a legend of "
            "categories between two lines of '%'), Lexicoder ('+CATEGORY') or "
            f"Yoshikoder (XML); it begins {first[:60]!r}. If it came out of a program, "
            "export it there as text."
        )
    raise MediakitError(
        f"{path.name}: no dictionary is known by this ending and beginning "
        f"({first[:60]!r}); give `format`, one of {list(READERS)}."
    )


def _countable(rows):
    """Divide other programs' rows into what can be counted and what cannot."""
    kept, unread, known = [], [], {}
    for line, category, pattern, weight in rows:
        if pattern not in known:
            try:
                check_entry(pattern, "")
                known[pattern] = ""
            except MediakitError:
                known[pattern] = "no word can be counted by it"
        seen = known.setdefault((category, pattern), weight)
        if known[pattern]:
            unread.append((line, pattern, known[pattern]))
        elif seen != weight:
            unread.append((line, pattern, f"weight {weight:g} beside {seen:g}"))
        else:
            kept.append((line, category, pattern, weight))
    return kept, unread


def _warn(unread: pd.DataFrame, name: str) -> None:
    if len(unread):
        first = unread["written"].head(SHOWN).tolist()
        warnings.warn(
            f"{len(unread)} places of {name} were left out or read with a doubt, as "
            f"{first}; `unread` of the dictionary lists them with reasons.",
            MediakitWarning,
            stacklevel=3,
        )
