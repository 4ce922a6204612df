"""Decision tables: of the rows whose facts hold the first decides, for all clauses of a document at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from extractor.facts import matrix
from extractor.rulebook import Decision, Rulebook


class Table:
    """The rows of one table, and a number for every fact they ask for."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.decisions = tuple(decisions)
        self.asked = sorted({fact for row in self.decisions for fact in (*row.all, *row.any, *row.none)})
        number = {fact: number for number, fact in enumerate(self.asked)}
        self.rows = [
            tuple([number[fact] for fact in facts] for facts in (row.all, row.any, row.none)) for row in self.decisions
        ]

    def read(self, known: Sequence[int]) -> list[Decision]:
        """The first row that holds for each of several sets of facts.

        Raises:
            LookupError: no row holds; a table ends in a row without conditions.
        """
        truths = np.ascontiguousarray(matrix(known, self.asked).T)
        met: list[bool] = np.any(truths, axis=1).tolist()
        chosen = np.full(len(known), -1)
        for number, (needed, wanted, barred) in enumerate(self.rows):
            some = [fact for fact in wanted if met[fact]]
            if not all(map(met.__getitem__, needed)) or (wanted and not some):
                continue
            holds = chosen < 0
            for fact in needed:
                holds &= truths[fact]
            if wanted:
                holds &= truths[some].any(axis=0)
            for fact in barred:
                if met[fact]:
                    holds &= ~truths[fact]
            chosen[holds] = number
        if (chosen < 0).any():
            raise LookupError("the decision table has no row without conditions at its end")
        return [self.decisions[number] for number in chosen.tolist()]


@cache
def table(rulebook: Rulebook, name: str) -> Table:
    """The table of `rules/NAME.toml`, built once a rulebook."""
    return Table(rulebook.tables[name])
