"""Where each rule stands in a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

from daachorse import CharwiseDoubleArrayAhoCorasick

from extractor import literals
from extractor.rulebook import PART, Rule, Rulebook, RuleError, compiled
from extractor.tries import Pattern, pattern, tight

CLAUSE = re.compile("[^\n]+")
REACH = 300
"""Characters; clauses are seldom longer, and where one is no exception is looked for beyond."""
Stretch: TypeAlias = tuple[int, int]
"""Where a clause begins and ends."""


class Match(NamedTuple):
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
        yield from within(pattern(rule), view, [(0, len(view))])


def within(rule: Pattern, view: str, stretches: Iterable[Stretch]) -> list[Match]:
    """The hits of one rule in stretches of `view` that begin and end at clause borders."""
    search, name = rule.regex.finditer, rule.id
    spans = [hit.span() for left, right in stretches for hit in search(view, left, right)]
    found = [Match(name, start, end) for start, end in spans if start < end and view.find("\n", start, end) < 0]
    return admitted(found, rule, view)


def at_head(rule: Pattern, view: str, clauses: Iterable[Stretch]) -> list[Match]:
    """The hits of a rule that can hit at the head of a clause only."""
    match, name = rule.regex.match, rule.id
    hits = [hit.span() for left, right in clauses if (hit := match(view, left, right))]
    return admitted([Match(name, start, end) for start, end in hits if start < end], rule, view)


def admitted(found: list[Match], rule: Pattern, view: str) -> list[Match]:
    """The hits that no exception touches."""
    if not found or rule.exceptions is None:
        return found
    return [hit for hit in found if not excepted(rule, view, hit.start, hit.end)]


def at_openings(rule: Pattern, view: str, clauses: Iterable[Stretch], openings: Openings) -> list[Match]:
    """The hits of a rule that can hit at its opening only."""
    match = rule.regex.match
    found = []
    for clause in clauses:
        left, right = clause
        for start in openings.of(rule.opening, clause):
            if start >= left and (hit := match(view, start, right)) and hit[0]:
                left = hit.end()
                found.append(Match(rule.id, start, left))
    return admitted(found, rule, view)


class Openings:
    """Where hits may begin in the clauses of a view, by the opening and the clause; found when first asked for."""

    def __init__(self, view: str) -> None:
        self.view = view
        self.known: dict[tuple[str, Stretch], list[int]] = {}

    def of(self, opening: str, clause: Stretch) -> list[int]:
        """The places in a clause where `opening`, a pattern of no width, matches."""
        if (opening, clause) not in self.known:
            found = compiled(opening, opening).finditer(self.view, *clause)
            self.known[opening, clause] = [hit.start() for hit in found]
        return self.known[opening, clause]


def excepted(rule: Pattern | Rule, view: str, start: int, end: int) -> bool:
    """Whether a match of the rule's `unless` in the same clause, not farther off than `REACH`, overlaps the hit."""
    if rule.exceptions is None:
        return False
    left = view.rfind("\n", max(0, start - REACH), start) + 1 or max(0, start - REACH)
    right = view.find("\n", end, end + REACH)
    right = min(len(view), end + REACH) if right < 0 else right
    search, at = rule.exceptions.search, left
    while (found := search(view, at, right)) and found.start() < end:
        if start < found.end():
            return True
        at = max(found.end(), at + 1)
    return False


@dataclass(frozen=True)
class Finder:
    """Many rules, each tried only in the clauses that hold a string it cannot do without.

    `owners[i]` are the rules that need the i-th string of the automaton; `everywhere` are tried in every clause;
    `anchored` tells of each rule whether it can hit at the head of a clause only.
    """

    patterns: Sequence[Pattern]
    anchored: Sequence[bool]
    everywhere: frozenset[int]
    owners: Sequence[Sequence[int]]
    automaton: CharwiseDoubleArrayAhoCorasick

    def find(self, view: str) -> list[Match]:
        """What `find` finds, rule by rule, left to right."""
        clauses = [found.span() for found in CLAUSE.finditer(view)]
        places = self.places(view)
        openings = Openings(view)
        found: list[Match] = []
        for number, rule in enumerate(self.patterns):
            stretches = clauses if number in self.everywhere else places[number]
            if not stretches:
                continue
            if rule.opening:
                found += at_openings(rule, view, stretches, openings)
            else:
                found += at_head(rule, view, stretches) if self.anchored[number] else within(rule, view, stretches)
        return found

    def places(self, view: str) -> list[list[Stretch]]:
        """The clauses in which each rule may hit, in order."""
        rows: list[list[Stretch]] = [[] for _ in self.patterns]
        clause = left, right = 0, 0
        for start, _, string in self.automaton.find_overlapping(view):
            if not left <= start < right:
                left = view.rfind("\n", 0, start) + 1
                right = view.find("\n", start)
                right = len(view) if right < 0 else right
                clause = left, right
            for number in self.owners[string]:
                row = rows[number]
                if not row or row[-1] is not clause:
                    row.append(clause)
        return rows


@cache
def finder(rulebook: Rulebook, *families: str) -> Finder:
    """The finder for some families of a rulebook, built once.

    A rule may name the strings it cannot do without (`sets = { anchor = "工程|行动" }`); else they are read from its pattern.
    """
    rules = rulebook.family(*families)
    owners: defaultdict[str, list[int]] = defaultdict(list)
    everywhere = set()
    for number, rule in enumerate(rules):
        strings = sorted(named(rule, rulebook) or needed(rule))
        if not strings:
            everywhere.add(number)
        for string in strings:
            owners[string].append(number)
    return Finder(
        patterns=tight(rulebook, *families),
        anchored=[literals.anchored(rule.source) for rule in rules],
        everywhere=frozenset(everywhere),
        owners=list(owners.values()),
        automaton=CharwiseDoubleArrayAhoCorasick(list(owners)),
    )


def needed(rule: Rule) -> Iterable[str]:
    """The strings that the pattern of a rule cannot do without; none where there is no telling.

    Raises:
        RuleError: it is no regular expression.
    """
    try:
        return literals.needed(rule.source) or ()
    except re.error as error:
        raise RuleError(f"{rule.id}: the pattern does not compile: {error}") from None


def named(rule: Rule, rulebook: Rulebook) -> set[str]:
    """The anchors that a rule names; `⟨words/NAME⟩` stands for every word of a list."""
    anchors: set[str] = set()
    for anchor in rule.sets.get("anchor", "").split("|"):
        if listed := PART.fullmatch(anchor):
            anchors.update(rulebook.words[listed[1].removeprefix("words/")])
        elif anchor:
            anchors.add(anchor)
    return anchors
