"""What one clause says of others: lists that a colon announces, years past, and what is granted for what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.clauses import Clause, sentences
from extractor.enumerators import style
from extractor.facts import BITS, mask

ANNOUNCES, SINCE, HABIT = BITS["formula.list"], BITS["tense.since"], BITS["tense.habit"]
GRANTS, GRANTED, GRANTED_NEXT = BITS["form.grant"], BITS["grant.after"], BITS["grant.next"]
TOPIC, PREDICATE, TOPIC_NEXT = BITS["form.topic"], BITS["form.predicate"], BITS["topic.next"]
APIECE, GRANTED_APIECE = BITS["form.apiece"], BITS["grant.apiece"]
TURNS = mask(
    ["tense.future", "tense.plan_time", "tense.near", "verb.must", "verb.modal", "turn.forward", "strength.strive"]
)
"""What ends a stretch that tells of the past."""
COLONS = ("：", ":")


def listed(clauses: Sequence[Clause], cues: Sequence[int]) -> Iterator[int]:
    """The clauses of lists of conditions, papers or cases that a colon announces (`应当具备下列条件：（一）…；（二）…`).

    A list goes on with its sentence and with the enumerated ones behind it whose enumerator stands inside the announcer's.
    """
    if not any(fired & ANNOUNCES for fired in cues):
        return
    inside = False
    outer: int | None = None
    for first, stop in sentences(clauses):
        level = style(clauses[first].enumerator)
        inside = inside and level is not None and (outer is None or level > outer)
        if not inside:
            outer, names = level, False
        for number in range(first, stop):
            if inside:
                yield number
            elif cues[number] & ANNOUNCES:
                names = True
            if not inside and names and clauses[number].closer in COLONS:
                inside = True


def before_grant(number: int, clauses: Sequence[Clause], found: list[int]) -> None:
    """Note on the clauses of its sentence before a clause that grants something that one comes."""
    sentence, before = clauses[number].sentence, number - 1
    if before >= 0 and clauses[before].sentence == sentence:
        found[before] |= GRANTED_NEXT | (GRANTED_APIECE if found[number] & APIECE else 0)
    while before >= 0 and clauses[before].sentence == sentence:
        found[before] |= GRANTED
        before -= 1


def before_predicate(number: int, clauses: Sequence[Clause], found: list[int]) -> None:
    """Note on a topic that the clause behind it in its sentence says what becomes of it: `农村公路大修工程，计划投入…`."""
    before = number - 1
    if before >= 0 and clauses[before].sentence == clauses[number].sentence and found[before] & TOPIC:
        found[before] |= TOPIC_NEXT


def looking_back(clauses: Sequence[Clause], cues: Sequence[int]) -> Iterator[int]:
    """The clauses that go on in a paragraph after `近年来`, or from `我局一直……` on, until it says what is to come."""
    if not any(fired & (SINCE | HABIT) for fired in cues):
        return
    paragraph, back = -1, False
    for number, (clause, fired) in enumerate(zip(clauses, cues, strict=True)):
        if clause.paragraph != paragraph or fired & TURNS:
            paragraph, back = clause.paragraph, False
        if back or fired & HABIT:
            yield number
        back = back or bool(fired & (SINCE | HABIT))
