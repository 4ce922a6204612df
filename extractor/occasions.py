"""The event that a time counts from: 受理后 in `区商务局在受理后15个工作日内`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.spans import Period

LIMIT = "period.limit"
COUNTED = frozenset({LIMIT, "period.within"})
"""Rules whose hits may count from an event before them."""
UNDATED = "counts from an event that has no date"
SINCE, AFTER = ("自", "从"), ("后", "起")
REACH = 30
"""Characters before a time in which its event is looked for."""
EVENT = re.compile(
    "(?:(?:^|(?<=[在于对应须需要将当可、局委厅]))[^\n,、自从在于对应须需将可局委厅]{2,14}|[自从](?![然身愿主行动己治])[^\n,、自从]{1,18})"
    "(?:(?:之日)?起|之?后|以后)的?$",
    re.MULTILINE,
)
"""An event and the word behind it, at the end of what stands before a time."""


def counted(found: Sequence[Period], view: str) -> list[Period]:
    """The times with the event that they count from, where the clause names one right before them: then they have no date.

    A limit that counts from nothing (`5个工作日内答复`) says how much and is left out.

    >>> from extractor import periods
    >>> [time.text for time in periods.extract("区商务局在受理后15个工作日内完成审核，3个工作日内公布。")]
    ['受理后15个工作日内']
    """
    told: list[Period] = []
    for time in found:
        start = time.start
        if time.rule in COUNTED and told and told[-1].end == start and told[-1].text.endswith(AFTER):
            start = told.pop().start
        elif time.rule in COUNTED:
            floor = max(told[-1].end if told else 0, view.rfind("\n", 0, start) + 1, start - REACH)
            event = EVENT.search(view, floor, start)
            start = event.start() if event else start
        if start < time.start:
            told.append(without_date(time, start, view))
        elif time.rule != LIMIT or time.text.startswith(SINCE):
            told.append(time)
    return told


def without_date(time: Period, start: int, view: str) -> Period:
    """The time with the event before it, from `start` on."""
    return time._replace(start=start, text=view[start : time.end], start_date=None, end_date=None, reason=UNDATED)
