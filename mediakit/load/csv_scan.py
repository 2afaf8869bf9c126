"""A strict look at delimited bytes that no parser takes part in.

Quotes are counted, so records are counted independently of whoever reads them, and a
file is called regular only if every quote stands where one may.
"""

from dataclasses import dataclass

import numpy as np

BLOCK = 1 << 25
QUOTE, NEWLINE, RETURN = b'"\n\r'


@dataclass
class Scan:
    """What the quotes and line ends of a file say about it.

    `records` counts those that are not blank; `multiline` holds (starts, ends) of
    those with a line end in quotes.
    """

    records: int
    regular: bool
    longest: int
    multiline: list[tuple[np.ndarray, np.ndarray]]
    inside: int = 0

    def add(self, array, starts, ends, lines) -> None:
        """Take in records from `starts` to `ends` with `lines` line ends in quotes."""
        lengths = ends - starts
        returns = _bytes_at(array, ends - 1) == RETURN
        self.records += int(np.count_nonzero(lengths - (returns & (lengths > 0)) > 0))
        self.longest = max(self.longest, int(lengths.max()))
        if lines.any():
            self.multiline.append((starts[lines > 0], ends[lines > 0]))


def scan(data, *, delimiter: str) -> Scan:
    """Count the records of `data` and tell whether its quotes are regular."""
    array = np.frombuffer(data, dtype=np.uint8)
    state = Scan(0, True, 0, [])
    quotes_seen, inside_seen, start_of_record = 0, 0, 0
    for start in range(0, len(array), BLOCK):
        block = array[start : start + BLOCK]
        quotes = np.flatnonzero(block == QUOTE) + start
        newlines = np.flatnonzero(block == NEWLINE) + start
        returns = np.flatnonzero(block == RETURN) + start
        outside = _outside(returns, quotes, quotes_seen)
        if not _well_placed(array, quotes, quotes_seen, ord(delimiter)) or not np.all(
            _bytes_at(array, returns[outside] + 1) == NEWLINE
        ):
            state.regular = False
            return state
        outside = _outside(newlines, quotes, quotes_seen)
        inside = np.cumsum(~outside) + inside_seen
        ends = newlines[outside]
        if len(ends):
            starts = np.append(start_of_record, ends[:-1] + 1)
            lines = np.diff(inside[outside], prepend=state.inside)
            state.add(array, starts, ends, lines)
            start_of_record, state.inside = ends[-1] + 1, inside[outside][-1]
        inside_seen = inside[-1] if len(inside) else inside_seen
        quotes_seen += len(quotes)
    if start_of_record < len(array):
        rest = np.array([start_of_record]), np.array([len(array)])
        state.add(array, *rest, np.array([inside_seen - state.inside]))
    state.regular = quotes_seen % 2 == 0
    return state


def _outside(places: np.ndarray, quotes: np.ndarray, quotes_seen: int) -> np.ndarray:
    """Say which places lie outside quotes: after an even number of them."""
    return (np.searchsorted(quotes, places) + quotes_seen) % 2 == 0


def _bytes_at(array: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Return the bytes at `places`; before the start and after the end, line ends."""
    found = array[np.clip(places, 0, len(array) - 1)]
    return np.where((places < 0) | (places >= len(array)), NEWLINE, found)


def _well_placed(array, quotes: np.ndarray, quotes_seen: int, delimiter: int) -> bool:
    """Check that quotes open after, and close before, a delimiter or line end."""
    opening = (np.arange(len(quotes)) + quotes_seen) % 2 == 0
    before = _bytes_at(array, quotes[opening] - 1)
    after = _bytes_at(array, quotes[~opening] + 1)
    return bool(
        np.isin(before, [delimiter, NEWLINE, QUOTE]).all()
        and np.isin(after, [delimiter, NEWLINE, RETURN, QUOTE]).all()
    )
