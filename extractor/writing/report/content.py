"""What a page of the report holds: records and their sources as plain values for JSON."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from extractor.cells import field, norm
from extractor.records import Commitment, Deadline, Entity, Span
from extractor.rulebook import Rulebook

Value: TypeAlias = "str | int | list[Value] | dict[str, Value] | None"


@dataclass(frozen=True, slots=True)
class Paper:
    """A source and its commitments in text order; the decoded text is None where it is not at hand."""

    commitments: Sequence[Commitment]
    text: str | None

    @property
    def source(self) -> str:
        """The name that its records carry."""
        return self.commitments[0].source

    @property
    def title(self) -> str:
        """What it calls itself, else the name of its file."""
        return self.commitments[0].document.title or self.source


def contents(papers: Sequence[Paper], book: Rulebook) -> dict[str, Value]:
    """The documents, records, places and rules of a page. What many records share stands once, and they give its number."""
    places = Numbered()
    rules = Numbered()
    records: list[Value] = []
    for number, paper in enumerate(papers):
        for commitment in paper.commitments:
            at = places.number(standing(number, commitment))
            deciding: list[Value] = [rules.number({"id": rule, **described(rule, book)}) for rule in commitment.rules]
            records.append({"at": at, "rules": deciding, **own(commitment)})
    return {
        "documents": [about(paper) for paper in papers],
        "places": places.values,
        "rules": rules.values,
        "records": records,
    }


class Numbered:
    """Different values in the order they came, each known by its number."""

    def __init__(self) -> None:
        self.values: list[Value] = []
        self.known: dict[str, int] = {}

    def number(self, value: Value) -> int:
        """The number of a value, new or known."""
        key = repr(value)
        if key not in self.known:
            self.known[key] = len(self.values)
            self.values.append(value)
        return self.known[key]


def about(paper: Paper) -> Value:
    """A document and its text."""
    said = paper.commitments[0].document
    return {"source": paper.source, "title": said.title, "date": said.date, "issuer": said.issuer, "text": paper.text}


def standing(document: int, commitment: Commitment) -> Value:
    """Where a commitment stands: document, speech, headings, item."""
    pledge = commitment.pledge
    return {
        "document": document,
        "speaker": field("speech.speaker")(commitment),
        "position": field("speech.position")(commitment),
        "organization": field("speech.organization")(commitment),
        "section": list(commitment.section),
        "pledge": {"label": pledge.label, "title": pledge.title} if pledge else None,
    }


def own(commitment: Commitment) -> dict[str, Value]:
    """What a record has to itself. `head` is a stretch of the source and `inner` the same stretch of its own text."""
    responsible = commitment.responsible
    start, end = inner(commitment)
    return {
        "id": commitment.id,
        "text": commitment.text,
        "length": len(commitment.text),
        "start": commitment.start,
        "end": commitment.end,
        "head": [commitment.head.start, commitment.head.end],
        "inner": [start, end],
        "kind": commitment.kind,
        "strength": commitment.strength,
        "specificity": commitment.specificity,
        "actor": commitment.actor,
        "action": commitment.action,
        "object": commitment.object,
        "lead": list(responsible.lead) if responsible else [],
        "partners": list(responsible.partners) if responsible else [],
        "deadline": due(commitment.deadline) if commitment.deadline else None,
        "topics": list(commitment.topics),
        "entities": [thing(entity) for entity in commitment.entities],
        "review": commitment.review,
    }


def due(deadline: Deadline) -> Value:
    """A deadline."""
    return {"text": deadline.text, "start": deadline.start_date, "end": deadline.end_date, "basis": deadline.basis}


def inner(commitment: Commitment) -> tuple[int, int]:
    """Where the head stands in the commitment's own text."""
    before = sum(len(span.text) for span in commitment.lead_ins)
    start = max(commitment.text.find(commitment.head.text, before), 0)
    return start, start + len(commitment.head.text)


def thing(entity: Entity) -> Value:
    """An entity with its norm in one line."""
    return {"type": entity.type, "text": entity.text, "norm": norm(entity), "indicator": entity.indicator}


def described(rule: str, book: Rulebook) -> dict[str, Value]:
    """What the rulebook says of a rule; nothing of those that the trained models stand for."""
    row = book.rules.get(rule) or book.decisions.get(rule)
    return {"description": row.description if row else None}


def text_behind(commitments: Sequence[Commitment], text: Callable[[str], str | None]) -> str | None:
    """The decoded text of a source, None where there is none or it is another text of the same name."""
    raw = text(commitments[0].source)
    return raw if raw is not None and any(holds(raw, commitment.head) for commitment in commitments) else None


def holds(raw: str, span: Span) -> bool:
    """Whether a text holds a span where it says it stands."""
    return raw[span.start : span.end] == span.text
