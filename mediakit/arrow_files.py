"""Arrow IPC files: typed tables and strings that open without being read."""

import os
from pathlib import Path

import numpy as np
import pyarrow as pa

from mediakit.errors import MediakitError


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table as an uncompressed Arrow IPC file."""
    with pa.OSFile(os.fsencode(path), "wb") as file:
        with pa.ipc.new_file(file, table.schema) as out:
            out.write_table(table)


def read_table(path: Path) -> pa.Table:
    """Open an Arrow IPC file as a memory-mapped table; no string leaves its bounds."""
    try:
        table = pa.ipc.open_file(pa.memory_map(os.fsencode(path))).read_all()
        table.validate(full=True)
    except pa.ArrowException as error:
        raise _unlike(path) from error
    return table


def write_strings(path: Path, strings: pa.LargeStringArray) -> None:
    """Write one array of strings."""
    write_table(path, pa.table({"string": strings}))


def read_strings(path: Path) -> pa.LargeStringArray:
    """Open one array of strings."""
    try:
        table = pa.ipc.open_file(pa.memory_map(os.fsencode(path))).read_all()
        (column,) = table.columns
    except (pa.ArrowException, ValueError) as error:
        raise _unlike(path) from error
    strings = column.chunk(0) if column.num_chunks else pa.array([], pa.large_string())
    if strings.type != pa.large_string() or column.num_chunks > 1 or not _fits(strings):
        raise _unlike(path)
    return strings


def _unlike(path: Path) -> MediakitError:
    return MediakitError(
        f"{str(path)!r} does not hold what it should; fetch an untouched copy."
    )


def _fits(strings: pa.LargeStringArray) -> bool:
    """Say whether every string lies inside the letters, so that none is read beyond."""
    _, offsets, letters = strings.buffers()
    edges = np.frombuffer(offsets or bytes(8), np.int64)
    edges = edges[strings.offset : strings.offset + len(strings) + 1]
    size = letters.size if letters else 0
    whole = len(edges) == len(strings) + 1 and strings.null_count == 0
    return whole and edges[0] >= 0 and edges[-1] <= size and (np.diff(edges) >= 0).all()
