"""The classical measures by name, and the columns that each of them makes."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from mediakit.errors import MediakitError
from mediakit.formulas import effects
from mediakit.formulas import keyness as formulas
from mediakit.formulas.fisher import fisher_p
from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.formulas.ranks import RateSums, mann_whitney_p, welch
from mediakit.formulas.sums import Sums, ratio
from mediakit.infer.values import did_you_mean

FLAT_ALPHA = 0.01


@dataclass(frozen=True)
class Counts:
    """What the measures are computed from, one entry per item.

    Attributes
    ----------
    a, b : Sums
        The sides' sums over articles.
    tested : ndarray of bool
        Items of the family.
    items : ndarray of float
        How many items share the item's denominator.
    k : float
        Of simple maths.
    weight : float or None
        alpha0 of Fightin' Words; by default an average article's exposure.
    rates : callable
        Gathers the rates of single articles, which only two measures need.
    """

    a: Sums
    b: Sums
    tested: np.ndarray
    items: np.ndarray
    k: float
    weight: float | None
    rates: Callable[[], RateSums]

    @property
    def four(self) -> tuple[np.ndarray, ...]:
        """Occurrences of both sides, then all units of exposure of both."""
        return self.a.x, self.b.x, self.a.n, self.b.n

    @property
    def alpha0(self) -> np.ndarray:
        """Weight of the informative prior."""
        if self.weight is not None:
            return np.full(len(self.items), float(self.weight))
        return ratio(self.a.n + self.b.n, self.a.m + self.b.m)

    @cached_property
    def g2_two_term(self) -> np.ndarray:
        """Computed once, for both measures that need it."""
        return formulas.g2(*self.four, cells=2)

    @cached_property
    def article_rates(self) -> RateSums:
        """Gathered once, for both measures that need them."""
        return self.rates()


def _chi2(counts: Counts, name: str, yates: bool) -> dict:
    value = formulas.chi2(*counts.four, yates=yates)
    return {name: value, f"p_{name}": formulas.chi2_p(value)}


def _g2(counts: Counts) -> dict:
    two_term, four_term = counts.g2_two_term, formulas.g2(*counts.four)
    p, q = formulas.chi2_p(four_term), np.full(len(four_term), np.nan)
    q[counts.tested] = benjamini_hochberg(p[counts.tested])
    return {"g2_two_term": two_term, "g2_four_term": four_term, "p_g2": p, "q_g2": q}


def _lrc(counts: Counts) -> dict:
    value = effects.lrc(*counts.four, family=max(int(counts.tested.sum()), 1))
    return {"lrc": np.where(counts.tested, value, np.nan)}


def _bic(counts: Counts) -> dict:
    return {"bic": formulas.bic(counts.g2_two_term, counts.a.n, counts.b.n)}


def _fightin_words(counts: Counts) -> dict:
    a, b, c, d = counts.four
    z = formulas.fightin_words(
        *counts.four, background=ratio(a + b, c + d), alpha0=counts.alpha0
    )
    return {"z_fightin_words": z}


def _fightin_words_flat(counts: Counts) -> dict:
    z = formulas.fightin_words(
        *counts.four, background=1 / counts.items, alpha0=FLAT_ALPHA * counts.items
    )
    return {"z_fightin_words_flat": z}


def _mann_whitney(counts: Counts) -> dict:
    sums = counts.article_rates
    return {"mann_whitney_u": sums.u, "p_mann_whitney": mann_whitney_p(sums)}


def _welch(counts: Counts) -> dict:
    t, _, p = welch(counts.article_rates)
    return {"welch_t": t, "p_welch": p}


def _text_dispersion(counts: Counts) -> dict:
    a, b = counts.a, counts.b
    return {"g2_text_dispersion": formulas.g2(a.held, b.held, a.m, b.m)}


def _effect(name: str) -> Callable[[Counts], dict]:
    return lambda counts: {name: getattr(effects, name)(*counts.four)}


MEASURES: dict[str, Callable[[Counts], dict]] = {
    "chi2": lambda counts: _chi2(counts, "chi2", False),
    "chi2_yates": lambda counts: _chi2(counts, "chi2_yates", True),
    "fisher": lambda counts: {"p_fisher": fisher_p(*counts.four)},
    "g2": _g2,
    "percent_diff": _effect("percent_diff"),
    "relative_risk": _effect("relative_risk"),
    "odds_ratio": _effect("odds_ratio"),
    "difference_coefficient": _effect("difference_coefficient"),
    "simple_maths": lambda counts: {
        "simple_maths": effects.simple_maths(*counts.four, k=counts.k)
    },
    "bic": _bic,
    "log_ratio_hardie": _effect("log_ratio_hardie"),
    "lrc": _lrc,
    "fightin_words": _fightin_words,
    "fightin_words_flat": _fightin_words_flat,
    "mann_whitney": _mann_whitney,
    "welch": _welch,
    "text_dispersion": _text_dispersion,
}
DEFAULT = (
    *("g2", "percent_diff", "odds_ratio", "bic", "log_ratio_hardie"),
    "fightin_words",
)


def chosen_measures(measures: str | Sequence[str] | None) -> list[str]:
    """Return the names asked for, or raise naming all there are."""
    if measures is None:
        return list(DEFAULT)
    if isinstance(measures, str):
        measures = list(MEASURES) if measures == "all" else [measures]
    names = list(dict.fromkeys(measures))
    unknown = [name for name in names if name not in MEASURES]
    if unknown or not names:
        hint = did_you_mean(str(unknown[0]), MEASURES) if unknown else ""
        raise MediakitError(
            f'`measures` must be "all" or some of {list(MEASURES)}, got '
            f"{measures!r}.{hint}"
        )
    return names


def classical_columns(names: Sequence[str], counts: Counts) -> dict[str, np.ndarray]:
    """Return the columns of the named measures, in the order of the names."""
    columns = {}
    for name in names:
        columns |= MEASURES[name](counts)
    return columns
