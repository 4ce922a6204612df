"""What every reader gives, and what it says when it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and no output can hold it."""


CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What would break a line, or a terminal."""


def one_line(text: str) -> str:
    """A name or a message without characters that would break its line."""
    return CONTROL.sub("\ufffd", text)


class Unreadable(Exception):
    """A file, member or row that cannot be read as text; `reason` says why and what to do, in one line."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = one_line(reason)

    def __str__(self) -> str:
        """Path and reason in one line."""
        return f"{one_line(str(self.path))}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person finds what stands in `raw` from code point `start` on, up to the next place.

    Numbers count from 1. `paragraph` is that of the document, in a plain text the line; `row` is the row as the file
    shows it, header included (the line of JSON Lines, the record of Parquet); `cell` is named as in a spreadsheet (`B3`),
    with the number of the table before it where a document may hold several (`table 2 B3`); `member` is the path
    inside an archive.
    """

    start: int
    page: int | None = None
    paragraph: int | None = None
    row: int | None = None
    cell: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A text and where it comes from.

    `raw` keeps its line breaks as they are; of a container it is the text extracted. `sha256` is the hexadecimal digest
    of the bytes of the file or member, of a table's row that of its number and cells. `encoding` is how the text was
    encoded, or the kind of container. `places` are in order of their starts. `title`, `date` (ISO 8601) and
    `issuer` are what the container says beside the text, `fields` the other columns of a row; `warnings` say what was
    lost.
    """

    name: str
    raw: str
    sha256: str
    encoding: str
    places: tuple[Place, ...] = ()
    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def sound(raw: str) -> tuple[str, tuple[str, ...]]:
    """A text without lone surrogates, which become `\ufffd`, and a warning where it held some; lengths stay."""
    cleaned, lost = LONE.subn("\ufffd", raw)
    return cleaned, ((f"{lost} lone surrogates are no characters and became \ufffd",) if lost else ())


def column(number: int) -> str:
    """The letters of a spreadsheet's column, counted from 1.

    >>> column(1), column(28)
    ('A', 'AB')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
