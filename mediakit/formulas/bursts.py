"""Bursts: runs of periods in which a rate is rather `scale` times its usual level.

Kleinberg's automaton of two states (2002), on exposures: its cheapest path.
"""

import numpy as np
from scipy.special import xlogy

AT_ONCE = 1_000_000


def neighbour_phi(value: np.ndarray, exposure: np.ndarray, kind: str) -> float:
    """Return the dispersion by differences between neighbouring periods, at least 1.

    The mean of (r_t - r_t-1)^2 over its variance if hits came singly; a burst adds to
    it only where it begins and ends (von Neumann 1941).

    Examples
    --------
    >>> neighbour_phi(np.array([4, 4, 4, 4, 9, 9, 9, 9.0]), np.ones(8), "count")
    1.0
    """
    rate = value.sum() / exposure.sum()
    spread = rate * (1 - rate) if kind == "share" else rate
    if len(value) < 2 or not spread > 0:
        return 1.0
    steps = np.diff(value / exposure)
    expected = spread * (1 / exposure[1:] + 1 / exposure[:-1])
    return max(float(np.mean(steps**2 / expected)), 1.0)


def burst_gains(value, exposure, kind: str, *, scale: float, phi: float) -> np.ndarray:
    """Return how much cheaper each period is in the burst state, in nats over phi.

    The log likelihood at `scale` times the overall rate less that at the rate itself:
    Poisson for counts, binomial for shares, as Kleinberg has it.

    Raises
    ------
    ValueError
        If `scale` times a share is 1 or more.
    """
    rate = value.sum() / exposure.sum()
    if kind != "share":
        return (value * np.log(scale) - (scale - 1) * rate * exposure) / phi
    if scale * rate >= 1:
        raise ValueError("the share cannot be `scale` times as large")
    rest = xlogy(exposure - value, (1 - scale * rate) / (1 - rate))
    return (value * np.log(scale) + rest) / phi


def cheapest_states(gains: np.ndarray, price: float) -> np.ndarray:
    """Return the cheapest path of states, true in a burst, of each row.

    Parameters
    ----------
    gains : ndarray, ... x n
        What each period saves in the burst state.
    price : float
        Cost of entering it; leaving is free.

    Returns
    -------
    ndarray of bool, ... x n
        The path of greatest saving (Viterbi); the usual state where both are equal.

    Examples
    --------
    >>> cheapest_states(np.array([-1, 2.0, 2, -1, 2, -1]), 3.0).tolist()
    [False, True, True, True, True, False]
    """
    entered = np.empty(gains.shape, bool)
    stayed = np.empty(gains.shape, bool)
    usual = np.zeros(gains.shape[:-1])
    burst = np.full(gains.shape[:-1], -np.inf)
    for t in range(gains.shape[-1]):
        entered[..., t] = usual - price > burst
        stayed[..., t] = usual >= burst
        usual, burst = (
            np.maximum(usual, burst),
            np.maximum(usual - price, burst) + gains[..., t],
        )
    states = np.empty(gains.shape, bool)
    state = burst > usual
    for t in range(gains.shape[-1] - 1, -1, -1):
        states[..., t] = state
        state = np.where(state, ~entered[..., t], ~stayed[..., t])
    return states


def runs(states: np.ndarray) -> list[tuple[int, int]]:
    """Return first and last + 1 of each run of true.

    Examples
    --------
    >>> runs(np.array([True, False, True, True]))
    [(0, 1), (2, 4)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], states, [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def heaviest(gains: np.ndarray, price: float) -> np.ndarray:
    """Return the weight of each row's heaviest burst; 0 where there is none.

    A burst's weight is what its periods save in the burst state (Kleinberg 2002).
    """
    saved = np.where(cheapest_states(gains, price), gains, -np.inf)
    most, run = np.zeros(gains.shape[:-1]), np.zeros(gains.shape[:-1])
    for t in range(gains.shape[-1]):
        run = np.maximum(run + saved[..., t], 0)
        most = np.maximum(most, run)
    return most


def shuffled_weights(gains, price: float, repeats: int, rng) -> np.ndarray:
    """Return the heaviest burst's weight in each of `repeats` shuffled series."""
    drawn, step = [np.empty(0)], max(AT_ONCE // max(len(gains), 1), 1)
    for first in range(0, repeats, step):
        rows = np.tile(gains, (min(step, repeats - first), 1))
        drawn.append(heaviest(rng.permuted(rows, axis=1), price))
    return np.concatenate(drawn)
