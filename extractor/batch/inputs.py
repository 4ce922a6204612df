"""What the paths of a call stand for: files, each under the name that its records carry."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import count
from pathlib import Path, PurePath

from extractor import reading
from extractor.reading import NOTHING, Meta, Unreadable

STDIN = "-"
RESULTS = frozenset({"commitments", "entities", "pledges", "columns", "errors", "ledger"})
"""Files, and folders of part files, that a run writes beside its `run.json`."""
RESULT = "the result of a run is read only when it is named itself"
README = "a README is read only when it is named itself"
Beside = Callable[[Path], Mapping[str, Meta]]
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""What breaks a line or a terminal in a file's name, and the bytes of names that are not UTF-8."""


class WrongCall(ValueError):
    """The call itself cannot be carried out; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read and the name its records carry: relative to the folder it was found in.

    `left_out` says why a file that a folder holds is not read unless it is named itself; `meta` is what `meta.csv` in its
    folder, or in one above it, says of it.
    """

    path: Path
    name: str
    left_out: str | None = None
    meta: Meta = NOTHING


def inputs(paths: Sequence[str], output: Path | None = None) -> list[Input]:
    """The files that paths, folders and globs stand for, in sorted order, each once, no two under one name.

    What lies in the folder `output` is no input, so that a run may write into the folder that it reads.

    Raises:
        WrongCall: a path does not exist, a folder or pattern holds no text, a `meta.csv` cannot be read.
    """
    found: dict[str, Input] = {}
    beside = cache(known_beside)
    for given in paths:
        for item in expand(given, output.resolve() if output else None, beside):
            found.setdefault(os.path.abspath(item.path), item)  # noqa: PTH100 - links are kept apart
    return list(unambiguous(found.values()))


def unambiguous(items: Iterable[Input]) -> Iterator[Input]:
    """The inputs; one whose name another has already goes by its path, and by a number where that is taken, too."""
    seen: set[str] = set()
    for item in items:
        if item.name in seen:
            path = printable(item.path.as_posix())
            free = (f"{path} ({number})" for number in count(2))
            item = replace(item, name=path if path not in seen else next(name for name in free if name not in seen))
        seen.add(item.name)
        yield item


def expand(given: str, output: Path | None, beside: Beside) -> Iterator[Input]:
    """The files behind one argument."""
    path = Path(given)
    if given == STDIN:
        yield Input(path, STDIN)
    elif path.is_dir():
        files = sorted(file for file in walk(path) if output not in file.resolve().parents)
        if not files:
            raise WrongCall(f"{given}: this folder holds no text ({', '.join(sorted(reading.SUFFIXES))})")
        for file in files:
            name = file.relative_to(path).as_posix()
            yield Input(file, printable(name), reason_to_leave(file, path), known_of(file, path, beside))
    elif path.exists():
        yield Input(path, printable(given), meta=known_of(path, path.parent, beside))
    else:
        names = glob.glob(given, recursive=True)  # noqa: PTH207 - absolute patterns too
        matched = sorted(map(Path, names))
        if not matched:
            raise WrongCall(f"{given}: no such file or folder; check the spelling")
        for file in matched:
            if file.is_file() and file.name != reading.SIDECAR:
                yield Input(file, printable(file.as_posix()), meta=known_of(file, file.parent, beside))


def known_of(file: Path, top: Path, beside: Beside) -> Meta:
    """What the nearest `meta.csv` that names a file says of it, from its own folder up to `top`."""
    for folder in file.parents:
        if found := beside(folder).get(file.relative_to(folder).as_posix()):
            return found
        if folder == top:
            break
    return NOTHING


def known_beside(folder: Path) -> Mapping[str, Meta]:
    """What a folder's `meta.csv` says of its files.

    Raises:
        WrongCall: it cannot be read.
    """
    try:
        return reading.sidecar(folder)
    except Unreadable as error:
        raise WrongCall(str(error)) from None


def walk(folder: Path) -> Iterator[Path]:
    """The texts below a folder, and the links to other folders, which are not followed."""
    for place, folders, files in os.walk(folder):
        yield from (Path(place, name) for name in folders if Path(place, name).is_symlink())
        for name in files:
            file = Path(place, name)
            if (
                name != reading.SIDECAR
                and file.suffix.lower() in reading.SUFFIXES
                and (file.is_file() or file.is_symlink())
            ):
                yield file


def reason_to_leave(file: Path, folder: Path) -> str | None:
    """Why something found in a folder is not read: a README speaks of the folder, a run's results are no texts
    of it, a link may lead anywhere.
    """
    if file.is_symlink() and not file.exists():
        return "a symbolic link to nothing"
    if file.is_symlink() and folder.resolve() not in file.resolve().parents:
        return "a symbolic link out of the folder; what it leads to is read when it is named itself"
    if file.is_dir():
        return "a symbolic link to a folder; the files in it are read where they lie"
    if is_result(file, lambda run: Path(run).is_file()):
        return RESULT
    return README if file.stem.upper() == "README" else None


def is_result(file: PurePath, there: Callable[[PurePath], bool]) -> bool:
    """Whether a file, or the folder of part files that it lies in, is named like a result and lies beside a `run.json`."""
    places = (file, file.parent)
    return any(place.stem.partition("-")[0] in RESULTS and there(place.with_name("run.json")) for place in places)


def printable(name: str) -> str:
    r"""A file's name as one line that every terminal and file takes.

    >>> printable("a\nb.txt"), printable("caf\udce9.txt"), printable("计划.txt")
    ('a\\x0ab.txt', 'caf\\xe9.txt', '计划.txt')
    """
    return UNPRINTABLE.sub(lambda found: escape(ord(found[0])), name)


def escape(number: int) -> str:
    """The escape of a character, or of the byte that a lone surrogate of a file's name stands for."""
    byte = number - 0xDC00 if 0xDC80 <= number <= 0xDCFF else number
    return f"\\x{byte:02x}" if byte < 0x100 else f"\\u{byte:04x}"
