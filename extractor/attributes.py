"""What a commitment record says beside its words: strength, actor, action, deadline, specificity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractor.clauses import Clause
from extractor.inheritance import Inherited, period_in
from extractor.periods import Period
from extractor.records import Deadline, Entity, Specificity, Strength
from extractor.scene import Scene

STRENGTHS: dict[str, Strength] = {
    "strength.firm": "firm",
    "strength.strive": "aspirational",
    "strength.explore": "exploratory",
}
NAMED = ("PROJECT", "POLICY", "LOCATION")
OWN = re.compile(r"^(?:我们|我$|我[省市县区州镇乡局委办厅院处街]|本[省市县区州镇乡局]|全[省市县区州镇乡街])")
ADVERBS = ("d", "ad", "c", "vd", "zg", "uv")
MODALS = ("要", "将", "须", "应", "能", "可", "会", "还要", "更要", "必须", "应当", "可以")


def strength(members: Iterable[int], head: int, scene: Scene) -> tuple[Strength, str | None]:
    """How strongly the head binds; a lead-in or tail speaks where the head does not."""
    for number in (head, *(member for member in members if member < head)):
        if scene.strengths[number]:
            first = min(scene.strengths[number], key=lambda match: match.start)
            return STRENGTHS[first.rule], first.rule
    return "planned", None


def specificity(found: Sequence[Entity], deadline: Deadline | None) -> Specificity:
    """3 measurable and dated, 2 a figure or a named object, 1 direction only."""
    measured = any(entity.type == "QUANTITY" for entity in found)
    if measured and deadline and deadline.basis != "document_year":
        return 3
    return 2 if measured or any(entity.type in NAMED for entity in found) else 1


def actor(head: int, before: Inherited, scene: Scene) -> str | None:
    """Who is bound: the clause's subject, the nearest one before it in its item, else the speaker's side."""
    return before.subject if before.subject and not OWN.match(before.subject) else own_side(head, scene)


def own_side(head: int, scene: Scene) -> str | None:
    """The speaker's organisation, else the issuer."""
    speech = scene.outline.places[head].speech
    said = scene.outline.front.speeches[speech].organization if speech is not None else None
    return said or scene.given.issuer or scene.outline.front.issuer


def predicate(clause: Clause, scene: Scene) -> tuple[str | None, str | None]:
    """The main verb of a head and what follows it: the first of the verb lists, else the first word tagged a verb."""
    fallback: tuple[int, str] | None = None
    for start, word, tag in scene.words.inside(clause.start, clause.end):
        if word in scene.book.verbs and word not in scene.book.adverbs:
            return split(start, word, clause, scene)
        if fallback is None and tag.startswith("v") and tag not in ADVERBS and word not in MODALS:
            fallback = start, word
    return split(*fallback, clause, scene) if fallback else (None, None)


def split(start: int, verb: str, clause: Clause, scene: Scene) -> tuple[str, str | None]:
    """A verb as printed, and the rest of its clause."""
    border = start + len(verb)
    return scene.text.printed[start:border], scene.text.printed[border : clause.end] or None


def deadline(members: Sequence[int], head: int, before: Inherited, scene: Scene) -> Deadline | None:
    """By when: the head's own time, a lead-in's, an earlier one of its item or heading, else the plan year."""
    for number in (head, *(member for member in members if member != head)):
        if found := period_in(number, scene):
            return as_deadline(found, "explicit")
    if before.period:
        return as_deadline(before.period, "inherited")
    calendar = scene.horizon.at(scene.clauses[head].start)
    if calendar.span:
        return planned_for(*calendar.span)
    return None if calendar.base is None else planned_for(calendar.base, calendar.base)


@cache
def planned_for(first: int, last: int) -> Deadline:
    """The deadline of what a document plans for some years."""
    text = f"{first}年" if first == last else f"{first}—{last}年"
    return Deadline(text=text, start_date=f"{first}-01-01", end_date=f"{last}-12-31", basis="document_year")


def as_deadline(period: Period, basis: str) -> Deadline:
    """A period as a deadline."""
    return Deadline(
        text=period.text,
        start_date=period.start_date.isoformat() if period.start_date else None,
        end_date=period.end_date.isoformat() if period.end_date else None,
        basis=basis,  # type: ignore[arg-type]
    )


def review(found: Iterable[Entity]) -> str | None:
    """Why a person should look, or None."""
    unsure = [entity.text for entity in found if isinstance(entity.norm, tuple)]
    return f"place is ambiguous: {'、'.join(unsure)}" if unsure else None
