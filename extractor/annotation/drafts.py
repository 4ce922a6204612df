"""Draft annotations: what the extractor makes of a text, in the format of samples, for a person to correct."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc

from extractor import reading
from extractor.evaluation.samples import CONTENT, Sample, write_sample
from extractor.ledger import from_source
from extractor.reading import Source


@dataclass(slots=True)
class Begun:
    """The drafts that were written, and why others were not, one line each."""

    written: list[Path] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)


def begin(folder: Path) -> Begun:
    """Write `NAME.json` beside every text of a folder that has none.

    Samples and drafts that are there stay as they are. Files that hold many texts are passed over. What cannot be read
    and texts that would share one `NAME.json` are set aside.

    Raises:
        Unreadable: the folder holds no text.
        OSError: a draft cannot be written.
    """
    texts: dict[Path, list[Path]] = defaultdict(list)
    for path in sorted(filter(is_text, folder.glob("*"))):
        texts[path.with_suffix(".json")].append(path)
    if not texts:
        single = ", ".join(sorted(reading.SUFFIXES - reading.MANY))
        raise reading.Unreadable(folder, f"this folder holds no text ({single})")
    begun = Begun()
    for path, (text, *others) in texts.items():
        if others:
            names = " and ".join(other.name for other in (text, *others))
            begun.aside.append(f"{folder}: {names} would share {path.name}; rename all but one")
        elif not path.exists():
            try:
                begun.written.append(write_sample(path, draft(reading.read(text, text.name))))
            except reading.Unreadable as error:
                begun.aside.append(f"{text}: {error.reason}")
    return begun


def is_text(path: Path) -> bool:
    """Whether a file may hold a text, and no more than one; a README is none."""
    return path.suffix.lower() in reading.SUFFIXES - reading.MANY and path.stem.upper() != "README"


def draft(source: Source) -> Sample:
    """The draft of one text: `"draft": true` keeps it from being taken for gold."""
    doc = from_source(source)
    return {
        "doc": source.name,
        "draft": True,
        "sha256": source.sha256,
        "characters": len(source.raw),
        "annotated": [0, len(source.raw)],
        "clauses": clauses(doc),
        "entities": entities(doc),
    }


def clauses(doc: Doc) -> list[Sample]:
    """Every clause with its role; commitments with their kind."""
    kinds = {record.head.start: record.kind for record in doc._.commitments}
    found = []
    for clause, verdict in zip(doc._.clauses, doc._.verdicts, strict=True):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        words = doc._.text.printed[clause.start : clause.end]
        entry = {"start": start, "end": end, "role": verdict.role, "text": words}
        if verdict.role == "commitment":
            entry["kind"] = kinds.get(start, "action")
        found.append(entry | ({"enumerator": clause.enumerator} if clause.enumerator else {}))
    return found


def entities(doc: Doc) -> list[Sample]:
    """Every entity of the records inside content clauses, once, with its norm where samples carry one."""
    spans = zip(doc._.clauses, doc._.verdicts, strict=True)
    inside = [doc._.text.raw_span(c.start, c.end) for c, verdict in spans if verdict.role in CONTENT]
    found = {}
    for entity in (entity for record in doc._.commitments for entity in record.entities):
        if any(start <= entity.start and entity.end <= end for start, end in inside):
            entry: Sample = {name: getattr(entity, name) for name in ("type", "start", "end", "text")}
            found[entity.start, entity.end] = entry | ({"norm": entity.norm} if isinstance(entity.norm, str) else {})
    return [found[place] for place in sorted(found)]
