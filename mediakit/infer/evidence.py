"""What `associate` makes its table of, whichever way it was found."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Interval:
    """What is known of each item over articles."""

    low: np.ndarray
    high: np.ndarray
    bound: np.ndarray
    p: np.ndarray


@dataclass(frozen=True)
class Evidence:
    """Counts and margins, one entry per item, and what the articles bear out.

    Attributes
    ----------
    observed, expected : ndarray of float
        O and E.
    f1, frequency : ndarray of float
        The margins of the 2 x 2 table; `frequency` is that of the item (or last word).
    n : float
        All places.
    parts : ndarray of int
        How many words meet: 2, or the length of the phrase.
    dice_parts : tuple of ndarray
        The frequencies that Dice divides by, one array per part; 0 where there is none.
    articles : ndarray of float
        Articles that hold the item.
    tested : ndarray of bool
        Whether there are articles enough.
    interval : Interval
    estimate : str
        The column that the interval is about.
    family : int
        J, the items tested, those without any use together included.
    totals : dict
        Sums over the whole measure.
    """

    observed: np.ndarray
    expected: np.ndarray
    f1: np.ndarray
    frequency: np.ndarray
    n: float
    parts: np.ndarray
    dice_parts: tuple[np.ndarray, ...]
    articles: np.ndarray
    tested: np.ndarray
    interval: Interval
    estimate: str
    family: int
    totals: dict
