"""Dates as metadata and cells write them."""

from __future__ import annotations

import datetime as dt
import re

DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*([-/.年]?)\s*(\d{1,2})\s*(?:\2|月)\s*(\d{1,2})(?!\d)")


def iso(value: object) -> str | None:
    """The first day in a cell or an attribute, as ISO 8601; None where it names none.

    >>> iso("2026-01-12 09:30"), iso("发布于2026年1月12日"), iso("20260112"), iso("2026年1月")
    ('2026-01-12', '2026-01-12', '2026-01-12', None)
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    found = DAY.search(str(value)) if value is not None else None
    if not found:
        return None
    year, _, month, day = found.groups()
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
