"""The network beside the model of names: it sees how the traits of pieces go together, where the model only adds them up.

What a piece has (its own word, the verb before, the end of its run, the marks on it) is added up to `WIDTH` values, a layer
looks over a window of pieces in the clause, and both weigh the labels of all types. As in `network`, weights and values are
whole, so that sums are exact. Weights are those of `rules/names_network.json`, trained by `extractor train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.clues import Case
from extractor.lexicon import AFAR, BESIDE
from extractor.network import (
    FINE,
    GRID,
    OUTPUT,
    SCALE,
    STEPS,
    WINDOW,
    layered,
    packed,
    squashed,
    unpacked,
    weighed,
    whole,
)
from extractor.paths import Weights
from extractor.tally import Tally, beside, tally

WIDTH = 48
"""Values that a piece is told by."""
REACH = 3
SPAN = 2 * REACH + 1
"""Pieces in a window: the piece itself, and so many before and behind it."""
INPUTS: Mapping[str, int] = {WINDOW: SPAN * WIDTH, OUTPUT: 2 * WIDTH}
"""How many values each layer reads."""


@dataclass(frozen=True, eq=False)
class Adviser:
    """Weights on their grid: the values of attributes, and layers with a last row that is always added.

    `moves` are the weights in thousandths of one label behind another, types by labels by labels.
    """

    values: Tally
    layers: Mapping[str, Weights] = field(repr=False)
    moves: Weights = field(repr=False)

    def scores(self, case: Case) -> Weights:
        """The score of every label of every piece in thousandths: pieces by labels of all types."""
        own = squashed(self.values.of(case) * (GRID / FINE))
        padded = np.concatenate([own, np.zeros((1, WIDTH), dtype=np.float32)])
        window = np.concatenate([padded[beside(case, step)] for step in range(-REACH, REACH + 1)], axis=1)
        around = squashed(weighed(window, self.layers[WINDOW]) / STEPS)
        total = weighed(np.concatenate([own, around], axis=1), self.layers[OUTPUT])
        scores: Weights = np.rint(total.astype(np.float64) * SCALE / (GRID * STEPS)).astype(np.float32)
        return scores


def sees(attribute: str) -> bool:
    """Whether an attribute is the piece's own: the words beside it are seen through the window."""
    return attribute.partition(":")[0] not in (*BESIDE, *AFAR)


def from_json(data: Mapping[str, Any]) -> Adviser:
    """A network as its file holds it: attributes, their values a byte each and encoded as base 64, layers in full."""
    values = tally(data["names"], unpacked(data["values"], WIDTH))
    return Adviser(values, layered(data["layers"]), np.array(data["moves"], dtype=np.float32))


def as_json(
    names: Sequence[str],
    values: NDArray[np.float64],
    layers: Mapping[str, NDArray[np.float64]],
    moves: NDArray[np.float64],
) -> dict[str, Any]:
    """What `from_json` reads, of weights that are not whole yet; `values` are those of `names`."""
    return {
        "names": list(names),
        "values": packed(values),
        "layers": {layer: whole(weights, GRID, 4 * GRID - 1).astype(int).tolist() for layer, weights in layers.items()},
        "moves": np.rint(moves * SCALE).astype(int).tolist(),
    }
