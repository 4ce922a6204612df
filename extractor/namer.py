"""A small trained model of names: it arbitrates between what the rules found, and adds what it is sure of.

For each type of name a linear-chain conditional random field labels the pieces of every clause: outside, beginning or
inside of a name. All four read the same traits of words (`lexicon`) and clues of what stands around (`clues`), the names
that the rules found among them. Weights are whole thousandths in `rules/names.json`, trained by `extractor train`, so that
the same text gives the same names on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from extractor.clues import Clue, Clues
from extractor.lexicon import AFAR, BESIDE, BY_ITSELF, Lexicon
from extractor.naming import NameType
from extractor.pieces import Piece

TYPES: tuple[NameType, ...] = get_args(NameType)
OUTSIDE, BEGIN, INSIDE = range(3)
LABELS = 3
WIDTH = len(TYPES) * LABELS
SEATS = (BY_ITSELF, *BESIDE, *AFAR)
"""The places that a word is seen from."""
EDGE = "edge"
"""The trait of the place before the first and behind the last word of a clause."""
REMEMBERED = 2**15
"""Words whose weights are kept; then all are forgotten, so that memory stays bounded."""
Weights = NDArray[np.float32]
Span = tuple[NameType, int, int]


@dataclass(frozen=True, eq=False)
class Model:
    """Weights by attribute, three labels a type: of traits by the seat they are seen from, and of clues.

    `moves` are the weights of one label behind another, types by labels by labels. `clues` gives the row in `of_clues`;
    row 0 has no weight.
    """

    traits: Mapping[str, Mapping[str, Weights]] = field(repr=False)
    clues: Mapping[Clue, int] = field(repr=False)
    of_clues: Weights = field(repr=False)
    moves: Weights = field(repr=False)
    words: dict[tuple[str, str], Weights] = field(default_factory=dict, repr=False)

    def names(self, clauses: Sequence[Sequence[Piece]], clues: Sequence[Clues], lexicon: Lexicon) -> Iterator[Span]:
        """The names in some clauses, none of them empty, by type and then in text order."""
        if not clauses:
            return
        pieces = list(chain.from_iterable(clauses))
        lengths = [len(clause) for clause in clauses]
        scores = self.of_words(pieces, lengths, lexicon)
        rows = [[self.clues.get(clue, 0) for clue in found] for found in chain.from_iterable(clues)]
        sizes = np.fromiter(map(len, rows), np.intp, len(rows))
        numbers = np.fromiter(chain.from_iterable(rows), np.intp, sizes.sum())
        scores += np.add.reduceat(self.of_clues[numbers], np.cumsum(sizes) - sizes)
        labels = best_paths(scores.reshape(-1, len(TYPES), LABELS), lengths, self.moves)
        opening = labels[np.cumsum(lengths) - lengths]
        labels[np.cumsum(lengths) - lengths] = np.where(opening == INSIDE, BEGIN, opening)
        for number, name in enumerate(TYPES):
            for first, end in stretches(labels[:, number]):
                yield name, pieces[first].start, pieces[end - 1].end

    def of_words(self, pieces: Sequence[Piece], lengths: Sequence[int], lexicon: Lexicon) -> Weights:
        """What the words speak for: those of a piece and of its neighbours in the clause."""
        seen = np.stack([self.weighed(piece.word, piece.tag, lexicon) for piece in pieces])
        clause = np.repeat(np.arange(len(lengths)), lengths)
        total: Weights = seen[:, 0].copy()
        for seat, name in enumerate(SEATS[1:], 1):
            step = int(name)
            here = slice(max(0, -step), len(pieces) - max(0, step))
            there = slice(max(0, step), len(pieces) - max(0, -step))
            inside = np.zeros(len(pieces), dtype=bool)
            inside[here] = clause[here] == clause[there]
            total[inside] += seen[there, seat][inside[here]]
            total[~inside] += self.traits[name].get(EDGE, np.float32(0))
        return total

    def weighed(self, word: str, tag: str, lexicon: Lexicon) -> Weights:
        """The weights of a word, seats by labels."""
        key = word, tag
        if key not in self.words:
            if len(self.words) >= REMEMBERED:
                self.words.clear()
            found = np.zeros((len(SEATS), WIDTH), dtype=np.float32)
            for seat, (name, traits) in enumerate(lexicon.seen(word, tag).items()):
                known = self.traits[name]
                for trait in traits:
                    if trait in known:
                        found[seat] += known[trait]
            self.words[key] = found
        return self.words[key]


def best_paths(scores: Weights, lengths: Sequence[int], moves: Weights) -> NDArray[np.intp]:
    """The labels whose scores and moves add up highest, clause by clause: pieces by types.

    All clauses and types are walked at once (Viterbi), the longest clause first, so that those under way stand in front.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    sizes = np.array(lengths)[order]
    starts = (np.cumsum(lengths) - lengths)[order]
    best = scores[starts]
    origins = []
    for step in range(1, sizes[0]):
        going = int(np.count_nonzero(sizes > step))
        paths = best[:going, :, :, None] + moves
        origins.append(paths.argmax(axis=2))
        best[:going] = paths.max(axis=2) + scores[starts[:going] + step]
    labels = np.empty(scores.shape[:2], dtype=np.intp)
    last = best.argmax(axis=2)
    labels[starts + sizes - 1] = last
    for step in range(sizes[0] - 1, 0, -1):
        before = origins[step - 1]
        going = len(before)
        last[:going] = np.take_along_axis(before, last[:going, :, None], axis=2)[:, :, 0]
        labels[starts[:going] + step - 1] = last[:going]
    return labels


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
    """A model as its file holds it: weights in thousandths, `-1:w:建设` for traits and `gov:建设` for clues."""
    traits: dict[str, dict[str, Weights]] = {seat: {} for seat in SEATS}
    clues: dict[Clue, int] = {}
    rows: list[Weights] = [np.zeros(WIDTH, dtype=np.float32)]
    for name, weights in data["weights"].items():
        kind, _, value = name.partition(":")
        row = np.array(weights, dtype=np.float32)
        if kind in traits:
            traits[kind][value] = row
        else:
            clues[kind, value] = len(rows)
            rows.append(row)
    moves = np.array([data["moves"][name] for name in TYPES], dtype=np.float32)
    return Model(traits, clues, np.stack(rows), moves.reshape(len(TYPES), LABELS, LABELS))
