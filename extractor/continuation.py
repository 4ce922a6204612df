"""Decides whether a sentence goes on behind a line break.

A hard wrap or a page break leaves a line that does not end a sentence; so does a title, a byline or a heading.
Evidence that the sentence goes on: an open bracket, a comma, a word that wants an object (的, 和), a full line of a
wrapped page, running text cut off. Evidence that it does not: an enumerator, a label, an indentation, a byline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor import spacing
from extractor.layout import CANNOT_OPEN, Layout, Line, ends_sentence

NUMERAL = "[一二三四五六七八九十百]"
ENUMERATED = re.compile(
    rf"""[（(](?:{NUMERAL}+|[0-9０-９]{{1,2}})[）)]
      | {NUMERAL}+(?:、(?!{NUMERAL}+、)|是|要(?![求点素]))
      | 第{NUMERAL}+(?:[、，,：:章节编篇]|条[ \u3000]) | 第[0-9]{{1,3}}(?:[章节]|条[ \u3000]) | 其{NUMERAL}[，,、]
      | [0-9０-９]{{1,2}}(?:[、)）]|[.．﹒](?![0-9０-９]))
      | [①-⑳⑴-⒇❶-❿㈠-㈩] | [—–―─-]{{2}} | [●◆■★▲△◇□※►•◎]""",
    re.VERBOSE,
)
LONE_ENUMERATOR = re.compile(rf"{NUMERAL}+[、是要]|[（(]{NUMERAL}+[）)]|第{NUMERAL}+[、，,：:]|[0-9]{{1,2}}[.．﹒、]")
LABELLED = re.compile(
    r"""[【〔\[]
      | (?:牵头|责任|配合|主办|协办|承办|参与|完成|主要|分管|实施|督办|联系)(?:单位|部门|领导|人|时限|时间|电话)?[：:]
      | (?:来源|作者|编辑|责编|责任编辑|发布\S{0,4}|发文\S{0,4}|成文日期|文号|标题|链接|原文链接|主题分类|索引号)[：:]
      | 附[件表]?\s*[0-9]{0,2}[：:] | 抄[送报][：:] | [报送发][：:] | 主题词[：:]
      | [（(][^（）()]*[）)]$""",
    re.VERBOSE,
)
DATED = re.compile(
    r"\S{0,24}?\s*(?:[0-9０-９]{4}|[一二][〇○Ｏ零一二三四五六七八九]{3})年[^，。]{1,3}月(?:[^，。]{1,3}日)?[）)]?$"
)
BYLINE = re.compile(
    r"""[^，,。；;：:！!？?]{0,40}[ \u3000]+[一-鿿](?:[ \u3000]{0,3}[一-鿿]){1,3}$
      | (?:本报|新华社).{0,3}(?:记者|评论员|通讯员).{0,20}$""",
    re.VERBOSE,
)
OFFICE = re.compile("(?:总理|书记|主任|主席|[省市县区州旗镇乡局厅部院会行署队村]长)$")
OPENERS = "（(《〈“‘「『【〔"
PARTNERS = dict(zip("）)》〉”’」』】〕", OPENERS, strict=True))
BRACKET = re.compile(f"[{OPENERS}{''.join(PARTNERS)}]")
STATES = re.compile("是[^，。；]{0,15}的$")
WANTS_MORE = re.compile("(?:(?<!目)的|(?<![总饱温缓共祥柔平])和|(?<![参给赋])与|以及|[关对由]于|(?<!自)各|[，,、])$")
UNIT = re.compile(spacing.UNIT)
SENTENCE = re.compile("[。！？!?；;]")
CLAUSE = re.compile("[，,。！？!?；;]")

LONGEST_TITLE = 46
"""Characters; a shorter line may be a title although it holds a comma."""
LONGEST_NAME = 4
TAIL = 20
"""Characters at the end of a line that tell whether it is complete."""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a line ends and another opens.

    `so_far` is the end of the paragraph up to the break; `marked` says that page marks stand between the lines.
    """

    so_far: str
    before: Line
    after: Line
    marked: bool


def goes_on(cut: Break, layout: Layout) -> bool:
    """Whether the sentence before the break continues behind it."""
    before, after = cut.before.text, cut.after.text
    if after[0] in CANNOT_OPEN or before[-1] in OPENERS:
        return True
    if after[0] == "、":  # where a scan lost the numeral of 一、 a new item opens with it
        return layout.fragmented or (is_running(cut.so_far) and not ends_sentence(before))
    if ENUMERATED.match(after):
        return False
    if LONE_ENUMERATOR.fullmatch(before):
        return True
    if ends_sentence(before):
        return goes_on_behind_stop(cut, layout)
    if closes_bracket(cut.so_far, after):
        return True
    if stands_alone(after):
        return False
    if (before[-1].isdigit() and UNIT.match(after)) or wants_more(before):
        return True
    if layout.opens_paragraph(cut.after):
        return False
    if layout.width:
        return layout.fills(cut.before)
    are_words = before[-1].isascii() and before[-1].isalpha() and after[0].isascii() and after[0].isalpha()
    return not are_words and is_cut_off(cut, layout)


def goes_on_behind_stop(cut: Break, layout: Layout) -> bool:
    """Whether the paragraph continues although a sentence ends with the line: only where a full line is wrapped."""
    if not layout.fills(cut.before) or (cut.after.blanks and not cut.marked) or stands_alone(cut.after.text):
        return False
    if layout.indent >= 2:
        return not layout.opens_paragraph(cut.after)
    return cut.before.text[-1] in "；;"


def stands_alone(line: str) -> bool:
    """Whether a line is a label, a date or a byline."""
    return bool(LABELLED.match(line) or (len(line) <= LONGEST_TITLE and (DATED.match(line) or BYLINE.match(line))))


def wants_more(line: str) -> bool:
    """Whether a line ends in a comma or in a word that needs another behind it; `形势是很好的` does not."""
    ending = line[-TAIL:]
    return bool(WANTS_MORE.search(ending)) and not STATES.search(ending)


def closes_bracket(so_far: str, after: str) -> bool:
    """Whether a bracket or quotation mark that is open at the break is closed behind it."""
    found = BRACKET.search(after)
    if not found or found[0] not in PARTNERS:
        return False
    return so_far.rfind(PARTNERS[found[0]]) > so_far.rfind(found[0])


def is_cut_off(cut: Break, layout: Layout) -> bool:
    """Whether the line before the break is running text that a break cut, in a text that is not hard-wrapped.

    A line of running text may also just lack its full stop; texts that seldom set one are left alone.
    """
    if layout.fragmented and not cut.after.blanks and not cut.marked:
        is_heading = ENUMERATED.match(cut.so_far) and not is_running(cut.so_far)
        return not is_heading and not (len(cut.after.text) <= LONGEST_NAME and OFFICE.search(cut.so_far))
    if cut.after.indent >= 2 or not is_running(cut.after.text):
        return False
    if cut.before.text[-1] in "）)" or DATED.match(SENTENCE.split(cut.so_far)[-1]):
        return False
    if cut.marked:
        return bool(CLAUSE.search(cut.so_far))
    odd_gap = layout.gap is not None and cut.after.blanks != layout.gap
    if odd_gap or layout.indent >= 2:
        return is_running(cut.so_far)
    return layout.punctuated and bool(SENTENCE.search(cut.so_far))


def is_running(text: str) -> bool:
    """Whether this is running text and no title: it holds a sentence, or clauses beyond the length of a title."""
    return bool(SENTENCE.search(text) or (len(text) > LONGEST_TITLE and CLAUSE.search(text)))
