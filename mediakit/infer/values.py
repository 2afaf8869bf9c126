"""What `by` and `cluster` may name: a column, the ISO week, a register preset."""

import difflib

import pandas as pd

from mediakit.errors import MediakitError
from mediakit.infer.periods import iso_weeks


def column_values(articles, by):
    """Return what `by` names, one value per row."""
    if not isinstance(by, str):
        raise MediakitError(
            f"groups are named by one column, got {by!r}; to combine columns, make a "
            "new one of them first."
        )
    if by in articles:
        return articles[by]
    if by == "week" and "published" in articles:
        return iso_weeks(articles)
    from mediakit.load import presets

    if by in presets.preset_names():
        return presets.preset_sets(articles, by)
    known = [*map(str, articles.columns), "week", *presets.preset_names()]
    raise MediakitError(
        f"nothing is called {by!r}; groups can be formed by the columns "
        f'{list(articles.columns)}, by "week" (needs `published`) or by the presets '
        f"{presets.preset_names()}.{did_you_mean(by, known)}"
    )


def factorize(values, by):
    """Return codes, -1 where missing, and the sorted values."""
    try:
        return pd.factorize(values, sort=True)
    except TypeError as error:
        raise MediakitError(
            f"column {by!r} cannot be grouped ({error}); "
            "it must hold single values such as text or numbers."
        ) from error


def label(value):
    """Return the name of a value; 2013.0, from years with gaps, is "2013"."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value)


def did_you_mean(name, known):
    """Return a hint at the known name that `name` may have meant, or nothing."""
    folded = {other.casefold(): other for other in known}
    close = difflib.get_close_matches(name.casefold(), folded, n=1)
    return f" Did you mean {folded[close[0]]!r}?" if close else ""
