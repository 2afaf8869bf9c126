"""A comparison of words is a comparison of outlets only within one language."""

import warnings

import pandas as pd

from mediakit.errors import MediakitWarning

GAP = 0.05


def warn_of_languages(articles: pd.DataFrame, side_a: tuple, side_b: tuple) -> None:
    """Warn if the languages of two sides, each (label, rows), differ by over 5 points.

    Compared are the shares among articles whose `language` is known; half the sum
    of the absolute differences is the part that would have to change language.
    """
    if "language" not in articles:
        return
    languages = articles["language"].astype("str").str.replace(r"-.*", "", regex=True)
    languages = languages.str.lower()
    (name_a, a), (name_b, b) = (
        (name, languages[rows].value_counts(normalize=True))
        for name, rows in (side_a, side_b)
    )
    gap = a.sub(b, fill_value=0).abs().sum() / 2
    if len(a) and len(b) and gap > GAP:
        warnings.warn(
            f"the sides differ in language ({name_a}: {_shares(a)}; {name_b}: "
            f"{_shares(b)}), so differences in words are differences of language "
            "first; keep one language before tokenizing.",
            MediakitWarning,
            stacklevel=4,
        )


def _shares(shares):
    return ", ".join(f"{name} {share:.0%}" for name, share in shares.items())
