"""How long the formats take to write: the commitments of a folder of texts, multiplied.

    python benchmarks/outputs.py corpus 100000

Prints seconds, seconds of processor time, sizes and files by format, CSV, Parquet and SQLite together, and the peak of memory.
"""

from __future__ import annotations

import gc
import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from throughput import peak

import extractor
from extractor import batch, writing
from extractor.batch.work import COLLECT_AFTER
from extractor.records import Commitment
from extractor.writing import Material

TOGETHER = ("csv", "parquet", "sqlite")


@dataclass(frozen=True, slots=True)
class Multiplied:
    """As many commitments as wanted, made one at a time: copy 2 of a source has its own name, digest and ids."""

    records: list[Commitment]
    count: int

    def __iter__(self) -> Iterator[Commitment]:
        return islice(self.copies(), self.count)

    def copies(self) -> Iterator[Commitment]:
        """The records over and over."""
        number = 0
        while True:
            number += 1
            for record in self.records:
                digest = hashlib.sha256(f"{number} {record.source_sha256}".encode()).hexdigest()
                pledge = record.pledge and record.pledge.model_copy(update={"id": f"{number}-{record.pledge.id}"})
                changed = {
                    "id": f"{digest[:16]}-{record.start}",
                    "source": f"{number}/{record.source}",
                    "source_sha256": digest,
                    "pledge": pledge,
                }
                yield record.model_copy(update=changed)


def main(folder: str, count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as place:
        batch.run(batch.inputs([folder]), Path(place), batch.Settings(formats=("jsonl",)))
        records = extractor.read(place).commitments
    material = Material(list(Multiplied(list(records), count)))
    gc.freeze()  # as the command does
    gc.set_threshold(COLLECT_AFTER)
    taken: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as place:
        for name in writing.FORMATS:
            began, worked = time.perf_counter(), time.process_time()
            files = writing.write(material, Path(place), [name])
            taken[name], worked = time.perf_counter() - began, time.process_time() - worked
            size = sum(file.stat().st_size for file in files) / 1e6
            names = ", ".join(file.name for file in files)
            print(f"{name:<8} {taken[name]:6.1f} s ({worked:.1f} of processor) {size:7.1f} MB  {names}")
    print(f"{' + '.join(TOGETHER)}: {sum(taken[name] for name in TOGETHER):.1f} s for {count:,} commitments")
    print(f"peak {peak():.0f} MB, the commitments themselves included")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
