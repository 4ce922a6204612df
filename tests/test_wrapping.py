"""Hard-wrapped pages, page marks and running headers: whole texts set in many ways come back as they were."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalisation import heal
from extractor.wrapping import superfluous

PARAGRAPHS = [
    "青川镇2025年工作打算",
    "各位代表：",
    "现在，我代表镇人民政府，向大会报告今年的工作安排，请予审议，并请列席人员提出意见。",
    "一、重点任务",
    "一是修好村路。年底前完成东河、西河、南坡三条村路的路面硬化，全长12.6公里，惠及群众4300余人；同步安装路灯260盏。",
    "二是办好学校。新建中心幼儿园一所，改造村小食堂五处，每学期开展两次食品安全检查，让家长放心、让孩子吃好。",
    "三是管好水源。将北山水库列入一级保护区，拆除沿岸违建9处，修订水源地管护办法，落实巡查责任到村到人。",
    "二、保障措施",
    "镇政府每月召开一次调度会，逐项对账销号；对进展缓慢的单位和个人，由镇纪委约谈提醒，确保各项任务按期完成。",
    "青川镇人民政府",
    "2025年1月5日",
]
CLOSING = "，。；、：！？”）》"


def columns(text: str) -> int:
    return sum(1 if character.isascii() else 2 for character in text)


def lines_of(paragraph: str, width: int, indent: int) -> list[str]:
    """The paragraph cut at `width` half-width columns; a closing sign may hang over the margin."""
    lines, used = [""], indent
    for character in paragraph:
        if used + columns(character) > width and character not in CLOSING:
            lines.append("")
            used = 0
        lines[-1] += character
        used += columns(character)
    return lines


def page_of(style: str, width: int) -> list[str]:
    """All paragraphs set in one style."""
    lines: list[str] = []
    for paragraph in PARAGRAPHS:
        first, rest = {"indented": ("　　", ""), "margin": ("          ", "      "), "flush": ("", "")}[style]
        head, *tail = lines_of(paragraph, width, 4 if first else 0)
        lines += [first + head, *(rest + line for line in tail)]
    return lines


def with_marks(lines: list[str], every: int, form: str, header: str = "") -> str:
    """The lines with a page mark, and a running header, behind every so many."""
    out: list[str] = []
    for number, line in enumerate(lines, start=1):
        out.append(line)
        if number % every == 0:
            out += ["", form.format(number // every), *([header] if header else []), ""]
    return "\n".join(out)


def stripped(raw: str) -> list[str]:
    return [paragraph.strip() for paragraph in heal(raw).printed.split("\n")]


@pytest.mark.parametrize("width", [30, 44, 56])
@pytest.mark.parametrize("style", ["indented", "margin", "flush"])
def test_a_wrapped_page_comes_back_whole(style: str, width: int) -> None:
    assert stripped("\n".join(page_of(style, width))) == PARAGRAPHS


@pytest.mark.parametrize("form", ["- {} -", "— {} —", "·{}·", "第{}页 共9页", "{} ·"])
@pytest.mark.parametrize("every", [4, 5, 7])
def test_page_marks_go_with_their_breaks(form: str, every: int) -> None:
    assert stripped(with_marks(page_of("indented", 44), every, form)) == PARAGRAPHS


def test_running_headers_go_where_a_sentence_crosses_the_page() -> None:
    lines = page_of("indented", 44)
    raw = with_marks(lines, 5, "- {} -", "青川镇文件汇编")
    healed = [paragraph for paragraph in stripped(raw) if paragraph != "青川镇文件汇编"]
    assert healed == PARAGRAPHS
    assert stripped(raw).count("青川镇文件汇编") < raw.count("青川镇文件汇编")


@pytest.mark.parametrize("mark", ["— 4 —", "第1页 共2页", "· 4 ·", "4", "· \t·"])
def test_a_page_mark_inside_a_sentence(mark: str) -> None:
    raw = f"各企业要在3月底前完成自查，各运\n\n{mark}\n\n输中队要严查超载，一律处罚。"
    assert heal(raw).printed == "各企业要在3月底前完成自查，各运输中队要严查超载，一律处罚。"


@pytest.mark.parametrize("mark", ["— 4 —", "第1页 共2页"])
def test_a_page_mark_between_paragraphs(mark: str) -> None:
    assert heal(f"说到做到。\n\n{mark}\n\n真抓实干").printed == "说到做到。\n真抓实干"
    assert heal(f"{mark}\n说到做到。\n{mark}").printed == "说到做到。"


@pytest.mark.parametrize("tail", ["  382 ", " 3 8 2", " · 382 ·"])
def test_a_page_number_at_the_end_of_a_cut_line(tail: str) -> None:
    raw = f"控制规模，提高质量。要把工作的重{tail}\n　　\n点放在农村，逐步降低成本。"
    assert heal(raw).printed == "控制规模，提高质量。要把工作的重点放在农村，逐步降低成本。"


CUT = "今年修好村路三条。同时加快北河水站"
GOING_ON = "扩建工程进度，年底前供水。"


@pytest.mark.parametrize(
    "raw",
    [
        "今年稳住物价，广义货币M\n\n2\n\n和融资规模适度增长。",
        "今年稳住物价，居民收入增长\n\n8\n\n%左右，持平。",
        "今年稳住物价，村级水站达到\n\n8\n\n，年底完工。",
        "今年扩大供水，新建\n\n12\n\n个村级水站，年底完工。",
        f"{CUT}\n12\n{GOING_ON}",
    ],
)
def test_a_number_alone_that_belongs_to_the_sentence_stays(raw: str) -> None:
    assert any(character.isdigit() for character in heal(raw).printed)


@pytest.mark.parametrize("between", ["\n\n12\n\n", "\n\n12\n", "\n12\n\n", "\n  12\n"])
def test_a_bare_number_that_stands_apart_inside_a_sentence_is_a_page(between: str) -> None:
    assert heal(CUT + between + GOING_ON).printed == CUT + GOING_ON
    assert heal(CUT + "," + between + GOING_ON).printed == CUT + "," + GOING_ON


def test_a_page_number_in_a_wrapped_page_may_follow_a_figure() -> None:
    lines = ["县政府将在年底前修好三条村路并改造水站"] * 6
    raw = "\n".join([*lines, "县政府将在年底前修好三条村路并改造水12", "7", "40座年底供水。"])
    assert heal(raw).printed.endswith("改造水1240座年底供水。")


def test_a_header_between_a_number_and_its_unit() -> None:
    raw = "青川镇年鉴\n\n- 1 -\n\n今年修好村路，投资2\n\n- 2 -\n青川镇年鉴\n\n亿元，年底通车。"
    assert heal(raw).printed == "青川镇年鉴\n今年修好村路，投资2亿元，年底通车。"


@pytest.mark.parametrize("line", ["工作要求", "牵头单位：县水务局", "一、总体要求"])
def test_a_line_that_recurs_is_no_header_unless_it_stands_beside_page_marks(line: str) -> None:
    beside = "" if line == "工作要求" else "- 2 -\n"
    raw = f"- 1 -\n\n开篇的话。\n\n{line}\n\n{CUT}\n{beside}{line}\n\n{GOING_ON}"
    assert heal(raw).printed == f"开篇的话。\n{line}\n{CUT}\n{line}\n{GOING_ON}"


def test_no_more_lines_are_leapt_over_than_a_page_break_has() -> None:
    numbers = "\n\n".join("7482")
    assert heal(f"{CUT}\n\n{numbers}\n\n{GOING_ON}").printed == "\n".join([CUT, *"7482", GOING_ON])


def test_numbers_that_do_not_count_up_are_no_pages() -> None:
    body = [f"第{number}段讲村路建设，内容到此为止。" * 20 for number in range(4)]
    raw = "\n".join(f"{text}\n{number}" for text, number in zip(body, (31, 7, 90, 12), strict=True))
    assert [line for line in stripped(raw) if line.isdigit()] == ["31", "7", "90", "12"]


def test_a_figure_at_the_end_of_a_line_is_no_page_number() -> None:
    figure = "今年修好村路三条。完成投资  382"
    assert heal(figure + "\n亿元，超过计划。").printed == figure + "亿元，超过计划。"
    assert heal("目录。修好村路  12\n　　改造水站。").printed == "目录。修好村路  12\n　　改造水站。"


def test_bare_numbers_that_count_up_are_pages_unless_they_number_rows() -> None:
    page = "\n".join(f"第{number}段讲村路建设，内容到此为止。" * 20 + f"\n{number}" for number in range(1, 6))
    assert not [line for line in stripped(page) if line.isdigit()]
    rows = "\n".join(f"{number}\n修好村路。" for number in range(1, 6))
    assert [line for line in stripped(rows) if line.isdigit()] == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("every", [2, 4])
@pytest.mark.parametrize("form", ["{}", " {}"])
def test_bare_page_numbers_inside_the_sentences_of_a_wrapped_page(every: int, form: str) -> None:
    sentence = "镇政府将在年底前修好三条村路并新建一所幼儿园和两处供水站同时改造老旧河道方便群众出行和用水" * 4 + "。"
    raw = with_marks(lines_of(sentence, 40, 0), every, form)
    assert heal(raw).printed == sentence
    assert heal(raw.replace("\n\n", "\n")).printed == sentence


def test_blank_lines_and_outer_space_go() -> None:
    assert heal("\n\n　　甲镇。  \n \n\t\n  乙镇。\n\n").printed == "　　甲镇。\n  乙镇。"


@pytest.mark.parametrize("raw", ["", "\n", "  \n\t\n", "- 3 -", "- 3 -\n\n— 4 —\n"])
def test_nothing_is_left_of_an_empty_page(raw: str) -> None:
    assert heal(raw).printed == ""


@given(st.text("建设，。、：（）“”一是1234-· 　\n", max_size=80))
def test_what_is_taken_out_is_space_and_page_marks(text: str) -> None:
    spans = superfluous(text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(set(text[start:end]) <= set("1234-·。 　\n") for start, end in spans)


@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=1, max_size=8), st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n"]))
def test_healing_twice_changes_nothing(paragraphs: list[str], border: str) -> None:
    once = heal(border.join(paragraphs)).printed
    assert heal(once).printed == once
