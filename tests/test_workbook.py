"""The supervision ledger as a workbook: what stands where, merged, filtered, filled in and printed; nothing runs."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from test_writing import BARE, ELSEWHERE, FULL, ROWS, SECOND

from extractor import writing
from extractor.records import Commitment, Deadline, Entity
from extractor.writing import Material, docket, workbook

TITLES = [
    "序号",
    "任务",
    "具体任务",
    "量化指标",
    "牵头单位",
    "配合单位",
    "完成时限",
    "时限依据",
    "项目",
    "地点",
    "原文",
    "出处",
]
EMPTY = ["进展情况", "存在问题", "备注"]
GROUP = (FULL, SECOND, BARE, ELSEWHERE)
"""Two commitments under one pledge, one under none, one under a pledge of another source."""


def book(folder: Path, rows: tuple[Commitment, ...] = GROUP) -> Workbook:
    (path,) = writing.write(Material(rows), folder, ["xlsx"])
    assert path == folder / "ledger.xlsx"
    return openpyxl.load_workbook(path)


def cells(sheet: Worksheet, row: int) -> dict[str, object]:
    return {title.value: cell.value for title, cell in zip(sheet[2], sheet[row], strict=True)}


def test_the_ledger_has_the_columns_of_the_offices(tmp_path: Path) -> None:
    sheet = book(tmp_path)["督查台账"]
    assert [cell.value for cell in sheet[2]] == TITLES + EMPTY
    assert cells(sheet, 3) == dict.fromkeys(EMPTY) | {
        "序号": 1,
        "任务": "1. 修好村路",
        "具体任务": "修好东河村路3条",
        "量化指标": "3条",
        "牵头单位": "镇交通所",
        "配合单位": "镇水务所；各村",
        "完成时限": dt.datetime(2025, 12, 31),
        "时限依据": "原文写明",
        "项目": "东河村路",
        "地点": "东河",
        "原文": "年底前，修好东河村路3条，方便出行",
        "出处": "青川/plan.txt\n第13—29字",
    }
    assert [row[0].value for row in sheet.iter_rows(min_row=3)] == [1, 2, 3, 4]


def test_commitments_of_a_pledge_share_its_cell_and_a_filter_still_finds_them(tmp_path: Path) -> None:
    (path,) = writing.write(Material(GROUP), tmp_path, ["xlsx"])
    sheet = openpyxl.load_workbook(path)["督查台账"]
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:O1", "B3:B4"]
    assert sheet.auto_filter.ref == "A2:O6"
    with zipfile.ZipFile(path) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    below = text[text.index('<c r="B4"') : text.index('<c r="C4"')]
    assert "1. 修好村路" in below


def test_without_a_pledge_the_heading_or_the_title_names_the_task() -> None:
    assert docket.Item(1, BARE.model_copy(update={"section": ("二、重点", "（一）修路")})).task == "（一）修路"
    assert docket.Item(1, BARE.model_copy(update={"document": FULL.document})).task == "青川镇工作打算"
    assert docket.Item(1, BARE).task is None


def test_what_the_office_fills_in_is_checked(tmp_path: Path) -> None:
    sheet = book(tmp_path)["督查台账"]
    checks = {str(check.sqref): (check.type, check.formula1) for check in sheet.data_validations.dataValidation}
    assert checks == {
        "M3:M6": ("list", f'"{",".join(docket.PROGRESS)}"'),
        "N3:N6": ("textLength", str(workbook.FILLED_IN)),
        "O3:O6": ("textLength", str(workbook.FILLED_IN)),
    }


@pytest.mark.parametrize("name", ["督查台账", "指标", "项目"])
def test_every_sheet_is_ready_to_read_and_print(tmp_path: Path, name: str) -> None:
    sheet = book(tmp_path)[name]
    assert sheet.freeze_panes == "C3"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", workbook.A3)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert all(cell.alignment.wrap_text for cell in sheet[3])
    assert sheet.auto_filter.ref.startswith("A2:")


def test_indicators_and_projects_point_to_their_rows(tmp_path: Path) -> None:
    found = book(tmp_path)
    figures = found["指标"]
    assert [row[0].value for row in figures.iter_rows(min_row=3)] == [1, 4]
    assert {name: cells(figures, 3)[name] for name in ("原文数量", "比较", "数值", "单位")} == {
        "原文数量": "3条",
        "比较": "等于",
        "数值": 3,
        "单位": "条",
    }
    projects = found["项目"]
    assert [[cell.value for cell in row[:3]] for row in projects.iter_rows(min_row=3)] == [
        ["东河村路", 1, "1"],
        ["东河村路", 1, "4"],
    ]
    assert cells(projects, 3)["最迟时限"] == dt.datetime(2025, 12, 31)


def test_a_project_named_again_gathers_its_rows() -> None:
    again = FULL.model_copy(
        update={"id": "x", "deadline": FULL.deadline and FULL.deadline.model_copy(update={"end_date": "2027-06-30"})}
    )
    ((project,),) = docket.projects([FULL, BARE, again])
    assert [item.number for item in project.items] == [1, 3]
    assert docket.day(docket.last_deadline(project)) == dt.date(2027, 6, 30)


@pytest.mark.parametrize(
    ("end", "shown"),
    [("2025-12-31", dt.date(2025, 12, 31)), (None, "尽快"), ("1899-12-31", "1899-12-31"), ("1900-02-28", "1900-02-28")],
)
def test_deadlines_are_dates_where_a_spreadsheet_counts_them(end: str | None, shown: object) -> None:
    assert docket.day(Deadline(text="尽快", start_date=None, end_date=end, basis="explicit")) == shown
    assert docket.day(None) is None


@pytest.mark.parametrize("text", ["=1+1", "+86", "@SUM(A1)", "-1", '=HYPERLINK("http://x")', "http://x.cn", "007"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    sheet = book(tmp_path, (FULL.model_copy(update={"text": text}),))["督查台账"]
    cell = sheet.cell(3, TITLES.index("原文") + 1)
    assert (cell.value, cell.data_type in ("s", "inlineStr"), cell.quotePrefix, cell.hyperlink) == (
        text,
        True,
        True,
        None,
    )


def test_characters_that_xml_has_no_room_for_do_not_break_the_file(tmp_path: Path) -> None:
    sheet = book(tmp_path, (FULL.model_copy(update={"text": "修\x00路\x0b <b>&"}),))["督查台账"]
    assert str(sheet.cell(3, TITLES.index("原文") + 1).value).endswith(" <b>&")


def test_a_text_longer_than_a_cell_is_cut_visibly(tmp_path: Path) -> None:
    sheet = book(tmp_path, (FULL.model_copy(update={"text": "路" * 40_000}),))["督查台账"]
    shown = sheet.cell(3, TITLES.index("原文") + 1).value
    assert shown == "路" * (workbook.LONGEST - 1) + "…"
    assert sheet.row_dimensions[3].height == workbook.HIGHEST


@pytest.mark.parametrize(
    ("value", "number"), [("3", 3), ("0.5", 0.5), ("1/3", "1/3"), ("9" * 400, "9" * 400), (None, None)]
)
def test_values_are_numbers_but_for_fractions(tmp_path: Path, value: str | None, number: object) -> None:
    entity = Entity(type="QUANTITY", text="若干", start=0, end=2, value=value)
    sheet = book(tmp_path, (FULL.model_copy(update={"entities": (entity,)}),))["指标"]
    assert cells(sheet, 3)["数值"] == number


@pytest.mark.parametrize(
    ("text", "lines"), [("", 1), ("修路", 1), ("修" * 8, 1), ("修" * 9, 2), ("a" * 17, 2), ("修\n路", 2)]
)
def test_lines_of_a_text_in_a_column_of_eighteen(text: str, lines: int) -> None:
    assert workbook.lines(text, 18) == lines


def test_a_long_task_finds_room_in_its_rows(tmp_path: Path) -> None:
    assert FULL.pledge
    long = FULL.pledge.model_copy(update={"title": "修" * 200})
    rows = tuple(row.model_copy(update={"pledge": long}) for row in (FULL, SECOND))
    sheet = book(tmp_path, rows)["督查台账"]
    heights = [sheet.row_dimensions[row].height for row in (3, 4)]
    assert sum(heights) >= workbook.lines("1. " + "修" * 200, 18) * workbook.LINE


def test_rows_that_do_not_fit_go_on_in_another_sheet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LAST_ROW", 5)
    monkeypatch.setattr(docket, "MOST", 2)
    found = book(tmp_path, ROWS + ROWS)
    assert found.sheetnames == ["督查台账", "督查台账2", "督查台账3", "指标", "指标2", "项目"]
    numbers = [row[0].value for name in found.sheetnames[:3] for row in found[name].iter_rows(min_row=3)]
    assert numbers == list(range(1, 9))


def test_a_run_without_commitments_gives_empty_sheets(tmp_path: Path) -> None:
    found = book(tmp_path, ())
    assert found.sheetnames == ["督查台账", "指标", "项目"]
    assert [sheet.max_row for sheet in found] == [2, 2, 2]


def test_no_time_of_writing_is_kept(tmp_path: Path) -> None:
    found = book(tmp_path)
    assert found.properties.created == workbook.WRITTEN
    with zipfile.ZipFile(tmp_path / "ledger.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 31, 0, 0, 0)}
