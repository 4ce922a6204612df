"""What the paths and URLs of a call stand for: files, each under the name that its records carry."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from extractor import batch, reading
from extractor.batch import WrongCall
from extractor.batch.inputs import README, RESULT, is_result, known_beside, known_of, printable
from extractor.cluster.storage import Folder, is_url, opened
from extractor.reading import NOTHING, Meta


@dataclass(frozen=True, slots=True)
class Found:
    """A file of `size` bytes, by the URL or absolute path at which all workers find it; the rest as in `batch.Input`."""

    url: str
    name: str
    size: int = 0
    left_out: str | None = None
    meta: Meta = NOTHING


def found(paths: Sequence[str], output: Folder) -> list[Found]:
    """The files that paths, folders, patterns and URLs stand for, each once, no two under one name.

    Raises:
        WrongCall: there is none where a path says, or standard input is named, which workers do not have.
    """
    if batch.STDIN in paths:
        raise WrongCall("-: workers of a cluster do not see standard input; write it to a file")
    files: dict[str, Found] = {}
    for given in paths:
        for item in remote(given, output) if is_url(given) else local(given, output):
            files.setdefault(item.url, item)
    names: set[str] = set()
    for item in files.values():
        if item.name in names:
            files[item.url] = item = replace(item, name=printable(item.url))
        names.add(item.name)
    return list(files.values())


def local(given: str, output: Folder) -> Iterator[Found]:
    """The files behind a path, named as in a run on this machine."""
    for item in batch.inputs([given], None if is_url(output.url) else Path(output.url)):
        size = item.path.stat().st_size if item.path.is_file() else 0
        yield Found(str(item.path.absolute()), item.name, size, item.left_out, item.meta)


def remote(given: str, output: Folder) -> Iterator[Found]:
    """The files behind a URL: those of a folder are named relative to it, others by their URLs.

    Raises:
        WrongCall: there is none.
    """
    files, path = opened(given)
    try:
        folder = bool(files.isdir(path))
        listed = files.find(path, detail=True) if folder else files.glob(path, detail=True)
    except OSError as error:
        raise WrongCall(f"{given}: cannot be listed: {error}") from None
    top = path.rstrip("/") + "/" if folder else ""
    texts = [where for where in sorted(listed) if is_text(where, folder) and not where.startswith(output.path + "/")]
    if not texts:
        reason = "this folder holds no text" if folder else "no such file or folder; check the spelling"
        raise WrongCall(f"{given}: {reason}")
    with tempfile.TemporaryDirectory() as place:
        fetch_sidecars(files, listed if folder else {f"{above(where)}/{reading.SIDECAR}" for where in texts}, place)
        beside = cache(known_beside)
        for where in texts:
            url = files.unstrip_protocol(where)
            meta = known_of(Path(place, where.lstrip("/")), Path(place, (top or above(where)).strip("/")), beside)
            left = reason_to_leave(where, listed) if folder else None
            yield Found(url, printable(where.removeprefix(top) if folder else url), listed[where]["size"], left, meta)


def above(where: str) -> str:
    """The folder of a file."""
    return where.rpartition("/")[0]


def is_text(where: str, searched: bool) -> bool:
    """Whether a file is to be read: any that is named, of a folder those with the endings of texts."""
    path = PurePosixPath(where)
    return path.name != reading.SIDECAR and (not searched or path.suffix.lower() in reading.SUFFIXES)


def reason_to_leave(where: str, listed: Collection[str]) -> str | None:
    """Why a file that a folder holds is not read, as on this machine."""
    path = PurePosixPath(where)
    if is_result(path, lambda run: str(run) in listed):
        return RESULT
    return README if path.stem.upper() == "README" else None


def fetch_sidecars(files: Any, paths: Collection[str], place: str) -> None:  # noqa: ANN401 - file systems have no types
    """Copy the `meta.csv` files among these paths, so that they are read as on this machine."""
    for where in paths:
        if PurePosixPath(where).name == reading.SIDECAR and files.isfile(where):
            copy = Path(place, where.lstrip("/"))
            copy.parent.mkdir(parents=True, exist_ok=True)
            files.get_file(where, str(copy))
