"""Responsibility notes: who leads and who assists, in every form they are printed in."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import responsibility

ROWS = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data/responsibility.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def names(cell: str) -> tuple[str, ...]:
    """The names of a table cell."""
    return () if cell == "-" else tuple(cell.split("｜"))


def test_the_table_is_there() -> None:
    assert len(ROWS) >= 30


@pytest.mark.parametrize(("lead", "partners", "note"), ROWS)
def test_note_by_value(lead: str, partners: str, note: str) -> None:
    assert responsibility.parse(note) == responsibility.Responsibility(names(lead), names(partners))


@pytest.mark.parametrize(("lead", "partners", "note"), ROWS)
def test_note_is_found_in_a_text(lead: str, partners: str, note: str) -> None:
    text = f"新建泵站三座。\n{note}\n下一步抓好防汛。"
    (found,) = responsibility.find(text)
    assert text[found.start : found.end] == note
    assert (found.lead, found.partners) == (names(lead), names(partners))


@pytest.mark.parametrize(
    "text",
    [
        "建立责任清单（有专人负责维护）",
        "（仅是铁道部负责修建的部分）",
        "各责任单位要加强联动",
        "压实责任单位的责任",
        "（详见附件）",
        "牵头抓总，配合到位",
        "序号\n工作任务\n责任单位\n完成时限\n1\n修堤\n县水利局\n5月底",
    ],
)
def test_no_note(text: str) -> None:
    assert responsibility.find(text) == []


def test_partners_on_the_next_line_belong_to_the_note() -> None:
    text = "1.办好学校。\n　　牵头单位：市教育局\n　　责任单位：各区政府\n2.修好路。\n　　牵头单位：市城管局"
    first, second = responsibility.find(text)
    assert (first.lead, first.partners) == (("市教育局",), ("各区政府",))
    assert text[first.start : first.end] == "牵头单位：市教育局\n　　责任单位：各区政府"
    assert (second.lead, second.partners) == (("市城管局",), ())


def test_two_notes_in_a_line_are_two() -> None:
    found = responsibility.find("修渠（县水利局负责）、修路（县交通局负责）")
    assert [note.lead for note in found] == [("县水利局",), ("县交通局",)]


@pytest.mark.parametrize(
    ("note", "lead", "partners"),
    [
        ("（县水利局）", "县水利局", ()),
        ("（党建办、宣传科）", "党建办", ("宣传科",)),
        ("（各县区人民政府）", "各县区人民政府", ()),
        ("（市移民中心）", "市移民中心", ()),
        ("（镇农业农村办、团山水厂）", "镇农业农村办", ("团山水厂",)),
        ("（市教育局，各镇、街道）", "市教育局", ("各镇", "街道")),
        ("（泉山区、晋江市、石狮市政府）", "泉山区", ("晋江市", "石狮市政府")),
        ("（基建办、计财科；完成时限：2019年12月）", "基建办", ("计财科",)),
        ("（市住建局；6月底前）", "市住建局", ()),
        ("（县水利局，年底前完成）", "县水利局", ()),
        ("（汛期前；县水利局、县财政局）", "县水利局", ("县财政局",)),
        ("（责任科室：安全股；完成时限：6月底）", "安全股", ()),
    ],
)
def test_bodies_alone_in_brackets_close_their_sentence(note: str, lead: str, partners: tuple[str, ...]) -> None:
    text = f"1.新建泵站三座。{note}\n2.硬化村道八公里。\n"
    (found,) = responsibility.find(text)
    assert (text[found.start : found.end], found.lead, found.partners) == (note, (lead,), partners)


@pytest.mark.parametrize(
    "text",
    [
        "新建泵站三座。\n（县交通局；完成时限：12月）\n",
        "铺完沥青（县交通局）。",
        "铺完沥青（县交通局、各乡镇）；修渠。",
    ],
)
def test_bodies_alone_in_brackets_before_the_full_stop(text: str) -> None:
    (found,) = responsibility.find(text)
    assert found.lead == ("县交通局",)


@pytest.mark.parametrize(
    "text",
    [
        "推行新系统。（企业资源计划）",
        "建成点位四个。（陇阳、新景）",
        "建成点位四个。（陇阳镇、新景镇）",
        "建成点位四个（陇阳镇、新景镇）。",
        "召开会议。（镇政府三楼会议室）",
        "公示七天。（县政府网站）",
        "完成交接。（原县农机局）",
        "覆盖全域。（含农村、社区）",
        "扩建三处。（含泵站三处）",
        "报主管部门（县水利局）。",
        "交市工信局（市大数据局）。",
        "交市住建局（以下简称市住建局）。",
        "修好大桥（县交通局）并通车。",
        "我们将尽快答复。\n（县交通局）\n2026年5月6日",
        "关于服务业的若干措施\n（市发改委、市财政局）\n为帮助企业",
    ],
)
def test_what_in_brackets_assigns_nothing(text: str) -> None:
    assert responsibility.find(text) == []


@given(st.text(alphabet="省水利厅财政局牵头负责配合单位责任：，、；。（）()〔〕等和各会同\n 1", max_size=60))
def test_any_text_gives_notes_in_order(text: str) -> None:
    found = responsibility.find(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    for note in found:
        assert note.lead
        assert not set(note.lead) & set(note.partners)
        assert all(name in text for name in note.lead + note.partners)
