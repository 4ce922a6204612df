"""What the words and marks of pieces add up to: the sums that the model of names and its network begin with.

Every attribute (a trait of a word in some seat, or a mark) has a row of whole numbers, and a piece has the sum of its
attributes' rows. Rows of a word are summed once and remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

import numpy as np

from extractor.clues import FARTHEST, MOST, Case, Mark, Member, Numbers, numbered, spelled
from extractor.lexicon import AFAR, BESIDE, BUILT, BY_ITSELF, ENDS, FOLLOWS, GOVERNS, REMEMBERED, SEATS, Pair
from extractor.paths import Weights

EDGE = "edge"
"""The trait of what lies beyond the first and the last word of a clause, and of no verb before."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Rows of numbers, and which of them each attribute has: `traits` by seat, `marks`. Row 0 is nothing."""

    rows: Weights = field(repr=False)
    traits: Mapping[str, Mapping[str, int]] = field(repr=False)
    marks: Mapping[Mark, int] = field(repr=False)
    words: dict[Pair, int] = field(default_factory=dict, repr=False)
    """The words whose rows are remembered, each with its place in `remembered`."""
    marked: dict[Mark | Member, Weights] = field(default_factory=dict, repr=False)

    def of(self, case: Case) -> Weights:
        """The sums of all pieces of a case: pieces by numbers."""
        seats = dict(zip(self.seats, np.moveaxis(self.weighed(case), 1, 0), strict=True))
        total: Weights = seats[BY_ITSELF][case.which]
        numbers = np.arange(len(total))
        for seat in (*BESIDE, *AFAR):
            if seat in seats:
                self.add(total, seats, seat, case, beside(case, int(seat)), numbers)
        self.add(total, seats, GOVERNS, case, case.governs, numbers)
        in_run = np.flatnonzero(case.ends >= 0)
        self.add(total, seats, ENDS, case, case.ends[in_run], in_run)
        self.add(total, seats, FOLLOWS, case, case.follows[in_run], in_run)
        far = case.far[in_run]
        total[in_run] += self.distances[far]
        total[in_run] += self.built[case.builds[in_run], np.minimum(far, MOST)]
        total[case.pieces.firsts] += self.row(("at", "first"))
        total[case.pieces.firsts + case.pieces.lengths - 1] += self.row(("at", "last"))
        if case.hidden:
            total += self.row(("hidden", ""))
        self.add_marks(total, case)
        return total

    def add(
        self, total: Weights, seats: Mapping[str, Weights], seat: str, case: Case, other: Numbers, at: Numbers
    ) -> None:
        """Add to pieces the rows of the words in a seat; `other` are their pieces, -1 beyond the edge."""
        table = np.concatenate([seats[seat], self.rows[self.traits[seat].get(EDGE, 0)][None]])
        rows = table[np.where(other >= 0, case.which[other], -1)]
        if len(at) == len(total):
            total += rows
        else:
            total[at] += rows

    def add_marks(self, total: Weights, case: Case) -> None:
        """Add to pieces the rows of what is marked on them."""
        if not case.marks:
            return
        places, marks = zip(*case.marks, strict=True)
        kinds, which = numbered(marks)
        if len(self.marked) >= REMEMBERED:
            self.marked.clear()
        for mark in kinds:
            if mark not in self.marked:
                self.marked[mark] = self.rows[[self.marks.get(one, 0) for one in spelled(mark)]].sum(axis=0)
        table = np.stack([self.marked[mark] for mark in kinds])
        np.add.at(total, np.array(places, dtype=np.intp), table[which])

    def row(self, mark: Mark) -> Weights:
        """The row of one mark."""
        row: Weights = self.rows[self.marks.get(mark, 0)]
        return row

    @cached_property
    def seats(self) -> Sequence[str]:
        """The seats in which some trait has a row."""
        return [seat for seat in SEATS if self.traits[seat] or seat not in (*BESIDE, *AFAR)]

    @cached_property
    def remembered(self) -> Weights:
        """Room for the rows of words, words by seats by numbers."""
        return np.zeros((REMEMBERED, len(self.seats), self.rows.shape[1]), dtype=np.float32)

    @cached_property
    def seated(self) -> Mapping[str, int]:
        """The traits that have a row in some seat, numbered from 1; 0 is none."""
        return {
            trait: number for number, trait in enumerate(sorted({t for seat in self.traits.values() for t in seat}), 1)
        }

    @cached_property
    def table(self) -> Weights:
        """The rows of every trait, traits by seats by numbers."""
        table = np.zeros((len(self.seated) + 1, len(self.seats), self.rows.shape[1]), dtype=np.float32)
        for number, seat in enumerate(self.seats):
            rows = self.traits[seat]
            table[[self.seated[trait] for trait in rows], number] = self.rows[list(rows.values())]
        return table

    @cached_property
    def distances(self) -> Weights:
        """The rows of distances to the end of the run."""
        return np.stack([self.row(("far", str(far))) for far in range(FARTHEST + 1)])

    @cached_property
    def built(self) -> Weights:
        """The rows of what the end of the run builds, by its list and the distance."""
        return np.array([[self.row(builds(kind, far)) for far in range(MOST + 1)] for kind in range(len(BUILT) + 1)])

    def weighed(self, case: Case) -> Weights:
        """The rows of the different words of a case, words by seats by numbers."""
        if len(self.words) + len(case.kinds) > len(self.remembered):
            self.words.clear()
        if len(case.kinds) > len(self.remembered):
            return self.fresh(case.kinds, case)
        new = [pair for pair in case.kinds if pair not in self.words]
        first = len(self.words)
        self.remembered[first : first + len(new)] = self.fresh(new, case)
        self.words.update(zip(new, range(first, first + len(new)), strict=True))
        rows: Weights = self.remembered[[self.words[pair] for pair in case.kinds]]
        return rows

    def fresh(self, new: Sequence[Pair], case: Case) -> Weights:
        """The rows of words from their traits, words by seats by numbers."""
        number, known = self.seated, case.lexicon.known
        traits = [[number.get(trait, 0) for trait in known(pair)] for pair in new]
        sizes = np.array([len(one) for one in traits], dtype=np.intp)
        if not len(sizes):
            return np.zeros((0, len(self.seats), self.rows.shape[1]), dtype=np.float32)
        rows = np.fromiter(chain.from_iterable(traits), dtype=np.intp)
        added: Weights = np.add.reduceat(self.table[rows], np.cumsum(sizes) - sizes, axis=0)
        return added


def tally(names: Iterable[str], rows: Weights) -> Tally:
    """The rows of attributes as files spell them: `-1:w:建设` a trait in a seat, `in:”` a mark; one row each."""
    traits: dict[str, dict[str, int]] = {seat: {} for seat in SEATS}
    marks: dict[Mark, int] = {}
    for row, name in enumerate(names, 1):
        kind, _, value = name.partition(":")
        if kind in traits:
            traits[kind][value] = row
        else:
            marks[kind, value] = row
    nothing = np.zeros((1, rows.shape[1]), dtype=np.float32)
    return Tally(np.concatenate([nothing, rows]), traits, marks)


def beside(case: Case, step: int) -> Numbers:
    """For every piece the one so many before (below 0) or behind it in its clause, -1 where there is none."""
    lengths = np.asarray(case.pieces.lengths, dtype=np.intp)
    firsts = np.repeat(np.cumsum(lengths) - lengths, lengths)
    other: Numbers = np.arange(len(firsts), dtype=np.intp) + step
    return np.where((other >= firsts) & (other < firsts + np.repeat(lengths, lengths)), other, -1)


def builds(kind: int, far: int) -> Mark:
    """The mark of a piece whose run ends, so far off, in a word of a list of what is built; 0 is none."""
    return "builds", f"{BUILT[kind - 1] if kind else ''}{far}"
