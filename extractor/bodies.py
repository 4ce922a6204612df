"""Whether an enumerated item has text of its own, which makes a heading of its first sentence."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from extractor import titles
from extractor.clauses import Clause
from extractor.enumerators import ARTICLE_LEVEL, style

LONGEST_ITEM = 30
"""Characters; an enumerated sentence on a line of its own that ends in a full stop is an item beyond this length."""
GOES_ON = ("；", ";")
"""What a heading neither ends with nor, inside a line, follows: `（一）对A给予2万元；对B给予8万元` is a list of measures."""
LINES_BETWEEN = 4
"""Short lines without a stop that may stand below an item before the next one."""


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
