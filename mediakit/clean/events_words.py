"""What an article is about, as weights of its words, to see who else writes of it.

The first words of a report say what happened; what follows is the background that it
shares with last month's. So only they are read, and the title twice.
"""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from mediakit.text.chunks import chunk_texts
from mediakit.text.pieces import compile_chunks, expand, repeat_per_piece
from mediakit.text.words import word_spans

LEAD_WORDS = 150
LEAD_LETTERS = 2_000
TITLE = 2
NAME, NAME_SHARE = 1.3, 0.8


def word_vectors(articles: pd.DataFrame) -> tuple[sparse.csr_array, np.ndarray]:
    """Return the words of each article by weight, of length 1, and which have any.

    A weight is (1 + ln uses) ln((articles + 1) / articles with the word), 1.3 times
    that for a name: a word whose uses in texts are capitals in four of five. Words of
    one article only are left out once the lengths are made equal.
    """
    size = len(articles)
    texts = [_letters(articles["text"]), _letters(articles["title"])]
    rows, words, vocabulary = _words(pa.concat_arrays(texts))
    surface = vocabulary.to_numpy(zero_copy_only=False)
    folded = pc.utf8_lower(vocabulary).dictionary_encode()
    item, known = folded.indices.to_numpy(), len(folded.dictionary)
    order = pc.sort_indices(folded.dictionary).to_numpy()
    rank = np.empty(known, np.int32)
    rank[order] = np.arange(known, dtype=np.int32)
    item = rank[item] if known else item
    in_text = rows < size
    capital = np.array([word[:1].isupper() for word in surface], bool)
    uses = np.bincount(item[words[in_text]], minlength=known)
    capitals = np.bincount(item[words[in_text]], capital[words[in_text]], known)
    names = capitals >= NAME_SHARE * np.maximum(uses, 1)
    weight = np.where(in_text, 1.0, TITLE)
    cells = weight, (rows % max(size, 1), item[words])
    counts = sparse.csr_array(sparse.coo_array(cells, shape=(size, known)))
    has_words = np.diff(counts.indptr) > 0
    return _weighed(counts, np.where(names, NAME, 1.0)), has_words


def _letters(column: pd.Series) -> pa.LargeStringArray:
    values = pa.array(column.fillna(""), pa.large_string())
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    return pc.utf8_slice_codeunits(values, 0, LEAD_LETTERS)


def _words(texts: pa.LargeStringArray):
    """Return row and surface form of the first words of each text, and the forms."""
    chunks, _ = chunk_texts(texts)
    counts = np.diff(chunks.offsets)
    rows = np.repeat(np.arange(len(texts), dtype=np.int32), counts)
    place = np.arange(len(rows)) - np.repeat(chunks.offsets[:-1], counts)
    ids, rows = chunks.ids[place < LEAD_WORDS], rows[place < LEAD_WORDS]
    pieces, vocabulary = compile_chunks(chunks.vocabulary, word_spans, plain=True)
    words = expand(ids, pieces, pieces.ids)[0]
    return repeat_per_piece(ids, pieces, rows), words, vocabulary


def _weighed(counts: sparse.csr_array, factor: np.ndarray) -> sparse.csr_array:
    size, known = counts.shape
    held = np.bincount(counts.indices, minlength=known)
    rarity = np.log((size + 1) / np.maximum(held, 1)) * factor
    data = (1 + np.log(counts.data)) * rarity[counts.indices]
    weights = sparse.csr_array((data, counts.indices, counts.indptr), counts.shape)
    return sparse.csr_array(unit_rows(weights)[:, held > 1])


def unit_rows(weights: sparse.csr_array) -> sparse.csr_array:
    """Return the rows divided by their lengths; empty ones stay so."""
    lengths = np.sqrt(weights.multiply(weights).sum(axis=1))
    scale = np.divide(1, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    data = weights.data * np.repeat(scale, np.diff(weights.indptr))
    cells = data, weights.indices, weights.indptr
    return sparse.csr_array(cells, shape=weights.shape)
