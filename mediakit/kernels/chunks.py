"""Loops over bytes: white-space chunks, and the numbers of the unique ones."""

import numpy as np

from mediakit.kernels import compiled

SPACE, LINE_END, RETURN, WIDE = 1, 2, 3, 4
PLAIN = 32
MIX = np.uint64(0x9E3779B97F4A7C15)
LOW, AHEAD = np.uint64(0xFFFFFFFF), 64


def _byte_kinds() -> np.ndarray:
    """Say for each byte whether it is, or may begin, white space."""
    kinds = np.zeros(256, np.uint8)
    kinds[[9, *range(28, 33)]] = SPACE
    kinds[[10, 11, 12]] = LINE_END
    kinds[13] = RETURN
    kinds[[0xC2, 0xE1, 0xE2, 0xE3]] = WIDE
    return kinds


KINDS = _byte_kinds()


@compiled
def white_space(data, at, end):
    """Return the bytes of the white-space character at a place, and its line ends.

    0 bytes if it is none; the end of the text is one of 1 byte. A return before a
    line feed is no line end of its own.
    """
    kind = KINDS[data[at]] if at < end else SPACE
    if kind == 0:
        return 0, 0
    if kind == SPACE:
        return 1, 0
    if kind == LINE_END:
        return 1, 1
    if kind == RETURN:
        return 1, 0 if at + 1 < end and data[at + 1] == 10 else 1
    if at + 1 >= end:
        return 0, 0
    first, second = data[at], data[at + 1]
    if first == 0xC2:
        return (2, 1 if second == 0x85 else 0) if second in (0x85, 0xA0) else (0, 0)
    if at + 2 >= end:
        return 0, 0
    third = data[at + 2]
    if first == 0xE2 and second == 0x80:
        if third == 0xA8 or third == 0xA9:
            return 3, 1
        return (3, 0) if third <= 0x8A or third == 0xAF else (0, 0)
    wide = (
        (first == 0xE2 and second == 0x81 and third == 0x9F)
        or (first == 0xE1 and second == 0x9A and third == 0x80)
        or (first == 0xE3 and second == 0x80 and third == 0x80)
    )
    return (3, 0) if wide else (0, 0)


@compiled
def split_bytes(data, offsets):
    """Split texts on Unicode white space.

    Parameters
    ----------
    data : ndarray of uint8
        Valid UTF-8.
    offsets : ndarray of int64, texts + 1

    Returns
    -------
    begins, sizes : ndarray of int32
        The bytes of each chunk in `data`.
    lines : ndarray of uint8
        The line ends before each chunk, at most 2.
    hashes : ndarray of uint64
        The hash of a chunk of at most 8 bytes is its own among those of its size.
    per_text : ndarray of int64
    """
    most = len(data) // 2 + len(offsets)
    begins, sizes = np.empty(most, np.int32), np.empty(most, np.int32)
    lines, per_text = np.empty(most, np.uint8), np.zeros(len(offsets) - 1, np.int64)
    hashes = np.empty(most, np.uint64)
    found = 0
    for text in range(len(offsets) - 1):
        before = found
        at, stop, breaks, size = offsets[text], offsets[text + 1], 0, 0
        hashed, tail = MIX, np.uint64(0)
        while at <= stop:
            width, line = 0, 0
            if at == stop or data[at] == PLAIN:  # nearly always
                width = 1
            elif KINDS[data[at]]:
                width, line = white_space(data, at, stop)
            if width == 0:
                tail = tail << np.uint64(8) | np.uint64(data[at])
                size += 1
                at += 1
                if size % 8 == 0:
                    hashed = (hashed ^ tail) * MIX
                    tail = np.uint64(0)
                continue
            if size:
                hashes[found] = (hashed ^ tail) * MIX
                begins[found], sizes[found] = at - size, size
                lines[found] = min(breaks, 2)
                found += 1
                breaks, size = 0, 0
                hashed, tail = MIX, np.uint64(0)
            breaks += line
            at += width
        per_text[text] = found - before
    return begins[:found], sizes[:found], lines[:found], hashes[:found], per_text


@compiled
def number_chunks(data, begins, sizes, hashes, known, table, ids):
    """Write into `ids` the numbers of chunks among the unique ones, new ones the next.

    `known` is (letters, ends, how many there are): the bytes of unique chunk i are
    ``letters[ends[i]:ends[i + 1]]``, with room for all that may come; `table` is the
    hash table of what is known.

    Returns
    -------
    unique : int
    table : ndarray of uint64
    """
    letters, ends, unique = known
    bits = 0
    while 1 << bits < len(table):
        bits += 1
    for at in range(len(ids)):
        if at % AHEAD == 0:  # read what comes next at once, as memory is slow
            for ahead in range(at, min(at + AHEAD, len(ids))):
                ids[ahead] = table[hashes[ahead] >> np.uint64(64 - bits), 1] & LOW
            for ahead in range(at, min(at + AHEAD, len(ids))):
                if sizes[ahead] > 8:
                    slot = hashes[ahead] >> np.uint64(64 - bits)
                    number = np.int64(table[slot, 1] >> np.uint64(32))
                    ids[ahead] = letters[ends[number - 1]] if number else 0
        hashed, size, begin = hashes[at], sizes[at], begins[at]
        slot = hashed >> np.uint64(64 - bits)
        while table[slot, 1]:
            number = np.int64(table[slot, 1] >> np.uint64(32))
            if (
                table[slot, 0] == hashed
                and np.int64(table[slot, 1] & LOW) == size
                and (size <= 8 or same(data, begin, size, letters, ends[number - 1]))
            ):
                break
            slot = (slot + np.uint64(1)) & np.uint64(len(table) - 1)
        else:
            letters[ends[unique] : ends[unique] + size] = data[begin : begin + size]
            ends[unique + 1] = ends[unique] + size
            unique += 1
            number = unique
            table[slot, 0] = hashed
            table[slot, 1] = np.uint64(unique) << np.uint64(32) | np.uint64(size)
            if 2 * unique > len(table):
                bits += 1
                table = grown(table, bits)
        ids[at] = number - 1
    return unique, table


@compiled
def same(data, begin, size, letters, first):
    """Compare a chunk with a known one."""
    for index in range(size):
        if data[begin + index] != letters[first + index]:
            return False
    return True


@compiled
def grown(table, bits):
    """Return a larger hash table with the same entries."""
    larger = np.zeros((1 << bits, 2), np.uint64)
    for old in range(len(table)):
        if table[old, 1]:
            slot = table[old, 0] >> np.uint64(64 - bits)
            while larger[slot, 1]:
                slot = (slot + np.uint64(1)) & np.uint64(len(larger) - 1)
            larger[slot, 0], larger[slot, 1] = table[old, 0], table[old, 1]
    return larger
