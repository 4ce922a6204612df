"""What a run wrote, read back: `commitments.jsonl` of this version or another.

Only what scores need is asked for, so that runs of versions with other fields can be scored and compared.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

LINES = "commitments.jsonl"
READ = ("done", "done with warnings")
"""How inputs end that were read; others were set aside or left out."""


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
    """What a run wrote, and the inputs that it read: path to digest, where its `run.json` tells.

    An input is a text, or a table or an archive of texts.
    """

    entries: list[Entry]
    inputs: Mapping[str, str | None] | None = None

    @property
    def known(self) -> Mapping[str, str | None]:
        """Path to digest of what it certainly read: its inputs, else the texts that it has records of."""
        if self.inputs is not None:
            return self.inputs
        return {entry.seen.source: entry.seen.source_sha256 for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it was written, and what is scored of it."""

    written: dict[str, Any]
    seen: Prediction


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
    return Run(entries, inputs_of(file.with_name("run.json")))


def inputs_of(summary: Path) -> dict[str, str | None] | None:
    """The inputs that a run read, those without a commitment too; None where its summary is not there or says nothing."""
    try:
        inputs = json.loads(summary.read_text(encoding="utf-8"))["inputs"]
        return {given["source"]: given["sha256"] for given in inputs if given["outcome"] in READ}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def input_of(source: str, inputs: Collection[str]) -> str | None:
    """The input that a text is, or is a row or a member of; None where it is of none of these.

    >>> input_of("t.csv#2", {"t.csv"}), input_of("in/a.zip/t.csv#2", {"in/a.zip"}), input_of("t.csv2", {"t.csv"})
    ('t.csv', 'in/a.zip', None)
    """
    ends = [len(source), *(at for at in reversed(range(len(source))) if source[at] in "#/")]
    return next((source[:end] for end in ends if source[:end] in inputs), None)


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


def by_document(run: Run, names: Collection[str]) -> dict[str, list[Prediction]]:
    """What is scored of the texts of these file names that a run read; nothing of a text without commitments.

    Raises:
        BrokenRun: two texts of the run have one of these names.
    """
    texts: dict[str, list[Prediction]] = {source: [] for source in run.known}
    for item in run.entries:
        texts.setdefault(item.seen.source, []).append(item.seen)
    paths: dict[str, str] = {}
    for source in texts:
        name = PurePath(source).name
        if name in names and paths.setdefault(name, source) != source:
            raise BrokenRun(f"{paths[name]} and {source} have one file name; run the annotated texts alone")
    return {name: texts[source] for name, source in paths.items()}
