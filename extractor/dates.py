"""Calendar expressions of official Chinese and the days they cover, both ends included."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from extractor import numerals

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Years outside are misprints or numbers of something else, and are refused."""

NO_YEAR = "the text names no year and no reference date or plan year is given"
RELATIVE = {"今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "前": -2}
WHOLE_SPAN = frozenset({"规划期", "计划期"})
WHOLE_YEAR = frozenset({"年内", "年度内", "全年", "新的一年", "新一年"})
NEAR = {"今天": 0, "即日": 0, "明天": 1, "明日": 1, "后天": 2}
"""Days by how far they lie from the document's date."""
FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "防灾减灾日": (5, 12), "六一": (6, 1), "环境日": (6, 5), "6·18": (6, 18), "七一": (7, 1), "八一": (8, 1),
    "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1), "扶贫日": (10, 17), "消防日": (11, 9), "双11": (11, 11),
    "宪法日": (12, 4),
}  # fmt: skip
"""Month and day of festivals fixed in the solar calendar, by what their names contain."""

NUMERAL = "[一二三四五六七八九十]+"
EXPRESSION = re.compile(
    rf"""
    (?: (?P<year>[0-9]{{4}}|[一二][九〇○零][〇○零一二三四五六七八九]{{2}}) \ ?年度?
      | (?P<relative>[今本明来后去前])年度?
    )?的?
    (?: (?P<half>[上下])半年
      | 第?(?P<quarter>[一二三四1-4首])季度
      | (?P<month>[0-9]{{1,2}}|{NUMERAL})\ ?月份?
    )?
    (?: (?P<third>[上中下])旬 | (?P<day>[0-9]{{1,2}}|{NUMERAL})\ ?[日号] )?
    (?P<edge>年?[底末初]|年中|岁末)?""",
    re.VERBOSE,
)
PLAN = re.compile(f"[“‘\"']?((?:[二三四]?十)?[一二三四五六七八九])五(?![月年])|第({NUMERAL})个五年")
DECADE = re.compile("([1-9一二三四五六七八九])[0十]年代(.?)")
CENTURY = re.compile("([0-9]+|二十一?)世纪")
MONTH = re.compile("([本这下])?个?月([底末]?)")
WEEK = re.compile("([本这下])(?:周|个?星期|个?礼拜)([一二三四五六日天末]?)")
WEEKDAYS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6}
DATED_FESTIVAL = re.compile("(?:([今本明来后去前])年度?|([0-9]{4}) ?年)的?")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative times refer to; None where neither caller nor text says.

    `reference` is the document's date, `plan_year` what it means by `今年`, `span` the first and the last year of a plan
    for several years, which it is; `five_year` says that this is one of the five-year plans.
    """

    reference: date | None = None
    plan_year: int | None = None
    span: tuple[int, int] | None = None
    five_year: bool = False

    @property
    def base(self) -> int | None:
        """The year of what names none."""
        return self.plan_year or (self.reference.year if self.reference else None)

    def year(self, relative: str | None) -> int | None:
        """The year of 今, 明, 去 …: what is not 今 counts from the date, where there is one."""
        if relative not in (None, "今", "本") and self.reference:
            return self.reference.year + RELATIVE[relative or "今"]
        return None if self.base is None else self.base + RELATIVE[relative or "今"]


Festivals: TypeAlias = Mapping[int, Mapping[str, date]]
"""Year → name → day of the festivals that move."""


class Days(NamedTuple):
    """From `first` to `last`, None being an open end, or neither and the reason why that cannot be said.

    `closed` means that 前 behind the expression still includes its last day: 年底前, 3月15日前, but not 6月前.
    """

    first: date | None
    last: date | None
    reason: str | None = None
    closed: bool = False


def refused(reason: str) -> Days:
    """No days, and why."""
    return Days(None, None, reason)


def resolve(text: str, calendar: Calendar, festivals: Festivals) -> Days:
    """The days that a calendar expression names: `2025年6月底`, `上半年`, `今年`, `国庆`, `“十四五”期间`.

    A missing or relative year is that of the plan year, else of the reference date, which 月底 and 今天 need.
    """
    base, reference = calendar.base, calendar.reference
    if text in WHOLE_SPAN:
        return span_of_years(*calendar.span) if calendar.span else refused("the text is no plan for several years")
    if text in WHOLE_YEAR:
        return year_days(base + at_the_turn(text, calendar)) if base else refused(NO_YEAR)
    if text in NEAR:
        return near_days(NEAR[text], 1, reference)
    if week := WEEK.fullmatch(text):
        return near_week(week[1] == "下", week[2], reference)
    if month := MONTH.fullmatch(text):
        return near_month(month[1] == "下", month[2], reference)
    if plan := PLAN.match(text):
        return five_year_plan(int(numerals.value(plan[1] or plan[2])), text)
    if decade := DECADE.match(text):
        return ten_years(int(numerals.value(decade[1])), decade[2], base)
    if "世纪" in text:
        return century(text, base)
    if (found := EXPRESSION.fullmatch(text)) and text:
        return part_of_year(found.groupdict(), calendar)
    return festival(text, calendar, festivals)


def at_the_turn(text: str, calendar: Calendar) -> bool:
    """Whether 新的一年 means the year after the document's: said in December of a text that plans for no year."""
    said = calendar.reference
    return text.startswith("新") and calendar.plan_year is None and said is not None and said.month == 12


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


def near_month(following: bool, edge: str, reference: date | None) -> Days:
    """The month of `reference` or the one after, or its end."""
    if not reference:
        return refused(NO_YEAR)
    year, month = divmod(reference.year * 12 + reference.month - 1 + following, 12)
    return edged(months(year, month + 1), edge)


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


def part_of_year(part: Mapping[str, str | None], calendar: Calendar) -> Days:
    """A year or part of one from its named parts."""
    year = int(numerals.value(part["year"])) if part["year"] else calendar.year(part["relative"])
    return refused(NO_YEAR) if year is None else edged(within(part, year), part["edge"])


def within(part: Mapping[str, str | None], year: int) -> Days:
    """Half, quarter, month, third or day of `year`; the year itself where none is named."""
    if half := part["half"]:
        return months(year, 1, 6) if half == "上" else months(year, 7, 12)
    if quarter := part["quarter"]:
        number = int(numerals.value(quarter.replace("首", "1")))
        return months(year, 3 * number - 2, 3 * number)
    if not part["month"]:
        return year_days(year)
    days = months(year, int(numerals.value(part["month"])))
    if part["third"]:
        return third(days, part["third"])
    return day_of(days, int(numerals.value(part["day"]))) if part["day"] else days


def third(month: Days, name: str) -> Days:
    """上旬, 中旬 or 下旬 of a month."""
    if month.first is None or month.last is None:
        return month
    first, last = {"上": (1, 10), "中": (11, 20), "下": (21, month.last.day)}[name]
    return Days(month.first.replace(day=first), month.first.replace(day=last))


def day_of(month: Days, number: int) -> Days:
    """One day of a month."""
    if month.first is None or month.last is None:
        return month
    if not 1 <= number <= month.last.day:
        return refused(f"the month has no day {number}")
    day = month.first.replace(day=number)
    return Days(day, day, closed=True)


def edged(days: Days, edge: str | None) -> Days:
    """The end (底, 末) or middle (年中) of `days`, open at the start; 初 has no border that could be named."""
    if not edge or days.last is None:
        return days
    if edge.endswith("初"):
        return refused("初 has no fixed border")
    return Days(None, days.last.replace(month=6, day=30) if edge == "年中" else days.last, closed=True)


def five_year_plan(number: int, text: str) -> Days:
    """The n-th five-year plan: the first began in 1953, the third in 1966, each later one five years on.

    1963 to 1965 belong to none (the years of adjustment).
    """
    first = 1948 + 5 * number if number < 3 else 1951 + 5 * number
    found = re.search("([末初])期?$", text)
    return edged(span_of_years(first, first + 4), found[1] if found else None)


def ten_years(number: int, edge: str, base: int | None) -> Days:
    """The decade 九十年代 of the century of `base`."""
    if base is None:
        return refused(NO_YEAR)
    first = base // 100 * 100 + number * 10
    return edged(span_of_years(first, first + 9), edge)


def century(text: str, base: int | None) -> Days:
    """`本世纪中叶` ends in year 50 of the century of `base`, `本世纪末` in its year 100."""
    printed = CENTURY.match(text)
    if not printed and base is None:
        return refused(NO_YEAR)
    start = (int(numerals.value(printed[1])) - 1) * 100 if printed else ((base or 1) - 1) // 100 * 100
    days = span_of_years(start + 1, start + (50 if text.endswith("中叶") else 100))
    return edged(days, "末")


def festival(text: str, calendar: Calendar, moving: Festivals) -> Days:
    """A festival on a fixed day of the solar calendar or in the table of those that move; any other is refused by name."""
    head = DATED_FESTIVAL.match(text)
    name = re.sub('[“”"]', "", text[head.end() :] if head else text)
    year = int(head[2]) if head and head[2] else calendar.year(head[1] if head else None)
    if year is None:
        return refused(NO_YEAR)
    if name.startswith("暑假"):
        return months(year, 7, 8)
    known = {key: date(year, *day) for key, day in FIXED.items()} if FIRST_YEAR <= year <= LAST_YEAR else {}
    for key, day in {**known, **moving.get(year, {})}.items():
        if key in name:
            return Days(day, day)
    return refused(f"{name} has no fixed day")
