"""Who answers for what: responsibility notes such as `（省水利厅牵头，各市政府配合）` and `责任单位：…`.

`lead` is who 牵头, or the first of those who 负责 or stand after 责任单位; `partners` are the rest. Names
stay as printed, open classes (`各市政府`) too. Offsets are code points of the healed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor import rulebook as rulebooks
from extractor.rulebook import Rule, Rulebook

BRACKETS = "（）()〔〕[]【】 　\n"
LEADING = re.compile("牵头|主办")
LABEL = re.compile(
    r"((?:牵头|主办|责任|负责|主管|承办|配合|协办|协助|协同|参与|参加|支持|落实|实施)(?:单位|部门|处室|机构))[:：]"
)
ASSIGNED = re.compile(
    r"(?P<who>.+?)(?:(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|分工|联合|等)*"
    r"(?P<how>牵头(?:负责|实施|落实|办理|组织)?|配合|协助|协办|参与|参加|负责(?:落实|实施)?|实施|落实|承办|支持))"
)
MEMBER_BORDER = re.compile(
    r"""(?: (?<!各[市区县])(?<!有关[市区县])(?<!相关[市区县])、      # 各区、市政府 stays together
          | [，,；;] | 以及 | 会同 | 联合 | (?:及|和|与)(?=[各相有其专])
          | 等(?=有关|相关|和|各) | 等$ | 等(?:部门|单位)$
        ) (?![^（(]*[）)])                                        # 各县（市、区）政府 too""",
    re.VERBOSE,
)
REMARKED = re.compile(r"\d|完成|落实到位|报送")
LINES = re.compile(r"[:：][^\n]*(?:\n[ 　]*(?:责任|配合|协办|协助|协同|参与|参加|支持)(?:单位|部门)[:：][^\n]*)*")
OFFICE = re.compile(
    r"[部委局厅办院署会行府处所站心团司位门镇乡区市县省央组班队社校联科工体室库业庭道村盟州旗馆台网关]$"
)
REMARK = re.compile(r"[。;；,，]?(?:列|排)(?:在)?第一位.*|[。,，](?:下同|以下).*|[。.]+$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Responsibility:
    """Who leads and who assists, as printed."""

    lead: tuple[str, ...]
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A responsibility note at `text[start:end]`, brackets included."""

    start: int
    end: int
    lead: tuple[str, ...]
    partners: tuple[str, ...]
    rule: str


def find(text: str, rulebook: Rulebook | None = None) -> list[Note]:
    """Every responsibility note of a healed text, left to right."""
    rules = (rulebook or rulebooks.load()).family("responsibility")
    spans = sorted(
        (m.start(), reach(text, rule, m.end()), rule.id) for rule in rules for m in rule.regex.finditer(text)
    )
    notes: list[Note] = []
    border = 0
    for start, end, rule in spans:
        if start >= border and (told := parse(text[start:end])):
            notes.append(Note(start, end, told.lead, told.partners, rule))
            border = end
    return notes


def reach(text: str, rule: Rule, end: int) -> int:
    """Where the note ends that a hit opens: a label's line and the lines of partners below it belong to it."""
    if rule.id != "responsibility.line":
        return end
    lines = LINES.match(text, end)
    return lines.end() if lines else end


def parse(note: str) -> Responsibility | None:
    """Lead and partners of one note, with or without its brackets; None where nobody is named.

    >>> parse("（省水利厅牵头，省财政厅、各市政府配合）")
    Responsibility(lead=('省水利厅',), partners=('省财政厅', '各市政府'))
    >>> parse("责任单位：市教育局、市财政局")
    Responsibility(lead=('市教育局',), partners=('市财政局',))
    """
    inner = REMARK.sub("", note.strip(BRACKETS)).strip(BRACKETS)
    fields = list(labelled(inner) if LABEL.search(inner) else assigned(inner))
    everyone = [(name, leads) for names, leads in fields for name in names]
    if not everyone or not OFFICE.search(everyone[0][0]):
        return None
    led = any(leads for _, leads in everyone)
    lead = [name for name, leads in everyone if leads] if led else [everyone[0][0]]
    return Responsibility(tuple(lead), unique(name for name, _ in everyone if name not in lead))


def labelled(inner: str) -> Iterator[tuple[list[str], bool]]:
    """The members after each label (牵头单位：…), and whether the label names the lead."""
    parts = LABEL.split(inner)[1:]
    for label, names in zip(parts[::2], parts[1::2], strict=True):
        yield members(names), bool(LEADING.search(label))


def assigned(inner: str) -> Iterator[tuple[list[str], bool]]:
    """The members before each verb (…牵头，…负责), and whether the verb makes them the lead.

    In `甲会同乙负责` only 甲 leads; a verb governs all members since the verb before it.
    """
    position = 0
    for found in ASSIGNED.finditer(inner):
        if not re.match(r"[，,；;。、]|$", inner[found.end() :]) and found["how"] != "牵头":
            return
        first, _, rest = re.sub("^[，,；;]", "", found["who"]).partition("会同")
        leads = bool(LEADING.search(found["how"]))
        yield members(first), leads
        yield members(rest), False
        position = found.end()
    if inner[position:].strip("，,；;。"):
        yield members(inner[position:]), False


def members(names: str) -> list[str]:
    """The single bodies of a coordinated list; `和` inside a name (文化和旅游局) does not part it."""
    parts = (part.strip(" 　\n。、等").removeprefix("由") for part in MEMBER_BORDER.split(names))
    return [name for name in parts if name and not REMARKED.search(name)]


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Without repetitions, order kept."""
    return tuple(dict.fromkeys(names))
