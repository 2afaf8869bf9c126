import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from mediakit.text import chunks as module
from mediakit.text.chunks import chunk_starts, chunk_texts

ALPHABET = 'ab \t\n\r\x0b\x1c\x85\xa0\u1680\u2003\u2028\u3000é中’😀."'
TEXTS = st.lists(st.text(ALPHABET, max_size=12), max_size=6)


def chunks_of(texts):
    found, lines = chunk_texts(pa.array(texts, pa.large_string()))
    strings = found.vocabulary.to_pylist()
    rows = [slice(*found.offsets[i : i + 2]) for i in range(len(texts))]
    return lines, [[strings[number] for number in found.ids[row]] for row in rows], rows


@given(TEXTS)
def test_chunks_are_what_python_splits(texts):
    assert chunks_of(texts)[1] == [text.split() for text in texts]


@given(TEXTS)
def test_starts_point_at_the_bytes_of_the_chunk(texts):
    _, chunks, rows = chunks_of(texts)
    starts = chunk_starts(pa.array(texts, pa.large_string()))
    for text, words, row in zip(texts, chunks, rows, strict=True):
        data = text.encode()
        for word, start in zip(words, starts[row], strict=True):
            assert data[start : start + len(word.encode())].decode() == word


@given(TEXTS)
def test_line_ends_before_a_chunk_are_counted_up_to_two(texts):
    found, chunks, rows = chunks_of(texts)
    for text, words, row in zip(texts, chunks, rows, strict=True):
        position = 0
        for word, lines in zip(words, found[row], strict=True):
            start = text.index(word, position)
            gap = text[position:start].replace("\r\n", "\n")
            ends = sum(gap.count(mark) for mark in "\n\r\x0b\x0c\x85\u2028\u2029")
            assert lines == min(ends, 2)
            position = start + len(word)


def test_blocks_change_nothing(monkeypatch):
    texts = ["one two", "", "two three\n\none", "x" * 40, "two"]
    whole = chunks_of(texts)[1]
    monkeypatch.setattr(module, "BLOCK_BYTES", 8)
    assert chunks_of(texts)[1] == whole


def test_a_slice_of_a_longer_array_is_read_from_its_own_start():
    array = pa.array(["a b", "c d", "e"], pa.large_string()).slice(1, 2)
    found, _ = chunk_texts(array)
    assert found.vocabulary.to_pylist() == ["c", "d", "e"]
    assert found.offsets.tolist() == [0, 2, 3]
