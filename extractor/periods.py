"""When and by when: years, dates, festivals, durations and plan periods as closed or half-open intervals."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from extractor import clauses, numerals, occasions
from extractor.dates import Calendar, Festivals, at_the_turn, resolve
from extractor.nearby import YEAR, announced, near, spoken_of
from extractor.normalisation import Text
from extractor.overlaps import leftmost_longest, named, reader
from extractor.rulebook import Rule, Rulebook, load
from extractor.spans import LAST_YEAR, NO_YEAR, Days, refused, span_of_years
from extractor.spans import Period as Period

NUMERALS = "0123456789一二两三四五六七八九十"
MONTHS = {"年": 12, "季": 3, "月": 1}
LONGEST = 200
"""No undertaking runs for more years than this."""
UNDATED = {"limit": occasions.UNDATED, "recurring": "comes round again", "weekday": "does not say which week"}
"""Why times with such a group are no dates."""


def extract(
    text: str, reference: date | None = None, plan_year: int | None = None, festivals: Festivals | None = None
) -> list[Period]:
    """Every time expression of a text as it is printed, in order; offsets are code points of `text`.

    Args:
        text: any text; full-width forms and page breaks are seen through.
        reference: the day the text was written, which 年底前, 三年内 and 明年 count from.
        plan_year: the year that the text plans for, which goes before that of `reference`.
        festivals: days of festivals and seasons that no table knows, by year and name, such as the first of a flood season.

    >>> from datetime import date
    >>> from extractor import periods
    >>> [p.norm for p in periods.extract("２０２６年底前开工，三年内建成。", date(2026, 1, 12))]
    ['../2026-12-31', '../2029-01-12']
    >>> [p.reason for p in periods.extract("汛期前完工。", date(2026, 1, 12))]
    ['汛期 has no fixed day']
    >>> [p.norm for p in periods.extract("汛期前完工。", date(2026, 1, 12), festivals={2026: {"汛期": date(2026, 6, 1)}})]
    ['../2026-05-31']
    """
    healed, view = clauses.seen(text)
    book = load()
    known = book.festivals
    for year, days in (festivals or {}).items():
        known = {**known, year: {**known.get(year, {}), **days}}
    calendar = Calendar(reference, plan_year)
    return [in_raw(period, healed) for period in find_by(view, book, lambda _: calendar, known)]


def in_raw(period: Period, healed: Text) -> Period:
    """A period with text and offsets of the raw text."""
    start, end = healed.raw_span(period.start, period.end)
    return period._replace(text=healed.printed[period.start : period.end], start=start, end=end)


def find(view: str, rulebook: Rulebook, reference: date | None = None, plan_year: int | None = None) -> list[Period]:
    """Every time expression in `view`, left to right, none overlapping another.

    Args:
        view: folded text with a line feed for every character outside the clauses to read.
        rulebook: its family `period` is used, and its table of festivals.
        reference: the document's date; durations (三年内) count from it.
        plan_year: the year the text plans for; relative years resolve against it, else against `reference`.
    """
    calendar = Calendar(reference, plan_year)
    return find_by(view, rulebook, lambda _: calendar, rulebook.festivals)


def find_by(
    view: str, rulebook: Rulebook, calendar_at: Callable[[int], Calendar], festivals: Festivals
) -> list[Period]:
    """The same for a text whose parts have calendars of their own; `calendar_at` tells that of an offset."""

    said: tuple[int, int] | None = None

    def read(rule: Rule, match: re.Match[str]) -> Period:
        nonlocal said
        part, calendar = named(rule, match), calendar_at(match.start())
        year = said[1] if said and near(view, said[0], match.start()) else None
        days = interval(part, spoken_of(part, year, calendar), festivals)
        if year := announced(part, days, calendar, year):
            said = match.end(), year
        return Period(match.start(), match.end(), match[0], days.first, days.last, days.reason, rule.id)

    return occasions.counted(leftmost_longest(view, reader(rulebook, "period", NUMERALS), read), view)


def interval(part: Mapping[str, str], calendar: Calendar, festivals: Festivals) -> Days:
    """The days a hit covers, from its named groups."""
    reference = calendar.reference
    if undated := next((reason for name, reason in UNDATED.items() if name in part), None):
        return refused(undated)
    if "early" in part:
        return early(part, calendar)
    if "ahead" in part:
        return coming(part["ahead"], calendar)
    if "next" in part:
        return coming(part["next"], calendar, after=1)
    if "years" in part:
        return planned(part["years"], calendar)
    if "count" in part:
        return lapse(part, calendar)
    if "last" in part:
        return between(part["first"], part["last"] + part.get("after", ""), calendar, festivals)
    if part["first"].endswith("之日"):
        start = calendar.starting(part["first"])
        return Days(start, None) if start else refused(NO_YEAR)
    if part["first"] == "印发次年":
        return Days(date(reference.year + 1, 1, 1), None) if reference else refused(NO_YEAR)
    calendar = still_ahead(part["first"], calendar, festivals)
    named_days = resolve(part["first"], calendar, festivals)
    days = limited(named_days, part.get("after", ""))
    if gone_by(part, days, named_days, calendar):
        following = replace(calendar, plan_year=reference.year + 1 if reference else None)
        days = limited(resolve(part["first"], following, festivals), part.get("after", ""))
    if "since" in part:
        return Days(days.first, None, days.reason)
    return Days(None, days.last, days.reason) if "to" in part or part["first"].endswith("内") else days


def still_ahead(first: str, calendar: Calendar, festivals: Festivals) -> Calendar:
    """The calendar of a month: in a text of November that plans for 明年, 十二月十日以前 is of its own year, 四月底以前 of the next."""
    if not calendar.ahead or calendar.said or not calendar.reference or "月" not in first or YEAR.search(first):
        return calendar
    own = replace(calendar, plan_year=calendar.own)
    days = resolve(first, own, festivals)
    return own if days.last and days.last >= calendar.reference else calendar


def gone_by(part: Mapping[str, str], days: Days, named_days: Days, calendar: Calendar) -> bool:
    """Whether a deadline without a year lies before the document's date: then the same of the next year is meant (春节前).

    `days` are those of the deadline, `named_days` those of what it names: 元旦前 ends the year before.
    """
    day = calendar.reference
    due = "to" in part or part.get("after", "").endswith(("前", "前后", "期间"))
    if day is None or days.last is None or YEAR.search(part["first"]) or calendar.plan_year not in (None, day.year):
        return False
    return due and days.last < day and named_days.last is not None and named_days.last.year == day.year


def limited(days: Days, after: str) -> Days:
    """`days` cut open by 前, 内, 起 and the like."""
    if days.last is None:
        return days
    if after in ("内", "以内", "之内", "年内"):
        return Days(None, days.last)
    if after in ("前", "之前", "以前"):
        return Days(None, days.last if days.closed or days.first is None else days.first - timedelta(1))
    if after in ("起", "以来"):
        return Days(days.first or days.last, None)
    if after in ("后", "以后", "之后", "过后"):
        return Days(days.last + timedelta(1), None)
    return days


def between(first: str, last: str, calendar: Calendar, festivals: Festivals) -> Days:
    """From the start of `first` to the end of `last`; what one leaves out the other lends."""
    first, last = spelled(first), spelled(last)
    if re.search("[0-9]$", first) and (unit := re.search("[年月日]", last)):
        first += unit[0]
    start = resolve(first, calendar, festivals)
    if start.first and first[:1] not in ("今", "即"):
        calendar = replace(calendar, plan_year=start.first.year)
    if re.fullmatch("[^月年]+[日号]", last) and (month := re.search("[0-9一二三四五六七八九十]+ ?月", first)):
        last = month[0] + last
    end = resolve(last, calendar, festivals)
    if start.reason or end.reason:
        return refused(start.reason or end.reason or "")
    if start.first and end.last and end.last < start.first:
        return refused("it would end before it begins")
    return Days(start.first, end.last)


def spelled(printed: str) -> str:
    """A month or year in figures alone as one with its units: 2025.3 is 2025年3月."""
    if found := re.fullmatch("([0-9]{4})(?:[.]([0-9]{1,2}))?", printed):
        return f"{found[1]}年{found[2]}月" if found[2] else f"{found[1]}年"
    return printed


def lapse(part: Mapping[str, str], calendar: Calendar) -> Days:
    """`三年内`, `印发之日起30日内`: so long from the reference date; with a plan year alone, whole years from there.

    `五年内` in a five-year plan is until its end, and so are as many years as the plan has in one that bears no date.
    """
    unit, event = part["unit"].removeprefix("个"), part.get("event")
    reference, plan_year = calendar.starting(event or ""), calendar.plan_year
    if unit in ("工作日", "小时"):
        return refused(f"counted in {unit}")
    try:
        count = longest(part["count"]) + (numerals.value(part["half"]) if "half" in part else 0)
    except ValueError:
        return refused("no exact length")
    size = MONTHS.get(unit[0])
    if size == 12 and not event and spans(calendar, count):
        return Days(None, span_of_years(*calendar.span).last) if calendar.span else refused(NO_YEAR)
    if size == 12 and plan_year and not reference and count == int(count):
        return ending(date(plan_year - 1, 12, 31), int(count) * size)
    if reference is None:
        return refused(NO_YEAR)
    if size and count * size == int(count * size):
        return ending(reference, int(count * size))
    if size:
        return Days(None, reference + timedelta(int(count * size * 30)))
    days = int(count) * (7 if unit in ("周", "星期") else 1)
    if days > LONGEST * 366 or (reference.year + days // 365) > LAST_YEAR:
        return refused(f"{part['count']}{unit} is too long")
    return Days(None, reference + timedelta(days))


def early(part: Mapping[str, str], calendar: Calendar) -> Days:
    """`提前一个季度完成`: until so long before the end of the year that the text plans for."""
    try:
        count = int(longest(part["early"])) * MONTHS[part["unit"].removeprefix("个")[0]]
    except ValueError:
        return refused("no exact length")
    if calendar.base is None or not 0 < count < 12:
        return refused("no exact length" if calendar.base else NO_YEAR)
    return ending(date(calendar.base - 1, 12, 31), 12 - count)


def spans(calendar: Calendar, count: Decimal) -> bool:
    """Whether so many years are those of the plan that the text is."""
    if calendar.span is None or (calendar.reference and not calendar.five_year):
        return False
    return count == calendar.span[1] - calendar.span[0] + 1


def coming(printed: str, calendar: Calendar, after: int = 0) -> Days:
    """`今后五年`: so many whole years, the first of them that of the document, at its very end the next; `明后两年` begins one `after`."""
    try:
        count = int(longest(printed))
    except ValueError:
        return refused("no exact length")
    base = calendar.base and calendar.base + (after or at_the_turn("今后", calendar))
    return span_of_years(base, base + count - 1) if base and count else refused(NO_YEAR)


def planned(printed: str, calendar: Calendar) -> Days:
    """`五年累计新增`: the years of the plan where it has so many, else so many from now on."""
    if calendar.span and calendar.span[1] - calendar.span[0] + 1 == longest(printed):
        return span_of_years(*calendar.span)
    return coming(printed, calendar)


def ending(start: date, count: int) -> Days:
    """Open until the day `count` months after `start`, or the last day of that month."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    if year > LAST_YEAR:
        return refused(f"{count} months are too long")
    return Days(None, date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])))


def longest(printed: str) -> Decimal:
    """The count of a span of time; of a range (`三至五`) or two neighbouring digits (`两三`) the greater.

    Raises:
        ValueError: `printed` is no number.
    """
    last = re.split("[至到、—-]+", printed.strip())[-1]
    try:
        return numerals.bounds(last)[1]
    except ValueError:
        return numerals.value(last)
