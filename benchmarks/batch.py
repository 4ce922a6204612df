"""How a run over many files scales: workers, memory over the number of files, memory over the size of one file.

    python benchmarks/batch.py speed PATH...        2 workers against 1, over these texts
    python benchmarks/batch.py files 1000 20000     peak memory over so many small generated files
    python benchmarks/batch.py table 300            peak memory over one generated JSON Lines file of so many megabytes

Peak memory is of all processes of a run together: the proportional set size, in which a page that several processes
share counts once, sampled ten times a second (Linux).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from faults import passage

ROUNDS = 3
EVERY = 0.1
"""Seconds between two samples."""


def run(paths: list[str], out: Path, *options: str) -> tuple[float, float]:
    """Seconds and peak megabytes of a run with all its processes."""
    command = [sys.executable, "-m", "extractor", "run", *paths, "-o", str(out), *options]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, sum(map(megabytes, group(process.pid))))
        time.sleep(EVERY)
    if process.returncode not in (0, 1):
        sys.exit(f"the run ended with status {process.returncode}")
    return time.monotonic() - began, peak


def group(leader: int) -> list[int]:
    """The processes of a group."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.getpgid(int(entry.name)) == leader:
                    found.append(int(entry.name))
            except ProcessLookupError:
                continue
    return found


def megabytes(process: int) -> float:
    """The memory of a process, what it shares divided among those who share it."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def speed(paths: list[str], place: Path) -> None:
    """Print what a second worker is worth, from the best of several rounds in turn."""
    best = {1: float("inf"), 2: float("inf")}
    for number in range(ROUNDS):
        for workers in best:
            seconds, _ = run(paths, place / f"{number}-{workers}", "--workers", str(workers))
            best[workers] = min(best[workers], seconds)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"1 worker {best[1]:.1f} s, 2 workers {best[2]:.1f} s: {best[1] / best[2]:.2f} times; load {load}")


def files(counts: list[int], place: Path) -> None:
    """Print peak memory over different numbers of small files."""
    for count in counts:
        texts = place / f"texts{count}"
        texts.mkdir()
        chance = random.Random(count)
        for number in range(count):
            (texts / f"{number:06d}.txt").write_text(passage(chance, 10), encoding="utf-8")
        seconds, peak = run([str(texts)], place / f"out{count}")
        print(f"{count:,} files: {seconds:.0f} s, peak {peak:.0f} MB")


def table(size: int, place: Path) -> None:
    """Print peak memory over one big table."""
    path, chance = place / "table.jsonl", random.Random(size)
    with path.open("w", encoding="utf-8") as stream:
        while stream.tell() < size * 1_000_000:
            stream.write(json.dumps({"text": passage(chance, 20)}, ensure_ascii=False) + "\n")
    seconds, peak = run([str(path)], place / "out")
    print(f"{size} MB JSON Lines: {seconds:.0f} s, peak {peak:.0f} MB")


def main(arguments: list[str]) -> None:
    """Measure and print."""
    if len(arguments) < 2:
        sys.exit(__doc__)
    kind, *values = arguments
    with tempfile.TemporaryDirectory() as place:
        if kind == "speed":
            speed(values, Path(place))
        elif kind == "files":
            files([int(value) for value in values], Path(place))
        else:
            table(int(values[0]), Path(place))


if __name__ == "__main__":
    main(sys.argv[1:])
