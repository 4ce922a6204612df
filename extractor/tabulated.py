"""Tables typed into plain text: their cells are set apart by tabs or, as in Markdown, by bars.

Copied out of a spreadsheet or a page, a row of a task list is one line, and would be read as one sentence from its number to
its deadline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, groupby
from operator import itemgetter
from string import ascii_uppercase
from typing import NamedTuple

LINE = re.compile(r"(?:\A|(?<=\n)|(?<=\r)(?!\n))[^\r\n]*")
TABS = re.compile(r"[^\t]*(?:\t[^\t]*){2,}")
BARS = re.compile(r"\s*\|(?:[^|]*\|){2,}\s*|\s*[^|\s][^|]*(?:\|[^|]*){2,}")
"""Markdown lets a row go without its first bar, its last or both."""
RULE = re.compile(r"[\s|:-]+")
"""The row of dashes below the heads of a table in Markdown."""
CELL = {"\t": re.compile(r"(?:^|(?<=\t))[^\t]*"), "|": re.compile(r"(?:^(?!\s*\|)|(?<=\|))[^|]*")}
GROUP = re.compile(r"\s*[^。；;！!]{1,24}\s*")
"""A line between two rows that is the title of a group of them: `二、新建项目`."""
TITLE = re.compile(r"(?!\s)(?:[^\t]*$|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])")
"""How a line of one cell opens that is such a title: not by a tab, and without tabs behind it or with an enumerator."""
NUMBER = re.compile(
    r"(?:\d{1,3}(?:[-.]\d{1,3})?|[一二三四五六七八九十]{1,3}|[（(]\d{1,3}[）)]|[①-⑳])(?:[.、．]|\s*[|\t])"
)
LETTERS = [*ascii_uppercase, *(first + second for first in ascii_uppercase for second in ascii_uppercase)]
"""The names of columns, as in a spreadsheet."""


class Row(NamedTuple):
    """A line of a table, half open, and its cells in order: each with its column and, without white space, where it lies."""

    start: int
    end: int
    cells: tuple[tuple[str, int, int], ...]


def broken(text: str) -> str:
    """The text with line breaks in place of what sets cells apart, of the same length.

    >>> broken("任务\\t单位\\t时限\\n修渠\\t水利站\\t年底\\n").split()
    ['任务', '单位', '时限', '修渠', '水利站', '年底']
    """
    pieces: list[str] = []
    last = 0
    for row in chain.from_iterable(tables(text)):
        edges = [row.start, *chain.from_iterable(cell[1:] for cell in row.cells), row.end]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            pieces += [text[last:start], "\n" * (end - start)]
            last = end
    return "".join([*pieces, text[last:]]) if last else text


def cells(text: str) -> Iterator[tuple[int, str | None]]:
    """Where each cell begins, with its name (`table 1 B3`), and where a table or a group of its rows is left, with None."""
    for number, rows in enumerate(tables(text), 1):
        for row_number, row in enumerate(rows, 1):
            for column, start, _ in row.cells:
                yield start, f"table {number} {column}{row_number}" if column else None
        yield rows[-1].end, None


def tables(text: str) -> Iterator[list[Row]]:
    """The tables of a text: two lines or more, one right below another, of three cells or more, two where bars enclose them; titles of groups may stand between."""
    if "\t" not in text and "|" not in text:
        return
    lines = list(LINE.finditer(text))
    signs = [separator(line[0]) for line in lines]
    for at in range(1, len(lines) - 1):
        if not signs[at] and signs[at - 1] == signs[at + 1] == "\t" and GROUP.fullmatch(lines[at][0]):
            signs[at] = "\t"
    for sign, run in groupby(zip(signs, lines, strict=True), key=itemgetter(0)):
        if sign and len(rows := [row(line, sign) for _, line in run]) > 1:
            yield moved(rows, text)


def moved(rows: list[Row], text: str) -> list[Row]:
    """The rows, those moved back to the right whose first cell was merged with the one above and left out by who copied them.

    That is told by the numbers that full rows begin with, and by the last cell, which is empty.
    """
    width = len(rows[0].cells)
    full = [row for row in rows[1:] if len(row.cells) == width]
    if width < 3 or not full or not all(NUMBER.match(text, row.cells[0][1]) for row in full):
        return rows
    return [
        right(row, width) if 0 < len(row.cells) < width and not NUMBER.match(text, row.cells[0][1]) else row
        for row in rows
    ]


def right(row: Row, width: int) -> Row:
    """A row moved to the right, its last cell into the last column."""
    last = LETTERS.index(row.cells[-1][0]) if row.cells[-1][0] else width - 1
    step = max(0, width - 1 - last)
    return (
        row._replace(cells=tuple((LETTERS[LETTERS.index(name) + step], *span) for name, *span in row.cells))
        if step
        else row
    )


def separator(line: str) -> str | None:
    """What sets the cells of a line apart, where it looks like a row; tabs that only indent it do not."""
    if "|" in line and (BARS.fullmatch(line) or RULE.fullmatch(line)):
        return "|"
    return "\t" if "\t" in line.lstrip() and TABS.fullmatch(line) else None


def row(line: re.Match[str], sign: str) -> Row:
    """A line as a row: that of dashes has no cells, and the title of a group is in no column."""
    if RULE.fullmatch(line[0]):
        return Row(line.start(), line.end(), ())
    if "\t" not in line[0].strip() and sign == "\t" and TITLE.match(line[0]):
        return Row(line.start(), line.end(), (("", *trimmed(line[0], line.start(), 0, len(line[0]))),))
    spans = (cell.span() for cell in CELL[sign].finditer(line[0]))
    named = (
        (letters, *trimmed(line[0], line.start(), start, end))
        for letters, (start, end) in zip(LETTERS, spans, strict=False)
    )
    return Row(line.start(), line.end(), tuple(cell for cell in named if cell[1] < cell[2]))


def trimmed(line: str, offset: int, start: int, end: int) -> tuple[int, int]:
    """A stretch of a line without white space at its ends, counted in the text."""
    words = line[start:end]
    begin = start + len(words) - len(words.lstrip())
    return offset + begin, offset + max(begin, start + len(words.rstrip()))
