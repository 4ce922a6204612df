"""What a caller may say of the files to read."""

from __future__ import annotations

from dataclasses import dataclass, field

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be; what is larger is set aside.

    `bytes` bounds a file or member that is read whole; CSV, JSON Lines, Parquet and ZIP files are read piece by piece and
    may be larger. `tree` bounds what is held as a tree of many times its size: web pages and the parts of Word files.
    `row_bytes` bounds a row of a table in characters. `ratio` and `expanded` bound what compressed members
    unpack to, against their compressed size and in all; `nesting` is how deep archives may lie in archives, `members` how many an archive may hold.
    """

    bytes: int = 200 * MEGABYTE
    tree: int = 40 * MEGABYTE
    row_bytes: int = 20 * MEGABYTE
    ratio: int = 200
    expanded: int = 2_000 * MEGABYTE
    nesting: int = 3
    members: int = 100_000

    @classmethod
    def for_size(cls, megabytes: int, ratio: int) -> Limits:
        """Limits for files of so many megabytes; what is held as a tree may have a fifth of that."""
        return cls(bytes=megabytes * MEGABYTE, tree=megabytes * MEGABYTE // 5, ratio=ratio)


@dataclass(frozen=True, slots=True)
class Options:
    """Columns by name, each guessed by its usual names where None, and limits."""

    text_column: str | None = None
    title_column: str | None = None
    date_column: str | None = None
    issuer_column: str | None = None
    limits: Limits = field(default_factory=Limits)


DEFAULT = Options()
"""What is read where a caller says nothing."""
