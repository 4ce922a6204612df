"""The best sequences of labels in chains of scores: what both trained models end in."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.float32]


def best_paths(scores: Weights, lengths: Sequence[int], moves: Weights) -> NDArray[np.intp]:
    """The labels whose scores and moves add up highest, chain by chain and kind by kind: items by kinds.

    All chains are walked at once (Viterbi), the longest first, so that those under way stand in front.

    Args:
        scores: items by kinds by labels; chains lie one behind the other.
        lengths: how many items each chain has.
        moves: what one label behind another is worth, kinds by labels by labels.
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
    chain, kind = np.ogrid[: last.shape[0], : last.shape[1]]
    for step in range(sizes[0] - 1, 0, -1):
        before = origins[step - 1]
        going = len(before)
        last[:going] = before[chain[:going], kind, last[:going]]
        labels[starts[:going] + step - 1] = last[:going]
    return labels
