"""Files by URL or path, through fsspec: on a drive that all workers share, or in an object store."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extractor.batch import WrongCall

EXTRA = "needs the extra [cluster]: pip install 'commitment-extractor[cluster]'"


def is_url(given: str) -> bool:
    """Whether it names a file of another system than this one's disks."""
    return "://" in given


class Folder:
    """A folder by its URL or absolute path; names of files in it are relative to it.

    Raises:
        WrongCall: what speaks to such a store is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.files, path = opened(url)
        self.path = path.rstrip("/")

    def at(self, name: str) -> str:
        """The path of a file as the store knows it."""
        return f"{self.path}/{name}" if name else self.path

    def has(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        return bool(self.files.exists(self.at(name)))

    def is_file(self, name: str) -> bool:
        """Whether there is a file of this name."""
        return bool(self.files.isfile(self.at(name)))

    def names(self, name: str) -> list[str]:
        """What a folder in it holds, sorted; nothing where there is none."""
        try:
            found = self.files.ls(self.at(name), detail=False)
        except (FileNotFoundError, NotADirectoryError):
            return []
        return sorted(path.rstrip("/").rpartition("/")[2] for path in found)

    def read(self, name: str) -> str:
        """A small text."""
        return bytes(self.files.cat_file(self.at(name))).decode("utf-8")

    def write(self, name: str, text: str) -> None:
        """A small text, whole or not at all."""
        with self.drafted(name) as draft:
            self.files.pipe_file(draft, text.encode("utf-8"))

    def put(self, file: Path, name: str) -> None:
        """A file from this machine's disk, whole or not at all."""
        with self.drafted(name) as draft:
            self.files.put_file(str(file), draft)

    def remove(self, name: str) -> None:
        """A file, or a folder with all that it holds, where there is one."""
        if self.has(name):
            self.files.rm(self.at(name), recursive=True)

    @contextmanager
    def drafted(self, name: str) -> Iterator[str]:
        """Where to write a file that takes its name once it is whole: of two that write the same, the later one's stays."""
        home, _, own = name.rpartition("/")
        self.files.makedirs(self.at(home), exist_ok=True)
        draft = self.at(f"{home}/.{own}.{secrets.token_hex(8)}.draft".lstrip("/"))
        try:
            yield draft
            self.files.mv(draft, self.at(name))
        except BaseException:
            if self.files.exists(draft):
                self.files.rm(draft)
            raise


def opened(url: str) -> tuple[Any, str]:
    """The file system of a URL or path, and what it calls the file; nothing is remembered of what lies there.

    Raises:
        WrongCall: what speaks to such a store is not installed.
    """
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise WrongCall(f"--cluster {EXTRA}") from None
    try:
        files, path = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise WrongCall(f"{url}: {error}") from None
    return files, path


def stream(url: str) -> Any:  # noqa: ANN401 - file systems have no types
    """The bytes of a file.

    Raises:
        OSError: it cannot be read.
    """
    files, path = opened(url)
    return files.open(path, "rb")


def stamp_of(url: str) -> str:
    """What is another one after a file was written to or replaced.

    Raises:
        OSError: there is none.
    """
    files, path = opened(url)
    return str(files.ukey(path))
