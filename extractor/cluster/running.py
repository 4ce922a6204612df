"""A whole run on a cluster: find and cut the inputs, have the partitions carried out, write what it has one of."""

from __future__ import annotations

import secrets
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch import Event, Settings, Summary, WrongCall
from extractor.batch.inputs import printable
from extractor.batch.keeping import Tell
from extractor.batch.running import heading
from extractor.cluster import manifest
from extractor.cluster.carrying import BEGUN, MARKS, Carried, Errand
from extractor.cluster.finding import found
from extractor.cluster.partitions import Partition, cut
from extractor.cluster.sending import connected, refuse_others, sent
from extractor.cluster.storage import Folder, is_url
from extractor.rulebook import RuleError

if TYPE_CHECKING:
    from distributed import Client


def run(
    paths: Sequence[str],
    output: str,
    address: str,
    settings: Settings,
    tell: Tell = lambda event: None,
) -> Summary:
    """Process every input on the workers of a Dask cluster, and have them write part files into a folder.

    `paths` and `output` are URLs that fsspec knows, or paths that all workers share. What is one file on one machine
    is here a folder of that name: its files, one behind the other, are the same records in the same order. `run.json`,
    written last, names the parts. With `resume`, partitions that were carried out are taken over.

    Raises:
        WrongCall: no scheduler answers, a worker has another version or does not see the folder, a format cannot be made
            of parts, the store cannot be written to.
        RuleError: a rule file is broken.
    """
    began = time.perf_counter()
    check(settings)
    folder = Folder(output if is_url(output) else str(Path(output).absolute()))
    try:
        with connected(address, folder) as client:
            return replace(carried_out(client, paths, folder, settings, tell), seconds=time.perf_counter() - began)
    except (WrongCall, RuleError):
        raise
    except Exception as error:  # the libraries of stores raise what they like: no credentials, no such bucket
        problem = f"{type(error).__name__}: {error}"
        raise WrongCall(printable(f"{folder.url}: {problem}; once that is settled, add --resume to go on")) from None


def carried_out(client: Client, paths: Sequence[str], folder: Folder, settings: Settings, tell: Tell) -> Summary:
    """The run, on a cluster that answers."""
    began = time.perf_counter()
    head = heading(settings)
    files = found(paths, folder)
    errand = Errand(folder.url, settings, str(head["version"]), str(head["rules"]), begin(folder, settings))
    workers = refuse_others(client, errand)
    if not workers:
        tell(Event("note", reason="the cluster has no workers yet; start some with: dask worker ADDRESS"))
    partitions = list(cut(files, settings.partition, tell))
    tell(Event("plan", files=len(files), bytes=sum(partition.size for partition in partitions)))
    carried: dict[str, Carried] = {}
    for partition, each in sent(client, partitions, errand):
        carried[partition.number] = each
        report(partition, each, tell)
    timings = {
        "seconds": round(time.perf_counter() - began, 3),
        "workers": workers,
        "taken_over": sum(each.taken_over for each in carried.values()),
    }
    return manifest.write(folder, [carried[number] for number in sorted(carried)], settings, head, timings)


def check(settings: Settings) -> None:
    """Find what is wrong with a call before anything is sent.

    Raises:
        WrongCall: a format is unknown, or one that cannot be made of parts.
    """
    if not settings.formats or not set(settings.formats) <= set(manifest.FORMATS):
        given, known = ",".join(settings.formats), ", ".join(manifest.FORMATS)
        raise WrongCall(f"--formats {given}: a cluster writes parts, and those are of {known}")


def begin(folder: Folder, settings: Settings) -> str:
    """Mark a run as unfinished; returns what tells it from any other.

    Raises:
        WrongCall: another is unfinished and not to be gone on with, or the folder holds the result of one machine.
    """
    hidden = f"{folder.url}/{MARKS}"
    if not settings.resume and any(name.endswith(".json") for name in folder.names(MARKS)):
        raise WrongCall(f"{folder.url}: a run is unfinished; add --resume to go on, or delete {hidden} to start anew")
    if taken := [name for name in sorted(manifest.RESULTS.intersection(folder.names(""))) if folder.is_file(name)]:
        raise WrongCall(f"{folder.url}: {taken[0]} there is the result of one machine; choose another -o")
    if not settings.resume:
        folder.remove(MARKS)
    token = secrets.token_hex(8)
    folder.write(BEGUN, token)
    return token


def report(partition: Partition, carried: Carried, tell: Tell) -> None:
    """Tell what a partition came to."""
    for name, reason in carried.lost:
        tell(Event("worker lost", name, reason=reason))
    for name, reason in carried.errors:
        tell(Event("text", name, reason))
    characters, texts = (sum(int(entry[name] or 0) for entry in carried.inputs) for name in ("characters", "texts"))
    begun = sum(1 for piece in partition.pieces if not piece.rows or not piece.rows[0])
    tell(Event("partition", carried.part, characters=characters, bytes=partition.size, files=begun, texts=texts))
