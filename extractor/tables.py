"""Decision tables: of the rows whose facts hold the first decides, for all clauses of a document at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from extractor.rulebook import Decision, Rulebook

Truths = NDArray[np.bool_]


class Table:
    """The rows of one table, and a number for every fact they ask for."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.decisions = tuple(decisions)
        asked = {fact for row in self.decisions for fact in (*row.all, *row.any, *row.none)}
        self.numbers = {fact: number for number, fact in enumerate(sorted(asked))}
        self.rows = [tuple(map(self.numbered, (row.all, row.any, row.none))) for row in self.decisions]

    def numbered(self, facts: Iterable[str]) -> list[int]:
        """The numbers of some facts."""
        return [self.numbers[fact] for fact in facts]

    def read(self, known: Sequence[Set[str]]) -> list[Decision]:
        """The first row that holds for each of several sets of facts.

        Raises:
            LookupError: no row holds; a table ends in a row without conditions.
        """
        truths = self.truths(known)
        chosen = np.full(len(known), -1)
        for number, (needed, wanted, barred) in enumerate(self.rows):
            holds = chosen < 0
            for fact in needed:
                holds &= truths[fact]
            if wanted:
                holds &= truths[wanted].any(axis=0)
            for fact in barred:
                holds &= ~truths[fact]
            chosen[holds] = number
        if (chosen < 0).any():
            raise LookupError("the decision table has no row without conditions at its end")
        return [self.decisions[number] for number in chosen.tolist()]

    def truths(self, known: Sequence[Set[str]]) -> Truths:
        """Which fact holds of which set: facts by sets."""
        numbers = self.numbers
        columns = [[numbers[fact] for fact in facts if fact in numbers] for facts in known]
        truths = np.zeros((len(numbers), len(known)), dtype=bool)
        rows = np.fromiter(chain.from_iterable(columns), dtype=np.intp)
        truths[rows, np.repeat(np.arange(len(known)), [len(column) for column in columns])] = True
        return truths


@cache
def table(rulebook: Rulebook, name: str) -> Table:
    """The table of `rules/NAME.toml`, built once a rulebook."""
    return Table(rulebook.tables[name])
