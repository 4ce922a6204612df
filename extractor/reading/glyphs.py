"""The printed lines of a PDF page, in the order of its content, with where they stand on the paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from extractor.reading.source import Unreadable

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

GAP = 2.5
"""Character sizes of white space at which a printed line is cut: the cells of a row, the columns of a page."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of characters on one line: its text, its box in points (72 an inch, from the lower left), its size of type, the height of its page."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page_height: float


@dataclass(frozen=True, slots=True)
class Sign:
    """A character and its box: as wide as it is set, as high as its font."""

    text: str
    left: float
    right: float
    bottom: float
    top: float


def pieces(document: PdfDocument, number: int, name: str) -> Iterator[Piece]:
    """The pieces of a page, counted from 0.

    Raises:
        Unreadable: the page is damaged.
    """
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        raise Unreadable(name, f"its page {number + 1} is damaged; print it anew") from None
    try:
        height = page.get_height()
        for line in printed_lines(text.raw, text.count_chars()):
            for signs in cut(line):
                yield piece(signs, height)
    finally:
        text.close()
        page.close()


def printed_lines(text: object, count: int) -> Iterator[list[Sign]]:
    """The characters of a page line by line; pdfium puts line breaks and spaces in where the paper shows them."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    line: list[Sign] = []
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        if code in (10, 13):
            if line:
                yield line
            line = []
        elif code:
            raw.FPDFText_GetLooseCharBox(text, at, box)
            shown = chr(code) if code < 0x110000 else "\ufffd"
            line.append(Sign(shown, box.left, box.right, box.bottom, box.top))
    if line:
        yield line


def cut(line: list[Sign]) -> Iterator[list[Sign]]:
    """A line cut where white space is wide; spaces at the cuts belong to neither side."""
    shown = [sign for sign in line if not sign.text.isspace()]
    if not shown:
        return
    size = median(sign.top - sign.bottom for sign in shown)
    current: list[Sign] = []
    last: Sign | None = None
    for sign in line:
        if sign.text.isspace():
            current.append(sign)
            continue
        if last and not -GAP * size < sign.left - last.right < GAP * size:
            yield current
            current = []
        current.append(sign)
        last = sign
    yield current


def piece(signs: list[Sign], height: float) -> Piece:
    """The piece that some characters make."""
    shown = [sign for sign in signs if not sign.text.isspace()]
    return Piece(
        "".join(sign.text for sign in signs).strip(),
        min(sign.left for sign in shown),
        max(sign.right for sign in shown),
        min(sign.bottom for sign in shown),
        max(sign.top for sign in shown),
        median(sign.top - sign.bottom for sign in shown),
        height,
    )
