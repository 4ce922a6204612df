"""Partitions sent to the workers of a Dask cluster, and what they came to, in the order in which it is found."""

from __future__ import annotations

import itertools
import logging
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractor.batch import WrongCall
from extractor.cluster.carrying import BEGUN, Carried, Errand, carry
from extractor.cluster.partitions import Partition, halves
from extractor.cluster.storage import EXTRA, Folder
from extractor.rulebook import RuleError

if TYPE_CHECKING:
    from distributed import Client, Future

PATIENCE = 10.0
"""Seconds until a scheduler has to answer."""
TRIES_AGAIN = 2
"""How often a partition that met an error, of the store for example, is tried again."""
AHEAD = 3
"""Partitions sent for each thread of the workers: the scheduler never holds all of a long run, and nobody waits."""
LEAST_AHEAD = 32
GONE = "the scheduler went away; once there is one again, add --resume to go on"


@contextmanager
def connected(address: str, output: Folder) -> Iterator[Client]:
    """A client of the scheduler, the only one that writes to `output`.

    Raises:
        WrongCall: nothing answers there, or another run has the folder.
    """
    try:
        from distributed import Client, Lock
    except ImportError:
        raise WrongCall(f"--cluster {EXTRA}") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise WrongCall(
            f"--cluster {address}: no scheduler answers ({error}); start one with: dask scheduler"
        ) from None
    with quiet(), client, client.as_current():
        lock = Lock(f"extractor {output.path}")
        if not lock.acquire(timeout="1s"):
            raise WrongCall(
                f"{output.url}: another run writes here, or did half a minute ago; wait or choose another -o"
            )
        try:
            yield client
        finally:
            lock.release()


@contextmanager
def quiet() -> Iterator[None]:
    """Have Dask log nothing: what goes wrong is said in one line by whoever called."""
    loggers = [logging.getLogger(name) for name in ("distributed", "distributed.client")]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def refuse_others(client: Client, errand: Errand) -> int:
    """Refuse a cluster whose workers have another version or other rules, or do not see that the run has begun.

    Returns how many workers there are.

    Raises:
        WrongCall: names such a worker.
    """

    def told(output: str, witness: str) -> tuple[str, str, bool] | str:
        """Sent by value: it may not need anything of this version."""
        try:
            from fsspec.core import url_to_fs

            from extractor import __version__, rulebook

            files, path = url_to_fs(output)
            return __version__, rulebook.load().digest, bool(files.exists(f"{path.rstrip('/')}/{witness}"))
        except Exception as error:
            return f"{type(error).__name__}: {error}"

    answers: dict[str, Any] = client.run(told, errand.output, BEGUN)
    for worker, answer in sorted(answers.items()):
        if isinstance(answer, str):
            raise WrongCall(f"worker {worker} is not ready ({answer}); install commitment-extractor[cluster] there")
        version, rules, sees = answer
        if (version, rules) != (errand.version, errand.rules):
            there, here = (
                f"version {v} with rules {r[:12]}" for v, r in ((version, rules), (errand.version, errand.rules))
            )
            raise WrongCall(f"worker {worker} has {there}, this machine {here}; install the same on both")
        if not sees:
            raise WrongCall(
                f"worker {worker} does not see {errand.output}; give a drive that all share, or an object store"
            )
    return len(answers)


def sent(client: Client, partitions: Sequence[Partition], errand: Errand) -> Iterator[tuple[Partition, Carried]]:
    """Have all partitions carried out, the largest first; workers that are lost are replaced by others.

    A partition that took down several workers is tried in halves, down to the one text. A worker takes what waits for it along
    when it dies, so such a text is only suspected: it is tried again alone when all else is done, and then given up.

    Raises:
        WrongCall: a partition met the same error several times, or the scheduler went away.
    """
    from distributed import as_completed
    from distributed.comm.core import CommClosedError

    waiting = iter(sorted(partitions, key=lambda partition: -partition.size))
    under_way: dict[Future[Carried], Partition] = {}
    suspects: deque[Partition] = deque()
    alone: set[str] = set()
    finished = as_completed(loop=client.loop)

    def send(some: Iterable[Partition]) -> None:
        for partition in some:
            again = "-alone" if partition.number in alone else ""
            key = f"extractor-{errand.token}-{partition.number}{again}"
            future = client.submit(carry, partition, errand, key=key, pure=False, retries=TRIES_AGAIN)
            under_way[future] = partition
            finished.add(future)

    try:
        send(itertools.islice(waiting, max(LEAST_AHEAD, AHEAD * sum(client.nthreads().values()))))
        for future in finished:
            partition = under_way.pop(future)
            send(itertools.islice(waiting, 1))
            if future.status == "finished":
                yield partition, future.result()
            elif future.cancelled():
                raise WrongCall(GONE)
            elif is_killer(future) and partition.number not in alone:
                parts = halves(partition)
                (send if len(parts) > 1 else suspects.extend)(parts)
            else:
                yield partition, given_up(partition, future)
            if suspects and not under_way:
                alone.add(suspects[0].number)
                send([suspects.popleft()])
    except CommClosedError:  # it went while what a partition came to was on its way
        raise WrongCall(GONE) from None
    finally:
        client.cancel(list(under_way))


def is_killer(future: Future[Carried]) -> bool:
    """Whether several workers died at a partition, one after the other."""
    from distributed import KilledWorker

    return isinstance(future.exception(), KilledWorker)


def given_up(partition: Partition, future: Future[Carried]) -> Carried:
    """What a partition of one text comes to that no worker outlives.

    Raises:
        WrongCall: it is no such partition, but one that met an error.
    """
    error = future.exception()
    if not is_killer(future):
        text = str(error) if isinstance(error, (WrongCall, RuleError)) else f"{type(error).__name__}: {error}"
        raise WrongCall(f"partition {partition.number}: {text}; once that is settled, add --resume to go on")
    (piece,) = partition.pieces
    name = f"{piece.file.name}#{piece.rows[1]}" if piece.rows else piece.file.name
    reason = f"{name}: every worker that read it was lost; there may be too little memory, or the file is damaged"
    entry = dict.fromkeys(("sha256", "encoding")) | {
        "source": piece.file.name,
        "outcome": "set aside",
        "reason": reason,
    }
    sums = {"texts": 1, "characters": 0, "commitments": 0, "pledges": 0}
    return Carried("", (), ({**entry, **sums},), ((name, reason),), cut=bool(piece.rows))
