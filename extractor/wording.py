"""The words of a clause as the trained arbiter sees them: which it has, and how it begins and ends."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from extractor.clauses import Clause
from extractor.segmentation import Words

MARK = "x"
"""jieba's tag for punctuation, figures and what else is no word."""
SKIPPED = frozenset({"d", "ad", "c", MARK, "uv", "zg"})
"""Tags of adverbs, conjunctions and marks, which may stand before what a clause opens with."""
SAYS = "says"
KINDS = (SAYS, "opens", "ends", "head", "tail", "tag")


class Wording(NamedTuple):
    """What a clause is made of: its words without marks, the tag of the first, and its characters.

    `verb` is the first word that is no adverb, conjunction or mark, where it is one of the verb lists; `opener` is the tag
    of that first word.
    """

    words: Sequence[str]
    tag: str
    text: str
    verb: str = ""
    opener: str = ""

    def traits(self) -> Iterator[tuple[str, str]]:
        """What the clause `says`, the word that it `opens` and `ends` with, its first and last characters.

        >>> list(Wording(["新建", "幼儿园"], "v", "新建幼儿园").traits())[:4]
        [('says', '新建'), ('says', '幼儿园'), ('opens', '新建'), ('ends', '幼儿园')]
        """
        for word in self.words:
            yield SAYS, word
        for kind, (name,) in single([self]):
            if self.words or kind not in ("opens", "ends"):
                yield kind, name


def single(wordings: Sequence[Wording]) -> Iterator[tuple[str, list[str]]]:
    """The traits of many clauses but for what they `say`: each time a kind and one name for every clause, `head` and `tail` twice.

    >>> dict(single([Wording(["新建", "幼儿园"], "v", "新建幼儿园")]))["ends"]
    ['幼儿园']
    """
    texts = [wording.text for wording in wordings]
    yield "opens", [wording.words[0] if wording.words else "" for wording in wordings]
    yield "ends", [wording.words[-1] if wording.words else "" for wording in wordings]
    yield "head", [text[:1] for text in texts]
    yield "head", [text[:2] for text in texts]
    yield "tail", [text[-1:] for text in texts]
    yield "tail", [text[-2:] for text in texts]
    yield "tag", [wording.tag for wording in wordings]


def read(clauses: Sequence[Clause], words: Words, folded: str, verbs: Set[str]) -> list[Wording]:
    """The wording of every clause; `verbs` are those of the verb lists."""
    found = []
    number, starts, pairs = 0, words.starts, words.pairs
    for clause in clauses:
        start, end = clause.start, clause.end
        first = bisect_left(starts, start, number)
        number = bisect_left(starts, end, first)
        inside = [pair for pair in pairs[first:number] if pair[1] != MARK]
        tag = inside[0][1] if inside else ""
        word, opener = next((pair for pair in inside if pair[1] not in SKIPPED), ("", ""))
        verb = word if word in verbs else ""
        found.append(Wording([word for word, _ in inside], tag, folded[start:end], verb, opener))
    return found
