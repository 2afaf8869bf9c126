"""Parquet -> a table, in the types it was stored in."""

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from mediakit.errors import MediakitError
from mediakit.load.json_records import refuse_names
from mediakit.load.sources import Format, Options, Source

MAGIC = b"PAR1"


def recognise(source: Source) -> bool:
    """Tell Parquet by its first bytes."""
    return bytes(source.data[:4]) == MAGIC


def read(source: Source, options: Options, ledger) -> pd.DataFrame:
    """Read one Parquet file; the rows its footer promises are the rows expected."""
    refuse_names(options, source.name)
    try:
        file = pq.ParquetFile(pa.BufferReader(pa.py_buffer(source.data)))
        table = file.read()
        frame = table.to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise MediakitError(
            f"{source.name} is not a complete Parquet file ({error}); export it again."
        ) from error
    ledger.add("rows expected", file.metadata.num_rows)
    ledger.add("rows read", len(frame))
    return frame


FORMAT = Format("parquet", "Parquet", recognise, read)
