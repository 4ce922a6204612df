"""Reads files into sources: the decoded text as it stands, the digest of its bytes, and the encoding it was in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from extractor.reading.options import DEFAULT, Options
from extractor.reading.plain import decode
from extractor.reading.source import Source, Unreadable

__all__ = [
    "MANY",
    "PLAIN",
    "READERS",
    "SUFFIXES",
    "Options",
    "Source",
    "Unreadable",
    "contents",
    "decode",
    "from_bytes",
    "read",
    "sources",
]


def sources(path: Path, name: str | None = None, options: Options = DEFAULT) -> Iterator[Source | Unreadable]:
    """The texts of one file in order, each read when it is asked for, and those of them that cannot be read.

    Raises:
        Unreadable: the file itself cannot be read.
    """
    yield read(path, name)


def read(path: Path, name: str | None = None) -> Source:
    """Read one file; `name` is what records call it, the path as given by default.

    Raises:
        Unreadable: the file is missing, a folder, forbidden, empty, of an unknown kind, or no text.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None and path.is_file():
        known = ", ".join(sorted(SUFFIXES))
        raise Unreadable(path, f"files of the kind {path.suffix!r} are not read; give one of {known}")
    return from_bytes(contents(path), name or path.as_posix(), reader or decode)


def contents(path: Path) -> bytes:
    """The bytes of a file, or one clear line why there are none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        reason = "no such file; check the spelling and the folder"
    except IsADirectoryError:
        reason = "this is a folder; give the files in it or a pattern such as *.txt"
    except PermissionError:
        reason = "this is a folder" if path.is_dir() else "reading it is not permitted; change its permissions"
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}; check the name and the disk"
    raise Unreadable(path, reason)


def from_bytes(data: bytes, name: str, reader: Callable[[bytes], tuple[str, str]] | None = None) -> Source:
    """The source that these bytes hold, from a file or from standard input.

    Raises:
        Unreadable: they are empty or no text.
    """
    try:
        raw, encoding = (reader or decode)(data)
    except Unreadable as problem:
        raise Unreadable(name, problem.reason) from None
    return Source(name, raw, hashlib.sha256(data).hexdigest(), encoding)


READERS: dict[str, Callable[[bytes], tuple[str, str]]] = {".txt": decode, ".md": decode, ".text": decode, "": decode}
"""How files are read, by suffix: bytes to text and encoding. A new kind of file is a new row."""
SUFFIXES = frozenset(suffix for suffix in READERS if suffix)
"""The kinds of files that a folder is searched for."""
PLAIN = frozenset(READERS)
"""The kinds of files that nothing but a decoder reads."""
MANY: frozenset[str] = frozenset()
"""The kinds of files that hold more than one text."""
