"""Tables for Excel that run nothing and mangle nothing.

A cell that a spreadsheet would run as a formula, or would read as another number or date than is written, is
marked with an apostrophe in front; `original` takes it off again.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeVar

from extractor.columns import COMMITMENTS, ENTITIES, PLEDGES, Cell, Column, entity_rows, pledge_rows
from extractor.writing.files import text_file
from extractor.writing.material import Material

Header = Literal["en", "zh"]
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
DICTIONARY = ("table", "column", "english", "chinese", "description", "kind")


def write_csv(material: Material, folder: Path, header: Header) -> list[Path]:
    """The tables and their data dictionary."""
    return [
        table(folder / "commitments.csv", COMMITMENTS, material.commitments, header),
        table(folder / "entities.csv", ENTITIES, entity_rows(material.commitments), header),
        table(folder / "pledges.csv", PLEDGES, pledge_rows(material.commitments), header),
        sheet(folder / "columns.csv", DICTIONARY, dictionary()),
    ]


def table(path: Path, columns: Sequence[Column[T]], rows: Iterable[T], header: Header) -> Path:
    """One table, a line a row."""
    titles = [column.chinese if header == "zh" else column.name for column in columns]
    return sheet(path, titles, ([cell(column, row) for column in columns] for row in rows))


def sheet(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    """A CSV file as Excel opens it: UTF-8 with a byte order mark, all cells quoted, Windows line ends."""
    with text_file(path) as stream:
        stream.write("\ufeff")
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        writer.writerow(titles)
        writer.writerows(rows)
    return path


def cell(column: Column[T], row: T) -> Cell:
    """The value of a cell, marked where a spreadsheet would run or misread it."""
    value = column.value(row)
    if not isinstance(value, str) or (column.kind == "decimal" and DECIMAL.fullmatch(value)):
        return value
    return defused(value, column.kind in ("text", "decimal"))


def defused(text: str, may_be_misread: bool = True) -> str:
    """`text`, with an apostrophe in front where it would run as a formula or, if it may, be read as a number."""
    dangerous = text.startswith(RUNS) or (may_be_misread and READ_AS_NUMBER.fullmatch(text))
    return MARK + text if dangerous else text


def original(text: str) -> str:
    """What a cell of a written table held before it was marked."""
    return text.removeprefix(MARK)


def dictionary() -> Iterator[tuple[str, ...]]:
    """The rows of the data dictionary."""
    for name, columns in (("commitments", COMMITMENTS), ("entities", ENTITIES), ("pledges", PLEDGES)):
        for column in columns:
            yield name, column.name, column.english, column.chinese, column.description, column.kind
