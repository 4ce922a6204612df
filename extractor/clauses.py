"""Cuts a healed text into clauses, as the annotation guide draws them.

Cuts stand at `，,；;。！？!?：:` and at paragraph ends; never inside quotation marks or brackets, never inside a
number (`1,100`, `6:30`). A leading enumerator (`一是`, `（二）`, `三、`, `第一，`, `1.`, `1.1`, `●`) belongs to no clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extractor.normalisation import Text, heal

CUT = "，,；;。！？!?：:"
SENTENCE_END = "。！？!?；;"
PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "〔": "〕", "「": "」", "『": "』"}
OPENERS = {closer: opener for opener, closer in PAIRS.items()} | {'"': "“"}
"""What each mark closes; a straight quotation mark may close a curved one."""
MARK = re.compile(f"[{''.join(PAIRS)}{''.join(OPENERS)}]")
QUOTES = "“‘「『"
LONGEST_QUOTE = 120
"""A quotation longer than this many characters is running text and is cut like any other."""

NUMERAL = "[一二三四五六七八九十百]+"
BULLETS = "●○◆◇■□▪▫★☆◎※►▶•▲△√✓"
UNITS = "0-9０-９万亿千百十个亩元吨倍米公里人户名条座家所项次平方年月日度级分成折小时%％至到"
"""What makes a figure of the number before it: `1.5公里` opens with no enumerator, `1.5改造村道` does."""
DATE = "(?: (?:[1１][9９]|[2２][0０])[0-9０-９]{2}年 | (?:[1１][0-2０-２]|[1-9１-９])月 )"
"""A year or a month, which no decimal has: `5.4月起` is the fifth item."""
ENUMERATOR = re.compile(
    rf"""
      [（(] (?: {NUMERAL} | [0-9０-９]{{1,2}} ) [）)] \s* [、.．]?   # （一） (1)
    | {NUMERAL} [）)]                                              # 一）
    | (?: 第{NUMERAL} | 头一 ) (?: 件事? | 桩 | 条 | 个问题 ) [，,：:]         # 第一件， 第二个问题，
    | 第{NUMERAL} (?: [，,：:] | 、 (?! 第 ) )                     # 第一， but not 第二、第三产业
    | 第{NUMERAL}条 (?: [\s　]+ | (?= [^，。；、的规中第和至之所款] ) )    # 第二条
    | {NUMERAL} (?: 、 (?! {NUMERAL}、 ) | [．﹒.] (?! {NUMERAL} ) )   # 三、 but not 三、四、五
    | (?: 工程 | 任务 | 行动 | 举措 | 实事 ) {NUMERAL} 、 (?! {NUMERAL} )     # 工程一、
    | {NUMERAL} (?: 是 | 要 (?! [求点素么义塞紧道因件领害] ) )       # 一是 二要; 一要点, 三要素 are words
    | [0-9０-９]{{1,2}} (?: [、．﹒] (?! [0-9０-９] ) | [.．] (?= {DATE} | [^0-9０-９] | $ ) )   # 1. 2、 1.2022年 5.4月
    | (?<! [^\n\s] ) [0-9]{{1,2}} (?: [.．] [0-9]{{1,2}} )+ [.．、]? (?= [\s　]* [^\s　{UNITS}] )    # 1.1 1.1.2
    | [0-9０-９]{{1,2}} [)）]                                       # 1)
    | [①-⑳⑴-⒇❶-❿㈠-㈩] [、.．]?
    | (?<! [^\n\s] ) (?: [{BULLETS}]+ | [·—–-] (?= [\s　]* [一-鿿“《] ) )    # ● · -
    | (?<! [^\n\s] ) (?: [Ⅰ-Ⅻ] [.．、]? | [A-Ha-h] [.．)）] (?= [\s　]* [一-鿿“《] ) )   # Ⅰ. A.
    | (?: —{{2,3}} | ―{{2}} | ─{{2}} | --) (?= [^\s—―─-] )            # —— and what is typed for it
    """,
    re.VERBOSE,
)
EVENT = re.compile(f"[{CUT}\n{''.join(PAIRS)}]")
NUMBER_INSIDE = re.compile(r"(?<=\d)(?:[,:：](?=\d)|(?<!\d{4})，(?=\d{3}(?!\d)))")
"""A mark between digits; a full-width comma only between thousands: 1，100元, but not 2025，300个."""


class Clause(NamedTuple):
    """`text[start:end]` in the healed text, without punctuation at its borders.

    `sentence` and `paragraph` count from 0 over the document. `closer` is the character that ended the
    clause (empty at a paragraph end). `opens_line` says that nothing but an enumerator precedes it in its
    paragraph, `closes_line` that nothing follows it but punctuation.
    """

    start: int
    end: int
    paragraph: int
    sentence: int
    closer: str
    enumerator: str
    opens_line: bool
    closes_line: bool


def split(printed: str) -> list[Clause]:
    """All clauses of a healed text in order; `printed` has one paragraph a line."""
    found: list[Clause] = []
    sentence = 0
    start = 0
    for number, line in enumerate(printed.split("\n")):
        if line.strip():
            sentence = split_line(printed, start, start + len(line), number, sentence, found)
        start += len(line) + 1
    return found


def split_line(printed: str, start: int, stop: int, paragraph: int, sentence: int, found: list[Clause]) -> int:
    """Append the clauses of one paragraph to `found`; returns the number of its next sentence."""
    first = len(found)
    left, opens_sentence = start, True
    for cut in [*cuts(printed, start, stop), stop]:
        closer = printed[cut] if cut < stop else ""
        begin, enumerator = after_enumerator(printed, left, cut, opens_sentence)
        if closer and enumerator and begin >= cut:  # 第一，… : the comma belongs to the enumerator
            opens_sentence = False
            continue
        begin, end = trimmed(printed, begin, cut)
        if begin < end:
            found.append(Clause(begin, end, paragraph, sentence, closer, enumerator, len(found) == first, False))
        opens_sentence = bool(closer) and (closer in SENTENCE_END or closer in "：:")
        sentence += bool(closer) and closer in SENTENCE_END
        left = cut + 1
    if len(found) > first:
        found[-1] = found[-1]._replace(closes_line=True)
    return sentence + 1


def cuts(printed: str, start: int, stop: int) -> list[int]:
    """Where a paragraph is cut: the offsets of punctuation outside quotes, brackets and numbers."""
    places: list[int] = []
    ends: dict[int, int] | None = None
    resume = start
    for event in EVENT.finditer(printed, start, stop):
        at = event.start()
        if at < resume:
            continue
        sign = event[0]
        if sign in PAIRS:
            ends = closes(printed, at, stop) if ends is None else ends
            resume = ends.get(at, at + 1)
        elif not (sign in ",，:：" and NUMBER_INSIDE.match(printed, at)):
            places.append(at)
    return places


def closes(printed: str, start: int, stop: int) -> dict[int, int]:
    """For every quote and bracket that is closed, by its offset: just after the mark that closes it.

    >>> closes("（甲（乙）", 0, 5)
    {2: 5}
    """
    ends: dict[int, int] = {}
    opened: dict[str, list[int]] = {opener: [] for opener in PAIRS}
    for mark in MARK.finditer(printed, start, stop):
        at, sign = mark.start(), mark[0]
        if sign in PAIRS:
            opened[sign].append(at)
        elif opened[opener := OPENERS[sign]]:
            first = opened[opener].pop()
            if opener not in QUOTES or at - first < LONGEST_QUOTE:
                ends[first] = at + 1
    return ends


def sentences(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """The stretches `[first, stop)` of clause numbers that make a sentence."""
    first = 0
    for index in range(1, len(clauses) + 1):
        if index == len(clauses) or clauses[index].sentence != clauses[first].sentence:
            yield first, index
            first = index


def after_enumerator(printed: str, left: int, stop: int, opens_sentence: bool) -> tuple[int, str]:
    """Where the clause proper begins, and the enumerator before it (`""` when there is none)."""
    begin, _ = trimmed(printed, left, stop)
    found = ENUMERATOR.match(printed, begin, stop + 1)
    if not found or (not opens_sentence and found[0][0] in "0123456789"):
        return begin, ""
    return trimmed(printed, found.end(), stop)[0] if found.end() < stop else stop, found[0].strip()


def trimmed(printed: str, start: int, stop: int) -> tuple[int, int]:
    """The stretch without white space at its ends."""
    while start < stop and printed[start].isspace():
        start += 1
    while stop > start and printed[stop - 1].isspace():
        stop -= 1
    return start, stop


def view(folded: str, clauses: list[Clause]) -> str:
    """`folded` with every character outside a clause turned into a line feed: what rules are matched against."""
    parts: list[str] = []
    last = 0
    for clause in clauses:
        parts += ["\n" * (clause.start - last), folded[clause.start : clause.end]]
        last = clause.end
    parts.append("\n" * (len(folded) - last))
    return "".join(parts)


def seen(raw: str) -> tuple[Text, str]:
    """A raw text healed, and its view: what the matchers read when they are used on their own."""
    text = heal(raw)
    return text, view(text.folded, split(text.printed))
