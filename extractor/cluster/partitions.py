"""Files cut into partitions of about equal work: many notes together, a long document alone, a large table in pieces.

Partitions follow the order of the inputs, so that their results, one behind the other, are those of a run on one machine.
Where they are cut depends on nothing but the files and the size asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.batch import Event
from extractor.batch.keeping import Tell
from extractor.cluster.finding import Found
from extractor.cluster.storage import stamp_of, stream

MOST_FILES = 1000
"""Files in a partition, however small they are: names and results of all pass through the scheduler."""
UNPACKED = 4
"""How many times its size a Parquet file at least may hold: smaller ones are not looked into."""
Rows = tuple[int, int]
"""A half-open range, counted from 0."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file, or of a large table only some rows; `size` in bytes unpacked, as far as is known.

    `stamp` tells whether the table is still the one that was cut.
    """

    file: Found
    size: int
    rows: Rows | None = None
    stamp: str | None = None


@dataclass(frozen=True, slots=True)
class Partition:
    """What a worker is given at a time; `number` sorts as the inputs do."""

    number: str
    pieces: tuple[Piece, ...]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(piece.size for piece in self.pieces)


def cut(files: Iterable[Found], size: int, tell: Tell) -> Iterator[Partition]:
    """The partitions of about `size` bytes that these files make up; a table's pieces lie alone."""
    for number, some in enumerate(gathered(pieces(files, size, tell), size)):
        yield Partition(f"{number:06}", tuple(some))


def gathered(pieces: Iterable[Piece], size: int) -> Iterator[list[Piece]]:
    """Neighbours together while they are small."""
    some: list[Piece] = []
    for piece in pieces:
        full = len(some) >= MOST_FILES or sum(each.size for each in some) + piece.size > size
        if some and (full or piece.rows or some[-1].rows):
            yield some
            some = []
        some.append(piece)
    if some:
        yield some


def pieces(files: Iterable[Found], size: int, tell: Tell) -> Iterator[Piece]:
    """Files whole, large Parquet files in ranges of rows; other large tables are told of."""
    for file in files:
        ending = Path(file.name).suffix.lower()
        if ending == ".parquet" and not file.left_out and file.size * UNPACKED > size:
            yield from of_parquet(file, size)
            continue
        if ending in (".csv", ".tsv", ".jsonl") and file.size > 16 * size:
            reason = f"{file.name} is read by one worker alone; as a Parquet file it would be shared among all"
            tell(Event("note", reason=reason))
        yield Piece(file, 0 if file.left_out else file.size * (UNPACKED if ending == ".parquet" else 1))


def of_parquet(file: Found, size: int) -> Iterator[Piece]:
    """A Parquet file in ranges of rows; one that is damaged whole, for its reader says what is wrong."""
    try:
        stamp, groups = stamp_of(file.url), groups_of(file.url)
    except (OSError, ValueError):
        stamp, groups = None, []
    ranges = list(joined(split(groups, size), size))
    if len(ranges) < 2:
        yield Piece(file, file.size * UNPACKED)
        return
    for rows, weight in ranges:
        yield Piece(file, weight, rows, stamp)


def groups_of(url: str) -> list[tuple[int, int]]:
    """How many rows and unpacked bytes each row group of a Parquet file holds.

    Raises:
        OSError, ValueError: it cannot be read, or is none.
    """
    from pyarrow import parquet

    with stream(url) as source, parquet.ParquetFile(source) as file:
        groups = map(file.metadata.row_group, range(file.metadata.num_row_groups))
        return [(group.num_rows, group.total_byte_size) for group in groups]


def split(groups: Iterable[tuple[int, int]], size: int) -> Iterator[tuple[Rows, int]]:
    """Ranges of rows of at most about `size` bytes, none across the border of a row group."""
    first = 0
    for rows, weight in groups:
        parts = min(max(1, -(-weight // size)), max(1, rows))
        for part in range(parts):
            yield (first + rows * part // parts, first + rows * (part + 1) // parts), weight // parts
        first += rows


def joined(ranges: Iterable[tuple[Rows, int]], size: int) -> Iterator[tuple[Rows, int]]:
    """Neighbouring ranges together while they are small."""
    before: tuple[Rows, int] | None = None
    for rows, weight in ranges:
        if before and before[1] + weight <= size:
            before = (before[0][0], rows[1]), before[1] + weight
            continue
        if before:
            yield before
        before = rows, weight
    if before:
        yield before


def halves(partition: Partition) -> list[Partition]:
    """Two that hold what one did, itself alone where it cannot be parted."""
    pieces, number = partition.pieces, partition.number
    if len(pieces) > 1:
        middle = len(pieces) // 2
        parts = [pieces[:middle], pieces[middle:]]
    elif (rows := pieces[0].rows) and rows[1] - rows[0] > 1:
        middle, size = sum(rows) // 2, pieces[0].size // 2
        parts = [(replace(pieces[0], size=size, rows=half),) for half in ((rows[0], middle), (middle, rows[1]))]
    else:
        return [partition]
    return [Partition(f"{number}.{side}", part) for side, part in enumerate(parts)]
