"""What a text says of itself: title, date, issuer, and the speeches it holds with their bylines.

Works line by line on the folded text (one paragraph a line); offsets are code points of that text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from extractor.titles import CHINESE_DIGIT, GENRE, is_work, particular

LONGEST_TITLE = 60
OFFICE = (
    "书记|主任|省长|市长|县长|区长|州长|旗长|镇长|乡长|局长|处长|科长|厅长|部长|主席|校长|院长|会长|行长|检察长|"
    "总经理|董事长|秘书长|组长|所长|站长|支书|社长|总理|队长|司长|署长|经理|庄长|村长"
)
PARTY_BODY = "党工委|党委|党组|党总支|党支部|工委|办事处|管委会|纪委|综合党委"
NAME = r"[一-鿿]·?(?:[ 　]*[一-鿿]){1,3}"
BYLINE = re.compile(
    rf"""^[—\-]*
    (?P<organization> [^\s、,。:：]{{0,30}}? )
    (?P<position> (?:{PARTY_BODY})? (?:第一)?副?(?:{OFFICE}) (?: [、,] [^\s。,、]{{0,16}}?(?:{OFFICE}) )* )
    (?: [ 　:：]+ (?P<speaker>{NAME}) )
    [ 　]* $""",
    re.VERBOSE,
)
DAY = re.compile(r"([12]\d{3}) ?[年\-/.] ?(\d{1,2}) ?[月\-/.] ?(\d{1,2})(?:日|(?!\d))")
CHINESE_DAY = re.compile(
    r"([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
ALONE_DAY = re.compile(rf"^[(（]?(?:{DAY.pattern}|{CHINESE_DAY.pattern})(?:印发)?[)）]?$")
STAMPED = re.compile(
    r"(?:^|[\s\u3000])(?:回复|答复|办理|办结|处理|反馈|发布|发文|成文|印发|公开|更新|签发|访谈)(?:日期|时间)\s*[:：]\s*"
    rf"(?P<day>{DAY.pattern}|{CHINESE_DAY.pattern})|^\S{{2,12}}〔\d{{4}}〕\d+号\s+(?P<beside>{DAY.pattern})"
)
"""The date that a page bears among its metadata: `回复日期：2009年11月26日`, `文号 2022-05-16 09:31`; no other day named so."""
STAMPS = 12
"""Lines at the top of a page among which its metadata stand."""
COVER = 40
"""Lines among which the letter that covers a document is signed, or a date stands alone."""
MET = re.compile(rf"^(?:{DAY.pattern}|{CHINESE_DAY.pattern})[^。]{{0,60}}?(?:召开|举行|主持)")
"""How minutes and news begin: the day on which the meeting was held."""
TERM = re.compile("有效期|[自从至到截][^日]{0,12}日|施行|执行")
"""A line that says how long something holds (`有效期至2026年12月31日`) is no sign-off."""
SPOKEN_FOR = re.compile("我代表([^,，。、向]{0,14}?(?:国务院|人民政府|政府|委员会))[,，向]")
OF_YEAR = re.compile(r"(?:19|20)\d{2}年度?(?:上半年|下半年)?")
LABELS = (
    "标题|政策名|名称|发布机构|发文机关|发文字号|公文种类|来源|发布时间|发布日期|成文日期|会议时间|日期|时间|文号|链接|原文链接|具体链接|正文|"
    "产业类型|失效时间|索引号|主题分类|【[^】]*码】"
)
LABEL = re.compile(f"^({LABELS})[:：]?(.*)$")
NEXT_LABEL = re.compile(rf"(?<=\S)\s+(?=(?:{LABELS})[:：]|\S(?:\s\S){{1,3}}\s?[:：])")
"""Between the pairs of label and value on one line, whose labels may be spaced out (`有 效 性：有效`)."""
SPACED_LABEL = re.compile(r"^\S(?:\s{0,3}\S){1,3}\s*[:：]")
ISSUED = re.compile(
    r"^(.{1,30}?(?:政府|办公厅|办公室|委员会|局|厅|部|委|院|党委|银行|管委会))(?:关于|印发|批转|转发|工作报告|公告|通告)"
)
REPORT = re.compile(
    r"^(.{2,16}?(?:省|市|县|区|州|旗|镇|乡|街道|国务院|人民政府))(?:人民政府)?(?:政府)?.{0,8}工作(?:报告|情况|总结)"
)
ORGAN = "政府|办公厅|办公室|委员会|管委会|局|厅|委|院|街道|办事处"
OWNED = re.compile(rf"^(?!在|关于|对|全|我|各|本)(.{{2,24}}?(?:{ORGAN}|[镇乡县市区省]))(?=(?:19|20)\d\d)")
ANSWERING = re.compile(
    r"^(?:答复|回复|承办|办理|主办|发布|发文|制发|公开|制定)(?:单位|机构|机关|部门)\s*[:：]\s*([^\s,，。、;；]{3,20})$|"
    r"^【?([^【】\s：:,，。]{2,12}?(?:局|委|办|政府|[镇乡]|街道|办事处|中心|公司|[大支]队))(?:回复|答复|回应)[】:：]"
)
SIGNED = re.compile(
    rf"[。！!]\s*(?P<organ>[^\s。！!,，：:]{{2,16}}(?:{ORGAN}|办|[大支]队|中心|公司))\s*{DAY.pattern}日?$"
)
MASTHEAD = re.compile(r"第 ?\S{1,3} ?版|\d+版|日报|周报|理论版|专版|^当前位置|^【打印】|浏览次数")
NUMBERED = re.compile(r"^.{1,10}〔\d{4}〕\S{0,4}号$")
SALUTATION = re.compile(
    r"^(?!.*(?:将|[做抓办]好|下列|以下))(?:(?:[^。，,]{1,30}|各[^。]{1,40}|[^。]{1,30}(?:们|同志|先生|女士))[:：]|"
    r"[^。，]{0,20}(?:您好|同志们|各位)[^。]{0,12})$"
)
PART = re.compile(
    r"^(?:过去|今后|未来|下一?步|今年|明年|去年|上半年|下半年|(?:19|20)\d\d年)[^，。]{0,16}(?:工作|任务|打算|安排|回顾|要求|思路|举措|重点|目标)$"
)
"""A heading that says of which time its part tells: 今年的主要任务."""
RUNNING = re.compile(r"[。；;！!？?,，：:]")
ENUMERATED = re.compile(
    r"^(?:[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.、．]|[①-⑳]|第[一二三四五六七八九十]+[章节条，、])"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A byline: `济宁高新区某街道党工委书记 某某` gives organization, position and speaker, each may be None."""

    title: str | None
    speaker: str
    position: str
    organization: str | None
    start: int


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


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the text without its surrounding white space."""

    text: str
    start: int


def read(folded: str) -> Frontmatter:
    """What a folded text says of itself; every part is None or empty where it does not say."""
    lines = list(paragraphs(folded))
    top = head_of(lines)
    labelled = {m[1]: m[2].strip() for line in top for part in NEXT_LABEL.split(line.text) if (m := label(part))}
    titles = [line for line in top if is_title(line.text) and not label(line.text)]
    speeches = find_speeches(lines)
    title = labelled.get("标题") or labelled.get("政策名") or labelled.get("名称") or joined(titles, speeches)
    day = find_date(top, lines, labelled)
    front = [*top, *(line for line in lines if is_front(line.text)), *speech_titles(lines, speeches)]
    return Frontmatter(
        title,
        day,
        labelled.get("发布机构") or labelled.get("发文机关") or find_issuer(title, lines, speeches),
        tuple(speeches),
        tuple(sorted({(line.start, line.start + len(line.text)) for line in front})),
    )


def paragraphs(folded: str) -> Sequence[Line]:
    """The lines of a text that hold anything, in order."""
    found: list[Line] = []
    start = 0
    for raw in folded.split("\n"):
        if text := raw.strip():
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
        labelled, salutes, a_title = label(line.text), SALUTATION.search(line.text), is_title(line.text)
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
    short = len(text) <= LONGEST_TITLE and not RUNNING.search(text)
    return short and not ENUMERATED.match(text) and not is_front(text)


def is_front(text: str) -> bool:
    """A byline, a date, a document number, a particular of a project, a masthead or a page number on a line of its own."""
    return bool(
        ALONE_DAY.match(text)
        or particular(text)
        or NUMBERED.match(text)
        or (len(text) <= LONGEST_TITLE and (BYLINE.match(text) or MASTHEAD.search(text)))
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


def find_speeches(lines: Sequence[Line]) -> list[Speaker]:
    """Every byline, with the title line above it; a speech starts at its title."""
    found: list[Speaker] = []
    for number, line in enumerate(lines):
        byline = BYLINE.match(line.text) if len(line.text) <= LONGEST_TITLE else None
        if not byline:
            continue
        above = lines[number - 1] if number else None
        titled = above is not None and is_title(above.text)
        found.append(
            Speaker(
                above.text if titled and above else None,
                re.sub(r"\s", "", byline["speaker"]),
                byline["position"],
                byline["organization"] or None,
                above.start if titled and above else line.start,
            )
        )
    return found


def speech_titles(lines: Sequence[Line], speeches: Sequence[Speaker]) -> list[Line]:
    """The title lines that open a speech."""
    starts = {speech.start for speech in speeches}
    return [line for line in lines if line.start in starts]


def find_date(top: Sequence[Line], lines: Sequence[Line], labelled: dict[str, str]) -> date | None:
    """The document's date: its metadata, the lines above the text, its sign-off, the letter that covers it, a line of its own,
    the meeting it tells of."""
    metadata = [labelled.get(key, "") for key in ("成文日期", "发布日期", "发布时间", "日期", "会议时间", "时间")]
    above = [
        line.text for line in top if not is_title(line.text) or DAY.search(line.text) or CHINESE_DAY.search(line.text)
    ]
    below = [line.text for line in lines[-8:] if len(line.text) <= LONGEST_TITLE and not TERM.search(line.text)]
    stamps = (found["day"] or found["beside"] for line in lines[:STAMPS] if (found := STAMPED.search(line.text)))
    covers = [line.text for above, line in pairwise(lines[:COVER]) if signs(above, line)]
    alone = [line.text for line in lines[:COVER] if ALONE_DAY.match(line.text)]
    met = [found[0] for line in lines[len(top) : len(top) + 1] if (found := MET.match(line.text))]
    said = map(parse_day, [*metadata, *above, *stamps, *reversed(below), *covers, *alone, *met])
    return next(filter(None, said), None)


def signs(above: Line, line: Line) -> bool:
    """Whether two lines sign a letter: an organ, and a date alone below it."""
    return bool(ALONE_DAY.match(line.text)) and is_title(above.text) and len(above.text) <= 30


def parse_day(text: str) -> date | None:
    """The first full date in a line, in Arabic or Chinese numerals; None for an impossible one."""
    if arabic := DAY.search(text):
        parts = [int(arabic[i]) for i in (1, 2, 3)]
    elif chinese := CHINESE_DAY.search(text):
        year = int("".join(str(CHINESE_DIGIT[c]) for c in chinese[1]))
        parts = [year, tens(chinese[2]), tens(chinese[3])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def tens(numeral: str) -> int:
    """A Chinese numeral below a hundred: 十二 is 12, 二十 is 20, 三十一 is 31."""
    left, ten, right = numeral.rpartition("十")
    units = CHINESE_DIGIT[right] if right else 0
    return (CHINESE_DIGIT[left] if left else 1) * 10 + units if ten else units


def find_issuer(title: str | None, lines: Sequence[Line], speeches: Sequence[Speaker]) -> str | None:
    """Who issues the text: named in its title, as the one that answers, above the date at its end, by its speaker, or in the only byline."""
    if title and (named := ISSUED.match(title) or REPORT.match(title) or OWNED.match(title)):
        return OF_YEAR.sub("", named[1])
    ends = [line.text for line in (*lines[:12], *lines[-8:])]
    answering = {found[1] or found[2] for text in ends if (found := ANSWERING.match(text))}
    if len(answering) == 1:
        return answering.pop()
    for above, line in pairwise(lines[-8:]):
        if signs(above, line) and not (title or "").endswith(above.text):
            return above.text
    if lines and (signed := SIGNED.search(lines[-1].text)):
        return signed["organ"]
    if spoken := next((found for line in lines[:12] if (found := SPOKEN_FOR.search(line.text))), None):
        return spoken[1]
    return speeches[0].organization if len(speeches) == 1 else None
