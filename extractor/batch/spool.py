"""What a run has found so far, on disk: `DIR/.run/spool.db`, a SQLite database.

Every text is one row, committed about once a second, so that a run that is killed at any moment loses that second at
most. The database stays locked while a run lasts, and the lock ends with its process, however that ends.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

from extractor.batch.inputs import Input, WrongCall
from extractor.batch.work import Text, unpacked
from extractor.records import Commitment
from extractor.writing.sheets import rows_of

HIDDEN = ".run"
COMMIT_EVERY = 1.0
"""Seconds."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (header TEXT NOT NULL, finished INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS inputs (
    key INTEGER PRIMARY KEY, path BLOB UNIQUE NOT NULL, name TEXT NOT NULL, left_out TEXT, said TEXT NOT NULL, sha256 TEXT,
    position INTEGER, complete INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS texts (
    input INTEGER NOT NULL, ordinal INTEGER NOT NULL, name TEXT NOT NULL, reason TEXT, warnings TEXT, encoding TEXT,
    characters INTEGER NOT NULL, commitments INTEGER NOT NULL, pledges INTEGER NOT NULL,
    final INTEGER NOT NULL, records BLOB NOT NULL, raw BLOB, commitments_csv BLOB, entities_csv BLOB, pledges_csv BLOB,
    PRIMARY KEY (input, ordinal));
CREATE INDEX IF NOT EXISTS texts_by_name ON texts (name);
"""
ISLANDS = """
SELECT min(ordinal), max(ordinal) + 1
FROM (SELECT ordinal, ordinal - row_number() OVER (ORDER BY ordinal) AS island FROM texts WHERE input = ?)
GROUP BY island ORDER BY 1
"""
IN_ORDER = "SELECT {} FROM inputs JOIN texts ON input = key WHERE commitments ORDER BY position, ordinal"


class Spool:
    """The rows of one run; open one with `opened`."""

    def __init__(self, folder: Path, database: sqlite3.Connection) -> None:
        self.folder = folder
        self.database = database
        self.committed = time.monotonic()

    @property
    def header(self) -> str | None:
        """What the rows were made with: version, rules, options."""
        row = self.database.execute("SELECT header FROM meta").fetchone()
        return row[0] if row else None

    @property
    def unfinished(self) -> bool:
        """Whether it holds texts of a run that did not come to its end."""
        query = "SELECT 1 FROM meta WHERE NOT finished AND EXISTS (SELECT 1 FROM texts)"
        return self.database.execute(query).fetchone() is not None

    @property
    def texts(self) -> int:
        """How many texts it holds."""
        return int(self.database.execute("SELECT count(*) FROM texts").fetchone()[0])

    def begin(self, header: str, keep: bool) -> None:
        """Start with what is there, if it is to be kept, or with nothing."""
        if keep:
            self.database.execute(
                "UPDATE inputs SET complete = 0 WHERE key IN (SELECT input FROM texts WHERE NOT final)"
            )
            self.database.execute("DELETE FROM texts WHERE NOT final")
            self.database.execute("UPDATE inputs SET position = NULL")
        else:
            for table in ("inputs", "texts"):
                self.database.execute(f"DELETE FROM {table}")
        self.database.execute("DELETE FROM meta")
        self.database.execute("INSERT INTO meta VALUES (?, 0)", (header,))

    def enrol(self, position: int, item: Input) -> tuple[int, str | None, bool]:
        """Give an input its place in the order.

        Returns its key, the digest that it had if all that was said of it was the same, and whether all of it is there.
        """
        path = os.fsencode(item.path)
        known = self.database.execute("SELECT said, sha256, complete FROM inputs WHERE path = ?", (path,)).fetchone()
        said, sha256, complete = known or (None, None, False)
        query = (
            "INSERT INTO inputs (path, name, left_out, said, position) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (path) DO UPDATE SET name = excluded.name, left_out = excluded.left_out, said = excluded.said, "
            "position = excluded.position RETURNING key"
        )
        (key,) = self.database.execute(query, (path, item.name, item.left_out, repr(item), position)).fetchone()
        return key, sha256 if said == repr(item) else None, bool(complete)

    def forget(self, key: int, complete: bool) -> None:
        """Drop the texts of an input that is another one now, or is not to be read."""
        self.database.execute("DELETE FROM texts WHERE input = ?", (key,))
        self.database.execute("UPDATE inputs SET complete = ?, sha256 = NULL WHERE key = ?", (complete, key))

    def identify(self, key: int, sha256: str | None) -> None:
        """Note the digest of an input whose texts come next."""
        self.database.execute("UPDATE inputs SET sha256 = ? WHERE key = ?", (sha256, key))

    def drop_vanished(self) -> None:
        """Drop the inputs that have no place in this run."""
        self.database.execute("DELETE FROM texts WHERE input IN (SELECT key FROM inputs WHERE position IS NULL)")
        self.database.execute("DELETE FROM inputs WHERE position IS NULL")

    def done(self, key: int) -> tuple[tuple[int, int], ...]:
        """Which texts of an input are there, as half-open ranges."""
        return tuple(self.database.execute(ISLANDS, (key,)))

    def add(self, text: Text) -> None:
        """Keep a text; commits now and then."""
        values = tuple(getattr(text, name) for name in Text.__slots__)
        self.database.execute(f"INSERT OR REPLACE INTO texts VALUES ({', '.join('?' * len(values))})", values)
        if time.monotonic() - self.committed > COMMIT_EVERY:
            self.commit()

    def complete(self, key: int) -> None:
        """All texts of an input are there."""
        self.database.execute("UPDATE inputs SET complete = 1 WHERE key = ?", (key,))

    def outlast(self) -> None:
        """From here on, what is committed outlasts a power cut too: at first there is nothing to lose, and flushing takes time."""
        self.database.execute("COMMIT")
        self.database.execute("PRAGMA synchronous = FULL")
        self.database.execute("BEGIN")

    def commit(self) -> None:
        """Let what was added outlast the process."""
        if self.database.in_transaction:
            self.database.execute("COMMIT")
        self.database.execute("BEGIN")
        self.committed = time.monotonic()

    def text(self, name: str) -> str | None:
        """The decoded text of a source, where a format asked for it."""
        row = self.database.execute("SELECT raw FROM texts WHERE name = ? AND raw NOT NULL", (name,)).fetchone()
        return unpacked(row[0]) if row else None

    def finish(self, keep: bool) -> None:
        """The outputs are in their place: keep what was read for an update, or leave nothing behind."""
        self.database.execute("UPDATE meta SET finished = 1")
        self.commit()
        if not keep:
            self.database.close()
            shutil.rmtree(self.folder / HIDDEN)


class Records:
    """The records of a spool in the order of its inputs, to be gone through as often as is asked, one at a time."""

    def __init__(self, spool: Spool) -> None:
        self.spool = spool

    def lines(self) -> Iterator[str]:
        """All as JSON Lines, a text's at a time."""
        for (records,) in self.spool.database.execute(IN_ORDER.format("records")):
            yield unpacked(records)

    def printed(self, table: str) -> Iterator[str]:
        """The rows of a table as its CSV file holds them, a text's at a time; made here where they were not kept."""
        kept = f"{table}_csv"
        query = IN_ORDER.format(f"{kept}, CASE WHEN {kept} IS NULL THEN records END")
        for rows, records in self.spool.database.execute(query):
            yield rows_of(table, parsed(unpacked(records))) if rows is None else unpacked(rows)

    def __iter__(self) -> Iterator[Commitment]:
        return chain.from_iterable(map(parsed, self.lines()))


def parsed(lines: str) -> Iterator[Commitment]:
    """The records in some JSON Lines."""
    return map(Commitment.model_validate_json, lines.split("\n")[:-1])


@contextmanager
def opened(folder: Path) -> Iterator[Spool]:
    """The spool of an output folder, locked for this process.

    Raises:
        WrongCall: another run has it, or its file is damaged.
        OSError, sqlite3.Error: it cannot be written to.
    """
    (folder / HIDDEN).mkdir(parents=True, exist_ok=True)
    path = folder / HIDDEN / "spool.db"
    fresh = not path.exists()
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        with closing(database):
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            if fresh:
                database.execute("PRAGMA synchronous = OFF")
            database.execute("BEGIN EXCLUSIVE")
            for statement in SCHEMA.split(";"):
                database.execute(statement)
            spool = Spool(folder, database)
            spool.commit()
            yield spool
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            raise WrongCall(f"{folder}: another run writes here; wait for its end or choose another -o") from None
        if error.sqlite_errorcode in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
            raise WrongCall(f"{folder / HIDDEN}: damaged; delete this folder and run again") from None
        raise
