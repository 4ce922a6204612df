"""Which literal strings a pattern cannot do without: where none of them stands, the pattern need not be tried.

Reads the parse tree that `re` itself makes. The answer errs on the safe side: None means that a pattern may match
without any literal, and it is then tried everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined, unused-ignore]
from re import _parser as parser  # type: ignore[attr-defined, unused-ignore]
from typing import Any, TypeAlias

MOST = 1000
"""A pattern that needs one of more strings than this is tried everywhere."""
WIDEST = 40
"""A character class of more characters than this needs no one of them."""
PART = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|[^\\\[()|]+|.", re.DOTALL)
"""An escape, a character class, plain characters, or a sign that groups."""

Needed = frozenset[str]
Node: TypeAlias = Any
"""A node of the parse tree of `re`, which has no published type."""


@cache
def parsed(pattern: str) -> Sequence[tuple[Node, Node]]:
    """The parse tree of a pattern."""
    return tuple(parser.parse(pattern))


@cache
def needed(pattern: str) -> Needed | None:
    """Strings of which one stands in every match of `pattern` or in what it looks ahead at."""
    found = of_sequence(parsed(pattern))
    return found if found and len(found) <= MOST else None


@cache
def anchored(pattern: str) -> bool:
    """Whether every match of `pattern` stands at the beginning of a line."""
    if not pattern.startswith("^"):
        return False
    tree = parsed(pattern)
    if len(tree) == 1 and tree[0][0] is op.BRANCH:
        return all(begins(branch) for branch in tree[0][1][1])
    return begins(tree)


def begins(items: Sequence[tuple[Node, Node]]) -> bool:
    """Whether a sequence starts with `^`."""
    return bool(items) and items[0][0] is op.AT and items[0][1] is op.AT_BEGINNING


def of_sequence(items: Iterable[tuple[Node, Node]]) -> Needed | None:
    """The most telling need of a sequence: runs of plain characters, and what its parts need."""
    best: Needed | None = None
    run = ""
    for kind, value in items:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        best, run = better(best, frozenset({run}) if run else None), ""
        best = better(best, of_item(kind, value))
    return better(best, frozenset({run}) if run else None)


def of_item(kind: Node, value: Node) -> Needed | None:
    """What one part of a pattern needs."""
    if kind is op.SUBPATTERN:
        return of_sequence(value[3])
    if kind is op.ATOMIC_GROUP:
        return of_sequence(value)
    if kind is op.BRANCH:
        return of_branches(value[1])
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return of_sequence(value[2]) if value[0] > 0 else None
    if kind is op.ASSERT and value[0] == 1:
        return of_sequence(value[1])
    return of_class(value) if kind is op.IN else None


def of_branches(branches: Iterable[Iterable[tuple[Node, Node]]]) -> Needed | None:
    """All branches' needs together; None as soon as one needs nothing."""
    needs = [of_sequence(branch) for branch in branches]
    whole = [need for need in needs if need]
    return frozenset().union(*whole) if len(whole) == len(needs) else None


def of_class(members: Iterable[tuple[Node, Node]]) -> Needed | None:
    """The characters of a small class."""
    members = list(members)
    if all(kind is op.LITERAL for kind, _ in members) and len(members) <= WIDEST:
        return frozenset(chr(value) for _, value in members)
    return None


def better(first: Needed | None, second: Needed | None) -> Needed | None:
    """The need that rules out more text: the one whose shortest string is longer, then the one with fewer strings."""
    if first is None or second is None:
        return first or second
    return max(first, second, key=lambda need: (min(map(len, need)), -len(need)))


def alternatives(pattern: str) -> tuple[str, ...]:
    """A pattern cut at the `|` outside every group and character class."""
    options: list[list[str]] = [[]]
    depth = 0
    for part in PART.findall(pattern):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            options.append([])
        else:
            options[-1].append(part)
    return tuple(map("".join, options))


DIGIT = "0"
"""Stands for any numeral in `heads`."""


@cache
def heads(pattern: str, width: int, numerals: str = "") -> frozenset[str] | None:
    """Strings of which every match of `pattern` begins with one.

    They are of `width` characters, shorter where a match may be so, or end with the first of `numerals`, for which `DIGIT`
    stands. None where there is no telling.
    """
    try:
        return frozenset(longer(parsed(pattern), {""}, width, frozenset(numerals)))
    except Untold:
        return None


class Untold(Exception):
    """With what a pattern begins cannot be told, or is one of too many strings."""


def longer(items: Iterable[tuple[Node, Node]], strings: set[str], width: int, numerals: frozenset[str]) -> set[str]:
    """`strings` with what a sequence can put behind each."""
    for kind, value in items:
        if kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            whole = {string for string in strings if len(string) == width or string[-1:] in numerals}
            if len(whole) == len(strings):
                break
            strings = whole | longer_by(kind, value, strings - whole, width, numerals)
        if len(strings) > MOST:
            raise Untold
    return strings


def longer_by(kind: Node, value: Node, strings: set[str], width: int, numerals: frozenset[str]) -> set[str]:
    """The same for one part of a pattern."""
    if kind is op.SUBPATTERN:
        return longer(value[3], strings, width, numerals)
    if kind is op.ATOMIC_GROUP:
        return longer(value, strings, width, numerals)
    if kind is op.BRANCH:
        return set().union(*(longer(branch, strings, width, numerals) for branch in value[1]))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        least, most, body = value
        reached = strings if least == 0 else set()
        for count in range(1, min(int(most), max(int(least), width)) + 1):
            strings = longer(body, strings, width, numerals)
            reached = reached | strings if count >= least else reached
        return reached
    signs = {DIGIT if sign in numerals else sign for sign in signs_of(kind, value)}
    return {string + sign for string in strings for sign in signs}


@cache
def following(pattern: str, run: str) -> frozenset[str] | None:
    """The characters that can stand behind the characters of `run` with which a match begins.

    None where there is no telling, as when nothing else need stand there.
    """
    try:
        signs, begun = behind(parsed(pattern), frozenset(run), (True, False))
    except Untold:
        return None
    return None if begun[1] else frozenset(signs)


Begun: TypeAlias = tuple[bool, bool]
"""Whether a match can be without a character yet, and whether it can have those of a run alone."""


def behind(items: Iterable[tuple[Node, Node]], run: frozenset[str], begun: Begun) -> tuple[set[str], Begun]:
    """The characters that a sequence can put behind a run, and how a match can stand after it."""
    found: set[str] = set()
    for kind, value in items:
        if not any(begun):
            break
        if kind is op.ASSERT and value[0] == 1 and begun[1]:
            signs, begun = ahead(value[1], run, begun)
            found |= signs
        elif kind not in (op.AT, op.ASSERT, op.ASSERT_NOT):
            signs, begun = behind_by(kind, value, run, begun)
            found |= signs
    return found, begun


def ahead(items: Sequence[tuple[Node, Node]], run: frozenset[str], begun: Begun) -> tuple[set[str], Begun]:
    """The same where a match looks ahead: what it sees stands behind the run, whatever of that belongs to the match."""
    signs = sights(items)
    if signs is None or not run.isdisjoint(signs):
        return set(), begun
    return signs, (begun[0], False)


def sights(items: Sequence[tuple[Node, Node]]) -> set[str] | None:
    """The first characters of what a match looks ahead at, empty where the text may end; None where there is no telling."""
    if len(items) == 1 and items[0][0] is op.BRANCH:
        seen = [sights(branch) for branch in items[0][1][1]]
        return None if None in seen else set().union(*(signs for signs in seen if signs))
    if len(items) == 1 and items[0] == (op.AT, op.AT_END):
        return {"\n", ""}
    signs = longer(items, {""}, 1, frozenset())
    return None if "" in signs else signs


def behind_by(kind: Node, value: Node, run: frozenset[str], begun: Begun) -> tuple[set[str], Begun]:
    """The same for one part of a pattern."""
    if kind is op.SUBPATTERN:
        return behind(value[3], run, begun)
    if kind is op.ATOMIC_GROUP:
        return behind(value, run, begun)
    if kind is op.BRANCH:
        parts = [behind(branch, run, begun) for branch in value[1]]
        return set().union(*(signs for signs, _ in parts)), either(*(after for _, after in parts))
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        signs, once = behind(value[2], run, begun)
        more, twice = behind(value[2], run, once)
        return signs | more, either(once, twice, begun if value[0] == 0 else (False, False))
    signs = set(signs_of(kind, value))
    return (signs - run if begun[1] else set()), (False, not run.isdisjoint(signs))


def either(*begun: Begun) -> Begun:
    """What can be by one way or another."""
    return any(fresh for fresh, _ in begun), any(inside for _, inside in begun)


def signs_of(kind: Node, value: Node) -> frozenset[str]:
    """The characters that can stand where one does.

    Raises:
        Untold: all but some, or a category.
    """
    signs = frozenset(chr(value)) if kind is op.LITERAL else members(value) if kind is op.IN else None
    if signs is None:
        raise Untold
    return signs


def members(parts: Iterable[tuple[Node, Node]]) -> frozenset[str] | None:
    """The characters of a class; None for one of all but some, or of a category."""
    found: set[str] = set()
    for kind, value in parts:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE and value[1] - value[0] <= WIDEST:
            found.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(found)
