"""Where TextBlob puts an emoticon together out of two white-space chunks.

It does so wherever one part ends a chunk and the other is the next tokens, as ":" and
"(" in "note: (see below)". Every chunk gets two numbers, for how it ends and begins.
"""

import re
from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc


class Splits:
    """The ways to split emoticons, and what chunks have of them."""

    def __init__(self, faces: Iterable[str]):
        faces = set(faces)
        cuts = [(face[:at], face[at:]) for face in faces for at in range(1, len(face))]
        self.faces = faces
        self.firsts = tuple(sorted({first for first, _ in cuts}))
        self.rests = {rest for _, rest in cuts}
        self.inner = {rest[:at] for _, rest in cuts for at in range(1, len(rest))}
        self.ends, self.begins, self.tails = {(): 0}, {(): 0}, {}
        self.longest = max(map(len, self.firsts), default=1)

    def may_end(self, chunks: pa.LargeStringArray) -> pa.BooleanArray:
        """Say which chunks may end as an emoticon begins."""
        last = "|".join(sorted({re.escape(first[-1]) for first in self.firsts}))
        return pc.match_substring_regex(chunks, f"(?:{last or '^'})$")

    def may_begin(self, chunks: pa.LargeStringArray) -> pa.BooleanArray:
        """Say which chunks, a word with signs around, may begin as one goes on."""
        parts = self.rests | self.inner
        signs = sorted({re.escape(part[0]) for part in parts if not part[0].isalnum()})
        words = sorted({part[0] for part in parts if part[0].isalnum()})
        begin = "|".join([*signs, *(rf"{word}[^\pL\pN]" for word in words), "^$"])
        whole = pc.is_in(chunks, pa.array(words, pa.large_string()))
        return pc.or_(pc.match_substring_regex(chunks, f"^(?:{begin})"), whole)

    def end(self, text: str) -> int:
        """Return the number of the first parts with which a chunk ends; 0 for none."""
        tail = text[-self.longest :]
        if tail not in self.tails:
            found = tuple(first for first in self.firsts if tail.endswith(first))
            self.tails[tail] = self.ends.setdefault(found, len(self.ends))
        return self.tails[tail]

    def begin(self, tokens: list[str]) -> int:
        """Return the number of the rests with which a chunk's tokens begin."""
        found, text = [], ""
        for piece in self.pieces(tokens):
            text += piece
            if text in self.rests:
                found.append(text)
            if len(text) > 5:
                break
        else:
            if text in self.inner:
                found.append(text)
        return self.begins.setdefault(tuple(found), len(self.begins)) if found else 0

    def pieces(self, tokens: list[str]) -> Iterator[str]:
        """Yield the tokens; of one that was put together already, its signs."""
        for token in tokens:
            yield from token if token in self.faces else (token,)

    def joints(self) -> np.ndarray:
        """Return whether an end and a begin (their numbers) may make an emoticon."""
        table = np.zeros((len(self.ends), len(self.begins)), bool)
        for firsts, row in self.ends.items():
            for rests, column in self.begins.items():
                made = [first + rest for first in firsts for rest in rests]
                table[row, column] = any(
                    face.startswith(one) for one in made for face in self.faces
                )
        return table


def broken(edges: np.ndarray, ends: np.ndarray, begins: np.ndarray, joints):
    """Return the units in which an emoticon may be put together from two chunks.

    `ends` and `begins` have the numbers of each of their chunks.
    """
    before = np.flatnonzero(ends[:-1])
    before = before[joints[ends[before], begins[before + 1]]]
    units = np.searchsorted(edges, before, side="right") - 1
    return np.unique(units[edges[units + 1] > before + 1])
