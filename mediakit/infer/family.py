"""The family of items that are tested together, and its p-values.

It is fixed without looking at the labels, so that choosing it is not a test.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from mediakit.formulas.multiple import benjamini_hochberg
from mediakit.infer.contrast import (
    Comparison,
    compare_articles,
    compare_clusters,
    read_again,
)
from mediakit.infer.groups import Clusters
from mediakit.infer.units import owners
from mediakit.measure.measure import Measure

LEAST = 10


@dataclass(frozen=True)
class Family:
    """The items in enough articles, and the comparison over articles.

    Attributes
    ----------
    whole : Comparison
        Of all items of the measure.
    common : ndarray of bool
        Items in at least ten articles of both sides together.
    members : ndarray of int
        Positions of the common items for which each side has ten articles.
    exposure : ndarray, 2 x denominators
        What each side has in all.
    """

    whole: Comparison
    common: np.ndarray
    members: np.ndarray
    exposure: np.ndarray

    @cached_property
    def articles(self) -> Comparison:
        """The comparison of the members."""
        return self.whole[self.members]


@dataclass(frozen=True)
class PValues:
    """p-values of a family's members, plain and adjusted, over both kinds of units.

    `more` holds the columns that only some tests have, by name.
    """

    p: np.ndarray
    q: np.ndarray
    p_cluster: np.ndarray
    q_cluster: np.ndarray
    more: dict[str, np.ndarray] = field(default_factory=dict)


def family_of(measure: Measure, side: np.ndarray) -> Family:
    """Compare two sides over articles and say which items form the family."""
    return family_from(*compare_articles(measure, side))


def family_from(whole: Comparison, exposure: np.ndarray) -> Family:
    """Say which items form the family; see `compare_articles`."""
    common = whole.a.held + whole.b.held >= LEAST
    return Family(whole, common, np.flatnonzero(common & enough(whole)), exposure)


def enough(comparison: Comparison) -> np.ndarray:
    """Say for which items each side has ten units with exposure."""
    return np.minimum(comparison.a.m, comparison.b.m) >= LEAST


def score_tests(
    measure: Measure, side: np.ndarray, family: Family, clusters: Clusters
) -> PValues:
    """Test the family's members over articles and over clusters."""
    return p_values(family, clusters_compared(measure, side, family, clusters))


def clusters_compared(
    measure: Measure, side: np.ndarray, family: Family, clusters: Clusters
) -> Comparison:
    """Compare the family's members over clusters."""
    second = read_again(measure, side, family.whole, family.members, clusters)
    return compare_clusters(measure, second.clusters, owners(measure)[family.members])


def p_values(family: Family, merged: Comparison) -> PValues:
    """Return the p-values over articles and over the `merged` clusters."""
    p = family.articles.p()
    p_cluster = np.where(enough(merged), merged.p(), np.nan)
    return PValues(p, benjamini_hochberg(p), p_cluster, benjamini_hochberg(p_cluster))
