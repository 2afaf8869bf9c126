"""WARC and ARC files -> the bytes of one record after the other, in constant memory.

Records whose length is wrong and compressed members that are damaged cost what stands
in them, not what follows.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator

GZIP = b"\x1f\x8b\x08"
CHUNK = 1 << 18
PACKED = 1 << 14
LARGEST = 1 << 26
LONGEST_HEAD = 1 << 14
START = re.compile(
    rb"^(?:WARC/\d\.\d+\r?$|(?:filedesc|https?|ftp|dns):\S+ \S+ \d{8,14} .*\d\r?$)",
    re.MULTILINE,
)
LENGTH = re.compile(rb"^Content-Length:\s*(\d{1,15})\s*$", re.IGNORECASE | re.MULTILINE)
ARC_LENGTH = re.compile(rb" (\d{1,15})\r?\n?$")
BLANK = re.compile(rb"[\r\n]*")
DAMAGED, CUT, LARGE, BETWEEN = (
    "compressed members damaged, read up to the damage",
    "records cut off or of a wrong length",
    "records too large, left out",
    "stretches that are no record",
)


def is_archive(data) -> bool:
    """Say whether bytes begin as WARC or ARC does, compressed or not."""
    head = bytes(data[:4096])
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith((b"WARC/", b"filedesc:"))


def read_records(data, troubles: Counter) -> Iterator[bytes]:
    """Yield the records of an archive; what is wrong is counted in `troubles`."""
    window = _Window(_unpacked(data, troubles))
    while window.skip_blank():
        if not START.match(window.held):
            troubles[BETWEEN] += 1
            if not window.skip_to_start(0):
                return
        yield from _record(window, troubles)


def _record(window: "_Window", troubles: Counter) -> Iterator[bytes]:
    """Yield the record at the window's beginning, and move behind it."""
    end = _declared_end(window)
    if end is not None and end > LARGEST:
        troubles[LARGE] += 1
        window.drop(end)
        return
    if end is None or not window.is_whole(end):
        troubles[CUT] += 1
        end = window.next_start(1)
    yield bytes(window.held[:end])
    window.drop(end)


def _declared_end(window: "_Window") -> int | None:
    """Return where the record ends by its own word, None if it has none."""
    window.fill(LONGEST_HEAD)
    head = bytes(window.held[:LONGEST_HEAD])
    if not head.startswith(b"WARC/"):
        stop = head.find(b"\n") + 1
        found = ARC_LENGTH.search(head[:stop])
    else:
        stop = min((p for p in _head_ends(head)), default=0)
        found = LENGTH.search(head[:stop])
    return stop + int(found[1]) if stop and found else None


def _head_ends(head: bytes) -> Iterator[int]:
    for gap in (b"\r\n\r\n", b"\n\n"):
        if (place := head.find(gap)) >= 0:
            yield place + len(gap)


class _Window:
    """The unpacked bytes that are held at the moment, out of a stream of them."""

    def __init__(self, chunks: Iterator[bytes]):
        self.chunks, self.held = chunks, bytearray()

    def fill(self, size: int) -> bool:
        """Hold at least `size` bytes; say whether there are as many."""
        while len(self.held) < size:
            chunk = next(self.chunks, None)
            if chunk is None:
                return False
            self.held += chunk
        return True

    def drop(self, size: int) -> None:
        """Let the first `size` bytes go, held or yet to come."""
        while size > len(self.held):
            size -= len(self.held)
            self.held.clear()
            if not self.fill(1):
                return
        del self.held[:size]

    def skip_blank(self) -> bool:
        """Drop line ends; say whether anything follows."""
        while self.fill(1):
            if blank := BLANK.match(self.held).end():
                del self.held[:blank]
            else:
                return True
        return False

    def is_whole(self, end: int) -> bool:
        """Say whether line ends and another record, or nothing, follow at `end`."""
        self.fill(end + LONGEST_HEAD)
        after = bytes(self.held[end : end + LONGEST_HEAD])
        rest = after.lstrip(b"\r\n")
        return len(self.held) >= end and (not rest or START.match(rest) is not None)

    def next_start(self, place: int) -> int:
        """Return where the next record starts after `place`, or what is held ends."""
        while True:
            found = START.search(self.held, place)
            if found and (found.end() < len(self.held) or not self.fill_more()):
                return found.start()
            if len(self.held) > LARGEST or (not found and not self.fill_more()):
                return len(self.held)
            place = max(place, len(self.held) - CHUNK - LONGEST_HEAD)

    def fill_more(self) -> bool:
        """Hold one chunk more, if there is one."""
        return self.fill(len(self.held) + 1)

    def skip_to_start(self, place: int) -> bool:
        """Drop everything before the next record; say whether there is one."""
        while True:
            found = self.next_start(place)
            whole = START.match(self.held, found) is not None
            self.drop(found)
            if whole or not self.fill(1):
                return whole


def _unpacked(data, troubles: Counter) -> Iterator[bytes]:
    """Yield the bytes unpacked, chunk by chunk, member by member."""
    if bytes(data[: len(GZIP)]) != GZIP:
        for place in range(0, len(data), CHUNK):
            yield bytes(data[place : place + CHUNK])
        return
    start = 0
    while 0 <= start < len(data):
        end = yield from _member(data, start)
        if end is None:
            troubles[DAMAGED] += 1
            yield b"\r\n\r\n"
            start = data.find(GZIP, start + 1)
        else:
            start = end if bytes(data[end : end + 3]) == GZIP else data.find(GZIP, end)


def _member(data, start: int) -> Iterator[bytes]:
    """Yield one member unpacked; return where it ends, None where it is damaged."""
    unpacker, place, waiting = zlib.decompressobj(31), start, b""
    while not unpacker.eof:
        if not waiting:
            waiting = bytes(data[place : place + PACKED])
            place += len(waiting)
            if not waiting:
                return None
        try:
            out = unpacker.decompress(waiting, CHUNK)
        except zlib.error:
            return None
        waiting = unpacker.unconsumed_tail
        if out:
            yield out
    return place - len(unpacker.unused_data)
