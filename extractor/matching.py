"""Where each rule stands in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from daachorse import CharwiseDoubleArrayAhoCorasick

from extractor import literals
from extractor.rulebook import Rule, Rulebook


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
        yield from within(rule, view, 0, len(view))


def within(rule: Rule, view: str, left: int, right: int) -> Iterator[Match]:
    """The hits of one rule in a stretch of `view` that begins and ends at clause borders."""
    for hit in rule.regex.finditer(view, left, right):
        start, end = hit.span()
        if start < end and "\n" not in hit[0] and not excepted(rule, view, start, end):
            yield Match(rule.id, start, end)


def at_head(rule: Rule, view: str, clauses: Mapping[int, int]) -> Iterator[Match]:
    """The hits of a rule that can hit at the head of a clause only."""
    match = rule.regex.match
    for left, right in clauses.items():
        if (hit := match(view, left, right)) and hit.end() > left and not excepted(rule, view, left, hit.end()):
            yield Match(rule.id, left, hit.end())


def excepted(rule: Rule, view: str, start: int, end: int) -> bool:
    """Whether a match of the rule's `unless` in the same clause overlaps the hit."""
    if rule.exceptions is None:
        return False
    left = view.rfind("\n", 0, start) + 1
    right = view.find("\n", end)
    inside = rule.exceptions.finditer(view, left, len(view) if right < 0 else right)
    return any(found.start() < end and start < found.end() for found in inside)


@dataclass(frozen=True)
class Finder:
    """Many rules, each tried only in the clauses that hold a string it cannot do without.

    `owners[i]` are the rules that need the i-th string of the automaton; `everywhere` are tried in every clause;
    `anchored` tells of each rule whether it can hit at the head of a clause only.
    """

    rules: Sequence[Rule]
    anchored: Sequence[bool]
    everywhere: Sequence[int]
    owners: Sequence[Sequence[int]]
    automaton: CharwiseDoubleArrayAhoCorasick

    def find(self, view: str) -> list[Match]:
        """What `find` finds, rule by rule, left to right."""
        places = self.places(view)
        found: list[Match] = []
        for number, rule in enumerate(self.rules):
            if number not in places:
                continue
            if self.anchored[number]:
                found += at_head(rule, view, places[number])
            else:
                for left, right in places[number].items():
                    found += within(rule, view, left, right)
        for number in self.everywhere:
            found += within(self.rules[number], view, 0, len(view))
        return found

    def places(self, view: str) -> Mapping[int, dict[int, int]]:
        """The clauses (start to end) in which each rule may hit."""
        clauses: defaultdict[int, dict[int, int]] = defaultdict(dict)
        left = right = 0
        for start, _, string in self.automaton.find_overlapping(view):
            if not left <= start < right:
                left = view.rfind("\n", 0, start) + 1
                right = view.find("\n", start)
                right = len(view) if right < 0 else right
            for number in self.owners[string]:
                clauses[number][left] = right
        return clauses


@cache
def finder(rulebook: Rulebook, *families: str) -> Finder:
    """The finder for some families of a rulebook, built once."""
    rules = rulebook.family(*families)
    owners: defaultdict[str, list[int]] = defaultdict(list)
    everywhere = []
    anchored = [literals.anchored(rule.regex.pattern) for rule in rules]
    for number, rule in enumerate(rules):
        needed = literals.needed(rule.regex.pattern)
        if needed is None:
            everywhere.append(number)
        for string in sorted(needed or ()):
            owners[string].append(number)
    return Finder(rules, anchored, everywhere, list(owners.values()), CharwiseDoubleArrayAhoCorasick(list(owners)))
