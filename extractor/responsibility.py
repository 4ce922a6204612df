"""Who answers for what: responsibility notes such as `（省水利厅牵头，各市政府配合）` and `责任单位：…`.

`lead` is who 牵头, or the first of those who 负责 or stand after 责任单位; `partners` are the rest. Names
stay as printed, open classes (`各市政府`) too. Offsets are code points of the healed text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from extractor import rulebook as rulebooks
from extractor.rulebook import Rule, Rulebook

BLANK = " 　\n"
LEADING = re.compile("牵头|主办|主要|主责|第一")
BODY = (
    "(?:[省市县区镇]级|主要|第一|具体)?"
    "(?:(?:牵头|主办|主责|责任|负责|主管|承办|配合|协办|协助|协同|参与|参加|支持|落实|实施|指导|督导|监督|验收){1,2}"
    "(?:单位|部门|处室|机构|[科股]室)|(?:责任|实施)主体)"
)
TELLS = f"(?:{BODY}|(?:牵头|主办|承办|配合|协办|协助)(?=[:：]|$))"
"""Labels of who answers; in brackets also 牵头：… and 配合：…."""
ASIDE = "(?:(?:完成|办结|整改|落实)(?:时限|期限|时间)|(?:时限|时间)要求|(?:牵头|责任|分管|包保|包联|联系)[省市县区镇乡]?(?:级)?(?:人|领导)|责任人员)"
"""Labels of what a note says besides: by when, and which persons."""
DUE = (
    "(?:拟|计划|预计)?(?:(?:完成|办结|整改|落实|推进|实施|开工|建成|建设|竣工|投用)"
    "(?:时限|期限|时间|时间节点|时间安排|时间要求|日期|周期|年限|工期)|时限|工期|起止(?:年限|时间|年月|日期))(?:要求)?"
)
"""What a line or a column is called that says by when."""
COLON = "(?:】?[:：]|】|为)"
LABEL = re.compile(f"【?({TELLS}|{ASIDE}){COLON}")
NAMING = re.compile(f"{TELLS}{COLON}")
WRAPPED = re.compile(rf"[（(〔\[【](?!(?:{BODY}|{ASIDE})】)(.*)[）)〕\]】]", re.DOTALL)
ASSIGNED = re.compile(
    r"(?P<who>.+?)(?:(?:按照?(?:各自)?职责(?:分工)?|分别|共同|具体|分工|联合|密切|积极|等)*"
    r"(?P<how>(?:负责)?牵头(?:负责|实施|落实|办理|组织)?|(?:配合|协助|协办|参与|参加|支持)(?:落实|实施|办理|做好|完成)?|"
    r"负责(?:落实|实施)?|实施|落实|承办))"
)
MEMBER_BORDER = re.compile(
    r"""(?: (?<!各[市区县乡州])(?<!有关[市区县])(?<!相关[市区县])、      # 各区、市政府 stays together
          | [，,；;] | 以及 | 会同 | (?<=[局委办厅部院处所站府司镇乡区县市])联合(?![会社体]) | (?:及|和|与)(?=[各相有其专])
          | 等(?=有关|相关|和|各) | 等$ | 等(?:部门|单位)$
        ) (?![^（(]*[）)])                                        # 各县（市、区）政府 too""",
    re.VERBOSE,
)
REMARKED = re.compile(
    r"\d|[年月]底|年内|季度|半年|全年|期前|[时期]限|完成|落实到位|报送|督办$|持续|长期|常态化|职责分工"
)
THROUGH = re.compile("^.*(?<!自)由")
"""What is to be done before who does it: 污水处理由县水利局, but 自由贸易试验区管委会."""
GUIDES = re.compile("(?<=.[局委办厅站所部政府])(?:负责)?(?:指导|督导|督办|督促|落实)$")
"""What is said behind the name of a body that is no part of it."""
REST = (
    r"(?:[^\n。；;]|[；;](?!\d{1,2}[.、．]|[一二三四五六七八九十]+[、是])"
    rf"|。(?=[ 　]*(?:【?(?:{BODY}|{ASIDE}|{DUE}){COLON}|[（(\n]|\Z)))*"
)
"""What a labelled line goes on with: not with the next item, nor the next sentence unless that has a label, too."""
SHARE = re.compile(
    "[（(](?![省市县区镇乡][^（()）]*[）)])[^（()）]*(?<![局委办厅部科股室府处会院所道镇乡村区县市旗])[）)]$"
)
"""What a body answers for, in brackets behind its name: 县医院（胸痛中心）, 市住建局（第4项）; 市工信局（市大数据局） has a second name."""
ITEMS = re.compile(r"([^、，,；;:：（()）\s]+)[（(]第?(\d{1,3}(?:[、,，和及至—-]\d{1,3})*)项?[）)]")
LINES = re.compile(rf"(?:】?[:：]|】){REST}(?:\n[ 　]*【?(?:(?!牵头|主办){TELLS}|{ASIDE}){COLON}{REST})*")
ABOVE = re.compile(rf"(?:^|(?<=\n))[ 　]*({ASIDE}[:：][^\n]+\n[ 　]*)\Z")
NEAR = 60
"""Characters; a labelled line above a note is no longer."""
OFFICE = re.compile(
    r"[部委局厅办院署会行府处所站心团司位门镇乡区市县省央组班队社校联科股工体室库业庭道村盟州旗馆台网关][）)]?$"
)
INNER = "(?:[^\n（()）〔〕\\[\\]【】]|[（(][^\n（()）]{1,12}[）)])"
SUSPECT = re.compile(
    rf"[（(〔\[【](?=[^\n（()）〔〕\[\]【】]{{0,30}}(?:{BODY}|{ASIDE})[:：]){INNER}{{1,400}}[）)〕\]】]"
    rf"|[（(〔\[【]{INNER}{{1,300}}?(?:牵头|负责|配合)(?:负责|落实|实施|办理)?[。;；]?[）)〕\]】]"
    rf"|(?<![^\s。；;]){BODY}[:：][^\n]*"
)
"""What looks like a note: brackets with a label or closed by 牵头, 负责 or 配合, and a labelled line."""
BARE, LINE = "responsibility.bracket_bare", "responsibility.line"
STOPS = ("。", "；", ";", "！", "!")
THING = re.compile(r"[^局委办厅司部府会门位构关方体人口台:：0-9\n]$")
"""What stands before a bracket that says who does it, and not which office is meant: 主管部门（县水利局）, 市工信局（市大数据局）."""
LIMITED = re.compile("完成|[时期]限")
SEAT = re.compile("[局委办厅部科股处室府会]$")
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
    spans = sorted((*whole(text, rule, *m.span()), rule.id) for rule in rules for m in rule.regex.finditer(text))
    notes: list[Note] = []
    border = 0
    for start, end, rule in spans:
        told = parse(text[start:end]) if start >= border else None
        if told and (rule != BARE or closes(text, start, end, told)):
            notes.append(Note(start, end, told.lead, told.partners, rule))
            border = end
    return notes


def closes(text: str, start: int, end: int, told: Responsibility) -> bool:
    """Whether a bracket that only lists bodies closes a sentence or item, behind its full stop or, with an office in front, before it.

    On a line of its own it says who signs, unless it says by when, too.
    """
    before = text[max(start - 3, 0) : start].rstrip(" 　")
    if before.endswith(STOPS) or LIMITED.search(text, start, end):
        return True
    return text.startswith(STOPS, end) and bool(SEAT.search(told.lead[0]) and THING.search(before))


def unparsed(text: str, notes: Sequence[Note]) -> list[tuple[int, int]]:
    """Where something stands in a healed text that looks like a note and is none of `notes`.

    >>> unparsed("清淤（配合单位：另行通知）", find("清淤（配合单位：另行通知）"))
    [(2, 13)]
    """
    suspects = (found.span() for found in SUSPECT.finditer(text))
    return [(start, end) for start, end in suspects if not any(n.start < end and start < n.end for n in notes)]


def whole(text: str, rule: Rule, start: int, end: int) -> tuple[int, int]:
    """The note that a hit opens: to a label belong its line, the lines of partners below and that of the time limit above."""
    if rule.id != LINE:
        return start, end
    above, below = ABOVE.search(text, max(0, start - NEAR), start), LINES.match(text, end)
    return above.start(1) if above else start, below.end() if below else end


TITLE = re.compile("(?:牵头|主办|责任|负责|主管|承办|配合|协办|参与)(?:单位|部门|[科股]室)")
"""The head of a table's column, which names nobody."""


def parse(note: str) -> Responsibility | None:
    """Lead and partners of one note, with or without its brackets; None where nobody is named.

    >>> parse("（省水利厅牵头，省财政厅、各市政府配合）")
    Responsibility(lead=('省水利厅',), partners=('省财政厅', '各市政府'))
    >>> parse("责任单位：市教育局、市财政局")
    Responsibility(lead=('市教育局',), partners=('市财政局',))
    """
    inner = REMARK.sub("", unwrapped(note)).strip(BLANK)
    fields = list(labelled(inner) if NAMING.search(inner) else assigned(inner))
    everyone = [(name, leads) for names, leads in fields for name in names]
    if not everyone or not OFFICE.search(everyone[0][0]) or TITLE.fullmatch(everyone[0][0]):
        return None
    led = any(leads for _, leads in everyone)
    lead = [name for name, leads in everyone if leads] if led else [everyone[0][0]]
    return Responsibility(tuple(lead), unique(name for name, _ in everyone if name not in lead))


def unwrapped(note: str) -> str:
    """What stands inside the brackets of a note; `各乡镇（街道）` keeps its own."""
    bare = note.strip(BLANK)
    wrapped = WRAPPED.fullmatch(bare)
    return wrapped[1] if wrapped else bare


def labelled(inner: str) -> Iterator[tuple[list[str], bool]]:
    """The members after each label of bodies (牵头单位：…), and whether the label names the lead."""
    parts = LABEL.split(inner)[1:]
    for label, names in zip(parts[::2], parts[1::2], strict=True):
        if re.fullmatch(TELLS, label):
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


def items(note: str) -> dict[str, set[int]]:
    """The numbers of the items that a note gives to single bodies.

    >>> items("牵头单位：市住建局（第4项）、市城管局（第5、6项）；配合单位：市水利局")
    {'市住建局': {4}, '市城管局': {5, 6}}
    """
    return {
        name: set(chain.from_iterable(map(counted, re.split("[、,，和及]", said))))
        for name, said in ITEMS.findall(note)
    }


def counted(numbers: str) -> range:
    """A number, or those from one to another (4-6)."""
    ends = [int(end) for end in re.split("[至—-]", numbers)]
    return range(ends[0], ends[-1] + 1)


def members(names: str) -> list[str]:
    """The single bodies of a coordinated list; `和` inside a name (文化和旅游局) does not part it."""
    parts = (part.strip(" 　\n。、等") for part in MEMBER_BORDER.split(names))
    bodies = (GUIDES.sub("", THROUGH.sub("", SHARE.sub("", part))) for part in parts)
    return [name for name in bodies if name and not REMARKED.search(name)]


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Without repetitions, order kept."""
    return tuple(dict.fromkeys(names))
