"""Lots: random numbers that belong to an article, whatever stands before it."""

import hashlib

import numpy as np


def digest(text: str) -> str:
    """Return the sha256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def lots_of(names: np.ndarray, seed: int) -> np.ndarray:
    """Return a number for each name (uint64), the same in any order of the names."""
    found = [int(digest(f"{seed} {name}")[:16], 16) for name in names]
    return np.array(found, np.uint64)


def mixed(numbers: np.ndarray) -> np.ndarray:
    """Return numbers (uint64) that look unrelated to those given, one to one.

    Notes
    -----
    The finaliser of SplitMix64 (Steele, Lea and Flood 2014).

    Examples
    --------
    >>> bool((mixed(np.arange(9, dtype=np.uint64)) > 2**32).all())
    True
    """
    with np.errstate(over="ignore"):
        one = numbers + np.uint64(0x9E3779B97F4A7C15)
        one = (one ^ (one >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        one = (one ^ (one >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return one ^ (one >> np.uint64(31))
