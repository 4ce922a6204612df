"""Writes commitments to files, a module a family of formats. Every file appears whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path

from extractor.columns import Header
from extractor.writing.database import write_sqlite
from extractor.writing.lines import write_json, write_jsonl
from extractor.writing.material import Material
from extractor.writing.parquet import write_parquet
from extractor.writing.report import write_html
from extractor.writing.sheets import write_csv
from extractor.writing.workbook import write_xlsx

__all__ = ["FORMATS", "WRITERS", "Header", "Material", "Writer", "write"]


def write(
    material: Material,
    folder: Path,
    formats: Sequence[str] = ("csv", "json", "jsonl"),
    header: Header = "en",
) -> tuple[Path, ...]:
    """Write what a run found in these formats, in the order given; returns the files.

    `csv` writes `commitments.csv`, `entities.csv`, `pledges.csv` and the data dictionary `columns.csv`; `parquet` the
    three tables; `sqlite` all of them in `commitments.sqlite`; `xlsx` the Chinese ledger `ledger.xlsx`; `html` the
    report `commitments.html`. The same
    commitments give the same bytes. `header` is the language of the header rows of CSV files.

    Raises:
        ValueError: a format is unknown.
        OSError: a file cannot be written.
    """
    if unknown := [name for name in formats if name not in WRITERS]:
        raise ValueError(f"unknown format {unknown[0]!r}; choose from {', '.join(WRITERS)}")
    return tuple(chain.from_iterable(WRITERS[name](material, folder, header) for name in dict.fromkeys(formats)))


Writer = Callable[[Material, Path, Header], list[Path]]
WRITERS: Mapping[str, Writer] = {
    "csv": write_csv,
    "html": write_html,
    "json": write_json,
    "jsonl": write_jsonl,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
    "sqlite": write_sqlite,
}
"""The formats by name: a new one is a new row."""
FORMATS = tuple(WRITERS)
