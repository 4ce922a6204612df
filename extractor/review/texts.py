"""The texts behind a run: its inputs, read again where they lie, each compared with the digest that `run.json` has.

Records carry words and offsets but not the text around them. `run.json` names the paths as they were given, so that a
review starts in the folder that the run was started in, or is told where texts lie.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePath
from threading import RLock
from typing import Any

from spacy.tokens import Doc

from extractor import batch, pipeline, reading
from extractor.batch import Input, Settings, WrongCall
from extractor.batch.running import settings_of
from extractor.batch.work import digest, processed, sources
from extractor.evaluation.runs import READ, input_of
from extractor.reading import NOTHING, Source, Unreadable
from extractor.rulebook import Rulebook

HELD_FILES = 2
"""Files whose texts are kept in memory, for a table holds many."""
HELD_CHARACTERS = 200_000
"""Of processed texts that are kept in memory, at about one kilobyte a character; the last one is kept whatever its length."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What `run.json` says of a run; `entries` are its lines, `inputs` those of what was read, by name."""

    head: dict[str, Any]
    entries: list[dict[str, Any]]
    inputs: dict[str, dict[str, Any]]
    settings: Settings


def summary(folder: Path) -> Summary:
    """What `run.json` in a run's folder says.

    Raises:
        WrongCall: there is none, or it is no report of a run.
    """
    path = folder / "run.json"
    try:
        head = json.loads(path.read_text(encoding="utf-8"))
        entries = head.pop("inputs")
        inputs = {entry["source"]: entry for entry in entries if entry["outcome"] in READ}
        return Summary(head, entries, inputs, settings_of(head["options"]))
    except OSError as error:
        raise WrongCall(f"{path}: {error.strerror}; give a folder that `extractor run` wrote") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise WrongCall(f"{path}: no report of a run ({error!r}); run the texts again") from None


class Texts:
    """The texts of a run by the names that its records carry. Threads may share it: one at a time reads or processes."""

    def __init__(self, run: Summary, output: Path, folders: Sequence[Path], lock: RLock) -> None:
        self.run = run
        self.items = {item.name: item for item in again(run.settings.paths, output)}
        self.folders = tuple(folders)
        self.lock = lock
        self.of_input = lru_cache(HELD_FILES)(self.read)
        self.held: dict[str, Doc] = {}

    def source(self, name: str, sha256: str | None = None) -> Source:
        """The text of this name, and of this digest where one is given.

        Raises:
            Unreadable: it is not where it was, has changed, or cannot be read.
        """
        given = input_of(name, self.run.inputs)
        if given is None:
            raise Unreadable(name, "is no input of this run")
        with self.lock:
            found = self.of_input(given).get(name)
        if found is None or (sha256 and found.sha256 != sha256):
            raise Unreadable(name, "has changed since the run; run again, decisions are kept")
        return found

    @property
    def book(self) -> Rulebook:
        """The rules of today, with or without the trained models, as the run had them."""
        return pipeline.book_of(None, self.run.settings.arbiter)

    def warm(self) -> None:
        """Load the pipeline before anybody waits for it."""
        with self.lock:
            pipeline.load(arbiter=self.run.settings.arbiter)

    def raw(self, name: str) -> str | None:
        """The text of this name; None where it is not at hand."""
        try:
            return self.source(name).raw
        except Unreadable:
            return None

    def plain_bytes(self, name: str) -> bytes | None:
        """The file of a text that is a plain file of its own; None of any other."""
        item = self.item(name) if name in self.run.inputs else None
        return item.path.read_bytes() if item and item.path.suffix.lower() in reading.PLAIN else None

    def item(self, given: str) -> Input:
        """The file of an input: where the run found it, else in one of the folders where texts lie.

        Raises:
            Unreadable: it is at none of these places as the run read it.
        """
        known = self.items.get(given)
        beside = (folder / part for folder in self.folders for part in (given, PurePath(given).name))
        found: list[Input] = [*([known] if known else ()), *(Input(path, given) for path in beside)]
        wanted: str | None = self.run.inputs[given]["sha256"]
        for item in found:
            if wanted and digest(item.path) == wanted:
                return item
        if any(item.path.is_file() for item in found):
            raise Unreadable(given, "has changed since the run; run again, decisions are kept")
        raise Unreadable(
            given, "is not where the run found it; start in the same folder, or name its folder with --texts"
        )

    def read(self, given: str) -> dict[str, Source]:
        """The texts of an input by name."""
        found = sources(self.item(given), self.run.settings.reading)
        return {source.name: source for source in found if isinstance(source, Source)}

    def document(self, name: str, sha256: str | None = None) -> Doc:
        """The processed document of a text, kept for the next who asks.

        Raises:
            Unreadable: the text is not at hand.
        """
        with self.lock:
            self.held[name] = doc = self.held.pop(name, None) or self.process(name, sha256)
            while len(self.held) > 1 and sum(len(raw_of(each)) for each in self.held.values()) > HELD_CHARACTERS:
                del self.held[next(iter(self.held))]
            return doc

    def process(self, name: str, sha256: str | None = None) -> Doc:
        """A processed document of a text, as the run processed it but by today's rules, for the caller alone.

        Raises:
            Unreadable: the text is not at hand.
        """
        with self.lock:
            source = self.source(name, sha256)
            given = input_of(name, self.run.inputs) or name
            said = self.items[given].meta if given in self.items else NOTHING
            return processed(source, said, self.run.settings)


def raw_of(doc: Doc) -> str:
    """The raw text of a processed document."""
    raw: str = doc._.text.raw
    return raw


def again(paths: Sequence[str], output: Path) -> Iterator[Input]:
    """The files that the paths of a run stand for today; what is gone from its place is passed over."""

    def there(path: str) -> bool:
        try:
            return bool(batch.inputs([path], output))
        except WrongCall:
            return False

    yield from batch.inputs([path for path in paths if path != batch.STDIN and there(path)], output)


def single(name: str) -> bool:
    """Whether a file of this name holds no more than one text."""
    return PurePath(name).suffix.lower() not in reading.MANY
