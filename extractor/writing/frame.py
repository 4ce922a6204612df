"""The tables as data frames, and CSV files back into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from extractor.cells import number
from extractor.columns import KINDS, TABLES, Column, Table
from extractor.records import Commitment
from extractor.writing.sheets import original

T = TypeVar("T")


def frame(commitments: Iterable[Commitment], table: str = "commitments") -> pd.DataFrame:
    """A table of the contract.

    Raises:
        KeyError: there is no such table.
    """
    return frame_of(TABLES[table], list(TABLES[table].rows(commitments)))


def frame_of(table: Table[T], rows: Sequence[T]) -> pd.DataFrame:
    """Rows of a table: nothing marked, text as `str`, dates as timestamps, closed lists as categories, whole numbers
    as nullable integers, decimals as floats.
    """
    return pd.DataFrame({c.name: pd.Series(list(map(c.typed(), rows)), dtype=dtype(c)) for c in table.columns})


def dtype(column: Column[Any]) -> Any:  # noqa: ANN401 - pandas takes names and types
    """The type of a column in pandas."""
    return pd.CategoricalDtype(list(column.values)) if column.values else KINDS[column.kind].pandas


def read_csv(path: Path | str, table: str | None = None) -> pd.DataFrame:
    """A written CSV file as `Ledger.to_frame` has it, marks taken off; `table` where its name no longer says which.

    Headers of either language are understood; the frame's are English.

    Raises:
        OSError: the file cannot be read.
        ValueError: the table is not known, a column is missing or holds what it cannot.
    """
    name = table or Path(path).stem
    if name not in TABLES:
        raise ValueError(f"{path}: {name!r} is no table; say which of {', '.join(TABLES)} it is")
    columns = TABLES[name].columns
    cells = pd.read_csv(path, dtype="str", encoding="utf-8-sig", keep_default_na=False, na_values=[""])
    cells = cells.rename(columns={column.chinese: column.name for column in columns})
    if missing := [column.name for column in columns if column.name not in cells]:
        raise ValueError(f"{path}: has no column {', '.join(missing)}; write it again with extractor run --formats csv")
    return pd.DataFrame({column.name: restored(column, cells[column.name]) for column in columns})


def restored(column: Column[T], cells: pd.Series) -> pd.Series:
    """The cells of a column as they were before they were marked, with their type."""
    unmarked = cells.map(original, na_action="ignore")
    if column.kind == "decimal":
        return unmarked.map(number, na_action="ignore").astype("float64")
    return unmarked.astype(dtype(column))
