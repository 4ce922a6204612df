"""Cuts clauses into pieces: jieba's words, cut again where a name may begin or end inside one (由|县, 站|前路)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractor.lexicon import Lexicon, Pair
from extractor.segmentation import Words

Stretch: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class Pieces:
    """The pieces of some clauses, one behind the other: where each begins, the word and its tag; and how many a clause has."""

    starts: list[int] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    @property
    def firsts(self) -> NDArray[np.intp]:
        """The number of each clause's first piece."""
        sizes = np.array(self.lengths, dtype=np.intp)
        return np.cumsum(sizes) - sizes

    def end(self, number: int) -> int:
        """After the last character of a piece."""
        return self.starts[number] + len(self.pairs[number][0])


def cut(words: Words, clauses: Sequence[Stretch], borders: Sequence[Sequence[int]], lexicon: Lexicon) -> Pieces:
    """The pieces of clauses; `borders` are for each clause, in order, where a name begins or ends for certain."""
    found = Pieces()
    starts, pairs, loose = words.starts, words.pairs, lexicon.loose
    for (start, end), inside in zip(clauses, borders, strict=True):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        before = len(found.starts)
        whole = first < last and starts[first] == start and starts[last - 1] + len(pairs[last - 1][0]) <= end
        if whole and not inside and not any(map(loose, pairs[first:last])):
            found.starts += starts[first:last]
            found.pairs += pairs[first:last]
        else:
            for at, pair in within(words, (start, end)):
                divide(at, pair, inside, lexicon, found)
        found.lengths.append(len(found.starts) - before)
    return found


def within(words: Words, clause: Stretch) -> Iterator[tuple[int, Pair]]:
    """The words of a clause, cut off at its ends, and where they begin."""
    start, end = clause
    for number in range(max(bisect_right(words.starts, start) - 1, 0), len(words.pairs)):
        at = words.starts[number]
        if at >= end:
            return
        word, tag = words.pairs[number]
        left, right = max(at, start), min(at + len(word), end)
        if left < right:
            yield left, (word[left - at : right - at], tag)


def divide(start: int, pair: Pair, borders: Sequence[int], lexicon: Lexicon, found: Pieces) -> None:
    """Add the parts of a word to the pieces: without the function words at its ends, and cut at borders inside it."""
    for word, tag in lexicon.loose(pair) or (pair,):
        end = start + len(word)
        number = bisect_right(borders, start)
        left = start
        while number < len(borders) and borders[number] < end:
            found.starts.append(left)
            found.pairs.append((word[left - start : borders[number] - start], tag))
            left = borders[number]
            number += 1
        found.starts.append(left)
        found.pairs.append((word[left - start :], tag))
        start = end
