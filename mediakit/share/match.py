"""match_texts: which texts of a derived corpus are still what was measured."""

import hashlib
import os
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError, MediakitWarning
from mediakit.measure.terms import count_terms
from mediakit.schema import check_articles
from mediakit.share.addresses import FILE, plain_address, text_hash
from mediakit.text.corpus import Corpus
from mediakit.text.derived import open_derived
from mediakit.text.tokenize import tokenize

STATES = ("same", "changed", "gone")
LIKE = 0.9
COLUMNS = ["article_id", "outlet", "published", "state", "found_as", "likeness"]


def match_texts(articles: pd.DataFrame, folder: str | os.PathLike) -> pd.DataFrame:
    """Say of each article of a derived corpus whether its text is still the same.

    What it is for: somebody published figures and hashes; you fetched the pages again
    and want to know what your texts have to do with theirs.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES of today, cleaned with the steps the package names.
    folder : path
        What `derive` wrote, with a row per article.

    Returns
    -------
    DataFrame
        One row per article of the package, in its order: article_id, outlet,
        published; state ("same": a text with its hash is here; "changed": one at its
        address, or of its outlet within a day and with nearly the same words; "gone");
        found_as (article_id of yours, missing if gone); likeness (float, 0 to 1: the
        cosine of the roots of the word counts; 1 if the same; NaN if gone).

    Raises
    ------
    MediakitError
        If the package has no hashes, as one of bags, or `articles` no texts.

    Notes
    -----
    Without an address a text counts as changed from a cosine of 0.9 on, among texts
    of its outlet within a day; a rewritten article may pass for gone. A changed text
    may be a correction, or cleaning by another rule: look at one before you say so.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd, tempfile
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": "A", "published": "2020-05-01",
    ...     "text": [f"peace {'talks ' * n}" for n in range(60, 75)]}))
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = mk.derive(mk.tokenize(articles), f"{place}/talks")
    ...     match_texts(articles.head(12), f"{place}/talks")["state"].iloc[0]
    'same'
    """
    check_articles(articles)
    folder = Path(folder)
    corpus = open_derived(folder)
    if not (folder / FILE).is_file():
        raise MediakitError(
            f"{str(folder)!r} has no hashes of texts ({FILE}): its rows are bags, or "
            "it was made by an earlier mediakit. Its tables can be made again with "
            "`mk.verify`."
        )
    field = corpus.provenance["parameters"]["view"].split()[0]
    known = pd.read_csv(folder / FILE, dtype="str", keep_default_na=False)
    texts = articles[field].astype("str").fillna("")
    if not texts.str.strip().any():
        raise MediakitError(f"the articles have no {field}; nothing can be matched.")
    by_hash = _first(map(text_hash, texts), articles["article_id"])
    by_address = _first(map(_address_hash, articles["url"]), articles["article_id"])
    same = [by_hash.get(one) for one in known["text_sha256"]]
    moved = [by_address.get(one) for one in known["address_sha256"]]
    pairs = list(zip(same, moved, strict=True))
    out = corpus.metadata[["article_id", "outlet", "published"]].copy()
    out["found_as"] = pd.Series([one or other for one, other in pairs], dtype="str")
    out["state"] = [
        "same" if one else "changed" if other else "gone" for one, other in pairs
    ]
    out["likeness"] = np.where(out["state"] == "same", 1.0, np.nan)
    return _with_likeness(out, corpus, articles, field)[COLUMNS]


def _first(keys, ids: pd.Series) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, name in zip(keys, ids, strict=True):
        if key:
            found.setdefault(key, name)
    return found


def _address_hash(url) -> str:
    plain = plain_address(url) if isinstance(url, str) else ""
    return hashlib.sha256(plain.encode()).hexdigest() if plain else ""


def _with_likeness(out, corpus: Corpus, articles: pd.DataFrame, field: str):
    """Compare words where no hash fits: at the address, or within a day."""
    asked = np.flatnonzero(out["state"] != "same")
    taken = set(out.loc[out["state"] == "same", "found_as"])
    left = articles[~articles["article_id"].isin(taken)].reset_index(drop=True)
    if not len(asked) or not len(left):
        return out
    theirs = _unit(count_terms(corpus).values[asked].astype(float))
    words = corpus.vocabulary.to_pylist()
    ours = _unit(_counts(left, field, corpus.language, words).astype(float))
    cosine = (theirs @ ours.T).toarray()
    place = dict(zip(left["article_id"], range(len(left)), strict=True))
    days = left["published"].dt.floor("D")
    for line, row in enumerate(asked):
        if out["state"].iat[row] == "changed":
            out.loc[row, "likeness"] = cosine[line, place[out["found_as"].iat[row]]]
            continue
        near = (days - out["published"].iat[row]).abs() <= pd.Timedelta(days=1)
        near = near.to_numpy() & (left["outlet"] == out["outlet"].iat[row]).to_numpy()
        scores = np.where(near, cosine[line], 0.0)
        best = int(scores.argmax())
        if scores[best] >= LIKE:
            out.loc[row, ["state", "found_as"]] = (
                "changed",
                left["article_id"].iat[best],
            )
            out.loc[row, "likeness"] = scores[best]
    return out


def _counts(articles, field: str, language: str, words: list[str]) -> sparse.csr_array:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", MediakitWarning)
        counted = count_terms(tokenize(articles, language=language).only(field))
    place = {word: number for number, word in enumerate(words)}
    to = np.array([place.get(item, -1) for item in counted.items["item"]], np.int64)
    kept = np.flatnonzero(to >= 0)
    cells = (np.ones(len(kept), np.int64), (kept, to[kept]))
    return sparse.csr_array(
        counted.values @ sparse.csr_array(cells, shape=(len(to), len(words)))
    )


def _unit(counts: sparse.csr_array) -> sparse.csr_array:
    """Return the roots of counts, each row of length 1: common words weigh less."""
    total = np.asarray(counts.sum(axis=1)).ravel()
    scale = np.divide(1.0, np.sqrt(total), out=np.zeros_like(total), where=total > 0)
    return sparse.csr_array(sparse.diags_array(scale) @ counts.sqrt())


def recounted(corpus: Corpus, articles: pd.DataFrame, matched: pd.DataFrame):
    """Count the words of the same texts anew: check, ok, detail."""
    check = "words of the same texts, counted anew"
    view = corpus.provenance["parameters"]["view"]
    if " " in view:
        return check, True, f"not asked: the package is of the view {view!r}"
    rows = np.flatnonzero(matched["state"] == "same")
    names = matched["found_as"].iloc[rows]
    texts = articles.set_index("article_id", drop=False).loc[names]
    texts = texts.drop_duplicates("article_id").reset_index(drop=True)
    if texts.empty:
        return check, False, "no text is the same"
    order = pd.Index(texts["article_id"]).get_indexer(names)
    now = _counts(texts, view, corpus.language, corpus.vocabulary.to_pylist())[order]
    then = count_terms(corpus).values[rows]
    wrong = int((now != then).nnz)
    return (
        check,
        wrong == 0,
        f"{then.nnz:,} counts in {len(rows):,} articles, {wrong:,} differ",
    )
