"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A place to write a file at, which takes the name `path` once it is whole.

    The draft lies hidden beside its place, with the same suffix. At the end it is flushed to the disk and renamed over
    an older file. On an exception nothing is left and the older file stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.stem}.{secrets.token_hex(8)}.draft{path.suffix}")
    try:
        yield draft
        with draft.open("r+b") as stream:
            os.fsync(stream.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


@contextmanager
def text_file(path: Path) -> Iterator[IO[str]]:
    """An `atomic` UTF-8 file to write text to; line ends are written as given."""
    with atomic(path) as draft, draft.open("x", encoding="utf-8", newline="") as stream:
        yield stream


def write_text(path: Path, text: str) -> Path:
    """Write a text file whole or not at all; returns its path."""
    with text_file(path) as stream:
        stream.write(text)
    return path


def settle(folder: Path) -> None:
    """Have the disk keep the names of the files in a folder, where the system lets folders be flushed."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
