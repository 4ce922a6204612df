"""The words of a clause as the trained arbiter sees them: which it has, and how it begins and ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.clauses import Clause
from extractor.segmentation import Words

MARK = "x"
"""jieba's tag for punctuation, figures and what else is no word."""
KINDS = ("says", "opens", "ends", "head", "tail", "tag")


@dataclass(frozen=True, slots=True)
class Wording:
    """What a clause is made of: its words without marks, the tag of the first, and its characters."""

    words: Sequence[str]
    tag: str
    text: str

    def traits(self) -> Iterator[tuple[str, str]]:
        """What the clause `says`, the word that it `opens` and `ends` with, its first and last characters.

        >>> list(Wording(["新建", "幼儿园"], "v", "新建幼儿园").traits())[:4]
        [('says', '新建'), ('says', '幼儿园'), ('opens', '新建'), ('ends', '幼儿园')]
        """
        for word in self.words:
            yield "says", word
        if self.words:
            yield "opens", self.words[0]
            yield "ends", self.words[-1]
        text = self.text
        yield "head", text[:1]
        yield "head", text[:2]
        yield "tail", text[-1:]
        yield "tail", text[-2:]
        yield "tag", self.tag


def read(clauses: Sequence[Clause], words: Words, folded: str) -> list[Wording]:
    """The wording of every clause."""
    found = []
    number, starts, pairs = 0, words.starts, words.pairs
    for clause in clauses:
        while number < len(pairs) and starts[number] < clause.start:
            number += 1
        first = number
        while number < len(pairs) and starts[number] < clause.end:
            number += 1
        inside = [pair for pair in pairs[first:number] if pair[1] != MARK]
        tag = inside[0][1] if inside else ""
        found.append(Wording([word for word, _ in inside], tag, folded[clause.start : clause.end]))
    return found
