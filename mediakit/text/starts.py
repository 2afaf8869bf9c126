"""Where rules may begin: each unique chunk is searched once for words of a list."""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence

CHUNK = re.compile(r"\S+")
MOST_KNOWN = 1 << 17
MOST_LETTERS = 40


class Starts(dict):
    """The places in each chunk at which a rule may begin, found when first asked for.

    `find` returns them for a chunk. What is known is forgotten when it grows large.
    """

    def __init__(self, find: Callable[[str], tuple[int, ...]]):
        super().__init__()
        self.find = find

    def __missing__(self, chunk: str) -> tuple[int, ...]:
        found = self.find(chunk)
        if len(chunk) <= MOST_LETTERS:
            if len(self) >= MOST_KNOWN:
                self.clear()
            self[chunk] = found
        return found

    def __reduce__(self):
        return Starts, (self.find,)

    def places(self, text: str, start: int = 0, end: int | None = None) -> list[int]:
        """Return the places in ``text[start:end]``, which cuts no chunk, in order."""
        places, at = [], start
        for line in text[start:end].splitlines(keepends=True):
            if any(map(self.__getitem__, line.split())):
                places += [
                    at + found.start() + place
                    for found in CHUNK.finditer(line)
                    for place in self[found.group()]
                ]
            at += len(line)
        return places


def any_between(places: Sequence, start, end) -> bool:
    """Say whether one of the places, which are in order, lies between two.

    Examples
    --------
    >>> any_between([3, 8], 4, 8), any_between([3, 8], 4, 9)
    (False, True)
    """
    return bisect_left(places, start) < bisect_left(places, end)
