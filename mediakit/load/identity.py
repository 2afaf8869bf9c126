"""Who is who: ids from content, repeats told apart, and a checksum of a table.

The same article keeps its id whatever file it came in, so white space is left out of
the content: CSV and JSON, CRLF and LF agree.
"""

from hashlib import sha256

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mediakit.progress import progress
from mediakit.schema import UTC

BATCH = 10_000
WHITE_SPACE = b" \t\n\r\v\f"
CONTENT = ("outlet", "published", "title", "text")


def content_digests(articles: pd.DataFrame) -> np.ndarray:
    """Return one uint64 per row: SHA-256 over outlet, date, title and text."""
    digests = np.empty(len(articles), dtype=">u8")
    for start in progress(range(0, len(articles), BATCH), what="hashing"):
        part = articles.iloc[start : start + BATCH]
        fields = zip(*(_as_bytes(part[name]) for name in CONTENT), strict=True)
        joined = [
            sha256(b"\x1f".join(row).translate(None, WHITE_SPACE)).digest()[:8]
            for row in fields
        ]
        digests[start : start + len(joined)] = np.frombuffer(b"".join(joined), ">u8")
    return digests.astype(np.uint64)


def _as_bytes(values: pd.Series) -> list[bytes]:
    if values.name == "published":
        values = values.astype("int64").where(values.notna(), 0).astype("str")
    strings = pa.array(values.astype("str"), type=pa.large_string())
    return pc.fill_null(strings, "").cast(pa.large_binary()).to_pylist()


def give_ids(given: pd.Series, digests: np.ndarray) -> pd.Series:
    """Return unique ids: those given, or 16 hex digits of the content.

    A second row of the same id gets "-2", a third "-3".
    """
    ids = given.copy()
    missing = ids.isna().to_numpy()
    if missing.any():
        ids[missing] = [f"{digest:016x}" for digest in digests[missing]]
    again = ids.duplicated().to_numpy()
    if again.any():
        ids[again] = _numbered(ids[again], set(ids))
    return ids


def _numbered(repeats: pd.Series, taken: set[str]) -> list[str]:
    numbered, last = [], {}
    for name in repeats:
        number = last.get(name, 1) + 1
        while f"{name}-{number}" in taken:
            number += 1
        last[name] = number
        numbered.append(f"{name}-{number}")
        taken.add(numbered[-1])
    return numbered


def checksum(
    articles: pd.DataFrame,
    digests: np.ndarray | None = None,
    lengths: np.ndarray | None = None,
) -> dict:
    """Return the number of rows and a sum over ids, contents and text lengths.

    The order of the rows does not matter; the sum wraps at 2**64. Digests and
    lengths (`text_lengths`) that are known need not be found again.
    """
    whole = {"article_id", *CONTENT} <= set(articles.columns)
    if not whole or articles["published"].dtype != UTC:
        return {"rows": len(articles), "sum": ""}
    if digests is None:
        digests = content_digests(articles)
    ids = pd.util.hash_array(articles["article_id"].to_numpy(dtype=object))
    if lengths is None:
        lengths = text_lengths(articles)
    mixed = (ids ^ digests) * (2 * lengths + 1)
    return {"rows": len(articles), "sum": f"{int(mixed.sum(dtype=np.uint64)):016x}"}


def text_lengths(articles: pd.DataFrame) -> np.ndarray:
    """Return the bytes of title and text of each row (uint64)."""
    return sum(_lengths(articles[name]) for name in ("title", "text"))


def _lengths(values: pd.Series) -> np.ndarray:
    lengths = pc.binary_length(pa.array(values.astype("str"), type=pa.large_string()))
    return pc.fill_null(lengths, 0).to_numpy().astype(np.uint64)
