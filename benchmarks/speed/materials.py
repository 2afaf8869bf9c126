"""What every engine is given: the same texts, sides, months and dictionary."""

import re
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq

PATTERN = r"\w+(?:['’-]\w+)*"
NODE, WINDOW, LINES = "government", 5, 20
SIDES = {"by": "group", "a": "state", "b": "western"}
CONCEPTS, WORDS, WILDCARDS, PHRASES = 50, 3_500, 1_000, 500
READ_FOR_DICTIONARY = 1_000


def texts_of(folder: Path, part: int = 1) -> list[str]:
    """Return the texts, or every part-th of them."""
    return pq.read_table(folder, columns=["text"])["text"].to_pylist()[::part]


def frame_of(folder: Path, part: int = 1):
    """Return the articles, or every part-th of them, as a pandas table."""
    return pq.read_table(folder).to_pandas()[::part]


def first_of(folder: Path, number: int):
    """Return the first articles as a pandas table, without reading the others."""
    file = pq.ParquetFile(sorted(folder.glob("*.parquet"))[0])
    return next(file.iter_batches(number)).to_pandas()


def rows_in(folder: Path) -> int:
    """Return the number of articles."""
    return sum(pq.read_metadata(file).num_rows for file in folder.glob("*.parquet"))


def dictionary_of(folder: Path) -> dict[str, list[str]]:
    """Make 50 concepts of 5,000 words, wildcards and phrases of the first articles."""
    texts = first_of(folder, READ_FOR_DICTIONARY)["text"]
    found = [re.findall(r"[a-z]{3,}", text.lower()) for text in texts]
    counts = Counter(word for words in found for word in words)
    ranked = sorted(counts, key=lambda word: (-counts[word], word))[100:]
    pairs = dict.fromkeys(
        f"{a} {b}" for words in found for a, b in zip(words, words[1:], strict=False)
    )
    stems = dict.fromkeys(word[:5] + "*" for word in ranked if len(word) > 6)
    patterns = [*ranked[:WORDS], *[*stems][:WILDCARDS], *[*pairs][:PHRASES]]
    return {f"concept {n:02d}": patterns[n::CONCEPTS] for n in range(CONCEPTS)}
