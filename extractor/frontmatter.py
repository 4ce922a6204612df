"""What a text says of itself: title, date, issuer, and the speeches it holds with their bylines.

Works line by line on the folded text (one paragraph a line); offsets are code points of that text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extractor import bylines, issuers
from extractor.bylines import Line, Speaker, is_byline
from extractor.days import ALONE_DAY, CHINESE_DAY, DAY, MONTH, REMARKED_DAY, parse_day
from extractor.issuers import BODY, COVER, LETTERHEAD, signs
from extractor.titles import GENRE, is_work, particular

LONGEST_TITLE = 60
FORMAL = re.compile("^关于.{,110}(?:报告|通知|意见|决定)$")
"""A title that may be longer: those of reports on plans and budgets name both."""
STAMPED = re.compile(
    r"(?:^|[\s\u3000])(?:回复|答复|办理|办结|处理|反馈|发布|发文|成文|印发|公开|更新|签发|访谈)(?:日期|时间)\s*[:：]\s*"
    rf"(?P<day>{DAY.pattern}|{CHINESE_DAY.pattern})|^\S{{2,12}}〔\d{{4}}〕\d+号\s+(?P<beside>{DAY.pattern})"
)
"""The date that a page bears among its metadata: `回复日期：2009年11月26日`, `文号 2022-05-16 09:31`; no other day named so."""
ANSWERED = re.compile("^(?:回复|答复|办理|办结|反馈|发布)(?:日期|时间)$")
"""A field of a form whose date stands on the next line."""
ASKED = re.compile("^(?:来信|写信|留言|提问|受理|来电|投诉)(?:日期|时间)")
"""A line with the date of the letter that a text answers."""
STAMPS = 12
"""Lines at the top of a page among which its metadata stand."""
MET = re.compile(rf"^(?:{DAY.pattern}|{CHINESE_DAY.pattern})[^。]{{0,60}}?(?:召开|举行|主持)")
"""How minutes and news begin: the day on which the meeting was held."""
TERM = re.compile("有效期|[自从至到截][^日]{0,12}日|施行|执行")
"""A line that says how long something holds (`有效期至2026年12月31日`) is no sign-off."""
LABELS = (
    "标题|政策名|名称|发布机构|发文机关|发文字号|公文种类|来源|发布时间|发布日期|成文日期|会议时间|日期|时间|文号|链接|原文链接|具体链接|正文|"
    "产业类型|失效时间|索引号|主题分类|【[^】]*码】"
)
LABEL = re.compile(f"^({LABELS})[:：]?(.*)$")
PAGE = re.compile(
    r"""^(?: (?: (?:来信|写信|留言|提问|受理|办理|办结|答复|回复|处理|反馈|公开|发布|发稿|发文|成文|印发|生成|更新|签发|上传)
                   (?:时间|日期|单位|机构|机关|部门|人|者|状态)
              | (?:信息|文章|稿件|内容)来源|稿源|供稿|撰稿|通讯员|记者|作者|摄影|编辑|责任编辑|责编|审核|校对
              | (?:文件)?有效性|效力状态|公文种类|(?:浏览|点击|阅读|访问)(?:次数|量|数)?|字体|字号
              | (?:信件|来信|信息)(?:编号|类别|类型|分类|状态)|发生(?:地点|时间)|涉及(?:单位|地区)|所属(?:地区|区域) )
            (?! .*(?:将|拟|完成|推进|新建|改造|设立|举办|实行|工作日) )       # 办理单位：拟设立窗口 says what will be done
            \s* (?: [:：] \s* [^。;；]{0,40} | (?<=[间期位构关门]) (?: \s+ [^。;；]{1,30} )? )
          | (?: (?:信件|来信|信息)(?:标题|主题) | 主题词 ) \s* [:：]? \s* [^。;；]{0,40}
          | (?:来信|留言|提问|办理|答复|回复|处理|反馈|公开)(?:内容|结果) [:：]?
          | (?:发布|发稿|成文|印发|更新|生成) [:：] \s* [\d年月日/.:：\ -]{6,20} )$""",
    re.VERBOSE,
)
"""What pages say of a text besides, each on a line: `信息来源：县府办`, `回复单位` with its value below."""
NEXT_LABEL = re.compile(rf"(?<=\S)\s+(?=(?:{LABELS})[:：]|(?:发布|成文|生成)(?:日期|时间)\s|\S(?:\s\S){{1,3}}\s?[:：])")
"""Between the pairs of label and value on one line, whose labels may be spaced out (`有 效 性：有效`)."""
SPACED_LABEL = re.compile(r"^\S(?:\s{0,3}\S){1,3}\s*[:：]")
MASTHEAD = re.compile(
    r"第 ?\S{1,3} ?版|\d+版|日报|周报|理论版|专版|^当前位置|^【打印】|浏览次数|^\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?\s*(?:来源|作者|$)"
)
NUMBERED = re.compile(r"^.{1,10}〔\d{4}〕\S{0,4}号$")
SALUTATION = re.compile(
    r"^(?!.*(?:将|[做抓办]好|下列|以下|(?:目标|任务|措施|举措|思路|打算|安排|计划)[:：]$))(?:(?:[^。，,]{1,30}|各[^。]{1,40}|[^。]{1,30}(?:们|同志|先生|女士))[:：]|"
    r"[^。，]{0,20}(?:您好|同志们|各位)[^。]{0,12})$"
)
PART = re.compile(
    r"^(?:过去|今后|未来|下一?步|今年|明年|去年|上半年|下半年|(?:19|20)\d\d年)[^，。]{0,16}(?:工作|任务|打算|安排|回顾|要求|思路|举措|重点|目标)$"
)
"""A heading that says of which time its part tells: 今年的主要任务."""
HEADLINE = re.compile(r"^(?!让)[^。；;，,]{6,40}[？?！!]$")
RUNNING = re.compile(r"[。；;！!？?,，：:]")
ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|[①-⑳]|第[一二三四五六七八九十]+[章节条，、])"
)


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """Title, date and issuer of a document; its speeches; and the lines that are no running text."""

    title: str | None
    date: date | None
    issuer: str | None
    speeches: tuple[Speaker, ...]
    lines: tuple[tuple[int, int], ...]

    def covers(self, offset: int) -> bool:
        """Whether a line of front matter (title, byline, date, metadata) holds this offset."""
        return any(start <= offset < end for start, end in self.lines)


def read(folded: str, cells: Set[int] = frozenset()) -> Frontmatter:
    """What a folded text says of itself; every part is None or empty where it does not say.

    Args:
        cells: numbers of the paragraphs in tables of tasks, where a body above a month (`县民政局`, `2026年6月`) signs nothing.
    """
    lines = paragraphs(folded, cells)
    top = head_of(lines)
    labelled = {m[1]: m[2].strip() for line in top for part in NEXT_LABEL.split(line.text) if (m := label(part))}
    titles = [line for line in top if (is_title(line.text) or asks(line, lines)) and not label(line.text)]
    speeches = bylines.find(lines, is_title)
    title = labelled.get("标题") or labelled.get("政策名") or labelled.get("名称") or joined(titles, speeches)
    day = find_date(top, lines, labelled)
    signed = [above for above, line in pairwise(lines[-8:]) if signs(above.text, line.text) and BODY.search(above.text)]
    alone = [line for line in lines if is_front(line.text)]
    openings = {speech.start for speech in speeches}
    front = [*top, *alone, *signed, *(line for line in lines if line.start in openings)]
    return Frontmatter(
        title,
        day,
        closed_up(labelled.get("发布机构") or labelled.get("发文机关"))
        or issuers.find(title, [line.text for line in lines], speeches[0].body if len(speeches) == 1 else None),
        tuple(speeches),
        tuple(sorted({(line.start, line.start + len(line.text)) for line in front})),
    )


def closed_up(value: str | None) -> str | None:
    """A value whose characters are set apart (`水 利 局`) without the spaces; None for the next label of an empty field."""
    if value and (":" in value or "：" in value):
        return None
    return "".join(value.split()) if value and re.fullmatch(r"\S(?:\s+\S)+", value) else value


def paragraphs(folded: str, cells: Set[int]) -> Sequence[Line]:
    """The lines of a text that hold anything, in order, but for the `cells` of its tables."""
    found: list[Line] = []
    start = 0
    for number, raw in enumerate(folded.split("\n")):
        if (text := raw.strip()) and number not in cells:
            found.append(Line(text, start + raw.index(text[0])))
        start += len(raw) + 1
    return found


def head_of(lines: Sequence[Line]) -> list[Line]:
    """The lines before the running text: titles, metadata, dates, bylines, salutations (at most 24).

    What looks like a title behind a salutation, or tells of a part of the document behind its title, is a heading.
    """
    head: list[Line] = []
    entitled = saluted = titled = False
    for number, line in enumerate(lines[:24]):
        labelled, salutes = label(line.text), SALUTATION.search(line.text)
        a_title = is_title(line.text) or asks(line, lines)
        heading = a_title and not labelled and ((saluted and entitled) or (titled and PART.match(line.text)))
        if (number and is_work(line.text)) or heading or not (labelled or salutes or a_title or is_front(line.text)):
            break
        head.append(line)
        saluted = saluted or bool(salutes and not a_title)
        entitled = entitled or (a_title and not labelled)
        titled = titled or bool(a_title and not labelled and GENRE.search(line.text))
    return [line for line in head if not ENUMERATED.match(line.text)]


def label(text: str) -> re.Match[str] | None:
    """The label and the value of a line of metadata; tables space their labels out (`标  题：`, `索 引 号：`)."""
    return LABEL.match(SPACED_LABEL.sub(lambda found: "".join(found[0].split()), text))


def is_title(text: str) -> bool:
    """Short, no punctuation at its end, no enumerator."""
    short = (len(text) <= LONGEST_TITLE or bool(FORMAL.match(text))) and not RUNNING.search(text)
    return short and not ENUMERATED.match(text) and not is_front(text)


def asks(line: Line, lines: Sequence[Line]) -> bool:
    """Whether a line is a headline that asks or exclaims: the first of its text, and nobody's greeting."""
    return line is lines[0] and bool(HEADLINE.match(line.text)) and not SALUTATION.search(line.text)


def is_front(text: str) -> bool:
    """A byline, a date, a document number, a particular of a project, a masthead or a page number on a line of its own."""
    return bool(
        ALONE_DAY.match(text)
        or REMARKED_DAY.match(text)
        or MONTH.match(text)
        or particular(text)
        or PAGE.match(text)
        or NUMBERED.match(text)
        or LETTERHEAD.match(text)
        or is_byline(text)
        or (len(text) <= LONGEST_TITLE and MASTHEAD.search(text))
        or re.fullmatch(r"[—\-·\s第页共]*\d{1,4}[—\-·\s第页共\d]*", text)
    )


def joined(titles: Sequence[Line], speeches: Sequence[Speaker]) -> str | None:
    """The title, put together where it runs over lines (`国务院关于…` / `…的若干意见`)."""
    first = [line.text for line in titles if not speeches or line.start <= speeches[0].start][:3]
    if not first:
        return None
    if len(first) > 1 and not GENRE.search(first[0]):
        for count in range(2, len(first) + 1):
            if GENRE.search(first[count - 1]):
                return "".join(first[:count])
    return first[0]


def find_date(top: Sequence[Line], lines: Sequence[Line], labelled: dict[str, str]) -> date | None:
    """The document's date: its metadata, the lines above the text, its sign-off, the letter that covers it, a line of its own,
    the meeting it tells of."""
    metadata = [labelled.get(key, "") for key in ("成文日期", "发布日期", "发布时间", "日期", "会议时间", "时间")]
    above = [
        line.text
        for line in top
        if not ASKED.match(line.text)
        and (not is_title(line.text) or DAY.search(line.text) or CHINESE_DAY.search(line.text))
    ]
    below = [line.text for line in lines[-8:] if len(line.text) <= LONGEST_TITLE and not TERM.search(line.text)]
    stamps = (found["day"] or found["beside"] for line in lines[:STAMPS] if (found := STAMPED.search(line.text)))
    fields = [line.text for above, line in pairwise(lines[:COVER]) if ANSWERED.match(above.text)]
    covers = [line.text for above, line in pairwise(lines[:COVER]) if signs(above.text, line.text)]
    alone = [line.text for line in lines[:COVER] if ALONE_DAY.match(line.text)]
    met = [found[0] for line in lines[len(top) : len(top) + 1] if (found := MET.match(line.text))]
    said = map(parse_day, [*metadata, *fields, *above, *stamps, *reversed(below), *covers, *alone, *met])
    return next(filter(None, said), None)
