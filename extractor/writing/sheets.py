"""Tables for Excel that run nothing and mangle nothing.

A cell that a spreadsheet would run as a formula, or would read as another number or date than is written, is
marked with an apostrophe in front; `original` takes it off again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from extractor.cells import LIST, Cell
from extractor.columns import TABLES, Column, Header, Table
from extractor.records import Commitment
from extractor.writing.files import text_file
from extractor.writing.material import Material

T = TypeVar("T")

MARK = "'"
RUNS = tuple("=+-@\t\r\n|" + MARK + "＝＋－＠")
"""What a formula may open with, full-width forms too; the mark itself, so that taking it off is exact."""
READ_AS_NUMBER = re.compile(
    r"""[(（]?[0-9０-９][0-9０-９.．,，:：/\-%％\ eE+]*[)）]?
      | [0-9]{2,4}年[0-9]{1,2}月(?:[0-9]{1,2}日)? | [0-9]{1,2}月[0-9]{1,2}日 | [0-9]{1,2}[时点](?:[0-9]{1,2}分?)?""",
    re.VERBOSE,
)
"""What a spreadsheet turns into a number or a date: `1.`, `(1)`, `1/2`, `10%`, `3月5日`, `370811`."""
DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
DICTIONARY = ("table", "column", "english", "chinese", "description", "kind", "values")
NEVER_MISREAD = {"id", "date", "integer"}
"""Kinds of columns whose cells are meant as a spreadsheet reads them."""


def write_csv(material: Material, folder: Path, header: Header) -> list[Path]:
    """The tables and their data dictionary."""
    written = []
    for name, table in TABLES.items():
        titles = [column.header(header) for column in table.columns]
        rows = material.printed(name) if material.printed else map(as_csv, cells_of(table, material.commitments))
        written.append(sheet(folder / f"{name}.csv", titles, rows))
    return [*written, sheet(folder / "columns.csv", DICTIONARY, map(as_csv, dictionary()))]


def sheet(path: Path, titles: Sequence[str], rows: Iterable[str]) -> Path:
    """A CSV file as Excel opens it: UTF-8 with a byte order mark, all cells quoted, Windows line ends."""
    with text_file(path) as stream:
        stream.write("\ufeff" + as_csv(titles))
        stream.writelines(rows)
    return path


def rows_of(name: str, commitments: Iterable[Commitment]) -> str:
    """The rows of a table as its CSV file holds them, below the header."""
    return as_csv(*cells_of(TABLES[name], commitments))


def as_csv(*rows: Sequence[Cell]) -> str:
    """Rows as a CSV file holds them."""
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return stream.getvalue()


def cells_of(table: Table[Any], commitments: Iterable[Commitment]) -> Iterator[list[Cell]]:
    """The cells of a table, row by row."""
    cells = list(map(printed, table.columns))
    return ([cell(row) for cell in cells] for row in table.rows(commitments))


def printed(column: Column[T]) -> Callable[[T], Cell]:
    """What gives the cell of a row, marked where a spreadsheet would run or misread it."""
    may_be_misread = column.kind not in NEVER_MISREAD

    def cell(row: T) -> Cell:
        value = column.value(row)
        if not isinstance(value, str) or (column.kind == "decimal" and DECIMAL.fullmatch(value)):
            return value
        return defused(value, may_be_misread)

    return column.value if column.kind == "integer" else cell


def defused(text: str, may_be_misread: bool = True) -> str:
    """`text`, with an apostrophe in front where it would run as a formula or, if it may, be read as a number."""
    dangerous = text.startswith(RUNS) or (may_be_misread and READ_AS_NUMBER.fullmatch(text))
    return MARK + text if dangerous else text


def original(text: str) -> str:
    """What a cell of a written table held before it was marked."""
    return text.removeprefix(MARK)


def dictionary() -> Iterator[tuple[str, ...]]:
    """The rows of the data dictionary."""
    for table in TABLES.values():
        for c in table.columns:
            yield table.name, c.name, c.english, c.chinese, c.description, c.kind, LIST.join(c.values)
