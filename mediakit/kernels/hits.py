"""Loops over hits: which share no token, where their chunks begin, their letters."""

import numpy as np

from mediakit.kernels import compiled
from mediakit.kernels.chunks import KINDS, white_space


@compiled
def keep_once(starts, ends):
    """Say which spans, taken from the left, begin where none kept before still runs.

    Spans are in order of their starts.
    """
    kept, free = np.zeros(len(starts), np.bool_), 0
    for at in range(len(starts)):
        if starts[at] >= free:
            kept[at] = True
            free = ends[at]
    return kept


@compiled
def find_tokens(texts, chunks, pieces, firsts, wanted):
    """Return where tokens of texts stand: three rows of bytes, each in its text.

    Parameters
    ----------
    texts : data, begins, ends
        Text t is ``data[begins[t]:ends[t]]``.
    chunks : ids, firsts, sizes
        The chunks of text t are ``ids[firsts[t]:]``; ``sizes[c]`` are the bytes and
        the tokens of chunk type c.
    pieces : offsets, begins
        The tokens of a chunk type, and the byte at which each begins in it.
    firsts, wanted : ndarray of int64
        ``wanted[firsts[t]:firsts[t + 1]]`` are numbers of tokens in text t, ascending.

    Returns
    -------
    ndarray of int64, 3 x tokens
        Where the token's chunk begins, the token begins, its chunk ends; -1 where the
        texts end before.
    """
    data, begins, ends = texts
    ids, first_chunk, sizes = chunks
    offsets, piece_begins = pieces
    found = np.full((3, len(wanted)), -1, np.int64)
    for text in range(len(begins)):
        at, chunk, tokens = begins[text], first_chunk[text], 0
        number, last = firsts[text], firsts[text + 1]
        while number < last:
            while at < ends[text] and KINDS[data[at]] != 0:
                space, _ = white_space(data, at, ends[text])
                if space == 0:
                    break
                at += space
            if at >= ends[text] or chunk >= len(ids):
                break
            kind = ids[chunk]
            if kind < 0 or kind >= len(sizes):
                break
            size, more = sizes[kind]
            while number < last and wanted[number] < tokens + more:
                piece = offsets[kind] + wanted[number] - tokens
                found[0, number] = at - begins[text]
                found[1, number] = found[0, number] + piece_begins[piece]
                found[2, number] = found[0, number] + size
                number += 1
            tokens += more
            at += size
            chunk += 1
    return found


@compiled
def copy_ranges(data, begins, ends):
    """Return the ranges of `data`, one after the other."""
    size = 0
    for number in range(len(begins)):
        size += ends[number] - begins[number]
    copied, free = np.empty(size, np.uint8), 0
    for number in range(len(begins)):
        for at in range(begins[number], ends[number]):
            copied[free] = data[at]
            free += 1
    return copied
