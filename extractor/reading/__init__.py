"""Reads files into sources: texts as they stand, with where a person finds them, and what their container says of them.

A module a format; `signatures` tells which. What only some formats need is imported when such a file is read.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO

from extractor.reading import plain, signatures
from extractor.reading.containers import Allowance
from extractor.reading.meta import NAME as SIDECAR
from extractor.reading.meta import NOTHING, Meta, sidecar
from extractor.reading.options import DEFAULT, Limits, Options
from extractor.reading.plain import decode
from extractor.reading.signatures import MANY, PLAIN
from extractor.reading.signatures import SEARCHED as SUFFIXES
from extractor.reading.source import Place, Source, Unreadable

__all__ = [
    "DEFAULT",
    "EMPTY",
    "MANY",
    "NOTHING",
    "PLAIN",
    "READERS",
    "SIDECAR",
    "SUFFIXES",
    "Limits",
    "Meta",
    "Options",
    "Place",
    "Source",
    "Unreadable",
    "decode",
    "from_bytes",
    "from_stream",
    "read",
    "sidecar",
    "single",
    "sources",
]

EMPTY = "empty; there is no text in it"
READERS: dict[signatures.Kind, str] = {
    "plain": "plain",
    "html": "page",
    "word": "word",
    "pdf": "pdf",
    "workbook": "workbook",
    "separated": "separated",
    "lines": "jsonlines",
    "parquet": "parquet",
    "office": "office",
}
"""The module that reads files of a kind, imported with the first of them; archives are read by `archives` with all of these."""


def reader(kind: signatures.Kind) -> Callable[[IO[bytes], str, Options], Iterator[Source | Unreadable]]:
    """What reads files of a kind."""
    read: Callable[[IO[bytes], str, Options], Iterator[Source | Unreadable]]
    read = plain.read if kind == "plain" else import_module(f"extractor.reading.{READERS[kind]}").read
    return read


def sources(path: Path, name: str | None = None, options: Options = DEFAULT) -> Iterator[Source | Unreadable]:
    """What a file holds, one by one: a text, the rows of a table (`t.csv#12`), the members of an archive (`a.zip/b.txt`).

    `name` is what records call the file, the path as given by default. A row or member that cannot be read is given as
    `Unreadable` in its turn; so is what breaks off behind others.

    Raises:
        Unreadable: the file is missing, a folder, forbidden, or broken as a whole.
    """
    called = name or path.as_posix()
    with opened(path) as stream:
        yield from from_stream(stream, called, options, signatures.suffix(path.name))


def from_stream(
    stream: IO[bytes],
    name: str,
    options: Options = DEFAULT,
    suffix: str = "",
) -> Iterator[Source | Unreadable]:
    """What a seekable stream holds, as `sources`; `suffix` is the end of its name where that tells its kind.

    Raises:
        Unreadable: it is broken as a whole.
    """
    given = False
    try:
        for each in by_kind(stream, name, options, Allowance(options.limits), suffix):
            yield each
            given = True
    except Unreadable as problem:
        if not given:
            raise
        yield problem


def by_kind(
    stream: IO[bytes], name: str, options: Options, allowance: Allowance, suffix: str
) -> Iterator[Source | Unreadable]:
    """What a stream holds, by the reader of its kind."""
    kind = signatures.kind_of(stream, suffix)
    if kind == "plain" and not suffix and options.text_column:
        kind = "lines" if stream.read(1) == b"{" else "separated"
        stream.seek(0)
    if kind is None:
        known = ", ".join(sorted(SUFFIXES))
        raise Unreadable(name, f"files of the kind {suffix!r} are not read; give one of {known}")
    if kind == "refused":
        raise Unreadable(name, "an Office file of another kind; save it as .docx, .xlsx or PDF")
    try:
        if kind == "archive":
            from extractor.reading import archives

            found = archives.read(stream, name, options, allowance, of_member)
        else:
            found = reader(kind)(stream, name, options)
        first = next(found, None)
        if first is None:
            raise Unreadable(name, EMPTY)
        yield first
        yield from found
    except RecursionError:
        raise Unreadable(name, "nested too deeply; save it anew") from None
    except OSError as error:
        raise Unreadable(name, f"cannot be read: {error.strerror or error}; check the disk") from None
    except MemoryError:
        raise Unreadable(name, "needs more memory than there is; split it") from None


def of_member(stream: IO[bytes], name: str, options: Options, allowance: Allowance) -> Iterator[Source | Unreadable]:
    """What a member of an archive holds."""
    return by_kind(stream, name, options, allowance, signatures.suffix(name))


def read(path: Path, name: str | None = None) -> Source:
    """Read a file that holds one text.

    Raises:
        Unreadable: it cannot be read, or holds several texts.
    """
    return single(sources(path, name), name or path.as_posix())


def from_bytes(data: bytes, name: str) -> Source:
    """The one text that these bytes hold.

    Raises:
        Unreadable: they cannot be read, or hold several texts.
    """
    return single(from_stream(io.BytesIO(data), name, suffix=signatures.suffix(name)), name)


def single(found: Iterator[Source | Unreadable], name: str) -> Source:
    """The only source of a file."""
    first = next(found)
    if isinstance(first, Unreadable):
        raise first
    if next(found, None) is not None:
        raise Unreadable(name, "holds several texts; `extractor run` reads them all")
    return first


def opened(path: Path) -> IO[bytes]:
    """An open file, or one clear line why there is none."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        reason = "no such file; check the spelling and the folder"
    except IsADirectoryError:
        reason = "this is a folder; give the files in it or a pattern such as *.txt"
    except PermissionError:
        reason = "this is a folder" if path.is_dir() else "reading it is not permitted; change its permissions"
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}; check the name and the disk"
    raise Unreadable(path, reason)
