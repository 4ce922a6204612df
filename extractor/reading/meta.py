"""The sidecar of a folder: `meta.csv` says of its files what they do not say themselves."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from extractor.reading.days import iso
from extractor.reading.plain import decode
from extractor.reading.source import Unreadable

NAME = "meta.csv"
HEADERS = {"文件": "file", "文件名": "file", "日期": "date", "发文机关": "issuer", "标题": "title"}
"""The columns' names in Chinese."""
KNOWN = ("file", "date", "issuer", "title")


@dataclass(frozen=True, slots=True)
class Meta:
    """What is known of a file beside its text."""

    date: dt.date | None = None
    issuer: str | None = None
    title: str | None = None


NOTHING = Meta()
"""Of a file that the sidecar does not name."""


def sidecar(folder: Path) -> Mapping[str, Meta]:
    """What `meta.csv` in a folder says, by file name relative to the folder; empty where there is none.

    Raises:
        Unreadable: it is no such table, or a date in it is none.
    """
    path = folder / NAME
    try:
        text, _ = decode(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise Unreadable(path, f"cannot be read: {error.strerror or error}") from None
    except Unreadable as error:
        raise Unreadable(path, error.reason) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="")
    rows.fieldnames = [HEADERS.get(name.strip(), name.strip().casefold()) for name in rows.fieldnames or ()]
    if "file" not in rows.fieldnames:
        raise Unreadable(path, "has no column `file`; its first row names the columns file, date, issuer, title")
    try:
        return {row["file"].strip().replace("\\", "/"): said(row, path, rows.line_num) for row in rows if row["file"]}
    except csv.Error as error:
        raise Unreadable(path, f"line {rows.line_num}: no row of a table ({error})") from None


def said(row: Mapping[str, str | None], path: Path, line: int) -> Meta:
    """What a row says."""
    day, issuer, title = ((row.get(name) or "").strip() or None for name in KNOWN[1:])
    date = iso(day)
    if day and not date:
        raise Unreadable(path, f"line {line}: {day!r} is no date; write it as 2019-04-20")
    return Meta(dt.date.fromisoformat(date) if date else None, issuer, title)
