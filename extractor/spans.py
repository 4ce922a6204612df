"""Stretches of days, both ends included: years, months and parts of them, weeks, five-year plans, decades, centuries."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from extractor import numerals

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are misprints or numbers of something else, and are refused."""

NO_YEAR = "the text names no year and no reference date or plan year is given"
CENTURY = re.compile("([0-9]+|二十一?)世纪")
PORTION = re.compile("([前后头])([一二两三四])年")
SEASONS = {"春": 3, "夏": 6, "秋": 9, "冬": 12}
FAR = 20
"""Years ahead beyond which a decade without a century is one of the century before (in 2025 九十年代 are the 1990s), and a year of two figures is none."""
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}


class Days(NamedTuple):
    """From `first` to `last`, None being an open end, or neither and the reason why that cannot be said.

    `closed` means that 前 behind the expression still includes its last day: 年底前, 3月15日前, but not 6月前.
    """

    first: date | None
    last: date | None
    reason: str | None = None
    closed: bool = False


class Period(NamedTuple):
    """A time expression: `view[start:end]` is `text`; both dates are included, None is an open end.

    Where `reason` is set the expression cannot be resolved, and both dates are None.
    """

    start: int
    end: int
    text: str
    start_date: date | None
    end_date: date | None
    reason: str | None
    rule: str

    @property
    def norm(self) -> str | None:
        """An ISO interval (`2019-01-01/2019-12-31`, `../2019-12-31`); None when it cannot be resolved."""
        if self.start_date is None and self.end_date is None:
            return None
        return f"{self.start_date or '..'}/{self.end_date or '..'}"


def refused(reason: str) -> Days:
    """No days, and why."""
    return Days(None, None, reason)


def near_days(ahead: int, count: int, reference: date | None) -> Days:
    """So many days, the first of them so far ahead of `reference`."""
    if not reference:
        return refused(NO_YEAR)
    first = reference + timedelta(ahead)
    return Days(first, first + timedelta(count - 1), closed=True)


def near_week(following: bool, day: str, reference: date | None) -> Days:
    """The week of `reference`, from Monday on, or the one after, or one day of it; 周末 are its last two."""
    monday = 7 * following - (reference.weekday() if reference else 0)
    if day == "末":
        return near_days(monday + 5, 2, reference)
    return near_days(monday + WEEKDAYS[day], 1, reference) if day else near_days(monday, 7, reference)


def near_month(following: bool, edge: str | None, part: str | None, reference: date | None) -> Days:
    """The month of `reference` or the one after, its end, or its third 上, 中 or 下."""
    if not reference:
        return refused(NO_YEAR)
    year, month = divmod(reference.year * 12 + reference.month - 1 + following, 12)
    days = months(year, month + 1)
    return third(days, part) if part else edged(days, edge)


def near_quarter(edge: str, reference: date | None) -> Days:
    """The quarter of `reference`, or its end."""
    if not reference:
        return refused(NO_YEAR)
    first = (reference.month - 1) // 3 * 3 + 1
    return edged(months(reference.year, first, first + 2), edge)


def year_days(year: int) -> Days:
    """The whole year, refused outside 1900..2100."""
    return span_of_years(year, year)


def span_of_years(first: int, last: int) -> Days:
    """From the first of January to the last of December, refused outside 1900..2100."""
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        return refused(f"{first}..{last} lies outside {FIRST_YEAR}..{LAST_YEAR}")
    return Days(date(first, 1, 1), date(last, 12, 31))


def months(year: int, first: int, last: int | None = None) -> Days:
    """From the first day of month `first` to the last day of month `last` of one year."""
    last = last or first
    if reason := year_days(year).reason:
        return refused(reason)
    if not 1 <= first <= last <= 12:
        return refused(f"there is no month {first}")
    return Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def season(year: int, name: str) -> Days:
    """春, 夏, 秋 or 冬 by the months of the meteorologists: spring from March on, winter from December into the next year."""
    first = SEASONS[name]
    if name != "冬":
        return months(year, first, first + 2)
    return Days(months(year, 12).first, months(year + 1, 2).last)


def winter_and_spring(year: int | None) -> Days:
    """今冬明春: from December of `year` to the May after."""
    return Days(months(year, 12).first, months(year + 1, 5).last) if year else refused(NO_YEAR)


def third(month: Days, name: str) -> Days:
    """上旬, 中旬 or 下旬 of a month, or two of them (中下旬)."""
    if month.first is None or month.last is None:
        return month
    days = {"上": (1, 10), "中": (11, 20), "下": (21, month.last.day)}
    return Days(month.first.replace(day=days[name[0]][0]), month.first.replace(day=days[name[-1]][1]))


def day_of(month: Days, number: int) -> Days:
    """One day of a month."""
    if month.first is None or month.last is None:
        return month
    if not 1 <= number <= month.last.day:
        return refused(f"the month has no day {number}")
    day = month.first.replace(day=number)
    return Days(day, day, closed=True)


def edged(days: Days, edge: str | None) -> Days:
    """The end (底, 末, 后期) or middle (年中) of `days`, open at the start; 初 has no border that could be named."""
    if not edge or edge == "全年" or days.last is None:
        return days
    if edge.endswith("初"):
        return refused("初 has no fixed border")
    return Days(None, days.last.replace(month=6, day=30) if edge == "年中" else days.last, closed=True)


def five_year_plan(number: int, text: str) -> Days:
    """The n-th five-year plan, its end, or its first or last years: the first began in 1953, the third in 1966, each later one five years on.

    1963 to 1965 belong to none (the years of adjustment).
    """
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    if part := PORTION.search(text):
        count = int(numerals.value(part[2]))
        return (
            span_of_years(first, first + count - 1)
            if part[1] in "前头"
            else span_of_years(first + 5 - count, first + 4)
        )
    if text.endswith(("前期", "中期")):
        return refused(f"{text[-2:]} has no fixed border")
    found = re.search("([末初后])期?$", text)
    return edged(span_of_years(first, first + 4), found[1] if found else None)


def ten_years(printed: str | None, number: int, edge: str, base: int | None) -> Days:
    """The decade 九十年代 of the century that is printed, else of that of `base`."""
    if printed and printed != "本":
        first = (int(numerals.value(printed)) - 1) * 100 + number * 10
    elif base is None:
        return refused(NO_YEAR)
    else:
        first = base // 100 * 100 + number * 10
        if printed is None and first - base > FAR:
            first -= 100
    return edged(span_of_years(first, first + 9), edge)


def century(text: str, base: int | None) -> Days:
    """`本世纪中叶` ends in year 50 of the century of `base`, `本世纪末` in its year 100."""
    printed = CENTURY.match(text)
    if not printed and base is None:
        return refused(NO_YEAR)
    start = (int(numerals.value(printed[1])) - 1) * 100 if printed else ((base or 1) - 1) // 100 * 100
    days = span_of_years(start + 1, start + (50 if text.endswith("中叶") else 100))
    return edged(days, "末")
