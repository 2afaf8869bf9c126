"""keep_unique: one article of each group of copies, and a count of the others."""

import pandas as pd

from mediakit.clean.steps import with_step
from mediakit.errors import MediakitError
from mediakit.schema import check_articles

SAME, OTHER = "copies in one outlet", "copies of another outlet's article"


def keep_unique(articles: pd.DataFrame, *, across: bool = False) -> pd.DataFrame:
    """Drop copies that `label_duplicates` found, and say how many.

    An article that an outlet prints twice counts twice; so does agency copy in ten
    outlets, but there each outlet chose to print it. Only the first is dropped
    unless you ask.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES with the columns of `label_duplicates`.
    across : bool, default False
        Also drop copies of other outlets' articles: one article of each group stays.

    Returns
    -------
    DataFrame
        The articles kept: of each group (of each outlet) the origin, else the
        earliest, else the first in the table. ``attrs["mediakit"]["steps"]`` has the
        count; `show_flow` draws it.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema or copies were not labelled.

    Notes
    -----
    A copy may be cut or rewritten: at `threshold` 0.2 articles that share a fifth
    are one group. Label with a higher threshold before you drop by it. When not to
    use it: to compare outlets, where copies should stay and be clustered
    (``cluster="duplicate_group"``): what an outlet takes from the wire is a choice.

    Examples
    --------
    >>> import mediakit as mk
    >>> labelled = mk.label_duplicates(mk.load_sample("strait").articles)
    >>> len(labelled), len(mk.keep_unique(labelled))
    (185, 184)
    >>> len(mk.keep_unique(labelled, across=True))
    155
    """
    check_articles(articles)
    missing = [n for n in ("duplicate_group", "duplicate_of") if n not in articles]
    if missing:
        raise MediakitError(
            f"`articles` has no column {missing[0]!r}; run `mk.label_duplicates` first."
        )
    rows = articles.reset_index(drop=True)
    rows["copy"] = rows["duplicate_of"].notna()
    grouped = rows[rows["duplicate_group"].notna()]
    first = grouped.sort_values(["copy", "published"], kind="stable")
    inside = first[first.duplicated(["duplicate_group", "outlet"])].index
    drop = first[first.duplicated("duplicate_group")].index if across else inside
    kept = articles[~rows.index.isin(drop)].copy(deep=False)
    return with_step(
        articles,
        kept,
        verb="keep_unique",
        dropped={SAME: len(inside), OTHER: len(drop.difference(inside))},
        parameters={"across": bool(across)},
    )
