"""Loops over texts: where sentences begin, tokens of chunks, places of words."""

import numpy as np

from mediakit.kernels import compiled

WRAPPED_LINES = 5


@compiled
def chunk_breaks(ids, lines, offsets, ends, starts, table):
    """Flag the chunks with which a sentence (1) and a paragraph (2) begin.

    `ends` and `starts` are codes of the unique chunks, `table` says which pairs of
    them break; `mediakit.text.build.chunk_breaks` tells the rules.
    """
    flags = np.zeros(len(ids), np.uint8)
    for text in range(len(offsets) - 1):
        first, last = offsets[text], offsets[text + 1]
        single, inside = 0, 0
        for at in range(first + 1, last):
            flags[at] = table[ends[ids[at - 1]], starts[ids[at]]]
            if lines[at] == 1:
                single += 1
                inside += 1 - flags[at]
        wrapped = single >= WRAPPED_LINES and 2 * inside > single
        for at in range(first, last):
            if at == first or lines[at] >= 2 or (lines[at] == 1 and not wrapped):
                flags[at] = 3
    return flags


@compiled
def expand_tokens(ids, breaks, offsets, piece_offsets, piece_ids):
    """Return the tokens of all chunks: ids, flags and the texts' offsets."""
    total = 0
    for chunk in ids:
        total += piece_offsets[chunk + 1] - piece_offsets[chunk]
    tokens, flags = np.empty(total, np.int32), np.zeros(total, np.uint8)
    token_offsets = np.zeros(len(offsets), np.int64)
    found, begun = 0, 0
    for text in range(len(offsets) - 1):
        for at in range(offsets[text], offsets[text + 1]):
            begun |= breaks[at]
            first, last = piece_offsets[ids[at]], piece_offsets[ids[at] + 1]
            if first < last:
                flags[found], begun = begun, 0
            for piece in range(first, last):
                tokens[found] = piece_ids[piece]
                found += 1
        token_offsets[text + 1] = found
    return tokens, flags, token_offsets


@compiled
def token_starts(ids, starts, piece_offsets, begins):
    """Return the byte of its text at which each token begins."""
    total = 0
    for chunk in ids:
        total += piece_offsets[chunk + 1] - piece_offsets[chunk]
    found, result = 0, np.empty(total, np.int32)
    for at in range(len(ids)):
        for piece in range(piece_offsets[ids[at]], piece_offsets[ids[at] + 1]):
            result[found] = starts[at] + begins[piece]
            found += 1
    return result


@compiled
def postings(ids, offsets):
    """Return the places of each type in `ids`, type by type (int32): a counting sort.

    `offsets` says where the places of a type begin in the result.
    """
    free, places = offsets[:-1].copy(), np.empty(len(ids), np.int32)
    for at in range(len(ids)):
        places[free[ids[at]]] = at
        free[ids[at]] += 1
    return places
