"""A small trained model of names: it arbitrates between what the rules found, and adds what it is sure of.

For each type of name a linear-chain conditional random field labels the pieces of every clause: outside, beginning or
inside of a name. All read the same traits of words (`lexicon`) and clues of what stands around (`clues`), the names
that the rules found among them. Weights are whole thousandths in `rules/names.json`, trained by `extractor train`, so that
the same text gives the same names on any machine; a small network beside them (`adviser`) sees how they go together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor import adviser
from extractor.adviser import Adviser
from extractor.clues import MOST, Case, spelled
from extractor.lexicon import AFAR, BESIDE, BY_ITSELF, ENDS, FOLLOWS, GOVERNS
from extractor.naming import NameType
from extractor.paths import Weights, best_paths
from extractor.tally import EDGE, Tally, builds, tally

TYPES: tuple[NameType, ...] = ("PROJECT", "LOCATION", "ORG")
"""The types that are arbitrated; documents are told by their brackets and endings, and samples hold too few of them."""
OUTSIDE, BEGIN, INSIDE = range(3)
LABELS = 3
WIDTH = len(TYPES) * LABELS
NETWORK = "names_network.json"
"""The file beside the model that holds its network."""
Span = tuple[NameType, int, int]


@dataclass(frozen=True, eq=False)
class Model:
    """Of every attribute the weights in thousandths, three labels a type; where there is an `adviser`, its scores are added.

    `moves` are the weights of one label behind another, types by labels by labels.
    """

    weights: Tally
    moves: Weights = field(repr=False)
    adviser: Adviser | None = None

    def names(self, case: Case) -> Iterator[Span]:
        """The names in some clauses, none of them empty, by type and then in text order."""
        pieces = case.pieces
        if not pieces.lengths:
            return
        moves = self.moves + self.adviser.moves if self.adviser else self.moves
        labels = best_paths(self.scores(case).reshape(-1, len(TYPES), LABELS), pieces.lengths, moves)
        opening = labels[pieces.firsts]
        labels[pieces.firsts] = np.where(opening == INSIDE, BEGIN, opening)
        for number, name in enumerate(TYPES):
            for first, end in stretches(labels[:, number]):
                yield name, pieces.starts[first], pieces.end(end - 1)

    def scores(self, case: Case) -> Weights:
        """The score of every label of every piece in thousandths: pieces by labels of all types."""
        total = self.weights.of(case)
        return total + self.adviser.scores(case) if self.adviser else total


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
    """The trained model of `rules/names.json`, and the network that lies beside it."""
    model, network = (json.loads(file.read_text(encoding="utf-8")) for file in (path, path.with_name(NETWORK)))
    return from_json(model, network)


def from_json(data: Mapping[str, Any], network: Mapping[str, Any] | None = None) -> Model:
    """A model as its file holds it, weights in thousandths, and the network that advises it."""
    weights = np.array(list(data["weights"].values()), dtype=np.float32).reshape(-1, WIDTH)
    moves = np.array([data["moves"][name] for name in TYPES], dtype=np.float32)
    return Model(tally(data["weights"], weights), moves, adviser.from_json(network) if network else None)


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
