"""Finds the line breaks inside paragraphs, with the page marks about them, and what else stands between paragraphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor import continuation, pagemarks
from extractor.continuation import Break, goes_on
from extractor.layout import CANNOT_OPEN, Layout, Line, ends_sentence, look, split

Span = tuple[int, int]

FEWEST_PAGES = 3
SHORTEST_PAGE = 300
"""Characters; bare numbers that follow more closely number the rows of a table."""
SHARE_COUNTING = 0.7
MOST_FURNITURE = 3
"""Lines of header, footer and page number that may stand between two pages."""
REACH = 400
"""Characters of the paragraph so far that are looked at for an open bracket."""


@dataclass(frozen=True, slots=True)
class Page:
    """A text, its lines, which of them are page marks or may be, and how it is set."""

    text: str
    lines: Sequence[Line]
    marks: Sequence[bool]
    headers: frozenset[str]
    layout: Layout


def superfluous(text: str) -> list[Span]:
    """What to take out of `text`, lines parted by line feeds, so that one paragraph is one line.

    Returns:
        Half open spans in order: line breaks inside sentences with the white space and page marks about them,
        blank lines, page marks between paragraphs, white space at the ends of lines.
    """
    lines = list(split(text))
    marks = page_marks(lines)
    body = [line for line, mark in zip(lines, marks, strict=True) if not mark]
    if not body:
        return [(0, len(text))] if text else []
    page = Page(text, lines, marks, running_headers(lines, marks), look(body))
    spans = [(0, body[0].opens), *between(page), (body[-1].end, len(text))]
    return [span for span in spans if span[0] < span[1]]


def page_marks(lines: Sequence[Line]) -> list[bool]:
    """Which lines are page marks: by their form, or bare numbers that count up, one a page."""
    marks = [pagemarks.is_mark(line.text) for line in lines]
    bare = [index for index, line in enumerate(lines) if pagemarks.is_bare_number(line.text)]
    if len(bare) >= FEWEST_PAGES:
        values = [int(lines[index].text.replace(" ", "")) for index in bare]
        steps = [after - before == 1 for before, after in pairwise(values)]
        spacing = median(lines[after].start - lines[before].start for before, after in pairwise(bare))
        if spacing >= SHORTEST_PAGE and sum(steps) >= SHARE_COUNTING * len(steps):
            for index in bare:
                marks[index] = True
    return marks


def running_headers(lines: Sequence[Line], marks: Sequence[bool]) -> frozenset[str]:
    """Short lines that stand again and again, at least once beside a page mark."""
    if not any(marks):
        return frozenset()
    counts = Counter(line.text for line in lines if len(line.text) <= continuation.LONGEST_TITLE)
    beside = {
        line.text
        for index, line in enumerate(lines)
        if counts[line.text] > 1 and not marks[index] and any(marks[max(0, index - 1) : index + 2])
    }
    return frozenset(
        text for text in beside if not continuation.ENUMERATED.match(text) and not continuation.LABELLED.match(text)
    )


def between(page: Page) -> Iterator[Span]:
    """What to take out between the first line of text and the last."""
    here = paragraph = page.marks.index(False)
    while (near := following(page, here)) is not None:
        for landing in () if is_plain_end(page, here, near) else landings(page, here, near):
            cut = page_break(page, paragraph, here, landing)
            if goes_on(cut, page.layout):
                yield cut.before.end, cut.after.start
                here = landing
                break
        else:
            end = page.lines[here].end
            kept = page.text.index("\n", end)
            yield end, kept
            yield kept + 1, page.lines[near].opens
            here = paragraph = near


def is_plain_end(page: Page, here: int, near: int) -> bool:
    """Whether a sentence plainly ends with the line, as most lines of a text do."""
    before, after = page.lines[here].text, page.lines[near].text
    if page.layout.width or len(before) <= continuation.LONGEST_NAME or before[-1] in pagemarks.TRAILED:
        return False
    return ends_sentence(before) and after[0] not in CANNOT_OPEN and after[0] != "、"


def following(page: Page, here: int) -> int | None:
    """The next line that is no page mark."""
    here += 1
    while here < len(page.lines) and page.marks[here]:
        here += 1
    return here if here < len(page.lines) else None


def landings(page: Page, here: int, near: int) -> Iterator[int]:
    """Where a sentence broken at line `here` may go on: behind headers and bare numbers, or on the next line."""
    far: int | None = near
    for _ in range(MOST_FURNITURE):
        if far is not None and is_furniture(page, far):
            far = following(page, far)
    is_behind = far is not None and far != near and not is_furniture(page, far)
    if far is not None and is_behind and not is_figure(page, here, near, far):
        yield far
    yield near


def is_furniture(page: Page, index: int) -> bool:
    """Whether a line may be a running header or a bare page number, which stands apart or in a wrapped page."""
    line = page.lines[index]
    if line.text in page.headers:
        return True
    if not pagemarks.is_bare_number(line.text):
        return False
    after = page.lines[index + 1 : index + 2]
    return bool(line.blanks or line.indent or page.layout.width or (after and after[0].blanks))


def is_figure(page: Page, here: int, near: int, far: int) -> bool:
    """Whether a number alone on line `near` is part of the text, not of the page: `M / 2 / 和`, `增长 / 8 / %`."""
    before, after = page.lines[here].text, page.lines[far].text
    if page.layout.width or not pagemarks.is_bare_number(page.lines[near].text):
        return False
    follows_sign = before[-1].isascii() and before[-1].isalnum()
    return follows_sign or after[0] in CANNOT_OPEN or bool(continuation.UNIT.match(after))


def page_break(page: Page, paragraph: int, here: int, landing: int) -> Break:
    """The break between two lines, without the page number that may end the first."""
    before, after = page.lines[here], page.lines[landing]
    start = max(page.lines[paragraph].start, before.end - REACH)
    if before.text[-1] in pagemarks.TRAILED and not continuation.UNIT.match(after.text):
        before = before._replace(text=pagemarks.without_trailing(before.text))
    marked = landing > here + 1 or before.text != page.lines[here].text
    return Break(page.text[start : before.end], before, after, marked)
