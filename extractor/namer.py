"""A small trained model of names: it arbitrates between what the rules found, and adds what it is sure of.

For each type of name a linear-chain conditional random field labels the pieces of every clause: outside, beginning or
inside of a name. All read the same traits of words (`lexicon`) and clues of what stands around (`clues`), the names
that the rules found among them. Weights are whole thousandths in `rules/names.json`, trained by `extractor train`, so that
the same text gives the same names on any machine.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.clues import FARTHEST, MOST, Case, Mark, Member, Numbers, numbered, spelled
from extractor.lexicon import AFAR, BESIDE, BUILT, BY_ITSELF, ENDS, FOLLOWS, GOVERNS, REMEMBERED, SEATS, Pair
from extractor.naming import NameType
from extractor.paths import Weights, best_paths

TYPES: tuple[NameType, ...] = ("PROJECT", "LOCATION", "ORG")
"""The types that are arbitrated; documents are told by their brackets and endings, and samples hold too few of them."""
OUTSIDE, BEGIN, INSIDE = range(3)
LABELS = 3
WIDTH = len(TYPES) * LABELS
EDGE = "edge"
"""The trait of what lies beyond the first and the last word of a clause, and of no verb before."""
Span = tuple[NameType, int, int]


@dataclass(frozen=True, eq=False)
class Model:
    """The weights of attributes, three labels a type: `traits` of a word, by its seat, and `marks` tell their rows.

    Row 0 has no weight. `moves` are the weights of one label behind another, types by labels by labels.
    """

    rows: Weights = field(repr=False)
    traits: Mapping[str, Mapping[str, int]] = field(repr=False)
    marks: Mapping[Mark, int] = field(repr=False)
    moves: Weights = field(repr=False)
    words: dict[Pair, int] = field(default_factory=dict, repr=False)
    """The words whose weights are remembered, each with its place in `remembered`."""
    marked: dict[Mark | Member, Weights] = field(default_factory=dict, repr=False)

    def names(self, case: Case) -> Iterator[Span]:
        """The names in some clauses, none of them empty, by type and then in text order."""
        pieces = case.pieces
        if not pieces.lengths:
            return
        labels = best_paths(self.scores(case).reshape(-1, len(TYPES), LABELS), pieces.lengths, self.moves)
        opening = labels[pieces.firsts]
        labels[pieces.firsts] = np.where(opening == INSIDE, BEGIN, opening)
        for number, name in enumerate(TYPES):
            for first, end in stretches(labels[:, number]):
                yield name, pieces.starts[first], pieces.end(end - 1)

    def scores(self, case: Case) -> Weights:
        """The score of every label of every piece in thousandths: pieces by labels of all types."""
        seats = dict(zip(SEATS, np.moveaxis(self.weighed(case), 1, 0), strict=True))
        total: Weights = seats[BY_ITSELF][case.which]
        numbers = np.arange(len(total))
        clause = np.repeat(np.arange(len(case.pieces.lengths)), case.pieces.lengths)
        for seat in (*BESIDE, *AFAR):
            other = numbers + int(seat)
            inside = (other >= 0) & (other < len(total))
            inside[inside] = clause[numbers[inside]] == clause[other[inside]]
            self.add(total, seats, seat, case, np.where(inside, other, -1), numbers)
        self.add(total, seats, GOVERNS, case, case.governs, numbers)
        in_run = np.flatnonzero(case.ends >= 0)
        self.add(total, seats, ENDS, case, case.ends[in_run], in_run)
        self.add(total, seats, FOLLOWS, case, case.follows[in_run], in_run)
        far = case.far[in_run]
        total[in_run] += self.distances[far]
        total[in_run] += self.built[case.builds[in_run], np.minimum(far, MOST)]
        total[case.pieces.firsts] += self.of(("at", "first"))
        total[case.pieces.firsts + case.pieces.lengths - 1] += self.of(("at", "last"))
        if case.hidden:
            total += self.of(("hidden", ""))
        self.add_marks(total, case)
        return total

    def add(
        self, total: Weights, seats: Mapping[str, Weights], seat: str, case: Case, other: Numbers, at: Numbers
    ) -> None:
        """Add to pieces what the words in a seat speak for; `other` are their pieces, -1 beyond the edge."""
        table = np.concatenate([seats[seat], self.rows[self.traits[seat].get(EDGE, 0)][None]])
        rows = table[np.where(other >= 0, case.which[other], -1)]
        if len(at) == len(total):
            total += rows
        else:
            total[at] += rows

    def add_marks(self, total: Weights, case: Case) -> None:
        """Add to pieces what is marked on them speaks for."""
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

    def of(self, mark: Mark) -> Weights:
        """The weights of one mark."""
        weights: Weights = self.rows[self.marks.get(mark, 0)]
        return weights

    @cached_property
    def remembered(self) -> Weights:
        """Room for the weights of words, words by seats by labels."""
        return np.zeros((REMEMBERED, len(SEATS), WIDTH), dtype=np.float32)

    @cached_property
    def seated(self) -> Mapping[str, int]:
        """The traits that have weight in some seat, numbered from 1; 0 is none."""
        return {
            trait: number for number, trait in enumerate(sorted({t for seat in self.traits.values() for t in seat}), 1)
        }

    @cached_property
    def table(self) -> Weights:
        """The weights of every trait, traits by seats by labels."""
        table = np.zeros((len(self.seated) + 1, len(SEATS), WIDTH), dtype=np.float32)
        for number, seat in enumerate(SEATS):
            rows = self.traits[seat]
            table[[self.seated[trait] for trait in rows], number] = self.rows[list(rows.values())]
        return table

    @cached_property
    def distances(self) -> Weights:
        """The weights of distances to the end of the run."""
        return np.stack([self.of(("far", str(far))) for far in range(FARTHEST + 1)])

    @cached_property
    def built(self) -> Weights:
        """The weights of what the end of the run builds, by its list and the distance."""
        return np.array([[self.of(builds(kind, far)) for far in range(MOST + 1)] for kind in range(len(BUILT) + 1)])

    def weighed(self, case: Case) -> Weights:
        """The weights of the different words of a case, words by seats by labels."""
        if len(self.words) + len(case.kinds) > len(self.remembered):
            self.words.clear()
        if len(case.kinds) > len(self.remembered):
            return self.fresh(case.kinds, case)
        new = [pair for pair in case.kinds if pair not in self.words]
        first = len(self.words)
        self.remembered[first : first + len(new)] = self.fresh(new, case)
        self.words.update(zip(new, range(first, first + len(new)), strict=True))
        weights: Weights = self.remembered[[self.words[pair] for pair in case.kinds]]
        return weights

    def fresh(self, new: Sequence[Pair], case: Case) -> Weights:
        """The weights of words from their traits, words by seats by labels."""
        number, known = self.seated, case.lexicon.known
        traits = [[number.get(trait, 0) for trait in known(pair)] for pair in new]
        sizes = np.array([len(one) for one in traits], dtype=np.intp)
        if not len(sizes):
            return np.zeros((0, len(SEATS), WIDTH), dtype=np.float32)
        rows = np.fromiter(chain.from_iterable(traits), dtype=np.intp)
        weights: Weights = np.add.reduceat(self.table[rows], np.cumsum(sizes) - sizes, axis=0)
        return weights


def stretches(labels: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Where names begin and end among the labels of one type; a name begins at an inside behind an outside too."""
    first = end = -1
    for number in np.flatnonzero(labels).tolist():
        if number != end or labels[number] == BEGIN:
            if first >= 0:
                yield first, end
            first = number
        end = number + 1
    if first >= 0:
        yield first, end


@cache
def load(path: Path) -> Model:
    """The trained model of `rules/names.json`."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def from_json(data: Mapping[str, Mapping[str, Sequence[float]]]) -> Model:
    """A model as its file holds it: weights in thousandths, `-1:w:建设` for traits and `in:”` for marks."""
    traits: dict[str, dict[str, int]] = {seat: {} for seat in SEATS}
    marks: dict[Mark, int] = {}
    rows = np.array([[0.0] * WIDTH, *data["weights"].values()], dtype=np.float32)
    for row, name in enumerate(data["weights"], 1):
        kind, _, value = name.partition(":")
        if kind in traits:
            traits[kind][value] = row
        else:
            marks[kind, value] = row
    moves = np.array([data["moves"][name] for name in TYPES], dtype=np.float32)
    return Model(rows, traits, marks, moves.reshape(len(TYPES), LABELS, LABELS))


def attributes(case: Case) -> Iterator[list[str]]:
    """What the model sees of every piece, as its file spells it."""
    seen = [case.lexicon.seen(*pair) for pair in case.kinds]
    marked: defaultdict[int, list[str]] = defaultdict(list)
    for number, mark in case.marks:
        marked[number] += map(":".join, spelled(mark))
    first = 0
    for length in case.pieces.lengths:
        for number in range(first, first + length):
            around = {seat: number + int(seat) for seat in (BY_ITSELF, *BESIDE, *AFAR)}
            places = {seat: other if first <= other < first + length else -1 for seat, other in around.items()}
            places[GOVERNS] = int(case.governs[number])
            found = marked[number]
            if case.ends[number] >= 0:
                places |= {ENDS: int(case.ends[number]), FOLLOWS: int(case.follows[number])}
                far = int(case.far[number])
                found += [f"far:{far}", ":".join(builds(int(case.builds[number]), min(far, MOST)))]
            found += ["at:first"] * (number == first) + ["at:last"] * (number == first + length - 1)
            found += ["hidden:"] * case.hidden
            for seat, other in places.items():
                found += [f"{seat}:{trait}" for trait in (seen[case.which[other]][seat] if other >= 0 else [EDGE])]
            yield found
        first += length


def builds(kind: int, far: int) -> Mark:
    """The mark of a piece whose run ends, so far off, in a word of a list of what is built; 0 is none."""
    return "builds", f"{BUILT[kind - 1] if kind else ''}{far}"
