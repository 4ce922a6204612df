"""What a commitment takes over from the clauses before it in its item: who acts, by when, that targets follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.dates import Calendar
from extractor.facts import BITS
from extractor.naming import Named
from extractor.outline import Heading
from extractor.periods import Period
from extractor.scene import Scene

REACH = 12
"""Clauses; a subject or a time said farther back is no longer meant."""
ANNOUNCED = 60
"""Clauses of a paragraph; a list of targets is seldom longer."""
LASTING = frozenset({"period.plan", "period.coming"})
"""Times that hold beyond their paragraph: plan periods, not 本月底前 or 一年之内.

A year does too, but not in a plan for several, where it is that of an indicator.
"""
TIMED, PAST = BITS["has.deadline"], BITS["period.past"]
DATED, TARGETED = BITS["deadline.before"], BITS["targets.before"]
TARGETS = re.compile("目标(?:是|为)?$")
SUBJECT = re.compile(
    r"""^(?: [^\n|]*\| )? (?: [^\n,，]{0,6}? (?:年|月|日|期间) | 其中 )?
        (?: 下一?步 | 下一?阶段 | 接下来 | 同时 | 另外 | 此外 | 今后 | 后期 | 届时 | 随后 | 近期 | 近日 | 目前 | 当前 | 现 (?!代|有|金|行) | [因为对]此 )*
        (?! 支持|推[动进]|争取|开展|实行|鼓励|引导|组织(?!部)|督[促导]|指导|协调|帮助|加强|建立|完善|强化 )    # 支持两校联合办班: its own side
        (?P<actor> [^\n的将由要须应拟把对为在以(（《]{2,24}? ) (?:还|也|都|均|必须|一定|实行|共同|统一|分别)?
        (?: 将 | 要(?!求|素|点) | 须 | 应当?(?!急|用) | 必须 | 拟 | 计划 | 负责 | 牵头 | 会同 | 联合(?!会|国|体|社(?!区)|党|收|大) | 决定 | 把 )""",
    re.VERBOSE,
)
AGENT = re.compile(
    "(?<![理自事缘])由(?![于此])(?P<actor>[^\n的将由要须应拟把对为在以向至到(（]{2,24}?)"
    "(?=[于从按代0-9]|负责|牵头|会同|联合|组织|统一|做好|完成|落实|解决|办理|承担|实施|制定|安排|拨付|给予|予以|处理|出面|开展)"
)
"""The organ that is to act: 由东街社区做好解释工作."""
ANOTHER = re.compile("各|[省市县区镇乡村]里")
BY = re.compile("(?<![理自事缘])由$")
"""Before such an organ that is known by name: 由县财政局核拨."""
ORGAN = re.compile(
    r"(?:我们|[省市县区镇乡村]里|[省市县区州镇乡街道村局委办厅部院校处会司行署站所队校园]|公司|集团|政府|中心|部门|单位|开发区|同志|干部|企业|各地)$"
)


class Inherited(NamedTuple):
    """What a head has or takes over: its paragraph's subject, the time of a lead-in in its item, facts for the table of kinds."""

    subject: str | None
    period: Period | None
    facts: int


def inherited(scene: Scene) -> Iterator[tuple[int, Inherited]]:
    """Every head by its clause number, with what it takes over; one pass over the clauses."""
    headings: Sequence[Heading] | None = None
    speech: int | None = None
    paragraph = sentence = -1
    actor: str | None = None
    agent: str | None = None
    period: Period | None = None
    said_actor = said_period = 0
    announced: dict[int, int] = {}
    dated = False
    for number, (clause, place, verdict) in enumerate(
        zip(scene.clauses, scene.outline.places, scene.verdicts, strict=True)
    ):
        if place.headings is not headings or place.speech != speech:
            headings, speech, actor, period = place.headings, place.speech, None, None
        if clause.paragraph != paragraph:
            paragraph, announced, actor = clause.paragraph, {}, None
            period = period if period and lasting(period, scene.horizon.at(clause.start)) else None
        if clause.sentence != sentence:
            sentence, dated, agent = clause.sentence, False, None
        if verdict.role == "other":
            actor = None
        elif found := subject(scene.view[behind_time(number, scene) : clause.end]):
            actor, said_actor, agent = found, number, None
        elif found := agent_in(number, scene):
            agent = found
        elif names_another(number, scene):
            actor = agent = None
        if verdict.role == "commitment":
            facts = DATED if dated else 0
            for fact, said in announced.items():
                facts |= fact if number - said <= ANNOUNCED else 0
            yield (
                number,
                Inherited(
                    subject=agent or (actor if number - said_actor < REACH else None),
                    period=period if number - said_period < REACH else None,
                    facts=facts,
                ),
            )
        elif verdict.role == "lead-in":
            if (time := next((p for p in periods_in(number, scene) if p.norm), None)) and not verdict.known & PAST:
                period, said_period = time, number
            if verdict.known & TIMED:
                announced[DATED] = number
            if TARGETS.search(scene.view, clause.start, clause.end):
                announced[TARGETED] = number
        dated = dated or bool(verdict.known & TIMED)


def subject(text: str) -> str | None:
    """The subject before a modal, when it names an organ or a person's own side."""
    found = SUBJECT.match(text)
    return found["actor"] if found and ORGAN.search(found["actor"]) else None


def behind_time(number: int, scene: Scene) -> int:
    """Where a clause goes on behind the time that it may begin with."""
    start = scene.clauses[number].start
    times = (thing.end for thing in scene.things[number] if isinstance(thing, Period) and thing.start == start)
    return max(times, default=start)


def agent_in(number: int, scene: Scene) -> str | None:
    """The organ that 由 has act in a clause, and in the rest of its sentence."""
    start, end = scene.clauses[number].start, scene.clauses[number].end
    agent = AGENT.search(scene.view, start, end)
    if agent and ORGAN.search(agent["actor"]):
        return agent["actor"]
    known = (organ for organ in organs(number, scene) if BY.search(scene.view, start, organ.start))
    return next((scene.view[organ.start : organ.end] for organ in known), None)


def names_another(number: int, scene: Scene) -> bool:
    """Whether a clause begins with an organ, or has somebody act by 由: then nobody before it does."""
    start, end = behind_time(number, scene), scene.clauses[number].end
    opens = any(organ.start == start for organ in organs(number, scene))
    return opens or bool(ANOTHER.match(scene.view, start, end)) or "由" in scene.view[start:end]


def organs(number: int, scene: Scene) -> list[Named]:
    """The bodies that a clause names."""
    return [thing for thing in scene.things[number] if isinstance(thing, Named) and thing.type == "ORG"]


def lasting(period: Period, calendar: Calendar) -> bool:
    """Whether a time holds for the paragraphs behind it, too."""
    return period.rule in LASTING or (period.rule == "period.year" and calendar.span is None)


def periods_in(number: int, scene: Scene) -> list[Period]:
    """The times of a clause, save years gone by: what they date is compared with or left over (去年未完的工程)."""
    times = [thing for thing in scene.things[number] if isinstance(thing, Period)]
    if not times:
        return times
    calendar = scene.horizon.at(scene.clauses[number].start)
    year = min(calendar.span) if calendar.span else calendar.base
    return [time for time in times if not (year and time.end_date and time.end_date.year < year)]
