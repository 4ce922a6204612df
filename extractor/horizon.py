"""What relative times of a document refer to: its date, the year or the years it plans for, entry by entry.

A text that bundles signed entries (replies to citizens, one after the other) has a date for each: every entry ends with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise, takewhile

from extractor import days, issuers, numerals, spans, titles
from extractor.dates import Calendar
from extractor.folding import fold
from extractor.outline import Outline

YEAR_HEADING = re.compile(r"(20\d\d|19\d\d)年")
SEVERAL = re.compile(r"(\d{4})年?[-—–~至到一、和 ]+(\d{4})年?")
"""A title or heading over several years."""
LONGEST_PLAN = 15
OF_FIVE_YEARS = re.compile(
    r"[“‘\"']?((?:[二三]?十)?[一二三四五六七八九])五[”’\"']?(?:时期|期间)?.{0,24}?(?:规划|计划)|第([一二三四五六七八九十]+)个五年(?:规划|计划)"
)
PRESENTED = re.compile(
    "关于[^。，,]{0,20}?(第[一二三四五六七八九十]+个五年(?:计划|规划))(?:纲要)?(?:草案)?的(?:报告|说明)"
)
"""How a report opens that presents a plan: 作关于第一个五年计划的报告."""
NUMBERED = re.compile(r"^[一-鿿]{2,10}[〔\[﹝(（]((?:19|20)\d\d)[〕\]﹞)）]\d{1,4}号", re.MULTILINE)
HEAD = 400
"""Characters at whose head a document bears its number."""
SHORT, LINES = 30, 3
"""Characters of a line, and lines at the head of a text, that may be its title."""
STANDING = re.compile(r"(?:办法|规定|细则|条例|规则|标准)(?:\([^()]{1,12}\))?[》”]?(?:的(?:通知|决定|公告|通告))?$")
"""A title of rules, which hold until further notice."""
LOOKS_BACK = re.compile("回顾|总结|成绩|成就|检查|执行情况|报告.{4}年的?工作")
MANY_YEARS = re.compile("[十五]年(?:规划|计划)")
DATED = re.compile(rf"(?P<day>{days.DAY.pattern})[日。 　]*$", re.MULTILINE)
SIGNING = re.compile("(?:[。！!？?；;\\s]|局|委|办|府|厅|部|处|会|室|站|队|公司|中心)[ 　]*$")
"""What stands before the date that signs an entry: the end of a sentence, or an organ."""
NEAR = 12
AIM = re.compile(r"到((?:19|20)\d\d)年(?:底|末)?[,，]")
AIMS = re.compile("^(?:(?:总体|主要|工作|发展|预期|任务|具体|建设|行动)(?:要求和)?)?目标(?:任务)?$")
NEAR_AIM, LONGEST_AIM = 80, 7
"""Characters from the heading on in which a section of aims names its year, and how many years that may lie ahead."""
ANY_YEAR = re.compile(r"((?:19|20)\d\d)年")
GONE = re.compile(r"(?:刚刚?|已经)过去的((?:19|20)\d\d)年")
BEGUN = re.compile(r"((?:19|20)\d\d)年是(?:[^。\n]{0,30}?)(?:第[一二三四五]年|开局之?年|收官之?年|决胜之?年|攻坚之?年)")
"""What a report without a date says of the year gone by and of the year it plans for: 2006年是实施“十一五”规划的第一年."""

IN_FORCE = re.compile(rf"本[一-鿿]{{2,6}}[自从](?P<day>{days.DAY.pattern})起(?:正式)?(?:施行|实施|执行|生效)")
"""From when a text holds."""
NEXT_YEAR, OFTEN, AUTUMN = "明年", 2, 9
"""What a text written from September on calls the year it plans for, and how often it must."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """The calendars of a text in order, each with the offset in the healed text where its part begins."""

    starts: tuple[int, ...]
    calendars: tuple[Calendar, ...]

    def at(self, offset: int) -> Calendar:
        """The calendar of the part that holds an offset."""
        return self.calendars[max(0, bisect_right(self.starts, offset) - 1)]


def horizon(folded: str, outline: Outline, given: date | None) -> Horizon:
    """The caller's date, else the document's own, else those that its entries are signed with."""
    signed = [] if given else list(signatures(folded))
    if len(signed) < 2:
        return Horizon((0,), (told(calendar(folded, outline, given), folded),))
    starts = [0, *(end for end, _ in signed[:-1])]
    return Horizon(tuple(starts), tuple(Calendar(day) for _, day in signed))


def told(calendar: Calendar, folded: str) -> Calendar:
    """The calendar with what a text says of itself: from when it holds (本办法自2024年7月1日起施行), and that it plans for 明年."""
    force, day = IN_FORCE.search(folded), calendar.reference
    ahead = day is not None and day.month >= AUTUMN and calendar.plan_year == day.year + 1
    return replace(
        calendar,
        in_force=days.parse_day(force["day"]) if force else None,
        ahead=ahead and folded.count(NEXT_YEAR) >= OFTEN,
    )


def signatures(folded: str) -> Iterator[tuple[int, date]]:
    """Where signed entries end, and their dates; none in a text that does not itself end so."""
    found = [
        (match.end(), days.parse_day(match["day"]))
        for match in DATED.finditer(folded)
        if SIGNING.search(folded, max(0, match.start() - NEAR), match.start())
    ]
    if found and not folded[found[-1][0] :].strip():
        yield from ((end, day) for end, day in found if day)


def calendar(folded: str, outline: Outline, given: date | None) -> Calendar:
    """The caller's date, else the document's; the years of its title, else the year of a heading that faces forward, else
    the span to the year of its aims; without a date the year of its number, its month or what it says of the years.

    A heading with one year in a plan for several, which bears no date, names that of an indicator.
    """
    reference = given or outline.front.date
    title = fold(outline.front.title or "")
    if year := titles.titled_year(title, reference):
        return Calendar(reference, year)
    plan = title if span_of(title) else opening(folded)
    span = span_of(plan)
    named = None if span and not reference else headed_year(outline)
    if not span and not reference and (presented := PRESENTED.search(folded, 0, HEAD)):
        return Calendar(None, None, span_of(presented[1]), five_year=True)
    if named is None and not reference:
        named = span[0] if span else numbered_year(folded) or dated_year(folded) or told_year(folded)
    if named is None and span is None and reference and (aim := aimed_year(folded, outline)):
        span = (reference.year, aim) if reference.year < aim <= reference.year + LONGEST_AIM else None
    standing = named is None and span is None and STANDING.search(title) is not None
    return Calendar(
        reference, named, span, span is not None and OF_FIVE_YEARS.search(plan) is not None, standing=standing
    )


def opening(folded: str) -> str:
    """The short lines that a text begins with, a title broken over them put together."""
    return "".join(takewhile(lambda line: len(line) <= SHORT and "。" not in line, folded[:HEAD].splitlines()[:LINES]))


def headed_year(outline: Outline) -> int | None:
    """The last year that a heading plans for, the year after one that it looks back on; None where no heading names one."""
    printed = {heading.title for headings in {place.headings for place in outline.places} for heading in headings}
    headings = map(titles.in_digits, map(fold, printed))
    single = [heading for heading in headings if not SEVERAL.search(heading) and not MANY_YEARS.search(heading)]
    years = [
        int(found[1]) + bool(LOOKS_BACK.search(heading))
        for heading in single
        if (found := YEAR_HEADING.search(heading))
    ]
    return max(years, default=None)


def aimed_year(folded: str, outline: Outline) -> int | None:
    """The year that a section of aims opens with: `（二）主要目标。到2027年，…`."""
    headings = {heading.start: heading.title for place in outline.places for heading in place.headings}
    starts = sorted(headings)
    for start, behind in pairwise([*starts, len(folded)]):
        if AIMS.match(headings[start]) and (found := AIM.search(folded, start, min(behind, start + NEAR_AIM))):
            return int(found[1])
    return None


def numbered_year(folded: str) -> int | None:
    """The year in the number of a document that bears no date: 甬政办发〔2018〕142号."""
    found = NUMBERED.search(folded, 0, HEAD)
    return int(found[1]) if found else None


def dated_year(folded: str) -> int | None:
    """The year of a month that stands alone at the head or the end of a text, or beside its signature: 2023年5月."""
    lines = [line.strip() for line in folded.splitlines() if line.strip()]
    found = (days.MONTH.search(line) or issuers.STAMP.search(line) for line in (*lines[: LINES + 2], *lines[-LINES:]))
    return next((int(year[1]) for match in found if match and (year := ANY_YEAR.search(match[0]))), None)


def told_year(folded: str) -> int | None:
    """The year after 刚刚过去的2005年, or the one that is the first, the last or such of a plan's."""
    if gone := GONE.search(folded):
        return int(gone[1]) + 1
    begun = {int(found[1]) for found in BEGUN.finditer(folded)}
    return max(begun, default=None)


def span_of(title: str) -> tuple[int, int] | None:
    """The years of the plan that a title names: `(2024—2026年)`, `“十四五”规划`; None for any other title."""
    if found := SEVERAL.search(title):
        first, last = int(found[1]), int(found[2])
        return (first, last) if first < last <= first + LONGEST_PLAN else None
    if found := OF_FIVE_YEARS.search(title):
        days = spans.five_year_plan(int(numerals.value(found[1] or found[2])), "")
        return (days.first.year, days.last.year) if days.first and days.last else None
    return None
