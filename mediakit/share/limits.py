"""What a derived corpus may hold: the limits, and the run of words that breaks them."""

import re
from collections.abc import Sequence

MOST_REBUILT = 7
MIN_ARTICLES = 10
ADDRESS = re.compile(r"[@/\\]|www\.")
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
PIECE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def longest_run(
    candidate: Sequence[str], originals: list[list[str]], *, above: int = 0
) -> int:
    """Return the length of the longest run of words that stands in an original.

    Runs up to `above` are not looked for: the answer is `above` if there is none
    longer.

    Examples
    --------
    >>> longest_run("a b c x".split(), ["y b c x z".split()])
    3
    """
    length = above
    while True:
        grams = _grams(candidate, length + 1)
        if all(grams.isdisjoint(_grams(one, length + 1)) for one in originals):
            return length
        length += 1


def _grams(words: Sequence[str], size: int) -> set[tuple[str, ...]]:
    return set(zip(*(words[start:] for start in range(size)), strict=False))
