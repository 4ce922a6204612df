"""Line breaks inside sentences and between paragraphs, by the evidence that decides.

`⏎` is a line break that is taken out, `¶` one that stays; each stands for as many blank lines as the case says.
"""

from __future__ import annotations

import pytest

from extractor.continuation import Break, goes_on, stands_alone
from extractor.layout import Layout, Line
from extractor.normalisation import heal

PARAGRAPH = "去年全县修好村路九条，新建幼儿园三所，改造供水站两处，群众出行、入园和用水都更加方便，十分满意。"
"""Whole paragraphs of their own about the case let the text show how it is set."""

ANYWHERE = {
    "a sign that cannot open a paragraph": [
        "修好村路三条⏎，新建水站。",
        "修好村路三条⏎。",
        "他说：“马上修好村路。⏎”",
        "完成投资两亿元（含征地费⏎）以上",
        "印发《管护办法⏎》并公布",
        "增长8⏎%左右",
    ],
    "an opening bracket": ["开展“⏎清河行动", "印发《⏎管护办法》", "开展“⏎清河行动”", "改造厂房（⏎一期）"],
    "an open bracket": [
        "深入开展“清河护⏎岸行动”，改善水质",
        "印发《村路管护⏎办法》并公布清单",
        "改造（含东河⏎西河两处）",
    ],
    "an enumerator alone on its line": [
        "一、⏎修好三条村路。",
        "（二）⏎新建一所学校。",
        "第三，⏎疏浚河道。",
        "二是⏎扩种果树。",
        "1.⏎修渠",
    ],
    "a comma": ["我们将修好村路，⏎新建水站。", "重点抓好村路、⏎水渠建设。", "今年起，⏎每年新建两座水站"],
    "a word that wants another": [
        "对村道沿线的⏎违建集中清理。",
        "加快水利和⏎交通建设",
        "推进园区与⏎镇区联通",
        "关于⏎村路建设的意见",
        "请各镇各⏎部门认真落实。",
    ],
    "a number and its unit": ["完成投资2⏎亿元。", "整治违建3⏎处"],
}
NOWHERE = {
    "an enumerator behind it": [
        "点亮老街的灯火¶二是补齐短板。",
        "创建示范村3个¶（四）办好实事。",
        "修好村路¶1.架桥",
        "修好村路¶①架桥",
        "修好村路¶第二，架桥",
        "修好村路¶——架桥",
        "工作打算¶第一章　总则",
        "任务如下¶第一条　修路",
    ],
    "a label, a date, a byline behind it": [
        "完成扩建¶牵头单位：县水务局",
        "说到做到¶（本报记者 石岩 整理）",
        "青川县人民政府¶2025年3月1日",
        "青川县人民政府¶二〇二五年三月一日",
        "实干兴镇 为民服务¶青川镇镇长　石　岩",
        "真抓实干¶本报记者石岩",
        "感谢支持¶【关于供水的咨询】（2024/3/1 9:20）",
    ],
    "titles and headings": [
        "青川镇工作要点¶（2025年1月5日）",
        "一、总体要求¶坚持为民服务，修好三条村路。",
        "（一）加快村路建设，方便群众出行¶今年修好三条村路。",
        "对标先进找差距，真抓实干开新局¶石岩同志的讲话。",
        "形势总的来看是好的¶我们要再接再厉，修好三条村路。",
        "青川县人民政府¶关于村路建设的通告",
        "提高生活品质，实现办园目的¶今年新建三所幼儿园。",
        "促进社会温和¶今年新建三所幼儿园。",
        "Village Roads¶Public Works",
        "真抓实干谋发展¶万众一心开新局",
        "修好村路三条¶、新建水站",
        "印发《村路管护办法》¶“清河行动”开始",
    ],
    "the end of a sentence": [
        "修好村路。¶新建水站。",
        "（责任单位：县水务局）¶加快建设水站。",
        "任务如下：¶修好村路",
        "他说：“马上办。”¶大家鼓掌",
        "完成扩建。（县水务局牵头）¶新建水站。",
    ],
}
CUT = "今年修好村路三条。同时加快北河水站¶扩建工程进度，年底前供水。"
LONG = (
    "今年我县继续抓好村路、水渠、桥梁、学校和医院等民生工程，修好村路三条，改造老旧水站九座，"
    "疏浚东河¶西河两条河道，方便群众。"
)
"""No full stop before the break: it takes a gap of another width to tell it from a title."""


def laid_out(case: str, blanks: int = 0) -> tuple[str, str]:
    """The raw text of a case and what it should become."""
    raw = case.replace("⏎", "\n" * (blanks + 1)).replace("¶", "\n" * (blanks + 1))
    return raw, case.replace("⏎", "").replace("¶", "\n")


def cases(table: dict[str, list[str]]) -> list[str]:
    return [case for row in table.values() for case in row]


@pytest.mark.parametrize("blanks", [0, 1, 3])
@pytest.mark.parametrize("case", [*cases(ANYWHERE), *cases(NOWHERE)])
def test_breaks_that_their_lines_decide(case: str, blanks: int) -> None:
    raw, printed = laid_out(case, blanks)
    assert heal(raw).printed == printed


def among_paragraphs(case: str, gap: int, blanks: int, indent: str = "") -> tuple[str, str]:
    """The case among whole paragraphs that `gap` blank lines part, its own break `blanks` wide."""
    raw, printed = laid_out(indent + case, blanks)
    border = "\n" * (gap + 1)
    around = [indent + PARAGRAPH] * 6
    return border.join([*around, raw, *around]), "\n".join([*around, printed, *around])


ODD_GAPS = [(1, 3), (1, 0), (0, 2), (2, 1)]


@pytest.mark.parametrize(
    ("case", "gap", "blanks"),
    [*((CUT, *gaps) for gaps in [*ODD_GAPS, (0, 0), (1, 1)]), *((LONG, *gaps) for gaps in ODD_GAPS)],
)
def test_running_text_cut_off_among_whole_paragraphs_goes_on(case: str, gap: int, blanks: int) -> None:
    raw, printed = among_paragraphs(case.replace("¶", "⏎"), gap, blanks)
    assert heal(raw).printed == printed


@pytest.mark.parametrize("blanks", [0, 1, 3])
def test_an_indented_text_goes_on_where_the_next_line_is_flush(blanks: int) -> None:
    raw, printed = among_paragraphs(CUT.replace("¶", "⏎"), 1, blanks, "　　")
    assert heal(raw).printed == printed


@pytest.mark.parametrize(
    "case",
    [
        "今年修好村路三条。同时加快北河水站¶　　扩建工程进度，年底前供水。",
        "今年修好村路三条。群众十分满意（附照片一张）¶我们将新建水站九座，年底前供水。",
        "感谢您的关心！青川县水务局2024年3月1日¶我们将新建水站九座，年底前供水。",
        "今年修好村路三条。群众十分满意¶真抓实干谋发展",
    ],
)
def test_running_text_without_its_full_stop_does_not(case: str) -> None:
    raw, printed = among_paragraphs(case, 1, 1)
    assert heal(raw).printed == printed


def test_a_text_that_sets_no_full_stops_is_left_alone() -> None:
    more = "，新建学校一所，扩建医院两家"
    lines = [
        "今年修好村路三条。改造水站九座，疏浚河道两条，让群众更加方便" + more * times for times in (1, 5, 2, 7, 3, 4)
    ]
    assert heal("\n".join(lines)).printed == "\n".join(lines)


def test_links_on_lines_of_their_own() -> None:
    pieces = "依照《⏎水法⏎》，我县将落实⏎河长⏎制⏎，并修订⏎《⏎管护办法⏎》等⏎制度⏎。今年PM⏎2⏎浓度下降。"
    raw, printed = among_paragraphs(pieces, 1, 0)
    assert heal(raw).printed == printed


def test_the_name_under_an_office_stays_apart_in_a_copied_page() -> None:
    raw, printed = among_paragraphs("依照《⏎水法⏎》，落实⏎河长制⏎，办好⏎学校⏎。", 1, 0)
    assert heal("青川县县长\n石岩\n\n" + raw).printed == "青川县县长\n石岩\n" + printed


WRAPPED = Layout(width=40, indent=0, gap=None, fragmented=False, punctuated=True)
INDENTED = Layout(width=40, indent=4, gap=None, fragmented=False, punctuated=True)
COPIED = Layout(width=0, indent=0, gap=1, fragmented=True, punctuated=True)
PARTED = Layout(width=0, indent=0, gap=1, fragmented=False, punctuated=True)
LOOSE = Layout(width=0, indent=0, gap=None, fragmented=False, punctuated=False)
FULL = "县政府将在年底前修好三条村路并改造水站"
"""Fills a wrapped line of 40 half-width columns."""
SPOKEN = "今年修好村路三条。同时加快北河水站"


def decide(
    before: str, after: str, layout: Layout, *, blanks: int = 0, indent: int = 0, marked: bool = False, so_far: str = ""
) -> bool:
    cut = Break(so_far + before, Line(before, 0, 0, 0, 0), Line(after, 0, 0, indent, blanks), marked)
    return goes_on(cut, layout)


@pytest.mark.parametrize("layout", [WRAPPED, COPIED, PARTED])
@pytest.mark.parametrize(
    ("line", "alone"),
    [
        ("牵头单位：县水务局。", True),
        ("责任人：石岩，各镇镇长。", True),
        ("附件：任务清单，共三项。", True),
        ("（本报记者石岩。）", True),
        ("【关于供水的答复】感谢您的来信，我们将尽快办理。", True),
        ("2025年3月1日", True),
        ("青川县人民政府 2025年3月1日", True),
        ("青川镇镇长　石　岩", True),
        ("新华社记者石岩", True),
        ("二是扩建水站，年底前供水。", False),
        ("3.扩建水站，年底前供水。", False),
    ],
)
def test_what_opens_a_paragraph_ends_the_cut_one_before_it(layout: Layout, line: str, alone: bool) -> None:
    blanks = 3 if layout is PARTED else 0
    assert stands_alone(line) is alone
    assert not decide("加快北河水站扩建工程的进度和供水管网铺设", line, layout, blanks=blanks, so_far=SPOKEN)


@pytest.mark.parametrize(
    "line",
    ["扩建工程由石岩同志 负责 到底，年底前供水。", "2025年3月1日前完成，年底前供水。", "牵头办好水站，年底前供水。"],
)
def test_what_only_looks_like_it_goes_on(line: str) -> None:
    assert not stands_alone(line)
    assert decide(SPOKEN, line, PARTED, blanks=3)


def test_a_lost_numeral() -> None:
    assert decide("依照水法", "、河道条例", COPIED)
    assert decide(SPOKEN, "、水渠扩建。", LOOSE)
    assert not decide("重点任务", "、水渠扩建。", LOOSE)
    assert not decide(SPOKEN + "。", "、水渠扩建。", LOOSE)


def test_a_wrapped_page_goes_on_behind_a_full_line() -> None:
    assert decide(FULL, "扩建工程", WRAPPED)
    assert decide(FULL[:-2], "扩建工程", WRAPPED)
    assert not decide(FULL[:-4], "扩建工程", WRAPPED)
    assert decide(FULL, "扩建工程", INDENTED)
    assert not decide(FULL, "扩建工程", INDENTED, indent=4)


def test_a_sentence_may_end_with_a_full_line() -> None:
    whole = FULL[:-1] + "。"
    assert decide(whole, "扩建工程", INDENTED)
    assert decide(whole, "扩建工程", INDENTED, blanks=1, marked=True)
    assert not decide(whole, "扩建工程", INDENTED, blanks=1)
    assert not decide(whole, "扩建工程", INDENTED, indent=4)
    assert not decide(whole, "2025年3月1日", INDENTED)
    assert not decide("修好村路。", "扩建工程", INDENTED)
    assert not decide(whole, "扩建工程", WRAPPED)
    assert decide(FULL[:-1] + "；", "扩建工程", WRAPPED)
    assert not decide("修好村路；", "扩建工程", WRAPPED)
    assert not decide("修好村路；", "扩建工程", PARTED)


def test_a_full_line_before_an_indented_one_ends_its_list() -> None:
    assert not decide(FULL[:-1] + "；", "　扩建工程", INDENTED, indent=4)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("同时建设北河ABC", "DEF工程，年底前供水。", False),
        ("同时建设北河ABC", "工程，年底前供水。", True),
        ("同时建设北河", "ABC工程，年底前供水。", True),
        ("同时建设北河A1", "B工程，年底前供水。", True),
        ("同时建设北河A", "1工程，年底前供水。", True),
    ],
)
def test_two_latin_words_are_not_run_together(before: str, after: str, expected: bool) -> None:
    assert decide(before, after, PARTED, blanks=3, so_far="今年修好村路三条。") is expected


def test_an_open_bracket_is_one_that_nothing_has_closed() -> None:
    assert decide("开展“清河", "护岸”行动", LOOSE)
    assert not decide("开展“清河”护岸", "联手”行动", LOOSE)
    assert not decide("开展“清河", "“护岸”行动", LOOSE)
    assert not decide("开展清河", "护岸行动", LOOSE)


def test_a_copied_page() -> None:
    assert decide("落实", "河长", COPIED)
    assert not decide("落实", "河长", COPIED, blanks=1)
    assert not decide("落实", "河长", COPIED, marked=True)
    assert not decide("一、落实责任", "河长", COPIED)
    assert decide("一、落实责任。依照", "水法", COPIED)
    assert not decide("青川县县长", "石岩", COPIED)
    assert decide("青川县县长", "石岩主持召开会议", COPIED)
    assert decide("落实到", "石岩", COPIED)


def test_cut_running_text() -> None:
    going_on = "扩建工程进度，年底前供水。"
    assert decide(SPOKEN, going_on, PARTED, blanks=3)
    assert decide(SPOKEN, going_on, PARTED, blanks=1)
    assert not decide(SPOKEN, going_on, LOOSE)
    assert decide(SPOKEN, going_on, LOOSE, marked=True)
    assert decide("今年修好村路，加快北河水站", going_on, LOOSE, marked=True)
    assert not decide("加快北河水站", going_on, LOOSE, marked=True)
    assert not decide("加快北河水站", going_on, PARTED, blanks=3)
    assert not decide("真抓实干，共谋发展", going_on, PARTED, blanks=3)
    assert not decide(SPOKEN, "扩建工程", PARTED, blanks=3)
    assert not decide(SPOKEN, going_on, PARTED, blanks=3, indent=2)
    flush = Layout(width=0, indent=4, gap=1, fragmented=False, punctuated=False)
    assert decide(SPOKEN, going_on, flush, blanks=1)
    assert not decide("加快北河水站", going_on, flush, blanks=1)
    wordy = "今年修好村路，改造水站，疏浚河道，新建学校，扩建医院，美化街巷，添置路灯，加快北河水站扩建配套"
    assert decide(wordy, "工程", PARTED, blanks=3) is False
    assert decide(wordy, going_on, PARTED, blanks=3)
    assert not decide(wordy, going_on, PARTED, blanks=1)
    assert not decide(wordy.replace("，", "和"), going_on, PARTED, blanks=3)
