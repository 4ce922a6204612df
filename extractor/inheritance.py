"""What a commitment takes over from the clauses before it in its item: who acts, by when, that targets follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor import subjects, timing
from extractor.facts import BITS
from extractor.outline import Heading
from extractor.periods import Period
from extractor.scene import Scene

REACH = 12
"""Clauses; a subject or a time said farther back is no longer meant."""
ANNOUNCED = 60
"""Clauses of a paragraph; a list of targets is seldom longer."""
TIMED, PAST, REPORT = BITS["has.deadline"], BITS["period.past"], BITS["doc.report"]
DATED, TARGETED = BITS["deadline.before"], BITS["targets.before"]
TARGETS = re.compile("目标(?:是|为)?$")


class Inherited(NamedTuple):
    """What a head has or takes over: its paragraph's subject, the time of a lead-in in its item, facts for the table of kinds."""

    subject: str | None
    period: Period | None
    facts: int
    own: str | None = None
    """The subject that the head itself prints."""


def inherited(scene: Scene) -> Iterator[tuple[int, Inherited]]:
    """Every head by its clause number, with what it takes over; one pass over the clauses."""
    headings: Sequence[Heading] | None = None
    speech: int | None = None
    paragraph = sentence = opening = -1
    actor: str | None = None
    agent: str | None = None
    period: Period | None = None
    section: Period | None = None
    shared: Period | None = None
    said_actor = said_period = 0
    announced: dict[int, int] = {}
    dated = False
    for number, (clause, place, verdict) in enumerate(
        zip(scene.clauses, scene.outline.places, scene.verdicts, strict=True)
    ):
        if place.headings is not headings or place.speech != speech:
            headings, speech, actor, period = place.headings, place.speech, None, None
            section = timing.headed(headings, scene)
        if clause.paragraph != paragraph:
            paragraph, opening, announced, actor = clause.paragraph, number, {}, None
            period = period if period and timing.lasting(period, scene.horizon.at(clause.start)) else None
        if clause.sentence != sentence:
            sentence, dated, agent, shared = clause.sentence, False, None, None
            if period and not timing.outlasts(period, said_period == opening, scene.view, clause.start):
                period = None
            if (verdict.known & REPORT and said_actor != opening) or subjects.opens_with_project(number, scene):
                actor = None
        own = None
        if found := subjects.addressed(number, scene):
            actor, said_actor, agent = found, number, None
        elif verdict.role == "other":
            actor = None
        elif found := subjects.subject_of(number, scene):
            own = found
            actor, said_actor, agent = (None, 0, found) if subjects.brief(found) else (found, number, None)
        elif found := subjects.several(number, scene):
            actor, agent = None, found
        elif found := subjects.agent_in(number, scene):
            agent = found
        elif subjects.names_another(number, scene):
            actor = agent = None
        if verdict.role == "commitment":
            facts = DATED if dated else 0
            for fact, said in announced.items():
                facts |= fact if number - said <= ANNOUNCED else 0
            yield (
                number,
                Inherited(
                    subject=as_printed(agent or (actor if number - said_actor < REACH else None), number, scene),
                    period=(period if period and number - said_period < REACH else None) or shared or section,
                    facts=facts,
                    own=own,
                ),
            )
            own_times = timing.periods_in(number, scene) if verdict.known & TIMED else ()
            if time := next((p for p in own_times if p.end_date), None):
                shared = time if timing.coming(time, scene) else None
                if shared and timing.opens_list(scene.view[clause.start : clause.end]):
                    period, said_period = shared, number
        elif verdict.role == "lead-in":
            if (
                time := next((p for p in timing.periods_in(number, scene) if p.end_date), None)
            ) and not verdict.known & PAST:
                period, said_period = time, number
            if verdict.known & TIMED:
                announced[DATED] = number
            if TARGETS.search(scene.view, clause.start, clause.end):
                announced[TARGETED] = number
        dated = dated or bool(verdict.known & TIMED)


def as_printed(found: str | None, number: int, scene: Scene) -> str | None:
    """What was found in the view at or before a clause, as the text prints it: 县（区）民政部门."""
    at = scene.view.rfind(found, 0, scene.clauses[number].end) if found else -1
    return scene.text.printed[at : at + len(found)] if found and at >= 0 else found
