"""Which way a text faces at each clause: forward (plan), back (review), at problems, at lessons, or undecided.

Official texts announce it once and then go on for pages without tense: under `过去一年工作回顾` the words
`加快推进项目建设` report, under `下一步打算` they commit. Headings set it for their section, openers such as `下一步`
until the next heading, times such as `去年` for the rest of their paragraph, the kind of document for what is left.
A report reviews before it plans: where its headings leave the way open, what it tells of the past sets it until the
text turns.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Literal

from extractor.clauses import Clause
from extractor.outline import Heading, Outline

Stance = Literal["plan", "review", "problem", "lesson", "neutral"]
ORDER: tuple[Stance, ...] = ("lesson", "problem", "review", "plan")
FORWARD = frozenset({"turn.forward"})
BACKWARD = frozenset({"tense.past_time", "period.past"})
OWN_FUTURE = frozenset({"voice.own", "tense.future"})
OWN_DUTY = frozenset({"voice.own", "strength.firm"})
OWN_MODAL = frozenset({"voice.own", "verb.modal"})
OWN_VOW = frozenset({"voice.own", "turn.vow"})
SPENT = frozenset({"voice.third", "tense.perfective", "tense.already", "voice.report", "turn.expectation"})
TOLD = frozenset({"tense.perfective", "tense.already", "tense.achieved", "tense.comparison"})
CONTINUING = frozenset({"verb.action", "verb.modal", "verb.disposal", "verb.preposed", "turn.forward", "tense.again"})
ORDERS = frozenset({"verb.action", "verb.modal", "verb.disposal", "verb.first"})
IN_TURN = frozenset({"section.review", "section.in_turn"})
ASPECT = "turn.aspect"
ANSWER = frozenset({"turn.answer"})
COUNT = frozenset({"turn.count"})
COME_ABOUT = frozenset({"tense.perfective", "tense.already"})
AHEAD = frozenset({"tense.plan_time"})
DUTY = frozenset({"verb.must", "verb.modal"})
JUDGED = frozenset({"formula.copula", "formula.reason", "voice.view"})


@dataclass(frozen=True, slots=True)
class Bearing:
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
    cues: Sequence[Set[str]],
    read: Callable[[str], Set[str]],
    kind: str,
) -> list[Bearing]:
    """The bearing at every clause.

    Args:
        cues: ids of the rules that fired in each clause.
        read: ids of the rules that fire in the words of a heading.
        kind: the kind of document; in a plan whatever is undecided faces forward, a report reviews before it plans.
    """
    course = Course(kind)
    known: dict[int, Set[str]] = {}
    headings: Sequence[Heading] | None = None
    speech, paragraph, sentence = None, -1, -1
    result: list[Bearing] = []
    for clause, place, fired in zip(clauses, outline.places, cues, strict=True):
        if place.headings is not headings:
            course.enter(announced(place.headings, known, read, kind))
        if place.speech != speech:
            course.turned = None
        if clause.paragraph != paragraph:
            course.open_paragraph(fired, goes_on=bool(clause.enumerator or place.is_heading or fired & CONTINUING))
        elif clause.sentence != sentence:
            course.open_sentence()
        headings, speech, paragraph, sentence = place.headings, place.speech, clause.paragraph, clause.sentence
        if not place.is_heading:
            course.hear(fired)
        result.append(course.bearing())
    return result


@dataclass(slots=True)
class Course:
    """The way a text faces as it is read on, clause by clause.

    `turned` is what an opener (`下一步`) set until the next heading, `local` what a time set until the end of the paragraph.
    `reviewing` says that a report, where its headings leave the way open, tells of the past; None once it has turned, until
    a section that `opens` with what has come about.
    """

    kind: str
    over: Announced = field(default_factory=lambda: Announced(None, None, False))
    turned: Stance | None = None
    local: Stance | None = None
    reviewing: bool | None = False
    opens: bool = True

    def enter(self, over: Announced) -> None:
        """Come under other headings."""
        same = over.heading is self.over.heading
        self.over, self.opens = over, True
        if not same:
            self.turned = None
        if over.in_turn:
            self.reviewing = self.reviewing if same else True
        elif over.heading or over.ordered or self.reviewing is None or self.kind != "report":
            self.reviewing = None
        else:
            self.reviewing = False

    def open_paragraph(self, fired: Set[str], goes_on: bool) -> None:
        """Come to a paragraph, in whose first clause these rules fired; `goes_on` when it does without a topic of its own."""
        self.local = "review" if self.local == "review" and ASPECT in fired else None
        if not goes_on:
            self.turned = None
        if looks_ahead(fired):
            self.reviewing = None
        undecided = self.kind == "report" and not (self.turned or self.over.facing or self.over.ordered)
        if undecided and fired & COME_ABOUT and not fired & (AHEAD | DUTY):
            self.local = "review"
            self.reviewing = True if self.opens else self.reviewing

    def open_sentence(self) -> None:
        """Come to another sentence of a paragraph: inside a review a mere time ahead turned but its own."""
        if self.reviewing and self.local == "plan":
            self.local = None

    def hear(self, fired: Set[str]) -> None:
        """Read a clause in which these rules fired."""
        self.opens = False
        if self.over.facing in ("review", "lesson"):
            self.turned, self.local = None, "plan" if vows(fired) else self.local
            return
        self.reviewing = reviews(fired, self.reviewing)
        if not self.reviewing or looks_ahead(fired):
            self.turned, self.local = turn(fired, self.turned, self.local)

    def bearing(self) -> Bearing:
        """The bearing here."""
        default: Stance = "plan" if self.kind == "plan" else "neutral"
        lasting = self.turned or self.over.facing or ("review" if self.reviewing else default)
        if lasting == "neutral" and self.over.ordered and self.kind not in ("reply", "news"):
            lasting = "plan"
        carried = bool(self.reviewing) and lasting == "review" and not self.over.in_turn
        return Bearing(self.local or lasting, self.local in (None, lasting) and not carried)


def reviews(fired: Set[str], reviewing: bool | None) -> bool | None:
    """Whether what a report tells is past from here on; None once it has turned to what is ahead or must be done."""
    if reviewing is None or fired & FORWARD or obliges(fired):
        return None
    return not vows(fired) and (reviewing or bool(fired & BACKWARD))


def obliges(fired: Set[str]) -> bool:
    """Whether a clause says what the own side has to do."""
    return ("verb.must" in fired or fired >= OWN_MODAL) and not fired & (SPENT | JUDGED)


def looks_ahead(fired: Set[str]) -> bool:
    """Whether a clause names a time ahead and tells of nothing that has come about."""
    return bool(fired & AHEAD) and not fired & BACKWARD and (not fired & TOLD or bool(fired & DUTY))


def turn(fired: Set[str], turned: Stance | None, local: Stance | None) -> tuple[Stance | None, Stance | None]:
    """The lasting and the local stance after a clause in which these rules fired."""
    if "formula.greeting" in fired or "formula.enact" in fired:
        return None, None
    if pledges(fired):
        return "plan", "plan"
    if fired & (BACKWARD | COUNT):
        return turned, "review"
    if fired & AHEAD and (local != "review" or looks_ahead(fired)):
        return turned, "plan"
    if "section.problem" in fired:
        return turned, "problem"
    if "turn.problem" in fired or fired & ANSWER:
        return turned, "plan"
    return turned, None if local == "review" and obliges(fired) else local


def pledges(fired: Set[str]) -> bool:
    """Whether a clause turns to what is ahead by its own words: `下一步`, `我们将`, `我们坚决`."""
    own = fired >= OWN_FUTURE or fired >= OWN_DUTY
    return bool(fired & FORWARD or own) and not fired & SPENT


def vows(fired: Set[str]) -> bool:
    """Whether it does so even inside a review, where `我们坚决` tells how something was done: `我们将`, `我们一定`, `我们要`."""
    own = fired >= OWN_FUTURE or fired >= OWN_VOW
    return bool(fired & (FORWARD | ANSWER) or own) and not fired & SPENT


def announced(
    headings: Sequence[Heading], known: dict[int, Set[str]], read: Callable[[str], Set[str]], kind: str
) -> Announced:
    """What the headings over a clause announce.

    Where no heading says which way its section faces, the section of an order plans. Inside a review, and in a text that
    answers or reports others (where headings name what was asked: `关于增设公交线路的建议`), only a heading that names the
    time ahead plans.
    """
    for heading in headings:
        if heading.start not in known:
            known[heading.start] = read(heading.title)
    ordered = any(not ORDERS.isdisjoint(known[heading.start]) for heading in headings)
    outer = {of_heading(known[heading.start]) for heading in headings}
    for heading in reversed(headings):
        fired = known[heading.start]
        facing = of_heading(fired)
        doubtful = facing == "plan" and ("review" in outer or kind in ("reply", "news"))
        if facing and (not doubtful or "section.ahead" in fired):
            in_turn = facing == "review" and kind == "report" and fired >= IN_TURN
            return Announced(heading, None if in_turn else facing, ordered)
    return Announced(None, None, ordered)


def of_heading(fired: Set[str]) -> Stance | None:
    """The stance that the section rules give a heading: lessons and problems before reviews and plans."""
    if "section.done" in fired and not fired & {"section.lesson", "section.problem"}:
        return "review"
    return next((stance for stance in ORDER if f"section.{stance}" in fired), None)
