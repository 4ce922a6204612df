"""Cuts clauses into pieces: jieba's words, cut again where a name may begin or end inside one (由县|财政局, 站|前路)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from extractor.lexicon import SIGN, Lexicon
from extractor.segmentation import Words

Stretch: TypeAlias = tuple[int, int]
LEADING = frozenset("会由向报对至到以从把在经同与和及将请")
TRAILING = frozenset("要将在会等把至到")
"""Function words that jieba joins to a name that it does not know: 会同县, 委将."""


class Piece(NamedTuple):
    """A word or part of one, where it begins, and jieba's tag of the word."""

    start: int
    word: str
    tag: str

    @property
    def end(self) -> int:
        """After its last character."""
        return self.start + len(self.word)


def of_clause(words: Words, clause: Stretch, borders: Sequence[int], lexicon: Lexicon) -> list[Piece]:
    """The pieces of a clause; `borders`, in order, are places where a name begins or ends for certain."""
    found: list[Piece] = []
    for piece in within(words, clause):
        for part in loosened(piece, lexicon):
            found += divided(part, borders)
    return found


def within(words: Words, clause: Stretch) -> Iterator[Piece]:
    """The words of a clause, cut off at its ends."""
    start, end = clause
    first = max(bisect_right(words.starts, start) - 1, 0)
    for number in range(first, len(words.pairs)):
        at = words.starts[number]
        if at >= end:
            return
        word, tag = words.pairs[number]
        left, right = max(at, start), min(at + len(word), end)
        if left < right:
            yield Piece(left, word[left - at : right - at], tag)


def loosened(piece: Piece, lexicon: Lexicon) -> Iterable[Piece]:
    """A piece that is no ordinary word, without the function words at its ends, and these."""
    start, word, tag = piece
    if len(word) < 2 or word in lexicon.ordinary.words:
        return (piece,)
    leads = word[0] in LEADING and not lexicon.placed(word)
    trails = word[-1] in TRAILING and len(word) > 1 + leads
    if not leads and not trails or SIGN.match(word):
        return (piece,)
    core = Piece(start + leads, word[leads : len(word) - trails], "n")
    before = (Piece(start, word[0], "p"),) if leads else ()
    behind = (Piece(core.end, word[-1], "p"),) if trails else ()
    return (*before, core, *behind)


def divided(piece: Piece, borders: Sequence[int]) -> list[Piece]:
    """A piece cut at the borders inside it."""
    number = bisect_right(borders, piece.start)
    if number == len(borders) or borders[number] >= piece.end:
        return [piece]
    found = []
    left = piece.start
    while number < len(borders) and borders[number] < piece.end:
        found.append(Piece(left, piece.word[left - piece.start : borders[number] - piece.start], piece.tag))
        left = borders[number]
        number += 1
    return [*found, Piece(left, piece.word[left - piece.start :], piece.tag)]
