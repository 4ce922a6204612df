"""What a commitment record says beside its words: strength, actor, action, deadline, specificity."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain

from extractor import covering, inheritance, timing
from extractor.clauses import Clause
from extractor.inheritance import Inherited
from extractor.naming import Named
from extractor.periods import Period
from extractor.quantities import Quantity
from extractor.records import Deadline, Entity, Specificity, Strength
from extractor.responsibility import Note
from extractor.rulebook import Rulebook
from extractor.scene import Scene

STRENGTHS: dict[str, Strength] = {
    "strength.firm": "firm",
    "strength.strive": "aspirational",
    "strength.explore": "exploratory",
}
NAMED = ("PROJECT", "POLICY", "LOCATION")
QUOTES = '“‘"〔（(【['
OWN = re.compile(
    r"^(?:我们|我$|我作为|我[省市县区州旗镇乡村局委办厅部院处街校队站所]|本[省市县区州镇乡局]|全[省市县区州镇乡街](?!各))"
)
LEVEL = re.compile("(省|市|县|区|州|旗|镇|乡|街道)(?:人民)?(?:政府|里)?")
"""The text's own side by its level alone, where the issuer is of that level."""
ASIDE = re.compile(
    "“[^”\n]*”|(?<![^\n])(?:对|按|给|为|结合|根据)[^\n]*?(?=给予|予以|实行|进行|免征|减征|奖补|答复|制定)"
)
"""Quotations, and the preposition with all that belongs to it, before the act."""
MATTERS = frozenset({
    "结果", "情况", "费", "率", "量", "比例", "时间", "时限", "系数", "总值", "用地", "资金", "机制", "人数", "经费", "事业费", "事项",
})  # fmt: skip
"""Nouns that make the verb in front of them part of a name: 评估结果, 审批时限."""
PRELUDE = frozenset({"d", "ad", "c", "vd", "zg", "uv", "x"})
"""Tags of what may stand before a verb."""
NOMINAL = "vn"
PHRASES = frozenset({"i", "l"})
LONG = 4
FINISHED = re.compile("(?:全部|全面|正式|实现)?(?:竣工|完工|建成|投用|投入使用|通车|投产|交付)")
"""Behind the last of several times: 3月动工、年底竣工."""
YEAR = "period.year"
MONTH = 31
LISTED = ("、", "和", "与", "及")
"""What stands between the years of a list."""
MODALS = frozenset(
    {"要", "将", "须", "应", "能", "可", "会", "拟", "还要", "更要", "都要", "必须", "应当", "可以", "需要", "务必"}
)


def strength(members: Iterable[int], head: int, scene: Scene) -> tuple[Strength, str | None]:
    """How strongly the head binds; a lead-in or tail speaks where the head does not."""
    for number in [head, *[member for member in members if member < head]]:
        if scene.strengths[number]:
            first = min(scene.strengths[number], key=lambda match: match.start)
            return STRENGTHS[first.rule], first.rule
    return "planned", None


def specificity(found: Sequence[Entity], deadline: Deadline | None) -> Specificity:
    """3 measurable and dated, 2 a figure or a named object, 1 direction only."""
    types = {entity.type for entity in found}
    measured = "QUANTITY" in types
    dated = deadline and (deadline.start_date or deadline.end_date) and deadline.basis != "document_year"
    if measured and dated:
        return 3
    return 2 if measured or not types.isdisjoint(NAMED) else 1


def actor(head: int, before: Inherited, scene: Scene) -> str | None:
    """Who is bound: the clause's subject, the nearest one before it in its item, else the speaker's side."""
    said, own = (before.subject or "").lstrip(QUOTES), own_side(head, scene)
    level = LEVEL.fullmatch(said)
    same = level and own and re.search(f"{level[1]}(?:(?:人民)?政府|办事处|党?工委)?$", own)
    if not said or same or OWN.match(said) or (own and own.endswith(said)):
        return own
    return said


def own_side(head: int, scene: Scene) -> str | None:
    """The speaker's organisation, else the issuer."""
    speech = scene.outline.places[head].speech
    said = scene.outline.front.speeches[speech].organization if speech is not None else None
    return said or scene.given.issuer or scene.outline.front.issuer


def predicate(head: int, own: str | None, scene: Scene) -> tuple[str | None, str | None]:
    """The main verb of a head and what follows it: behind a modal (要, 将) where there is one, else in the whole clause.

    `own` is the subject that the clause prints. Words of names, times and figures, of what is measured and of the subject are no verbs, unless there is no other.
    """
    starts, pairs, clause = scene.words.starts, scene.words.pairs, scene.clauses[head]
    first, last = bisect_left(starts, clause.start), bisect_left(starts, clause.end)
    words = list(zip(starts[first:last], pairs[first:last], strict=True))
    taken = set(chain.from_iterable(range(*stretch) for stretch in nominal(head, own, scene)))
    free = [word for word in words if taken.isdisjoint(range(word[0], word[0] + len(word[1][0])))]
    said = [word for _, (word, _) in free]
    behind = 0 if MODALS.isdisjoint(said) else 1 + min(number for number, word in enumerate(said) if word in MODALS)
    best = main_verb(free[behind:], scene.book) if behind else None
    if best is None:
        found = [verb for stretch in (free, words) if (verb := main_verb(stretch, scene.book))]
        best = next((verb for verb in found if verb[1] in scene.book.verbs), found[0] if found else None)
    return split(*best, clause, scene) if best else (None, None)


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


def main_verb(words: Sequence[tuple[int, tuple[str, str]]], book: Rulebook) -> tuple[int, str] | None:
    """Offset and text of the verb that governs some words (offset, and word with tag).

    The first of the verb lists that is no noun made of a verb (扶持政策, 土地承包), unless it comes first; else what jieba
    tags a verb; else any of the lists; else a set phrase (集思广益).
    """
    listed: tuple[int, str] | None = None
    tagged: tuple[int, str] | None = None
    phrase: tuple[int, str] | None = None
    opening = True
    behind = [word for _, (word, _) in words[1:]] + [""]
    for number, (start, (word, tag)) in enumerate(words):
        if word in MODALS or word in book.adverbs or (tag in PRELUDE and word not in book.verbs):
            continue
        verb = (start, word) if word in book.verbs else held_verb(start, word, book)
        if verb and behind[number] in MATTERS and not book.verbs.isdisjoint(behind[number + 1 :]):
            listed = listed or verb
        elif verb:
            if opening or tag != NOMINAL:
                return verb
            listed = listed or verb
        elif tag.startswith("v") and (opening or tag != NOMINAL):
            tagged = tagged or (start, word)
        elif tag in PHRASES:
            phrase = phrase or (start, word)
        opening = False
    return tagged or listed or phrase


def held_verb(start: int, word: str, book: Rulebook) -> tuple[int, str] | None:
    """The verb of the lists that a word of four characters holds: 大力发展, 发展壮大."""
    if len(word) != LONG:
        return None
    halves = ((start + offset, word[offset : offset + 2]) for offset in (2, 0))
    return next(((place, half) for place, half in halves if half in book.verbs and half not in book.adverbs), None)


def split(start: int, verb: str, clause: Clause, scene: Scene) -> tuple[str, str | None]:
    """A verb as printed, and the rest of its clause."""
    border = start + len(verb)
    return scene.text.printed[start:border], scene.text.printed[border : clause.end] or None


def deadline(members: Sequence[int], head: int, before: Inherited, note: Note | None, scene: Scene) -> Deadline | None:
    """By when: the head's own time, a lead-in's, its responsibility note's, that of a line for it, one said before in its item, else the plan year.

    Rules plan for no year.

    An own time that cannot be resolved (汛期前) is a deadline without dates, and no other is taken over.
    """
    own = [period for number in [head, *members] for period in timing.periods_in(number, scene)]
    if own:
        dated = [period for period in own if period.norm] or own
        finished = [period for period in dated[1:] if FINISHED.match(scene.view, period.end)]
        first = finished[-1] if finished else next((period for period in dated if period.end_date), dated[0])
        return as_deadline(through(first, own, scene), "explicit")
    if note and (noted := covering.due(note, scene)):
        return as_deadline(by_end(noted), "explicit")
    if line := covering.due_line(head, note, scene):
        return as_deadline(line, "explicit")
    if before.period:
        return as_deadline(before.period, "inherited")
    calendar = scene.horizon.at(scene.clauses[head].start)
    if calendar.span:
        return planned_for(*calendar.span)
    return None if calendar.base is None or calendar.standing else planned_for(calendar.base, calendar.base)


def by_end(noted: Period) -> Period:
    """A time after 完成时限：: a month or a day there is the end of the time that is left."""
    start, end = noted.start_date, noted.end_date
    return noted._replace(start_date=None) if start and end and (end - start).days < MONTH else noted


def through(first: Period, own: Sequence[Period], scene: Scene) -> Period:
    """A time, or where it is the first of years in a list (2024年、2025年) all of them."""
    for period in own:
        if period.rule == first.rule == YEAR and scene.view[first.end : period.start] in LISTED:
            text = scene.view[first.start : period.end]
            first = first._replace(end=period.end, end_date=period.end_date, text=text)
    return first


@cache
def planned_for(first: int, last: int) -> Deadline:
    """The deadline of what a document plans for some years."""
    text = f"{first}年" if first == last else f"{first}—{last}年"
    return Deadline(text=text, start_date=f"{first}-01-01", end_date=f"{last}-12-31", basis="document_year")


def as_deadline(period: Period, basis: str) -> Deadline:
    """A period as a deadline."""
    return Deadline(
        text=period.text,
        start_date=period.start_date.isoformat() if period.start_date else None,
        end_date=period.end_date.isoformat() if period.end_date else None,
        basis=basis,  # type: ignore[arg-type]
    )


def review(found: Iterable[Entity]) -> str | None:
    """Why a person should look, or None."""
    unsure = [entity.text for entity in found if isinstance(entity.norm, tuple)]
    return f"place is ambiguous: {'、'.join(unsure)}" if unsure else None
