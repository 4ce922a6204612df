"""Rows of tables as sources: which column holds the text, and what the others say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.reading.days import iso
from extractor.reading.options import Options
from extractor.reading.source import Place, Source, Unreadable, column, sound

TEXT = ("text", "正文", "内容", "content")
TITLE = ("title", "标题", "文件标题")
DATE = ("date", "日期", "发布日期", "成文日期", "发布时间", "pubdate")
ISSUER = ("issuer", "发文机关", "发布机构", "发文单位", "单位")
"""The usual names of columns, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are read, None where there is none."""

    text: str
    title: str | None
    date: str | None
    issuer: str | None


def columns_of(names: Sequence[str], name: str, options: Options) -> Columns:
    """Which columns of a table are read: those that the caller names, else those with the usual names.

    Raises:
        Unreadable: the table has no column of a name that was given, or none that may hold the text.
    """
    text = chosen(names, options.text_column, TEXT, name)
    if text is None:
        known = ", ".join(str(each) for each in names if each)[:300] or "none"
        raise Unreadable(name, f"no column is called {' or '.join(TEXT)}; name one with --text-column: {known}")
    return Columns(
        text,
        chosen(names, options.title_column, TITLE, name),
        chosen(names, options.date_column, DATE, name),
        chosen(names, options.issuer_column, ISSUER, name),
    )


def chosen(names: Sequence[str], said: str | None, usual: Sequence[str], name: str) -> str | None:
    """The column of the name that was said, else of the first usual name there is."""
    plain = {each.strip().casefold(): each for each in reversed(names)}
    if said is None:
        return next((plain[each] for each in usual if each in plain), None)
    if said.strip().casefold() not in plain:
        raise Unreadable(name, f"no column is called {said!r}; its columns: {', '.join(names)[:300]}")
    return plain[said.strip().casefold()]


def row_source(
    name: str, number: int, cells: Mapping[str, object], columns: Columns, options: Options, kind: str
) -> Source | Unreadable | None:
    """The source that a row holds, None for a blank row.

    `number` is the row's number as the file shows it. Its digest is that of number and cells, so that rows of one file never share it.
    """
    said = {key: printed(value) for key, value in cells.items()}
    own = f"{name}#{number}"
    if not any(text.strip() for text in said.values()):
        return None
    raw, lost = sound(said.get(columns.text, ""))
    if not raw.strip():
        return Unreadable(own, f"no text in its column {columns.text!r}")
    if len(raw) > options.limits.row_bytes:
        return too_long(own, options)
    about = {sound(key)[0]: sound(text)[0] for key, text in said.items() if key != columns.text and text.strip()}
    digest = hashlib.sha256(json.dumps([number, said], sort_keys=True).encode())
    cell = list(cells).index(columns.text) + 1 if kind in ("csv", "xlsx") else None
    return Source(
        own,
        raw,
        digest.hexdigest(),
        kind,
        (Place(0, row=number, cell=f"{column(cell)}{number}" if cell else None),),
        about.get(columns.title or "") or None,
        iso(cells.get(columns.date)) if columns.date else None,
        about.get(columns.issuer or "") or None,
        about,
        lost,
    )


def too_long(name: str, options: Options) -> Unreadable:
    """A row over the limit."""
    return Unreadable(name, f"a row of more than {options.limits.row_bytes} characters; split it")


def printed(value: object) -> str:
    """A cell as text: lists and objects as JSON, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list, bool)) else str(value)
