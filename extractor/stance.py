"""Which way a text faces at each clause: forward (plan), back (review), at problems, at lessons, or undecided.

Official texts announce it once and then go on for pages without tense: under `过去一年工作回顾` the words
`加快推进项目建设` report, under `下一步打算` they commit. Headings set it for their section, openers such as `下一步`
until the next heading, times such as `去年` for the rest of their paragraph, the kind of document for what is left.
A report reviews before it plans: where its headings leave the way open, what it tells of the past sets it until the
text turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from extractor.clauses import Clause
from extractor.facts import BITS, mask
from extractor.outline import Heading, Outline
from extractor.turning import (
    AHEAD,
    BACKWARD,
    DATED,
    DUTY,
    ORDERS,
    TOLD,
    TOLD_LIST,
    Stance,
    holds,
    looks_ahead,
    promises,
    returns,
    reviews,
    tells,
    turn,
    vows,
)

ORDER: tuple[Stance, ...] = ("lesson", "problem", "review", "plan")
CONTINUING = mask(["verb.action", "verb.modal", "verb.disposal", "verb.preposed", "turn.forward", "tense.again"])
IN_TURN = mask(["section.review", "section.in_turn"])
ASPECT = mask(["turn.aspect"])
COME_ABOUT = mask(["tense.perfective", "tense.already"])
DONE = mask(["section.done"])
SUMMARY = mask(["section.summary"])
YEAR_PAST, YEAR_AHEAD = mask(["section.year", "period.past"]), mask(["section.year", "period.ahead"])
SECTION_PLAN, SECTION_AHEAD = mask(["section.plan"]), mask(["section.ahead"])
SECTION_DARK = mask(["section.lesson", "section.problem"])
OF_HEADINGS = [(BITS[f"section.{stance}"], stance) for stance in ORDER]


class Bearing(NamedTuple):
    """The stance at a clause; `settled` when a heading, an opener or the document sets it and not a mere time."""

    stance: Stance
    settled: bool


@dataclass(frozen=True, slots=True)
class Announced:
    """What the headings over a clause announce.

    `heading` is the innermost whose words say which way its section faces, and `facing` that way; None for one that
    announces review and plan `in_turn` (`过去五年的成就和今后的任务`). `ordered` says that one of them is an order (`打赢攻坚硬仗`).
    """

    heading: Heading | None
    facing: Stance | None
    ordered: bool

    @property
    def in_turn(self) -> bool:
        """Whether the section reviews first and plans then."""
        return self.heading is not None and self.facing is None


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
        kind: the kind of document; in a plan whatever is undecided faces forward, a report reviews before it plans.
    """
    front = outline.front
    sums_up = bool(front.title and read(front.title) & SUMMARY)
    orders = kind in ("plan", "report", "speech") or (kind == "unknown" and bool(front.speeches or not front.title))
    course = Course(kind, "plan" if kind == "plan" else "review" if sums_up else "neutral", orders)
    dated = {
        clause.start: fired & DATED
        for clause, place, fired in zip(clauses, outline.places, cues, strict=True)
        if place.is_heading
    }

    def told(heading: Heading) -> int:
        return read(heading.title) | dated.get(heading.start, 0)

    known: dict[int, int] = {}
    headings: Sequence[Heading] | None = None
    speech, paragraph, sentence = None, -1, -1
    result: list[Bearing] = []
    for clause, place, fired in zip(clauses, outline.places, cues, strict=True):
        if place.headings is not headings:
            course.enter(announced(place.headings, known, told, kind), place.headings)
        if place.speech != speech:
            course.turned = None
        if clause.paragraph != paragraph:
            course.open_paragraph(fired, goes_on=bool(clause.enumerator or place.is_heading or fired & CONTINUING))
        elif clause.sentence != sentence:
            course.open_sentence(fired)
        headings, speech, paragraph, sentence = place.headings, place.speech, clause.paragraph, clause.sentence
        if not place.is_heading:
            course.hear(fired, place.headings)
        result.append(course.bearing())
    return result


@dataclass(slots=True)
class Course:
    """The way a text faces as it is read on, clause by clause.

    `default` is the way of what nothing else decides: a plan faces forward, a summary (`工作总结`) back. `orders` says that a
    heading which orders (`打赢攻坚硬仗`) plans, as it does not in news and in titled texts of no known kind: they head experience so.
    `turned` is what an opener (`下一步`) set until the end of the section that it stands `under`, `local` what a time set until the end of the paragraph.
    `reviewing` says that a report, where its headings leave the way open, tells of the past; None once it has turned, until
    a section that `opens` with what has come about.
    """

    kind: str
    default: Stance = "neutral"
    orders: bool = True
    over: Announced = field(default_factory=lambda: Announced(None, None, False))
    turned: Stance | None = None
    under: Sequence[Heading] = ()
    local: Stance | None = None
    reviewing: bool | None = False
    opens: bool = True

    def enter(self, over: Announced, headings: Sequence[Heading]) -> None:
        """Come under other headings."""
        same = over.heading is self.over.heading
        self.over, self.opens = over, True
        if not same or (self.under and self.under[-1] not in headings):
            self.turned = None
        if over.in_turn:
            self.reviewing = self.reviewing if same else True
        elif over.heading or over.ordered or self.reviewing is None or self.kind != "report":
            self.reviewing = None
        else:
            self.reviewing = False

    def open_paragraph(self, fired: int, goes_on: bool) -> None:
        """Come to a paragraph, in whose first clause these rules fired; `goes_on` when it does without a topic of its own."""
        self.local = "review" if self.local == "review" and fired & ASPECT else None
        if not goes_on:
            self.turned = None
        if looks_ahead(fired):
            self.reviewing = None
        undecided = self.kind == "report" and not (self.turned or self.over.facing or self.over.ordered)
        if undecided and fired & COME_ABOUT and not fired & (AHEAD | DUTY):
            self.local = "review"
            self.reviewing = True if self.opens else self.reviewing

    def open_sentence(self, fired: int) -> None:
        """Come to another sentence of a paragraph, in whose first clause these rules fired.

        Inside a review a mere time ahead turned but its own sentence; so did a past time inside a section that plans, save
        in a report, which tells of the past by the paragraph.
        """
        if self.local == "plan":
            self.local = None if self.reviewing else "plan"
        elif self.kind != "report" and returns(fired, self.turned or self.over.facing):
            self.local = None

    def hear(self, fired: int, headings: Sequence[Heading]) -> None:
        """Read a clause under some headings, in which these rules fired."""
        before = self.turned
        self.listen(fired)
        if self.turned and not before:
            self.under = headings

    def listen(self, fired: int) -> None:
        """Turn as the words of a clause do."""
        self.opens = False
        if self.over.facing in ("review", "lesson"):
            told = fired & (BACKWARD | TOLD)
            self.turned, self.local = None, "plan" if vows(fired) else None if told else self.local
            return
        self.reviewing = reviews(fired, self.reviewing)
        if self.kind == "reply" and self.local != "plan" and tells(fired):
            fired |= TOLD_LIST
        if not self.reviewing or looks_ahead(fired) or fired & TOLD_LIST:
            self.turned, self.local = turn(fired, self.turned, self.local)
            if self.kind != "report" and promises(fired):
                self.local = "plan"

    def bearing(self) -> Bearing:
        """The bearing here."""
        lasting = self.turned or self.over.facing or ("review" if self.reviewing else self.default)
        if lasting == "neutral" and self.over.ordered and self.orders:
            lasting = "plan"
        carried = (
            lasting == "review" != self.default and bool(self.reviewing) and not self.turned and not self.over.in_turn
        )
        return Bearing(self.local or lasting, self.local in (None, lasting) and not carried)


def announced(
    headings: Sequence[Heading], known: dict[int, int], read: Callable[[Heading], int], kind: str
) -> Announced:
    """What the headings over a clause announce.

    Where no heading says which way its section faces, the section of an order plans. One that names both (`成就和目标`) is
    of both in turn in a report and plans elsewhere. Inside a review, and in a text that answers or reports others (where
    headings name what was asked: `关于增设公交线路的建议`), only a heading that names the time ahead plans.
    """
    for heading in headings:
        if heading.start not in known:
            known[heading.start] = read(heading)
    ordered = any(known[heading.start] & ORDERS for heading in headings)
    outer = {of_heading(known[heading.start]) for heading in headings}
    for heading in reversed(headings):
        fired = known[heading.start]
        facing = of_heading(fired)
        in_turn = facing == "review" and holds(IN_TURN, fired)
        if in_turn and kind != "report":
            facing = "plan"
        doubtful = facing == "plan" and ("review" in outer or kind in ("reply", "news"))
        if facing and (not doubtful or fired & SECTION_AHEAD):
            return Announced(heading, None if in_turn and kind == "report" else facing, ordered)
    return Announced(None, None, ordered)


def of_heading(fired: int) -> Stance | None:
    """The stance that the section rules give a heading: lessons and problems before reviews and plans; a year gone by reviews, one to come plans."""
    if (fired & DONE and not fired & SECTION_DARK) or (holds(YEAR_PAST, fired) and not fired & SECTION_PLAN):
        return "review"
    if holds(YEAR_AHEAD, fired):
        return "plan"
    return next((stance for bit, stance in OF_HEADINGS if fired & bit), None)
