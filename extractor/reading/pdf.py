"""PDF files with a text layer: what pdfium finds on each page, put together as paragraphs by `flow`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from extractor.reading import plain
from extractor.reading.flow import paragraphs
from extractor.reading.glyphs import Piece, pieces
from extractor.reading.options import Options
from extractor.reading.source import Source, Unreadable, sound

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff]")
"""What stands for glyphs of fonts that do not say which characters they are."""
MOST = 0.3


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source]:
    """The text of a PDF file, one paragraph a line; places are pages, a paragraph that goes on overleaf has two.

    Raises:
        Unreadable: larger than allowed, damaged, encrypted, or without a text layer.
    """
    data = plain.whole(stream, name, options.limits.bytes)
    document = opened(data, name)
    try:
        pages = pages_of(document, name, options)
    finally:
        document.close()
    if not any(pages):
        raise Unreadable(
            name, f"a scanned PDF without a text layer ({len(pages)} pages); recognise its text (OCR) first"
        )
    lines = paragraphs(pages)
    raw, lost = sound(lines.raw)
    if not raw.strip() or len(NO_LETTER.findall(raw)) > MOST * len(raw):
        raise Unreadable(
            name, "its text layer holds no readable characters; print it anew, or recognise its text (OCR)"
        )
    yield Source(
        name,
        raw,
        hashlib.sha256(data).hexdigest(),
        "pdf",
        tuple(lines.places),
        warnings=(*lost, *without_text(pages)),
    )


def opened(data: bytes, name: str) -> PdfDocument:
    """The document.

    Raises:
        Unreadable: it is damaged or encrypted.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable(name, "encrypted; save it without its password") from None
        raise Unreadable(name, "a damaged or truncated PDF file; get it again") from None
    return document


def pages_of(document: PdfDocument, name: str, options: Options) -> list[list[Piece]]:
    """The printed lines of all pages.

    Raises:
        Unreadable: a page is damaged, or they hold more characters than a file may hold bytes.
    """
    pages, left = [], options.limits.tree
    for number in range(len(document)):
        pages.append(list(pieces(document, number, name)))
        left -= sum(len(piece.text) for piece in pages[-1])
        if left < 0:
            raise Unreadable(name, f"holds more than {options.limits.tree} characters; split it, or raise --megabytes")
    return pages


def without_text(pages: list[list[Piece]]) -> tuple[str, ...]:
    """A warning that names the pages without text, where there are any."""
    empty = [str(number) for number, found in enumerate(pages, 1) if not found]
    return (f"pages without text (scanned or empty): {', '.join(empty)}",) if empty else ()
