"""What a commitment record says beside its words: strength, actor, deadline, specificity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extractor import covering, timing
from extractor.inheritance import Inherited
from extractor.periods import Period
from extractor.records import Deadline, Entity, Specificity, Strength
from extractor.responsibility import Note
from extractor.scene import Scene

STRENGTHS: dict[str, Strength] = {
    "strength.firm": "firm",
    "strength.strive": "aspirational",
    "strength.explore": "exploratory",
}
NAMED = ("PROJECT", "POLICY", "LOCATION")
QUOTES = '“‘"〔（(【['
OWN = re.compile(
    r"^(?:我们|我$|我作为|我[省市县区州旗镇乡村局委办厅部院处街校队站所]|本[省市县区州镇乡局]|全[省市县区州镇乡街](?!各))"
)
LEVEL = re.compile("(省|市|县|区|州|旗|镇|乡|街道)(?:人民)?(?:政府|里)?")
"""The text's own side by its level alone, where the issuer is of that level."""
FINISHED = re.compile("(?:全部|全面|正式|实现)?(?:竣工|完工|建成|投用|投入使用|通车|投产|交付)")
"""Behind the last of several times: 3月动工、年底竣工."""
YEAR = "period.year"
MONTH = 31
LISTED = ("、", "和", "与", "及")
"""What stands between the years of a list."""


def strength(members: Iterable[int], head: int, scene: Scene) -> tuple[Strength, str | None]:
    """How strongly the head binds; a lead-in or tail speaks where the head does not."""
    for number in [head, *[member for member in members if member < head]]:
        if scene.strengths[number]:
            first = min(scene.strengths[number], key=lambda match: match.start)
            return STRENGTHS[first.rule], first.rule
    return "planned", None


def specificity(found: Sequence[Entity], deadline: Deadline | None) -> Specificity:
    """3 measurable and dated, 2 a figure or a named object, 1 direction only."""
    types = {entity.type for entity in found}
    measured = "QUANTITY" in types
    dated = deadline and (deadline.start_date or deadline.end_date) and deadline.basis != "document_year"
    if measured and dated:
        return 3
    return 2 if measured or not types.isdisjoint(NAMED) else 1


def actor(head: int, before: Inherited, scene: Scene) -> str | None:
    """Who is bound: the clause's subject, the nearest one before it in its item, else the speaker's side."""
    said, own = (before.subject or "").lstrip(QUOTES), own_side(head, scene)
    level = LEVEL.fullmatch(said)
    same = level and own and re.search(f"{level[1]}(?:(?:人民)?政府|办事处|党?工委)?$", own)
    if not said or same or OWN.match(said) or (own and own.endswith(said)):
        return own
    return said


def own_side(head: int, scene: Scene) -> str | None:
    """The speaker's organisation, else the issuer."""
    speech = scene.outline.places[head].speech
    said = scene.outline.front.speeches[speech].organization if speech is not None else None
    return said or scene.given.issuer or scene.outline.front.issuer


def deadline(members: Sequence[int], head: int, before: Inherited, note: Note | None, scene: Scene) -> Deadline | None:
    """By when: the head's own time, a lead-in's, its responsibility note's, that of a line for it, one said before in its item, else the plan year.

    Rules plan for no year.

    An own time that cannot be resolved (汛期前) is a deadline without dates, and no other is taken over.
    """
    own = [period for number in [head, *members] for period in timing.periods_in(number, scene)]
    if own:
        dated = [period for period in own if period.norm] or own
        finished = [period for period in dated[1:] if FINISHED.match(scene.view, period.end)]
        first = finished[-1] if finished else next((period for period in dated if period.end_date), dated[0])
        return as_deadline(through(first, own, scene), "explicit")
    if note and (noted := covering.due(note, scene)):
        return as_deadline(by_end(noted), "explicit")
    if line := covering.due_line(head, note, scene):
        return as_deadline(line, "explicit")
    if before.period:
        return as_deadline(before.period, "inherited")
    calendar = scene.horizon.at(scene.clauses[head].start)
    if calendar.span:
        return planned_for(*calendar.span)
    return None if calendar.base is None or calendar.standing else planned_for(calendar.base, calendar.base)


def by_end(noted: Period) -> Period:
    """A time after 完成时限：: a month or a day there is the end of the time that is left."""
    start, end = noted.start_date, noted.end_date
    return noted._replace(start_date=None) if start and end and (end - start).days < MONTH else noted


def through(first: Period, own: Sequence[Period], scene: Scene) -> Period:
    """A time, or where it is the first of years in a list (2024年、2025年) all of them."""
    for period in own:
        if period.rule == first.rule == YEAR and scene.view[first.end : period.start] in LISTED:
            text = scene.view[first.start : period.end]
            first = first._replace(end=period.end, end_date=period.end_date, text=text)
    return first


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
