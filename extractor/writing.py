"""Writes commitments to files: JSON Lines, JSON, and tables for Excel that run nothing and mangle nothing.

A cell that a spreadsheet would run as a formula, or would read as another number or date than is written, is
marked with an apostrophe in front; `original` takes it off again. Every file appears whole or not at all.
"""

from __future__ import annotations

import csv
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, TypeVar

from extractor.columns import COMMITMENTS, ENTITIES, PLEDGES, Cell, Column, entity_rows, pledge_rows
from extractor.records import Commitment

if TYPE_CHECKING:
    import pandas

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


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A place to write a file at, which takes the name `path` once it is whole.

    The draft lies hidden beside its place, with the same suffix. At the end it is flushed to the disk and renamed over
    an older file. On an exception nothing is left and the older file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(8)}.draft{path.suffix}")
    try:
        yield draft
        with draft.open("r+b") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def text_file(path: Path) -> Iterator[IO[str]]:
    """An `atomic` UTF-8 file to write text to; line ends are written as given."""
    with atomic(path) as draft, draft.open("x", encoding="utf-8", newline="") as stream:
        yield stream


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all; returns its path."""
    with text_file(path) as stream:
        stream.write(text)
    return path


def write(
    commitments: Sequence[Commitment],
    folder: Path,
    formats: Sequence[str] = ("csv", "json", "jsonl"),
    header: Header = "en",
) -> tuple[Path, ...]:
    """Write the commitments in these formats, in the order given; returns the files.

    `csv` writes `commitments.csv`, `entities.csv`, `pledges.csv` and the data dictionary `columns.csv`. The same
    commitments give the same bytes. `header` is the language of the header rows.

    Raises:
        ValueError: a format is unknown.
        OSError: a file cannot be written.
    """
    if unknown := [name for name in formats if name not in WRITERS]:
        raise ValueError(f"unknown format {unknown[0]!r}; choose from {', '.join(WRITERS)}")
    return tuple(chain.from_iterable(WRITERS[name](commitments, folder, header) for name in dict.fromkeys(formats)))


def write_jsonl(commitments: Sequence[Commitment], folder: Path, header: Header) -> list[Path]:
    """One record a line."""
    path = folder / "commitments.jsonl"
    with text_file(path) as stream:
        stream.writelines(record.model_dump_json() + "\n" for record in commitments)
    return [path]


def write_json(commitments: Sequence[Commitment], folder: Path, header: Header) -> list[Path]:
    """One array, one record a line."""
    path = folder / "commitments.json"
    with text_file(path) as stream:
        stream.write("[")
        for number, record in enumerate(commitments):
            stream.write((",\n" if number else "\n") + record.model_dump_json())
        stream.write("\n]\n")
    return [path]


def write_csv(commitments: Sequence[Commitment], folder: Path, header: Header) -> list[Path]:
    """The tables and their data dictionary."""
    return [
        table(folder / "commitments.csv", COMMITMENTS, commitments, header),
        table(folder / "entities.csv", ENTITIES, entity_rows(commitments), header),
        table(folder / "pledges.csv", PLEDGES, pledge_rows(commitments), header),
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


def frame(commitments: Sequence[Commitment]) -> pandas.DataFrame:
    """The columns of `commitments.csv` as a data frame: dates as timestamps, offsets as integers, nothing marked."""
    import pandas as pd

    types = {"integer": "Int64", "date": "datetime64[s]", "decimal": "object", "text": "object", "id": "object"}
    return pd.DataFrame(
        {c.name: pd.Series([c.value(row) for row in commitments], dtype=types[c.kind]) for c in COMMITMENTS}
    )


Writer = Callable[[Sequence[Commitment], Path, Header], list[Path]]
WRITERS: Mapping[str, Writer] = {"csv": write_csv, "json": write_json, "jsonl": write_jsonl}
"""The formats by name: a new one is a new row."""
FORMATS = tuple(WRITERS)
