"""What a named thing in a text is: a stretch of the view and the rule that found it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor import matching
from extractor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Name:
    """`view[start:end]` is the name, in code points of the view; `rule` is the id that found it."""

    start: int
    end: int
    rule: str


def find(view: str, rulebook: Rulebook, *families: str) -> list[Name]:
    """Hits of all rules of `families`, left to right, none overlapping another."""
    return list(apart(Name(hit.start, hit.end, hit.rule) for hit in matching.finder(rulebook, *families).find(view)))


def apart(found: Iterable[Name]) -> Iterator[Name]:
    """Of names that overlap the first to start stands, and of those that start together the longest."""
    border = 0
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if name.start >= border:
            yield name
            border = name.end
