"""Lexicons of tone as they are given out: AFINN, NRC, Loughran-McDonald, word lists."""

import csv
import io
import re

from mediakit.errors import MediakitError
from mediakit.text.dictionary_nested import LEVEL
from mediakit.text.dictionary_read import Found, plain

VALENCE = "valence"
NUMBER = r"[-+]?\d+(?:\.\d+)?"
is_valence_line = re.compile(rf"[^\t]*\S[^\t]*\t{NUMBER}(?:\t.*)?").fullmatch
is_emotion_line = re.compile(
    rf"[^\t]*\S[^\t]*\t(?:[a-z][\w-]*\t{NUMBER}|{NUMBER}\t[a-z][\w-]*)"
).fullmatch
CATEGORIES = (
    *("Negative", "Positive", "Uncertainty", "Litigious", "Strong_Modal"),
    *("Weak_Modal", "Moderate_Modal", "Constraining", "Complexity"),
)
COMMENT = (";", "#")
LOOKED_AT = 20


def recognise_tone(lines: list[str]) -> str | None:
    """Return which of these formats lines that are not empty are in, or None."""
    some = lines[:LOOKED_AT]
    header = {cell.strip().strip('"') for cell in some[0].split(",")} if some else set()
    if {"Word", "Negative", "Positive"} <= header:
        return "loughran_mcdonald"
    if some and some[0].startswith(";"):
        return "word_list"
    body = some[1:] or some
    if body and all(map(is_emotion_line, body)):
        return "nrc"
    if some and all(map(is_valence_line, some)):
        return "afinn"
    return None


def read_valences(text: str, name: str) -> Found:
    """Read lines of a term, a tab and its valence (AFINN, vader_lexicon.txt)."""
    found = Found()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if is_valence_line(line.rstrip()):
            term, weight = line.split("\t")[:2]
            found.rows.append((number, VALENCE, plain(term), float(weight)))
        else:
            found.skip(number, line, "it is not a term, a tab and a number")
    return found


def read_emotions(text: str, name: str) -> Found:
    """Read lines of a term, an emotion and its weight (NRC); 0 is left out."""
    found = Found()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if not is_emotion_line(line.rstrip()):
            found.skip(number, line, "it is not a term, an emotion and a number")
            continue
        term, emotion, weight = line.rstrip().split("\t")
        if re.fullmatch(NUMBER, emotion):
            emotion, weight = weight, emotion
        if float(weight):
            found.rows.append((number, emotion, plain(term), float(weight)))
    return found


def read_master(text: str, name: str) -> Found:
    """Read the master dictionary of Loughran and McDonald (CSV); years mark members."""
    found = Found(name="Loughran-McDonald")
    reader = csv.DictReader(io.StringIO(text))
    for number, record in enumerate(reader, start=2):
        term = (record.get("Word") or "").strip()
        for category in CATEGORIES:
            year = (record.get(category) or "0").strip() or "0"
            if not re.fullmatch(NUMBER, year):
                found.skip(number, f"{term}: {year}", f"{category} is no year")
            elif float(year) > 0:
                found.rows.append((number, category.lower(), plain(term), 1.0))
    return found


def read_word_list(text: str, name: str) -> Found:
    """Read a term a line; the file's name is the category (Hu and Liu)."""
    category = re.sub(r"[-_ ]?words?$", "", name.rsplit(".", 1)[0], flags=re.IGNORECASE)
    category = " ".join(category.replace(LEVEL, " ").split())
    if not category:
        raise MediakitError(f"{name}: the file's name must say the category.")
    found = Found()
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith(COMMENT):
            found.rows.append((number, category, plain(line), 1.0))
    return found


READERS = {
    "afinn": read_valences,
    "nrc": read_emotions,
    "loughran_mcdonald": read_master,
    "word_list": read_word_list,
}
