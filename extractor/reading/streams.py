"""Text files read line by line in bounded memory, whatever their size, the length of their lines and their encodings."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from extractor.reading.plain import encoding_of, reads_as_chinese
from extractor.reading.source import LONE, Unreadable

SAMPLE = 65_536
"""Bytes that tell the encoding."""
NEITHER = "neither UTF-8 nor GB18030; save it as UTF-8 text and try again"
MIXED = "a row in another encoding than its file was read in its own"
ENDS = ("\n", "\r")


class TooLong(Exception):
    """A record is longer than allowed; the next line begins behind it."""


@contextmanager
def decoded(stream: IO[bytes], name: str) -> Iterator[io.TextIOWrapper]:
    """The characters of a file; bytes that do not fit its encoding stand as lone surrogates (PEP 383).

    Raises:
        Unreadable: its first bytes are no text.
    """
    try:
        encoding = encoding_of(stream.read(SAMPLE))
    except Unreadable as problem:
        raise Unreadable(name, problem.reason) from None
    stream.seek(0)
    errors = "replace" if encoding.startswith("utf-16") else "surrogateescape"
    text = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="")
    try:
        yield text
    finally:
        if not text.closed:
            text.detach()


class Lines:
    """The lines of a text; between two calls of `anew` they hold at most `limit` characters together."""

    def __init__(self, text: io.TextIOWrapper, limit: int) -> None:
        self.text, self.limit, self.left = text, limit, limit

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self.text.readline(self.left + 1)
        if not line:
            raise StopIteration
        self.left -= len(line)
        if self.left < 0:
            while line and not line.endswith(ENDS):
                line = self.text.readline(self.limit)
            raise TooLong
        return line

    def anew(self) -> None:
        """Begin the next record."""
        self.left = self.limit


def repaired(text: str, encoding: str) -> tuple[str, bool]:
    """A record in the other encoding where it is not in the file's, and whether it was; mixed files are not rare.

    What fits neither keeps its lone surrogates.
    """
    if encoding.startswith("utf-16"):
        return text, False
    if not LONE.search(text) and (not encoding.startswith("gb") or text.isascii() or reads_as_chinese(text)):
        return text, False
    other = "utf-8" if encoding.startswith("gb") else "gb18030"
    try:
        found = text.encode(encoding.removesuffix("-sig"), "surrogateescape").decode(other)
    except (UnicodeDecodeError, UnicodeEncodeError):
        return text, False
    return (found, True) if reads_as_chinese(found) else (text, False)
