"""When and by when: sentences grouped by interval, near misses, and properties over any text."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import periods, rulebook
from extractor.dates import Calendar

RULES = rulebook.load()
REFERENCE = date(2024, 3, 15)
TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data/periods.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
MARKS = re.compile("[⟦⟧]")
LETTERS = (
    "0123456789今明去本年月日号上下半季度第一二三四五九十〇零到至从自起前后内底末初中旬“”期间世纪叶国庆春节汛以之"
    "全印发受理个周天工作—-《》 \n的"
)
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))


def test_the_table_is_there() -> None:
    assert len(TABLE) >= 350
    assert sum(norm == "-" for norm, _ in TABLE) >= 100


@pytest.mark.parametrize(("norms", "sentence"), TABLE)
def test_sentences_by_interval(norms: str, sentence: str) -> None:
    plain = MARKS.sub("", sentence)
    found = periods.find(plain, RULES, REFERENCE)
    shown = plain
    for period in reversed(found):
        shown = f"{shown[: period.start]}⟦{period.text}⟧{shown[period.end :]}"
    assert (" ; ".join(str(period.norm) for period in found) or "-", shown) == (norms, sentence)


def test_every_rule_decides_a_row() -> None:
    deciding = {p.rule for _, sentence in TABLE for p in periods.find(MARKS.sub("", sentence), RULES, REFERENCE)}
    assert deciding == {rule.id for rule in RULES.family("period")}


@pytest.mark.parametrize("rule", RULES.family("period"), ids=lambda rule: rule.id)
def test_every_example_is_reached(rule: rulebook.Rule) -> None:
    for example in rule.positive:
        plain = MARKS.sub("", example)
        found = periods.find(plain, RULES, REFERENCE)
        for mark in re.finditer("⟦([^⟧]+)⟧", example):
            start = len(MARKS.sub("", example[: mark.start()]))
            assert any(p.start <= start and p.end >= start + len(mark[1]) for p in found), example


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("今年", "2030-01-01/2030-12-31"),
        ("明年", "2025-01-01/2025-12-31"),
        ("年底前", "../2030-12-31"),
        ("6月底前", "../2030-06-30"),
        ("2025年", "2025-01-01/2025-12-31"),
        ("今后三年", "2030-01-01/2032-12-31"),
        ("国庆前", "../2030-09-30"),
    ],
)
def test_the_plan_year_goes_before_the_date(text: str, norm: str) -> None:
    (period,) = periods.find(text, RULES, REFERENCE, plan_year=2030)
    assert period.norm == norm


@pytest.mark.parametrize(
    ("text", "calendar", "norm"),
    [
        ("五年内", Calendar(REFERENCE, None, (2021, 2025), five_year=True), "../2025-12-31"),
        ("三年内", Calendar(REFERENCE, None, (2021, 2025), five_year=True), "../2027-03-15"),
        ("三年内", Calendar(REFERENCE, None, (2024, 2026)), "../2027-03-15"),
        ("三年内", Calendar(None, 2024, (2024, 2026)), "../2026-12-31"),
        ("规划期内", Calendar(None, 2021, (2021, 2025), five_year=True), "2021-01-01/2025-12-31"),
        ("明年", Calendar(REFERENCE, 2025), "2025-01-01/2025-12-31"),
        ("今年", Calendar(REFERENCE, 2025), "2025-01-01/2025-12-31"),
        ("春节前", Calendar(REFERENCE), "../2025-01-28"),
        ("春节前", Calendar(REFERENCE, 2024), "../2025-01-28"),
        ("春节前", Calendar(REFERENCE, 2023), "../2023-01-21"),
        ("1月底前", Calendar(REFERENCE), "../2025-01-31"),
        ("今年1月底前", Calendar(REFERENCE), "../2024-01-31"),
        ("2月", Calendar(date(2024, 2, 20)), "2024-02-01/2024-02-29"),
        ("全年", Calendar(date(2024, 12, 31)), "2025-01-01/2025-12-31"),
        ("全年", Calendar(date(2024, 12, 2)), "2024-01-01/2024-12-31"),
        ("全年", Calendar(date(2024, 12, 31), 2024), "2024-01-01/2024-12-31"),
        ("元旦前", Calendar(date(2024, 1, 1)), "../2024-12-31"),
        ("国庆前后", Calendar(date(2024, 12, 2)), "2025-10-01/2025-10-01"),
        ("季度末", Calendar(date(2024, 11, 2)), "../2024-12-31"),
        ("12月10日以前", Calendar(date(2024, 11, 20), 2025, ahead=True), "../2024-12-10"),
        ("今年12月", Calendar(date(2024, 11, 20), 2025, ahead=True), "2024-12-01/2024-12-31"),
        ("今冬明春", Calendar(date(2024, 11, 20), 2025, ahead=True), "2024-12-01/2025-05-31"),
        ("4月底以前", Calendar(date(2024, 11, 20), 2025, ahead=True), "../2025-04-30"),
        ("12月10日以前", Calendar(date(2024, 11, 20), 2025), "../2025-12-10"),
        ("今年12月", Calendar(date(2025, 1, 20), 2025), "2025-12-01/2025-12-31"),
        ("自本办法施行之日起30日内", Calendar(REFERENCE, in_force=date(2024, 7, 1)), "../2024-07-31"),
        ("自发布之日起15日内", Calendar(REFERENCE, in_force=date(2024, 7, 1)), "../2024-03-30"),
        ("从本办法施行之日起", Calendar(REFERENCE, in_force=date(2024, 7, 1)), "2024-07-01/.."),
    ],
)
def test_the_calendar_of_a_text_decides(text: str, calendar: Calendar, norm: str) -> None:
    (period,) = periods.find_by(text, RULES, lambda _: calendar, RULES.festivals)
    assert period.norm == norm


def test_with_a_plan_year_alone_years_count_from_it() -> None:
    assert [p.norm for p in periods.find("三年内建成", RULES, None, 2021)] == ["../2023-12-31"]


@pytest.mark.parametrize(
    "text",
    ["今年", "年底前", "6月底前", "三年内", "国庆前", "月底", "今天起到6月15日", "自印发之日起", "自印发次年起",
     "今后三年", "用三年时间", "季度末", "从现在起", "明天", "下周三", "这个月", "到本世纪中叶", "九十年代", "下个月", "春节前", "年内"],
)  # fmt: skip
def test_without_any_date_the_reason_is_given(text: str) -> None:
    (period,) = periods.find(text, RULES)
    assert period.norm is None
    assert period.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("三夏前", "三夏 has no fixed day"),
        ("任期内", "任期 has no fixed day"),
        ("次年3月底前", "次年 counts from another year"),
        ("20—25日", "no month is named"),
        ("规划期内", "the text is no plan for several years"),
        ("印发之日起10个工作日内", "counted in 工作日"),
        ("2月30日前", "the month has no day 30"),
        ("年初", "初 has no fixed border"),
        ("2025年至2020年", "it would end before it begins"),
        ("99999年内", "too long"),
        ("“九五五”期间", None),
    ],
)
def test_reasons(text: str, reason: str | None) -> None:
    found = periods.find(text, RULES, REFERENCE)
    if reason is None:
        assert found == []
        return
    assert found[0].norm is None
    assert reason in (found[0].reason or "")


def test_years_outside_the_window_are_refused() -> None:
    (period,) = periods.find("“四十九五”期间", RULES, REFERENCE)
    assert period.norm is None
    assert "outside 1900..2100" in (period.reason or "")


@given(st.text(LETTERS, max_size=30), st.none() | DAYS, st.none() | st.integers(1950, 2090))
def test_hits_are_ordered_and_intervals_run_forward(view: str, reference: date | None, plan_year: int | None) -> None:
    border = 0
    for period in periods.find(view, RULES, reference, plan_year):
        assert view[period.start : period.end] == period.text
        assert border <= period.start < period.end
        assert "\n" not in period.text
        assert (period.reason is None) == (period.norm is not None)
        if period.start_date and period.end_date:
            assert period.start_date <= period.end_date
        border = period.end


@given(st.text())
def test_any_text_is_read(view: str) -> None:
    periods.find(view, RULES, REFERENCE)


@given(DAYS)
def test_a_printed_date_is_that_day(day: date) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日"
    assert [p.norm for p in periods.find(printed, RULES)] == [f"{day}/{day}"]
    assert [p.norm for p in periods.find(printed + "前", RULES)] == [f"../{day}"]
    assert [p.norm for p in periods.find("自" + printed + "起", RULES)] == [f"{day}/.."]


@given(DAYS, DAYS)
def test_a_printed_interval_is_read_back(one: date, other: date) -> None:
    first, last = sorted((one, other))
    printed = f"{first.year}年{first.month}月{first.day}日至{last.year}年{last.month}月{last.day}日"
    assert [p.norm for p in periods.find(printed, RULES)] == [f"{first}/{last}"]


@pytest.mark.parametrize("norms", sorted({norms for norms, _ in TABLE if norms not in ("-", "None", "../2100-12-31")}))
def test_every_norm_printed_again_is_read_as_itself(norms: str) -> None:
    for norm in norms.split(" ; "):
        first, last = ("" if end == ".." else in_words(date.fromisoformat(end)) for end in norm.split("/"))
        printed = f"{first}至{last}" if first and last else f"自{first}起" if first else f"{last}前"
        assert [period.norm for period in periods.find(printed, RULES)] == [norm]


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@given(st.sampled_from([MARKS.sub("", sentence) for _, sentence in TABLE]))
def test_full_width_text_gives_the_same_norms(sentence: str) -> None:
    wide = sentence.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789"})
    assert [p.norm for p in periods.extract(wide, REFERENCE)] == [p.norm for p in periods.extract(sentence, REFERENCE)]


@given(st.text() | st.text(LETTERS), st.none() | DAYS)
def test_any_text_is_read_on_its_own(text: str, reference: date | None) -> None:
    for period in periods.extract(text, reference):
        assert period.text[0] == text[period.start]
        assert period.text[-1] == text[period.end - 1]


def test_the_caller_may_give_the_days_of_festivals() -> None:
    days = {2024: {"汛期": date(2024, 6, 1)}}
    assert [p.norm for p in periods.extract("汛期前完工，春节前结清。", REFERENCE, festivals=days)] == [
        "../2024-05-31",
        "../2025-01-28",
    ]


@pytest.mark.parametrize(
    ("view", "norms"),
    [
        ("三月动工\n十二月完工", ["2024-03-01/2024-03-31", "2024-12-01/2024-12-31"]),
        ("十一月备料\n十二月动工", ["2023-11-01/2023-11-30", "2023-12-01/2023-12-31"]),
    ],
)
def test_a_month_gone_by_in_a_plan_for_next_year_takes_those_behind_it_along(view: str, norms: list[str]) -> None:
    calendar = Calendar(date(2023, 11, 20), 2024, ahead=True)
    found = periods.find_by(view, RULES, lambda _: calendar, RULES.festivals)
    assert [period.norm for period in found] == norms
