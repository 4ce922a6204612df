"""Reads expressions out of a text by many rules at once: the first to start stands, then the longest."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias, TypeVar

from extractor import literals
from extractor.matching import excepted
from extractor.rulebook import Rule

T = TypeVar("T")
Matcher: TypeAlias = Callable[[str, int], re.Match[str] | None]


def leftmost_longest(
    view: str, starts: re.Pattern[str], rules: Sequence[Rule], read: Callable[[Rule, re.Match[str]], T | None]
) -> list[T]:
    """What `read` makes of the hits of `rules`, left to right and without overlap.

    `starts` names the places where a hit may begin, so that the rules are tried there and nowhere else. Of hits that
    begin at one place the longest stands that no `unless` of its rule touches and `read` does not decline (None). A rule
    is tried only where the first character is one that its hits can begin with.
    """
    found: list[T] = []
    border = 0
    matchers = [(rule, rule.regex.match, literals.first_signs(rule.source)) for rule in rules]
    opened: dict[str, list[tuple[Rule, Matcher]]] = {}
    for place in starts.finditer(view):
        start = place.start()
        if start < border:
            continue
        sign = view[start]
        if sign not in opened:
            opened[sign] = [(rule, match) for rule, match, signs in matchers if signs is None or sign in signs]
        tried = opened[sign]
        hits = [(hit.end(), rule, hit) for rule, match in tried if (hit := match(view, start)) and hit.end() > start]
        for end, rule, hit in sorted(hits, key=lambda entry: -entry[0]) if len(hits) > 1 else hits:
            if not excepted(rule, view, start, end) and (value := read(rule, hit)) is not None:
                found.append(value)
                border = end
                break
    return found


def places(openings: Sequence[str], numerals: str) -> re.Pattern[str]:
    """A pattern for the places where a hit may begin: at one of `openings`, or at the first of a run of `numerals`.

    Every opening is a pattern that begins with a literal character, so that the regex engine skips all others at
    full speed.
    """
    longest_first = sorted(set(openings), key=lambda opening: (-len(opening), opening))
    return re.compile("|".join([*longest_first, *(f"{numeral}[{numerals}]*" for numeral in numerals)]))
