"""TextBlob's context rules in one pass over coded words, operation by operation.

The order of the operations is that of `assessments` in the library, so that every
score is the same to the last bit.
"""

import numpy as np

from mediakit.kernels import compiled

# what a word does, as bits
KNOWN, MODIFIES, LIKE_LY, NEGATES, SHORT, SMALL, LOUD, IRONIC, MOOD = (
    1 << bit for bit in range(9)
)


@compiled
def score_textblob(edges, chunks, words, table):
    """Score units of chunks.

    Parameters
    ----------
    edges, chunks
        The chunks of unit u are ``chunks[edges[u]:edges[u + 1]]``.
    words : offsets, codes
        The words of chunk c are ``codes[offsets[c]:offsets[c + 1]]``.
    table : does, polarity, subjectivity, intensity
        Of each code: bits of what it does (KNOWN: the lexicon has it, MODIFIES: an
        adverb, LIKE_LY: one in -ly, NEGATES, SHORT: keeps a negation, SMALL: keeps a
        modifier, LOUD: "!", IRONIC: "(!)", MOOD: an emoticon), and its weights.

    Returns
    -------
    values : ndarray of float, units x 2
        Mean polarity and subjectivity.
    sizes : ndarray of int64
        Assessments, of which each unit's score is the mean.
    known : ndarray of int64
        Chunks of each unit with a word of the lexicon.
    hits : tuple of ndarray
        Unit, place in `chunks`, code and polarity of each assessment.
    """
    offsets, codes = words
    units = len(edges) - 1
    most = _most(chunks, offsets, codes, table[0])
    values, sizes = np.zeros((units, 2)), np.zeros(units, np.int64)
    known = np.zeros(units, np.int64)
    hit_units, hit_chunks = np.empty(most, np.int64), np.empty(most, np.int64)
    hit_codes, turned = np.empty(most, np.int32), np.zeros(most, np.bool_)
    polarity, subjectivity = np.empty(most), np.empty(most)
    intensity = np.empty(most)
    stack = hit_chunks, hit_codes, turned, polarity, subjectivity, intensity
    found = 0
    for unit in range(units):
        first = found
        found, known[unit] = _assess(
            edges[unit], edges[unit + 1], chunks, words, table, stack, found
        )
        sums = 0.0, 0.0
        for at in range(first, found):
            hit_units[at] = unit
            if turned[at]:
                polarity[at] = polarity[at] * -0.5
            sums = sums[0] + polarity[at], sums[1] + subjectivity[at]
        sizes[unit] = found - first
        if found > first:
            values[unit, 0] = sums[0] / (found - first)
            values[unit, 1] = sums[1] / (found - first)
    kept = slice(0, found)
    hits = hit_units[kept], hit_chunks[kept], hit_codes[kept], polarity[kept]
    return values, sizes, known, hits


@compiled
def _most(chunks, offsets, codes, does):
    """Return how many assessments there can be."""
    most = 0
    for chunk in chunks:
        for word in range(offsets[chunk], offsets[chunk + 1]):
            most += does[codes[word]] & (KNOWN | IRONIC | MOOD) != 0
    return most


@compiled
def _assess(start, stop, chunks, words, table, stack, found):
    """Push a unit's assessments on the stack; return its end, and chunks known.

    `modifier` is 0, MODIFIES, or with LIKE_LY too; `negated` says whether a negation
    waits for the word it turns.
    """
    offsets, codes = words
    does, _, _, _ = table
    hit_chunks, hit_codes, turned, polarity, subjectivity, intensity = stack
    first, known, counted = found, 0, -1
    modifier, negated = 0, False
    for at in range(start, stop):
        for word in range(offsets[chunks[at]], offsets[chunks[at] + 1]):
            code = codes[word]
            bits = does[code]
            if bits & (KNOWN | IRONIC | MOOD) and counted < at:
                known, counted = known + 1, at
            if bits & KNOWN:
                found = _know(code, table, stack, found, modifier, negated)
                hit_chunks[found - 1] = at
                modifier = bits & (MODIFIES | LIKE_LY) if bits & MODIFIES else 0
                negated = bits & NEGATES != 0
                continue
            if bits & NEGATES:
                negated = True
            elif not bits & SHORT:
                negated = False
            if negated and modifier & LIKE_LY:
                turned[found - 1] = True
                negated = False
            elif not bits & SMALL:
                modifier = 0
            if bits & LOUD and found > first:
                polarity[found - 1] = _clip(polarity[found - 1] * 1.25)
            if bits & (IRONIC | MOOD):
                hit_chunks[found], hit_codes[found], turned[found] = at, code, False
                polarity[found], subjectivity[found] = table[1][code], 1.0
                intensity[found] = 1.0
                found += 1
    return found, known


@compiled
def _know(code, table, stack, found, modifier, negated):
    """Push a word of the lexicon, or let it take the place of its modifier."""
    _, hit_codes, turned, polarity, subjectivity, intensity = stack
    _, p, s, i = table
    if modifier == 0:
        turned[found] = False
        polarity[found], subjectivity[found] = p[code], s[code]
        intensity[found] = i[code]
        found += 1
    else:
        scale = intensity[found - 1]
        polarity[found - 1] = _clip(p[code] * scale)
        subjectivity[found - 1] = _clip(s[code] * scale)
        intensity[found - 1] = i[code]
    hit_codes[found - 1] = code
    if negated:
        intensity[found - 1] = 1.0 / intensity[found - 1]
        turned[found - 1] = True
    return found


@compiled
def _clip(value):
    return max(-1.0, min(value, 1.0))
