"""Who speaks in a text: its bylines, or the title that names the speaker.

Works on the paragraphs of the folded text; offsets are code points of that text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.days import CHINESE_DAY, DAY

LONGEST = 60
"""Characters of a byline."""
HEAD_LINES = 4
"""Lines at the top of a text among which a title names who spoke."""
OFFICE = (
    "书记|主任|省长|市长|县长|区长|州长|旗长|镇长|乡长|专员|局长|处长|科长|厅长|部长|主席|校长|院长|会长|行长|检察长|"
    "总经理|董事长|秘书长|组长|所长|站长|支书|社长|总理|队长|司长|署长|经理|庄长|村长"
)
PARTY_BODY = "党工委|党委|党组|党总支|党支部|工委|办事处|管委会|纪委|综合党委"
NAME = r"[一-鿿]·?(?:[ 　]*[一-鿿]){1,3}"
POSITION = rf"(?:{PARTY_BODY})?(?:第[一二三]|常务|代理?)?副?(?:{OFFICE})"
BYLINE = re.compile(
    rf"""^[—\-]*
    (?P<organization> [^\s、,。:：]{{0,30}}? )
    (?P<position> {POSITION} (?: [、,] [^\s。,、]{{0,16}}?(?:{OFFICE}) )* )
    (?: [ 　:：]+ (?P<speaker>{NAME}) )
    [ 　]* $""",
    re.VERBOSE,
)
SPOKE = re.compile(
    rf"(?:^|[(（]摘自)(?P<organization>[一-鿿]{{0,20}}?)(?P<position>{POSITION})(?P<speaker>[一-鿿]{{2,3}}?)(?:同志)?"
    rf"(?:{DAY.pattern}|{CHINESE_DAY.pattern})?在[^，。；\n]{{2,60}}(?:讲话|发言|致辞|报告|报告》)[)）]?$"
)
"""A line at the top that names the speaker: 清河市市长王大山同志在全市教育工作会议上的讲话, （摘自县长王大山在…所作的《政府工作报告》）."""
HEAD = re.compile("^(?:代理?)?(?:省长|市长|县长|区长|州长|旗长|镇长|乡长)$")
"""Who speaks for the government of a place."""
PLACE = re.compile("[省市县区州旗镇乡]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text without its surrounding white space."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Speaker:
    """A byline: `济宁高新区某街道党工委书记 某某` gives organization, position and speaker, each may be None."""

    title: str | None
    speaker: str
    position: str
    organization: str | None
    start: int

    @property
    def body(self) -> str | None:
        """The body that the speaker speaks for: the head of a county speaks for its government, known by its level where no place is named."""
        if not HEAD.search(self.position):
            return self.organization
        if not self.organization:
            return f"{self.position[-2]}人民政府"
        return f"{self.organization}人民政府" if PLACE.search(self.organization) else self.organization


def find(lines: Sequence[Line], is_title: Callable[[str], bool]) -> list[Speaker]:
    """Every byline, with the title line above it; a speech starts at its title. Without any, the title that names its speaker."""
    found: list[Speaker] = []
    for number, line in enumerate(lines):
        byline = is_byline(line.text)
        if byline:
            above = lines[number - 1] if number else None
            found.append(speaker(byline, above if above and is_title(above.text) else None, line))
    return found or named(lines[:HEAD_LINES])


def is_byline(line: str) -> re.Match[str] | None:
    """Who speaks, where a line says nothing else."""
    return BYLINE.match(line) if len(line) <= LONGEST else None


def speaker(found: re.Match[str], title: Line | None, line: Line) -> Speaker:
    """Who speaks under a title, by a line that names them."""
    return Speaker(
        title.text if title else None,
        re.sub(r"\s", "", found["speaker"]),
        found["position"],
        found["organization"] or None,
        title.start if title else line.start,
    )


def named(lines: Sequence[Line]) -> list[Speaker]:
    """The one speaker whom the lines at the top of a text name within a title.

    >>> [(one.organization, one.position, one.speaker) for one in named([Line("清河市市长王大山同志在全市会议上的讲话", 0)])]
    [('清河市', '市长', '王大山')]
    >>> named([Line("王大山同志在李明市长调研座谈会上的讲话", 0)])
    []
    """
    spoke = [speaker(found, line, line) for line in lines if (found := SPOKE.match(line.text))]
    return spoke if len(spoke) == 1 else []
