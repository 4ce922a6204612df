"""A small network beside the arbiter of roles: it sees how facts and words go together, where the arbiter only adds them up.

The facts and words of a clause are added up to `WIDTH` values; a layer joins them, a second one looks over a window of
clauses, and both weigh the labels. All weights are whole numbers and all values whole steps, so that sums are exact in
single precision in whatever order they are added, and the same text gives the same roles on any machine. Weights are those
of `rules/network.json`, trained by `extractor train`.
"""

from __future__ import annotations

import json
import math
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.clauses import Clause
from extractor.facts import matrix
from extractor.paths import Weights
from extractor.sums import found, gathered, summed
from extractor.wording import KINDS, SAYS, Wording, single

FACT, VERB = "fact", "verb"
NAMED = (FACT, VERB, *KINDS)
"""Kinds of what a clause is made of: its facts, its first verb, and the traits of its wording."""
WIDTH = 48
"""Values that a clause is told by."""
REACH = 2
SPAN = 2 * REACH + 1
"""Clauses in a window: the clause itself, and so many before and behind it."""
FLAGS = 2
"""Beside its values a clause tells the window whether it goes on with the sentence before it, and with the paragraph."""
HIDDEN, WINDOW, OUTPUT = "hidden", "window", "output"
INPUTS: Mapping[str, int] = {HIDDEN: WIDTH, WINDOW: SPAN * (WIDTH + FLAGS), OUTPUT: 2 * WIDTH}
"""How many values each layer reads."""
GRID, FINE = 64, 256
"""Weights of layers are whole 64ths between -4 and 4, those of names whole 256ths between -1/2 and 1/2."""
STEPS = 127
"""Values lie between -1 and 1, in so many steps each way."""
STEEP = 4
"""A sum beyond this has the value of one that is just so large."""
SQUASHED = np.array([round(STEPS * math.tanh(v / GRID)) for v in range(-STEEP * GRID, STEEP * GRID + 1)], np.float32)
"""The value of every sum, from the smallest that counts to the largest."""
LOT = 16
"""Rows of values that are multiplied together: few, so that no threads are woken for it, which would wait for one another."""
SCALE = 1000
"""Scores are thousandths."""


@dataclass(frozen=True, eq=False)
class Network:
    """Weights on their grid. `named` are names by values, numbered by kind in `numbers`; number 0 is nothing.

    `layers` are values by values, with a last row that is always added. `moves` are the weights in thousandths of one label
    behind another in a paragraph.
    """

    labels: Sequence[str]
    numbers: Mapping[str, Mapping[str, int]] = field(repr=False)
    named: Weights = field(repr=False)
    layers: Mapping[str, Weights] = field(repr=False)
    moves: Weights = field(repr=False)

    def scores(
        self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording], front: NDArray[np.bool_]
    ) -> Weights:
        """The score of every label of every clause in thousandths: clauses by labels.

        Args:
            front: which clauses are titles, bylines and dates: they are nobody's neighbours.
        """
        own = squashed(self.added(known, wordings) * (GRID / FINE))
        joined = squashed(weighed(own, self.layers[HIDDEN]) / STEPS)
        told = np.concatenate([joined, STEPS * flags(clauses)], axis=1)
        around = squashed(weighed(windows(np.where(front[:, None], 0, told)), self.layers[WINDOW]) / STEPS)
        total = weighed(np.concatenate([joined, around], axis=1), self.layers[OUTPUT])
        scores: Weights = np.rint(total.astype(np.float64) * SCALE / (GRID * STEPS)).astype(np.float32)
        return scores

    def added(self, known: Sequence[int], wordings: Sequence[Wording]) -> Weights:
        """What the facts and words of clauses add up to: clauses by values."""
        facts = self.numbers[FACT]
        total = summed(self.named[list(facts.values())], matrix(known, facts))
        total += gathered(self.named, self.numbers[SAYS], [wording.words for wording in wordings])
        for kind, one in ((VERB, [wording.verb for wording in wordings]), *single(wordings)):
            total += self.named[found(self.numbers[kind], one)]
        return total


def weighed(values: Weights, weights: Weights) -> Weights:
    """Values times the weights of a layer, rows by rows: exact, since all are whole and no sum comes near 2^24."""
    size, width = values.shape
    lots = np.zeros((-(-size // LOT), LOT, width), dtype=np.float32)
    lots.reshape(-1, width)[:size] = values
    result: Weights = (lots @ weights[:-1]).reshape(-1, weights.shape[1])[:size] + weights[-1] * STEPS
    return result


def squashed(sums: NDArray[np.floating]) -> Weights:
    """The values that sums in 64ths have: the hyperbolic tangent in whole steps."""
    places = np.clip(np.rint(sums), -STEEP * GRID, STEEP * GRID).astype(np.intp)
    values: Weights = SQUASHED[places + STEEP * GRID]
    return values


def flags(clauses: Sequence[Clause]) -> Weights:
    """Whether each clause goes on with the sentence, and with the paragraph, of the clause before it: clauses by two."""
    told = np.zeros((len(clauses), FLAGS), dtype=np.float32)
    for number, (before, clause) in enumerate(pairwise(clauses), 1):
        told[number] = clause.sentence == before.sentence, clause.paragraph == before.paragraph
    return told


def windows(values: Weights) -> Weights:
    """Beside each row those around it, from `REACH` before to `REACH` behind; nothing beyond the ends."""
    padded = np.pad(values, ((REACH, REACH), (0, 0)))
    return np.concatenate([padded[first : first + len(values)] for first in range(SPAN)], axis=1)


@cache
def load(path: Path) -> Network:
    """The trained network of `rules/network.json`."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def from_json(data: Mapping[str, Any]) -> Network:
    """A network as its file holds it: names by kind, their weights a byte each and encoded as base 64, layers in full."""
    names: Mapping[str, Sequence[str]] = data["names"]
    firsts = accumulate((len(names[kind]) for kind in NAMED), initial=1)
    weights = unpacked(data["named"], WIDTH)
    return Network(
        labels=data["labels"],
        numbers={
            kind: {name: number for number, name in enumerate(names[kind], first)}
            for kind, first in zip(NAMED, firsts, strict=False)
        },
        named=np.concatenate([np.zeros((1, WIDTH), np.float32), weights]),
        layers=layered(data["layers"]),
        moves=np.array(data["moves"], dtype=np.float32),
    )


def as_json(
    labels: Sequence[str],
    names: Mapping[str, Sequence[str]],
    named: NDArray[np.float64],
    layers: Mapping[str, NDArray[np.float64]],
    moves: NDArray[np.float64],
) -> dict[str, Any]:
    """What `from_json` reads, of weights that are not whole yet; `named` are those of `names`, kind by kind."""
    return {
        "labels": list(labels),
        "names": {kind: list(names[kind]) for kind in NAMED},
        "named": packed(named),
        "layers": {layer: whole(weights, GRID, 4 * GRID - 1).astype(int).tolist() for layer, weights in layers.items()},
        "moves": np.rint(moves * SCALE).astype(int).tolist(),
    }


def packed(named: NDArray[np.float64]) -> str:
    """The weights of names as files hold them: in whole 256ths, a byte each, encoded as base 64."""
    return b64encode(whole(named, FINE, 127).astype(np.int8).tobytes()).decode("ascii")


def unpacked(text: str, width: int) -> Weights:
    """The weights of names that a file holds, so many a name."""
    return np.frombuffer(b64decode(text), dtype=np.int8).reshape(-1, width).astype(np.float32)


def layered(layers: Mapping[str, Any]) -> dict[str, Weights]:
    """The weights of layers that a file holds in full."""
    return {layer: np.array(rows, dtype=np.float32) for layer, rows in layers.items()}


def whole(weights: NDArray[np.float64], grid: int, most: int) -> NDArray[np.float64]:
    """Weights in whole parts, `grid` to one, none larger than `most`."""
    rounded: NDArray[np.float64] = np.clip(np.rint(weights * grid), -most, most)
    return rounded
