"""Letterspacing: one value, the ways it is set apart; and spaces that part things."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.spacing import HAN, SPACE, superfluous

CLOSED_UP = {
    "1998年": ["1 9 9 8 年", "1 9 9 8年", "199 8年", "1998 年", "1998  年", "1　9　9　8　年"],
    "2025": ["2 0 2 5", "2　0　2　5"],
    "１９９８年": ["１ ９ ９ ８ 年", "１９９８ 年"],
    "2023年6月2日": ["2 0 2 3 年 6 月 2 日", "2023 年 6 月 2 日", "2023年 6月 2日"],
    "到2025年底": ["到 2025 年 底", "到2025 年 底", "到 2 0 2 5 年底"],
    "第3季度": ["第 3 季度", "第 3季度", "第3 季度"],
    "8%": ["8 %", "8　%"],
    "20%": ["2 0%", "2 0 %"],
    "约３５％": ["约３ ５％", "约３５ ％"],
    "新增学位2160个": ["新增学位2 160个", "新增学位2 1 6 0个", "新增学位2 160 个"],
    "投资2000万元": ["投资2 000万元", "投资2 000 万元", "投资2 0 0 0万元"],
    "访问1372": ["访问1 372"],
    "1234567.8元": ["1 234 567.8元", "1 234 567.8 元"],
    "3.5": ["3 .5"],
    "达到3.5%": ["达到3 .5%", "达到3. 5%", "达到3.5 %"],
    "清淤32万立方米": ["清淤3 2万立方米"],
    "植树500多棵": ["植树5 0 0多棵"],
    "配套道路38公里": ["配套道路38 公里", "配套道路 38 公里"],
    "政府工作报告": ["政 府 工 作 报 告", "政　府　工　作　报　告", "政  府  工  作  报  告"],
}
LEFT_ALONE = [
    "2017 2018 2019",
    "1 2 3 4 5",
    "甲 12 345 67 乙",
    "12 34",
    "20 19个",
    "1. 2025年完成",
    "1. 3个村通车",
    "县住建局 2024年5月",
    "局长 石 岩",
    "镇长　白 大 川",
    "守住底线 办好实事",
    "目	录",
    "第一章　总则",
    "5G 基站",
    "1 2 3 4 5 6 7 8 9 0 1 2个",
    "2024\n年",
    "1 9\n9 8",
]


def closed_up(text: str) -> str:
    for start, end in reversed(superfluous(text)):
        text = text[:start] + text[end:]
    return text


@pytest.mark.parametrize(("value", "text"), [(value, text) for value, texts in CLOSED_UP.items() for text in texts])
def test_letterspacing_is_closed_up(value: str, text: str) -> None:
    assert closed_up(text) == value


@pytest.mark.parametrize("text", [*LEFT_ALONE, *CLOSED_UP])
def test_other_spaces_stay(text: str) -> None:
    assert closed_up(text) == text


@given(st.text("12309 　.%年月日个第到建设\n", max_size=40))
def test_only_spaces_are_taken_out_in_order_and_never_a_line_break(text: str) -> None:
    spans = superfluous(text)
    assert all(re.fullmatch(f"{SPACE}+", text[start:end]) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(st.integers(1900, 2099), st.integers(1, 12), st.integers(1, 31))
def test_any_spaced_date_is_closed_up(year: int, month: int, day: int) -> None:
    date = f"{year}年{month}月{day}日"
    assert closed_up(" ".join(date)) == date


def test_all_chinese_characters_count_as_such() -> None:
    assert all(re.fullmatch(HAN, character) for character in "一龥㐀豈鿿")
