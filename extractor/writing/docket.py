"""What the sheets of the supervision ledger (督查台账) hold: its columns, and its rows in their groups.

The ledger has one row a commitment. Commitments that follow one another under the same pledge form a group and share
the cell 任务. 进展情况, 存在问题 and 备注 stay empty, to be filled in by the office.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from math import isfinite
from typing import Generic, Literal, TypeVar

from extractor.cells import LIST, bodies, joined, number, texts
from extractor.records import Basis, Commitment, Deadline, Entity

Value = str | int | float | dt.date | None
Look = Literal["text", "centre", "date", "number", "blank"]
T = TypeVar("T")

PROGRESS = ("未启动", "推进中", "已完成", "逾期未完成", "已调整")
"""What 进展情况 may say, so that it can be filtered and counted."""
COMPARATORS = {"=": "等于", ">=": "不少于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约"}
BASES: Mapping[Basis, str] = {"explicit": "原文写明", "inherited": "承前文", "document_year": "按文件年份"}
MOST = 200
"""Rows that share a cell; more would be a cell that nobody sees the middle of."""
FIRST_DAY = dt.date(1900, 3, 1)
"""Spreadsheets count no day before it alike."""


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A column of a sheet: title, width in characters of half width, look, value; `choices` are all it may hold."""

    title: str
    width: int
    look: Look
    value: Callable[[T], Value] = lambda row: None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan(Generic[T]):
    """A sheet: name, heading, columns; cells of the column numbered `shared` are merged over a group of rows."""

    name: str
    heading: str
    fields: tuple[Field[T], ...]
    shared: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the ledger: running number from 1, the commitment."""

    number: int
    commitment: Commitment

    @property
    def task(self) -> str | None:
        """The pledge it stands under; without one the nearest heading, else the title of the document."""
        c = self.commitment
        if c.pledge:
            return joined((c.pledge.label, c.pledge.title), " ")
        return c.section[-1] if c.section else c.document.title


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the second sheet: a quantity and the row of the ledger it belongs to."""

    item: Item
    entity: Entity


@dataclass(frozen=True, slots=True)
class Project:
    """A row of the third sheet: a named project of a source, and the rows of the ledger that name it."""

    name: str
    items: tuple[Item, ...]


def day(deadline: Deadline | None) -> Value:
    """The last day of a deadline as a date; its words where it has none that a spreadsheet can count."""
    if deadline is None:
        return None
    last = dt.date.fromisoformat(deadline.end_date) if deadline.end_date else None
    return last if last and last >= FIRST_DAY else deadline.end_date or deadline.text


def basis(deadline: Deadline | None) -> str | None:
    """Where a deadline comes from, in Chinese."""
    return BASES[deadline.basis] if deadline else None


def indicators(c: Commitment) -> str | None:
    """Every quantity with what it measures."""
    return joined(measured(e) for e in c.entities if e.type == "QUANTITY")


def measured(entity: Entity) -> str:
    """A quantity with what it measures, where the text says so."""
    return f"{entity.indicator}：{entity.text}" if entity.indicator else entity.text


def amount(text: str | None) -> Value:
    """A decimal as a number; a fraction, or what is too great for a number, as it is printed."""
    if text is None or "/" in text or not isfinite(number(text)):
        return text
    return number(text)


def origin(c: Commitment) -> str:
    """Where in which file a commitment stands."""
    return f"{c.source}\n第{c.start + 1}—{c.end}字"


LEDGER: Plan[Item] = Plan(
    "督查台账",
    "督 查 台 账",
    (
        Field("序号", 6, "centre", lambda i: i.number),
        Field("任务", 18, "text", lambda i: i.task),
        Field("具体任务", 28, "text", lambda i: i.commitment.head.text),
        Field("量化指标", 18, "text", lambda i: indicators(i.commitment)),
        Field("牵头单位", 14, "text", lambda i: bodies("lead")(i.commitment)),
        Field("配合单位", 14, "text", lambda i: bodies("partners")(i.commitment)),
        Field("完成时限", 16, "date", lambda i: day(i.commitment.deadline)),
        Field("时限依据", 11, "centre", lambda i: basis(i.commitment.deadline)),
        Field("项目", 18, "text", lambda i: texts("PROJECT")(i.commitment)),
        Field("地点", 14, "text", lambda i: texts("LOCATION")(i.commitment)),
        Field("原文", 40, "text", lambda i: i.commitment.text),
        Field("出处", 30, "text", lambda i: origin(i.commitment)),
        Field("进展情况", 12, "blank", choices=PROGRESS),
        Field("存在问题", 16, "blank"),
        Field("备注", 14, "blank"),
    ),
    shared=1,
)

FIGURES: Plan[Figure] = Plan(
    "指标",
    "量 化 指 标",
    (
        Field("台账序号", 10, "centre", lambda f: f.item.number),
        Field("指标", 24, "text", lambda f: f.entity.indicator),
        Field("原文数量", 18, "text", lambda f: f.entity.text),
        Field("比较", 8, "centre", lambda f: COMPARATORS.get(f.entity.comparator or "")),
        Field("数值", 16, "number", lambda f: amount(f.entity.value)),
        Field("上限", 16, "number", lambda f: amount(f.entity.upper)),
        Field("单位", 10, "centre", lambda f: f.entity.unit),
        Field("基期", 12, "centre", lambda f: f.entity.base),
        Field("完成时限", 16, "date", lambda f: day(f.item.commitment.deadline)),
        Field("具体任务", 44, "text", lambda f: f.item.commitment.head.text),
        Field("出处", 34, "text", lambda f: origin(f.item.commitment)),
    ),
)

PROJECTS: Plan[Project] = Plan(
    "项目",
    "点 名 项 目",
    (
        Field("项目", 36, "text", lambda p: p.name),
        Field("承诺条数", 10, "centre", lambda p: len(p.items)),
        Field("台账序号", 20, "text", lambda p: "、".join(str(i.number) for i in p.items)),
        Field("牵头单位", 22, "text", lambda p: once(bodies("lead")(i.commitment) for i in p.items)),
        Field("地点", 22, "text", lambda p: once(texts("LOCATION")(i.commitment) for i in p.items)),
        Field("最迟时限", 16, "date", lambda p: day(last_deadline(p))),
        Field("来源文件", 36, "text", lambda p: p.items[0].commitment.source),
    ),
)


def once(values: Iterable[object]) -> str | None:
    """The values that are not empty, each once, in order."""
    return LIST.join(dict.fromkeys(str(value) for value in values if value)) or None


def last_deadline(project: Project) -> Deadline | None:
    """The deadline of a project's commitments that ends last."""
    found = [i.commitment.deadline for i in project.items if i.commitment.deadline]
    return max(found, key=lambda deadline: deadline.end_date or "", default=None)


def items(commitments: Iterable[Commitment]) -> Iterator[Item]:
    """The commitments, numbered."""
    return (Item(number, commitment) for number, commitment in enumerate(commitments, 1))


def ledger(commitments: Iterable[Commitment]) -> Iterator[list[Item]]:
    """The ledger's rows, those under one pledge together, up to `MOST` of them."""
    for _, group in groupby(items(commitments), under):
        while some := list(islice(group, MOST)):
            yield some


def under(item: Item) -> tuple[str, str | None]:
    """What commitments of one group have in common."""
    pledge = item.commitment.pledge
    return item.commitment.source, pledge.id if pledge else item.task


def figures(commitments: Iterable[Commitment]) -> Iterator[list[Figure]]:
    """Every quantity, in text order."""
    return ([Figure(i, e)] for i in items(commitments) for e in i.commitment.entities if e.type == "QUANTITY")


def projects(commitments: Iterable[Commitment]) -> Iterator[list[Project]]:
    """Every named project of a source once, by its first mention."""
    found: dict[tuple[str, str], list[Item]] = {}
    for item in items(commitments):
        for name in dict.fromkeys(e.text for e in item.commitment.entities if e.type == "PROJECT"):
            found.setdefault((item.commitment.source, name), []).append(item)
    return ([Project(name, tuple(mentions))] for (_, name), mentions in found.items())
