"""Worker processes: each takes jobs and hands back what it finds, and none that dies takes another's work with it.

A worker says what it is about to read in memory that both sides see. So it is known which text brought it down, and a
text that takes too long is found without the worker's help, even while it is inside a library. Workers hold nothing:
killed at any moment, all that is lost is the text they were at.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, MutableSequence, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_all_start_methods, get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawArray
from typing import TYPE_CHECKING, cast

from extractor.batch.inputs import WrongCall
from extractor.batch.settings import Settings
from extractor.batch.work import Begin, Doing, End, Job, Text, work

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

READY = "ready"
DOING: tuple[Doing, ...] = ("reading", "processing")
AHEAD = 2
"""Jobs that a worker is given at a time, so that it never waits for the next."""
MOST_DEATHS = 3
"""After this many a job's texts are set aside at the first death."""
Place = tuple[int, Doing]
Done = Callable[[int], tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Lost:
    """A worker died at a text, or was ended because that took too long."""

    job: Job
    reason: str


@dataclass(slots=True)
class Worker:
    """A process, the pipe to it, and where it is: steps taken, number of the text, what is done with it."""

    process: BaseProcess
    pipe: Connection
    place: MutableSequence[int]
    ready: bool = False
    used: bool = False
    late: bool = False
    jobs: deque[Job] = field(default_factory=deque)
    steps: int = 0
    seconds: float = 0.0

    @property
    def at(self) -> Place:
        """The text that it is at."""
        return self.place[1], DOING[self.place[2]]

    def give(self, job: Job) -> None:
        """Send a job; one that is dead already keeps it until its death is noticed."""
        self.used = True
        self.jobs.append(job)
        with suppress(OSError):
            self.pipe.send(job)

    def spend(self, seconds: float, most: float) -> None:
        """Count time as spent on the text that it is at, and end it where that is too much."""
        moved = self.place[0] != self.steps or not self.jobs
        self.steps, self.seconds = self.place[0], 0.0 if moved else self.seconds + seconds
        if self.seconds > most:
            self.late = True
            self.process.kill()


def cores() -> int:
    """The cores that this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def deaf() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, for it is for the run to end them; here it is heard afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # lets signals through again when it starts: so it has to come first
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


def nursery() -> ForkServerContext | SpawnContext:
    """Where processes come from that have the pipeline already, where the system lets them be forked from one that has."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = get_context("forkserver") if "forkserver" in get_all_start_methods() else get_context("spawn")
    context.set_forkserver_preload(["extractor.batch.warm"])
    return context


def ready() -> None:
    """Start what worker processes are forked from, for whoever will want one later and not wait for it then."""
    if nursery().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def hire(settings: Settings) -> Worker:
    """A new worker; it is ready once it has loaded the pipeline."""
    context = nursery()
    ours, theirs = context.Pipe()
    place = RawArray("q", 3)
    process = context.Process(target=serve, args=(theirs, place, settings), daemon=True)
    try:
        with deaf():
            process.start()
    except OSError as error:
        raise WrongCall(f"no worker process can be started: {error.strerror}; try fewer --workers") from None
    theirs.close()
    return Worker(process, ours, place)


def serve(pipe: Connection, place: MutableSequence[int], settings: Settings) -> None:
    """What a worker does until nobody listens any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from extractor.batch import warm
    from extractor.rulebook import RuleError

    def watch(ordinal: int, doing: Doing) -> None:
        place[1], place[2] = ordinal, DOING.index(doing)
        place[0] += 1

    with suppress(EOFError, OSError):
        try:
            warm.up(settings.arbiter)
        except RuleError as error:
            pipe.send(WrongCall(str(error)))
            return
        pipe.send(READY)
        while True:
            job = pipe.recv()
            watch(0, "reading")
            for found in work(job, settings, watch):
                pipe.send(found)


@dataclass(slots=True)
class Crew:
    """The workers and what is left for them.

    A job that a worker died of becomes a suspect: it is tried again when all others are done, alone, in a fresh process.
    Whatever kills that one at the same text is that text's fault.
    """

    settings: Settings
    done: Done
    waiting: deque[Job]
    workers: list[Worker]
    suspects: deque[Job] = field(default_factory=deque)
    deaths: defaultdict[tuple[int, int], list[Place]] = field(default_factory=lambda: defaultdict(list))
    stillborn: int = 0

    @property
    def busy(self) -> bool:
        """Whether any worker has something to do."""
        return any(worker.jobs for worker in self.workers)

    def hand_out(self) -> None:
        """Give every worker that is ready its next jobs."""
        for worker in self.workers:
            ahead = AHEAD if len(self.waiting) > len(self.workers) else 1
            while worker.ready and self.waiting and len(worker.jobs) < ahead:
                worker.give(self.waiting.popleft())
        if self.suspects and not self.busy:
            first = self.workers[0]
            if first.used:
                self.replace(first)
            elif first.ready:
                first.give(self.suspects.popleft())

    def replace(self, worker: Worker) -> None:
        """Put a fresh process in the place of a worker."""
        dismiss(worker)
        self.workers[self.workers.index(worker)] = hire(self.settings)

    def messages(self) -> Iterator[tuple[Worker, object]]:
        """What workers have to say at the moment; None from one that is dead."""
        pipes = {worker.pipe: worker for worker in self.workers}
        began = time.monotonic()
        speaking = wait(list(pipes), min(1.0, self.settings.seconds / 4))
        waited = time.monotonic() - began
        for pipe in speaking:
            worker = pipes[cast(Connection, pipe)]
            try:
                yield worker, worker.pipe.recv()
            except (EOFError, OSError):
                yield worker, None
        for worker in self.workers:
            worker.spend(waited, self.settings.seconds)

    def mourn(self, worker: Worker) -> Iterator[Lost]:
        """Replace a dead worker, and see to it that its jobs are done all the same."""
        self.replace(worker)
        self.stillborn = 0 if worker.ready else self.stillborn + 1
        if self.stillborn > MOST_DEATHS:
            raise WrongCall("worker processes end as soon as they start; is there memory left?")
        if not worker.jobs:
            return
        job, *others = worker.jobs
        self.waiting.extendleft(reversed(others))
        reason, place, seen = cause(worker, self.settings), worker.at, self.deaths[job.key, job.share]
        guilty = worker.late or place in seen or len(seen) >= MOST_DEATHS
        seen.append(place)
        final = reason if worker.late else f"{reason}, twice; there may be too little memory, or the file is damaged"
        spoiled = {**job.spoiled, place: final} if guilty else job.spoiled
        (self.waiting if worker.late else self.suspects).append(replace(job, done=self.done(job.key), spoiled=spoiled))
        yield Lost(job, reason)


def cause(worker: Worker, settings: Settings) -> str:
    """Why a worker is dead, for whoever put the file in."""
    if worker.late:
        return f"it took longer than {settings.seconds:g} seconds; split it or raise --seconds"
    code = worker.process.exitcode or 0
    ended = f"by signal {-code}" if code < 0 else f"with status {code}"
    return f"the process that read it ended {ended}"


def dismiss(worker: Worker) -> None:
    """End a worker; it holds nothing that could be lost."""
    worker.process.kill()
    worker.process.join()
    worker.pipe.close()


def carry_out(jobs: Sequence[Job], settings: Settings, workers: int, done: Done) -> Iterator[Begin | Text | End | Lost]:
    """What all jobs give, in the order in which it is found.

    `done` tells which texts of an input are kept already, for a job that is tried again.

    Raises:
        WrongCall: a rule file is broken, or workers die before they are given anything.
    """
    crew = Crew(settings, done, deque(jobs), [hire(settings) for _ in range(min(workers, len(jobs)))])
    try:
        while crew.waiting or crew.suspects or crew.busy:
            crew.hand_out()
            for worker, found in crew.messages():
                if isinstance(found, Begin | Text | End):
                    yield found
                    if isinstance(found, End):
                        worker.jobs.popleft()
                elif isinstance(found, WrongCall):
                    raise found
                elif found == READY:
                    worker.ready = True
                else:
                    yield from crew.mourn(worker)
    finally:
        for worker in crew.workers:
            dismiss(worker)
