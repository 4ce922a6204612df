"""What a run wrote, read back: `commitments.jsonl` of this version or another.

Only what scores need is asked for, so that runs of versions with other fields can be scored and compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

LINES = "commitments.jsonl"


class BrokenRun(ValueError):
    """A run that cannot be read; the message names the file and what to do."""


class Part(BaseModel):
    """A stretch of the source; other fields are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: str = ""
    start: int
    end: int


class Mention(Part):
    """An entity of a record."""

    type: str
    norm: Any = None


class Due(BaseModel):
    """The deadline of a record."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start_date: str | None = None
    end_date: str | None = None


class Prediction(BaseModel):
    """A record as far as it is scored; other fields are passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    source: str
    source_sha256: str | None = None
    head: Part
    lead_ins: tuple[Part, ...] = ()
    tails: tuple[Part, ...] = ()
    kind: str | None = None
    strength: str | None = None
    deadline: Due | None = None
    entities: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """What a run wrote, and the texts that it read: digest to path, where its `run.json` tells."""

    entries: list[Entry]
    texts: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was written, and what is scored of it."""

    written: dict[str, Any]
    seen: Prediction

    @property
    def document(self) -> str:
        """The file name of its text, which is what a sample's `doc` says."""
        return Path(self.seen.source).name


def read_run(path: Path) -> Run:
    """The records of a run's folder, or of a `commitments.jsonl`.

    Raises:
        BrokenRun: there is no such file, or a line of it is no record.
    """
    file = path / LINES if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BrokenRun(f"{file}: {reason}; give a folder that `extractor run` wrote, or its {LINES}") from None
    entries = [entry(line, f"{file}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    return Run(entries, texts_of(file.with_name("run.json")))


def texts_of(summary: Path) -> dict[str, str] | None:
    """The texts that a run read, those without a commitment too; None where its summary is not there or says nothing."""
    try:
        inputs = json.loads(summary.read_text(encoding="utf-8"))["inputs"]
        return {given["sha256"]: given["source"] for given in inputs if given["sha256"]} or None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def entry(line: str, place: str) -> Entry:
    """One record; `place` is the file and line that a fault is reported at."""
    try:
        written = json.loads(line)
        return Entry(written, Prediction.model_validate(written))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "record"
        raise BrokenRun(f"{place}: {where}: {first['msg']}; run the texts again") from None
    except ValueError as error:
        raise BrokenRun(f"{place}: no JSON ({error}); run the texts again") from None


def by_document(run: Run) -> dict[str, list[Prediction]]:
    """What is scored, by the file name of the text; a text without commitments has none, where it is known."""
    found: dict[str, list[Prediction]] = defaultdict(list)
    for source in (run.texts or {}).values():
        found[Path(source).name] = []
    for item in run.entries:
        found[item.document].append(item.seen)
    return dict(found)
