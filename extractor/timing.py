"""Which times say by when: of a clause those that it does not merely compare with, of headings the years that they are about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from extractor.dates import Calendar
from extractor.outline import Heading
from extractor.periods import Period
from extractor.scene import Scene

LASTING = frozenset({"period.plan", "period.coming"})
"""Times that hold beyond their paragraph: plan periods, not 本月底前 or 一年之内.

A year does too, but not in a plan for several, where it is that of an indicator.
"""
SPANNING = LASTING | {"period.span"}
"""Times of several years that a section is about."""
YEAR_END = (12, 31)
STANDING = ("今后", "以后", "平时", "凡", "严禁", "不准", "不得", "任何")
"""How a sentence begins that says what always holds."""
NEAR, FAR = 8, 16
"""Characters before and behind a time that may say that it is compared with."""
YEARLY = LASTING | {"period.year"}
STAGE = re.compile("阶段|步骤|环节")
COUNTS = re.compile("[办抓做干][好成]?[0-9一二两三四五六七八九十几]+(?:件|项|个)(?:大|实|好|要)?(?:事|实事|工作|方面)$")
FRAMES = [
    (re.compile(before), re.compile(behind))
    for before, behind in (
        (r"(?:(?<!对)比|较|相当于|象|像)(?:原|上)?$", ""),
        (r"(?:在|以|按)$", r"的?[^\n,，、]{0,10}?(?:基础|基数|基期|水平)(?:之?上|为|计算|$)|为基[数期]"),
        (r"[由从]$", r"(?:预计)?的[^\n,，]{1,8}?(?:提高|增加|上升|增长|下降|降低|减少|降)到"),
        (
            r"(?:编制|谋划|抓好|做好|制定|储备|提出|作为|扣减|与|纳入|列入)$",
            r"的?[^\n,，]{0,6}?(?:预算|计划|储备|谋划|考核|考评|方案|资金|依据|指标)",
        ),
        ("", r"(?:的?经验|[^\n,，]{0,6}?(?:已经|有了|取得了))"),
    )
]
"""What stands before and behind a time that is no deadline."""


def headed(headings: Sequence[Heading], scene: Scene) -> Period | None:
    """The time that the innermost heading with one is about: years ahead (“十五五”时期的主要任务), not a single one; that of a stage (宣传发动阶段（9月8日—10日）)."""
    for heading in reversed(headings):
        end = heading.start + len(heading.label) + len(heading.title)
        first, behind = (bisect_left(scene.periods, at, key=attrgetter("start")) for at in (heading.start, end))
        if first < behind:
            last = scene.periods[behind - 1]
            spans = last.start_date and last.end_date and last.start_date.year < last.end_date.year
            staged = STAGE.search(heading.title) and last.end_date and last.rule not in YEARLY
            return last if (staged or (spans and last.rule in SPANNING)) and not gone_by(last, scene) else None
    return None


def outlasts(period: Period, opens: bool, view: str, start: int) -> bool:
    """Whether a time holds in a sentence behind its own that starts at `start`: a phase, a year, the end of years does.

    6月底前 or 麦收以前 does where it opens its paragraph, unless the sentence says what always holds (今后…, 严禁…).
    """
    if period.start_date or period.rule in LASTING:
        return True
    if period.end_date is not None and (period.end_date.month, period.end_date.day) == YEAR_END:
        return True
    return opens and not view.startswith(STANDING, start)


def lasting(period: Period, calendar: Calendar) -> bool:
    """Whether a time holds for the paragraphs behind it, too."""
    return period.rule in LASTING or (period.rule == "period.year" and calendar.span is None)


def periods_in(number: int, scene: Scene) -> list[Period]:
    """The times of a clause, save those compared with, and years gone by: what they date is left over (去年未完的工程)."""
    times = [thing for thing in scene.things[number] if isinstance(thing, Period) and not compared(thing, scene.view)]
    return [time for time in times if not gone_by(time, scene)]


def coming(period: Period, scene: Scene) -> bool:
    """Whether a time ends after the years that the text plans for: what goes with it in the sentence is due then, too (明年5月修路，同步装灯)."""
    calendar = scene.horizon.at(period.start)
    year = max(calendar.span) if calendar.span else calendar.base
    return bool(year and period.end_date and period.end_date.year > year)


def opens_list(clause: str) -> bool:
    """Whether a clause counts what comes behind it: 明年办好三件事.

    >>> opens_list("明年办好三件事"), opens_list("明年建好三座桥")
    (True, False)
    """
    return bool(COUNTS.search(clause))


def gone_by(period: Period, scene: Scene) -> bool:
    """Whether a time ends before the years that the text plans for."""
    calendar = scene.horizon.at(period.start)
    year = min(calendar.span) if calendar.span else calendar.own
    return bool(year and period.end_date and period.end_date.year < year)


def compared(period: Period, view: str) -> bool:
    """Whether a time is what a plan is compared with or built on: 比“七五”期间增长, 在1959年的基础上, 由今年预计的44%."""
    before = view[max(0, period.start - NEAR) : period.start]
    behind = view[period.end : period.end + FAR]
    return any(ahead.search(before) and beyond.match(behind) for ahead, beyond in FRAMES)
