"""Annotated samples: `NAME.json` beside `NAME.txt`, in the format that `corpus/README.md` describes."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import UnionType
from typing import Any, get_args

from spacy.tokens import Doc

from extractor.records import EntityType, Kind, Strength
from extractor.roles import Role
from extractor.writing import files

Sample = dict[str, Any]
ROLES: tuple[str, ...] = get_args(Role)
KINDS: tuple[str, ...] = get_args(Kind)
STRENGTHS: tuple[str, ...] = get_args(Strength)
TYPES: tuple[str, ...] = get_args(EntityType)
CONTENT = ("commitment", "lead-in", "tail")
LEVELS = ("national", "provincial", "municipal", "county", "township", "local", "newspaper")
"""What a sample's name may begin with to say of what level of government it is."""
KEYS = ("doc", "annotated", "clauses", "entities")
MARKS: dict[str, dict[str, type]] = {
    "clauses": {"start": int, "end": int, "role": str},
    "entities": {"start": int, "end": int, "type": str},
}
"""What every mark of a list must say, and as what."""
MAY_SAY: dict[str, type | UnionType] = {
    "text": str,
    "norm": str | None,
    "deadline": str | None,
    "strength": str | None,
    "code": str | None,
}
"""What a mark may say, and as what."""
FORMAT = "see the format in corpus/README.md"


class BrokenSample(ValueError):
    """An annotated sample that cannot be used; the message names the file and what to do."""


def samples(folder: Path) -> list[Path]:
    """The gold files of a folder.

    Raises:
        BrokenSample: there is none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise BrokenSample(f"{folder}: no annotated sample (NAME.json beside NAME.txt)")
    return paths


def read_sample(path: Path) -> Sample:
    """One gold file.

    Raises:
        BrokenSample: not JSON, a key of the contract is missing, or a draft that nobody corrected.
    """
    sample = parsed(path)
    if sample.get("draft"):
        raise BrokenSample(f'{path}: a draft and no gold; correct it, then take out "draft": true')
    return sample


def parsed(path: Path) -> Sample:
    """A sample, or the draft of one.

    Raises:
        BrokenSample: not JSON, or a key of the contract is missing.
    """
    try:
        sample = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise BrokenSample(f"{path}: {error}; {FORMAT}") from None
    if not isinstance(sample, dict):
        raise BrokenSample(f"{path}: no JSON object; {FORMAT}")
    if fault := next(malformed(sample), None):
        raise BrokenSample(f"{path}: {fault}; {FORMAT}")
    return sample


def malformed(sample: Sample) -> Iterator[str]:
    """What keeps a sample from being read: keys that are missing, values of the wrong kind."""
    yield from (f"no key {key!r}" for key in KEYS if key not in sample)
    if not isinstance(sample["doc"], str):
        yield "`doc` is no file name"
    for said in ("entities_marked", "norms_marked"):
        if not isinstance(sample.get(said, True), bool):
            yield f"`{said}` is neither true nor false"
    window = sample["annotated"]
    if not (isinstance(window, list) and len(window) == 2 and all(isinstance(end, int) for end in window)):
        yield "`annotated` is no pair of offsets"
    for name, needed in MARKS.items():
        if not isinstance(sample[name], list):
            yield f"{name} are no list"
        for number, mark in enumerate(sample[name]):
            yield from (f"{name}[{number}] {fault}" for fault in ill_said(mark, needed))


def ill_said(mark: object, needed: dict[str, type]) -> Iterator[str]:
    """What keeps a mark from being read; a commitment needs a kind, too."""
    if not isinstance(mark, dict):
        yield "is no JSON object"
        return
    more = {"kind": str} if mark.get("role") == "commitment" else {}
    for key, kind in (needed | more).items():
        if not isinstance(mark.get(key), kind):
            yield f"has no {key!r}, or not as {'a number' if kind is int else 'a word'}"
    for key, allowed in MAY_SAY.items():
        if key in mark and not isinstance(mark[key], allowed):
            yield f"has {key!r}, but not as a word"


def write_sample(path: Path, sample: Sample) -> Path:
    """Write a sample whole or not at all; returns its path."""
    return files.write_text(path, json.dumps(sample, ensure_ascii=False, indent=1) + "\n")


def text_of(path: Path, sample: Sample, folders: Sequence[Path] = ()) -> Path:
    """The text of a sample: beside it, else in one of these folders.

    Raises:
        BrokenSample: it lies in none of them.
    """
    name: str = sample["doc"]
    for folder in (path.parent, *folders):
        if (folder / name).exists():
            return folder / name
    raise BrokenSample(f"{path}: its text {name} is not beside it; say where texts lie with --texts")


def marks_entities(sample: Sample) -> bool:
    """Whether the entities of a sample were marked, too: `"entities_marked": false` says that nobody looked for them.

    >>> marks_entities({"entities": []}), marks_entities({"entities": [], "entities_marked": False})
    (True, False)
    """
    return bool(sample.get("entities_marked", True))


def level_of(sample: Sample) -> str:
    """The level of government a text is of: what `level` says, else what its name says before the first `_`.

    >>> level_of({"doc": "county_work_report.txt"}), level_of({"doc": "plan.txt", "level": "village"}), level_of({"doc": "plan.txt"})
    ('county', 'village', 'other')
    """
    front = str(sample["doc"]).partition("_")[0]
    return str(sample.get("level") or (front if front in LEVELS else "other"))


def aligned(sample: Sample, doc: Doc) -> Iterator[tuple[int, Sample]]:
    """Every clause number of a processed text inside the annotated window, with the annotated clause it stands for.

    A clause that the sample cuts otherwise stands for the annotated clause that its middle lies in.

    Raises:
        BrokenSample: the sample was made of a text of another length, so that its offsets would stand beside the words.
    """
    size = len(doc._.text.raw)
    if sample.get("characters", size) != size:
        raise BrokenSample(
            f"{sample['doc']}: {size} characters, but its sample says {sample['characters']}; "
            "count offsets in the decoded text with its own line breaks"
        )
    low, high = sample["annotated"]
    for number, clause in enumerate(doc._.clauses):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        wanted = clause_at(sample, (start + end) // 2)
        if low <= start and end <= high and wanted:
            yield number, wanted


def clause_at(sample: Sample, place: int) -> Sample | None:
    """The annotated clause that begins last up to a code point; None in front of the first."""
    number = bisect_right(sample["clauses"], place, key=lambda clause: clause["start"]) - 1
    return sample["clauses"][number] if number >= 0 else None
