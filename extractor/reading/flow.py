"""The flow of a text over columns and pages: printed lines to paragraphs, without what every page repeats.

All that is known is where lines stand on the paper. A line that reaches the edge of its column goes on in the next one, on the
next page too, unless that one is indented, set in another size, or stands in a row with others as cells of tables do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extractor.reading.glyphs import Piece
from extractor.reading.lines import Lines

Pages = Sequence[Sequence[Piece]]
NUMBER = re.compile(
    r"[-—–―·•.\s]*(?:第\s*)?[0-9０-９]{1,4}(?:\s*页)?(?:\s*[，,/／]?\s*(?:共\s*)?[0-9]{1,4}\s*页?)?[-—–―·•.\s]*"
)
DIGITS = re.compile("[0-9０-９]+")
MARGIN = 0.15
"""Share of a page's height, at its top and its foot, in which running heads and page numbers stand."""
REPEATED = 0.4
"""Share of the pages on which a running head stands; left and right pages may have their own."""
STEP = 6.0
"""Points within which running heads stand at the same height."""
ENUMERATOR = re.compile(
    "[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十]+[）)]|第[一二三四五六七八九十百]+[章节条]"
)
ENDS = ("。", "！", "？", "；")
LATIN = re.compile(r"[A-Za-z,.;:)][A-Za-z]")
LEAST = 3
"""Lines that make a column."""
WORDY = 8
"""Characters that lines of a column have at least, on the average; cells of tables are shorter."""
SAME_LINE = 0.3
"""Of the size of type: what stands no higher or lower is on one line."""
MANY = 5
"""Lines from which a column shows its own edges."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A piece in its place: page from 1, column (0 over the whole width, 1 left, 2 right), whether it stands in a row of cells."""

    piece: Piece
    page: int
    column: int
    in_row: bool


def paragraphs(pages: Pages) -> Lines:
    """The paragraphs of a document, one a line; a line that goes on overleaf has a place on both pages."""
    printed = [each for number, page in enumerate(body(pages), 1) for each in ordered(page, number)]
    edges = edges_of(printed)
    indented = sum(is_indented(each, edges) for each in printed) >= 2
    pitch = pitch_of(printed)
    lines = Lines()
    for before, each in zip([None, *printed], printed, strict=False):
        if before and goes_on(before, each, edges, pitch, indented):
            lines.add(each.piece.text, page=each.page, joint=joint(before.piece.text, each.piece.text))
        else:
            lines.add(each.piece.text, page=each.page)
    return lines


def body(pages: Pages) -> list[list[Piece]]:
    """The pages without page numbers and without what stands at the same height of many of them."""
    heads = Counter(key for page in pages for key in {key_of(piece) for piece in page if at_the_rim(piece)})
    printed = sum(1 for page in pages if page)
    running = {key for key, times in heads.items() if key[0] and times >= max(2, REPEATED * printed)}
    return [
        [
            piece
            for piece in page
            if not (at_the_rim(piece) and (key_of(piece) in running or NUMBER.fullmatch(piece.text)))
        ]
        for page in pages
    ]


def at_the_rim(piece: Piece) -> bool:
    """Whether a piece stands where running heads and page numbers do."""
    return piece.bottom > (1 - MARGIN) * piece.page_height or piece.top < MARGIN * piece.page_height


def key_of(piece: Piece) -> tuple[str, int]:
    """What running heads of all pages share: their text without numbers, and their height."""
    return DIGITS.sub("", piece.text).strip(), round(piece.bottom / STEP)


def ordered(page: Sequence[Piece], number: int) -> list[Printed]:
    """The pieces of a page as they are read: between lines over the whole width, the left column before the right."""
    columns = columns_on(page)
    feet = {
        column: sorted(p.bottom for p, at in zip(page, columns, strict=True) if at == column) for column in set(columns)
    }
    read: list[Printed] = []
    right: list[Printed] = []
    for piece, column in zip(page, columns, strict=True):
        near = (bisect_left(feet[column], piece.bottom + side * SAME_LINE * piece.size) for side in (-1, 1))
        each = Printed(piece, number, column, -next(near) + next(near) > 1)
        if column == 2:
            right.append(each)
            continue
        if column == 0:
            read += right
            right = []
        read.append(each)
    return read + right


def columns_on(page: Sequence[Piece]) -> list[int]:
    """The column of every piece of a page: 0 over the whole width, 1 left, 2 right; nothing is right of nothing."""
    gutter = gutter_of(page)
    if gutter is None:
        return [0] * len(page)
    columns = [column_of(piece, gutter) for piece in page]
    top = max(piece.top for piece, column in zip(page, columns, strict=True) if column == 1)
    return [0 if column == 2 and p.bottom > top else column for p, column in zip(page, columns, strict=True)]


def gutter_of(page: Sequence[Piece]) -> float | None:
    """The middle of the white space between two columns, None where a page has one.

    Two columns are full of running text side by side, and the lines of the left one end together; those of a table do not.
    """
    if len(page) < 2 * LEAST:
        return None
    left, right = min(piece.left for piece in page), max(piece.right for piece in page)
    steps = [left + (right - left) * (0.35 + 0.3 * step / 30) for step in range(31)]
    crossing = {x: sum(1 for piece in page if not column_of(piece, x)) for x in steps}
    fewest = min(crossing.values())
    at = median(x for x, times in crossing.items() if times == fewest)
    sides = [[piece for piece in page if column_of(piece, at) == side] for side in (1, 2)]
    if fewest > len(page) / 3 or any(len(side) < LEAST for side in sides):
        return None
    if any(sum(len(piece.text) for piece in side) < WORDY * len(side) for side in sides):
        return None
    edge = max(piece.right for piece in sides[0])
    flush = sum(1 for piece in sides[0] if edge - piece.right < 2 * piece.size)
    beside = min(max(p.top for p in side) for side in sides) > max(min(p.bottom for p in side) for side in sides)
    return at if flush >= len(sides[0]) / 2 and beside else None


def column_of(piece: Piece, gutter: float) -> int:
    """1 left of a gutter, 2 right of it, 0 across."""
    return 1 if piece.right <= gutter else 2 if piece.left >= gutter else 0


Edges = dict[tuple[int, int], tuple[float, float]]


def edges_of(printed: Sequence[Printed]) -> Edges:
    """Left and right edge by page and column; a page with few lines has those of the document."""
    by_page: defaultdict[tuple[int, int], list[Piece]] = defaultdict(list)
    by_column: defaultdict[int, list[Piece]] = defaultdict(list)
    for each in printed:
        by_page[each.page, each.column].append(each.piece)
        by_column[each.column].append(each.piece)
    shown = {key: found if len(found) >= MANY else by_column[key[1]] for key, found in by_page.items()}
    return {key: (min(p.left for p in found), max(p.right for p in found)) for key, found in shown.items()}


def pitch_of(printed: Sequence[Printed]) -> float:
    """The usual distance of two lines, in points."""
    pairs = pairwise(printed)
    found = [a.piece.bottom - b.piece.bottom for a, b in pairs if a.page == b.page and a.column == b.column]
    return median([distance for distance in found if distance > 0] or [0.0])


def is_indented(each: Printed, edges: Edges) -> bool:
    """Whether a line begins as a paragraph does: one to three characters behind the edge."""
    return 1.2 <= (each.piece.left - edges[each.page, each.column][0]) / (each.piece.size or 1) <= 3.2


def goes_on(before: Printed, each: Printed, edges: Edges, pitch: float, indented: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    one, other = before.piece, each.piece
    if before.in_row or each.in_row or not 0.87 < other.size / (one.size or 1) < 1.15:
        return False
    _, right = edges[before.page, before.column]
    left, _ = edges[each.page, each.column]
    if one.right < right - 2 * one.size or other.left > left + 0.8 * other.size:
        return False
    if (before.page, before.column) == (each.page, each.column) and one.bottom - other.bottom > 1.4 * pitch:
        return False
    return indented or not (ENUMERATOR.match(other.text) or one.text.endswith(ENDS))


def joint(before: str, behind: str) -> str:
    """What parted two lines of a paragraph: a space between Latin words, nothing in Chinese."""
    return " " if LATIN.match(before[-1:] + behind[:1]) else ""
