"""The commitments of the texts in a column of a data frame, for those who have one: pandas', or Dask's."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
import pandas as pd

from extractor.columns import TABLES
from extractor.ledger import extract
from extractor.reading.days import iso
from extractor.writing.frame import frame_of

F = TypeVar("F")


def extract_frame(
    frame: F, text: str = "text", *, date: str | None = None, issuer: str | None = None, table: str = "commitments"
) -> F:
    """A row for each commitment in the texts of a frame, with the columns and types of `Ledger.to_frame`.

    The index says of each which row it comes from, so that `frame.join(…)` puts its other columns beside it; `source` is the
    row's label. A Dask frame gives another whose columns and types are declared before anything is read. Rows without text
    give none. Unlike in `extractor run`, a text that harms its process is not held off from the rest.

    Args:
        frame: a frame of pandas or Dask.
        text: the column of the texts.
        date: the column of the documents' dates (dates, or text as 2019-04-20), where there is one.
        issuer: the column that says who issues them, likewise.
        table: `commitments`, `entities` or `pledges`.

    Raises:
        KeyError: there is no such column or table.
    """
    columns = [name for name in (text, date, issuer) if name is not None]
    if missing := [name for name in columns if name not in frame.columns]:  # type: ignore[attr-defined]
        raise KeyError(f"the frame has no column {missing[0]!r}; its columns: {', '.join(map(str, frame.columns))}")  # type: ignore[attr-defined]
    if table not in TABLES:
        raise KeyError(f"there is no table {table!r}; choose from {', '.join(TABLES)}")
    if isinstance(frame, pd.DataFrame):
        return cast(F, of_rows(frame, text, date, issuer, table))
    said = (text, date, issuer, table)
    return cast(F, frame.map_partitions(of_rows, *said, meta=of_rows(frame._meta, *said)))  # type: ignore[attr-defined]


def of_rows(frame: pd.DataFrame, text: str, date: str | None, issuer: str | None, table: str) -> pd.DataFrame:
    """The rows of a table that the texts of a pandas frame give, in order, under the labels of theirs."""
    rows: list[object] = []
    places: list[int] = []
    for place, (label, raw) in enumerate(zip(frame.index, frame[text], strict=True)):
        if not isinstance(raw, str):
            continue
        day, said = (frame[name].iloc[place] if name else None for name in (date, issuer))
        known = {"date": None if pd.isna(day) else iso(day), "issuer": None if pd.isna(said) else str(said)}
        ledger = extract(raw, **known, source=str(label))
        found = list(TABLES[table].rows(ledger.commitments))
        rows += found
        places += [place] * len(found)
    result = frame_of(TABLES[table], rows)
    result.index = frame.index.take(np.array(places, dtype=np.intp))
    return result
