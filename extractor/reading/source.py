"""What every reader gives, and what it says when it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Unreadable(Exception):
    """A file that cannot be read as text; `reason` says why and what to do, in one line."""

    def __init__(self, path: Path | str, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        """Path and reason in one line."""
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Source:
    """A decoded file.

    `raw` keeps its line breaks as they are and lacks only the byte order mark; `sha256` is the hexadecimal digest of
    the file's bytes; `warnings` say what was lost.
    """

    name: str
    raw: str
    sha256: str
    encoding: str
    warnings: tuple[str, ...] = ()
