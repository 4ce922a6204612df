"""Which year a time without one is of: in `明年3月开工，10月底完工` both months are of next year."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from extractor.dates import Calendar
from extractor.spans import Days

YEAR = re.compile(
    "[0-9]{4}|[0-9]{2} ?年|下一?年|[今本明来后去前全]年|[今明][春夏秋冬]|[〇○零一二三四五六七八九]{4}年|年代|世纪|五”|本月|^月"
)
"""What says of which year a time is."""
NAMED_YEAR = re.compile("[0-9]{4}|[0-9]{2} ?年|[明来后次翌]年|下一?年|[〇○零一二三四五六七八九]{4}年")
COUNTED = frozenset({"count", "ahead", "next", "years", "limit", "recurring", "weekday", "early"})
"""Groups of times that are so many years or months, or come again, and lie in no single year."""
NEARBY, CLAUSES = 40, 2
"""Characters and clauses behind a time of a coming year in which times without a year are of it."""


def near(view: str, start: int, end: int) -> bool:
    """Whether `end` lies in the paragraph of `start`, a few clauses on at most."""
    between = view[start:end] if end - start <= NEARBY else "\n\n"
    return "\n\n" not in between and between.count("\n") <= CLAUSES


def spoken_of(part: Mapping[str, str], year: int | None, calendar: Calendar) -> Calendar:
    """The calendar of a time behind one of a coming year: in `明年3月开工，10月底完工` both months are of next year."""
    if year is None or not part.keys().isdisjoint(COUNTED):
        return calendar
    calendar = replace(calendar, said=year)
    return calendar if YEAR.search(part["first"]) else replace(calendar, plan_year=year)


def announced(part: Mapping[str, str], days: Days, calendar: Calendar, before: int | None) -> int | None:
    """The coming year that the times behind this one are in, if it names one, else that of the time `before` it.

    A deadline (`2026年底前`) says nothing of what comes behind it. In November's `三月动工，十二月完工` both are of the next year.
    """
    if not part.keys().isdisjoint({*COUNTED, "last"}):
        return None
    day = days.first
    if not NAMED_YEAR.search(part["first"]):
        passed = day and calendar.ahead and calendar.own and day.year > calendar.own and not YEAR.search(part["first"])
        return before or (day.year if day and passed else None)
    return day.year if day and days.last and (calendar.own is None or day.year > calendar.own) else None
