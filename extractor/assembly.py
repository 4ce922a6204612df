"""Puts clauses together into commitment records, with offsets carried back to the raw text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count

from extractor import attributes
from extractor.clauses import Clause
from extractor.frontmatter import Speaker
from extractor.naming import Named
from extractor.outline import Heading, Place
from extractor.periods import Period
from extractor.quantities import Quantity, plain
from extractor.records import Commitment, Document, Entity, Pledge, Responsible, Span, Speech
from extractor.roles import Verdict
from extractor.scene import Scene


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
class Shared:
    """What the records of one document share: the document itself, and its speeches by their index."""

    document: Document
    speeches: Sequence[Speech]


def assemble(scene: Scene) -> list[Commitment]:
    """The records of a document, in text order."""
    shared = Shared(document(scene), tuple(map(speech, scene.outline.front.speeches, count())))
    return [record(group, scene, shared) for group in groups(scene.clauses, scene.verdicts)]


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


def record(group: Group, scene: Scene, shared: Shared) -> Commitment:
    """One validated record."""
    head = scene.clauses[group.head]
    place = scene.outline.places[group.head]
    first, last = scene.clauses[group.members[0]], scene.clauses[group.members[-1]]
    start, end = scene.text.raw_span(first.start, last.end)
    named = list(entities(group, scene))
    verdict = scene.verdicts[group.head]
    kind, kind_rule = attributes.kind(group.head, scene)
    strength, strength_rule = attributes.strength(group.members, group.head, scene)
    deadline = attributes.deadline(group.members, group.head, scene)
    action, matter = attributes.predicate(head, scene)
    return Commitment(
        id=f"{scene.given.sha256[:16]}-{scene.text.raw_span(head.start, head.end)[0]}",
        source=scene.given.source,
        source_sha256=scene.given.sha256,
        document=shared.document,
        speech=None if place.speech is None else shared.speeches[place.speech],
        section=tuple(heading.label + heading.title for heading in place.headings[: -1 if pledged(place) else None]),
        pledge=pledge(place, scene),
        text=scene.text.printed[first.start : last.end],
        start=start,
        end=end,
        head=span(head, scene),
        lead_ins=tuple(span(scene.clauses[number], scene) for number in group.lead_ins),
        tails=tuple(span(scene.clauses[number], scene) for number in group.tails),
        kind=kind,
        strength=strength,
        specificity=attributes.specificity(named, deadline),
        actor=attributes.actor(group.head, scene),
        action=action,
        object=matter,
        responsible=responsible(group.head, scene),
        deadline=deadline,
        topic=None,
        entities=tuple(entity for entity, _ in named),
        rules=tuple(dict.fromkeys([verdict.rule, *filter(None, (kind_rule, strength_rule)), *(r for _, r in named)])),
        review=attributes.review(entity for entity, _ in named),
    )


def span(clause: Clause, scene: Scene) -> Span:
    """A clause with raw offsets."""
    start, end = scene.text.raw_span(clause.start, clause.end)
    return Span(text=scene.text.printed[clause.start : clause.end], start=start, end=end)


def document(scene: Scene) -> Document:
    """Title, date and issuer; the caller's word counts before the text's."""
    front = scene.outline.front
    day = scene.given.date or front.date
    return Document(title=front.title, date=day.isoformat() if day else None, issuer=scene.given.issuer or front.issuer)


def speech(said: Speaker, index: int) -> Speech:
    """A speech as records carry it."""
    return Speech(
        index=index,
        title=said.title,
        speaker=said.speaker,
        position=said.position,
        organization=said.organization,
    )


def pledged(place: Place) -> Heading | None:
    """The innermost heading when it is an enumerated item."""
    return place.headings[-1] if place.headings and place.headings[-1].label else None


def pledge(place: Place, scene: Scene) -> Pledge | None:
    """The enumerated item a clause stands under."""
    item = pledged(place)
    if item is None:
        return None
    start, _ = scene.text.raw_span(item.start, item.start + 1)
    return Pledge(id=f"{scene.given.sha256[:16]}-{start}", label=item.label, ordinal=item.ordinal, title=item.title)


def responsible(head: int, scene: Scene) -> Responsible | None:
    """The first responsibility note behind a commitment, up to the next heading."""
    start = scene.clauses[head].start
    number = bisect_left(scene.notes, start, key=lambda note: note.start)
    following = bisect_left(scene.borders, start)
    limit = scene.borders[following] if following < len(scene.borders) else len(scene.text.printed)
    if number == len(scene.notes) or scene.notes[number].start >= limit:
        return None
    note = scene.notes[number]
    return Responsible(lead=note.lead, partners=note.partners)


def entities(group: Group, scene: Scene) -> Iterator[tuple[Entity, str]]:
    """The entities inside a commitment's clauses, in text order, each with the rule that found it."""
    found: list[tuple[int, int, Entity, str]] = []
    for thing in (thing for number in group.members for thing in scene.things[number]):
        start, end = scene.text.raw_span(thing.start, thing.end)
        entity = as_entity(thing, scene.text.printed[thing.start : thing.end], start, end)
        found.append((start, end, entity, thing.rule))
    found.sort(key=lambda item: (item[0], item[1], item[2].type))
    return ((entity, rule) for _, _, entity, rule in found)


def as_entity(thing: Quantity | Period | Named, text: str, start: int, end: int) -> Entity:
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
        )
    if isinstance(thing, Period):
        return Entity(type="TIME", text=text, start=start, end=end, norm=thing.norm)
    return Entity(type=thing.type, text=text, start=start, end=end, norm=thing.norm)
