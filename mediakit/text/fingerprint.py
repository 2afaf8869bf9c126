"""Fingerprints: two corpora of the same articles have the same one."""

import hashlib

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

HEX = 64


def fingerprint_of(names: pd.Series, hashes: list[np.ndarray]) -> str:
    """Return the sha256 of the sorted lines "article_id sha256" of all articles.

    `hashes` are digests of 32 bytes (uint8) a row, in the order of the `names`.
    """
    digests = b"".join(one.tobytes() for one in hashes).hex().encode()
    rows = np.frombuffer(digests, np.uint8).reshape(-1, HEX)
    rows = np.pad(rows, [(0, 0), (0, 1)], constant_values=ord("\n"))
    ends = np.arange(len(rows) + 1) * (HEX + 1)
    strings = pa.LargeStringArray.from_buffers(
        len(rows), pa.py_buffer(ends), pa.py_buffer(rows.tobytes())
    )
    names = pa.chunked_array(pa.array(names, pa.large_string())).combine_chunks()
    space = pa.scalar(" ", pa.large_string())
    lines = pc.binary_join_element_wise(names, strings, space)
    lines = lines.take(pc.sort_indices(lines)).to_pylist()
    return hashlib.sha256("".join(lines).encode()).hexdigest()
