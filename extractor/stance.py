"""Which way a text faces at each clause: forward (plan), back (review), at problems, at lessons, or undecided.

Official texts announce it once and then go on for pages without tense: under `过去一年工作回顾` the words
`加快推进项目建设` report, under `下一步打算` they commit. Headings set it for their section, openers such as `下一步`
until the next heading, times such as `去年` for the rest of their paragraph, the kind of document for what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.clauses import Clause
from extractor.facts import BITS, mask
from extractor.outline import Heading, Outline

Stance = Literal["plan", "review", "problem", "lesson", "neutral"]
ORDER: tuple[Stance, ...] = ("lesson", "problem", "review", "plan")
FORWARD = mask(["turn.forward"])
BACKWARD = mask(["tense.past_time", "turn.past_year", "period.past"])
OWN_FUTURE = mask(["voice.own", "tense.future"])
OWN_DUTY = mask(["voice.own", "strength.firm"])
SPENT = mask(["voice.third", "tense.perfective", "tense.already", "voice.report"])
CONTINUING = mask(["verb.action", "verb.modal", "verb.disposal", "verb.preposed", "turn.forward", "tense.again"])
ORDERS = mask(["verb.action", "verb.modal", "verb.disposal", "verb.first"])
AHEAD = mask(["tense.plan_time", "turn.plan_year"])
BREAKS = mask(["formula.greeting", "formula.enact"])
PROBLEM_NAMED, PROBLEM_TURNED = BITS["section.problem"], BITS["turn.problem"]
SECTION_AHEAD = BITS["section.ahead"]
OF_HEADINGS = [(BITS[f"section.{stance}"], stance) for stance in ORDER]


@dataclass(frozen=True, slots=True)
class Bearing:
    """The stance at a clause; `settled` when a heading, an opener or the document sets it and not a mere time."""

    stance: Stance
    settled: bool


def bearings(
    outline: Outline,
    clauses: Sequence[Clause],
    cues: Sequence[int],
    read: Callable[[str], int],
    kind: str,
) -> list[Bearing]:
    """The bearing at every clause.

    Args:
        cues: the rules that fired in each clause, as a set of `facts`.
        read: those that fire in the words of a heading.
        kind: the kind of document; in a plan whatever is undecided faces forward.
    """
    default: Stance = "plan" if kind == "plan" else "neutral"
    known: dict[int, int] = {}
    section: Heading | None = None
    facing: Stance | None = None
    ordered = False
    headings: Sequence[Heading] | None = None
    result: list[Bearing] = []
    turned: Stance | None = None
    local: Stance | None = None
    speech, paragraph, base = None, -1, None
    for clause, place, fired in zip(clauses, outline.places, cues, strict=True):
        if place.headings is not headings:
            headings = place.headings
            section, facing, ordered = announced(headings, known, read, kind)
        if place.speech != speech or section is not base:
            turned = None
        if clause.paragraph != paragraph:
            local = None
            if not (clause.enumerator or place.is_heading or fired & CONTINUING):
                turned = None
        speech, paragraph, base = place.speech, clause.paragraph, section
        if not place.is_heading and facing in ("review", "lesson"):
            turned, local = None, "plan" if pledges(fired) else local
        elif not place.is_heading:
            turned, local = turn(fired, turned, local)
        lasting = turned or facing or default
        if lasting == "neutral" and ordered and kind not in ("reply", "news"):
            lasting = "plan"
        result.append(Bearing(local or lasting, local is None or local == lasting))
    return result


def turn(fired: int, turned: Stance | None, local: Stance | None) -> tuple[Stance | None, Stance | None]:
    """The lasting and the local stance after a clause in which these rules fired."""
    if fired & BREAKS:
        return None, None
    if pledges(fired):
        return "plan", "plan"
    if fired & BACKWARD:
        return turned, "review"
    if fired & AHEAD:
        return turned, "plan"
    if fired & PROBLEM_NAMED:
        return turned, "problem"
    if fired & PROBLEM_TURNED:
        return turned, "plan"
    return turned, local


def pledges(fired: int) -> bool:
    """Whether a clause turns to what is ahead by its own words (`下一步`, `我们将`, `我们必须`): even inside a review."""
    own = fired & OWN_FUTURE == OWN_FUTURE or fired & OWN_DUTY == OWN_DUTY
    return bool(own or fired & FORWARD) and not fired & SPENT


def announced(
    headings: Sequence[Heading], known: dict[int, int], read: Callable[[str], int], kind: str
) -> tuple[Heading | None, Stance | None, bool]:
    """What the headings over a clause announce.

    The innermost whose words say which way its section faces, and that way; whether any is an order (`打赢攻坚硬仗`): where
    no heading says more, the section of an order plans. Inside a review, and in a text that answers or reports others (where
    headings name what was asked: `关于增设公交线路的建议`), only a heading that names the time ahead plans.
    """
    for heading in headings:
        if heading.start not in known:
            known[heading.start] = read(heading.title)
    ordered = any(known[heading.start] & ORDERS for heading in headings)
    outer = {of_heading(known[heading.start]) for heading in headings}
    for heading in reversed(headings):
        facing = of_heading(known[heading.start])
        doubtful = facing == "plan" and ("review" in outer or kind in ("reply", "news"))
        if facing and (not doubtful or known[heading.start] & SECTION_AHEAD):
            return heading, facing, ordered
    return None, None, ordered


def of_heading(fired: int) -> Stance | None:
    """The stance that the section rules give a heading: lessons and problems before reviews and plans."""
    return next((stance for bit, stance in OF_HEADINGS if fired & bit), None)
