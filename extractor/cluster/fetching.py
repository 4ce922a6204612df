"""A partition's files, brought to the disk of the worker that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from extractor.batch.keeping import CHANGED
from extractor.cluster.partitions import Piece, Rows
from extractor.cluster.storage import opened, stamp_of, stream
from extractor.reading.parquet import FIRST


def fetch(piece: Piece, copy: Path) -> None:
    """Copy a file, or write the rows of a table as a file that says which they are.

    Raises:
        OSError: it cannot be read, or the copy not be written.
        ValueError: somebody wrote to it since it was cut, or meanwhile.
    """
    url = piece.file.url
    before = piece.stamp or stamp_of(url)
    if piece.rows:
        copy_rows(url, piece.rows, copy)
    else:
        files, path = opened(url)
        files.get_file(path, str(copy))
    if stamp_of(url) != before:
        raise ValueError(CHANGED)


def copy_rows(url: str, rows: Rows, copy: Path) -> None:
    """Some rows of a Parquet file as a file of its own; only the row groups that hold them are read, some rows at a time."""
    from pyarrow import parquet

    first, stop = rows
    with stream(url) as source, parquet.ParquetFile(source) as file:
        sizes = [file.metadata.row_group(number).num_rows for number in range(file.metadata.num_row_groups)]
        numbers, at = groups_within(sizes, rows)
        said = {**(file.schema_arrow.metadata or {}), FIRST: str(first + 1).encode()}
        with parquet.ParquetWriter(str(copy), file.schema_arrow.with_metadata(said)) as writer:
            for batch in file.iter_batches(row_groups=numbers):
                begin, end = max(first - at, 0), min(stop - at, batch.num_rows)
                if begin < end:
                    writer.write_batch(batch.slice(begin, end - begin))
                at += batch.num_rows
                if at >= stop:
                    return
    raise ValueError(CHANGED)


def groups_within(sizes: list[int], rows: Rows) -> tuple[list[int], int]:
    """The numbers of the row groups that hold any of these rows, and the number of the first row of the first of them."""
    starts = [sum(sizes[:number]) for number in range(len(sizes))]
    numbers = [
        n
        for n, (start, size) in enumerate(zip(starts, sizes, strict=True))
        if start < rows[1] and start + size > rows[0]
    ]
    return numbers, starts[numbers[0]] if numbers else sum(sizes)


def copies(pieces: tuple[Piece, ...], folder: Path) -> Iterator[tuple[Piece, Path]]:
    """Where the copy of each lies: under its number, with its own ending, which tells how it is read."""
    for number, piece in enumerate(pieces):
        yield piece, folder / f"{number:06}{PurePosixPath(piece.file.name).suffix}"
