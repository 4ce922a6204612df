"""Many inputs in one run: each ends as done or set aside, nothing stops the rest."""

from __future__ import annotations

import glob
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

from extractor import reading, rulebook, writing
from extractor.ledger import from_source
from extractor.reading import DEFAULT, NOTHING, Meta, Options, Source, Unreadable
from extractor.records import Commitment
from extractor.writing import Header, Material, files

STDIN = "-"
SPOOLED = 50_000_000
"""Bytes of standard input that are kept in memory."""

RESULTS = frozenset({"commitments", "entities", "pledges", "columns", "errors"})
"""Files that a run writes beside its `run.json`."""


class WrongCall(ValueError):
    """The call itself cannot be carried out; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name its records carry: relative to the folder it was found in.

    `left_out` says why a file that a folder holds is not read unless it is named itself; `meta` is what the folder's
    `meta.csv` says of it.
    """

    path: Path
    name: str
    left_out: str | None = None
    meta: Meta = NOTHING


@dataclass(slots=True)
class Outcome:
    """What became of one input."""

    source: str
    outcome: Literal["done", "set aside", "left out"]
    reason: str | None = None
    sha256: str | None = None
    encoding: str | None = None
    characters: int = 0
    commitments: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Summary:
    """A whole run."""

    records: list[Commitment] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    """Where each source was read from; standard input is not kept."""
    seconds: float = 0.0

    @property
    def set_aside(self) -> list[Outcome]:
        """The inputs that could not be read."""
        return [outcome for outcome in self.outcomes if outcome.outcome == "set aside"]

    def text(self, source: str) -> str | None:
        """The decoded text of a source, read again; None where it is no file or cannot be read any more."""
        try:
            return reading.read(self.files[source]).raw if source in self.files else None
        except Unreadable:
            return None

    @property
    def pledges(self) -> int:
        """How many enumerated items hold commitments."""
        return len({(r.source, r.pledge.id) for r in self.records if r.pledge})


def inputs(paths: Sequence[str]) -> list[Input]:
    """The files that paths, folders and globs stand for, in sorted order, each once.

    Raises:
        WrongCall: a path does not exist, a folder or pattern holds no text.
    """
    found: dict[Path, Input] = {}
    for given in paths:
        for item in expand(given):
            found.setdefault(item.path, item)
    return list(found.values())


def expand(given: str) -> Iterator[Input]:
    """The files behind one argument."""
    path = Path(given)
    if given == STDIN:
        yield Input(path, STDIN)
    elif path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in reading.SUFFIXES)
        known = known_beside(path)
        files = [file for file in files if file != path / reading.SIDECAR]
        if not files:
            raise WrongCall(f"{given}: this folder holds no text ({', '.join(sorted(reading.SUFFIXES))})")
        for file in files:
            name = file.relative_to(path).as_posix()
            yield Input(file, name, reason_to_leave(file), known.get(name, NOTHING))
    elif path.exists():
        yield Input(path, given)
    else:
        names = glob.glob(given, recursive=True)  # noqa: PTH207 - absolute patterns too
        files = sorted(map(Path, names))
        if not files:
            raise WrongCall(f"{given}: no such file or folder; check the spelling")
        yield from (Input(file, file.as_posix()) for file in files if file.is_file())


def known_beside(folder: Path) -> Mapping[str, Meta]:
    """What the folder's `meta.csv` says of its files."""
    try:
        return reading.sidecar(folder)
    except Unreadable as error:
        raise WrongCall(str(error)) from None


def reason_to_leave(file: Path) -> str | None:
    """Why a file found in a folder is not read: a README speaks of the folder, a run's results are no texts of it."""
    if file.stem.upper() == "README":
        return "a README is read only when it is named itself"
    if file.stem in RESULTS and file.with_name("run.json").is_file():
        return "the result of a run is read only when it is named itself"
    return None


def run(
    items: Iterable[Input],
    day: date | None = None,
    issuer: str | None = None,
    arbiter: bool = True,
    progress: Callable[[Outcome], None] = lambda outcome: None,
    options: Options = DEFAULT,
) -> Summary:
    """Process every input; what cannot be read is set aside with its reason.

    `progress` is told of every text, of which a table or an archive may hold many.
    """
    summary = Summary()
    began = time.perf_counter()
    for item in items:
        for outcome, records in process(item, day, issuer, arbiter, options):
            summary.outcomes.append(outcome)
            summary.records += records
            progress(outcome)
    summary.seconds = time.perf_counter() - began
    return summary


def process(
    item: Input,
    day: date | None,
    issuer: str | None,
    arbiter: bool = True,
    options: Options = DEFAULT,
) -> Iterator[tuple[Outcome, list[Commitment]]]:
    """One input: an outcome for each text in it, or one where it cannot be read as a whole."""
    if item.left_out:
        yield Outcome(item.name, "left out", item.left_out), []
        return
    given = replace(item.meta, date=day or item.meta.date, issuer=issuer or item.meta.issuer)
    found = standard_input(options) if item.name == STDIN else reading.sources(item.path, item.name, options)
    try:
        for source in found:
            yield processed(source, given, arbiter) if isinstance(source, Source) else set_aside(source, item)
    except Unreadable as error:
        yield set_aside(error, item)


def processed(source: Source, given: Meta, arbiter: bool) -> tuple[Outcome, list[Commitment]]:
    """One text."""
    records = list(from_source(source, given.date, given.issuer, arbiter, given.title)._.commitments)
    return Outcome(
        source.name,
        "done",
        None,
        source.sha256,
        source.encoding,
        len(source.raw),
        len(records),
        source.warnings,
    ), records


def set_aside(problem: Unreadable, item: Input) -> tuple[Outcome, list[Commitment]]:
    """A text that cannot be read: an input, or a part of one."""
    part = str(problem.path) if str(problem.path).startswith(item.name) else item.name
    return Outcome(part, "set aside", str(problem)), []


def standard_input(options: Options = DEFAULT) -> Iterator[Source | Unreadable]:
    """What is piped in, kept in a temporary file where it is large."""
    with tempfile.SpooledTemporaryFile(SPOOLED) as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield from reading.from_stream(kept, STDIN, options)


def prepare(folder: Path, formats: Sequence[str]) -> None:
    """Prove before the work that its result can be written.

    Raises:
        WrongCall: an unknown format, or a folder that cannot be written to.
    """
    unknown = [name for name in formats if name not in writing.FORMATS]
    if unknown or not formats:
        raise WrongCall(f"--formats {','.join(formats)}: choose from {', '.join(writing.FORMATS)}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise WrongCall(f"{folder}: cannot be written: {error.strerror or error}; choose another -o") from None


def write(
    summary: Summary, folder: Path, formats: Sequence[str], options: Mapping[str, object], header: Header = "en"
) -> None:
    """All files of the contract, each whole or not at all; `header` is the language of the header rows of CSV files.

    Raises:
        WrongCall: the folder cannot be written to, or a format is unknown.
    """
    from extractor import __version__

    try:
        folder.mkdir(parents=True, exist_ok=True)
        writing.write(Material(summary.records), folder, formats, header)
        errors = [{"source": o.source, "reason": o.reason} for o in summary.set_aside]
        files.write_text(folder / "errors.jsonl", "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in errors))
        report = {
            "version": __version__,
            "rules": rulebook.load().digest,
            "options": options,
            "counts": counts(summary),
            "seconds": round(summary.seconds, 3),
            "inputs": [{name: getattr(o, name) for name in Outcome.__slots__} for o in summary.outcomes],
        }
        files.write_text(folder / "run.json", json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise WrongCall(f"{folder}: cannot be written: {error.strerror or error}; choose another -o") from None


def counts(summary: Summary) -> dict[str, int]:
    """What the table at the end of a run shows."""
    return {
        "files": sum(outcome.outcome != "left out" for outcome in summary.outcomes),
        "characters": sum(outcome.characters for outcome in summary.outcomes),
        "pledges": summary.pledges,
        "commitments": len(summary.records),
        "set_aside": len(summary.set_aside),
    }
