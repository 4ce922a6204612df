"""The layout of a text: lines with their offsets, wrapped or not, indented, parted, fragmented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.layout import Layout, ends_sentence, look, split

SENTENCE = "我镇将修好三条村路，新建一所幼儿园，改造两处供水站，并在年底前全部投入使用。"
ENDS = [
    "完成。",
    "好！",
    "吗？",
    "如下：",
    "路；",
    "（由县交通局负责。）",
    "说：“马上办。”",
    "完成。（县水务局牵头）",
    "办……",
    "服务.",
]
GOES_ON = [
    "完成",
    "如下，",
    "道路（含桥梁）",
    "（县水务局牵头）",
    "《办法》",
    "的",
    "”",
    "）",
    "村路（一期",
    "完成。今",
    "完成。（含）“清河”",
]


def wrapped(paragraph: str, width: int, margin: str = "") -> list[str]:
    return [margin + paragraph[at : at + width] for at in range(0, len(paragraph), width)]


def layout(lines: list[str]) -> Layout:
    return look(list(split("\n".join(lines))))


@pytest.mark.parametrize("line", ENDS)
def test_lines_that_end_a_sentence(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", GOES_ON)
def test_lines_that_do_not(line: str) -> None:
    assert not ends_sentence(line)


def test_whole_paragraphs_are_not_wrapped() -> None:
    found = layout([SENTENCE * times for times in (3, 1, 5, 2, 4, 1, 6)])
    assert (found.width, found.indent, found.gap, found.punctuated) == (0, 0, 0, True)


@pytest.mark.parametrize("width", [20, 28, 36, 60])
@pytest.mark.parametrize("margin", ["", "      "])
def test_wrapped_lines_have_a_width(width: int, margin: str) -> None:
    lines = [line for times in (3, 2, 5, 4) for line in wrapped(SENTENCE * times, width, margin)]
    assert layout(lines).width == 2 * width + len(margin)


def test_verse_and_lists_are_not_wrapped() -> None:
    assert layout(["山高路远，水急滩险。", "前人种树，后人乘凉。"] * 8).width == 0
    assert layout(["一是修好村路", "二是架设桥梁", "三是疏浚河道"] * 5).width == 0
    assert layout(["村路" * times for times in range(6, 30)]).width == 0
    assert layout([*["县政府将在年底前修好三条村路的名单"] * 10, *["村路和水站的改造" * 6] * 8]).width == 0


def test_indentation_is_counted_in_half_widths() -> None:
    assert [line.indent for line in split("　　甲\n    乙\n\t丙\n丁\n 　戊")] == [4, 4, 4, 0, 3]
    assert layout(["　　" + SENTENCE] * 5).indent == 4
    assert layout([SENTENCE, "　　" + SENTENCE] * 4).indent == 0


def test_the_indentation_of_a_wrapped_page_is_that_of_its_paragraphs() -> None:
    full, stopped = "我镇将修好三条村路并新建幼儿园一所和", "我镇将修好三条村路并新建幼儿园一所。"
    page = ["　　" + full[:-2], full, stopped, full, "全部投入使用。"] * 6
    assert (layout(page).width, layout(page).indent) == (36, 4)


def test_the_usual_gap() -> None:
    assert layout("\n\n".join([SENTENCE] * 6).split("\n")).gap == 1
    assert layout([SENTENCE] * 6).gap == 0
    assert layout([SENTENCE, SENTENCE, "", SENTENCE, "", "", SENTENCE, SENTENCE, "", SENTENCE]).gap is None
    assert layout([SENTENCE] * 3).gap is None


def test_fragments_of_a_copied_page() -> None:
    pieces = ["依照《", "水法", "》，我县将修订", "管护办法", "，并公布", "清单", "。"]
    parted = "\n\n".join([SENTENCE] * 6).split("\n")
    assert layout([*parted, "", *pieces]).fragmented
    assert not layout(parted).fragmented
    assert not layout([*[SENTENCE] * 6, *pieces]).fragmented
    assert not layout([*parted, "", *"\n\n".join(pieces).split("\n")]).fragmented
    assert not layout([*parted, "", *[piece.strip("》，。") for piece in pieces if piece != "。"]]).fragmented


def test_texts_without_full_stops() -> None:
    assert not layout([SENTENCE.rstrip("。")] * 6).punctuated


@given(st.text("建设 　\t\n", max_size=60))
def test_lines_stand_where_they_say(text: str) -> None:
    lines = list(split(text))
    assert [line.text for line in lines] == [line.strip() for line in text.split("\n") if line.strip()]
    for line in lines:
        assert text[line.start : line.end] == line.text
        assert text[line.opens : line.start].strip() == ""
        assert line.opens == 0 or text[line.opens - 1] == "\n"
    assert sum(line.blanks + 1 for line in lines) <= text.count("\n") + 1
