"""A written run back into a ledger, from whichever of its files holds whole records."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from itertools import chain
from pathlib import Path

from pydantic import TypeAdapter

from extractor.ledger import Ledger
from extractor.records import Commitment

RECORDS = TypeAdapter(tuple[Commitment, ...])


def read(path: Path | str) -> Ledger:
    """The ledger that a run wrote: `path` is its folder, or `commitments.jsonl`, `.json`, `.parquet` or `.sqlite` there.

    In a folder the first of them that is there is read; the part files of a run on a cluster are read in their order.
    Every format gives back the same records.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is broken or holds no whole records.
    """
    path = Path(path)
    names = [f"commitments{suffix}" for suffix in READERS]
    whole = not path.is_dir() or path.name in names
    file = path if whole else next((path / name for name in names if (path / name).exists()), None)
    if file is None:
        raise FileNotFoundError(
            f"{path}: holds none of {', '.join(names)}; write one with extractor run --formats jsonl"
        )
    if not file.exists():
        raise FileNotFoundError(f"{file}: no such file or folder; check the spelling")
    if file.suffix not in READERS:
        raise ValueError(f"{file}: holds no whole records; read one of {', '.join(names)}")
    parts = sorted(file.glob(f"[!.]*{file.suffix}")) if file.is_dir() else [file]
    return Ledger(tuple(chain.from_iterable(map(records_of, parts))))


def records_of(file: Path) -> tuple[Commitment, ...]:
    """The records in a file.

    Raises:
        ValueError: it is broken or holds no whole records.
    """
    try:
        return READERS[file.suffix](file)
    except (ValueError, LookupError, sqlite3.Error) as error:
        reason = " ".join(str(error).split())[:200]
        raise ValueError(f"{file}: is no list of commitments: {reason}; run the texts again") from None


def from_jsonl(file: Path) -> tuple[Commitment, ...]:
    """A record a line."""
    with file.open("rb") as stream:
        return tuple(map(Commitment.model_validate_json, stream))


def from_json(file: Path) -> tuple[Commitment, ...]:
    """An array of records."""
    return RECORDS.validate_json(file.read_bytes())


def from_parquet(file: Path) -> tuple[Commitment, ...]:
    """The column `record`."""
    from pyarrow.parquet import read_table

    column = read_table(file, columns=["record"])["record"]
    return tuple(Commitment.model_validate_json(record.as_py()) for record in column)


def from_sqlite(file: Path) -> tuple[Commitment, ...]:
    """The column `record`."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as base:
        rows = base.execute("SELECT record FROM commitments ORDER BY number")
        return tuple(Commitment.model_validate_json(record) for (record,) in rows)


READERS: Mapping[str, Callable[[Path], tuple[Commitment, ...]]] = {
    ".jsonl": from_jsonl,
    ".json": from_json,
    ".parquet": from_parquet,
    ".sqlite": from_sqlite,
}
"""By suffix, in the order they are looked for."""
