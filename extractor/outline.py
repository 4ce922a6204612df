"""The structure of a text: its heading tree, its enumerated items, and where each clause stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from extractor import frontmatter, titles
from extractor.allotment import NOTHING, Allotment, Cell
from extractor.clauses import Clause
from extractor.enumerators import ARTICLE, ARTICLE_LEVEL, RUNNING_ITEM, UNNUMBERED, ordinal, style
from extractor.frontmatter import Frontmatter

LONGEST_HEADING = 46
"""Characters; a longer line is running text even when it opens with an enumerator."""

LONGEST_UNSTOPPED = 90
"""Characters; so long may a title be that ends with its line and without a stop."""
LONGEST_ITEM = 30
"""Characters; an enumerated sentence on a line of its own that ends in a full stop is an item beyond this length."""

GOES_ON = ("；", ";")
"""What a heading neither ends with nor, inside a line, follows: `（一）对A给予2万元；对B给予8万元` is a list of measures."""

SHORT_LABEL = 6
"""Characters; `一是抓产业，` heads the clauses behind its comma."""

LINES_BETWEEN = 4
"""Short lines without a stop that may stand below an item before the next one."""
LONGEST_HEADLINE, LONG_BODY = 22, 100
"""Characters of such a title, at most, and of the paragraph under it, at least."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title over what follows; `label` is its enumerator, empty for a heading without one.

    `lasting` says that it stands on a line of its own: its item may run over several paragraphs.
    """

    label: str
    title: str
    level: float
    start: int
    lasting: bool = True

    @property
    def ordinal(self) -> int | None:
        """The number its enumerator stands for: 1 for `一是`, `（一）`, `1.`, `①`; None for `——`."""
        return ordinal(self.label)


class Place(NamedTuple):
    """Where a clause stands: under which headings (outermost first), in which speech; whether it is one itself.

    `is_front` says that it is no running text, `is_task` that it stands in a cell of tasks.
    """

    headings: tuple[Heading, ...]
    speech: int | None
    is_heading: bool
    is_front: bool
    is_task: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """The structure of one document; `places` runs parallel to its clauses."""

    front: Frontmatter
    places: tuple[Place, ...]


def outline(printed: str, folded: str, clauses: Sequence[Clause], table: Allotment = NOTHING) -> Outline:
    """Read title, speeches and heading tree of a healed text; what stands beside tasks in tables is no running text."""
    front = frontmatter.read(folded, {clauses[index].paragraph for index in table.known})
    titles = headings(printed, clauses, front)
    for index in table.known:
        titles.pop(index, None)
    columns = {cells: tuple([titled(cell, printed) for cell in cells]) for cells in table.tasks.values()}
    starts = {speech.start: number for number, speech in enumerate(front.speeches)}
    stack: tuple[Heading, ...] = ()
    places: list[Place] = []
    speech: int | None = None
    for index, clause in enumerate(clauses):
        if clause.start in starts:
            speech, stack = starts[clause.start], ()
        heading = titles.get(index) or fused(printed, clause)
        if heading is None:
            stack = kept(stack, outlasts_line) if clause.opens_line else stack
            stack = kept(stack, partial(differs, style(clause.enumerator))) if clause.enumerator else stack
        if heading and (not stack or heading is not stack[-1]):
            stack = (*kept(stack, partial(encloses, heading.level)), heading)
        is_task = index in table.tasks
        is_front = index in table.asides or (front.covers(clause.start) and not is_task)
        over = (*stack, *columns[table.tasks[index]]) if is_task else stack
        places.append(Place(over, speech, index in titles, is_front, is_task))
    return Outline(front, tuple(places))


def titled(cell: Cell, printed: str) -> Heading:
    """A cell of a table as a heading: the head of a column over its cells, or the title of a row."""
    return Heading("", "".join(printed[cell.start : cell.end].split()), UNNUMBERED, cell.start, lasting=False)


def kept(stack: tuple[Heading, ...], stays: Callable[[Heading], bool]) -> tuple[Heading, ...]:
    """The headings that stay open; the very same stack where all do."""
    return stack if all(map(stays, stack)) else tuple(filter(stays, stack))


def outlasts_line(heading: Heading) -> bool:
    """Whether what a heading stands over goes on in the next paragraph."""
    return heading.level < RUNNING_ITEM or heading.lasting


def differs(level: int | None, heading: Heading) -> bool:
    """Whether a heading stays open where an item of a level begins without one: that of the item before it is over."""
    return heading.level != level


def encloses(level: float, heading: Heading) -> bool:
    """Whether a heading stands over those of a level."""
    return heading.level < level


def fused(printed: str, clause: Clause) -> Heading | None:
    """The heading that a lost line break ran into the text behind it: `二、今年的目标　　做好今年工作`."""
    if not clause.enumerator:
        return None
    title, gap, _ = printed[clause.start : clause.end].partition("　　")
    level = style(clause.enumerator)
    return Heading(clause.enumerator, title, level, clause.start) if gap and level is not None else None


def headings(printed: str, clauses: Sequence[Clause], front: Frontmatter) -> dict[int, Heading]:
    """The heading that each clause is part of, by clause number; clauses of running text are left out."""
    found: dict[int, Heading] = {}
    for first, last in stretches(clauses):
        stop = heading_stop(printed, clauses, first, last, front)
        if stop > first:
            opener = clauses[first]
            title = printed[opener.start : clauses[stop - 1].end]
            level = style(opener.enumerator or title)
            lasting = clauses[stop - 1].closes_line
            heading = Heading(
                opener.enumerator, title, unnumbered(clauses, stop) if level is None else level, opener.start, lasting
            )
            found |= dict.fromkeys(range(first, stop), heading)
    return found


def stretches(clauses: Sequence[Clause]) -> Iterator[tuple[int, int]]:
    """The first and the last clause of every sentence; an item behind a colon (`措施如下：1.修渠。`) begins one."""
    first = 0
    for number in range(1, len(clauses) + 1):
        ends = number == len(clauses) or clauses[number].sentence != clauses[first].sentence
        if ends or (clauses[number].enumerator and clauses[number - 1].closer in "：:"):
            yield first, number - 1
            first = number


def unnumbered(clauses: Sequence[Clause], stop: int) -> float:
    """The level of a heading without enumerator before clause `stop`: just outside an enumerator below it, else innermost."""
    below = style(clauses[stop].enumerator) if stop < len(clauses) and clauses[stop].opens_line else None
    return UNNUMBERED if below is None else below - 0.5


def heading_stop(printed: str, clauses: Sequence[Clause], first: int, last: int, front: Frontmatter) -> int:
    """The clause after the heading that opens a sentence; `first` itself where the sentence opens with none."""
    opener, closing = clauses[first], clauses[last]
    sentence = printed[opener.start : closing.end]
    whole = len(sentence)
    if front.covers(opener.start) or titles.wordless(sentence) or titles.participant(sentence):
        return first
    if sentence[0] in "（(〔【" and not (ARTICLE.match(opener.enumerator) and titles.BRACKETED.fullmatch(sentence)):
        return first
    if ARTICLE.match(opener.enumerator) and (
        not (closing.closes_line or titles.measure(sentence))
        or (closing.closer == "。" and titles.RULE.search(sentence))
    ):
        return first
    if opener.enumerator:
        opens = printed[opener.start : opener.end]
        runs_on = (
            titles.announces(sentence)
            or titles.assigns(sentence)
            or (not closing.closes_line and titles.opens_text(opens))
            or (closing.closer == "。" and is_measure(printed, clauses, first, last))
            or any(titles.due(printed[clause.start : clause.end]) for clause in clauses[first + 1 : last + 1])
        )
        longest = LONGEST_HEADING if closing.closer else LONGEST_UNSTOPPED
        if whole <= longest and not runs_on and has_body(printed, clauses, first, last):
            return last + 1
        return labelled_stop(printed, clauses, first, last)
    if opener.closer in "：:" and titles.duty_label(printed[opener.start : opener.end]):
        return first
    alone = opener.opens_line and closing.closes_line and whole <= LONGEST_HEADING // 2 + 7 and last + 1 < len(clauses)
    if alone and not titles.ROW.search(sentence) and style(sentence) is None and between(clauses, first, last):
        return first
    alone = alone and not titles.is_work(sentence)
    if not alone or (
        closing.closer and not titles.LABEL.fullmatch(sentence) and not headline(printed, clauses, first, last)
    ):
        return first
    return last + 1


def is_measure(printed: str, clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether the sentence that opens an item is a measure beside the one behind it in the same line, and no title of it."""
    if last + 1 == len(clauses) or clauses[last + 1].paragraph != clauses[last].paragraph:
        return False
    behind = clauses[last + 1]
    return titles.is_measure(printed[clauses[first].start : clauses[last].end], printed[behind.start : behind.end])


def between(clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether a paragraph stands between two items of one level, alone or with others like it: it is the body of the first and no title."""
    above, behind = first, last + 1
    while behind < min(len(clauses), last + LINES_BETWEEN) and is_line(clauses[behind]):
        behind += 1
    level = style(clauses[behind].enumerator) if behind < len(clauses) else None
    while above > max(0, first - LINES_BETWEEN) and is_line(clauses[above - 1]):
        above -= 1
    return level is not None and bare(clauses, above, level)


def is_line(clause: Clause) -> bool:
    """Whether a clause is a paragraph of its own, without enumerator and stop."""
    return clause.opens_line and clause.closes_line and not clause.closer and not clause.enumerator


def headline(printed: str, clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether a short sentence that is a paragraph of its own is the title of the long one below it."""
    below = clauses[last + 1]
    body = printed.find("\n", below.start)
    return (
        clauses[last].closer == "。"
        and clauses[last].end - clauses[first].start <= LONGEST_HEADLINE
        and titles.headline(printed[clauses[first].start : clauses[last].end])
        and not below.enumerator
        and (len(printed) if body < 0 else body) - below.start >= LONG_BODY
    )


def labelled_stop(printed: str, clauses: Sequence[Clause], first: int, last: int) -> int:
    """The end of a short label set off by a colon or a comma: `1．扩充公办学位：`, `一是抓产业，`."""
    for index in range(first, last):
        clause = clauses[index]
        label = printed[clauses[first].start : clause.end]
        length = len(label)
        if clause.closer in "：:" and length <= LONGEST_HEADING // 2:
            return first if titles.announces(label) else index + 1
        if clause.closer in "，," and index == first and length < SHORT_LABEL and last > first + 1:
            return first if titles.timed(label) else index + 1
    return first


def has_body(printed: str, clauses: Sequence[Clause], first: int, last: int) -> bool:
    """Whether an enumerated sentence is followed by text of its own, and not just by who answers for it, before the next item of its kind."""
    opener, closing = clauses[first], clauses[last]
    behind = after_notes(printed, clauses, last + 1)
    if behind >= len(clauses):
        return False
    following = clauses[behind]
    same_line = following.paragraph == closing.paragraph
    level = style(opener.enumerator)
    inside = not opener.opens_line and first > 0 and clauses[first - 1].closer in GOES_ON
    if closing.closer in GOES_ON or inside or (same_line and last - first > 1):
        return False
    if not following.enumerator:
        plain = closing.closer != "" and (last - first > 1 or closing.end - opener.start > LONGEST_ITEM)
        alike = not same_line and closing.closer != "" and bare(clauses, first, level)
        return same_line or (opener.opens_line and closing.closer not in ("，", ",") and not plain and not alike)
    inner = style(following.enumerator)
    return inner is not None and level is not None and (inner > level or level > ARTICLE_LEVEL == inner)


def after_notes(printed: str, clauses: Sequence[Clause], number: int) -> int:
    """The first clause from `number` on that does not say who answers for a task, in brackets, on a line (`责任单位：水利站`) or in a sentence."""
    while number < len(clauses):
        clause = clauses[number]
        if printed[clause.start] in "（(〔【" and printed[clause.end - 1] in "）)〕】":
            number += 1
        elif titles.NOTE.match(printed, clause.start):
            part = attrgetter("paragraph" if clause.opens_line else "sentence")
            number = next((n for n in range(number, len(clauses)) if part(clauses[n]) != part(clause)), len(clauses))
        else:
            break
    return number


def bare(clauses: Sequence[Clause], first: int, level: int | None) -> bool:
    """Whether the paragraph before the one that clause `first` opens is an item of the same level: one without a body of its own."""
    before = first - 1
    while before > 0 and clauses[before - 1].paragraph == clauses[before].paragraph:
        before -= 1
    return before >= 0 and level is not None and style(clauses[before].enumerator) == level
