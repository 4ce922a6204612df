"""Parquet files: one source a row, a few rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import IO

from extractor.reading import tables
from extractor.reading.containers import short
from extractor.reading.options import Options
from extractor.reading.source import Source, Unreadable

BATCH = 64
"""Rows in memory at once."""
FIRST = b"extractor.first_row"
"""The metadata of a file that holds a part of another one's rows: the number of its first row there."""


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source | Unreadable]:
    """The rows of a Parquet file, numbered from 1, or as in the file that it is a part of.

    Raises:
        Unreadable: the file is damaged, or has no column of the text.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(stream) as file:
            numbers = count(int((file.schema_arrow.metadata or {}).get(FIRST, 1)))
            columns = tables.columns_of(file.schema_arrow.names, name, options)
            for batch in file.iter_batches(batch_size=BATCH):
                for cells in batch.to_pylist():
                    found = tables.row_source(name, next(numbers), cells, columns, options, "parquet")
                    if found is not None:
                        yield found
    except (pa.ArrowException, OSError, ValueError, MemoryError) as error:
        raise Unreadable(name, f"a damaged Parquet file ({short(error)}); write it anew") from None
