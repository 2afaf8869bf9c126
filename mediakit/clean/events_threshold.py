"""How alike two articles must be to tell of one event, found from the corpus itself.

Two articles weeks apart do not report the same event. How alike such pairs are is how
alike articles of this corpus are by chance, and that differs much: among reports of
one crisis more than among reports of a whole election year.
"""

from dataclasses import asdict, dataclass

import numpy as np
from scipy import sparse

CHANCE = 0.3
DEFAULT = 0.1
STEP = 0.005
LOWEST, HIGHEST = 0.02, 1.0
MOST_ROWS, MOST_PAIRS, AT_ONCE = 2_000, 40_000_000, 4_000_000
FEWEST = 1_000
SURE, CLEAR = 1.0, 3.0


@dataclass(frozen=True)
class Threshold:
    """The similarity from which two articles count as alike, and where it is from.

    `near_pairs` lie at most `days` apart, `far_pairs` a few weeks; `calibrated` is
    false where there were too few of either, and the usual value was taken. `reach` is
    the part of the pairs alike beyond chance, and half as alike as the threshold or
    more, that reaches it; None where it is not known.
    """

    threshold: float
    calibrated: bool
    near_pairs: int
    far_pairs: int
    reach: float | None = None

    def record(self) -> dict:
        """Return all of it as plain values."""
        return asdict(self)


def chance_threshold(
    vectors: sparse.csr_array, day: np.ndarray, days: float
) -> Threshold:
    """Return the least similarity at which chance explains three in ten pairs.

    Parameters
    ----------
    vectors : csr_array, units x words
        Of length 1, in the order of `day`.
    day : ndarray of float
        Never falling.
    days : float
        What is near. Far is over twice as far and a day, up to ten times.

    Notes
    -----
    At a similarity t let F be the share of far pairs that are at least so similar,
    and N that of near pairs: F / N is about the share of near pairs that are so
    similar without telling of one event. Both counts are moved one standard error
    (as if pairs were independent) to the careful side. It counts as event what is only
    the topic of the week, and as chance a report of the same matter weeks later.

    N - F is the share of near pairs that are alike for another reason than chance. What
    it is at the threshold, of the most it is from half the threshold on, is the
    `reach`; unknown where N is nowhere above F by three standard errors of each.
    """
    edges = np.arange(0, 1 + STEP, STEP)
    near, far = np.zeros(len(edges)), np.zeros(len(edges))
    for rows, columns in _pieces(day, days):
        alike = (vectors[rows] @ vectors[columns].T).toarray()
        gap = np.abs(day[rows, None] - day[None, columns])
        other = rows[:, None] != np.arange(columns.start, columns.stop)
        place = np.minimum((alike / STEP + 1e-9).astype(np.int32), len(edges) - 1)
        is_far = (gap > 2 * days + 1) & (gap <= 10 * days + 1)
        near += np.bincount(place[(gap <= days) & other], minlength=len(edges))
        far += np.bincount(place[is_far], minlength=len(edges))
    pairs = int(near.sum()), int(far.sum())
    if min(pairs) < FEWEST:
        return Threshold(DEFAULT, False, *pairs)
    many_near, many_far = (count[::-1].cumsum()[::-1] for count in (near, far))
    careful = [_careful(many_near, many_far, pairs, errors) for errors in (SURE, CLEAR)]
    surely, by_chance = careful[0]
    asked = edges >= LOWEST - 1e-9
    fits = edges[asked & (by_chance <= CHANCE * surely)]
    threshold = float(fits[0]) if len(fits) else HIGHEST
    threshold, reach = round(threshold, 3), None
    clearly, far = careful[1]
    if (clearly > far)[asked].any():
        beyond = np.maximum(many_near / pairs[0] - many_far / pairs[1], 0)
        above, most = (
            beyond[edges >= least - 1e-9] for least in (threshold, threshold / 2)
        )
        reach = round(float(above[0] / most.max()), 3) if most.any() else None
    return Threshold(threshold, True, *pairs, reach)


def _careful(near, far, pairs, errors):
    """Return the shares of near and far pairs, moved so many standard errors."""
    return (
        (near - errors * np.sqrt(near)) / pairs[0],
        (far + errors * (1 + np.sqrt(far))) / pairs[1],
    )


def _pieces(day: np.ndarray, days: float):
    """Yield some rows, evenly from all, and the columns within their reach."""
    reach = 10 * days + 1
    first = np.searchsorted(day, day - reach)
    last = np.searchsorted(day, day + reach, side="right")
    if not len(day):
        return
    fits = int(MOST_PAIRS / max((last - first).mean(), 1))
    count = min(len(day), MOST_ROWS, max(fits, 1))
    rows = np.unique(np.linspace(0, len(day) - 1, count).astype(np.int64))
    while len(rows):
        wide = last[rows] - first[rows[0]]
        some = max(int((wide * np.arange(1, len(rows) + 1) <= AT_ONCE).sum()), 1)
        yield rows[:some], slice(int(first[rows[0]]), int(last[rows[some - 1]]))
        rows = rows[some:]
