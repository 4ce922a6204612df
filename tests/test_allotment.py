"""Tables that allot tasks: their cells are tasks, who answers for them and by when, whatever format they come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import docx_of, paragraph, table

from extractor import allotment, clauses, normalisation, reading
from extractor.duties import duties
from extractor.ledger import from_source
from extractor.reading.source import Place, column
from extractor.records import Commitment

HEADS = {
    "task": "重点任务 工作任务 主要任务 目标任务 年度重点工作 工作措施 整改措施 整改目标 任务内容 建设内容及规模 建设规模及主要建设内容 工作要求 主要工作措施 2026年工作任务 任务清单 项目内容 月度工作计划",
    "lead": "牵头单位 牵头部门 主办单位 承办单位 牵头责任单位 责任牵头单位",
    "body": "责任单位 责任部门 主管部门 实施单位 责任主体 责任科室 落实单位",
    "partners": "配合单位 协办单位 参与部门 配合责任单位 支持单位",
    "due": "完成时限 完成时间 办结时限 整改时限 时限要求 完成期限 计划完成时间 时间节点 完成时限要求 建设工期 建设起止年限",
    "aside": "序号 备注 责任人 分管领导 联系电话 存在问题 进展情况 目前进展情况 整改成效 建设地点 总投资（万元） 工作进展情况",
    "": "类别 项目名称 县水利局 名称 新建幼儿园3所 单位 任务重 完成率",
}
BY_HEAD = [(says, head) for says, heads in HEADS.items() for head in heads.split()]
COLUMNS = ("序号", "重点任务", "牵头单位", "配合单位", "完成时限")
DEEDS = (
    ("1", "新建幼儿园3所", "县教体局", "县财政局、县住建局", "2026年8月底前"),
    ("2", "改造老旧小区12个，建立物业服务评价制度", "县住建局", "各镇（街道）", "2026年底前"),
)
TITLE = "白塔县2026年重点任务分工表"


def page(*rows: Sequence[str], title: str = TITLE) -> bytes:
    """A saved page with a table; a cell may say in front how many rows it goes down: `2*县教体局`."""

    def cell(text: str) -> str:
        down, merged, said = text.partition("*")
        return f'<td rowspan="{down}">{said}</td>' if merged else f"<td>{text}</td>"

    lines = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{lines}</table></body></html>".encode()
    )


def word(*rows: Sequence[str], title: str = TITLE) -> bytes:
    """A Word file with a table."""
    return docx_of(paragraph(title) + table(rows))


def read(data: bytes, name: str = "tasks.html") -> list[Commitment]:
    """The commitments of a file."""
    doc = from_source(reading.from_bytes(data, name), date=date(2026, 1, 12))
    return list(doc._.commitments)


def told(found: Sequence[Commitment]) -> list[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    """What each commitment says, who answers for it and by when."""
    return [
        (
            each.text,
            each.responsible.lead if each.responsible else (),
            each.responsible.partners if each.responsible else (),
            each.deadline.end_date if each.deadline else None,
        )
        for each in found
    ]


@pytest.mark.parametrize(("says", "head"), BY_HEAD)
def test_head_of_a_column(says: str, head: str) -> None:
    assert (allotment.meaning(head) or "") == says


@pytest.mark.parametrize(("data", "name"), [(page(COLUMNS, *DEEDS), "a.html"), (word(COLUMNS, *DEEDS), "a.docx")])
def test_rows_are_tasks_with_bodies_and_deadlines(data: bytes, name: str) -> None:
    found = read(data, name)
    assert told(found) == [
        ("新建幼儿园3所", ("县教体局",), ("县财政局", "县住建局"), "2026-08-31"),
        ("改造老旧小区12个", ("县住建局",), ("各镇（街道）",), "2026-12-31"),
        ("建立物业服务评价制度", ("县住建局",), ("各镇（街道）",), "2026-12-31"),
    ]
    assert {each.section for each in found} == {("重点任务",)}
    assert [each.locator.cell for each in found if each.locator] == ["table 1 B2", "table 1 B3", "table 1 B3"]


def test_merged_cells_hold_for_all_their_rows_and_short_ones_are_titles() -> None:
    rows = (
        ("类别", "项目名称", "建设内容及规模", "责任单位", "完成时间"),
        ("2*教育", "白塔镇幼儿园", "新建教学楼一栋", "2*县教体局<br>白塔镇人民政府", "2*2026年8月"),
        ("县三小扩建", "改造操场6000平方米。"),
        ("交通", "乡村公路", "改造县乡道50公里", "牵头单位：县交通局；配合单位：县公安局", ""),
    )
    found = read(page(("白塔县民生实事",), *rows))
    assert told(found) == [
        ("新建教学楼一栋", ("县教体局",), ("白塔镇人民政府",), "2026-08-31"),
        ("改造操场6000平方米", ("县教体局",), ("白塔镇人民政府",), "2026-08-31"),
        ("改造县乡道50公里", ("县交通局",), ("县公安局",), "2026-08-31"),
    ]
    assert [each.section[-3:] for each in found] == [
        ("教育", "白塔镇幼儿园", "建设内容及规模"),
        ("教育", "县三小扩建", "建设内容及规模"),
        ("交通", "乡村公路", "建设内容及规模"),
    ]


def test_what_is_said_beside_tasks_is_no_task() -> None:
    columns = ("序号", "存在问题", "整改措施", "责任单位", "整改时限", "进展情况")
    row = ("1", "污水处理厂长期超负荷运行", "新增日处理能力5000吨", "县住建局", "立行立改", "已完成立项，推进施工")
    assert told(read(page(columns, row))) == [("新增日处理能力5000吨", ("县住建局",), (), "2026-12-31")]


@pytest.mark.parametrize(
    "rows",
    [
        [("指标", "2025年", "2026年"), ("粮食产量", "3.1万吨", "3.2万吨")],
        [("重点任务", "工作措施"), ("教育", "新建幼儿园3所")],
        [("单位", "牵头单位"), ("县教体局", "县住建局")],
    ],
)
def test_other_tables_are_left_alone(rows: list[tuple[str, ...]]) -> None:
    source = reading.from_bytes(page(*rows), "a.html")
    text = normalisation.heal(source.raw)
    assert allotment.read(source.places, text, clauses.split(text.printed)) == allotment.NOTHING


def test_notes_of_tables_are_listed_with_what_they_cover() -> None:
    doc = from_source(reading.from_bytes(page(COLUMNS, *DEEDS), "a.html"))
    found = [duty for duty in duties(doc) if duty.parsed]
    assert [(duty.lead, duty.deadline, len(duty.commitments)) for duty in found] == [
        (("县教体局",), "../2026-08-31", 1),
        (("县住建局",), "../2026-12-31", 2),
    ]


cells = st.lists(
    st.tuples(st.sampled_from([*COLUMNS, *DEEDS[0], "", "县财政局\n县水利局"]), st.integers(1, 4), st.integers(1, 5))
)


@given(cells)
def test_any_cells_are_read(drawn: list[tuple[str, int, int]]) -> None:
    raw, places = "", []
    for said, across, row in drawn:
        places.append(Place(len(raw), cell=f"table 1 {column(across)}{row}", row=row))
        raw += said + "\n"
    text = normalisation.heal(raw)
    found = clauses.split(text.printed)
    table = allotment.read(places, text, found)
    assert table.known <= set(range(len(found)))
    assert set(table.notes) <= set(table.tasks)
    assert table.asides.isdisjoint(table.tasks)
    assert all(0 <= note.start <= note.end <= len(text.printed) for note in table.notes.values())
