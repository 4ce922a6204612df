"""Healing: offsets lead back to the raw text, nothing is put in, and nothing but layout is taken out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalisation import Text, heal

ANY = st.text(st.characters(exclude_categories=()), max_size=200)
LIKELY = st.text("建设村路。，、：；（）《》“”一二是要12年月%.-—· 　\t\n\r\u200b\ufeff\x0c＝繁車⾞", max_size=120)

PRINTED = {
    "甲镇\n乙镇": [
        "甲镇\n乙镇",
        "甲镇\r\n乙镇",
        "甲镇\r乙镇",
        "甲镇\n\n\n乙镇",
        "甲镇\x0c乙镇",
        "甲镇\u2028乙镇",
        "甲镇\x85乙镇",
        "甲镇 \n乙镇",
    ],
    "村路": [
        "村\u200b路",
        "村\u00ad路",
        "\ufeff村路",
        "村\x07路",
        "村\u2060路\ufe0f",
        "\u202a村路\u202c",
        "村\U000e0101路",
    ],
    "修好2025年的路": ["修好2 0 2 5 年的路", "修好2025 年的路"],
    "加快水站扩建。": ["\u200b加快水站扩建。\n", "\n\n加快水站扩建。 "],
    "共①②项 ½ ㎡": ["共①②项 ½ ㎡"],
    "首先，我镇将改造水站。": [
        "首先，我镇将改\x0c造水站。",
        "首先，我镇将改\n\x0c\n造水站。",
        "首先，我镇将改 \r\n\r\n\x0c　　造水站。",
    ],
    "首先，我镇将改造\n一、水站": ["首先，我镇将改造\x0c一、水站"],
    "守住底线 办好实事": ["守住底线 办好实事"],
    "镇长　石 岩": ["镇长　石 岩"],
}


@pytest.mark.parametrize(("printed", "raw"), [(printed, raw) for printed, raws in PRINTED.items() for raw in raws])
def test_what_is_printed(printed: str, raw: str) -> None:
    assert heal(raw).printed == printed


def test_the_raw_text_and_the_folded_one_stand_beside_it() -> None:
    raw = "鄉鎮２０２５年，\r\n修好⾞道"
    text = heal(raw)
    assert (text.raw, text.printed, text.folded) == (raw, "鄉鎮２０２５年，修好⾞道", "乡镇2025年,修好车道")


def test_spans_lead_back_over_a_page_break() -> None:
    raw = "今年要加快小河片区\n\n— 4 —\n\n改造进度，年底完工。"
    text = heal("首先。\r\n" + raw)
    start = text.printed.index("加快")
    end = text.printed.index("，年底")
    first, last = text.raw_span(start, end)
    assert text.raw[first:last] == "加快小河片区\n\n— 4 —\n\n改造进度"
    assert text.printed_span(first, last) == (start, end)


def test_empty_spans() -> None:
    text = heal(" 甲乙\n")
    assert text.printed == " 甲乙"
    assert text.raw_span(1, 1) == (1, 1)
    assert text.raw_span(3, 3) == (4, 4)
    assert text.raw_span(0, 3) == (0, 3)


def test_a_kept_break_stands_for_its_first_character() -> None:
    text = heal("甲镇。\r\n\r\n乙镇。")
    assert text.printed == "甲镇。\n乙镇。"
    assert text.raw_span(3, 4) == (3, 4)


def sound(text: Text) -> None:
    """Every property that each stage behind relies on."""
    assert len(text.printed) == len(text.folded) == len(text.offsets) - 1
    assert text.offsets[-1] == len(text.raw)
    assert all(before < after for before, after in zip(text.offsets, text.offsets[1:], strict=False))
    for character, offset in zip(text.printed, text.offsets, strict=False):
        assert character == text.raw[offset] or (character == "\n" and text.raw[offset].isspace())
    assert "\n\n" not in text.printed
    assert text.printed.strip("\n") == text.printed


@given(ANY)
def test_any_text_heals_soundly(raw: str) -> None:
    sound(heal(raw))


@given(LIKELY)
def test_any_likely_text_heals_soundly(raw: str) -> None:
    sound(heal(raw))


@given(LIKELY, st.data())
def test_any_span_leads_back_to_its_characters_in_order(raw: str, data: st.DataObject) -> None:
    text = heal(raw)
    start = data.draw(st.integers(0, len(text.printed)))
    end = data.draw(st.integers(start, len(text.printed)))
    first, last = text.raw_span(start, end)
    left = iter(raw[first:last])
    assert all(character in left for character in text.printed[start:end] if character != "\n")
    assert text.printed_span(first, last) == (start, end)


@given(st.text("建设村路办好学校，。；", max_size=100))
def test_a_text_without_layout_is_left_alone(raw: str) -> None:
    text = heal(raw)
    assert text.printed == raw
    assert list(text.offsets) == list(range(len(raw) + 1))
