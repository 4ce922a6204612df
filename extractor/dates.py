"""Calendar expressions of official Chinese and the days they cover, both ends included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from extractor import numerals
from extractor.spans import (
    FAR,
    FIRST_YEAR,
    LAST_YEAR,
    NO_YEAR,
    Days,
    century,
    day_of,
    edged,
    five_year_plan,
    months,
    near_days,
    near_month,
    near_quarter,
    near_week,
    refused,
    season,
    span_of_years,
    ten_years,
    third,
    winter_and_spring,
    year_days,
)

RELATIVE = {"今": 0, "本": 0, "明": 1, "来": 1, "下": 1, "后": 2, "去": -1, "前": -2}
WHOLE_SPAN = frozenset({"规划期", "计划期"})
NEW_YEAR = 25
"""From this day of December on a text speaks of the coming year."""
WHOLE_YEAR = frozenset({"年内", "年度内", "全年", "新的一年", "新一年"})
OTHER_YEARS, NEXT_YEARS = frozenset("次翌当同"), frozenset("次翌")
NEAR = {"今天": 0, "今晚": 0, "今夜": 0, "现在": 0, "即日": 0, "明天": 1, "明日": 1, "后天": 2}
"""Days by how far they lie from the document's date."""
FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "植树节": (3, 12), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "防灾减灾日": (5, 12), "六一": (6, 1), "儿童节": (6, 1), "环境日": (6, 5), "6·18": (6, 18),
    "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1), "扶贫日": (10, 17), "消防日": (11, 9), "双11": (11, 11), "双十一": (11, 11),
    "宪法日": (12, 4), "春季学期": (3, 1), "春季开学": (3, 1), "秋季学期": (9, 1), "秋季开学": (9, 1),
    "春耕": (4, 1), "夏灌": (6, 1), "麦收": (6, 1), "夏收": (6, 1),
}  # fmt: skip
"""Month and day of festivals fixed in the solar calendar, and of the terms and farming seasons that texts take as fixed, by
what their names contain."""

OLD_NEW_YEAR = re.compile("[阴农旧]历年")
"""The Spring Festival, as one says beside 阳历年."""

NUMERAL = "[一二三四五六七八九十]+"
EXPRESSION = re.compile(
    rf"""
    (?: (?P<year>[0-9]{{4}}|[0-9]{{2}}(?=\ ?年)|[五六七八九〇○零][〇○零一二三四五六七八九](?=年)|[一二][九〇○零0][〇○零0一二三四五六七八九]{{2}}) \ ?年度?
      | (?P<relative>[今本明来下后去前次翌当同])一?年度?
    )?的?
    (?: (?P<half>[上下])半年
      | (?:前|[一1](?:至|到|-|—))(?P<quarters>[二两三四2-4])个?季度
      | 第?(?P<quarter>[一二三四1-4首])季度
      | (?P<month>[0-9]{{1,2}}|{NUMERAL})\ ?月份?
    )?
    (?: (?P<third>[上中下]{{1,2}})旬 | (?P<day>[0-9]{{1,2}}|{NUMERAL})\ ?[日号] )?
    (?P<edge>年?[底末初终]|年中|岁末|全年)?""",
    re.VERBOSE,
)
PLAN = re.compile(f"[“‘\"']?((?:[二三四]?十)?[一二三四五六七八九]|[二三四]?十)五(?![月年])|第({NUMERAL})个五年")
DECADE = re.compile("(?:(本|[0-9]+|二十一?)世纪|20(?=[0-9]0))?([1-9一二三四五六七八九])[0十]年代(.?)")
MONTH = re.compile(f"([本这下])?个?月(?:([底末])|([上中下]{{1,2}})旬|([0-9]{{1,2}}|{NUMERAL}) ?[日号])?")
SEASON = re.compile(
    "(?:([今明])|(?:([今本明来后去前])年度?|([0-9]{4}) ?年)的?)([春夏秋冬])(?:(?<=[今明][春夏秋冬])|[季天])"
)
CLOCK = re.compile(
    "(?<=[日号天])(?:上午|下午|晚上?|夜间|夜里|凌晨)$|(?<=[日号])(?:[0-2]?[0-9] ?(?:时|点|:[0-5][0-9])(?:[0-5]?[0-9]分|整|半)?|零时)$"
)
QUARTER = re.compile("本?季度([底末]?)")
NUMERIC = re.compile("([0-9]{4})([./-])([0-9]{1,2})\\2([0-9]{1,2})")
"""A day in figures: 2025.6.30, 2025/6/30, 2025-06-30."""
WEEK = re.compile("([本这下])(?:周|个?星期|个?礼拜)([一二三四五六日天末]?)")
DATED_FESTIVAL = re.compile("(?:([今本明来后去前])年度?|([0-9]{4}) ?年)的?")


@dataclass(frozen=True, slots=True)
class Calendar:
    """What relative times refer to; None where neither caller nor text says.

    `reference` is the document's date, `plan_year` what it means by `今年`, `span` the first and the last year of a plan
    for several years, which it is; `five_year` says that this is one of the five-year plans. `said` is the coming year that
    the text spoke of just before. `standing` says that it is a rule, which plans for no year, `in_force` from when it holds.
    `ahead` says that the text calls the year it plans for 明年, so that 今年 is that of its date.
    """

    reference: date | None = None
    plan_year: int | None = None
    span: tuple[int, int] | None = None
    five_year: bool = False
    said: int | None = None
    standing: bool = False
    in_force: date | None = None
    ahead: bool = False

    @property
    def base(self) -> int | None:
        """The year of what names none."""
        return self.plan_year or (self.reference.year if self.reference else None)

    @property
    def own(self) -> int | None:
        """The year that is 今年."""
        return self.reference.year if self.ahead and self.reference else self.base

    @property
    def about(self) -> int | None:
        """A year of the decade and the century that the text is of."""
        return self.base or (self.span[0] if self.span else None)

    def year(self, relative: str | None) -> int | None:
        """The year of 今, 明, 去 …: what is not 今 counts from the date, where there is one."""
        if relative not in (None, "今", "本") and self.reference:
            return self.reference.year + RELATIVE[relative or "今"]
        year = self.own if relative else self.base
        return None if year is None else year + RELATIVE[relative or "今"]

    def starting(self, event: str) -> date | None:
        """The day that a time counts from: when the text comes into force (本办法施行), else when it was written."""
        return self.in_force if self.in_force and ("施行" in event or "实施" in event) else self.reference

    def named(self, printed: str) -> int | None:
        """The year that is printed; of two figures (25年底前, 八五年) the one nearest to the base."""
        if len(printed) != 2:
            return int(numerals.value(printed))
        if self.base is None:
            return None
        full = nearest(10 * int(numerals.value(printed[0])) + int(numerals.value(printed[1])), self.base)
        return full if full - self.base <= FAR else None


def nearest(year: int, base: int) -> int:
    """The year with the same last two figures that lies nearest to `base`."""
    return year % 100 + round((base - year % 100) / 100) * 100


Festivals: TypeAlias = Mapping[int, Mapping[str, date]]
"""Year → name → day of the festivals that move."""


def resolve(text: str, calendar: Calendar, festivals: Festivals) -> Days:
    """The days that a calendar expression names: `2025年6月底`, `上半年`, `今年`, `国庆`, `“十四五”期间`.

    A missing or relative year is that of the plan year, else of the reference date, which 月底 and 今天 need.
    """
    base, reference = calendar.base, calendar.reference
    if text in WHOLE_SPAN:
        return span_of_years(*calendar.span) if calendar.span else refused("the text is no plan for several years")
    if text in WHOLE_YEAR:
        return year_days(base + at_the_turn(text, calendar)) if base else refused(NO_YEAR)
    text = CLOCK.sub("", text).replace("元月", "一月")
    if day := NUMERIC.fullmatch(text):
        return day_of(months(int(day[1]), int(day[3])), int(day[4]))
    if text in NEAR:
        return near_days(NEAR[text], 1, reference)
    if week := WEEK.fullmatch(text):
        return near_week(week[1] == "下", week[2], reference)
    if month := MONTH.fullmatch(text):
        days = near_month(month[1] == "下", month[2], month[3], reference)
        return day_of(days, int(numerals.value(month[4]))) if month[4] else days
    if found := SEASON.fullmatch(text):
        said = calendar.year(found[1] or found[2]) if not found[3] else int(found[3])
        return season(said, found[4]) if said else refused(NO_YEAR)
    if text == "今冬明春":
        return winter_and_spring(calendar.own)
    if quarter := QUARTER.fullmatch(text):
        return near_quarter(quarter[1], reference)
    if plan := PLAN.match(text):
        return five_year_plan(int(numerals.value(plan[1] or plan[2])), text)
    if decade := DECADE.match(text):
        return ten_years(decade[1], int(numerals.value(decade[2])), decade[3], calendar.about)
    if "世纪" in text:
        return century(text, calendar.about)
    if (found := EXPRESSION.fullmatch(text)) and text:
        return part_of_year(found.groupdict(), calendar)
    return festival(text, calendar, festivals)


def at_the_turn(text: str, calendar: Calendar) -> bool:
    """Whether 新的一年 means the year after the document's: said in December of a text that plans for no year; 全年 only at its end."""
    said = calendar.reference
    if calendar.plan_year is not None or said is None or said.month != 12:
        return False
    return text.startswith("新") or (text in ("全年", "今后") and said.day >= NEW_YEAR)


def part_of_year(part: Mapping[str, str | None], calendar: Calendar) -> Days:
    """A year or part of one from its named parts."""
    if part["relative"] in OTHER_YEARS:
        if calendar.said is None:
            return refused(f"{part['relative']}年 counts from another year")
        return edged(within(part, calendar.said + (part["relative"] in NEXT_YEARS)), part["edge"])
    year = calendar.named(part["year"]) if part["year"] else calendar.year(part["relative"])
    return refused(NO_YEAR) if year is None else edged(within(part, year), part["edge"])


def within(part: Mapping[str, str | None], year: int) -> Days:
    """Half, quarter, month, third or day of `year`; the year itself where none is named."""
    if half := part["half"]:
        return months(year, 1, 6) if half == "上" else months(year, 7, 12)
    if last := part["quarters"]:
        return months(year, 1, 3 * int(numerals.value(last)))
    if quarter := part["quarter"]:
        number = int(numerals.value(quarter.replace("首", "1")))
        return months(year, 3 * number - 2, 3 * number)
    if not part["month"]:
        return refused("no month is named") if part["day"] or part["third"] else year_days(year)
    days = months(year, int(numerals.value(part["month"])))
    if part["third"]:
        return third(days, part["third"])
    return day_of(days, int(numerals.value(part["day"]))) if part["day"] else days


def festival(text: str, calendar: Calendar, moving: Festivals) -> Days:
    """A festival on a fixed day of the solar calendar or in the table of those that move; any other is refused by name."""
    head = DATED_FESTIVAL.match(text)
    name = OLD_NEW_YEAR.sub("春节", re.sub('[“”"]', "", text[head.end() :] if head else text))
    year = int(head[2]) if head and head[2] else calendar.year(head[1] if head else None)
    if year is None:
        return refused(NO_YEAR)
    if name.startswith("暑假"):
        return months(year, 7, 8)
    known = {key: date(year, *day) for key, day in FIXED.items()} if FIRST_YEAR <= year <= LAST_YEAR else {}
    known.update(moving.get(year, {}))
    keys = re.compile("|".join(sorted(map(re.escape, known), key=len, reverse=True)) or "(?!)")
    if missing := [one for one in re.split("[、和]", name) if not keys.search(one)]:
        return refused(f"{missing[0]} has no fixed day")
    days = [known[key] for key in keys.findall(name)]
    return Days(min(days), max(days))
