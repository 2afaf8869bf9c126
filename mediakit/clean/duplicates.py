"""label_duplicates: which articles are copies of one another, and of which.

Ten outlets that print one wire story are one decision of a news desk, not ten, and
comparing two of them compares the agency with itself.
"""

import math
import numbers
import platform
from importlib.metadata import version

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse

from mediakit.clean.agencies import credited_agencies
from mediakit.clean.shingles import SCHEME, WORDS, Shingles, index_shingles
from mediakit.errors import MediakitError
from mediakit.formulas.minhash import containment, jaccard, overlap
from mediakit.schema import check_articles

LEAST_SHARED = 25
DAY = pd.Timedelta(days=1)
ADDED = ("duplicate_group", "duplicate_of", "containment", "jaccard", "wire_agency")


def label_duplicates(
    articles: pd.DataFrame,
    *,
    threshold: float = 0.2,
    days: float | None = 7,
    seed: int = 0,
) -> pd.DataFrame:
    """Find exact and near copies across outlets and days, and whom they come from.

    A wire story in ten papers is one piece of evidence: pass
    ``cluster="duplicate_group"`` to the verbs. Whether an outlet runs the wire at
    all is a finding of its own: count `wire_agency` by outlet.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES. Run it before `clean_boilerplate`, which takes off the credits.
    threshold : float, default 0.2
        Share of the shorter text's shingles (five words in a row) that must stand
        in the other text, above 0 and at most 1. At 0.2 rewritten agency copy
        counts; take 0.7 for copies with light cuts only.
    days : float or None, default 7
        A copy is published at most so many days from its origin; None for any.
        An undated article, or one dated by month or year, may be a copy of any.
    seed : int, default 0
        Key of the hash. Groups do not depend on it, short of a collision.

    Returns
    -------
    DataFrame
        The rows of `articles` with five columns more: duplicate_group (str,
        `article_id` of the origin; missing where the article stands alone);
        duplicate_of (str, the likely origin; missing for an origin); containment
        (float, share of the article's shingles that stand in its origin); jaccard
        (float, shared among all shingles of both; 1 for an exact copy);
        wire_agency (str, agency credited in dateline, byline, author or last line,
        the outlet's own too; missing for none). ``attrs["mediakit"]["duplicates"]``
        has scheme, seed, parameters and counts, and goes with the corpus.

    Raises
    ------
    MediakitError
        If `articles` breaks the schema, has these columns already, or a parameter
        is out of range.

    Notes
    -----
    Shingles are words as `tokenize` cuts them, in lower case, titles left out, each
    a 64-bit hash; an inverted index gives the pairs to compare, and what they share
    is counted, not estimated. At least 25 must be shared, unless all are. In order
    of publication each article joins the origin of which it shares most, among
    those that the articles it resembles lead to; else it is an origin itself. So
    every copy was compared with its origin and chains do not form: an article made
    of two wires joins one of them and does not merge both. Within a day agencies
    come first, then the earlier, the longer. Of a shingle in many texts each is
    paired with the first and the one before; among real outlets this lost no copy,
    in 25,000 formulaic stories of one agency 14 of 1,026 (2 of 384 at 0.5).

    The origin is the likeliest *in the table*; the true one may not be in it. An
    early short version is the origin of the long one. Where an outlet writes in
    formulas (court reports, protocol) many finds at 0.2 are shared formulas: take
    0.5 there. Do not use it for texts without spaces between words, or to accuse
    anyone of copying: a shared speech or communiqué looks the same. Texts under five
    words are not compared.

    References
    ----------
    Broder (1997), On the resemblance and containment of documents, SEQUENCES.

    Examples
    --------
    >>> import mediakit as mk
    >>> articles = mk.load_sample("strait").articles
    >>> labelled = label_duplicates(articles).set_index("article_id")
    >>> labelled.loc["e02-tribune-1", "duplicate_of"]
    'e02-kelta-1'
    >>> print(f'{labelled.loc["e02-tribune-1", "containment"]:.2f}')
    0.88
    """
    _check(articles, threshold, days, seed)
    agency, is_agency = credited_agencies(articles)
    order, day = _by_origin(articles, ~is_agency)
    window = math.inf if days is None else days
    texts = pa.array(articles["text"].iloc[order].fillna(""), pa.large_string())
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    shingles = index_shingles(texts, day, window=window, seed=seed)
    origin = _find_origins(shingles, day, threshold, window)
    labels = _labels(shingles, origin, articles["article_id"].to_numpy()[order])
    out = articles.copy(deep=False)
    back = np.argsort(order)
    for column in labels:
        out[column] = labels[column].iloc[back].set_axis(articles.index)
    out["wire_agency"] = agency
    parameters = {"threshold": threshold, "days": days, "seed": int(seed)}
    record = _record(parameters, shingles, labels, agency)
    out.attrs["mediakit"] = {**out.attrs.get("mediakit", {}), "duplicates": record}
    return out


def _check(articles, threshold, days, seed) -> None:
    check_articles(articles)
    there = [name for name in ADDED if name in articles.columns]
    if there:
        raise MediakitError(
            f"`articles` has {there} already; drop those columns to label it anew."
        )
    if not _is_number(threshold) or not 0 < threshold <= 1:
        raise MediakitError(
            f"`threshold` must lie above 0 and at most at 1, got {threshold!r}; it is "
            "the share of the shorter text that stands in the other."
        )
    if days is not None and (not _is_number(days) or not days >= 0):
        raise MediakitError(
            f"`days` must be a number from 0 on, or None for any, got {days!r}."
        )
    if not isinstance(seed, numbers.Integral) or not 0 <= seed < 10**16:
        raise MediakitError(f"`seed` must be an integer from 0 on, got {seed!r}.")


def _is_number(value) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _by_origin(articles, buyer) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows, likely origins first, and each one's day; undated ones last."""
    precision = articles["published_precision"]
    published = articles["published"].where(~precision.isin(["month", "year"]))
    keys = pd.DataFrame(
        {
            "day": published.dt.floor("D"),
            "buyer": buyer,
            "time": published.where(precision != "day"),
            "shorter": -articles["text"].str.len().fillna(0),
            "id": articles["article_id"],
        }
    ).reset_index(drop=True)
    order = keys.sort_values(list(keys), na_position="last").index.to_numpy()
    days = (published - pd.Timestamp(0, tz="UTC")) / DAY
    return order, np.floor(days.to_numpy(float)[order])


def _find_origins(shingles: Shingles, day, threshold: float, window) -> np.ndarray:
    """Return the origin of each row, itself where there is none; see the Notes."""

    def copies(a, b):
        common = shingles.common(a, b)
        sizes = shingles.sizes[a], shingles.sizes[b]
        equal = (common == sizes[0]) & (common == sizes[1])
        near = overlap(common, *sizes) >= threshold
        apart = np.abs(day[a] - day[b]) > window
        return ~apart & (equal | (near & (common >= LEAST_SHARED))), common

    size = len(day)
    first, second = shingles.candidates.T
    alike = copies(first, second)[0]
    like = sparse.csr_array(
        (np.ones(alike.sum(), bool), (second[alike], first[alike])), shape=(size, size)
    )
    origin = np.arange(size)
    for row in np.flatnonzero(np.diff(like.indptr)):
        near = like.indices[like.indptr[row] : like.indptr[row + 1]]
        origins = np.unique(origin[near])
        fits, common = copies(origins, np.full(len(origins), row))
        if fits.any():
            origin[row] = origins[np.argmax(np.where(fits, common, -1))]
    return origin


def _labels(shingles: Shingles, origin, ids) -> pd.DataFrame:
    rows = np.arange(len(origin))
    copy = origin != rows
    grouped = copy | np.isin(rows, origin[copy])
    common = shingles.common(rows[copy], origin[copy])
    sizes = shingles.sizes[rows[copy]], shingles.sizes[origin[copy]]
    labels = pd.DataFrame(
        {
            "duplicate_group": pd.Series(ids[origin], dtype="str").where(grouped),
            "duplicate_of": pd.Series(ids[origin], dtype="str").where(copy),
            "containment": np.nan,
            "jaccard": np.nan,
        }
    )
    labels.loc[copy, "containment"] = containment(common, sizes[0])
    labels.loc[copy, "jaccard"] = jaccard(common, *sizes)
    return labels


def _record(parameters, shingles: Shingles, labels, agency) -> dict:
    """Return what was done and found, plain enough for JSON."""
    return {
        "verb": "label_duplicates",
        "parameters": parameters,
        "scheme": SCHEME,
        "least_shared": LEAST_SHARED,
        "articles": len(labels),
        "groups": int(labels["duplicate_group"].nunique()),
        "copies": int(labels["duplicate_of"].notna().sum()),
        "credited": int(agency.notna().sum()),
        f"under {WORDS} words": int((shingles.sizes == 0).sum()),
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("mediakit", "numpy", "pandas", "scipy")},
    }
