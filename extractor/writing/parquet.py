"""Parquet: the tables of the contract with the types of `Ledger.to_frame`, a file a table.

Columns are those of the CSV files, so that one script reads either. `commitments.parquet` has one more, `record`: the
whole record as JSON, with the parts that a flat table has no room for.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.columns import TABLES, Header, Table
from extractor.writing.files import atomic
from extractor.writing.material import Material

if TYPE_CHECKING:
    import pandas

ROWS = 20_000
"""Rows that are in memory at a time; they form a row group."""


def write_parquet(material: Material, folder: Path, header: Header) -> list[Path]:
    """The tables; the names of columns are English whatever the header of CSV files is."""
    return [write_table(table, material, folder / f"{table.name}.parquet") for table in TABLES.values()]


def write_table(table: Table[Any], material: Material, path: Path) -> Path:
    """One table."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    schema = pyarrow.Schema.from_pandas(with_records(table, []), preserve_index=False)
    with atomic(path) as draft, ParquetWriter(draft, schema, compression="zstd") as writer:
        for some in groups(table, material):
            writer.write_table(pyarrow.Table.from_pandas(some, schema, preserve_index=False))
    return path


def groups(table: Table[Any], material: Material) -> Iterator[pandas.DataFrame]:
    """The rows of a table, some thousands at a time."""
    rows = iter(table.rows(material.commitments))
    while some := list(islice(rows, ROWS)):
        yield with_records(table, some)


def with_records(table: Table[Any], rows: list[Any]) -> pandas.DataFrame:
    """The frame of some rows; commitments with their whole record."""
    import pandas as pd

    from extractor.writing.frame import frame_of

    frame = frame_of(table, rows)
    if table.name == "commitments":
        frame["record"] = pd.Series([row.model_dump_json() for row in rows], dtype="str")
    return frame
