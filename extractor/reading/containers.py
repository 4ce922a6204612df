"""ZIP containers opened with care: what they unpack to is known and bounded before it is unpacked."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from extractor.reading.options import MEGABYTE, Limits
from extractor.reading.source import Unreadable

if TYPE_CHECKING:
    from lxml.etree import _Element

SMALL = MEGABYTE
"""Bytes below which nothing is a bomb, whatever its ratio."""
HEAD = 4096
"""Bytes of a part in which a document type declaration is looked for."""
TYPED = "declares a document type, and with it entities, as Office files never do; save it anew"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)
"""What `zipfile` raises for broken, truncated and unsupported archives."""


class Allowance:
    """How many bytes a file may still unpack to, archives inside it included."""

    def __init__(self, limits: Limits) -> None:
        self.left = limits.expanded

    def take(self, size: int, name: str) -> None:
        """Spend some of it.

        Raises:
            Unreadable: there is not enough left.
        """
        if size > self.left:
            raise Unreadable(name, "unpacks to more bytes than allowed; unpack it and give its files")
        self.left -= size


@contextmanager
def opened(stream: IO[bytes], name: str, limits: Limits) -> Iterator[zipfile.ZipFile]:
    """A ZIP file whose directory can be read.

    Raises:
        Unreadable: it is damaged or holds too many members.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except DAMAGED as error:
        raise Unreadable(name, f"a damaged or truncated ZIP container ({short(error)}); get it again") from None
    with archive:
        if len(archive.infolist()) > limits.members:
            raise Unreadable(name, f"holds more than {limits.members} members; unpack it and give the folder")
        yield archive


def bounded(info: zipfile.ZipInfo, name: str, limits: Limits, allowance: Allowance) -> None:
    """Make sure that a member may be unpacked; `zipfile` never gives more bytes than the directory declares.

    Raises:
        Unreadable: it is encrypted or over a limit.
    """
    if info.flag_bits & 1:
        raise Unreadable(name, "encrypted; unpack it with its password first")
    if info.file_size > limits.bytes:
        raise Unreadable(
            name, f"unpacks to {info.file_size} bytes, over the limit of {limits.bytes}; raise --megabytes"
        )
    if info.file_size > max(SMALL, limits.ratio * info.compress_size):
        raise Unreadable(
            name, f"unpacks to more than {limits.ratio} times its size; it may be a ZIP bomb, else raise --ratio"
        )
    allowance.take(info.file_size, name)


def unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits, allowance: Allowance) -> bytes:
    """The bytes of a member.

    Raises:
        Unreadable: it is encrypted, over a limit or damaged.
    """
    bounded(info, name, limits, allowance)
    try:
        return archive.read(info)
    except DAMAGED as error:
        raise Unreadable(name, f"damaged inside its ZIP container ({short(error)}); get it again") from None


def part(archive: zipfile.ZipFile, path: str, name: str, limits: Limits, allowance: Allowance) -> _Element | None:
    """The root of an XML part of an Office file, None where the file has no such part.

    Entities are never resolved, nothing is fetched, and a document type declaration, which no Office file has, is refused.

    Raises:
        Unreadable: the part is damaged, over a limit or hostile.
    """
    from lxml import etree

    try:
        info = archive.getinfo(path)
    except KeyError:
        return None
    if info.file_size > limits.tree:
        raise Unreadable(name, f"its part {path} is larger than {limits.tree} bytes; split it, or raise --megabytes")
    data = unpacked(archive, info, name, limits, allowance)
    if declares_type(data):
        raise Unreadable(name, TYPED)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(name, f"its part {path} is no sound XML ({short(error)}); save it anew") from None


def declares_type(data: bytes) -> bool:
    """Whether an XML part begins with a document type declaration, in whatever encoding.

    One that hides behind more than `HEAD` bytes is left to the parsers, which neither fetch nor unfold without bounds.
    """
    return b"<!DOCTYPE" in data[:HEAD].replace(b"\x00", b"").upper()


def short(error: BaseException) -> str:
    """The first line of an error, at most 80 characters; its kind where it says nothing."""
    lines = str(error).splitlines()
    return lines[0][:80] if lines else type(error).__name__
