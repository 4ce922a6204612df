"""CSV and TSV: one source a row, one row at a time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, count
from typing import IO

from extractor.reading import streams, tables
from extractor.reading.options import Options
from extractor.reading.source import LONE, Source, Unreadable

SEPARATORS = ",\t;，；"


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source | Unreadable]:
    """The rows of a CSV or TSV file in any encoding that texts are read in; the first row names the columns.

    Rows are numbered as a spreadsheet shows them, the header being row 1; a quoted cell may hold line breaks.

    Raises:
        Unreadable: it is binary or empty, or has no column of the text.
    """
    csv.field_size_limit(max(csv.field_size_limit(), options.limits.row_bytes))
    with streams.decoded(stream, name) as text:
        lines = streams.Lines(text, options.limits.row_bytes)
        names, separator = header(lines, text.encoding, name)
        columns = tables.columns_of(names, name, options)
        for number, cells in rows(lines, separator):
            found = row(cells, names, number, name, columns, options, text.encoding)
            if found is not None:
                yield found


def header(lines: streams.Lines, encoding: str, name: str) -> tuple[list[str], str]:
    """The names of the columns, and what parts them: the sign that the first line holds most of.

    Raises:
        Unreadable: there are none.
    """
    try:
        first = next(lines, "")
        separator = max(SEPARATORS, key=first.count)
        cells = next(csv.reader(chain([first], lines), delimiter=separator), [])
    except (csv.Error, streams.TooLong):
        cells = []
    names = unique([streams.repaired(cell, encoding)[0] for cell in cells])
    if not any(cell.strip() for cell in cells):
        raise Unreadable(name, "empty or no table; a table begins with a row that names its columns")
    return names, separator


def rows(lines: streams.Lines, separator: str) -> Iterator[tuple[int, list[str] | str]]:
    """The number and the cells of every row below the header, or why it cannot be read."""
    reader = csv.reader(lines, delimiter=separator)
    for number in count(2):
        lines.anew()
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except (csv.Error, streams.TooLong) as error:
            reader = csv.reader(lines, delimiter=separator)
            long = isinstance(error, streams.TooLong)
            yield (
                number,
                "longer than allowed; a quotation mark may be missing" if long else f"no row of a table ({error})",
            )


def row(
    cells: list[str] | str,
    names: list[str],
    number: int,
    name: str,
    columns: tables.Columns,
    options: Options,
    encoding: str,
) -> Source | Unreadable | None:
    """A row as a source."""
    if isinstance(cells, str):
        return Unreadable(f"{name}#{number}", cells)
    read = [streams.repaired(cell, encoding) for cell in cells]
    if any(LONE.search(cell) for cell, _ in read):
        return Unreadable(f"{name}#{number}", streams.NEITHER)
    headed = [*names, *(f"column {at + 1}" for at in range(len(names), len(read)))]
    said = {header: cell for header, (cell, _) in zip(headed, read, strict=False)}
    found = tables.row_source(name, number, {**dict.fromkeys(names), **said}, columns, options, "csv")
    if isinstance(found, Source) and any(mixed for _, mixed in read):
        return replace(found, warnings=(*found.warnings, streams.MIXED))
    return found


def unique(names: list[str]) -> list[str]:
    """Column names without white space about them; the second of a name, and one without, goes by its number."""
    found: list[str] = []
    for at, name in enumerate(names):
        plain = name.strip().removeprefix("\ufeff")
        found.append(f"column {at + 1}" if plain in found or not plain else plain)
    return found
