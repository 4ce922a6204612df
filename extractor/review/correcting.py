"""What a person says of a commitment, made into a valid record: words, offsets and what follows from them are computed here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise
from typing import Any

from extractor import attributes, rulebook, topics
from extractor.normalisation import Text
from extractor.records import Commitment, Deadline, Entity, Responsible, Span
from extractor.review.asks import Changes, Due, Marked, Stretch
from extractor.review.case import stretches
from extractor.review.norming import BadNorm, Read, entity

CLAUSES = ("head", "lead_ins", "tails")
PLAIN = ("kind", "strength", "specificity")
WORDS = ("actor", "action", "object")
Heal = Callable[[], Text]
"""Gives the healed text of a source; raises Unreadable where it is not at hand."""


class Wrong(ValueError):
    """A correction that cannot be; names the field and says why in one line."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason

    def __str__(self) -> str:
        """Field and reason in one line."""
        return f"{self.field}: {self.reason}"


def corrected(record: Commitment, changes: Changes, heal: Heal, read: Read) -> Commitment:
    """The record with a person's changes.

    Specificity is told anew from entities and deadline unless it is named. Where borders move and no entities are named, those
    inside them stay and those that the machine reads there are added; verb and object of another head are the machine's.

    Raises:
        Wrong: a field that does not go together with the text or with another.
        Unreadable: borders or entities are named and the text is not at hand.
    """
    said = changes.model_fields_set
    new = dict(told(record, changes))
    moved = not said.isdisjoint(CLAUSES)
    if moved:
        new |= borders(record, changes, heal())
    found = record.model_copy(update=new)
    if "entities" in said:
        new["entities"] = marked(found, changes.entities or (), heal(), read)
    elif moved:
        read_anew = read(found)
        new["entities"] = kept(found, read_anew.entities)
        if found.head != record.head:
            new |= {name: getattr(read_anew, name) for name in ("action", "object", "locator") if name not in new}
    if "specificity" not in said and not {"entities", "deadline"}.isdisjoint(new):
        found = record.model_copy(update=new)
        new["specificity"] = attributes.specificity(found.entities, found.deadline)
    return Commitment.model_validate(record.model_copy(update={**new, "review": None}).model_dump())


def told(record: Commitment, changes: Changes) -> Iterator[tuple[str, Any]]:
    """The fields that are said whatever the text."""
    said = changes.model_fields_set
    for name in ("head", *PLAIN):
        if name in said and getattr(changes, name) is None:
            raise Wrong(name, "cannot be empty; leave it out to keep it")
    yield from ((name, getattr(changes, name)) for name in PLAIN if name in said)
    yield from ((name, (getattr(changes, name) or "").strip() or None) for name in WORDS if name in said)
    if "topic" in said:
        given = with_topic(record, changes.topic)
        yield from (("topics", given), ("topic", next(iter(given), None)))
    if "responsible" in said:
        bodies = changes.responsible
        yield "responsible", Responsible(lead=bodies.lead, partners=bodies.partners) if bodies else None
    if "deadline" in said:
        yield "deadline", due(changes.deadline, record.deadline)


def with_topic(record: Commitment, topic: str | None) -> tuple[str, ...]:
    """The topics of a record with another first one."""
    known = [one.name for one in topics.load(rulebook.load().topics).scheme.topic]
    if topic and topic not in known:
        raise Wrong("topic", f"{topic!r} is none; choose from {'; '.join(known)}")
    return (topic, *(other for other in record.topics if other not in (topic, record.topic))) if topic else ()


def due(said: Due | None, old: Deadline | None) -> Deadline | None:
    """A deadline that a person names; the old one where it says the same."""
    if said is None:
        return None
    if not said.text.strip():
        raise Wrong("deadline.text", "cannot be empty; give the words that say by when")
    first, last = (day.isoformat() if day else None for day in (said.start_date, said.end_date))
    if old and (old.text, old.start_date, old.end_date) == (said.text, first, last):
        return old
    return Deadline(text=said.text.strip(), start_date=first, end_date=last, basis="explicit")


def borders(record: Commitment, changes: Changes, text: Text) -> dict[str, Any]:
    """Head, lead-ins and tails of a record, and what follows from where they stand; what is named takes the place of the rest."""
    head = span("head", changes.head, text) if changes.head else record.head
    named = {
        name: [span(name, each, text) for each in some]
        for name in ("lead_ins", "tails")
        if (some := getattr(changes, name)) is not None
    }
    taken = [head, *chain.from_iterable(named.values())]
    rest = {name: [part for part in getattr(record, name) if is_free(part, taken)] for name in ("lead_ins", "tails")}
    lead_ins, tails = (tuple(sorted((rest | named)[name], key=starts)) for name in ("lead_ins", "tails"))
    parts = sorted([head, *lead_ins, *tails], key=starts)
    for before, after in pairwise(parts):
        if before.end > after.start:
            raise Wrong("head", f"{before.text!r} and {after.text!r} overlap; head, lead-ins and tails stand apart")
    if any(part.start > head.start for part in lead_ins):
        raise Wrong("lead_ins", "lead-ins stand before the head")
    if any(part.start < head.start for part in tails):
        raise Wrong("tails", "tails stand behind the head")
    first, last = (text.printed_span(part.start, part.end) for part in (parts[0], parts[-1]))
    return {
        "id": f"{record.source_sha256[:16]}-{head.start}",
        "head": head,
        "lead_ins": lead_ins,
        "tails": tails,
        "text": text.printed[first[0] : last[1]],
        "start": parts[0].start,
        "end": parts[-1].end,
    }


def starts(part: Span) -> int:
    """Where a span starts."""
    return part.start


def is_free(part: Span | Entity, taken: Iterable[Span | Entity]) -> bool:
    """Whether none of some spans touches a span."""
    return not any(part.start < other.end and other.start < part.end for other in taken)


def span(field: str, said: Stretch, text: Text) -> Span:
    """A stretch of the text, without white space at its ends."""
    if not said.start < said.end <= len(text.raw):
        raise Wrong(field, f"{said.start} to {said.end} does not lie in the text of {len(text.raw)} characters")
    start, end = text.printed_span(said.start, said.end)
    words = text.printed[start:end]
    start, end = start + len(words) - len(words.lstrip()), start + len(words.rstrip())
    if start >= end:
        raise Wrong(field, f"there are no words from {said.start} to {said.end}")
    first, last = text.raw_span(start, end)
    return Span(text=text.printed[start:end], start=first, end=last)


def inside(start: int, end: int, record: Commitment) -> bool:
    """Whether something lies in one clause of a record."""
    return any(left <= start and end <= right for left, right in stretches(record))


def kept(record: Commitment, read: Iterable[Entity]) -> tuple[Entity, ...]:
    """The entities of a record that lie inside it, and beside them those that the machine reads there."""
    stay = [entity for entity in record.entities if inside(entity.start, entity.end, record)]
    fresh = (entity for entity in read if inside(entity.start, entity.end, record) and is_free(entity, stay))
    return in_order([*stay, *fresh])


def marked(record: Commitment, marks: Sequence[Marked], text: Text, read: Read) -> tuple[Entity, ...]:
    """The entities that a person marks."""
    known = {(old.type, old.start, old.end): old for old in record.entities}
    found: list[Entity] = []
    for number, mark in enumerate(marks):
        field = f"entities.{number}"
        place = span(field, mark, text)
        if not inside(place.start, place.end, record):
            raise Wrong(field, f"{place.text!r} lies in no clause of the commitment; mark its clause first")
        old = known.get((mark.type, place.start, place.end))
        try:
            found.append(entity(mark, place, old, record, read))
        except BadNorm as error:
            raise Wrong(f"{field}.norm", str(error)) from None
    whole = in_order(found)
    for before, after in combinations(whole, 2):
        if (before.start, before.end) == (after.start, after.end):
            raise Wrong("entities", f"{after.text!r} is marked twice")
        if before.start < after.start < before.end < after.end:
            raise Wrong("entities", f"{before.text!r} and {after.text!r} cross")
    return whole


def in_order(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Entities as records have them."""
    return tuple(sorted(entities, key=lambda entity: (entity.start, entity.end, entity.type)))
