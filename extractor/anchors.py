"""Runs many patterns over a long text by looking only where they can hit.

A rule may name its anchors (`sets = { anchor = "工程|行动" }`): literal strings, one of which stands in every
clause that the rule hits. One automaton finds all anchors of all rules in one pass, and a rule's pattern is
tried in the clauses of its anchors and nowhere else. A rule without anchors is tried everywhere.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from daachorse import CharwiseDoubleArrayAhoCorasick

from extractor.rulebook import PART, Rule, Rulebook, alternation

SMALL = 12
"""A list of so few words is left as it stands in a pattern."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Families of a rulebook; equal digests mean equal rules."""

    digest: str
    families: tuple[str, ...]
    rulebook: Rulebook = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's hit at `view[start:end]`."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Scanner:
    """Rules (id, pattern, exceptions) and the automaton over their anchors; `owners[i]` are the i-th anchor's rules."""

    rules: tuple[tuple[str, str, str], ...]
    owners: tuple[tuple[int, ...], ...]
    everywhere: tuple[int, ...]
    automaton: CharwiseDoubleArrayAhoCorasick

    def scan(self, view: str) -> Iterator[Hit]:
        """Every hit of every rule, rule by rule, left to right."""
        clauses: defaultdict[int, dict[int, int]] = defaultdict(dict)
        first = last = 0
        for start, _, anchor in self.automaton.find_overlapping(view):
            if not first <= start < last:
                first = view.rfind("\n", 0, start) + 1
                last = view.find("\n", start)
                last = len(view) if last < 0 else last
            for rule in self.owners[anchor]:
                clauses[rule][first] = last
        for rule in self.everywhere:
            clauses[rule] = {0: len(view)}
        for rule in sorted(clauses):
            yield from self.hits(view, rule, clauses[rule])

    def hits(self, view: str, number: int, spans: Mapping[int, int]) -> Iterator[Hit]:
        """One rule's hits within `spans`, without those that cross a clause border or touch an exception."""
        rule, pattern_source, unless = self.rules[number]
        pattern, exceptions = compiled(pattern_source), compiled(unless) if unless else None
        for first, last in spans.items():
            found = [m.span() for m in pattern.finditer(view, first, last) if m[0] and "\n" not in m[0]]
            if found and exceptions:
                spoiled = [m.span() for m in exceptions.finditer(view, first, last)]
                found = [(s, e) for s, e in found if not any(a < e and s < b for a, b in spoiled)]
            for start, end in found:
                yield Hit(start, end, rule)


def scanner(rulebook: Rulebook, *families: str) -> Scanner:
    """The scanner for all rules of `families`; built once for the same rules."""
    return build(Selection(rulebook.digest, families, rulebook))


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern compiled when a text first needs it; `^` and `$` are clause borders."""
    return re.compile(pattern, re.MULTILINE)


@cache
def build(chosen: Selection) -> Scanner:
    """Tighten the patterns of a selection and build the automaton over their anchors."""
    lists = {alternation(words): trie(words) for words in chosen.rulebook.words.values() if len(words) > SMALL}
    owners: defaultdict[str, list[int]] = defaultdict(list)
    rules: list[tuple[str, str, str]] = []
    for number, rule in enumerate(chosen.rulebook.family(*chosen.families)):
        pattern = tightened(rule.pattern or alternation(rule.phrases), lists)
        unless = tightened("|".join(f"(?:{u})" for u in rule.unless), lists)
        rules.append((rule.id, pattern, unless))
        for anchor in literals(rule, chosen.rulebook):
            owners[anchor].append(number)
    anchored = {number for numbers in owners.values() for number in numbers}
    return Scanner(
        tuple(rules),
        tuple(map(tuple, owners.values())),
        tuple(number for number in range(len(rules)) if number not in anchored),
        CharwiseDoubleArrayAhoCorasick(list(owners)),
    )


def literals(rule: Rule, rulebook: Rulebook) -> Iterator[str]:
    """A rule's anchors; `⟨words/NAME⟩` stands for every word of a list."""
    for anchor in rule.sets.get("anchor", "").split("|"):
        if named := PART.fullmatch(anchor):
            yield from rulebook.words[named[1].removeprefix("words/")]
        elif anchor:
            yield anchor


def tightened(pattern: str, lists: Mapping[str, str]) -> str:
    """The same pattern with its long word lists (`alternation` of the words) as tries."""
    for words, quick in lists.items():
        pattern = pattern.replace(words, quick)
    return pattern


def trie(words: Iterable[str]) -> str:
    """A pattern for any of `words`, the longest first, that reads each character of the text once.

    >>> trie(["推进", "推动", "建"])
    '(?=[建推])(?:建|推[动进])'
    """
    tree: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        tree.setdefault(word[0], []).append(word[1:])
    firsts = "".join(map(re.escape, tree))
    return f"(?=[{firsts}])(?:{'|'.join(re.escape(first) + rest(tails) for first, tails in tree.items())})"


def rest(tails: Sequence[str]) -> str:
    """A pattern for any of `tails`, of which an empty one makes the others optional."""
    filled = [tail for tail in tails if tail]
    if not filled:
        return ""
    if all(len(tail) == 1 for tail in filled):
        body = f"[{''.join(map(re.escape, filled))}]" if len(filled) > 1 else re.escape(filled[0])
    else:
        tree: dict[str, list[str]] = {}
        for tail in filled:
            tree.setdefault(tail[0], []).append(tail[1:])
        body = f"(?:{'|'.join(re.escape(first) + rest(inner) for first, inner in tree.items())})"
    return f"(?:{body})?" if len(filled) < len(tails) else body
