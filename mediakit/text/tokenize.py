"""tokenize: ARTICLES -> Corpus."""

import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.errors import MediakitError
from mediakit.progress import progress
from mediakit.schema import check_articles
from mediakit.text.build import build_shard
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part, merge_vocabularies
from mediakit.text.shard import FIELDS, Shard
from mediakit.text.words import LONG_RUN, WORDS_RULES, check_segmented

if TYPE_CHECKING:
    from nltk.tokenize.api import TokenizerI

SHARD_ARTICLES = 50_000
SHARD_BYTES = 1 << 30
MOST_THREADS = 4


def tokenize(
    articles: pd.DataFrame,
    *,
    tokenizer: "str | TokenizerI" = "words",
    language: str = "en",
) -> Corpus:
    """Find the words and sentences of every article's title and text.

    What you learn comes later; here the unit of all later counts is fixed. The
    default tokenizer counts words and numbers, keeps "don't", "state-run" and
    "U.S." as one word each, and counts no punctuation.

    Parameters
    ----------
    articles : DataFrame
        ARTICLES, from `read_articles`.
    tokenizer : "words" or an NLTK tokenizer, default "words"
        Any object with NLTK's ``TokenizerI`` interface; it is applied sentence by
        sentence, and its tokens must stand in the text as they are.
    language : str, default "en"
        ISO 639-1 code, for stems, lemmas and stop words later.

    Returns
    -------
    Corpus
        In the view "text"; ``corpus.only("title")`` looks at the titles.

    Raises
    ------
    MediakitError
        If the table is not ARTICLES, or if a script without spaces between words
        (Chinese, Japanese, Thai) meets the default tokenizer.

    Notes
    -----
    Text is split once on Unicode white space and each different chunk is cut once.
    Numbers from different tokenizers are not comparable: `corpus.tokenizer` and
    every measure made from it say which one was used.

    Examples
    --------
    >>> import mediakit as mk, pandas as pd
    >>> articles = mk.read_articles(pd.DataFrame({
    ...     "outlet": ["A"], "text": ["The U.S. didn't sign. Talks go on."]}))
    >>> mk.tokenize(articles).vocabulary.to_pylist()
    ['Talks', 'The', 'U.S', "didn't", 'go', 'on', 'sign']
    """
    check_articles(articles)
    name = _check_tokenizer(tokenizer)
    arrays = [_strings(articles[column]) for column in FIELDS]
    cuts = _shard_cuts(arrays)

    def build(cut):
        first, last = cut
        return build_shard(*(a.slice(first, last - first) for a in arrays), tokenizer)

    with ThreadPoolExecutor(_threads(tokenizer)) as pool:
        built = pool.map(build, cuts)
        shards = list(progress(built, what="tokenizing", total=len(cuts)))
    if tokenizer == "words":
        _check_segmented(shards, articles["article_id"].to_numpy())
    vocabulary, maps = merge_vocabularies([shard.vocabulary for shard in shards])
    return Corpus(
        metadata=articles.drop(columns=[*FIELDS]).reset_index(drop=True),
        parts=tuple(Part(*pair) for pair in zip(shards, maps, strict=True)),
        vocabulary=vocabulary,
        tokenizer=name,
        language=language,
        provenance=_provenance(articles),
    )


def _check_tokenizer(tokenizer) -> str:
    if tokenizer == "words":
        return WORDS_RULES
    if not hasattr(tokenizer, "tokenize") or isinstance(tokenizer, type):
        raise MediakitError(
            '`tokenizer` must be "words" or an NLTK tokenizer object, as '
            f"`TreebankWordTokenizer()`, got {tokenizer!r}."
        )
    return type(tokenizer).__name__


def _threads(tokenizer) -> int:
    """Return how many shards are built at once: one by a tokenizer from elsewhere."""
    return min(os.cpu_count() or 1, MOST_THREADS) if tokenizer == "words" else 1


def _check_segmented(shards: list[Shard], names: np.ndarray) -> None:
    """Refuse texts without spaces, looking only at those that hold a long chunk."""
    long = [
        pc.match_substring_regex(shard.chunks.vocabulary, LONG_RUN.pattern)
        for shard in shards
    ]
    for field in FIELDS:
        suspects, before = {}, 0
        for shard, chunks in zip(shards, long, strict=True):
            rows = shard.holding(field, np.flatnonzero(chunks))
            found = shard.texts[field].take(pa.array(rows)).to_pylist()
            suspects |= dict(zip(names[before + rows], found, strict=True))
            before += len(shard)
        check_segmented(suspects)


def _strings(column: pd.Series) -> pa.LargeStringArray:
    array = pa.array(column.fillna(""), pa.large_string())
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _shard_cuts(arrays: list[pa.LargeStringArray]) -> list[tuple[int, int]]:
    size = len(arrays[0])
    used = sum(np.cumsum(pa.compute.binary_length(array)) for array in arrays)
    cuts, first = [], 0
    while first < size:
        before = used[first - 1] if first else 0
        last = int(np.searchsorted(used, before + SHARD_BYTES, side="right"))
        last = min(max(last, first + 1), first + SHARD_ARTICLES, size)
        cuts.append((first, last))
        first = last
    return cuts


def _provenance(articles: pd.DataFrame) -> dict:
    """Return where the articles come from; a column says if they are constructed."""
    marked = articles.get("constructed", pd.Series(dtype=bool))
    constructed = marked.astype("str").str.lower().eq("true").any()
    source = {"source": articles.attrs.get("mediakit", {})}
    return source | ({"constructed": True} if constructed else {})
