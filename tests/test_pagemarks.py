"""Page marks, and lines that only look like them."""

from __future__ import annotations

import pytest

from extractor.pagemarks import is_bare_number, is_mark, without_trailing

MARKS = [
    *["- 3 -", "-3-", "— 12 —", "–4–", "·3·", "• 7 •", "~5~", "- 1 1 -"],
    *["31 ·", "8 -", "．\t6．", "。321。", "· 323．", "１２ ·"],
    *[
        "第1页",
        "第 1 页 共 2 页",
        "第1页 共2页",
        "第3页/共10页",
        "共10页 第3页",
        "第十二页",
        "- 第2页 -",
        "第1页（共3页）",
    ],
    *["Page 3", "Page 3 of 10", "p. 7", "3/12", "3 / 12"],
    *["——", "-----", "* * *", "· \t·", "。\t。", "====", "____"],
]
NO_MARKS = [
    *["。", "，", "、", "》", "）", "12", "2.5", "1.", "（1）", "一、", "①", "2019年", "—1998年—", "第一章", "第1条"],
    *["第2页起见附表", "共同富裕", "Party", "- 修路 -", "3/12亩", "·水利·", "— 12345 —", "3月", "第三版"],
]
BARE = {
    "3": True,
    "12": True,
    "1 2": True,
    "１２": True,
    "2025": True,
    "12345": False,
    "3.5": False,
    "3个": False,
    "": False,
}
TRAILING = {
    "把工作的重  382": "把工作的重",
    "把工作的重 3 8 2": "把工作的重",
    "计划增加贷款 · 320 ·": "计划增加贷款",
    "计划增加贷款 - 20 -": "计划增加贷款",
    "计划增加贷款 20": "计划增加贷款 20",
    "计划增加到20": "计划增加到20",
    "分为 2017  2018": "分为 2017  2018",
    "": "",
}


@pytest.mark.parametrize("line", MARKS)
def test_page_marks(line: str) -> None:
    assert is_mark(line)


@pytest.mark.parametrize("line", NO_MARKS)
def test_lines_of_text(line: str) -> None:
    assert not is_mark(line)


@pytest.mark.parametrize(("line", "is_number"), BARE.items())
def test_bare_numbers(line: str, is_number: bool) -> None:
    assert is_bare_number(line) is is_number


@pytest.mark.parametrize(("line", "text"), TRAILING.items())
def test_a_page_number_at_the_end_of_a_line(line: str, text: str) -> None:
    assert without_trailing(line) == text
