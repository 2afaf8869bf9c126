"""find_similar: the articles most like one article, and the words that say so."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd
from scipy import sparse

from mediakit.errors import MediakitError
from mediakit.measure.blocks import Block, Blocks, corpus_blocks, map_blocks
from mediakit.measure.terms import articles_with, count_words
from mediakit.schema import complete_articles
from mediakit.text.corpus import Corpus
from mediakit.text.folding import folded_vocabulary
from mediakit.text.passages import say_if_constructed
from mediakit.text.tokenize import tokenize
from mediakit.text.words import WORDS_RULES

ABOUT = ("article_id", "outlet", "published")
COLUMNS = (*ABOUT, "title", "similarity", "shared_words")
SHARED = 8


@dataclass(frozen=True, eq=False)
class Weighed:
    """The counts of a corpus, how rare each item is, and each article's length."""

    items: list[str]
    blocks: Blocks
    rarity: np.ndarray
    lengths: np.ndarray


_weighed: WeakKeyDictionary = WeakKeyDictionary()


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
    weighed = _weigh(corpus, fold)
    number, counts = _query(corpus, article, weighed.items, fold, weighed.blocks)
    query = _weights(counts, weighed.rarity).toarray().ravel()
    query /= np.linalg.norm(query)
    most = limit + (number is not None)
    found = map_blocks(
        weighed.blocks, _closest, weighed.lengths, weighed.rarity, query, most
    )
    rows = [row for some in found for row in some if row[1] != number]
    rows = sorted(rows, key=lambda row: (-row[0], row[1]))[:limit]
    table = corpus.metadata.iloc[[row for _, row, _ in rows]][list(ABOUT)]
    table = table.reset_index(drop=True)
    table["title"] = _titles(corpus, [row for _, row, _ in rows])
    table["similarity"] = np.array([similarity for similarity, _, _ in rows], float)
    shared = [", ".join(weighed.items[word] for word in words) for _, _, words in rows]
    table["shared_words"] = pd.Series(shared, dtype="str")
    return say_if_constructed(table, corpus, "find_similar")


def _weigh(corpus: Corpus, fold) -> Weighed:
    """Count and weigh the words of a corpus; kept, as the next question may come."""
    known = _weighed.setdefault(corpus, {})
    if isinstance(fold, str | None) and fold in known:
        return known[fold]
    folded = folded_vocabulary(corpus, fold)
    items = folded.items
    blocks = corpus_blocks(corpus, count_words, folded.index, len(items))
    found = map_blocks(blocks, articles_with, None, len(items))
    held = sum(found, np.zeros(len(items), np.int64))
    rarity = np.log((len(corpus) + 1) / np.maximum(held, 1))
    lengths = [np.empty(0), *map_blocks(blocks, _lengths, None, rarity)]
    weighed = Weighed(items, blocks, rarity, np.concatenate(lengths))
    if isinstance(fold, str | None):
        known[fold] = weighed
    return weighed


def _query(corpus: Corpus, article, items: list[str], fold, blocks: Blocks):
    """Return the article's row, None for a text, and its counts: 1 x items."""
    if not isinstance(article, str) or not article.strip():
        raise MediakitError(
            f"`article` must be an article_id or a text, got {article!r}."
        )
    rows = np.flatnonzero(corpus.metadata["article_id"] == article)
    if len(rows):
        number = int(rows[0])
        block = blocks[int(np.searchsorted(blocks.starts, number, side="right")) - 1]
        counts = block.values[[number - block.rows.start]]
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


def _text_counts(corpus: Corpus, text: str, items: list[str], fold):
    """Count the words of a text as the corpus' items."""
    if corpus.tokenizer != WORDS_RULES and not corpus.counts_only:
        raise MediakitError(
            f"the corpus was made by the tokenizer {corpus.tokenizer!r}, which cannot "
            "be had again for a text; give an article_id."
        )
    frame = pd.DataFrame({"article_id": ["text"], "text": [text]})
    own = tokenize(complete_articles(frame), language=corpus.language)
    folded = folded_vocabulary(own, fold)
    place = {item: number for number, item in enumerate(items)}
    known = np.array([place.get(word, -1) for word in folded.items] + [-1], np.int32)
    return own.parts[0].folded(own.view, known[folded.index], len(items))


def _weights(counts: sparse.csr_array, rarity: np.ndarray) -> sparse.csr_array:
    """Return (1 + ln uses) times rarity for every count."""
    known = 1 + np.log(np.arange(1, int(counts.data.max(initial=1)) + 1))
    data = known[counts.data - 1] * rarity[counts.indices]
    return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


def _lengths(block: Block, _, rarity: np.ndarray) -> np.ndarray:
    weights = _weights(block.values, rarity)
    weights.data **= 2
    return np.sqrt(weights.sum(axis=1))


def _closest(block: Block, lengths, rarity, query, limit: int) -> list[tuple]:
    """Return similarity, row and shared words of the block's closest articles."""
    shares = _weights(block.values, rarity * query)
    products = shares.sum(axis=1)
    similar = np.divide(
        products, lengths, out=np.zeros_like(lengths), where=lengths > 0
    )
    found = []
    for row in np.lexsort((np.arange(len(lengths)), -similar))[:limit].tolist():
        some = slice(shares.indptr[row], shares.indptr[row + 1])
        words, parts = shares.indices[some], shares.data[some]
        order = np.lexsort((words, -parts))[:SHARED]
        shared = words[order[parts[order] > 0]].tolist()
        if shared:
            found.append((float(similar[row]), block.rows.start + row, shared))
    return found


def _titles(corpus: Corpus, rows: list[int]) -> pd.Series:
    """Return the titles of a few articles; none where a corpus holds counts only."""
    titles = []
    for row in rows if not corpus.counts_only else []:
        for part in corpus.parts:
            if row < len(part):
                place = row if part.rows is None else part.rows[row]
                titles.append(part.shard.texts["title"][int(place)].as_py())
                break
            row -= len(part)
    return pd.Series(titles or [None] * len(rows), dtype="str")
