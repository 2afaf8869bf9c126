"""Build a shard: chunk once, apply the tokenizer's rule, find sentences."""

from functools import partial

import numpy as np
import pyarrow as pa

from mediakit.text.chunks import Chunks, chunk_texts
from mediakit.text.nltk_spans import is_chunk_local, spans_from_nltk
from mediakit.text.pieces import (
    compile_chunks,
    expand,
    repeat_per_piece,
    sort_types,
)
from mediakit.text.sentences import BREAKS, sentence_codes
from mediakit.text.shard import PARAGRAPH, SENTENCE, Shard
from mediakit.text.words import word_spans

WRAPPED_LINES = 5


def build_shard(titles: pa.LargeStringArray, texts: pa.LargeStringArray, tokenizer):
    """Return the Shard of these articles; `tokenizer` is "words" or NLTK's."""
    chunks = chunk_texts(pa.concat_arrays([titles, texts]))
    strings = chunks.vocabulary.to_pylist()
    sentence, paragraph = chunk_breaks(chunks, strings)
    fields = {"title": titles, "text": texts}
    words = tokenizer == "words"
    rule = word_spans if words else partial(spans_from_nltk, tokenizer)
    if is_chunk_local(tokenizer):
        return _by_chunk(fields, chunks, strings, sentence, paragraph, rule)
    return _by_sentence(fields, chunks, sentence, paragraph, rule)


def chunk_breaks(chunks: Chunks, strings: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Say for each chunk whether a sentence, and a paragraph, begins with it.

    A blank line ends a paragraph. A single line end does too, unless the document
    is wrapped at a line width: at least 5 line ends, most of them inside sentences.
    """
    ends, starts = sentence_codes(strings)
    first = np.zeros(len(chunks.ids), bool)
    first[chunks.offsets[:-1][np.diff(chunks.offsets) > 0]] = True
    sentence = np.zeros(len(chunks.ids), bool)
    sentence[1:] = BREAKS[ends[chunks.ids[:-1]], starts[chunks.ids[1:]]]
    single = (chunks.lines == 1) & ~first
    documents = np.repeat(np.arange(len(chunks.offsets) - 1), np.diff(chunks.offsets))
    size = len(chunks.offsets) - 1
    lines = np.bincount(documents[single], minlength=size)
    inside = np.bincount(documents[single & ~sentence], minlength=size)
    wrapped = (lines >= WRAPPED_LINES) & (2 * inside > lines)
    paragraph = first | (chunks.lines >= 2) | (single & ~wrapped[documents])
    return sentence | paragraph, paragraph


def _by_chunk(fields, chunks, strings, sentence, paragraph, rule) -> Shard:
    pieces, vocabulary = compile_chunks(strings, rule)
    (ids,) = expand(chunks.ids, pieces, pieces.ids)
    ends = np.concatenate([[0], np.cumsum(np.diff(pieces.offsets)[chunks.ids])])
    return Shard(
        texts=fields,
        chunks=chunks,
        vocabulary=pa.array(vocabulary, pa.large_string()),
        ids=ids,
        offsets=ends[chunks.offsets],
        flags=_flags(
            repeat_per_piece(chunks.ids, pieces, np.cumsum(sentence)),
            repeat_per_piece(chunks.ids, pieces, np.cumsum(paragraph)),
        ),
        pieces=pieces,
    )


def _flags(sentences: np.ndarray, paragraphs: np.ndarray) -> np.ndarray:
    """Flag the tokens whose sentence or paragraph is not that of the one before."""
    flags = np.zeros(len(sentences), np.uint8)
    flags[np.diff(sentences, prepend=-1) != 0] |= SENTENCE
    flags[np.diff(paragraphs, prepend=-1) != 0] |= PARAGRAPH
    return flags


def _by_sentence(fields, chunks, sentence, paragraph, rule) -> Shard:
    """Tokenize sentence by sentence, for rules that look beyond a chunk."""
    types: dict[str, int] = {}
    ids, begins, sizes, flags = [], [], [], []
    documents = pa.concat_arrays(list(fields.values()))
    for index, text in enumerate(documents.to_pylist()):
        rows = slice(chunks.offsets[index], chunks.offsets[index + 1])
        bounds = chunks.starts[rows][sentence[rows]].tolist()
        opens = paragraph[rows][sentence[rows]].tolist()
        if not bounds:
            sizes.append(0)
            continue
        data = text.encode()
        before = len(ids)
        for begin, end, new in zip(
            bounds, [*bounds[1:], len(data)], opens, strict=True
        ):
            part = data[begin:end].decode()
            for number, (start, stop) in enumerate(rule(part)):
                ids.append(types.setdefault(part[start:stop], len(types)))
                begins.append(begin + len(part[:start].encode()))
                flags.append(0 if number else SENTENCE | (PARAGRAPH if new else 0))
        sizes.append(len(ids) - before)
    vocabulary, order = sort_types(types)
    return Shard(
        texts=fields,
        chunks=chunks,
        vocabulary=pa.array(vocabulary, pa.large_string()),
        ids=order[np.array(ids, np.int64)],
        offsets=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        flags=np.array(flags, np.uint8),
        begins=np.array(begins, np.int32),
    )
