"""Which literal strings a pattern cannot do without: where none of them stands, the pattern need not be tried.

Reads the parse tree that `re` itself makes. The answer errs on the safe side: None means that a pattern may match
without any literal, and it is then tried everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, TypeAlias

MOST = 1000
"""A pattern that needs one of more strings than this is tried everywhere."""
WIDEST = 40
"""A character class of more characters than this needs no one of them."""

Needed = frozenset[str]
Node: TypeAlias = Any
"""A node of the parse tree of `re`, which has no published type."""


@cache
def needed(pattern: str) -> Needed | None:
    """Strings of which one stands in every match of `pattern` or in what it looks ahead at."""
    found = of_sequence(parser.parse(pattern))
    return found if found and len(found) <= MOST else None


@cache
def anchored(pattern: str) -> bool:
    """Whether every match of `pattern` stands at the beginning of a line."""
    if not pattern.startswith("^"):
        return False
    tree = list(parser.parse(pattern))
    if len(tree) == 1 and tree[0][0] is op.BRANCH:
        return all(begins(list(branch)) for branch in tree[0][1][1])
    return begins(tree)


def begins(items: list[tuple[Node, Node]]) -> bool:
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
    options, depth, inside, escaped = [""], 0, False, False
    for sign in pattern:
        if not escaped:
            inside = sign == "[" or (inside and sign != "]")
            depth += 0 if inside else (sign == "(") - (sign == ")")
        if sign == "|" and not (depth or inside or escaped):
            options.append("")
        else:
            options[-1] += sign
        escaped = sign == "\\" and not escaped
    return tuple(options)
