"""Where each rule stands in a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extractor.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Match:
    """A rule's hit: `view[start:end]`, code points of the clause view."""

    rule: str
    start: int
    end: int


def find(rules: Iterable[Rule], view: str) -> Iterator[Match]:
    """Every hit of `rules` in `view`, rule by rule, left to right.

    `view` is a text in which every character outside a clause is a line feed, so that `^` and `$` are
    clause borders and offsets stay those of the text. A hit that would cross a border is dropped, and so
    is one that overlaps a match of the rule's `unless`.
    """
    for rule in rules:
        for hit in rule.regex.finditer(view):
            start, end = hit.span()
            if start < end and "\n" not in hit[0] and not excepted(rule, view, start, end):
                yield Match(rule.id, start, end)


def excepted(rule: Rule, view: str, start: int, end: int) -> bool:
    """Whether a match of the rule's `unless` in the same clause overlaps the hit."""
    if rule.exceptions is None:
        return False
    left = view.rfind("\n", 0, start) + 1
    right = view.find("\n", end)
    inside = rule.exceptions.finditer(view, left, len(view) if right < 0 else right)
    return any(found.start() < end and start < found.end() for found in inside)
