"""A Dask cluster of separate processes on this machine: a scheduler, and workers that can be shot."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 60.0
"""Seconds within which a process is there."""


@dataclass(slots=True)
class Loopback:
    """The cluster: its folder, its address, and its workers, each the leader of a group of processes."""

    folder: Path
    environment: Mapping[str, str]
    address: str = ""
    started: int = 0
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        """A process of the cluster, in a group of its own, with a log of its own."""
        command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
        self.started += 1
        with (self.folder / f"{self.started}-{arguments[0]}.log").open("wb") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, env={**self.environment, **more}, start_new_session=True
            )

    def open(self) -> None:
        """Start the scheduler on a free port of the loopback interface."""
        told = self.folder / "scheduler.json"
        self.scheduler = self.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(told))
        until(told.is_file)
        self.address = json.loads(told.read_text(encoding="utf-8"))["address"]

    def hire(self, count: int = 1, **more: str) -> None:
        """Start workers of one thread each and wait for them."""
        before = len(self.workers)
        for number in range(before, before + count):
            place = self.folder / f"worker{number}-{self.started}"
            options = ["--nthreads", "1", "--host", "127.0.0.1", "--local-directory", str(place)]
            self.workers.append(self.start("worker", self.address, *options, **more))
        logs = [self.folder / f"{self.started - ago}-worker.log" for ago in range(count)]
        until(lambda: all(b"Registered to" in log.read_bytes() for log in logs))

    def shoot(self, number: int) -> None:
        """Kill a worker with all its processes, as when a machine goes off."""
        kill(self.workers.pop(number))


@contextmanager
def loopback(folder: Path, workers: int, **environment: str) -> Iterator[Loopback]:
    """A cluster of so many workers, whose processes have these variables besides; all are gone afterwards."""
    folder.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join(filter(None, (environment.pop("PYTHONPATH", ""), str(ROOT))))
    cluster = Loopback(folder, {**os.environ, "PYTHONPATH": path, "OPENBLAS_NUM_THREADS": "1", **environment})
    try:
        cluster.open()
        cluster.hire(workers)
        yield cluster
    finally:
        for process in (*cluster.workers, cluster.scheduler):
            if process:
                kill(process)


def hears_ctrl_c() -> None:
    """What a terminal's processes do; those started in the background of a script are deaf to it, and so are their own."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a group of processes at once."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def until(true: Callable[[], bool], patience: float = PATIENCE) -> None:
    """Wait for something to be true."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > patience:
            raise TimeoutError("a process of the cluster did not start")
        time.sleep(0.05)
