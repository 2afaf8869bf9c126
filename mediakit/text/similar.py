"""find_similar: the articles most like one article, and the words that say so."""

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.schema import complete_articles
from mediakit.text.corpus import Corpus
from mediakit.text.part import Part
from mediakit.text.shard import View
from mediakit.text.tokenize import tokenize
from mediakit.text.vocabulary import fold_vocabulary
from mediakit.text.words import WORDS_RULES
from mediakit.workers import Once, each

ABOUT = ("article_id", "outlet", "published")
COLUMNS = (*ABOUT, "title", "similarity", "shared_words")
SHARED = 8


def find_similar(
    corpus: Corpus, article: str, *, limit: int = 10, fold="lower"
) -> pd.DataFrame:
    """Show the articles most like one article, or most like a text of yours.

    What you learn: who else wrote of this, and in which words. With a report in hand,
    it finds how the other outlets told the story.

    Parameters
    ----------
    corpus : Corpus
        Or a view of it, as ``corpus.only("title")``.
    article : str
        An article_id of the corpus, or a text of several words.
    limit : int, default 10
        How many articles at most.
    fold : {"lower", "stem", "lemma"}, None, NLTK stemmer or callable, default "lower"
        Which forms count as one word, as in `count_terms`.

    Returns
    -------
    DataFrame
        Most similar first, the article itself left out: article_id, outlet,
        published, title, similarity (float: 1 the same words as often, 0 no word in
        common) and shared_words (str: the up to eight words that add most to it, with
        commas between). Articles without a common word are left out.

    Raises
    ------
    MediakitError
        If there is no such article, it holds no word that the corpus has, or `limit`
        is no number above 0.

    Notes
    -----
    The cosine of word weights (1 + ln uses) ln((articles + 1) / articles with the
    word) (Salton and Buckley 1988, smoothed): words that every article has count for
    nearly nothing. Words of a text that the corpus lacks are left out of account.
    Similarity is of words, not of opinion: two reports of one event that contradict
    each other are alike. When not to use it: to find copies, which
    `label_duplicates` does by word order; or across languages.

    Examples
    --------
    >>> import mediakit as mk
    >>> strait = mk.load_sample("strait")
    >>> found = mk.find_similar(strait, "A ferry ran aground in the strait", limit=3)
    >>> len(found), found["similarity"].is_monotonic_decreasing
    (3, True)
    """
    if type(limit) is not int or limit < 1:
        raise MediakitError(f"`limit` must be a number from 1, got {limit!r}.")
    items, index = fold_vocabulary(
        corpus.vocabulary.to_pylist(), fold, language=corpus.language
    )
    number, counts = _query(corpus, article, items, index, fold)
    held = sum(_map(corpus, _articles_with, index, len(items)))
    rarity = np.log((len(corpus) + 1) / np.maximum(held, 1))
    query = _weights(counts, rarity)
    query = np.asarray(query.todense()).ravel() / sparse.linalg.norm(query)
    most = limit + (number is not None)
    found = [*_map(corpus, _closest, index, len(items), rarity, query, most)]
    firsts = np.cumsum([0, *(len(part) for part in corpus.parts)])
    rows = [
        (similarity, first + row, title, ", ".join(items[word] for word in words))
        for first, of_part in zip(firsts, found, strict=False)
        for similarity, row, title, words in of_part
        if first + row != number
    ]
    rows = sorted(rows, key=lambda row: (-row[0], row[1]))[:limit]
    table = corpus.metadata.iloc[[row[1] for row in rows]][list(ABOUT)]
    table = table.reset_index(drop=True)
    table["title"] = pd.Series([row[2] for row in rows], dtype="str")
    table["similarity"] = np.array([row[0] for row in rows], float)
    table["shared_words"] = pd.Series([row[3] for row in rows], dtype="str")
    return table


def _map(corpus: Corpus, function, *args):
    parts = ((Once(part),) for part in corpus.parts)
    return each(function, parts, corpus.view, *args)


def _query(corpus: Corpus, article, items, index, fold):
    """Return the article's row, None for a text, and its counts: 1 x items."""
    if not isinstance(article, str) or not article.strip():
        raise MediakitError(
            f"`article` must be an article_id or a text, got {article!r}."
        )
    rows = np.flatnonzero(corpus.metadata["article_id"] == article)
    if len(rows):
        number, row = int(rows[0]), int(rows[0])
        for part in corpus.parts:
            if row < len(part):
                one = Part(part.shard, part.to_global, _row(part, row))
                counts = one.folded(corpus.view, index, len(items))
                break
            row -= len(part)
    elif len(article.split()) > 1:
        number, counts = None, _text_counts(corpus, article, items, fold)
    else:
        raise MediakitError(
            f"no article has the id {article!r}; give an article_id, as "
            f"{corpus.metadata['article_id'].head(2).tolist()}, or a text of several "
            "words."
        )
    if not counts.nnz:
        raise MediakitError(
            f"{article[:60]!r} holds no word of the corpus in its view "
            f"{str(corpus.view)!r}; nothing is similar to nothing."
        )
    return number, counts


def _row(part: Part, row: int) -> np.ndarray:
    return np.array([row if part.rows is None else part.rows[row]])


def _text_counts(corpus: Corpus, text: str, items: list[str], fold):
    """Count the words of a text as the corpus' items."""
    if corpus.tokenizer != WORDS_RULES and not corpus.counts_only:
        raise MediakitError(
            f"the corpus was made by the tokenizer {corpus.tokenizer!r}, which cannot "
            "be had again for a text; give an article_id."
        )
    frame = pd.DataFrame({"article_id": ["text"], "text": [text]})
    own = tokenize(complete_articles(frame), language=corpus.language)
    words, index = fold_vocabulary(
        own.vocabulary.to_pylist(), fold, language=corpus.language
    )
    place = {item: number for number, item in enumerate(items)}
    known = np.array([place.get(word, -1) for word in words] + [-1], np.int32)
    return own.parts[0].folded(own.view, known[index], len(items))


def _articles_with(parts: tuple[Part], view: View, index: np.ndarray, size: int):
    (part,) = parts
    return np.bincount(part.folded(view, index, size).indices, minlength=size)


def _weights(counts: sparse.csr_array, rarity: np.ndarray) -> sparse.csr_array:
    """Return (1 + ln uses) times rarity for every count."""
    known = 1 + np.log(np.arange(1, int(counts.data.max(initial=1)) + 1))
    data = known[counts.data - 1] * rarity[counts.indices]
    return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


def _closest(
    parts: tuple[Part], view: View, index, size: int, rarity, query, limit: int
) -> list[tuple]:
    """Return similarity, row, title and shared words of the rows closest."""
    (part,) = parts
    weights = _weights(part.folded(view, index, size), rarity)
    lengths = np.sqrt(weights.power(2).sum(axis=1))
    products = weights @ query
    similar = np.divide(products, lengths, out=np.zeros(len(part)), where=lengths > 0)
    rows = np.lexsort((np.arange(len(part)), -similar))[:limit]
    found = []
    for row in rows[similar[rows] > 0].tolist():
        some = slice(weights.indptr[row], weights.indptr[row + 1])
        words = weights.indices[some]
        shares = weights.data[some] * query[words]
        order = np.lexsort((words, -shares))[:SHARED]
        shared = words[order[shares[order] > 0]].tolist()
        found.append((float(similar[row]), row, _title(part, row), shared))
    return found


def _title(part: Part, row: int):
    texts = getattr(part.shard, "texts", None)
    return None if texts is None else texts["title"][int(_row(part, row)[0])].as_py()
