"""Word lists inside patterns as tries: what reads each character once instead of trying word after word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from extractor.literals import alternatives
from extractor.rulebook import Rule, Rulebook, alternation, compiled

FEW = 2
"""So many last characters are compiled as a class at no cost."""
SMALL = 12
"""A list of so few words is left as it stands in a pattern."""


@dataclass(frozen=True)
class Pattern:
    """A rule as matchers run it: its patterns with long word lists as tries, compiled when a text first needs them.

    Where `opening` is set, `source` is what follows it: hits begin where `opening` matches, which has no width.
    """

    id: str
    source: str
    unless: str
    opening: str = ""

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern; `^` and `$` are clause borders."""
        return compiled(self.source, self.id)

    @cached_property
    def exceptions(self) -> re.Pattern[str] | None:
        """One pattern for all of `unless`, or None."""
        return compiled(self.unless, self.id) if self.unless else None


@cache
def tight(rulebook: Rulebook, *families: str) -> tuple[Pattern, ...]:
    """The rules of some families as they are run."""
    lists = long_lists(rulebook)

    def tightened(source: str) -> str:
        for plain, words in lists:
            if plain in source:
                source = source.replace(plain, trie(words))
        return source

    return tuple(
        Pattern(rule.id, tightened(rule.source), tightened(rule.unless), tightened(rule.opening))
        for rule in (parted(pattern(rule), rulebook) for rule in rulebook.family(*families))
    )


@cache
def long_lists(rulebook: Rulebook) -> list[tuple[str, tuple[str, ...]]]:
    """The word lists that are worth a trie, each behind its plain pattern."""
    return [(alternation(words), words) for words in rulebook.words.values() if len(words) > SMALL]


def parted(rule: Pattern, rulebook: Rulebook) -> Pattern:
    """The rule with the opening of its family set apart, where all of it stands behind that."""
    opening = rulebook.openings.get(rule.id.partition(".")[0])
    if not opening or not rule.source.startswith(opening) or len(alternatives(rule.source)) > 1:
        return rule
    return Pattern(rule.id, rule.source.removeprefix(opening), rule.unless, opening)


def pattern(rule: Rule) -> Pattern:
    """A rule as it is written."""
    return Pattern(rule.id, rule.source, rule.barred)


@cache
def trie(words: Sequence[str]) -> str:
    """A pattern for any of `words`, the longest first, that reads each character of the text once.

    >>> trie(("推进", "推动", "建"))
    '(?=[建推])(?:建|推[动进])'
    """
    ordered = sorted(set(words))
    firsts = "".join(dict.fromkeys(re.escape(word[0]) for word in ordered))
    return f"(?=[{firsts}])(?:{'|'.join(branches(ordered))})"


def branches(words: Iterable[str]) -> Iterator[str]:
    """Patterns for words, those with the same first character together, the longer first.

    Last characters of which there are more than `FEW` stand behind their first one by one: `re` takes long to compile a
    class of characters that do not follow one another.
    """
    for first, group in groupby(words, key=lambda word: word[0]):
        tails = [word[1:] for word in group]
        if len(tails) > FEW and max(map(len, tails)) == 1:
            yield from (re.escape(first + tail) for tail in sorted(tails, key=len, reverse=True))
        else:
            yield re.escape(first) + rest(tails)


def rest(tails: Sequence[str]) -> str:
    """A pattern for any of `tails`, of which an empty one makes the others optional."""
    filled = [tail for tail in tails if tail]
    if not filled:
        return ""
    if all(len(tail) == 1 for tail in filled):
        body = f"[{''.join(map(re.escape, filled))}]" if len(filled) > 1 else re.escape(filled[0])
    else:
        body = f"(?:{'|'.join(branches(filled))})"
    return f"(?:{body})?" if len(filled) < len(tails) else body
