"""Excel files (.xlsx): one source a row of every sheet that has a column of the text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from extractor.reading import containers, tables
from extractor.reading.options import Options
from extractor.reading.separated import unique
from extractor.reading.source import Source, Unreadable, one_line

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

TITLES = 10
"""Rows in which the header is looked for: titles and notes may stand above it."""


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source | Unreadable]:
    """The rows of a workbook under the numbers that Excel shows; rows of several sheets carry the sheet's name.

    Raises:
        Unreadable: it is damaged, encrypted, hostile or over a limit, or no sheet has a column of the text.
    """
    check(stream, name, options)
    book = load(stream, name)
    try:
        yield from sheets(book, name, options)
    finally:
        book.close()


def check(stream: IO[bytes], name: str, options: Options) -> None:
    """Refuse what would unpack to too much, and documents with entities, before any of it is parsed."""
    allowance = containers.Allowance(options.limits)
    with containers.opened(stream, name, options.limits) as archive:
        for info in archive.infolist():
            containers.bounded(info, name, options.limits, allowance)
            if containers.declares_type(head_of(archive, info, name)):
                raise Unreadable(name, containers.TYPED)
    stream.seek(0)


def head_of(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    """The first bytes of a part."""
    try:
        with archive.open(info) as part:
            return part.read(containers.HEAD)
    except containers.DAMAGED as error:
        raise Unreadable(name, f"a damaged Excel file ({containers.short(error)}); save it anew") from None


def load(stream: IO[bytes], name: str) -> Workbook:
    """The workbook, its sheets not read yet."""
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # openpyxl raises whatever a damaged part leads to
            raise Unreadable(name, f"a damaged Excel file ({containers.short(error)}); save it anew") from None


def sheets(book: Workbook, name: str, options: Options) -> Iterator[Source | Unreadable]:
    """The rows of all sheets that have a column of the text."""
    problem: Unreadable | None = None
    read = 0
    for sheet in book.worksheets:
        own = f"{name}#{one_line(sheet.title)}" if len(book.worksheets) > 1 else name
        rows = numbered(sheet, own)
        try:
            names, columns = header(rows, own, options)
        except Unreadable as error:
            problem = problem or Unreadable(name, error.reason)
            continue
        read += 1
        yield from below(rows, names, columns, own, options)
    if not read:
        raise problem or Unreadable(name, "empty; this workbook holds no sheet with cells")


def header(rows: Iterator[tuple[int, list[object]]], name: str, options: Options) -> tuple[list[str], tables.Columns]:
    """The row that names the columns, the first of the top rows that has one for the text.

    Raises:
        Unreadable: none of them has; the reason names the columns of the first.
    """
    problem: Unreadable | None = None
    for number, cells in rows:
        names = unique([tables.printed(cell) for cell in cells])
        try:
            return names, tables.columns_of(names, name, options)
        except Unreadable as error:
            if any(cell is not None for cell in cells):
                problem = problem or error
        if number >= TITLES:
            break
    raise problem or Unreadable(name, "empty; a table begins with a row that names its columns")


def below(
    rows: Iterator[tuple[int, list[object]]], names: list[str], columns: tables.Columns, name: str, options: Options
) -> Iterator[Source | Unreadable]:
    """The rows below the header; what breaks inside a sheet ends it."""
    try:
        for number, cells in rows:
            headed = [*names, *(f"column {at + 1}" for at in range(len(names), len(cells)))]
            said = {**dict.fromkeys(names), **dict(zip(headed, cells, strict=False))}
            if (found := tables.row_source(name, number, said, columns, options, "xlsx")) is not None:
                yield found
    except Unreadable as error:
        yield error


def numbered(sheet: Any, name: str) -> Iterator[tuple[int, list[object]]]:  # noqa: ANN401 - openpyxl's sheets have no common type
    """The rows of a sheet from 1 on; the size that the file declares is not believed.

    Raises:
        Unreadable: the sheet breaks off.
    """
    number = 0
    try:
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, list(cells)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a damaged part leads to
        raise Unreadable(f"{name}#{number + 1}", f"the sheet breaks off here ({containers.short(error)})") from None
