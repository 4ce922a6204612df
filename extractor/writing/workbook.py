"""Excel: the supervision ledger (督查台账) as offices keep, filter, fill in and print it.

Merged cells and filters: a filter sees the first cell of a merged range alone, as the others are empty. Here every
cell below a merged one holds its value too, so that a filter on 任务, or on any other column, keeps whole rows and
loses none. Sheets with merged cells cannot be sorted; 指标 and 项目 have none, and can.

Text is written as text, and marked as such, so that nothing runs as a formula, not even after a cell was edited.
The same commitments give the same bytes: no time of writing is kept.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extractor.columns import Header
from extractor.writing.files import atomic
from extractor.writing.material import Material

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from extractor.writing.docket import Field, Plan, Value

T = TypeVar("T")

WRITTEN = dt.datetime(2000, 1, 1)
"""When every workbook says it was made."""
LAST_ROW = 1_000_000
"""Rows a sheet takes before the next one continues it; Excel has 1,048,576."""
LONGEST = 32_000
"""Characters a cell takes; Excel has room for 32,767."""
TITLES = 1
"""The row of the column titles, from 0; the heading stands above."""
LINE = 14.5
"""Height of a line of text in points."""
HIGHEST = 408.75
"""Points; Excel's highest row."""
FILLED_IN = 500
"""Characters that an empty column without choices takes."""
A3 = 8
"""Paper size, in Excel's numbers."""
FONT = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "text_wrap": True}
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "heading": {**FONT, "border": 0, "bold": True, "font_size": 18, "align": "center"},
    "title": {**FONT, "font_name": "黑体", "bold": True, "align": "center", "bg_color": "#DDE6F0"},
    "text": {**FONT, "quote_prefix": True},
    "centre": {**FONT, "quote_prefix": True, "align": "center"},
    "date": {**FONT, "align": "center", "num_format": 'yyyy"年"m"月"d"日"'},
    "number": {**FONT, "num_format": "#,##0.##########"},
    "blank": {**FONT, "bg_color": "#FFFBE6"},
}


def write_xlsx(material: Material, folder: Path, header: Header) -> list[Path]:
    """The ledger, its indicators and its projects; in Chinese whatever the header of CSV files is.

    Raises:
        OSError: the workbook cannot be written.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    from extractor.writing import docket

    path = folder / "ledger.xlsx"
    with atomic(path) as draft:
        try:
            with Workbook(draft, {"constant_memory": True}) as book:
                book.set_properties({"title": "督查台账", "created": WRITTEN})
                looks = {name: book.add_format(dict(look)) for name, look in LOOKS.items()}
                draw(book, looks, docket.LEDGER, docket.ledger(material.commitments))
                draw(book, looks, docket.FIGURES, docket.figures(material.commitments))
                draw(book, looks, docket.PROJECTS, docket.projects(material.commitments))
        except FileCreateError as error:
            raise OSError(f"{path}: {error}") from None
    return [path]


def draw(book: Workbook, looks: Mapping[str, Format], plan: Plan[T], groups: Iterable[Sequence[T]]) -> None:
    """One sheet, and as many more as its rows need."""
    waiting = iter(groups)
    group = next(waiting, None)
    part = 1
    while part == 1 or group:
        sheet = book.add_worksheet(plan.name if part == 1 else f"{plan.name}{part}")
        row = open_sheet(sheet, looks, plan)
        while group and row + len(group) <= LAST_ROW:
            write_group(sheet, looks, plan, row, group)
            row += len(group)
            group = next(waiting, None)
        close_sheet(sheet, plan, row)
        part += 1


def open_sheet(sheet: Worksheet, looks: Mapping[str, Format], plan: Plan[T]) -> int:
    """Widths, print set-up, heading and titles, which stay in view and are repeated on every page; the first free row."""
    last = len(plan.fields) - 1
    for number, field in enumerate(plan.fields):
        sheet.set_column(number, number, field.width)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(0, TITLES)
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.freeze_panes(TITLES + 1, 2)
    sheet.set_row(0, 32)
    sheet.merge_range(0, 0, 0, last, plan.heading, looks["heading"])
    sheet.set_row(TITLES, 24)
    for number, field in enumerate(plan.fields):
        sheet.write_string(TITLES, number, field.title, looks["title"])
    return TITLES + 1


def close_sheet(sheet: Worksheet, plan: Plan[T], end: int) -> None:
    """Filters over all rows, and what the empty columns take."""
    sheet.autofilter(TITLES, 0, max(end - 1, TITLES), len(plan.fields) - 1)
    for number, field in enumerate(plan.fields):
        if field.look == "blank" and end > TITLES + 1:
            sheet.data_validation(TITLES + 1, number, end - 1, number, taken(field))


def taken(field: Field[T]) -> dict[str, Any]:
    """What may be filled in: one of the choices, or a text of some length."""
    if field.choices:
        names = "、".join(field.choices)
        return {
            "validate": "list",
            "source": list(field.choices),
            "error_title": field.title,
            "error_message": f"请从下列各项中选择：{names}",
        }
    return {
        "validate": "length",
        "criteria": "<=",
        "value": FILLED_IN,
        "error_title": field.title,
        "error_message": f"请不超过{FILLED_IN}字",
    }


def write_group(sheet: Worksheet, looks: Mapping[str, Format], plan: Plan[T], first: int, group: Sequence[T]) -> None:
    """Rows that belong together; the shared cell stands in each of them and is then merged over all."""
    rows = [[field.value(row) for field in plan.fields] for row in group]
    for number, (row, height) in enumerate(zip(rows, heights(plan, rows), strict=True), first):
        sheet.set_row(number, height)
        for column, (field, value) in enumerate(zip(plan.fields, row, strict=True)):
            put(sheet, number, column, value, looks[field.look])
    if plan.shared is not None and len(group) > 1:
        # `merge_range` refuses rows that are on the disk already, as all but the last are; this is what it keeps.
        sheet.merge.append([first, plan.shared, first + len(group) - 1, plan.shared])


def put(sheet: Worksheet, row: int, column: int, value: Value, look: Format) -> None:
    """A cell by the type of its value; a text is never taken for anything else."""
    if value is None:
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), look)
    elif isinstance(value, str):
        sheet.write_string(row, column, value if len(value) <= LONGEST else value[: LONGEST - 1] + "…", look)
    else:
        sheet.write_number(row, column, value, look)


def heights(plan: Plan[T], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Points that each row needs for its texts; the last one makes room for the shared text where all are too low."""
    needs = [[lines(value, field.width) for field, value in zip(plan.fields, row, strict=True)] for row in rows]
    shared = plan.shared
    found = [max(n for column, n in enumerate(need) if column != shared) for need in needs]
    if shared is not None:
        found[-1] += max(0, needs[0][shared] - sum(found))
    return [min(HIGHEST, LINE * count + 6) for count in found]


def lines(value: Value, width: int) -> int:
    """Lines that a text takes in a column; a Chinese character is two wide."""
    if not isinstance(value, str):
        return 1
    room = width - 2
    return sum(-(-max(1, breadth(part)) // room) for part in value.split("\n"))


def breadth(text: str) -> int:
    """The width of a text in characters of half width."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)
