"""Number forms and their exact values."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import numerals

SPELLED = "零一二三四五六七八九"
VALUES = {
    "0": ("0", "零", "〇"),
    "2": ("2", "二", "两", "2.0"),
    "10": ("10", "十", "一十"),
    "12": ("12", "十二", "一十二"),
    "20": ("20", "二十", "2十"),
    "105": ("105", "一百零五", "一百〇五"),
    "110": ("110", "一百一十", "一百一"),
    "250": ("250", "二百五", "二百五十"),
    "1100": ("1100", "1,100", "一千一百", "一千一", "1.1千"),
    "2016": ("2016", "二〇一六", "二○一六", "二零一六", "两千零一十六"),
    "12000": ("12000", "1.2万", "一万二", "一万二千", "12千", "12,000", "1 .2 万"),
    "10050000": ("1005万", "一千零五万"),
    "100500000": ("一亿零五十万", "10050万"),
    "120000000": ("1.2亿", "一亿二千万", "12000万"),
    "120000000000": ("一千二百亿", "1200亿", "1,200亿"),
    "1000000000000": ("万亿", "1万亿", "一万亿"),
    "1300000000000": ("1.3万亿", "一点三万亿", "1 · 3万亿"),
    "1500000000000": ("一万五千亿", "15000亿"),
    "600000000": ("六万万", "6亿"),
    "6.5": ("6.5", "六点五", "6·5"),
    "0.25": ("0.25", "零点二五"),
    "386.1": ("三百八十六点一", "386.1"),
}
RANGES = {
    "一两": (1, 2),
    "七八": (7, 8),
    "三五": (3, 5),
    "十七八": (17, 18),
    "三四十": (30, 40),
    "二三百": (200, 300),
    "一两千万": (10_000_000, 20_000_000),
    "两三亿": (200_000_000, 300_000_000),
}


@pytest.mark.parametrize(("value", "form"), [(value, form) for value, forms in VALUES.items() for form in forms])
def test_forms_of_one_value(value: str, form: str) -> None:
    assert numerals.value(form) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "一二",
        "一二三",
        "两两",
        "带",
        "点五",
        "五点",
        "五点点一",
        "一百二三",
        "1一",
        "，",
        "第一",
        "1,,",
        "1,10",
        ".",
    ],
)
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        numerals.value(text)


@pytest.mark.parametrize(("text", "expected"), RANGES.items())
def test_two_neighbouring_digits(text: str, expected: tuple[int, int]) -> None:
    assert numerals.bounds(text) == tuple(map(Decimal, expected))


@pytest.mark.parametrize("text", ["", "八七", "一一", "两二", "七", "一百二三", "七八个", "〇一"])
def test_digits_that_make_no_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        numerals.bounds(text)


@given(st.integers(0, 10**16 - 1))
def test_number_to_numeral_and_back(number: int) -> None:
    assert numerals.value(spell(number)) == number


@given(st.integers(0, 10**16), st.integers(1, 4))
def test_separators_and_decimals(number: int, places: int) -> None:
    assert numerals.value(f"{number:,}") == number
    assert numerals.value(f"{number}.{'5' * places}万") == Decimal(f"{number}.{'5' * places}") * 10_000


@given(st.integers(0, 9999), st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_chinese_decimals(whole: int, places: list[int]) -> None:
    text = spell(whole) + "点" + "".join(SPELLED[place] for place in places)
    assert numerals.value(text) == Decimal(f"{whole}." + "".join(map(str, places)))


@given(st.text("零〇一二两三四五六七八九十百千万亿点0123456789,. ·"))
def test_any_string_is_a_number_or_refused(text: str) -> None:
    with suppress(ValueError):
        assert numerals.value(text) >= 0


def spell(number: int) -> str:
    """The standard Chinese numeral below 10**16."""
    if number < 10:
        return SPELLED[number]
    for base, name in ((10**8, "亿"), (10**4, "万"), (10**3, "千"), (10**2, "百"), (10, "十")):
        if number >= base:
            head, rest = divmod(number, base)
            return spell(head) + name + (("零" if rest < base // 10 else "") + spell(rest) if rest else "")
    raise AssertionError(number)
