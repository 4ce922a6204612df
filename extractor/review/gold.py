"""Decisions as annotated samples: what people said of a text, in the format of `corpus/README.md`.

Commitments, lead-ins and tails are those that stand; what the machine took for one and nobody stands by is `other`, and all other
clauses have the roles that the machine gives them. A text whose file is plain is copied as it is; of any
other it is the text extracted that is annotated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from spacy.tokens import Doc

from extractor import reading
from extractor.annotation import drafts
from extractor.annotation.marks import healed
from extractor.annotation.shapes import well_formed_interval
from extractor.evaluation.samples import CONTENT, Sample, write_sample
from extractor.reading import Unreadable
from extractor.records import Commitment, Deadline, Division, Entity
from extractor.review.case import Case
from extractor.review.desk import Desk, Shelf
from extractor.review.exporting import by_text, standing, touched
from extractor.writing import files


@dataclass(slots=True)
class Annotated:
    """The samples that were written, why others were not, and how many commitments in them nobody has decided on."""

    written: list[Path] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    waiting: int = 0
    undecided: int = 0


def annotate(desk: Desk, output: Path, whole: bool = False) -> Annotated:
    """Write `NAME.txt` and `NAME.json` for every text all of whose cases are decided; with `whole` for the others too.

    `waiting` counts the texts that are left out because something in them is open.

    Raises:
        OSError: something cannot be written.
    """
    shelf = desk.fresh()
    done = Annotated()
    taken: set[str] = set()
    for sha256, cases in by_text(shelf).items():
        undecided = [case for case in cases if case.state == "open"]
        decided = any(case.outcome for case in cases)
        if not whole and (undecided or not decided):
            done.waiting += 1
            continue
        source = shelf.names[sha256][0]
        try:
            done.written += write(desk, shelf, source, sha256, cases, output / name_of(source, taken))
            done.undecided += sum(case.outcome is None for case in standing(cases))
        except Unreadable as error:
            done.aside.append(str(error))
    return done


def name_of(source: str, taken: set[str]) -> str:
    """The name of a sample: that of its file, with the row or the member; numbered where it is taken.

    >>> name_of("texts/county_report.txt", set()), name_of("t.csv#12", set()), name_of("a.zip/b.txt", {"b"})
    ('county_report', 't-12', 'b-2')
    """
    path, _, row = source.partition("#")
    stem = PurePath(path).stem + (f"-{row}" if row else "")
    stem = (
        "".join(letter if letter.isalnum() or letter in "-_.（）()《》、" else "-" for letter in stem).strip(".")
        or "text"
    )
    name = next(
        name for name in (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))) if name not in taken
    )
    taken.add(name)
    return name


def write(desk: Desk, shelf: Shelf, source: str, sha256: str, cases: Sequence[Case], path: Path) -> Iterable[Path]:
    """Write the text and the sample of a source.

    Raises:
        Unreadable: its text is not at hand, or is not the same once it is written to a file of its own.
    """
    known = shelf.texts.source(source, sha256)
    data = shelf.texts.plain_bytes(source) or known.raw.encode()
    text = path.with_name(path.name + ".txt")
    again = reading.from_bytes(data, text.name)
    if again.raw != known.raw:
        raise Unreadable(source, "its text is not the same in a file of its own; annotate it by hand")
    with desk.pipeline:
        doc = shelf.texts.document(source, sha256)
    made = sample(doc, [case.record for case in standing(cases)], text.name, hashlib.sha256(data).hexdigest())
    with files.atomic(text) as draft:
        draft.write_bytes(data)
    yield text
    yield write_sample(path.with_name(path.name + ".json"), made)


def sample(doc: Doc, records: Sequence[Commitment], name: str, sha256: str) -> Sample:
    """The sample of a processed text with these commitments."""
    raw = doc._.text.raw
    marks = sorted(said(records), key=lambda mark: mark["start"])
    clauses = sorted([*marks, *left_over(drafts.clauses(doc), marks, raw)], key=lambda clause: clause["start"])
    found = {(e.start, e.end): e for record in records for e in record.entities}
    entities = [entity(found[place]) for place in sorted(found)]
    return {
        "doc": name,
        "sha256": sha256,
        "characters": len(raw),
        "annotated": [0, len(raw)],
        "clauses": clauses,
        "entities": entities,
    }


def said(records: Sequence[Commitment]) -> Iterator[Sample]:
    """The clauses of commitments."""
    for record in records:
        head: Sample = {
            "start": record.head.start,
            "end": record.head.end,
            "role": "commitment",
            "text": record.head.text,
        }
        yield head | {"kind": record.kind, "strength": record.strength} | due(record.deadline)
        for role, parts in (("lead-in", record.lead_ins), ("tail", record.tails)):
            for part in parts:
                yield {"start": part.start, "end": part.end, "role": role, "text": part.text}


def due(deadline: Deadline | None) -> dict[str, Any]:
    """A deadline as samples have it; nothing where its days are not known."""
    if deadline is None:
        return {"deadline": None}
    days = f"{deadline.start_date or '..'}/{deadline.end_date or '..'}"
    return {"deadline": days} if well_formed_interval(days) else {}


def left_over(clauses: Iterable[Sample], marks: Sequence[Sample], raw: str) -> Iterator[Sample]:
    """The machine's clauses that none of some marks, in order, touches, and what is left of the others."""
    places = [(mark["start"], mark["end"]) for mark in marks]
    for clause in clauses:
        at = touched(places, clause["start"], clause["end"])
        inside = marks[at] if at else ()
        plain = {**clause, "role": "other"} if clause["role"] in CONTENT else clause
        plain.pop("kind", None)
        if not inside:
            yield plain
        elif "enumerator" in clause and inside[0]["start"] == clause["start"]:
            inside[0]["enumerator"] = clause["enumerator"]
        for start, end in gaps(clause, inside):
            yield from trimmed(start, end, raw)


def gaps(clause: Sample, marks: Sequence[Sample]) -> Iterator[tuple[int, int]]:
    """The stretches of a clause between the marks that touch it; none where nothing does."""
    at = clause["start"]
    for mark in marks:
        if at < mark["start"]:
            yield at, mark["start"]
        at = max(at, mark["end"])
    if marks and at < clause["end"]:
        yield at, clause["end"]


def trimmed(start: int, end: int, raw: str) -> Iterator[Sample]:
    """The clause that a stretch makes, without what is no word at its ends."""
    words = raw[start:end]
    inner = [number for number, letter in enumerate(words) if letter.isalnum()]
    if inner:
        start, end = start + inner[0], start + inner[-1] + 1
        yield {"start": start, "end": end, "role": "other", "text": healed(raw[start:end])}


def entity(found: Entity) -> Sample:
    """An entity as samples have it: with its norm, or the code of its division."""
    mark: Sample = {"type": found.type, "start": found.start, "end": found.end, "text": found.text}
    if found.type in ("QUANTITY", "TIME") and isinstance(found.norm, str):
        return mark | {"norm": found.norm}
    return mark | ({"code": found.norm.code} if isinstance(found.norm, Division) else {})
