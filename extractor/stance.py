"""Which way a text faces at each clause: forward (plan), back (review), at problems, at lessons, or undecided.

Official texts announce it once and then go on for pages without tense: under `过去一年工作回顾` the words
`加快推进项目建设` report, under `下一步打算` they commit. Headings set it for their section, openers such as `下一步`
until the next heading, times such as `去年` for the rest of their paragraph, the kind of document for what is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from extractor.clauses import Clause
from extractor.outline import Heading, Outline

Stance = Literal["plan", "review", "problem", "lesson", "neutral"]
ORDER: tuple[Stance, ...] = ("lesson", "problem", "review", "plan")
FORWARD = frozenset({"turn.forward"})
BACKWARD = frozenset({"tense.past_time", "turn.past_year", "period.past"})
OWN_FUTURE = frozenset({"voice.own", "tense.future"})
OWN_DUTY = frozenset({"voice.own", "strength.firm"})
SPENT = frozenset({"voice.third", "tense.perfective", "tense.already", "voice.report"})
CONTINUING = frozenset({"verb.action", "verb.modal", "verb.disposal", "verb.preposed", "turn.forward", "tense.again"})
ORDERS = frozenset({"verb.action", "verb.modal", "verb.disposal", "verb.first", "verb.outcome"})
AHEAD = frozenset({"tense.plan_time", "turn.plan_year"})
PROMISED = frozenset({"tense.future", "tense.will", "tense.near", "time.later"})
"""Ahead, where nothing says that it is over or another's."""
DUTY = frozenset({"verb.must", "voice.directive"})


@dataclass(frozen=True, slots=True)
class Bearing:
    """The stance at a clause; `settled` when a heading, an opener or the document sets it and not a mere time."""

    stance: Stance
    settled: bool


def bearings(
    outline: Outline,
    clauses: Sequence[Clause],
    cues: Sequence[Set[str]],
    read: Callable[[str], Set[str]],
    kind: str,
) -> list[Bearing]:
    """The bearing at every clause.

    Args:
        cues: ids of the rules that fired in each clause.
        read: ids of the rules that fire in the words of a heading.
        kind: the kind of document; in a plan whatever is undecided faces forward.
    """
    default: Stance = "plan" if kind == "plan" else "neutral"
    known: dict[int, Set[str]] = {}
    section: Heading | None = None
    facing: Stance | None = None
    ordered = False
    headings: Sequence[Heading] | None = None
    result: list[Bearing] = []
    turned: Stance | None = None
    local: Stance | None = None
    speech, paragraph, sentence, base = None, -1, -1, None
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
        if clause.sentence != sentence and local != "plan" and returns(fired, turned or facing):
            local = None
        speech, paragraph, sentence, base = place.speech, clause.paragraph, clause.sentence, section
        if not place.is_heading and facing in ("review", "lesson"):
            turned, local = None, "plan" if pledges(fired) else local
        elif not place.is_heading:
            turned, local = turn(fired, turned, local)
        lasting = turned or facing or default
        if lasting == "neutral" and ordered and kind not in ("reply", "news"):
            lasting = "plan"
        result.append(Bearing(local or lasting, local is None or local == lasting))
    return result


def turn(fired: Set[str], turned: Stance | None, local: Stance | None) -> tuple[Stance | None, Stance | None]:
    """The lasting and the local stance after a clause in which these rules fired."""
    if "formula.greeting" in fired or "formula.enact" in fired:
        return None, None
    if pledges(fired):
        return "plan", "plan"
    if fired & BACKWARD:
        return turned, "review"
    if fired & AHEAD or (fired & PROMISED and fired.isdisjoint(SPENT)):
        return turned, "plan"
    if "section.problem" in fired and fired.isdisjoint(ORDERS):
        return turned, "problem"
    if "turn.problem" in fired:
        return turned, "plan"
    return turned, local


def returns(fired: Set[str], lasting: Stance | None) -> bool:
    """Whether a sentence leaves the past or the problems that the one before told of: its section plans, or it orders."""
    return lasting == "plan" or not fired.isdisjoint(DUTY)


def pledges(fired: Set[str]) -> bool:
    """Whether a clause turns to what is ahead by its own words (`下一步`, `我们将`, `我们必须`): even inside a review."""
    own_future = fired >= OWN_FUTURE or fired >= OWN_DUTY
    return bool(fired & FORWARD or own_future) and not fired & SPENT


def announced(
    headings: Sequence[Heading], known: dict[int, Set[str]], read: Callable[[str], Set[str]], kind: str
) -> tuple[Heading | None, Stance | None, bool]:
    """What the headings over a clause announce.

    The innermost whose words say which way its section faces, and that way; whether any is an order (`打赢攻坚硬仗`): where
    no heading says more, the section of an order plans. Inside a review, and in a text that answers or reports others (where
    headings name what was asked: `关于增设公交线路的建议`), only a heading that names the time ahead plans.
    """
    for heading in headings:
        if heading.start not in known:
            known[heading.start] = read(heading.title)
    ordered = any(not ORDERS.isdisjoint(known[heading.start]) for heading in headings)
    outer = {of_heading(known[heading.start]) for heading in headings}
    for heading in reversed(headings):
        facing = of_heading(known[heading.start])
        doubtful = facing == "plan" and ("review" in outer or kind in ("reply", "news"))
        if facing and (not doubtful or "section.ahead" in known[heading.start]):
            return heading, facing, ordered
    return None, None, ordered


def of_heading(fired: Set[str]) -> Stance | None:
    """The stance that the section rules give a heading: lessons and problems before reviews and plans."""
    return next((stance for stance in ORDER if f"section.{stance}" in fired), None)
