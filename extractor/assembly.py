"""Puts clauses together into commitment records, with offsets carried back to the raw text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TypeAlias

from extractor import attributes, covering, inheritance, kinds, predicates, topics
from extractor.bylines import Speaker
from extractor.clauses import Clause
from extractor.inheritance import Inherited
from extractor.naming import Named
from extractor.outline import Heading
from extractor.periods import Period
from extractor.quantities import Quantity, plain
from extractor.reading.source import Place
from extractor.records import Commitment, Document, Entity, Kind, Locator, Pledge, Responsible, Speech
from extractor.responsibility import Note
from extractor.roles import Verdict
from extractor.scene import Scene
from extractor.topics import Classifier

Fields: TypeAlias = dict[str, str | int]
"""A part of a record before the record as a whole is validated."""


@dataclass(slots=True)
class Group:
    """The clause numbers of one commitment: lead-ins, head, tails."""

    head: int
    lead_ins: list[int] = field(default_factory=list)
    tails: list[int] = field(default_factory=list)

    @property
    def members(self) -> list[int]:
        """All its clauses in text order."""
        return [*self.lead_ins, self.head, *self.tails]


@dataclass(frozen=True, slots=True)
class Item:
    """Where some commitments stand: what their records have in common."""

    headings: tuple[Heading, ...]
    section: tuple[str, ...]
    pledge: Pledge | None
    titles: topics.About


def assemble(scene: Scene) -> list[Commitment]:
    """The records of a document, in text order."""
    about = document(scene)
    speeches = tuple(map(speech, scene.outline.front.speeches, count()))
    heads = dict(inheritance.inherited(scene))
    decided = kinds.decide(heads, scene)
    item: Item | None = None
    classifier = topics.load(scene.book.topics)
    records = []
    for group, (head, before), kind in zip(groups(scene.clauses, scene.verdicts), heads.items(), decided, strict=True):
        place = scene.outline.places[head]
        if item is None or place.items is not item.headings:
            item = item_of(place.items, scene, about)
        said = None if place.speech is None else speeches[place.speech]
        records.append(record(group, scene, before, kind, item, about, said, classifier))
    return records


def groups(clauses: Sequence[Clause], verdicts: Sequence[Verdict]) -> Iterator[Group]:
    """Every commitment with the lead-ins before it and the tails behind it."""
    waiting: list[int] = []
    current: Group | None = None
    for number, verdict in enumerate(verdicts):
        if verdict.role == "lead-in":
            waiting.append(number)
        elif verdict.role == "commitment":
            if current:
                yield current
            current, waiting = Group(number, waiting), []
        elif verdict.role == "tail" and current:
            current.tails += [*waiting, number]
            waiting = []
        elif verdict.role == "other":
            waiting = []
    if current:
        yield current


def record(
    group: Group,
    scene: Scene,
    before: Inherited,
    kind: tuple[Kind, str],
    item: Item,
    about: Document,
    said: Speech | None,
    classifier: Classifier,
) -> Commitment:
    """One validated record."""
    head, members = group.head, group.members
    first, last = scene.clauses[members[0]], scene.clauses[members[-1]]
    start, end = scene.text.raw_span(first.start, last.end)
    printed = scene.text.printed[first.start : last.end]
    field = classifier.topics(printed, item.titles)
    core = span(scene.clauses[head], scene)
    named = entities(members, scene)
    found = [entity for entity, _ in named]
    strength, strength_rule = attributes.strength(members, head, scene)
    note = covering.note_over(head, scene)
    deadline = attributes.deadline(members, head, before, note, scene)
    action, matter = predicates.predicate(head, before.own, scene)
    deciding = [scene.verdicts[head].rule, kind[1], *([strength_rule] if strength_rule else ()), *(r for _, r in named)]
    return Commitment.model_validate(
        {
            "id": f"{scene.given.sha256[:16]}-{core['start']}",
            "source": scene.given.source,
            "source_sha256": scene.given.sha256,
            "locator": locator(scene.given.places, int(core["start"])),
            "document": about,
            "speech": said,
            "section": item.section,
            "pledge": item.pledge,
            "text": printed,
            "start": start,
            "end": end,
            "head": core,
            "lead_ins": tuple([span(scene.clauses[number], scene) for number in group.lead_ins]),
            "tails": tuple([span(scene.clauses[number], scene) for number in group.tails]),
            "kind": kind[0],
            "strength": strength,
            "specificity": attributes.specificity(found, deadline),
            "actor": attributes.actor(head, before, scene),
            "action": action,
            "object": matter,
            "responsible": responsible(covering.share(note, head, scene)),
            "deadline": deadline,
            "topic": next(iter(field), None),
            "topics": field,
            "entities": tuple(found),
            "rules": tuple(dict.fromkeys(deciding)),
            "review": attributes.review(found),
        }
    )


def span(clause: Clause, scene: Scene) -> Fields:
    """A clause with raw offsets."""
    start, end = scene.text.raw_span(clause.start, clause.end)
    return {"text": scene.text.printed[clause.start : clause.end], "start": start, "end": end}


def document(scene: Scene) -> Document:
    """Title, date and issuer; the caller's word counts before the text's."""
    front, given = scene.outline.front, scene.given
    day = given.date or front.date
    return Document(
        title=given.title or front.title,
        date=day.isoformat() if day else None,
        issuer=given.issuer or front.issuer,
        fields=dict(given.fields),
    )


def locator(places: Sequence[Place], start: int) -> Locator | None:
    """Where a person finds what stands at a raw offset; None where the caller gave bare text."""
    at = bisect_right(places, start, key=lambda place: place.start) - 1
    if at < 0:
        return None
    place = places[at]
    return Locator(page=place.page, paragraph=place.paragraph, row=place.row, cell=place.cell, member=place.member)


def speech(said: Speaker, index: int) -> Speech:
    """A speech as records carry it."""
    return Speech(
        index=index,
        title=said.title,
        speaker=said.speaker,
        position=said.position,
        organization=said.organization,
    )


def item_of(headings: tuple[Heading, ...], scene: Scene, about: Document) -> Item:
    """The section that some headings make, and the enumerated item where the innermost is one."""
    enumerated = headings[-1] if headings and headings[-1].label else None
    outer = headings[:-1] if enumerated else headings
    section = tuple(heading.label + heading.title for heading in outer)
    titles = topics.About(enumerated.title if enumerated else "", section, about.title or "")
    return Item(headings, section, pledge(enumerated, scene) if enumerated else None, titles)


def pledge(item: Heading, scene: Scene) -> Pledge:
    """An enumerated item as records carry it."""
    return Pledge(id=key(item.start, scene), label=item.label, ordinal=item.ordinal, title=item.title)


def responsible(note: Note | None) -> Responsible | None:
    """Who leads and who assists by the note that covers a commitment."""
    return Responsible(lead=note.lead, partners=note.partners) if note and note.lead else None


def entities(members: Sequence[int], scene: Scene) -> list[tuple[Entity, str]]:
    """The entities inside a commitment's clauses, in text order, each with the rule that found it."""
    found = []
    for number in members:
        for thing in scene.things[number]:
            start, end = scene.text.raw_span(thing.start, thing.end)
            found.append((as_entity(thing, scene.text.printed[thing.start : thing.end], start, end, scene), thing.rule))
    found.sort(key=lambda pair: (pair[0].start, pair[0].end, pair[0].type))
    return found


def as_entity(thing: Quantity | Period | Named, text: str, start: int, end: int, scene: Scene) -> Entity:
    """The record of a matched thing."""
    if isinstance(thing, Quantity):
        return Entity(
            type="QUANTITY",
            text=text,
            start=start,
            end=end,
            norm=thing.norm,
            comparator=thing.comparator,
            value=thing.fraction or plain(thing.value),
            upper=None if thing.upper is None else plain(thing.upper),
            unit=thing.unit or None,
            indicator=thing.indicator,
            base=thing.base,
            measure=thing.measure,
        )
    if isinstance(thing, Period):
        return Entity(type="TIME", text=text, start=start, end=end, norm=thing.norm)
    return Entity(
        type=thing.type,
        text=text,
        start=start,
        end=end,
        norm=thing.norm,
        category=thing.category,
        project_id=None if thing.first is None else key(thing.first, scene),
    )


def key(place: int, scene: Scene) -> str:
    """The key of what stands at a place of the healed text: digest of the source and raw offset."""
    start, _ = scene.text.raw_span(place, place + 1)
    return f"{scene.given.sha256[:16]}-{start}"
