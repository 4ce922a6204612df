"""How a run over many files scales: workers, memory over the number of files, memory over the size of one file.

    python benchmarks/batch.py speed PATH...        2 workers against 1, over sixteen copies of these texts
    python benchmarks/batch.py files 1000 20000     peak memory over so many small generated files
    python benchmarks/batch.py table 300            peak memory over one generated JSON Lines file of so many megabytes

Peak memory is of all processes of a run together: the proportional set size, in which a page that several processes
share counts once, sampled ten times a second (Linux). Where others use the machine too, clocks say little: `speed` also
gives the seconds of processor time, those of the workers beside those of all that cannot be shared out (starting,
collecting, writing), and how many times faster two workers would be on two cores of their own.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from faults import passage

from extractor import batch

ROUNDS = 3
COPIES = 16
EVERY = 0.1
"""Seconds between two samples."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds, peak megabytes, seconds of processor time of each worker and of all else."""

    seconds: float
    peak: float
    workers: tuple[float, ...]
    rest: float

    @property
    def shortest(self) -> float:
        """The seconds it would take where every process has a core of its own."""
        return self.rest + max(self.workers)


def run(paths: list[str], out: Path, workers: int | None = None, weigh: bool = True) -> Cost:
    """What a run costs with all its processes; without `weigh` not its memory, which takes 20 ms a sample."""
    chosen = ["--workers", str(workers)] if workers else []
    command = [sys.executable, "-m", "extractor", "run", *paths, "-o", str(out), *chosen]
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    peak, spent = 0.0, {process.pid: 0.0}
    while process.poll() is None:
        found = group(process.pid)
        peak = max(peak, sum(map(megabytes, found))) if weigh else 0.0
        spent |= {number: max(spent.get(number, 0.0), processor(number)) for number in found}
        time.sleep(EVERY)
    if process.returncode not in (0, 1):
        sys.exit(f"the run ended with status {process.returncode}")
    own = spent.pop(process.pid)
    others = sorted(spent.values(), reverse=True)
    crew = workers or os.cpu_count() or 1
    return Cost(time.monotonic() - began, peak, tuple(others[:crew]) or (0.0,), own + sum(others[crew:]))


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


def processor(process: int) -> float:
    """The seconds of processor time that a process has spent."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def speed(paths: list[str], place: Path) -> None:
    """Print what a second worker is worth, by the clock and by processor time, from the best of several rounds in turn."""
    texts = place / "texts"
    texts.mkdir()
    for copy in range(COPIES):
        for number, item in enumerate(batch.inputs(paths)):
            if not item.left_out:
                shutil.copyfile(item.path, texts / f"{copy}-{number:03}{item.path.suffix}")
    costs: dict[int, list[Cost]] = {1: [], 2: []}
    for number in range(ROUNDS):
        for workers, found in costs.items():
            found.append(run([str(texts)], place / f"{number}-{workers}", workers, weigh=False))
    clock = {workers: min(cost.seconds for cost in found) for workers, found in costs.items()}
    best = {workers: min(found, key=lambda cost: cost.shortest) for workers, found in costs.items()}
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"by the clock: {clock[1]:.1f} s, {clock[2]:.1f} s: {clock[1] / clock[2]:.2f} times; load {load}")
    for workers, cost in best.items():
        print(f"{workers}: workers {', '.join(f'{spent:.1f}' for spent in cost.workers)} s, all else {cost.rest:.1f} s")
    print(f"by processor time: {best[1].shortest / best[2].shortest:.2f} times")


def files(counts: list[int], place: Path) -> None:
    """Print peak memory over different numbers of small files."""
    for count in counts:
        texts = place / f"texts{count}"
        texts.mkdir()
        chance = random.Random(count)
        for number in range(count):
            (texts / f"{number:06d}.txt").write_text(passage(chance, 10), encoding="utf-8")
        cost = run([str(texts)], place / f"out{count}")
        print(f"{count:,} files: {cost.seconds:.0f} s, peak {cost.peak:.0f} MB", flush=True)


def table(size: int, place: Path) -> None:
    """Print peak memory over one big table."""
    path, chance = place / "table.jsonl", random.Random(size)
    with path.open("w", encoding="utf-8") as stream:
        while stream.tell() < size * 1_000_000:
            stream.write(json.dumps({"text": passage(chance, 20)}, ensure_ascii=False) + "\n")
    cost = run([str(path)], place / "out")
    print(f"{size} MB JSON Lines: {cost.seconds:.0f} s, peak {cost.peak:.0f} MB")


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
