"""Where decisions lie: `DIR/review.sqlite`, one row a decision, none of them ever changed or deleted.

A decision is on the disk before the call that made it returns (one transaction, `synchronous = FULL`), so that neither a
crash nor `kill -9` takes it away. An undo is a row, too: it says again what the row under the undone one said. So the last
row of a case tells all about it, and the history is all rows. A row is written only by somebody who has seen the one
before it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from pydantic import ValidationError

from extractor.records import Commitment
from extractor.review.case import Decision, Key

NAME = "review.sqlite"
LAYOUT = 1
"""Of the tables; kept in SQLite's `user_version`."""
WAIT = 5.0
"""Seconds that another process may take to write."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS decisions (
    number INTEGER PRIMARY KEY AUTOINCREMENT, sha256 TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER NOT NULL,
    version INTEGER NOT NULL, action TEXT NOT NULL, outcome TEXT, record TEXT NOT NULL, machine TEXT, who TEXT NOT NULL,
    moment TEXT NOT NULL, note TEXT, under INTEGER NOT NULL, UNIQUE (sha256, start, stop, version))
"""
COLUMNS = "number, sha256, start, stop, version, action, outcome, record, machine, who, moment, note, under"
LATEST = f"""
SELECT {COLUMNS} FROM decisions WHERE number IN (SELECT max(number) FROM decisions WHERE number > ? GROUP BY sha256, start, stop)
ORDER BY number
"""
ONE = "sha256 = ? AND start = ? AND stop = ?"


class BrokenReview(ValueError):
    """The decisions of a folder cannot be read or written; the message names the file and what to do."""


class Stale(Exception):
    """Somebody has decided since: another tab, another window, another person."""


class Store:
    """The decisions of a run's folder; open one with `opened`. Threads may share it."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self.path = path
        self.database = database
        self.lock = Lock()

    def latest(self, after: int = 0) -> list[Decision]:
        """The last decision about every case that something was decided about behind the `after`-th decision."""
        return self.read(LATEST, (after,))

    def history(self, key: Key) -> list[Decision]:
        """All decisions about a case, the first one first."""
        return self.read(f"SELECT {COLUMNS} FROM decisions WHERE {ONE} ORDER BY version", place(key))

    def read(self, query: str, values: tuple[str | int, ...]) -> list[Decision]:
        """Some rows."""
        with self.lock, plainly(self.path):
            rows = self.database.execute(query, values).fetchall()
        return list(map(self.decision, rows))

    def decision(self, row: tuple[object, ...]) -> Decision:
        """A row as it is known outside."""
        values = dict(zip(COLUMNS.split(", "), row, strict=True))
        key = Key(values.pop("sha256"), values.pop("start"), values.pop("stop"))  # type: ignore[arg-type]
        try:
            record = Commitment.model_validate_json(str(values.pop("record")))
        except ValidationError as error:
            said = error.errors()[0]["msg"]
            raise BrokenReview(f"{self.path}: decision {values['number']} holds no record: {said}") from None
        machine = values.pop("machine")
        return Decision(key=key, record=record, machine=json.loads(str(machine)) if machine else None, **values)  # type: ignore[arg-type]

    def add(self, decision: Decision) -> Decision:
        """Keep a decision whose maker has seen the one before it; it is on the disk when this returns.

        Raises:
            Stale: another one has come between.
        """
        machine = None if decision.machine is None else json.dumps(decision.machine, ensure_ascii=False)
        values = (
            *place(decision.key),
            decision.version,
            decision.action,
            decision.outcome,
            decision.record.model_dump_json(),
            machine,
            decision.who,
            decision.moment,
            decision.note,
            decision.under,
        )
        asked = f"SELECT ifnull(max(version), 0) FROM decisions WHERE {ONE}"
        names = COLUMNS.removeprefix("number, ")
        with self.lock, plainly(self.path), transaction(self.database):
            (seen,) = self.database.execute(asked, place(decision.key)).fetchone()
            if seen != decision.version - 1:
                raise Stale
            self.database.execute(f"INSERT INTO decisions ({names}) VALUES ({', '.join('?' * len(values))})", values)
        return decision


def place(key: Key) -> tuple[str, int, int]:
    """A key as columns."""
    return key.sha256, key.start, key.end


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """All or nothing, and nobody else in between."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Say in one line what is wrong with the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenReview(f"{path}: {error}; check the disk, or move the file away to start anew") from None


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The decisions of a run's folder; the file is made where there is none.

    Raises:
        BrokenReview: the file is damaged, of a newer version, or cannot be written to.
    """
    path = folder / NAME
    with plainly(path):
        database = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        with plainly(path):
            (layout,) = database.execute("PRAGMA user_version").fetchone()
            if layout > LAYOUT:
                raise BrokenReview(f"{path}: written by a newer version; update the package")
            for statement in (
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                SCHEMA,
                f"PRAGMA user_version = {LAYOUT}",
            ):
                database.execute(statement)
        yield Store(path, database)
    finally:
        database.close()
