"""Which way the words of one clause turn a text: forward by `下一步` or `我们将`, back by a past time, at a problem.

Every function reads the rules that fired in a clause, as a set of `facts`; how a text faces from there on is for `stance`.
"""

from __future__ import annotations

from typing import Literal

from extractor.facts import mask

Stance = Literal["plan", "review", "problem", "lesson", "neutral"]
FORWARD = mask(["turn.forward"])
BACKWARD = mask(["tense.past_time", "tense.habit", "period.past"])
TOLD_LIST = mask(["turn.told"])
DATED = mask(["period.past", "period.ahead"])
MEASURES = mask(["turn.measures"])
OWN_FUTURE = mask(["voice.own", "tense.future"])
OWN_DUTY = mask(["voice.own", "strength.firm"])
OWN_MODAL = mask(["voice.own", "verb.modal"])
OWN_VOW = mask(["voice.own", "turn.vow"])
DISPOSES = mask(["turn.disposal"])
SPENT = mask(["voice.third", "tense.perfective", "tense.already", "voice.report", "turn.expectation"])
TOLD = mask(["tense.perfective", "tense.already", "tense.achieved", "tense.comparison"])
ORDERS = mask(["verb.action", "verb.modal", "verb.disposal", "verb.first", "verb.outcome", "verb.contribute"])
ANSWER = mask(["turn.answer"])
COUNT = mask(["turn.count"])
AHEAD = mask(["tense.plan_time"])
DUTY = mask(["verb.must", "verb.modal"])
ASKED = mask(["verb.must", "voice.directive"])
PROMISED = mask(["tense.future", "tense.will", "tense.near", "time.later"])
"""Ahead, where nothing says that it is over or another's."""
JUDGED = mask(["formula.copula", "formula.reason", "voice.view"])
MUST = mask(["verb.must"])
BREAKS = mask(["formula.greeting", "formula.enact"])
PROBLEM_NAMED, PROBLEM_TURNED = mask(["section.problem"]), mask(["turn.problem"])


def reviews(fired: int, reviewing: bool | None) -> bool | None:
    """Whether what a report tells is past from here on; None once it has turned to what is ahead or must be done."""
    if reviewing is None or fired & FORWARD or obliges(fired):
        return None
    return not vows(fired) and (reviewing or bool(fired & BACKWARD))


def tells(fired: int) -> bool:
    """Whether a clause of a reply announces a list of what is being done: `目前的做法是` without a word of time ahead."""
    return bool(fired & MEASURES) and not fired & (AHEAD | PROMISED)


def obliges(fired: int) -> bool:
    """Whether a clause says what the own side has to do."""
    return bool(fired & MUST or holds(OWN_MODAL, fired)) and not fired & (SPENT | JUDGED)


def looks_ahead(fired: int) -> bool:
    """Whether a clause names a time ahead and tells of nothing that has come about."""
    return bool(fired & AHEAD) and not fired & BACKWARD and (not fired & TOLD or bool(fired & DUTY))


def holds(all_of: int, fired: int) -> bool:
    """Whether all of some rules fired."""
    return fired & all_of == all_of


def turn(fired: int, turned: Stance | None, local: Stance | None) -> tuple[Stance | None, Stance | None]:
    """The lasting and the local stance after a clause in which these rules fired."""
    if fired & BREAKS:
        return None, None
    if pledges(fired):
        return "plan", "plan"
    if fired & TOLD_LIST:
        return "review", "review"
    if fired & (BACKWARD | COUNT):
        return turned, "review"
    if fired & AHEAD and (local != "review" or looks_ahead(fired)):
        return turned, "plan"
    if fired & PROBLEM_NAMED and not fired & ORDERS:
        return turned, "problem"
    if fired & (PROBLEM_TURNED | ANSWER):
        return turned, "plan"
    return turned, None if local == "review" and obliges(fired) else local


def pledges(fired: int) -> bool:
    """Whether a clause turns to what is ahead by its own words: `下一步`, `我们将`, `我们坚决`."""
    own = holds(OWN_FUTURE, fired) or holds(OWN_DUTY, fired)
    return bool(fired & FORWARD or own) and not fired & SPENT


def promises(fired: int) -> bool:
    """Whether a clause names something to come (我们会, 下个月): enough where a text does not report."""
    return bool(fired & PROMISED) and not fired & (SPENT | BREAKS | BACKWARD | COUNT)


def returns(fired: int, lasting: Stance | None) -> bool:
    """Whether a sentence leaves the past or the problems that the one before told of: its section plans, or it orders."""
    return lasting == "plan" or bool(fired & ASKED)


def vows(fired: int) -> bool:
    """Whether it does so even inside a review, where `我们坚决` tells how something was done: `我们将`, `我们一定`, `我们要`."""
    own = (holds(OWN_FUTURE, fired) and not fired & DISPOSES) or holds(OWN_VOW, fired)
    return bool(fired & (FORWARD | ANSWER) or own) and not fired & SPENT
