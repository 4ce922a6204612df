"""The structure of a text: its heading tree, its enumerated items, and where each clause stands in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from extractor import bodies, frontmatter, titles
from extractor.allotment import NOTHING, Allotment, Cell
from extractor.clauses import Clause
from extractor.enumerators import ARTICLE, RUNNING_ITEM, UNNUMBERED, ordinal, style
from extractor.frontmatter import Frontmatter

LONGEST_HEADING = 46
"""Characters; a longer line is running text even when it opens with an enumerator."""

LONGEST_UNSTOPPED = 90
"""Characters; so long may a title be that ends with its line and without a stop."""
SHORT_LABEL = 6
"""Characters; `一是抓产业，` heads the clauses behind its comma."""

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

    `items` are those of its headings whose items have not ended, `is_front` says that it is no running text, `is_task` that it stands in a cell of tasks.
    """

    headings: tuple[Heading, ...]
    items: tuple[Heading, ...]
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
    items: tuple[Heading, ...] = ()
    places: list[Place] = []
    speech: int | None = None
    for index, clause in enumerate(clauses):
        if clause.start in starts:
            speech, stack, items = starts[clause.start], (), ()
        heading = titles.get(index) or fused(printed, clause)
        stack, items = under(stack, heading, clause), under(items, heading, clause)
        if clause.enumerator and heading is None:
            items = kept(items, partial(outlasts_item, clause.enumerator))
        is_task = index in table.tasks
        is_front = index in table.asides or (front.covers(clause.start) and not is_task)
        cells = columns[table.tasks[index]] if is_task else ()
        over, inside = ((*stack, *cells), (*items, *cells)) if cells else (stack, items)
        places.append(Place(over, inside, speech, index in titles, is_front, is_task))
    return Outline(front, tuple(places))


def under(stack: tuple[Heading, ...], heading: Heading | None, clause: Clause) -> tuple[Heading, ...]:
    """The open headings at a clause, which may be one itself."""
    if heading is None:
        return kept(stack, outlasts_line) if clause.opens_line else stack
    return stack if stack and heading is stack[-1] else (*kept(stack, partial(encloses, heading.level)), heading)


def titled(cell: Cell, printed: str) -> Heading:
    """A cell of a table as a heading: the head of a column over its cells, or the title of a row."""
    return Heading("", "".join(printed[cell.start : cell.end].split()), UNNUMBERED, cell.start, lasting=False)


def kept(stack: tuple[Heading, ...], stays: Callable[[Heading], bool]) -> tuple[Heading, ...]:
    """The headings that stay open; the very same stack where all do."""
    return stack if all(map(stays, stack)) else tuple(filter(stays, stack))


def outlasts_line(heading: Heading) -> bool:
    """Whether what a heading stands over goes on in the next paragraph."""
    return heading.level < RUNNING_ITEM or heading.lasting


def outlasts_item(label: str, heading: Heading) -> bool:
    """Whether a heading stays open where an item begins without one: that of the item before it is over, one that it counts anew under is not."""
    return heading.level != style(label) or (ordinal(label) or 0) <= (heading.ordinal or -1)


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
        if whole <= longest and not runs_on and bodies.has_body(printed, clauses, first, last):
            return last + 1
        return labelled_stop(printed, clauses, first, last)
    if opener.closer in "：:" and titles.duty_label(printed[opener.start : opener.end]):
        return first
    alone = opener.opens_line and closing.closes_line and whole <= LONGEST_HEADING // 2 + 7 and last + 1 < len(clauses)
    if alone and not titles.ROW.search(sentence) and style(sentence) is None and bodies.between(clauses, first, last):
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
