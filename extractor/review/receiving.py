"""A text or a file that somebody sends, read and extracted like an input of a run: the same readers, limits and isolation.

A file is read by a worker process, so that one that is made to harm costs itself alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import IO

from extractor import batch, ledger, reading, restoring
from extractor.batch import Input, Settings
from extractor.batch.work import excess
from extractor.reading import Meta, Source, signatures
from extractor.review.answers import Extracted
from extractor.review.asks import Pasted

SECONDS = 60.0
"""That a file may take."""
NAME = "-"
"""How records call a text that was pasted."""


class Refused(Exception):
    """What was sent cannot be extracted: an HTTP status and the reason in one line."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


def from_text(sent: Pasted) -> Extracted:
    """The commitments of a text.

    Raises:
        Refused: it is over a limit.
    """
    source = Source(NAME, sent.text, "", "utf-8")
    if reason := excess(source, Settings()):
        raise Refused(413, reason)
    found = ledger.extract(sent.text, date=sent.date, issuer=sent.issuer)
    return Extracted(texts=1, text=sent.text, commitments=list(found.commitments), warnings=[])


def from_file(stream: IO[bytes], filename: str, day: date | None, issuer: str | None) -> Extracted:
    """The commitments of a file of any kind that a run reads.

    Raises:
        Refused: its kind is not read, or nothing of it can be.
    """
    name = batch.printable(PurePath(filename.replace("\\", "/")).name)[-200:] or "upload"
    suffix = signatures.suffix(name)
    if suffix and suffix not in reading.SUFFIXES:
        raise Refused(
            415, f"files of the kind {suffix!r} are not read; send one of {', '.join(sorted(reading.SUFFIXES))}"
        )
    with kept(stream, suffix) as path:
        settings = Settings(formats=("jsonl",), seconds=SECONDS, workers=1)
        out = path.parent / "out"
        summary = batch.run([Input(path, name, meta=Meta(day, issuer))], out, settings)
        if not summary.counts["texts"] or summary.texts_set_aside == summary.counts["texts"]:
            reasons = [*summary.set_aside, f"{name}: there is no text in it"]
            raise Refused(422, reasons[0])
        commitments = list(restoring.read(out).commitments)
        said = json.loads((out / "run.json").read_text(encoding="utf-8"))["inputs"][0]["reason"]
        return Extracted(
            texts=summary.counts["texts"],
            text=sole_text(path, name) if summary.counts["texts"] == 1 else None,
            commitments=commitments,
            warnings=list(dict.fromkeys(filter(None, (said, *summary.set_aside)))),
        )


@contextmanager
def kept(stream: IO[bytes], suffix: str) -> Iterator[Path]:
    """What was sent, as a file under a name of ours."""
    with TemporaryDirectory(prefix="extractor-") as folder:
        path = Path(folder) / f"upload{suffix}"
        with path.open("wb") as file:
            while block := stream.read(1 << 20):
                file.write(block)
        yield path


def sole_text(path: Path, name: str) -> str | None:
    """The only text of a file that a worker could read."""
    first = next(reading.sources(path, name), None)
    return first.raw if isinstance(first, Source) else None
