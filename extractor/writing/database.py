"""SQLite: the tables of the contract with keys, foreign keys and indexes in one file, `commitments.sqlite`.

Rows are numbered in text order, and the numbers are the keys: two copies of a file give the same ids. `commitments`
has one column more than its CSV file, `record`: the whole record as JSON, which SQLite reads with `record ->> '$.head.start'`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.cells import Cell
from extractor.columns import KINDS, TABLES, Column, Header, PledgeRow
from extractor.records import Commitment
from extractor.writing.files import atomic
from extractor.writing.material import Material
from extractor.writing.sheets import DICTIONARY, dictionary

if TYPE_CHECKING:
    import sqlite3

KEYS = {
    "commitments": ["number INTEGER PRIMARY KEY", "pledge INTEGER REFERENCES pledges (number)"],
    "entities": ["number INTEGER PRIMARY KEY", "commitment INTEGER NOT NULL REFERENCES commitments (number)"],
    "pledges": ["number INTEGER PRIMARY KEY"],
}
"""The columns in front of those of the CSV file."""
INDEXES = {
    "commitments": ["id", "pledge", "source", "deadline_end", "topic", "speaker"],
    "entities": ["commitment", "type, text", "code", "indicator"],
    "pledges": ["pledge_id", "source"],
}


def write_sqlite(material: Material, folder: Path, header: Header) -> list[Path]:
    """The database; the names of columns are English whatever the header of CSV files is.

    Raises:
        OSError: the database cannot be written.
    """
    import sqlite3

    path = folder / "commitments.sqlite"
    with atomic(path) as draft, closing(sqlite3.connect(draft)) as base:
        try:
            base.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
            fill(base, material)
            base.commit()
        except sqlite3.OperationalError as error:
            raise OSError(f"{path}: {error}") from None
    return [path]


def fill(base: sqlite3.Connection, material: Material) -> None:
    """All tables, parents first."""
    pledges = list(TABLES["pledges"].rows(material.commitments))
    insert(base, "pledges", pledge_rows(pledges))
    insert(base, "commitments", commitment_rows(material.commitments, pledges))
    insert(base, "entities", entity_rows(material.commitments))
    base.execute(f"CREATE TABLE columns ({', '.join(map(quoted, DICTIONARY))})")
    base.executemany(f"INSERT INTO columns VALUES ({marks(len(DICTIONARY))})", dictionary())


def insert(base: sqlite3.Connection, table: str, rows: Iterable[Sequence[Cell | float]]) -> None:
    """Make a table, fill it, index it."""
    extra = ["record TEXT NOT NULL"] if table == "commitments" else []
    columns = [*KEYS[table], *map(declared, TABLES[table].columns), *extra]
    base.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    base.executemany(f"INSERT INTO {table} VALUES ({marks(len(columns))})", rows)
    for number, names in enumerate(INDEXES[table], 1):
        base.execute(f"CREATE INDEX {table}_{number} ON {table} ({names})")


def declared(column: Column[Any]) -> str:
    """A column as `CREATE TABLE` wants it."""
    name = quoted(column.name)
    one_of = ", ".join(f"'{value}'" for value in column.values)
    return f"{name} {KINDS[column.kind].sqlite}" + (f" CHECK ({name} IN ({one_of}))" if one_of else "")


def pledge_rows(pledges: Sequence[PledgeRow]) -> Iterator[list[Cell | float]]:
    """Number, cells."""
    cells = typed("pledges")
    return ([number, *[cell(row) for cell in cells]] for number, row in enumerate(pledges, 1))


def commitment_rows(commitments: Iterable[Commitment], pledges: Sequence[PledgeRow]) -> Iterator[list[Cell | float]]:
    """Number, number of the pledge, cells, record."""
    cells = typed("commitments")
    numbers = {(row.first.source, row.pledge.id): number for number, row in enumerate(pledges, 1)}
    for number, row in enumerate(commitments, 1):
        pledge = numbers[row.source, row.pledge.id] if row.pledge else None
        yield [number, pledge, *[cell(row) for cell in cells], row.model_dump_json()]


def entity_rows(commitments: Iterable[Commitment]) -> Iterator[list[Cell | float]]:
    """Number, number of the commitment, cells."""
    cells = typed("entities")
    owned = (
        (owner, row) for owner, commitment in enumerate(commitments, 1) for row in TABLES["entities"].rows([commitment])
    )
    return ([number, owner, *[cell(row) for cell in cells]] for number, (owner, row) in enumerate(owned, 1))


def typed(table: str) -> list[Callable[[Any], Cell | float]]:
    """What gives the cells of a row."""
    return [column.typed() for column in TABLES[table].columns]


def quoted(name: str) -> str:
    """A name that may be a word of SQL (`table`, `end`)."""
    return f'"{name}"'


def marks(count: int) -> str:
    """Places for values."""
    return ", ".join("?" * count)
