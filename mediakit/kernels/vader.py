"""VADER's context rules in one pass over coded words, operation by operation.

The order of the additions and multiplications is the library's, so that every score
is the same to the last bit. Words are codes of a table; 0 is a word without a role.
"""

import math

import numpy as np

from mediakit.kernels import compiled

# roles of words in the rules
KIND, OF, NO, OR, NOR, LEAST, AT, VERY, NEVER, SO, THIS, WITHOUT, DOUBT, BUT = range(
    1, 15
)
ROLES = "kind of no or nor least at very never so this without doubt but".split()


@compiled
def score_vader(edges, chunks, words, table, phrases, scalars):
    """Score units of chunks.

    Parameters
    ----------
    edges, chunks
        The chunks of unit u are ``chunks[edges[u]:edges[u + 1]]``.
    words : offsets, codes, upper, exclamations, questions
        The words of chunk c are ``codes[offsets[c]:offsets[c + 1]]``; marks per chunk.
    table : known, valence, boosts, negates, roles, phrase
        Of each code: whether the lexicon has it and what it weighs there, what it adds
        as a booster (0: it is none), whether it negates, its role, and its number
        among the words of phrases.
    phrases : pairs, triples, pair_boosts, triple_boosts
        What the phrases of such words weigh or add; NaN and 0 where there is none.
    scalars : capitals, negation, compensated
        Two constants of the library, and whether `sum` compensates its error.

    Returns
    -------
    values : ndarray of float, units x 4
        compound, pos, neu and neg before they are rounded.
    hits : tuple of ndarray
        Unit, place in `chunks`, code and valence of each word that votes.
    """
    offsets, codes, upper, exclamations, questions = words
    known, _, boosts, _, roles, _ = table
    units = len(edges) - 1
    values = np.zeros((units, 4))
    longest, most = _sizes(edges, chunks, offsets, codes, known)
    text, loud = np.empty(longest, np.int32), np.empty(longest, np.bool_)
    of, places = np.empty(longest, np.int64), np.empty(most, np.int64)
    hit_units, hit_chunks = np.empty(most, np.int64), np.empty(most, np.int64)
    hit_codes, valences = np.empty(most, np.int32), np.empty(most, np.float64)
    integer = np.empty(most, np.bool_)
    found = 0
    for unit in range(units):
        size, capitals, marks, asked, but, first = 0, 0, 0, 0, -1, found
        for at in range(edges[unit], edges[unit + 1]):
            chunk = chunks[at]
            marks += exclamations[chunk]
            asked += questions[chunk]
            for word in range(offsets[chunk], offsets[chunk + 1]):
                text[size], loud[size], of[size] = codes[word], upper[word], at
                capitals += upper[word]
                if but < 0 and roles[codes[word]] == BUT:
                    but = size
                size += 1
        differs = 0 < capitals < size
        for i in range(size):
            code = text[i]
            if not known[code] or boosts[code] != 0:
                continue
            if roles[code] == KIND and i < size - 1 and roles[text[i + 1]] == OF:
                continue
            weighed = _valence(text, loud, i, size, differs, table, phrases, scalars)
            hit_units[found], hit_chunks[found] = unit, of[i]
            hit_codes[found], places[found] = code, i
            valences[found], integer[found] = weighed
            found += 1
        if but >= 0:
            _weigh_but(valences, integer, places, first, found, but)
        if size:
            mood = marks, asked, scalars[2]
            _score(values[unit], valences, integer, first, found, size, mood)
    kept = slice(0, found)
    hits = hit_units[kept], hit_chunks[kept], hit_codes[kept], valences[kept]
    return values, hits


@compiled
def _sizes(edges, chunks, offsets, codes, known):
    """Return the most words of a unit, and how many words of all the lexicon has."""
    longest, most = 0, 0
    for unit in range(len(edges) - 1):
        size = 0
        for at in range(edges[unit], edges[unit + 1]):
            first, last = offsets[chunks[at]], offsets[chunks[at] + 1]
            size += last - first
            for word in range(first, last):
                most += known[codes[word]]
        longest = max(longest, size)
    return longest, most


@compiled
def _valence(text, loud, i, size, differs, table, phrases, scalars):
    """Weigh the word i as `sentiment_valence` does, and say if Python has an int."""
    known, weight, boosts, _, roles, _ = table
    capitals, negation, _ = scalars
    code = text[i]
    valence, integer = weight[code], False
    if roles[code] == NO and i != size - 1 and known[text[i + 1]]:
        valence = 0.0
    if (
        (i > 0 and roles[text[i - 1]] == NO)
        or (i > 1 and roles[text[i - 2]] == NO)
        or (i > 2 and roles[text[i - 3]] == NO and roles[text[i - 1]] in (OR, NOR))
    ):
        valence = weight[code] * negation
    if loud[i] and differs:
        valence = valence + capitals if valence > 0 else valence - capitals
    for back in range(3):
        if i <= back or known[text[i - back - 1]]:
            continue
        scalar = boosts[text[i - back - 1]]
        if scalar != 0:
            if valence < 0:
                scalar *= -1
            if loud[i - back - 1] and differs:
                scalar = scalar + capitals if valence > 0 else scalar - capitals
        if back == 1 and scalar != 0:
            scalar = scalar * 0.95
        if back == 2 and scalar != 0:
            scalar = scalar * 0.9
        valence = valence + scalar
        valence = _negated(valence, text, i, back, table, negation)
        if back == 2:
            valence, integer = _phrased(valence, text, i, size, table, phrases)
    if i > 0 and not known[text[i - 1]] and roles[text[i - 1]] == LEAST:
        before = roles[text[i - 2]] if i > 1 else 0
        if before not in (AT, VERY):
            valence, integer = valence * negation, False
    return valence, integer


@compiled
def _negated(valence, text, i, back, table, negation):
    """Turn the valence as `_negation_check` does."""
    _, _, _, negates, roles, _ = table
    near = roles[text[i - 1]]
    word = roles[text[i - back - 1]]
    if back == 1:
        if word == NEVER and near in (SO, THIS):
            return valence * 1.25
        if word == WITHOUT and near == DOUBT:
            return valence
    elif back == 2:
        middle = roles[text[i - 2]]
        if (word == NEVER and middle in (SO, THIS)) or near in (SO, THIS):
            return valence * 1.25
        if word == WITHOUT and DOUBT in (middle, near):
            return valence
    return valence * negation if negates[text[i - back - 1]] else valence


@compiled
def _phrased(valence, text, i, size, table, phrases):
    """Weigh phrases around the word i as `_special_idioms_check` does."""
    phrase = table[5]
    pairs, triples, pair_boosts, triple_boosts = phrases
    three, two, one = phrase[text[i - 3]], phrase[text[i - 2]], phrase[text[i - 1]]
    here, weighed = phrase[text[i]], math.nan
    for found in (
        pairs[one, here],
        triples[two, one, here],
        pairs[two, one],
        triples[three, two, one],
        pairs[three, two],
    ):
        if not math.isnan(found):
            weighed = found
            break
    if size - 1 > i:
        after = phrase[text[i + 1]]
        if not math.isnan(pairs[here, after]):
            weighed = pairs[here, after]
        if size - 1 > i + 1:
            last = phrase[text[i + 2]]
            if not math.isnan(triples[here, after, last]):
                weighed = triples[here, after, last]
    integer = weighed != 0 and weighed % 1 == 0
    if not math.isnan(weighed):
        valence = weighed
    boosts = triple_boosts[three, two, one], pair_boosts[three, two]
    for boost in (*boosts, pair_boosts[two, one]):
        valence, integer = valence + boost, integer and boost == 0
    return valence, integer


@compiled
def _weigh_but(valences, integer, places, first, last, but):
    """Halve what stands before "but", as `_but_check` does: the first of equals."""
    for at in range(first, last):
        value = valences[at]
        if value == 0:
            continue
        same = first
        while valences[same] != value:
            same += 1
        if places[same] != but:
            valences[same] = value * (0.5 if places[same] < but else 1.5)
            integer[same] = False


@compiled
def _score(values, valences, integer, first, last, size, mood):
    """Write a unit's scores as `score_valence` does; `sum` mends floats only."""
    marks, asked, compensated = mood
    total, lost, positive, negative, neutral, begun = 0.0, 0.0, 0.0, 0.0, size, False
    for at in range(first, last):
        value = valences[at]
        new = total + value
        if compensated and begun and not integer[at]:
            large, small = (
                (total, value) if abs(total) >= abs(value) else (value, total)
            )
            lost += (large - new) + small
        total, begun = new, begun or not integer[at]
        if value > 0:
            positive += value + 1
        elif value < 0:
            negative += value - 1
        neutral -= value != 0
    total += lost
    emphasis = min(marks, 4) * 0.292
    if asked > 1:
        emphasis += asked * 0.18 if asked <= 3 else 0.96
    if total > 0:
        total += emphasis
    elif total < 0:
        total -= emphasis
    if positive > abs(negative):
        positive += emphasis
    elif positive < abs(negative):
        negative -= emphasis
    whole = positive + abs(negative) + neutral
    values[0] = min(max(total / math.sqrt(total * total + 15), -1.0), 1.0)
    values[1], values[2] = abs(positive / whole), abs(neutral / whole)
    values[3] = abs(negative / whole)
