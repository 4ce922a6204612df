"""Tables typed into plain text: what is one, where its cells lie, and that their rows become tasks with their notes."""

from __future__ import annotations

import pytest
from conftest import Process
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from extractor import tabulated

TABBED = "序号\t重点任务\t责任单位\t完成时限\n1\t新建停车场3处，新增泊位800个\t县住建局\t2025年11月底\n2\t改造管网120公里\t县水利局\t2025年10月底\n"
BARRED = (
    "| 序号 | 重点任务 | 责任单位 | 完成时限 |\n|---|:--|---|---|\n"
    "| 1 | 新建停车场3处，新增泊位800个 | 县住建局 | 2025年11月底 |\n| 2 | 改造管网120公里 | 县水利局 | 2025年10月底 |\n"
)
OPEN = BARRED.replace("|---|:--|---|---|\n", "").replace("\n| ", "\n").removeprefix("| ")
OPENED = [OPEN, OPEN.replace(" |\n", "\n")]
"""Without the row of dashes and the first bar of a row, and without its last."""
NO_TABLES = [
    "\t\t第一段开头缩进。\n\t\t第二段也是。\n",
    "一、\t基本情况\n二、\t下一步打算\n",
    "修渠\t水利站\t年底\n",
    "修渠\t水利站\t年底\n\n修好路灯。\n架桥\t交通站\t年底\n",
    "绝对值|x|与|y|之和\n|一|\n",
    "新建水渠。\n改造泵站。\n",
]


def led(doc: Doc) -> list[tuple[str, tuple[str, ...] | None]]:
    """Every head with who leads."""
    return [(c.head.text, c.responsible and c.responsible.lead) for c in doc._.commitments]


@pytest.mark.parametrize("table", [TABBED, BARRED, *OPENED])
def test_cells_by_row_and_column(table: str) -> None:
    text = f"清河县任务清单\n{table}特此通知。\n"
    found = list(tabulated.cells(text))
    starts = [start for start, _ in found]
    words = {name: text[start:].split("\t")[0].split("|")[0].split("\n")[0].strip() for start, name in found if name}
    assert starts == sorted(starts)
    assert (words["table 1 A1"], words["table 1 B1"]) == ("序号", "重点任务")
    assert [word for name, word in words.items() if name.startswith("table 1 C")] == [
        "责任单位",
        "县住建局",
        "县水利局",
    ]
    assert text[starts[-1] :].strip() == "特此通知。"
    assert found[-1][1] is None


@pytest.mark.parametrize("table", [TABBED, BARRED, *OPENED])
def test_every_task_has_its_row(table: str, process: Process) -> None:
    doc = process(f"清河县2025年任务清单\n{table}")
    rows = [
        (c.head.text, c.responsible and c.responsible.lead, c.deadline and c.deadline.end_date)
        for c in doc._.commitments
    ]
    assert rows == [
        ("新建停车场3处", ("县住建局",), "2025-11-30"),
        ("新增泊位800个", ("县住建局",), "2025-11-30"),
        ("改造管网120公里", ("县水利局",), "2025-10-31"),
    ]


def test_an_empty_cell_takes_nothing_from_the_row_above(process: Process) -> None:
    doc = process(
        "清河县2026年任务清单\n| 任务 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|\n"
        "| 新建学校3所；<br>改造操场2处 | 县教体局 | 县财政局 | 2026年6月底前 |\n| 改造公路30公里 | 县交通局 | | 2026年底前 |\n| 新建公厕5座 | | | |\n"
    )
    rows = [
        (
            c.head.text,
            c.responsible and (c.responsible.lead, c.responsible.partners),
            c.deadline and c.deadline.end_date,
        )
        for c in doc._.commitments
    ]
    school = (("县教体局",), ("县财政局",))
    assert rows == [
        ("新建学校3所", school, "2026-06-30"),
        ("改造操场2处", school, "2026-06-30"),
        ("改造公路30公里", (("县交通局",), ()), "2026-12-31"),
        ("新建公厕5座", None, "2026-12-31"),
    ]


@pytest.mark.parametrize("term", ["2026年6月", "2026年6月30日"])
def test_a_body_above_a_time_in_a_row_signs_nothing(term: str, process: Process) -> None:
    table = TABBED.replace("2025年11月底", term).replace("2025年10月底", term)
    doc = process(f"清江县停车设施建设工作方案\n{table}")
    assert [(record.document.issuer, record.document.date) for record in doc._.commitments] == [("清江县", None)] * 3
    assert {record.responsible.lead for record in doc._.commitments if record.responsible} == {
        ("县住建局",),
        ("县水利局",),
    }


def test_a_row_of_dashes_may_be_too_short(process: Process) -> None:
    doc = process("清河县2026年任务清单\n| 任务 | 牵头单位 |\n|---|\n| 新建学校3所 | 县教体局 |\n")
    assert led(doc) == [("新建学校3所", ("县教体局",))]


def test_a_cell_merged_with_the_one_above_and_left_out_moves_its_row(process: Process) -> None:
    doc = process(
        "清河县2026年民生实事项目清单\n项目名称 | 工作任务 | 完成时间 | 牵头单位 |\n"
        "1.城区提升项目 | 改造人民路3条支路; | 11月 | 县住建局 |\n新建公园2处; | 6月底 | 县城投集团 | |\n"
        "2.道路项目 | 改造公路40公里 | 10月 | 县交通局 |\n"
    )
    rows = led(doc)
    assert rows == [
        ("改造人民路3条支路", ("县住建局",)),
        ("新建公园2处", ("县城投集团",)),
        ("改造公路40公里", ("县交通局",)),
    ]


def test_two_tables_stay_two(process: Process) -> None:
    doc = process(
        "清河县2026年任务清单\n任务\t牵头单位\t完成时限\n改造公路30公里\t县交通局\t2026年底前\n\n"
        "牵头单位\t任务\t完成时限\n县水利局\t新建泵站3座\t2026年9月底前\n"
    )
    assert led(doc) == [
        ("改造公路30公里", ("县交通局",)),
        ("新建泵站3座", ("县水利局",)),
    ]


def test_a_table_of_projects_with_groups_and_figures(process: Process) -> None:
    doc = process(
        "清河县2026年重点项目建设计划表\n项目名称\t建设规模及主要建设内容\t建设起止年限\t总投资(亿元)\t责任单位\n"
        "一、续建项目\n城南污水处理厂二期\t新增日处理能力2万吨\t2025-2026\t1.8\t县住建局\n"
        "二、新建项目\t\t\t\t\n县第二人民医院\t新建住院楼4.5万平方米\t2026.3—2027.6\t4.1\t县卫健局\n"
    )
    found = [(c.section[:2], c.deadline and (c.deadline.start_date, c.deadline.end_date)) for c in doc._.commitments]
    assert found == [
        (("一、续建项目", "城南污水处理厂二期"), ("2025-01-01", "2026-12-31")),
        (("二、新建项目", "县第二人民医院"), ("2026-03-01", "2027-06-30")),
    ]


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert list(tabulated.cells(text)) == []
    assert tabulated.broken(text) == text


@given(st.text("渠1\t| -:\r\n。", max_size=60))
def test_only_what_sets_cells_apart_becomes_line_breaks(text: str) -> None:
    broken = tabulated.broken(text)
    assert len(broken) == len(text)
    assert all(now in (was, "\n") for was, now in zip(text, broken, strict=True))
    assert broken.replace("\n", "").replace("\r", "").split() or not text.strip("\t| -:\r\n")
