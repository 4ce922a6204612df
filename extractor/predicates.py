"""The verb that governs the head of a commitment, and what follows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

from extractor import inheritance
from extractor.clauses import Clause
from extractor.naming import Named
from extractor.quantities import Quantity
from extractor.rulebook import Rulebook
from extractor.scene import Scene

Word = tuple[int, tuple[str, str]]
"""Where a word begins, and the word with its tag."""
Found = tuple[int, str]
"""Where a verb begins, and the verb."""
NOTHING = ("", "")
ASIDE = re.compile(
    "“[^”\n]*”|(?<![^\n])(?:对|按|给|为|结合|根据)[^\n]*?(?=给予|予以|实行|进行|免征|减征|奖补|答复|制定)"
)
"""Quotations, and the preposition with all that belongs to it, before the act."""
MATTERS = frozenset({
    "结果", "情况", "费", "率", "量", "比例", "时间", "时限", "系数", "总值", "用地", "资金", "机制", "人数", "经费", "事业费", "事项",
})  # fmt: skip
"""Nouns that make the verb in front of them part of a name: 评估结果, 审批时限."""
WORKS = frozenset({"工程", "项目", "中心", "单位", "人员", "用户", "户"})
"""Nouns that do so where the verb does not open its clause: 堤防加固工程汛前完工, but 建设项目."""
PRELUDE = frozenset({"d", "ad", "c", "vd", "zg", "uv", "x"})
"""Tags of what may stand before a verb."""
NOMINAL = "vn"
NOUNS = ("n", "vn", "b", "j")
PHRASES = frozenset({"i", "l"})
LONG = 4
MODALS = frozenset(
    {"要", "将", "须", "应", "能", "可", "会", "拟", "还要", "更要", "都要", "必须", "应当", "可以", "需要", "务必"}
)
FRAMES = frozenset({
    "把", "对", "对持", "对于", "向", "由", "按", "按照", "根据", "依据", "依照", "遵照", "参照", "依托", "依靠", "立足", "结合", "结合实际", "立足实际", "对照", "围绕", "针对", "借助",
})  # fmt: skip
"""Prepositions and framing verbs that stand before the act with an object of their own."""
BY = re.compile("由[省市县区州乡镇村]$")
"""由 that the segmenter leaves on the level that acts."""
FUTURE = "将"
DISPLACING = frozenset({"把", FUTURE})
DISPOSING = re.compile(
    "纳入|列入|列为|作为|[改变转设定]为|下放|落到|落实|用[于在到]|[放摆]在|转[化变换]|移交|交[由给]|报送?|打造"
)
"""Verbs that govern whatever 把 or 将 has put before them: 将旅游工作纳入考核."""
COMPLEMENTS = ("到", "至", "成", "为", "起来")
"""What makes a verb of a noun in front of it: 发展到六十万亩."""
FINISHING = "好完至"
"""What belongs to a verb of one character: 建好, 降至."""
REACHING = frozenset({"达", "达到", "突破", "低于", "高于", "超过"})
"""Verbs between what is measured and its figure: 旅游从业人员达10万人."""
INSISTING = frozenset({"强化"})
"""Verbs of the adverbs' list that say what is done and never how."""
LIGHT = frozenset({"进行", "加以", "作", "负责"})
"""Verbs that are the act as printed, though another says what is done: 进行清理."""
COPULAS = frozenset({"是", "有", "到", "需"})
"""Verbs that give way to any other."""
DIRECTIONS = frozenset({"起来", "下来", "下去", "上去", "上来", "到"})
"""What only follows a verb: 把水井配套起来."""


def predicate(head: int, own: str | None, scene: Scene) -> tuple[str | None, str | None]:
    """The main verb of a head and what follows it: behind a modal (要, 将) where there is one, else in the whole clause.

    `own` is the subject that the clause prints. Words of names, times and figures, of what is measured and of the subject are no verbs, unless there is no other.
    """
    starts, pairs, clause = scene.words.starts, scene.words.pairs, scene.clauses[head]
    first, last = bisect_left(starts, clause.start), bisect_left(starts, clause.end)
    words = list(zip(starts[first:last], pairs[first:last], strict=True))
    taken = set(chain.from_iterable(range(*stretch) for stretch in nominal(head, own, scene)))
    free = list(outside(words, taken, scene.book))
    said = [word for _, (word, _) in free]
    behind = 0 if MODALS.isdisjoint(said) else 1 + min(number for number, word in enumerate(said) if word in MODALS)
    best = framed_verb(free, scene.book) or (main_verb(free[behind:], scene.book) if behind else None)
    if best is None:
        found = [verb for stretch in (free, words) if (verb := main_verb(stretch, scene.book))]
        best = next(
            (verb for verb in found if verb[1] in scene.book.verbs | governing(scene.book)), found[0] if found else None
        )
    return split(*best, clause, scene) if best else (None, None)


@cache
def governing(book: Rulebook) -> frozenset[str]:
    """Verbs of no class that have the verbs behind them for their object: 报市政府审定."""
    return frozenset(book.words["predicate_governing"])


@cache
def plain(book: Rulebook) -> frozenset[str]:
    """What is the act of a clause without another verb, though the segmenter takes it for a noun: 逐一建档."""
    return frozenset(book.words["predicate_plain"])


def outside(words: Sequence[Word], taken: set[int], book: Rulebook) -> Iterator[Word]:
    """The words that no name, time or figure takes; of one that begins in it the verb that is left: 国庆节|前交 leaves 交."""
    for start, (word, tag) in words:
        inside = [offset for offset in range(len(word)) if start + offset in taken]
        if not inside:
            yield start, (word, tag)
        elif (left := word[inside[-1] + 1 :]) in governing(book) or left in plain(book):
            yield start + len(word) - len(left), (left, "v")


def nominal(head: int, own: str | None, scene: Scene) -> Iterator[tuple[int, int]]:
    """The stretches of a clause that are no predicate: its subject, names, times, figures and what these measure."""
    view, start = scene.view, inheritance.behind_time(head, scene)
    if own:
        at = view.index(own, start)
        yield at, at + len(own)
    for found in ASIDE.finditer(view, start, scene.clauses[head].end):
        yield found.span()
    for thing in scene.things[head]:
        if isinstance(thing, Named) and thing.type == "PROJECT" and thing.start > start:
            continue
        yield thing.start, thing.end
        measured = (isinstance(thing, Quantity) and thing.indicator) or ""
        if measured and (at := view.rfind(measured, start, thing.start)) >= 0:
            yield at, at + len(measured)


def framed_verb(words: Sequence[Word], book: Rulebook) -> Found | None:
    """The verb behind a preposition and its object, where the clause opens with one: 对余粮户供应粮食, 结合实际细化方案.

    将 without a verb that disposes of its object is a modal.
    """
    for place, (start, (word, tag)) in enumerate(words):
        rest = words[place + 1 :]
        if word in DISPLACING and not (word == FUTURE and opens_with_verb(rest, book)):
            disposing = ((begin, hit[0]) for begin, (verb, _) in rest[1:] if (hit := DISPOSING.match(verb)))
            if found := next(disposing, None):
                return found
        if word in FRAMES or BY.match(word):
            return behind_frame(start + len(word), word, rest, book)
        direct = bool(rest) and rest[0][1][0] in FRAMES
        if (direct or not tag.startswith(NOUNS)) and word not in book.adverbs and acts(word, tag, book):
            return None
    return None


def opens_with_verb(words: Sequence[Word], book: Rulebook) -> bool:
    """Whether a verb of the lists comes first, so that 将 in front of it is a modal: 将支持各村."""
    return next((tag == "v" and word in book.verbs for _, (word, tag) in words if word not in book.adverbs), False)


def behind_frame(border: int, frame: str, rest: Sequence[Word], book: Rulebook) -> Found | None:
    """The verb that governs behind the object of a preposition: one tagged so or with an adverb, else what may also be a noun.

    What 的 makes an attribute of the object is passed over: 对收集到的意见认真研究.
    """
    whole = len(frame) == LONG or (rest and rest[0][0] > border)
    places = [place for place in range(0 if whole else 1, len(rest)) if governs(place, rest, book)]
    marks = [place for place, (_, (word, _)) in enumerate(rest) if word == "的"]
    attribute = max((mark for mark in marks if places and mark < places[-1]), default=-1)
    behind = [place for place in places if place > attribute]
    told = [place for place in behind if after_adverb(place, rest, book) or next_to(place, rest)[0] in COMPLEMENTS]
    sure = [place for place in behind if rest[place][1][1] == "v" or place in told]
    best = next(iter((frame == "把" and told) or sure or behind), None)
    return None if best is None else verb_of(*rest[best], book)


def governs(place: int, words: Sequence[Word], book: Rulebook) -> bool:
    """Whether a word is a verb with an object or an adverb, and part of no name (评估结果) and no attribute (建设的)."""
    word, tag = words[place][1]
    after = next_to(place, words)
    attributed = place and words[place - 1] == (words[place][0] - 1, ("的", "uj"))
    if attributed or not acts(word, tag, book) or manner(place, words, book):
        return False
    if after[0] == "的" or after[0] in MATTERS or after[0] in WORKS:
        return False
    if after_adverb(place, words, book) or after[0] in COMPLEMENTS:
        return True
    if word not in book.verbs and word not in LIGHT and (after[0] in book.adverbs or after[0] in book.verbs):
        return False
    return tag == "v" or bool(after[0] and not acts(*after, book))


def next_to(place: int, words: Sequence[Word]) -> tuple[str, str]:
    """The word behind a place, with its tag."""
    return words[place + 1][1] if place + 1 < len(words) else NOTHING


def acts(word: str, tag: str, book: Rulebook) -> bool:
    """Whether a word is a verb of the lists, holds one or is tagged as one, and no modal."""
    return (
        word not in MODALS
        and word not in DIRECTIONS
        and bool(tag == "v" or word in plain(book) or verb_in(0, word, tag, book))
    )


def manner(place: int, words: Sequence[Word], book: Rulebook) -> bool:
    """Whether a word says how and not what: an adverb, unless it is also a verb and a noun follows (加快旅游发展, but 加快推进)."""
    word, after = words[place][1][0], next_to(place, words)
    if word not in book.adverbs or word in INSISTING:
        return False
    nominal = len(after[0]) > 1 and after[1].startswith(NOUNS) and after[0] not in book.adverbs
    return word not in book.verbs or not nominal or acts(*after, book)


def after_adverb(place: int, words: Sequence[Word], book: Rulebook) -> bool:
    """Whether an adverb stands before a word."""
    return place > 0 and (words[place - 1][1][0] in book.adverbs or words[place - 1][1][1] in ("d", "ad"))


def main_verb(words: Sequence[Word], book: Rulebook) -> Found | None:
    """Offset and text of the verb that governs some words.

    The first of the verb lists that is no noun made of a verb (扶持政策, 土地承包), unless it comes first; else what jieba
    tags a verb; else any of the lists; else a set phrase (集思广益), or what may also say how (项目要加快).
    """
    listed: Found | None = None
    tagged: Found | None = None
    phrase: Found | None = None
    opening = True
    behind = [word for _, (word, _) in words[1:]] + [""]
    for number, (start, (word, tag)) in enumerate(words):
        verb = verb_in(start, word, tag, book) or (held_verb(start, word, book) if opening else None)
        if verb and word in book.adverbs and manner(number, words, book):
            phrase = phrase or verb
        if word in MODALS or word.startswith("每") or manner(number, words, book) or (tag in PRELUDE and not verb):
            continue
        named = behind[number] in MATTERS or (behind[number] in WORKS and not opening)
        reached = tag.startswith(NOUNS) and not REACHING.isdisjoint(behind[number + 1 :])
        if verb and (reached or (named and not (book.verbs | governing(book)).isdisjoint(behind[number + 1 :]))):
            listed = listed or verb
        elif verb:
            if opening or tag != NOMINAL or behind[number] in COMPLEMENTS:
                return verb
            listed = listed or verb
        elif word in COPULAS:
            phrase = phrase or (start, word)
        elif word in plain(book) or (
            tag.startswith("v") and (opening or tag != NOMINAL or behind[number] in COMPLEMENTS)
        ):
            tagged = tagged or verb_of(start, (word, tag), book)
        else:
            phrase = phrase or ((start, word) if tag in PHRASES else held_verb(start, word, book))
        opening = False
    return tagged or listed or phrase


def verb_of(start: int, word: tuple[str, str], book: Rulebook) -> Found:
    """The verb that a word is or holds."""
    return verb_in(start, *word, book) or (start, word[0])


def verb_in(start: int, word: str, tag: str, book: Rulebook) -> Found | None:
    """The verb of the lists that a word is, or that one of four characters holds: 大力发展, 发展壮大.

    A noun holds one where both its halves are verbs or adverbs: 统筹安排, not 实施方案 or 专项资金.
    """
    if word in book.verbs or word in governing(book):
        return start, word
    whole = all(half in book.verbs or half in book.adverbs for half in (word[:2], word[2:]))
    return held_verb(start, word, book) if whole or not tag.startswith("n") else None


def held_verb(start: int, word: str, book: Rulebook) -> Found | None:
    """The verb of the lists that is half of a word of four characters."""
    if len(word) != LONG:
        return None
    halves = ((start + offset, word[offset : offset + 2]) for offset in (2, 0))
    return next(((place, half) for place, half in halves if half in book.verbs and half not in book.adverbs), None)


def split(start: int, verb: str, clause: Clause, scene: Scene) -> tuple[str, str | None]:
    """A verb as printed, with the 好 of 建好, and the rest of its clause."""
    border = start + len(verb)
    border += len(verb) == 1 and scene.view[border] in FINISHING
    return scene.text.printed[start:border], scene.text.printed[border : clause.end] or None
