"""Arrow IPC files: typed tables and strings that open without being read."""

from pathlib import Path

import pyarrow as pa


def write_table(path: Path, table: pa.Table) -> None:
    """Write a table as an uncompressed Arrow IPC file."""
    with pa.ipc.new_file(str(path), table.schema) as out:
        out.write_table(table)


def read_table(path: Path) -> pa.Table:
    """Open an Arrow IPC file as a memory-mapped table."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def write_strings(path: Path, strings: pa.LargeStringArray) -> None:
    """Write one array of strings."""
    write_table(path, pa.table({"string": strings}))


def read_strings(path: Path) -> pa.LargeStringArray:
    """Open one array of strings."""
    column = read_table(path)["string"]
    return column.chunk(0) if column.num_chunks else pa.array([], pa.large_string())
