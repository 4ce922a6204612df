"""Tables that allot tasks (任务分工表): what is to be done stands in one column, who answers for it and by when in others.

A reader says which cell every stretch of a text comes from. A table is one of tasks where a row near its top names a column of
tasks (重点任务, 工作措施) and at least one more column of its kind. Its cells of tasks are running text and no headings; its other
known cells say something of the tasks in their row. Short cells left of the tasks (类别, 项目名称) are titles over them; other
columns that nobody knows are left alone. A cell holds for the rows below as long as theirs are merged with it or empty, which are read
alike: readers hand on no empty cells. Columns' names are those of 任务分解表, 责任清单, 整改清单 and 民生实事 tables of all levels.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple

from extractor import responsibility, tabulated
from extractor.clauses import Clause
from extractor.normalisation import Text
from extractor.reading.source import Place
from extractor.responsibility import BODY, DUE, NAMING, Note, Responsibility

Says = Literal["task", "lead", "partners", "body", "due", "aside"]
HEADS: dict[Says, str] = {
    "task": r"(?:序号)?(?:[年月季本]度|每月|项目|重点|主要|目标|具体|工作|整改|改革|民生|实事|落实|建设|推进|实施|创建|任务|\d{4}年){0,3}"
    r"(?:任务|工作|事项|措施|举措|内容|规模|目标|要求|安排|打算|计划)(?:及|和|与)?(?:主要)?(?:建设)?(?:名称|内容|清单|要求|规模|标准|措施|任务|目标|指标|分解)?",
    "partners": "(?:配合|协办|协助|协同|参与|参加|支持)(?:责任)?(?:单位|部门|处室|机构|科室)",
    "lead": "(?:责任)?(?:牵头|主办|承办)(?:责任)?(?:单位|部门|处室|机构|科室)",
    "body": f"{BODY}|责任主体",
    "due": f"(?:建设)?{DUE}|(?:期限|时间|时间节点|时间安排|时间要求|日期|周期|年限)(?:要求)?",
    "aside": "序号|编号|备注|联系人|(?:分管|责任|牵头|包保|联系)(?:领导|人|人员)|(?:存在)?(?:的)?(?:主要)?问题(?:表现|描述)?|"
    "(?:目前|当前|工作|项目)?(?:完成|进展|落实|整改|推进)(?:情况|成效)|(?:建设|实施|项目)(?:地点|地址)|(?:年度|总|计划)?投资(?:金?额|规模)?|联系电话",
}
"""What the head of a column says, spaces and notes in brackets left out, and so what its cells are; tried in this order."""
COLUMNS = {says: re.compile(pattern) for says, pattern in HEADS.items()}
LABELS: dict[Says, str] = {"lead": "牵头单位：", "partners": "配合单位：", "body": "责任单位："}
"""What a note in running text would call those that a column names."""
BRACKETED = re.compile(r"[（(][^（）()]*[）)]|\s")
NAME = re.compile(r"(?:(?P<table>.*) )?(?P<column>[A-Z]+)(?P<row>\d+)")
TOP = 4
"""Rows among which the heads of columns are looked for: the table's title may stand above them."""
LONGEST_TITLE = 46
"""Characters; a longer cell before the tasks of its row is no title over them."""

SHORTEST_BODY = 3
"""Characters of the name of a body; shorter pieces of a line are letters set apart."""


class Cell(NamedTuple):
    """A cell of a table by row and column; `start` to `end` in the healed text."""

    row: int
    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """What tables of tasks say, by numbers of clauses: the cells over each task, outermost first, what is said beside, notes."""

    tasks: Mapping[int, tuple[Cell, ...]] = field(default_factory=dict)
    asides: frozenset[int] = frozenset()
    notes: Mapping[int, Note] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[int]:
        """The clauses of all cells that are known to be of a table of tasks."""
        return self.asides.union(self.tasks)


NOTHING = Allotment()


class Row(NamedTuple):
    """What stands beside the cells of `tasks` in their row, cells merged down to it too: `titles` left of them, and who and when."""

    tasks: list[Cell]
    titles: list[Cell]
    beside: list[Cell]


def read(places: Sequence[Place], text: Text, clauses: Sequence[Clause]) -> Allotment:
    """What the tables of a healed text allot: those that its places name, else those typed into it."""
    merged = any(place.cell for place in places)
    if not merged:
        places = [Place(start, cell=name) for start, name in tabulated.cells(text.raw)]
    if not places:
        return NOTHING
    tasks: dict[int, tuple[Cell, ...]] = {}
    asides: set[int] = set()
    notes: dict[int, Note] = {}
    starts = [clause.start for clause in clauses]

    def inside(cell: Cell) -> range:
        return range(bisect_left(starts, cell.start), bisect_left(starts, cell.end))

    for cells in tables(places, text):
        top, heads = heads_of(cells, text.printed)
        over = {cell.column: cell for cell in cells if cell.row == top}
        for row in rows_of([cell for cell in cells if cell.row > top], heads, merged):
            note = noted(row.beside, heads, text.printed)
            for cell in row.tasks:
                tasks |= dict.fromkeys(inside(cell), (*row.titles, over[cell.column]))
                notes |= dict.fromkeys(inside(cell), note) if note else {}
            asides.update(*map(inside, [*row.titles, *row.beside]))
        known = [cell for cell in cells if cell.row == top or (cell.row > top and heads.get(cell.column) == "aside")]
        asides.update(*map(inside, known if heads else []))
    return Allotment(tasks, frozenset(asides), notes) if tasks else NOTHING


def tables(places: Sequence[Place], text: Text) -> Iterator[list[Cell]]:
    """The cells of every table in document order."""
    found: defaultdict[str, list[Cell]] = defaultdict(list)
    for place, following in pairwise([*places, Place(len(text.raw))]):
        if place.cell and (name := NAME.fullmatch(place.cell)):
            start, end = text.printed_span(place.start, following.start)
            found[name["table"] or ""].append(Cell(int(name["row"]), name["column"], start, end))
    yield from found.values()


def heads_of(cells: Iterable[Cell], printed: str) -> tuple[int, dict[str, Says]]:
    """The row that says what the columns of a table of tasks hold, and what it says; it says nothing in other tables."""
    rows: defaultdict[int, dict[str, Says]] = defaultdict(dict)
    for cell in cells:
        if says := meaning(printed[cell.start : cell.end]):
            rows[cell.row][cell.column] = says
    for row in sorted(rows)[:TOP]:
        if "task" in (said := set(rows[row].values())) and len(said) > 1:
            return row, rows[row]
    return 0, {}


def meaning(head: str) -> Says | None:
    """What the head of a column says of it.

    >>> meaning("牵头\\n单位"), meaning("完成时限（2026年）"), meaning("县水利局")
    ('lead', 'due', None)
    """
    bare = BRACKETED.sub("", head)
    return next((says for says, pattern in COLUMNS.items() if pattern.fullmatch(bare)), None)


def rows_of(cells: Iterable[Cell], heads: Mapping[str, Says], merged: bool) -> Iterator[Row]:
    """The rows below the heads of a table that hold tasks; where cells may be `merged`, one stands for all rows down to the next."""
    columns = [name for name, says in heads.items() if says == "task"]
    by_row: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        by_row[cell.row].append(cell)
    titles: dict[str, Cell] = {}
    beside: dict[str, Cell] = {}
    for _, row in sorted(by_row.items()) if columns else ():
        beside = beside if merged else {}
        for cell in row:
            says = heads.get(cell.column)
            if says is None and key(cell.column) < key(columns[0]) and cell.end - cell.start <= LONGEST_TITLE:
                titles = {name: above for name, above in titles.items() if key(name) < key(cell.column)}
                titles[cell.column] = cell
            elif says not in (None, "task", "aside"):
                beside[cell.column] = cell
        if tasks := [cell for cell in row if heads.get(cell.column) == "task"]:
            yield Row(tasks, list(titles.values()), list(beside.values()))


def key(column: str) -> tuple[int, str]:
    """What columns are sorted by: Z before AA."""
    return len(column), column


def noted(cells: Sequence[Cell], heads: Mapping[str, Says], printed: str) -> Note | None:
    """Who answers for a row, and by when: the stretch of its cells as one note; None where none says so."""
    if not cells:
        return None
    bodies = [labelled(printed[c.start : c.end], heads[c.column]) for c in cells if heads[c.column] in LABELS]
    told = responsibility.parse("\n".join(bodies)) or Responsibility((), ())
    start, end = min(cell.start for cell in cells), max(cell.end for cell in cells)
    return Note(start, end, told.lead, told.partners, "allotment")


def labelled(names: str, says: Says) -> str:
    """The names of a cell behind the label that its column stands for, unless the cell has labels of its own.

    >>> labelled("县教体局 县财政局\\n水 利 局", "lead")
    '牵头单位：县教体局、县财政局、水利局'
    """
    plain = "、".join(filter(None, map(unspaced, names.splitlines())))
    return plain if NAMING.search(plain) else LABELS[says] + plain


def unspaced(line: str) -> str:
    """A line of a cell with `、` for the space between two bodies, and none inside one that is letterspaced."""
    parts = line.split()
    return ("、" if all(len(part) >= SHORTEST_BODY for part in parts) else "").join(parts)
