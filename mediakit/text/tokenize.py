"""tokenize: ARTICLES -> Corpus."""

import os
from contextlib import nullcontext
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit import workers
from mediakit.errors import MediakitError
from mediakit.progress import progress
from mediakit.schema import check_articles, is_constructed
from mediakit.text.build import build_shard
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part, merge_vocabularies
from mediakit.text.shard import FIELDS, Shard
from mediakit.text.words import LONG_RUN, WORDS_RULES, check_segmented

if TYPE_CHECKING:
    from nltk.tokenize.api import TokenizerI

SHARD_ARTICLES = 50_000
SHARD_BYTES = 1 << 30


def tokenize(
    source: pd.DataFrame | str | os.PathLike,
    *,
    tokenizer: "str | TokenizerI" = "words",
    language: str = "en",
    folder: str | os.PathLike | None = None,
) -> Corpus:
    """Find the words and sentences of every article's title and text.

    What you learn comes later; here the unit of all later counts is fixed. The
    default tokenizer counts words and numbers, keeps "don't", "state-run" and
    "U.S." as one word each, and counts no punctuation.

    Parameters
    ----------
    source : DataFrame or path
        ARTICLES, from `read_articles`. Or a file or folder that may be larger than
        memory: Parquet (where names of folders such as "outlet=BBC" are columns too),
        or anything else that `read_articles` reads, each file by itself. Or such an
        address as "s3://bucket/folder", of Parquet files.
    tokenizer : "words" or an NLTK tokenizer, default "words"
        Any object with NLTK's ``TokenizerI`` interface; it is applied sentence by
        sentence, and its tokens must stand in the text as they are.
    language : str, default "en"
        ISO 639-1 code, for stems, lemmas and stop words later.
    folder : path, optional
        Where the corpus is saved, shard after shard; needed for a path. Cut short, the
        work goes on where it stopped when it is asked for again.

    Returns
    -------
    Corpus
        In the view "text"; ``corpus.only("title")`` looks at the titles. With
        `folder`, as `open_corpus` opens it.

    Raises
    ------
    MediakitError
        If the table is not ARTICLES, or if a script without spaces between words
        (Chinese, Japanese, Thai) meets the default tokenizer; if `folder` is missing,
        is something else's, or cannot be written.

    Warns
    -----
    MediakitWarning
        As `read_articles`, and if unfinished work is made afresh as its files changed.

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
    name = _check_tokenizer(tokenizer)
    if isinstance(source, (str, os.PathLike)):
        return _from_files(source, folder, tokenizer, name, language)
    corpus = _from_table(check_articles(source), tokenizer, name, language)
    return corpus if folder is None else _saved(corpus, folder)


def _from_files(path, folder, tokenizer, name: str, language: str) -> Corpus:
    from mediakit.text.store import open_corpus
    from mediakit.text.stream import tokenize_files

    if folder is None:
        raise MediakitError(
            f"`folder` must say where the corpus of {str(path)!r} is saved, as in "
            "folder='my_corpus'; what fits into memory needs none: "
            "`mk.tokenize(mk.read_articles(path))`."
        )
    about = {"tokenizer": name, "language": language}
    with workers.use(1) if tokenizer != "words" else nullcontext():
        tokenize_files(path, folder, tokenizer, about)
    return open_corpus(folder)


def _saved(corpus: Corpus, folder) -> Corpus:
    from mediakit.text.store import open_corpus

    corpus.save(folder)
    return open_corpus(folder)


def _from_table(articles: pd.DataFrame, tokenizer, name: str, language: str) -> Corpus:
    arrays = [strings(articles[column]) for column in FIELDS]
    cuts = shard_cuts(sum(np.cumsum(pc.binary_length(array)) for array in arrays))
    pieces = ([a.slice(first, last - first) for a in arrays] for first, last in cuts)
    with workers.use(1) if tokenizer != "words" else nullcontext():
        built = workers.each(_build, pieces, tokenizer)
        shards = list(progress(built, what="tokenizing", total=len(cuts)))
    if tokenizer == "words":
        check_spaces(shards, articles["article_id"].to_numpy())
    vocabulary, maps = merge_vocabularies([shard.vocabulary for shard in shards])
    return Corpus(
        metadata=articles.drop(columns=[*FIELDS]).reset_index(drop=True),
        parts=tuple(Part(*pair) for pair in zip(shards, maps, strict=True)),
        vocabulary=vocabulary,
        tokenizer=name,
        language=language,
        provenance=provenance_of(articles),
    )


def _build(arrays: list[pa.LargeStringArray], tokenizer) -> Shard:
    return build_shard(*arrays, tokenizer)


def _check_tokenizer(tokenizer) -> str:
    if tokenizer == "words":
        return WORDS_RULES
    if not hasattr(tokenizer, "tokenize") or isinstance(tokenizer, type):
        raise MediakitError(
            '`tokenizer` must be "words" or an NLTK tokenizer object, as '
            f"`TreebankWordTokenizer()`, got {tokenizer!r}."
        )
    return type(tokenizer).__name__


def check_spaces(shards: list[Shard], names: np.ndarray) -> None:
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


def strings(column: pd.Series) -> pa.LargeStringArray:
    """Return a column as one array, missing cells as empty strings."""
    array = pa.chunked_array(pa.array(column, pa.large_string())).combine_chunks()
    size = pc.sum(pc.binary_length(array)).as_py() or 0
    _, offsets, data = array.buffers()
    used = np.frombuffer(offsets, np.int64)[array.offset :][: len(array) + 1]
    if len(used) and used[-1] - used[0] != size:  # bytes under missing cells
        return array.fill_null("")
    return pa.LargeStringArray.from_buffers(
        len(array), offsets, data, null_count=0, offset=array.offset
    )


def shard_cuts(used: np.ndarray) -> list[tuple[int, int]]:
    """Return the rows of each shard; `used` has the bytes up to the end of each row."""
    size = len(used)
    cuts, first = [], 0
    while first < size:
        before = used[first - 1] if first else 0
        last = int(np.searchsorted(used, before + SHARD_BYTES, side="right"))
        last = min(max(last, first + 1), first + SHARD_ARTICLES, size)
        cuts.append((first, last))
        first = last
    return cuts


def provenance_of(articles: pd.DataFrame) -> dict:
    """Return where the articles come from; a column says if they are constructed."""
    source = {"source": articles.attrs.get("mediakit", {})}
    return source | ({"constructed": True} if is_constructed(articles) else {})
