"""Reads expressions out of a text by many rules at once: the first to start stands, then the longest.

Where hits may begin, and which rules are worth a try there, is read off the rules' own patterns (`literals`): most numerals
of a text are followed by no unit, and no rule need be tried at them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeAlias, TypeVar

from extractor import literals
from extractor.matching import excepted
from extractor.rulebook import Rule, Rulebook, RuleError

T = TypeVar("T")
Matcher: TypeAlias = Callable[[str, int], re.Match[str] | None]


WIDTH = 3
"""Characters at the head of a hit that begins with a word: enough to tell 国庆 and 国家扶贫日 from any other 国家."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The rules of a family, and the places where their hits may begin.

    `places` matches the first character of a hit, of a number all numerals: what stands behind tells which rules to try,
    and `tried` remembers them.
    """

    rules: Sequence[Rule]
    numerals: str
    places: re.Pattern[str]
    tried: dict[tuple[str, str], list[tuple[Rule, Matcher]]] = field(default_factory=dict)

    def at(self, sign: str, behind: str) -> list[tuple[Rule, Matcher]]:
        """The rules whose hits can begin with `sign` and go on with `behind`, which stands after it or after its number."""
        key = sign, behind
        if key not in self.tried:
            fit = numbered if sign in self.numerals else worded
            rules = [rule for rule in self.rules if fit(rule, sign, behind, self.numerals)]
            self.tried[key] = [(rule, rule.regex.match) for rule in rules]
        return self.tried[key]


def numbered(rule: Rule, sign: str, behind: str, numerals: str) -> bool:
    """Whether a hit can begin with a number that begins with `sign` and has `behind` after it."""
    told = literals.following(rule.source, numerals)
    return sign in beginnings(rule, 1) and (told is None or behind in told)


def worded(rule: Rule, sign: str, behind: str, numerals: str) -> bool:
    """Whether a hit can begin with these two characters."""
    second = literals.DIGIT if behind and behind in numerals else behind
    return any(head[:2] in (sign, sign + second) for head in beginnings(rule, WIDTH, numerals))


def beginnings(rule: Rule, width: int, numerals: str = "") -> frozenset[str]:
    """What the hits of a rule begin with, as `literals.heads` tells it, in as many characters as it can.

    Raises:
        RuleError: it cannot tell the first.
    """
    told = literals.heads(rule.source, width, numerals)
    if told is None and width > 1:
        return beginnings(rule, width - 1, numerals)
    if not told:
        raise RuleError(
            f"{rule.id}: let the pattern begin with a word or a class of at most {literals.WIDEST} characters"
        )
    return told - {""}


@cache
def reader(rulebook: Rulebook, family: str, numerals: str) -> Reader:
    """The reader of a family, built once. A run of `numerals` begins one hit at most, at its first.

    Raises:
        RuleError: there is no telling with what the hits of a rule begin.
    """
    rules = rulebook.family(family)
    words: dict[str, set[str]] = {}
    for rule in rules:
        for head in beginnings(rule, WIDTH, numerals) - {literals.DIGIT}:
            words.setdefault(head[0], set()).add(head[1:])
    firsts = sorted(frozenset().union(*(beginnings(rule, 1) for rule in rules)).intersection(numerals))
    openings = [number(sign, rules, numerals) for sign in firsts]
    openings += [word(sign, words[sign], numerals) for sign in sorted(words)]
    return Reader(rules, numerals, re.compile("|".join(openings)))


def word(sign: str, tails: Iterable[str], numerals: str) -> str:
    """A pattern for a character where one of `tails` stands behind it; a literal first, so that all others are skipped fast."""
    behind = beginning(tails, numerals)
    return f"{re.escape(sign)}(?={behind})" if behind else re.escape(sign)


def beginning(strings: Iterable[str], numerals: str) -> str:
    """A pattern for what begins with one of `strings`, `DIGIT` any numeral; empty where nothing is one of them."""
    rests: dict[str, set[str]] = {}
    for string in sorted(strings):
        rests.setdefault(string[:1], set()).add(string[1:])
    if "" in rests:
        return ""
    ways: dict[str, str] = {}
    for first, rest in rests.items():
        way = beginning(rest, numerals)
        ways[way] = ways.get(way, "") + (numerals if first == literals.DIGIT and numerals else re.escape(first))
    return f"(?:{'|'.join(f'[{firsts}]{way}' for way, firsts in ways.items())})"


def number(sign: str, rules: Sequence[Rule], numerals: str) -> str:
    """A pattern for a number that begins with `sign`, where what stands behind it can be part of a hit."""
    run = f"{sign}(?<![{numerals}]{{2}})[{numerals}]*+"
    told = [literals.following(rule.source, numerals) for rule in rules if sign in beginnings(rule, 1)]
    behind = {mark for marks in told if marks is not None for mark in marks}
    end = r"|\Z" if "" in behind else ""
    return run if None in told else f"{run}(?=[{re.escape(''.join(sorted(behind)))}]{end})"


def named(rule: Rule, match: re.Match[str]) -> dict[str, str]:
    """The groups that took part in a hit of a rule, by what they are."""
    groups = match.groups()
    return {name: text for number, name in rule.groups if (text := groups[number])}


def leftmost_longest(view: str, reader: Reader, read: Callable[[Rule, re.Match[str]], T | None]) -> list[T]:
    """What `read` makes of the hits of the reader's rules, left to right and without overlap.

    Of hits that begin at one place the longest stands that no `unless` of its rule touches and `read` does not decline
    (None).
    """
    found: list[T] = []
    border = 0
    tried = reader.tried
    for spot in reader.places.finditer(view):
        start, end = spot.span()
        if start < border:
            continue
        key = view[start], view[end : end + 1]
        hits = []
        for rule, match in tried.get(key) or reader.at(*key):
            if hit := match(view, start):
                hits.append((hit.end(), rule, hit))
        if len(hits) > 1:
            hits.sort(key=lambda entry: -entry[0])
        for end, rule, hit in hits:
            if end > start and not excepted(rule, view, start, end) and (value := read(rule, hit)) is not None:
                found.append(value)
                border = end
                break
    return found
