"""What a run is asked to do, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from extractor.reading import Options
from extractor.writing import Header

SECONDS = 600.0
CHARACTERS = 1_000_000
CLAUSES = 200_000
PARTITION = 2_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """The options of a run; what is not about the result (workers, taking over) stands last.

    `seconds` may pass without a text being read or finished; `characters` and `clauses` are the most that a text may
    hold: memory grows with them, by about one kilobyte a character. `apart` has even small texts read by worker processes.
    `partition` bytes are what a worker of a cluster is given at a time.
    """

    date: date | None = None
    issuer: str | None = None
    arbiter: bool = True
    reading: Options = field(default_factory=Options)
    seconds: float = SECONDS
    characters: int = CHARACTERS
    clauses: int = CLAUSES
    formats: tuple[str, ...] = ("csv", "json", "jsonl")
    header: Header = "en"
    paths: tuple[str, ...] = ()
    workers: int | None = None
    resume: bool = False
    update: bool = False
    apart: bool = False
    partition: int = PARTITION

    @property
    def keeps_text(self) -> bool:
        """Whether a format shows the texts themselves."""
        return "html" in self.formats

    @property
    def prints_rows(self) -> bool:
        """Whether a format has the rows of tables one after another, so that every text's can be made at once."""
        return "csv" in self.formats


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a run.

    `plan`: so many `texts` are taken over, so many files and bytes are to be read. `text`: one is done or, for
    a `reason`, set aside, and so are so many bytes of its file. `input`: all of a file is done. `partition`: all is done
    that a worker of a cluster was given; so many `files` begin in it. `worker lost`, `note`: see `reason`.
    """

    what: Literal["plan", "text", "input", "partition", "worker lost", "note"]
    name: str = ""
    reason: str | None = None
    characters: int = 0
    bytes: int = 0
    files: int = 0
    texts: int = 0


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole run: its counts, where its outputs lie, and the first few texts that were set aside with the reasons."""

    folder: Path | str
    counts: Mapping[str, int]
    set_aside: tuple[str, ...]
    texts_set_aside: int
    seconds: float = 0.0
