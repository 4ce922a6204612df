"""What a worker of the cluster does: a partition fetched, read by a run of its own, and its part files put in place.

The run is `extractor.batch.run` with one worker process, so a text that kills its process, takes too long or is damaged
costs only itself, here as anywhere. That process is forked from one that loads rules, gazetteer and models once for all
partitions of a Dask worker, and ends with the partition, so that memory does not grow.

Part files are named by the number of their partition and a digest of all that goes into them: version, rules, options and
the bytes read. Whoever carries a partition a second time writes the same names and bytes, and finds what is there.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from extractor import batch
from extractor.batch import Event, Input, Settings, WrongCall
from extractor.batch.finish import Entry
from extractor.batch.inputs import printable
from extractor.batch.running import heading, options
from extractor.batch.work import digest
from extractor.cluster.fetching import copies, fetch
from extractor.cluster.partitions import Partition
from extractor.cluster.storage import Folder
from extractor.reading import EMPTY

MARKS = ".run"
"""The folder of what partitions came to, one small file each: while it is there, the run is unfinished."""
BEGUN = f"{MARKS}/begun"
"""What tells the run that writes here from any other."""
OWN = {"run.json", "errors.jsonl", "columns.csv"}
"""What a whole run has one of."""


@dataclass(frozen=True, slots=True)
class Errand:
    """What holds for all partitions of a run; `token` tells it from other runs."""

    output: str
    settings: Settings
    version: str
    rules: str
    token: str


@dataclass(frozen=True, slots=True)
class Carried:
    """What a partition came to: the name of its part files, the results they are parts of, its inputs and errors in order.

    `cut` tells that it was a piece of a table. `lost` are the texts at which worker processes died, each with the reason;
    `taken_over` tells that all was there already.
    """

    part: str
    files: tuple[str, ...]
    inputs: tuple[Entry, ...]
    errors: tuple[tuple[str, str], ...]
    cut: bool = False
    lost: tuple[tuple[str, str], ...] = ()
    taken_over: bool = False


def carry(partition: Partition, errand: Errand) -> Carried:
    """Carry out a partition.

    Raises:
        WrongCall: version or rules are not those of the caller, or this machine's disk cannot be written to.
        OSError: the store cannot be read or written to.
    """
    refuse_others(errand)
    multiprocessing.current_process().daemon = False  # Dask's are, and daemons may not start processes of their own
    output = Folder(errand.output)
    with tempfile.TemporaryDirectory(prefix="extractor-", dir=scratch()) as place:
        staged = fetched(partition, Path(place, "in"))
        part = f"{partition.number}-{digest_of(partition, staged, errand.settings)}"
        mark = f"{MARKS}/{part}.json"
        if output.has(mark):
            return restored(output.read(mark))
        carried = replace(read(staged, Path(place, "out"), errand.settings), part=part)
        if partition.pieces[0].rows:
            carried = of_table(carried)
        if output.read(BEGUN) != errand.token:
            raise WrongCall("another run has begun in the same folder")
        for name in carried.files:
            output.put(Path(place, "out", name), f"{name}/{part}{Path(name).suffix}")
        output.write(mark, json.dumps(asdict(replace(carried, lost=())), ensure_ascii=False))
    return carried


def refuse_others(errand: Errand) -> None:
    """Refuse to mix results of different versions or rules.

    Raises:
        WrongCall: this worker has others than the caller.
    """
    head = heading(errand.settings)
    if (head["version"], head["rules"]) != (errand.version, errand.rules):
        raise WrongCall(
            "a worker that joined meanwhile has another version or other rules; install the same everywhere"
        )


def scratch() -> str | None:
    """Where this worker may write: Dask clears up there after workers that were killed."""
    from distributed import get_worker

    try:
        return str(get_worker().local_directory)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Staged:
    """The inputs of a partition on this machine's disk, and why some are not there, by name."""

    items: tuple[Input, ...]
    missing: Mapping[str, str]

    def plain(self, source: str, reason: str) -> str:
        """A reason that names no place on this machine."""
        for item in self.items if str(self.items[0].path.parent) in reason else ():
            reason = reason.replace(str(item.path), item.name)
        return self.missing.get(source, reason)


def fetched(partition: Partition, folder: Path) -> Staged:
    """Bring the files of a partition here."""
    folder.mkdir()
    items, missing = [], {}
    for piece, copy in copies(partition.pieces, folder):
        file = piece.file
        items.append(Input(copy, file.name, file.left_out, file.meta))
        try:
            if not file.left_out:
                fetch(piece, copy)
        except (FileNotFoundError, PermissionError, ValueError) as error:
            copy.unlink(missing_ok=True)
            reason = getattr(error, "strerror", None) or error
            missing[file.name] = printable(f"{file.name}: cannot be fetched: {reason}")
    return Staged(tuple(items), missing)


def digest_of(partition: Partition, staged: Staged, settings: Settings) -> str:
    """What stands for all that goes into the part files of a partition."""
    head = {**heading(settings), "options": {**options(settings), "paths": None, "seconds": None}}
    pieces = zip(partition.pieces, staged.items, strict=True)
    inputs = [[item.name, repr(item.meta), item.left_out, piece.rows, digest(item.path)] for piece, item in pieces]
    return hashlib.sha256(json.dumps([head, inputs], ensure_ascii=False).encode()).hexdigest()[:16]


def read(staged: Staged, out: Path, settings: Settings) -> Carried:
    """Read a partition as one machine reads a folder."""
    lost: list[tuple[str, str]] = []

    def tell(event: Event) -> None:
        if event.what == "worker lost":
            lost.append((event.name, event.reason or ""))

    batch.run(staged.items, out, replace(settings, workers=1, resume=False, update=False, apart=True), tell)
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    said = map(json.loads, (out / "errors.jsonl").read_text(encoding="utf-8").splitlines())
    inputs = [
        {**entry, "reason": entry["reason"] and staged.plain(entry["source"], entry["reason"])}
        for entry in report["inputs"]
    ]
    errors = [(error["source"], staged.plain(error["source"], error["reason"])) for error in said]
    files = (name for name in report["files"] if name not in OWN)
    return Carried("", tuple(files), tuple(inputs), tuple(errors), lost=tuple(lost))


def of_table(carried: Carried) -> Carried:
    """What a piece of a table came to; its bytes are not the table's, and where its rows are blank it is no error."""
    (entry,) = carried.inputs
    blank = str(entry["reason"]).endswith(EMPTY)
    found = {**entry, "sha256": None, **({"texts": 0, "reason": None, "outcome": "done"} if blank else {})}
    return replace(carried, inputs=(found,), errors=() if blank else carried.errors, cut=True)


def restored(mark: str) -> Carried:
    """What another try of the same came to."""
    said = json.loads(mark)
    lists = {name: tuple(said[name]) for name in ("files", "inputs", "lost")}
    return Carried(**{**said, **lists, "errors": tuple(map(tuple, said["errors"])), "taken_over": True})
