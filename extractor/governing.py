"""The verb that governs the words of a clause: behind the phrases that come before it, and before the verbs that it governs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, cast

from extractor.rulebook import Rulebook

MATTERS = frozenset({
    "结果", "情况", "费", "率", "量", "比例", "时间", "时限", "系数", "总值", "用地", "资金", "机制", "人数", "经费", "事业费", "事项",
})  # fmt: skip
"""Nouns that make the verb in front of them part of a name: 评估结果, 审批时限."""
PRELUDE = frozenset({"d", "ad", "c", "vd", "zg", "uv", "x"})
"""Tags of what may stand before a verb."""
NOMINAL = "vn"
PHRASES = frozenset({"i", "l"})
LONG = 4
MODALS = frozenset(
    {"要", "将", "须", "应", "能", "可", "会", "拟", "还要", "更要", "都要", "必须", "应当", "可以", "需要", "务必"}
)
DISPOSAL = frozenset({"把", "将", "对", "由", "从"})
"""What sets the object, or where it comes from, before the verb: 把…一次性解决, 将…纳入考核, 由统购改为定购."""
FULL = frozenset({"把", "对"})
"""Those that are nothing else: 将 may be a modal, behind 由 stands who acts."""
GROUNDS = frozenset({"按", "按照", "根据", "依照", "遵照", "参照", "对照", "结合", "立足", "针对", "本着"})
"""What says by what one acts: 对照任务逐项细化方案, 按照合同约定执行."""
MEANS = frozenset({"依托", "依靠", "利用", "借助", "通过", "围绕", "聚焦", "充分发挥", "联合"})
"""What says with what one acts, and may itself be the act: 依托园区建设示范点, 通过验收."""
GROUNDED = re.compile("(?:结合|立足)实际$")
GOAL = re.compile("(?:到|至|为|(?<![完形])成|在|(?<!供)给|入|掉|返|完|到位|成为|[看当视]作|落到实处)$")
"""What ends the verb of an object that stands before it, or follows that verb: 下放至, 纳入, 落实到."""
LIGHT = frozenset({"进行", "作", "加以", "有", "是", "没有", "起来", "来", "回来", "去"})
"""Verbs that say little beside another: 进行全面部署, 结合起来."""
LEADING = frozenset({"负责", "开始", "另行"})
"""What gives way to a verb right behind it: 负责制定方案."""
AUXILIARY = re.compile("相关|有关|应该|可能|愿意|能够|自[主愿行]|不再|不予|不宜|(?:决|绝)?不[得准许能]|[拟请将应可]于")
"""Verbs by their tags that only help another."""
CONDITIONS = frozenset({"未", "凡", "符合", "属于", "具备", "没有", "获得", "发现", "列入"})
"""What begins the description of who is meant: 未完成任务的干部一律免职."""
BORDERS = frozenset({"的", "、", "和", "与", "及"})
"""Behind a verb that describes a noun or belongs to a list."""


class Word(NamedTuple):
    """A word of a clause, by its offset in the text."""

    start: int
    text: str
    tag: str

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.start + len(self.text)


def governing(words: Sequence[Word], figures: Iterable[int], book: Rulebook) -> Word | None:
    """The verb that governs some words: behind the phrase that a preposition or a framing verb opens, else the main verb."""
    words = behind_condition(words, book)
    return framed(words, book) or main_verb(words, frozenset(figures), book)


def behind_condition(words: Sequence[Word], book: Rulebook) -> Sequence[Word]:
    """What stands behind 未…的, 符合…的 where a verb does."""
    if words and words[0].text in CONDITIONS:
        last = max((number for number, word in enumerate(words) if word.text == "的"), default=-1)
        if any(verbal(word, book) for word in words[last + 1 :]):
            return words[last + 1 :]
    return words


def framed(words: Sequence[Word], book: Rulebook) -> Word | None:
    """The verb behind the object of 把, 将, 对 or of what says by what one acts; none where no such phrase precedes all verbs."""
    for number, word in enumerate(words):
        rest = words[number + 1 :]
        least = 1 if rest and rest[0].start == word.end else 0
        if word.text in DISPOSAL:
            if found := disposing(word.text, rest, least, book):
                return found
        elif word.text in GROUNDS or GROUNDED.match(word.text):
            return next(acting(rest, book, 0 if GROUNDED.match(word.text) else least), None)
        elif word.text in MEANS:
            return next((verb for verb in acting(rest, book, least) if verb != rest[-1]), None)
        elif held_verb(word, book) or (word.text not in book.adverbs and verbal(word, book)):
            return None
    return None


def disposing(opener: str, rest: Sequence[Word], least: int, book: Rulebook) -> Word | None:
    """The verb of an object that stands before it: one with its goal (下放至, 纳入), else the first behind 对, the last behind 把."""
    if opener == "将" and rest and least and rest[0].tag != NOMINAL and verbal(rest[0], book):
        return None
    if reaching := next((word for word in rest[least:] if reaches(word, rest, book)), None):
        return reaching
    found = list(acting(rest, book, least)) if opener in FULL else []
    if opener == "对":
        found = [word for word in found if word.text in acts(book)] or found
        return found[0] if found else None
    return found[-1] if found else None


def reaches(word: Word, rest: Sequence[Word], book: Rulebook) -> bool:
    """Whether a word is a verb with its goal, inside it or behind it, and describes no noun."""
    if not (word.tag.startswith("v") or word.text in acts(book) or word.tag in PHRASES):
        return False
    behind = [later.text for later in rest if later.start >= word.end] + ["", ""]
    inside = len(word.text) > 1 and GOAL.search(word.text) and behind[0] not in BORDERS | MATTERS
    outside = GOAL.fullmatch(behind[0]) and behind[1] != "的" and (len(word.text) == 1 or behind[0] != "在")
    return bool(inside or outside)


def acting(rest: Sequence[Word], book: Rulebook, least: int) -> Iterator[Word]:
    """The verbs behind the object that `rest` begins with: none that describes a noun, none that is a noun itself."""
    limit = max((number for number, word in enumerate(rest[:-1]) if word.text in ("的", "进行")), default=-1)
    for number, word in enumerate(rest):
        if number < least or number <= limit or not verbal(word, book) or word.text in book.adverbs:
            continue
        after = rest[number + 1] if number + 1 < len(rest) else None
        if after and (after.text in BORDERS or after.text in MATTERS or after.text in LIGHT):
            continue
        noun = word.tag == NOMINAL or word.tag.startswith("n")
        before = rest[number - 1].tag if number else ""
        if noun and (after is None or verbal(after, book)) and before not in PRELUDE:
            continue
        yield word


def verbal(word: Word, book: Rulebook) -> bool:
    """Whether a word is a verb by the lists or by its tag, and no modal."""
    listed = word.text in acts(book) or word.tag == "v"
    return (
        listed
        and word.text not in MODALS
        and not AUXILIARY.fullmatch(word.text)
        and word.text not in LIGHT
        and not GOAL.fullmatch(word.text)
    )


def main_verb(words: Sequence[Word], figures: frozenset[int], book: Rulebook) -> Word | None:
    """The verb that governs some words, as far as no phrase stands before it.

    The first of the verb lists that is no noun made of a verb (扶持政策, 土地承包), unless it comes first; else what jieba
    tags a verb; else any of the lists; else a set phrase (集思广益). A verb that the clause opens with governs those
    behind it, save one right before a figure: 实名注册用户突破3000万.
    """
    listed = tagged = light = cast("Word | None", None)
    opening, told = True, False
    reached = next((word for word in words if word.end in figures and word.text in acts(book)), None)
    for number, word in enumerate(words):
        behind = words[number + 1 :]
        if word.text in MODALS or manner(word, behind, book) or (word.tag in PRELUDE and word.text not in acts(book)):
            told = leads(word, book)
            continue
        verb = word if word.text in acts(book) else held_verb(word, book)
        free = not behind or not (behind[0][:2] == (word.end, "的") or describes(behind, book))
        if (
            verb
            and free
            and (
                opening
                or told
                or word.tag != NOMINAL
                or word == reached
                or GOAL.fullmatch(behind[0].text if behind else "")
            )
        ):
            return (reached or verb) if word.text in book.adverbs else verb
        if not verb and free and verbal(word, book):
            if told:
                return word
            if opening and len(word.text) > 1:
                return reached or word
            tagged = tagged or word
        light = light or (word if word.text in LIGHT or word.tag in PHRASES else None)
        if not listed and (verb or (opening and word.tag == NOMINAL)):
            listed = verb or word
        listed = listed or loose_verb(word, book)
        opening = told = False
    return tagged or listed or light


def leads(word: Word, book: Rulebook) -> bool:
    """Whether a word is an adverb or a verb that only helps another: the verb is what stands behind."""
    return word.tag == "d" or word.text in book.adverbs or bool(AUXILIARY.fullmatch(word.text))


def describes(behind: Sequence[Word], book: Rulebook) -> bool:
    """Whether the verb in front of some words is part of a name, and another verb follows: 评估结果纳入考核."""
    return behind[0].text in MATTERS and any(verbal(later, book) for later in behind[1:])


def manner(word: Word, behind: Sequence[Word], book: Rulebook) -> bool:
    """Whether a word only says how: an adverb; one that is a verb, too, where no noun follows (加快建设, 争取年底通车)."""
    if AUXILIARY.fullmatch(word.text):
        return True
    if word.text not in book.adverbs and word.text not in LEADING:
        return False
    doubtful = word.text in LEADING or (word.text in book.verbs and len(word.text) > 1)
    if not doubtful or not behind or behind[0].start > word.end:
        return word.text in book.adverbs and (doubtful or word.text not in book.verbs)
    after = behind[0]
    lasts = after.tag == NOMINAL and len(behind) == 1
    ahead = (
        lasts
        or after.tag in PRELUDE | {"p"}
        or after.text in book.adverbs
        or after.text in LIGHT
        or verbal(after, book)
    )
    return ahead or bool(held_verb(after, book) or loose_verb(after, book))


def held_verb(word: Word, book: Rulebook) -> Word | None:
    """The verb of the lists that a long word holds behind an adverb or before another verb, or that ends a phrase: 大力发展, 发展壮大."""
    first, second = word.text[:-2], word.text[-2:]
    if len(first) < 2 or second not in book.verbs or second in book.adverbs:
        return None
    if first in book.adverbs or (word.tag == "i" and first not in book.verbs):
        return Word(word.end - 2, second, word.tag)
    return Word(word.start, first, word.tag) if first in book.verbs else None


def loose_verb(word: Word, book: Rulebook) -> Word | None:
    """The verb that a word of four characters holds with its object, taken where no other verb is: 利用外资, 技术改造."""
    if len(word.text) != LONG:
        return None
    halves = (Word(word.start + offset, word.text[offset : offset + 2], word.tag) for offset in (2, 0))
    return next((half for half in halves if half.text in book.verbs and half.text not in book.adverbs), None)


@cache
def acts(book: Rulebook) -> frozenset[str]:
    """The verbs of all classes, and those of plain speech and of office procedure."""
    return book.verbs.union(book.words["act"])
