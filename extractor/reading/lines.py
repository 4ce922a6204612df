"""Puts a text together line by line, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.reading.source import Place, column

MOST = 1_000
"""Columns or rows that a cell may span: what a file says beyond it is a mistake or an attack."""


@dataclass(slots=True)
class Lines:
    """Lines of a text, one a paragraph or cell; `raw` is their text and `places` where each of them lies."""

    pieces: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(
        self,
        text: str,
        *,
        page: int | None = None,
        paragraph: int | None = None,
        row: int | None = None,
        cell: str | None = None,
        joint: str = "\n",
    ) -> None:
        """Append a line; another `joint` than a line break carries on the line before (a paragraph that goes on overleaf)."""
        piece = joint + text if self.pieces else text
        place = Place(self.length + len(piece) - len(text), page, paragraph, row, cell)
        if not self.places or not same(self.places[-1], place):
            self.places.append(place)
        self.pieces.append(piece)
        self.length += len(piece)

    @property
    def raw(self) -> str:
        """The text so far."""
        return "".join(self.pieces)


def same(one: Place, other: Place) -> bool:
    """Whether two places are one, wherever they begin."""
    return (one.page, one.paragraph, one.row, one.cell) == (other.page, other.paragraph, other.row, other.cell)


@dataclass(slots=True)
class Table:
    """A table that is being read, and how far: rows and columns count from 1, as on paper, over merged cells too."""

    number: int
    row: int = 0
    column: int = 0
    width: int = 1
    hanging: dict[int, int] = field(default_factory=dict)

    def enter_row(self) -> None:
        """Go on to the next row."""
        self.row, self.column, self.width = self.row + 1, 0, 1

    def enter_cell(self, width: int = 1, height: int = 1) -> None:
        """Go on to the next cell, past those that hang down from the rows above."""
        self.column += self.width
        while self.hanging.get(self.column, 0) >= self.row:
            self.column += 1
        self.width = min(max(width, 1), MOST)
        if height > 1:
            last = self.row + min(height, MOST) - 1
            self.hanging.update(dict.fromkeys(range(self.column, self.column + self.width), last))

    @property
    def cell(self) -> str:
        """The open cell by the number of its table and its name in a spreadsheet."""
        return f"table {self.number} {column(max(self.column, 1))}{self.row}"
