"""What a commitment record says beside its words: kind, strength, actor, action, deadline, specificity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import cast

from extractor.clauses import Clause
from extractor.periods import Period
from extractor.records import Deadline, Entity, Kind, Specificity, Strength
from extractor.scene import Scene

STRENGTHS: dict[str, Strength] = {
    "strength.firm": "firm",
    "strength.strive": "aspirational",
    "strength.explore": "exploratory",
}
NAMED = ("PROJECT", "POLICY", "LOCATION")
FARTHEST = 60
"""Clauses; what was said farther back in a paragraph no longer tells the kind of a commitment."""
TARGETS = re.compile("目标(?:是|为)?$")
SUBJECT = re.compile(
    r"^(?:[^\n,，]{0,6}?(?:年|月|日|期间))?(?P<actor>[^\n的将要须应拟把对为在以]{2,24}?)(?:还|也|都|均|必须|一定)?"
    r"(?:将|要(?!求|素|点)|须|应当?(?!急|用)|必须|拟|计划|负责|牵头)"
)
ORGAN = re.compile(
    r"(?:我们|[省市县区州镇乡街道村局委办厅部院校处会司行署站所队校园]|公司|集团|政府|中心|部门|单位|开发区|同志|干部|企业|各地)$"
)
OWN = re.compile(r"^(?:我们|我$|我[省市县区州镇乡局委办厅院处街]|本[省市县区州镇乡局]|全[省市县区州镇乡街])")
ADVERBS = ("d", "ad", "c", "vd", "zg", "uv")
MODALS = ("要", "将", "须", "应", "能", "可", "会", "还要", "更要", "必须", "应当", "可以")


def clause_text(number: int, scene: Scene) -> str:
    """The folded words of a clause."""
    clause = scene.clauses[number]
    return scene.view[clause.start : clause.end]


def kind(head: int, scene: Scene) -> tuple[Kind, str]:
    """Target, directive or action, and the row of `rules/kind.toml` that says so.

    A subject such as 各部门 makes every commitment of its sentence a directive.
    """
    clause = scene.clauses[head]
    known = set(scene.verdicts[head].facts)
    earlier = head - 1
    while earlier >= max(0, head - FARTHEST) and scene.clauses[earlier].paragraph == clause.paragraph:
        verdict = scene.verdicts[earlier]
        near = scene.clauses[earlier].sentence == clause.sentence
        if "has.deadline" in verdict.facts and (near or verdict.role == "lead-in"):
            known.add("deadline.before")
        if verdict.role == "lead-in" and TARGETS.search(clause_text(earlier, scene)):
            known.add("targets.before")
        earlier -= 1
    row = next(
        row
        for row in scene.book.tables["kind"]
        if known.issuperset(row.all) and (not row.any or not known.isdisjoint(row.any)) and known.isdisjoint(row.none)
    )
    return cast(Kind, row.gives), row.id


def strength(members: Iterable[int], head: int, scene: Scene) -> tuple[Strength, str | None]:
    """How strongly the head binds; a lead-in or tail speaks where the head does not."""
    for number in (head, *(member for member in members if member < head)):
        if scene.strengths[number]:
            first = min(scene.strengths[number], key=lambda match: match.start)
            return STRENGTHS[first.rule], first.rule
    return "planned", None


def specificity(named: Sequence[tuple[Entity, str]], deadline: Deadline | None) -> Specificity:
    """3 measurable and dated, 2 a figure or a named object, 1 direction only."""
    measured = any(entity.type == "QUANTITY" for entity, _ in named)
    if measured and deadline and deadline.basis != "document_year":
        return 3
    return 2 if measured or any(entity.type in NAMED for entity, _ in named) else 1


def actor(head: int, scene: Scene) -> str | None:
    """Who is bound: the clause's subject, the nearest one before it in its item, else the speaker's side."""
    place = scene.outline.places[head]
    item = place.headings[-1] if place.headings else None
    for number in range(head, max(-1, head - 12), -1):
        if scene.outline.places[number].speech != place.speech:
            break
        headings = scene.outline.places[number].headings
        if (headings[-1] if headings else None) is not item or scene.verdicts[number].role == "other":
            break
        found = subject(clause_text(number, scene))
        if found:
            return own_side(head, scene) if OWN.match(found) else found
    return own_side(head, scene)


@lru_cache(maxsize=8192)
def subject(text: str) -> str | None:
    """The subject before a modal, when it names an organ or a person's own side."""
    found = SUBJECT.match(text)
    return found["actor"] if found and ORGAN.search(found["actor"]) else None


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


def deadline(members: Sequence[int], head: int, scene: Scene) -> Deadline | None:
    """By when: the head's own time, a lead-in's, an earlier one of its item or heading, else the plan year."""
    for number in (head, *(member for member in members if member != head)):
        if found := period_in(number, scene):
            return as_deadline(found, "explicit")
    place = scene.outline.places[head]
    for number in range(head - 1, max(-1, head - 10), -1):
        earlier = scene.outline.places[number]
        if earlier.headings != place.headings or earlier.speech != place.speech:
            break
        if scene.verdicts[number].role == "lead-in" and (found := period_in(number, scene)):
            return as_deadline(found, "inherited")
    if scene.plan_year is not None:
        year = scene.plan_year
        return Deadline(text=f"{year}年", start_date=f"{year}-01-01", end_date=f"{year}-12-31", basis="document_year")
    return None


def period_in(number: int, scene: Scene) -> Period | None:
    """The first time of a clause that says by when."""
    return next((thing for thing in scene.things[number] if isinstance(thing, Period) and thing.norm), None)


def as_deadline(period: Period, basis: str) -> Deadline:
    """A period as a deadline."""
    return Deadline(
        text=period.text,
        start_date=period.start_date.isoformat() if period.start_date else None,
        end_date=period.end_date.isoformat() if period.end_date else None,
        basis=basis,  # type: ignore[arg-type]
    )


def review(named: Iterable[Entity]) -> str | None:
    """Why a person should look, or None."""
    unsure = [entity.text for entity in named if isinstance(entity.norm, tuple)]
    return f"place is ambiguous: {'、'.join(unsure)}" if unsure else None
