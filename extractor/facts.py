"""The facts about a clause as one whole number: every fact has a bit of its own.

`verb.action`, `stance.plan`, `at.start` … are names of facts. A set of them is the sum of their bits, so that sets are
joined and compared by `|` and `&`, and those of a whole document become a matrix in one step. Bits are given out as facts
are met: a set means something only in the process that made it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import numpy as np
from numpy.typing import NDArray

Truths = NDArray[np.bool_]


class Bits(dict[str, int]):
    """The bit of every fact; a fact gets the next free one when it is first asked for."""

    def __init__(self) -> None:
        self.free = count()

    def __missing__(self, fact: str) -> int:
        return self.setdefault(fact, 1 << next(self.free))


BITS = Bits()


def mask(facts: Iterable[str]) -> int:
    """The set of some facts.

    >>> names(mask(["verb.action", "at.start"])) == {"at.start", "verb.action"}
    True
    """
    bits = 0
    for fact in facts:
        bits |= BITS[fact]
    return bits


def names(known: int) -> frozenset[str]:
    """The facts in a set."""
    return frozenset(fact for fact, bit in list(BITS.items()) if known & bit)


def matrix(known: Sequence[int], wanted: Iterable[str]) -> Truths:
    """Which of the facts `wanted` each set of `known` holds: sets by facts."""
    columns = [BITS[fact].bit_length() - 1 for fact in wanted]
    width = max(map(int.bit_length, known), default=0)
    size = max(width, 1 + max(columns, default=0)) // 8 + 1
    packed = np.frombuffer(b"".join([bits.to_bytes(size, "little") for bits in known]), dtype=np.uint8)
    return np.unpackbits(packed.reshape(-1, size), axis=1, bitorder="little")[:, columns].view(np.bool_)
