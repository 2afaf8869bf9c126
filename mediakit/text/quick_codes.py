"""`sentence_codes` of many chunks at once: arrays answer for all but the odd ones."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.text.sentences import (
    ABBREVIATIONS,
    BEFORE_NUMBERS,
    CLOSERS,
    FIRST_WORDS,
    OPENERS,
    STOPS,
    TITLES,
    sentence_codes,
)

AFTER_LETTERS = r"(?:[ -@\[-`{-~“”’…]|$)"
AFTER_A_WORD = AFTER_LETTERS.replace(" -@", "!--/-@")  # a full stop makes an initial
INSIDE = r"^[a-z](?:.*[A-Za-z0-9,])?$"
CAPITAL = "^[A-Z][A-Za-z]*"
USUAL = f"^(?:{'|'.join(sorted(FIRST_WORDS))}){AFTER_A_WORD}"
STOP = f"[{''.join(sorted(STOPS))}]$"
FULL_STOP = r"(?:[0-9.?!…]|^[A-Za-z][a-z]+)\.$"
SPECIAL = pa.array(sorted(TITLES | ABBREVIATIONS | BEFORE_NUMBERS), pa.large_string())


def codes_of_chunks(chunks: pa.LargeStringArray) -> tuple[np.ndarray, np.ndarray]:
    """Return what `sentence_codes` does, ends and starts, of each chunk."""
    codes = np.zeros((2, len(chunks)), np.uint8)
    rest = np.flatnonzero(~_matches(chunks, INSIDE))
    for quick in (_plain_capitals, _marked):
        chosen = chunks.take(pa.array(rest))
        found, known = quick(chosen)
        codes[:, rest[known]] = found[:, known]
        rest = rest[~known]
    codes[:, rest] = sentence_codes(chunks.take(pa.array(rest)).to_pylist())
    return codes[0], codes[1]


def _plain_capitals(chunks) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes of "Peace" and "The,", and for which chunks they are right."""
    words = pc.utf8_rtrim(chunks, characters=",")
    known = _matches(words, CAPITAL + "$")
    starts = 1 + _matches(words, USUAL).astype(np.uint8)
    return np.stack([np.zeros_like(starts), starts]), known


def _marked(chunks) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes of "“Peace", "peace.”", "2013." and the like."""
    left = pc.utf8_ltrim(chunks, characters=OPENERS)
    small, digit = _matches(left, "^[a-z]"), _matches(left, "^[0-9]")
    capital, usual = _matches(left, CAPITAL + AFTER_LETTERS), _matches(left, USUAL)
    starts = np.where(digit, 3, np.where(usual, 2, capital))
    core = pc.utf8_rtrim(chunks, characters=CLOSERS)
    ends = _matches(core, STOP)
    full_stop = _bools(pc.ends_with(core, "."))
    word = pc.utf8_ltrim(core, characters=OPENERS)
    special = _bools(pc.is_in(pc.utf8_rtrim(word, characters="."), SPECIAL))
    known = ~full_stop | (_matches(word, FULL_STOP) & ~special)
    return np.stack([ends, starts]).astype(np.uint8), known & (small | digit | capital)


def _matches(chunks, pattern: str) -> np.ndarray:
    return _bools(pc.match_substring_regex(chunks, pattern))


def _bools(values) -> np.ndarray:
    return values.to_numpy(zero_copy_only=False)
