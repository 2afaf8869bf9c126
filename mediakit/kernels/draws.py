"""Loops that draw at random: labels dealt out anew inside strata."""

from mediakit.kernels import compiled, unsigned


@compiled
def deal(labels, keys, stratum, starts, given, ends, units, ranked):
    """Give the unit with the i-th smallest key the i-th of the `given` labels.

    A key is its unit's stratum plus a random number from 0 to 1, so its place is nearly
    known: stratum s has those from ``starts[s]`` on. The last three are room to work.
    """
    ends[:] = 0
    for unit in range(unsigned(len(keys))):
        ends[_nearly(keys[unit], stratum[unit], starts)] += 1
    total = 0
    for place in range(unsigned(len(keys))):
        here = ends[place]
        ends[place] = total
        total += here
    for unit in range(unsigned(len(keys))):
        place = _nearly(keys[unit], stratum[unit], starts)
        at = unsigned(ends[place])
        ends[place] += 1
        units[at], ranked[at] = unit, keys[unit]
    for at in range(1, len(keys)):
        unit, key, before = units[at], ranked[at], at - 1
        if ranked[before] > key:
            while before >= 0 and ranked[before] > key:
                units[before + 1], ranked[before + 1] = units[before], ranked[before]
                before -= 1
            units[before + 1], ranked[before + 1] = unit, key
    for at in range(unsigned(len(keys))):
        labels[unsigned(units[at])] = given[at]


@compiled
def _nearly(key, stratum, starts):
    first = starts[unsigned(stratum)]
    count = starts[unsigned(stratum + 1)] - first
    return unsigned(first + min(int((key - stratum) * count), count - 1))
