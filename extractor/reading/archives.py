"""ZIP archives: every readable member as if it lay in a folder, one at a time; nothing is ever unpacked to the disk."""

from __future__ import annotations

import io
import stat
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from extractor.reading import containers, signatures
from extractor.reading.containers import Allowance
from extractor.reading.options import Options
from extractor.reading.source import Place, Source, Unreadable, one_line

Reader = Callable[[IO[bytes], str, Options, Allowance], Iterator[Source | Unreadable]]
UTF8_NAME = 0x800
"""The flag of a member whose name is said to be UTF-8 (APPNOTE 6.3.10, 4.4.4, bit 11)."""
BESIDE = frozenset({"meta.csv", "thumbs.db"})


def read(
    stream: IO[bytes], name: str, options: Options, allowance: Allowance, reader: Reader
) -> Iterator[Source | Unreadable]:
    """What the members of an archive hold, as `archive.zip/inner.txt`, in the order of their names.

    Members of kinds that a folder is not searched for are passed over, as are those that make no text of a folder.

    Raises:
        Unreadable: the archive is damaged, nested too deeply, or holds nothing to read.
    """
    if options.limits.nesting < 1:
        raise Unreadable(name, "archives lie too deeply in archives; unpack the outer ones")
    inner = replace(options, limits=replace(options.limits, nesting=options.limits.nesting - 1))
    with containers.opened(stream, name, options.limits) as archive:
        found = sorted((path(info), at, info) for at, info in enumerate(archive.infolist()) if wanted(info))
        if not found:
            raise Unreadable(name, f"holds nothing to read; give one with {', '.join(sorted(signatures.SEARCHED))}")
        for inside, _, info in found:
            for each in member(archive, info, f"{name}/{inside}", inner, allowance, reader):
                yield within(each, inside) if isinstance(each, Source) else each


def member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, options: Options, allowance: Allowance, reader: Reader
) -> Iterator[Source | Unreadable]:
    """What one member holds; what is wrong with it is said of it alone."""
    try:
        if leads_out(path(info)):
            raise Unreadable(name, "its name leads out of the archive; rename it")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise Unreadable(name, "a symbolic link; put the file itself into the archive")
        data = containers.unpacked(archive, info, name, options.limits, allowance)
        yield from reader(io.BytesIO(data), name, options, allowance)
    except Unreadable as error:
        yield error


def within(source: Source, inside: str) -> Source:
    """A source with the member that it lies in at all its places."""
    places = source.places or (Place(0),)
    named = (replace(place, member=f"{inside}/{place.member}" if place.member else inside) for place in places)
    return replace(source, places=tuple(named))


def wanted(info: zipfile.ZipInfo) -> bool:
    """Whether a member is a file that a folder would be searched for."""
    name = PurePosixPath(path(info))
    hidden = any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.parts)
    if info.is_dir() or hidden or name.name.lower() in BESIDE or name.stem.upper() == "README":
        return False
    return name.suffix.lower() in signatures.SEARCHED


def leads_out(inside: str) -> bool:
    """Whether a name points out of the folder that the archive would be unpacked to."""
    parts = inside.split("/")
    return ".." in parts or not parts[0] or parts[0].endswith(":")


def path(info: zipfile.ZipInfo) -> str:
    """A member's name: UTF-8 where it says so or fits, else GB 18030, as Chinese Windows writes it; one line."""
    name = info.orig_filename
    if not info.flag_bits & UTF8_NAME:
        data = name.encode("cp437", "replace")
        try:
            name = data.decode("utf-8")
        except UnicodeDecodeError:
            name = data.decode("gb18030", "replace")
    return one_line(name.replace("\\", "/"))
