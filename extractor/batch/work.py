"""One input to what is kept of it: its texts, each with its records or with the reason why there are none."""

from __future__ import annotations

import gc
import hashlib
import shutil
import sys
import tempfile
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractor import reading
from extractor.batch.inputs import STDIN, Input, printable
from extractor.batch.settings import Settings
from extractor.reading import DEFAULT, Meta, Options, Source, Unreadable
from extractor.rulebook import RuleError

if TYPE_CHECKING:
    from spacy.tokens import Doc

SPOOLED = 50_000_000
"""Bytes of standard input that are kept in memory."""
STRETCH = 200_000
"""Characters of a big input that are read in one go, before the next worker's stretch begins."""
COLLECT_AFTER = 1_000_000
"""Objects between two collections: records hold no cycles, and looking for them every 700 objects costs a tenth of the time."""
Doing = Literal["reading", "processing"]
Watch = Callable[[int, Doing], None]
"""Told which text of an input is about to be read or processed."""


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be read: an input of `size` bytes, or the `share`-th of every `shares` stretches of a big one.

    `done` are the texts that need not be read again, as half-open ranges of their numbers in order, got from bytes
    with the digest `sha256`; `spoiled` are those that brought a worker down, each with what it died of.
    """

    key: int
    item: Input
    size: int = 0
    share: int = 0
    shares: int = 1
    done: tuple[tuple[int, int], ...] = ()
    sha256: str | None = None
    spoiled: Mapping[tuple[int, Doing], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """What became of one text, the `ordinal`-th of its input; records, text and rows of CSV files as compressed UTF-8.

    A reason that is not `final` may be gone at the next try: a lost worker, a missing file.
    """

    key: int
    ordinal: int
    name: str
    reason: str | None = None
    warnings: str | None = None
    encoding: str | None = None
    characters: int = 0
    commitments: int = 0
    pledges: int = 0
    final: bool = True
    records: bytes = b""
    raw: bytes | None = None
    commitments_csv: bytes | None = None
    entities_csv: bytes | None = None
    pledges_csv: bytes | None = None


@dataclass(frozen=True, slots=True)
class Begin:
    """A job begins; `sha256` is the digest of the input's bytes, None where it cannot be read twice or at all."""

    key: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class End:
    """A job is done; `changed` tells whether somebody wrote to the input meanwhile."""

    key: int
    changed: bool = False


def work(job: Job, settings: Settings, watch: Watch = lambda ordinal, doing: None) -> Iterator[Begin | Text | End]:
    """Do one job; nothing that an input holds stops it."""
    before = state(job.item.path)
    yield Begin(job.key, digest(job.item.path))
    for ordinal, source in texts(job, settings, watch):
        watch(ordinal, "processing")
        yield outcome(job, ordinal, source, settings)
    yield End(job.key, changed=state(job.item.path) != before)


def state(path: Path) -> tuple[int, int, int] | None:
    """What differs after a file was written to or replaced; None where there is none, or a pipe."""
    try:
        found = path.stat() if path.is_file() else None
    except OSError:
        return None
    return (found.st_ino, found.st_size, found.st_mtime_ns) if found else None


def digest(path: Path) -> str | None:
    """The digest of a file, None where it cannot be read or comes through a pipe."""
    if not path.is_file():
        return None
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def texts(job: Job, settings: Settings, watch: Watch) -> Iterator[tuple[int, Source | Unreadable]]:
    """The texts of a job that are still to be processed, with their numbers in the input."""
    found = sources(job.item, settings.reading)
    characters = 0
    for ordinal in count():
        watch(ordinal, "reading")
        if reason := job.spoiled.get((ordinal, "reading")):
            source: Source | Unreadable | None = Unreadable(job.item.path, reason)
        else:
            source = next(found, None)
        if source is None:
            return
        mine = characters // STRETCH % job.shares == job.share
        if mine and not inside(job.done, ordinal):
            yield ordinal, source
        if (ordinal, "reading") in job.spoiled:
            return
        characters += len(source.raw) if isinstance(source, Source) else 1


def sources(item: Input, options: Options = DEFAULT) -> Iterator[Source | Unreadable]:
    """The texts of an input; what its reader stumbles over is the last of them."""
    try:
        if item.name == STDIN:
            yield from standard_input(options)
        else:
            yield from reading.sources(item.path, item.name, options)
    except Unreadable as problem:
        yield problem
    except Exception as error:
        yield Unreadable(item.path, unexpected("read", error))


def documents(
    items: Iterable[Input], day: date | None = None, arbiter: bool = True, options: Options = DEFAULT
) -> Iterator[Doc | Unreadable]:
    """The texts of some inputs, processed one by one in this process; what cannot be read is given in its turn."""
    from extractor.ledger import from_source

    for item in items:
        for source in () if item.left_out else sources(item, options):
            if isinstance(source, Unreadable):
                yield source
            else:
                said = item.meta
                yield from_source(source, day or said.date, said.issuer, arbiter, said.title)
                if not gc.isenabled():
                    settle()


def standard_input(options: Options = DEFAULT) -> Iterator[Source | Unreadable]:
    """What is piped in, kept in a temporary file where it is large."""
    with tempfile.SpooledTemporaryFile(SPOOLED) as kept:
        shutil.copyfileobj(sys.stdin.buffer, kept)
        kept.seek(0)
        yield from reading.from_stream(kept, STDIN, options)


def unexpected(doing: str, error: Exception) -> str:
    """The reason for a fault of our own or of a library: one line, for a report."""
    return printable(f"it could not be {doing} ({type(error).__name__}: {error}); please report this with the file")


def inside(ranges: tuple[tuple[int, int], ...], ordinal: int) -> bool:
    """Whether a number lies in one of these ranges."""
    place = bisect_right(ranges, ordinal, key=lambda pair: pair[0]) - 1
    return place >= 0 and ordinal < ranges[place][1]


def outcome(job: Job, ordinal: int, source: Source | Unreadable, settings: Settings) -> Text:
    """Process one text."""
    if isinstance(source, Unreadable):
        final = (ordinal, "reading") not in job.spoiled and job.item.path.exists()
        part = str(source.path).startswith(job.item.name)
        name = printable(str(source.path)) if part else job.item.name
        return Text(job.key, ordinal, name, printable(str(source)), final=final)
    spoiled = job.spoiled.get((ordinal, "processing"))
    if reason := spoiled or excess(source, settings):
        return Text(job.key, ordinal, source.name, f"{source.name}: {reason}", final=not spoiled)
    try:
        return extracted(job, ordinal, source, settings)
    except RuleError:
        raise
    except Exception as error:
        return Text(job.key, ordinal, source.name, f"{source.name}: {unexpected('processed', error)}")


def excess(source: Source, settings: Settings) -> str | None:
    """Which limit a text goes over, and what to do."""
    from extractor import clauses

    length = len(source.raw)
    if length > settings.characters:
        return f"{length:,} characters, the limit is {settings.characters:,}; split it or raise --characters"
    if length > settings.clauses and (number := len(clauses.split(source.raw))) > settings.clauses:
        return f"{number:,} clauses, the limit is {settings.clauses:,}; split it or raise --clauses"
    return None


def extracted(job: Job, ordinal: int, source: Source, settings: Settings) -> Text:
    """The records of a text."""
    from extractor.columns import TABLES
    from extractor.writing import sheets

    records = processed(source, job.item.meta, settings)._.commitments
    rows = {name: packed(sheets.rows_of(name, records)) for name in TABLES} if settings.prints_rows else {}
    return Text(
        job.key,
        ordinal,
        source.name,
        None,
        "; ".join(source.warnings) or None,
        source.encoding,
        len(source.raw),
        len(records),
        len({record.pledge.id for record in records if record.pledge}),
        records=packed("".join(record.model_dump_json() + "\n" for record in records)),
        raw=packed(source.raw) if settings.keeps_text else None,
        commitments_csv=rows.get("commitments"),
        entities_csv=rows.get("entities"),
        pledges_csv=rows.get("pledges"),
    )


def processed(source: Source, said: Meta, settings: Settings) -> Doc:
    """The processed document of a text; the call counts before what `meta.csv` says, that before the text."""
    from extractor.ledger import from_source

    return from_source(source, settings.date or said.date, settings.issuer or said.issuer, settings.arbiter, said.title)


def settle() -> None:
    """Collect seldom, and pass over what is there."""
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)
    gc.enable()


def packed(text: str) -> bytes:
    """A text, compressed."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 1)


def unpacked(data: bytes) -> str:
    """What was packed."""
    return zlib.decompress(data).decode("utf-8", "surrogatepass")
