"""Text files: bytes to text in the encoding they are in, which is told from the bytes alone."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator
from typing import IO

from extractor.reading.options import Options
from extractor.reading.source import Place, Source, Unreadable

UTF8_BOM, UTF16_LE_BOM, UTF16_BE_BOM = b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"
SAVE_AS = "save it as UTF-8 text and try again"
CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f\ufffe\uffff]")
MOST_CONTROL = 0.002
"""Share of control characters above which a file is no text; pages copied from a terminal hold a few."""
HAN = re.compile("[㐀-鿿豈-﫿]")
FIRST_LEVEL = frozenset(
    bytes([row, cell]).decode("gb2312", "ignore") for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF)
)
"""The 3,755 characters of GB 2312's first level: nearly all characters of a running Chinese text."""
PLAIN = re.compile("[\t\n\r -~\u2010-\u2026\u3000-\u3015\uff01-\uff5e]")
LEAST_COMMON = 0.5
SAMPLE = 20_000
MOST_ZEROS = 0.2
"""Share of zero bytes from which a text is UTF-16, or none."""
LINE = re.compile("[^\r\n]*\\S[^\r\n]*")
BREAK = re.compile("\r\n?|\n")


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source]:
    """A text file; places are its lines as an editor counts them, blank ones included.

    Raises:
        Unreadable: larger than allowed, empty, binary, or in another encoding.
    """
    data = whole(stream, name, options.limits.bytes)
    try:
        raw, encoding = decode(data)
    except Unreadable as problem:
        raise Unreadable(name, problem.reason) from None
    yield Source(name, raw, hashlib.sha256(data).hexdigest(), encoding, tuple(line_places(raw)))


def whole(stream: IO[bytes], name: str, most: int) -> bytes:
    """All bytes of a file that is read at once.

    Raises:
        Unreadable: there are more than `most`.
    """
    data = stream.read(most + 1)
    if len(data) > most:
        raise Unreadable(name, f"larger than {most} bytes; split it, or raise --megabytes")
    return data


def line_places(raw: str) -> Iterator[Place]:
    """A place for every line that is not blank; the first begins at 0."""
    number, counted = 1, 0
    for line in LINE.finditer(raw):
        number += sum(1 for _ in BREAK.finditer(raw, counted, line.start()))
        yield Place(line.start() if counted else 0, paragraph=number)
        counted = line.end()


def encoding_of(head: bytes) -> str:
    """The codec for a file that is read piece by piece, by its first bytes, which may end inside a character."""
    for mark, encoding in ((UTF8_BOM, "utf-8-sig"), (UTF16_LE_BOM, "utf-16"), (UTF16_BE_BOM, "utf-16")):
        if head.startswith(mark):
            return encoding
    if head.count(0) > MOST_ZEROS * len(head):
        return utf16(head[: len(head) // 2 * 2])[1]
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        if b"\x00" in head:
            return utf16(head[: len(head) // 2 * 2])[1]
        return "gb18030" if reads_as_chinese(head.decode("gb18030", "ignore")) else "utf-8"
    return "utf-8"


def decode(data: bytes) -> tuple[str, str]:
    """The text in these bytes without byte order mark, and the name of its encoding.

    UTF-8, UTF-16 (by its mark, or by the zero bytes of its ASCII characters) and GB 18030 with its subsets GBK and
    GB 2312 are told apart; nothing else is guessed.

    Raises:
        Unreadable: empty, binary, or none of these; its path is `-`.
    """
    if not data.strip(b"\x00 \t\r\n\x0b\x0c"):
        raise Unreadable("-", "empty; there is nothing to read in it")
    text, encoding = marked(data) or unmarked(data)
    if not text.strip():
        raise Unreadable("-", "empty; there is nothing but white space in it")
    if "\x00" in text or len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise Unreadable("-", f"a binary file, not text; {SAVE_AS}")
    return text, encoding


def marked(data: bytes) -> tuple[str, str] | None:
    """Decode by the byte order mark, None where there is none."""
    for mark, encoding in ((UTF8_BOM, "utf-8-sig"), (UTF16_LE_BOM, "utf-16-le"), (UTF16_BE_BOM, "utf-16-be")):
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding.removesuffix("-sig")), encoding
            except UnicodeDecodeError as error:
                raise Unreadable("-", f"broken {encoding} at byte {error.start + len(mark)}; {SAVE_AS}") from None
    return None


def unmarked(data: bytes) -> tuple[str, str]:
    """Decode by what the bytes look like."""
    if b"\x00" in data:
        return utf16(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        at = error.start
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if reads_as_chinese(text):
        return text, "gb18030"
    raise Unreadable("-", f"neither UTF-8 (byte {at} does not fit) nor GB18030 nor UTF-16 with its mark; {SAVE_AS}")


def utf16(data: bytes) -> tuple[str, str]:
    """Decode bytes that hold zeros as the UTF-16 that makes more common characters of them.

    Zeros alone do not tell the order: the ideographic space and 一 hold one on the other side than ASCII does.
    """
    readings = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-16-le", "utf-16-be")]
    text, encoding = max(readings, key=lambda reading: share_common(reading[0]))
    if "\ufffd" in text or "\x00" in text or share_common(text) < LEAST_COMMON:
        raise Unreadable("-", f"a binary file, not text; {SAVE_AS}")
    return text, encoding


def share_common(text: str) -> float:
    """The share of ASCII, Chinese punctuation and common characters in the beginning of a text."""
    sample = text[:SAMPLE]
    return (len(PLAIN.findall(sample)) + sum(map(FIRST_LEVEL.__contains__, sample))) / len(sample)


def reads_as_chinese(text: str) -> bool:
    """Whether a text holds Chinese and most of it in common characters, as bytes decoded by mistake do not."""
    found = HAN.findall(text[:SAMPLE])
    return bool(found) and sum(map(FIRST_LEVEL.__contains__, found)) >= LEAST_COMMON * len(found)
