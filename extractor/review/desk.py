"""A run, its texts and what was decided about it, held together; what is decided is kept before anybody is told so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from spacy.tokens import Doc

from extractor import restoring
from extractor.batch import WrongCall
from extractor.batch.work import state
from extractor.records import Commitment
from extractor.review import store as storing
from extractor.review.case import Case, Decision
from extractor.review.merging import merged, ordered
from extractor.review.store import Stale, Store
from extractor.review.texts import Summary, Texts, single, summary


class Unknown(LookupError):
    """There is no such case, document or rule; the message names it."""


@dataclass(slots=True)
class Shelf:
    """What a run holds: its records, its cases by id, in the order in which a person goes through them, and its texts by digest, each with its names."""

    run: Summary
    records: tuple[Commitment, ...]
    texts: Texts
    cases: dict[str, Case] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    titles: dict[str, str | None] = field(default_factory=dict)

    @property
    def places(self) -> dict[str, int]:
        """The digests of the texts with their places in the run."""
        return {sha256: place for place, sha256 in enumerate(self.names)}

    def order(self) -> None:
        """Put the cases in order; needed after an addition."""
        self.cases = {case.key.id: case for case in ordered(self.cases.values())}


class Desk:
    """A run's folder on the desk; open one with `opened`. Threads may share it.

    `pipeline` is held by whoever reads or processes a text, `lock` by whoever looks at or changes what is known.
    """

    def __init__(self, folder: Path, store: Store, folders: Sequence[Path] = ()) -> None:
        self.folder = folder
        self.store = store
        self.folders = folders
        self.lock = RLock()
        self.pipeline = RLock()
        self.seen = 0
        self.stamp: object = None
        self.shelf = self.load()

    def load(self) -> Shelf:
        """The run as it lies in the folder, under what was decided so far.

        Raises:
            WrongCall: the folder holds no run.
        """
        self.stamp = state(self.folder / "run.json")
        run = summary(self.folder)
        try:
            records = restoring.read(self.folder).commitments
        except (ValueError, FileNotFoundError) as error:
            raise WrongCall(str(error)) from None
        shelf = Shelf(run, records, Texts(run, self.folder, self.folders, self.pipeline))
        for record in records:
            names = shelf.names.setdefault(record.source_sha256, [])
            if record.source not in names:
                names.append(record.source)
                shelf.titles[record.source] = record.document.title
        for name, entry in run.inputs.items():
            if name not in shelf.titles and single(name) and entry["sha256"]:
                shelf.names.setdefault(entry["sha256"], []).append(name)
                shelf.titles[name] = None
        decisions = self.store.latest()
        self.seen = max((decision.number for decision in decisions), default=0)
        shelf.cases = {case.key.id: case for case in merged(records, decisions, shelf.places)}
        shelf.order()
        return shelf

    def fresh(self) -> Shelf:
        """What is there now: a run that was written anew is loaded, decisions that others made are taken over.

        Raises:
            WrongCall: what was written anew is no run; the next who asks is shown what was there before.
        """
        with self.lock:
            if state(self.folder / "run.json") not in (None, self.stamp):
                self.shelf = self.load()
            for decision in self.store.latest(after=self.seen):
                self.take(decision)
            return self.shelf

    def take(self, decision: Decision) -> None:
        """Lay a decision over the cases."""
        shelf = self.shelf
        known = shelf.cases.get(decision.key.id)
        place = shelf.places.get(decision.key.sha256)
        if known:
            known.decide(decision)
        elif place is not None:
            shelf.cases[decision.key.id] = case = Case(decision.key, document=place)
            case.decide(decision)
            shelf.order()
        self.seen = max(self.seen, decision.number)

    def case(self, id: str, version: int | None = None) -> Case:
        """A case as it is now, and, where a version is named, as somebody has seen it.

        Raises:
            Unknown: there is none of this id.
            Stale: another decision has come between.
        """
        found = self.fresh().cases.get(id)
        if found is None:
            raise Unknown(f"{id}: no such case in this run")
        if version is not None and version != found.version:
            raise Stale
        return found

    def document(self, record: Commitment) -> Doc:
        """The processed text of a record.

        Raises:
            Unreadable: it is not at hand.
        """
        return self.fresh().texts.document(record.source, record.source_sha256)


@contextmanager
def opened(folder: Path, folders: Sequence[Path] = ()) -> Iterator[Desk]:
    """The desk of a run's folder; `folders` are where texts lie that are no longer where the run found them.

    Raises:
        WrongCall: it holds no run.
        BrokenReview: its decisions cannot be read or written.
    """
    summary(folder)
    with storing.opened(folder) as store:
        yield Desk(folder, store, folders)
