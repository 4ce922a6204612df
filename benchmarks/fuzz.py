"""Feeds damaged files of all formats to a run: no crash, no hang, none missing.

    python benchmarks/fuzz.py --files 5000

Each file is a known text in one of the formats, damaged by its seed. A process takes a hundred at a time, so that a crash or a hang is
pinned on few files; those are then tried one by one and named. Exit status 1 if there are any.
"""

from __future__ import annotations

import argparse
import faulthandler
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from making import FILES  # noqa: E402 - the tests' files
from mutating import mutated  # noqa: E402

CHUNK = 100
SECONDS = 300
"""A hundred files take about ten seconds."""


def main() -> int:
    """Try all files and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seeds", nargs=2, type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.seeds:
        return tried(range(*options.seeds))
    began = time.perf_counter()
    starts = range(0, options.files, CHUNK)
    with ThreadPoolExecutor(options.workers) as pool:
        results = list(pool.map(lambda start: chunk(start, min(start + CHUNK, options.files)), starts))
    counts: Counter[str] = sum((found for found, _ in results), Counter())
    bad = [seed for _, seeds in results for seed in seeds]
    for said, times in sorted(counts.items()):
        print(f"{times:>7} {said}")
    print(f"{options.files} files in {time.perf_counter() - began:.0f} s; crashed, hung or missing: {bad or 'none'}")
    return 1 if bad else 0


def chunk(start: int, stop: int) -> tuple[Counter[str], list[int]]:
    """What became of the files of some seeds, and the seeds that brought their process down."""
    command = [sys.executable, __file__, "--seeds", str(start), str(stop)]
    try:
        shown = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=True).stdout
    except subprocess.SubprocessError as error:
        if stop - start == 1:
            print(f"seed {start}: {getattr(error, 'stderr', '') or error}", file=sys.stderr)
            return Counter(), [start]
        halves = [chunk(start, (start + stop) // 2), chunk((start + stop) // 2, stop)]
        return halves[0][0] + halves[1][0], halves[0][1] + halves[1][1]
    return Counter(shown.splitlines()), []


def tried(seeds: Iterable[int]) -> int:
    """Run on the files of these seeds; fails where one is missing from what the run reports."""
    from extractor import batch

    faulthandler.enable()
    files = {name: make() for name, make in FILES.items()}
    names = list(files)
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            name = names[seed % len(names)]
            (Path(folder) / f"{seed:06}-{name}").write_bytes(mutated(files[name], random.Random(seed)))
        items = batch.inputs([folder])
        summary = batch.run(items, arbiter=False)
        told = {outcome.source[: len("000000")] for outcome in summary.outcomes}
    for outcome in summary.outcomes:
        kind = outcome.source[len("000000-") :].split("/")[0].split("#")[0]
        print(f"{kind:<14} {outcome.outcome}")
    return 0 if told == {f"{seed:06}" for seed in seeds} else 1


if __name__ == "__main__":
    sys.exit(main())
