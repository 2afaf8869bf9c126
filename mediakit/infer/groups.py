"""Groups, sides and clusters: which rows `by`, `a`, `b` and `cluster` mean.

One place, so that "rest", a gap and a mistyped name mean the same in every verb.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.languages import warn_of_languages
from mediakit.infer.values import column_values, did_you_mean, factorize, label

SHOWN = 20


@dataclass(frozen=True)
class Groups:
    """The group of each row: ``names[codes]``; code -1 is outside all groups."""

    names: list[str]
    codes: np.ndarray

    @property
    def counts(self) -> np.ndarray:
        """Number of rows in each group."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.names))

    @property
    def outside(self) -> int:
        """Number of rows in no group."""
        return int((self.codes < 0).sum())


@dataclass(frozen=True)
class Sides:
    """The two sides of a comparison; `outside` rows stand on neither."""

    label_a: str
    label_b: str
    rows_a: np.ndarray
    rows_b: np.ndarray
    outside: int
    notes: list[str]


@dataclass(frozen=True)
class Clusters:
    """The cluster of each row, numbered from 0 without gaps."""

    name: str
    codes: np.ndarray

    @property
    def count(self) -> int:
        """Number of clusters."""
        return int(self.codes.max(initial=-1)) + 1


def group_codes(articles: pd.DataFrame, by: str | None) -> Groups:
    """Return the group of each article.

    Parameters
    ----------
    articles : DataFrame
        One row per article.
    by : str or None
        A column; "week" (ISO week in UTC, as "2013-W07"); a preset of the outlet
        register; or None for one group, "all". A column of that name wins.

    Returns
    -------
    Groups
        Names in sorted order; code -1 where the value is missing.

    Raises
    ------
    MediakitError
        If `by` is none of these, or the column cannot be grouped.

    Examples
    --------
    >>> import pandas as pd
    >>> groups = group_codes(pd.DataFrame({"outlet": ["B", "A", None, "B"]}), "outlet")
    >>> groups.names, groups.codes.tolist(), groups.outside
    (['A', 'B'], [1, 0, -1, 1], 1)
    """
    if by is None:
        names = ["all"] if len(articles) else []
        return Groups(names, np.zeros(len(articles), np.int64))
    codes, uniques = factorize(column_values(articles, by), by)
    labels = [label(value) for value in uniques]
    names = list(dict.fromkeys(labels))
    place = {name: code for code, name in enumerate(names)}
    merged = np.array([place[label] for label in labels] + [-1], np.int64)
    return Groups(names, merged[codes])


def choose_sides(articles: pd.DataFrame, by: str, a: object, b: object) -> Sides:
    """Return which rows stand on side `a` and which on side `b`.

    Parameters
    ----------
    articles : DataFrame
        One row per article; a column `language` is compared when there is one.
    by : str
        As in `group_codes`.
    a, b : value, list of values or "rest"
        Values of `by`. "rest" is every other row that has a value.

    Returns
    -------
    Sides
        Labels, one boolean mask a side, the number of rows on neither, and notes.

    Raises
    ------
    MediakitError
        If a value is unknown, stands on both sides, or a side is empty.

    Warns
    -----
    MediakitWarning
        If the sides differ in language.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"outlet": ["A", "B", "C", None]})
    >>> sides = choose_sides(articles, "outlet", "A", "rest")
    >>> sides.rows_b.tolist(), sides.outside
    ([False, True, True, False], 1)
    """
    if by is None:
        raise MediakitError("`by` must say which column holds the two sides, got None.")
    groups = group_codes(articles, by)
    names_a, names_b = _pick(groups, by, "a", a), _pick(groups, by, "b", b)
    if names_a is None and names_b is None:
        raise MediakitError('`a` and `b` cannot both be "rest"; name one of them.')
    names_a = names_a or _others(groups, by, "a", names_b)
    names_b = names_b or _others(groups, by, "b", names_a)
    both = sorted(set(names_a) & set(names_b))
    if both:
        raise MediakitError(f"{both} of {by!r} stand in `a` and `b`; choose one side.")
    rows_a, rows_b = _rows(groups, names_a), _rows(groups, names_b)
    label_a = "rest" if _is_rest(a) else " + ".join(names_a)
    label_b = "rest" if _is_rest(b) else " + ".join(names_b)
    warn_of_languages(articles, (label_a, rows_a), (label_b, rows_b))
    outside = len(articles) - int(rows_a.sum()) - int(rows_b.sum())
    notes = _outside_notes(len(articles), outside, groups.outside, by)
    return Sides(label_a, label_b, rows_a, rows_b, outside, notes)


def cluster_codes(articles: pd.DataFrame, cluster: str | None = None) -> Clusters:
    """Return the cluster of each article: what is merged before it counts as evidence.

    Parameters
    ----------
    articles : DataFrame
        One row per article.
    cluster : str, optional
        A column, "week", or "article" (every row its own). By default "event_id"
        where that column exists, else "week"; without dates, "article".

    Returns
    -------
    Clusters
        Rows whose value is missing, as undated ones, are clusters of their own.

    Raises
    ------
    MediakitError
        If `cluster` is neither a column nor one of these words.

    Examples
    --------
    >>> import pandas as pd
    >>> articles = pd.DataFrame({"event_id": ["e1", "e1", None, None]})
    >>> cluster_codes(articles).codes.tolist()
    [0, 0, 1, 2]
    """
    cluster = _default_cluster(articles) if cluster is None else cluster
    if cluster == "article":
        return Clusters("article", np.arange(len(articles), dtype=np.int64))
    groups = group_codes(articles, cluster)
    codes = groups.codes.copy()
    codes[codes < 0] = len(groups.names) + np.arange(groups.outside)
    return Clusters(cluster, codes)


def _default_cluster(articles):
    if "event_id" in articles:
        return "event_id"
    return "week" if "published" in articles else "article"


def _is_rest(side):
    return isinstance(side, str) and side == "rest"


def _pick(groups, by, side, wanted):
    """Return the names that `wanted` lists, or None for "rest"."""
    if _is_rest(wanted):
        if "rest" in groups.names:
            raise MediakitError(
                f'{by!r} has a value "rest", the word for all others; rename it.'
            )
        return None
    listed = isinstance(wanted, (list, tuple, set, frozenset, np.ndarray, pd.Series))
    names = list(dict.fromkeys(map(label, wanted if listed else [wanted])))
    unknown = [name for name in names if name not in groups.names]
    if unknown or not names:
        raise MediakitError(
            f'`{side}` must be one or several values of {by!r} or "rest", '
            f"got {wanted!r}; {by!r} has {_counted(groups)}."
            + "".join(did_you_mean(name, groups.names) for name in unknown[:1])
        )
    return names


def _counted(groups):
    """List the values with their numbers of articles, commonest first."""
    counts = groups.counts
    order = np.argsort(-counts, kind="stable")
    shown = [f"{groups.names[i]!r} ({counts[i]:,})" for i in order[:SHOWN]]
    more = len(order) - len(shown)
    return (", ".join(shown) or "no values") + (f" and {more:,} more" if more else "")


def _others(groups, by, side, names):
    others = [name for name in groups.names if name not in names]
    if not others:
        raise MediakitError(
            f'`{side}`="rest" is empty: {by!r} has no values other than {names}.'
        )
    return others


def _rows(groups, names):
    wanted = np.isin(np.array(groups.names), names)
    return np.append(wanted, False)[groups.codes]


def _outside_notes(total, outside, missing, by):
    note = (
        f"{outside:,} of {total:,} rows stand on neither side: {outside - missing:,} "
        f"with other values of {by!r}, {missing:,} with none."
    )
    return [note] if outside else []
