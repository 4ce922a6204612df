"""Recognises what a page leaves in a text: page numbers, ornaments, running headers, a number at a line's end."""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS = "[0-9０-９](?:[ ]?[0-9０-９]){0,2}"
SIGN = "-—–―─·•．.*~～。|/"
OF = "[0-9０-９一二三四五六七八九十]+"

NUMBERED = re.compile(
    rf"""[{SIGN}\s]*[{SIGN}][{SIGN}\s]*{DIGITS}[{SIGN}\s]*[{SIGN}]              # - 3 -  — 2 —  ·3·
       | {DIGITS}\s*[-—·•．*~]{{1,3}}                                            # 31 ·
       | [{SIGN}\s]*(?:第|共)\s*{OF}\s*页(?:[\s，,/／（(]*(?:第|共)\s*{OF}\s*页[）)]?)?[{SIGN}\s]*  # 第1页 共2页
       | [Pp](?:age|\.)\s*[0-9]+(?:\s*(?:of|/)\s*[0-9]+)?                        # Page 3 of 10
       | [0-9]{{1,3}}\s*[/／]\s*[0-9]{{1,3}}                                     # 3/12""",
    re.VERBOSE,
)
ORNAMENT = re.compile(rf"[-—–―─·•．.*~=_\s]+|[{SIGN}](?:\s+[{SIGN}])+")
BARE = re.compile("[0-9０-９](?: ?[0-9０-９]){0,3}")
TRAILING = re.compile(r"(?:\s+[·•—-]\s*[0-9]{1,3}\s*[·•—-]|(?:[ \u3000]{2,}[0-9]{1,3}|[ ][0-9](?: [0-9]){1,2})(?=$))$")
TRAILED = "0123456789·•—-"
"""Signs that a page number at the end of a line ends in."""
LONGEST = 30
"""Characters; no page mark is longer."""
OPENERS = frozenset(SIGN + "0123456789０１２３４５６７８９第共Pp=_")


FORM_FEED = re.compile(r"[ \u3000\t\r\n]*\f[ \u3000\t\r\n]*")
RUNNING = re.compile("[，。；][^\n]*[\u4e00-\u9fff，、]$")
"""A line of running text whose sentence is not at its end."""
GOING_ON = re.compile("(?![一二三四五六七八九十]+[、是要]|第[一二三四五六七八九十]+[章节条，])[\u4e00-\u9fff]")
"""What may stand at the top of the page on which it goes on: no enumerator."""


def torn(text: str) -> Iterator[tuple[int, int]]:
    """The form feeds inside sentences, with the white space about them: half open spans in order."""
    for found in FORM_FEED.finditer(text):
        start = found.start()
        line = max(text.rfind(sign, 0, start) for sign in "\n\r\f") + 1
        if RUNNING.search(text, line, start) and GOING_ON.match(text, found.end()):
            yield found.span()


def is_mark(line: str) -> bool:
    """Whether a line, without outer white space, is nothing but a page number or an ornament."""
    if len(line) > LONGEST or line[0] not in OPENERS:
        return False
    return bool(NUMBERED.fullmatch(line) or ORNAMENT.fullmatch(line))


def is_bare_number(line: str) -> bool:
    """Whether a line is a number of up to four digits: a page number, or a figure that a link set on its own line."""
    return len(line) <= LONGEST and bool(BARE.fullmatch(line))


def without_trailing(line: str) -> str:
    """A line of running text without the page number at its end: `把工  382` is `把工`, `贷款 · 320 ·` is `贷款`."""
    found = TRAILING.search(line, max(0, len(line) - LONGEST))
    return line[: found.start()] if found and found.start() else line
