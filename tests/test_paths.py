"""The best sequences of labels are the best of all."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.paths import Weights, best_paths

KINDS, LABELS = 2, 3


@settings(max_examples=60, deadline=None)
@given(lengths=st.lists(st.integers(1, 4), min_size=1, max_size=4), seed=st.integers(0, 2**16))
def test_the_best_path_is_the_best_of_all_paths(lengths: list[int], seed: int) -> None:
    draw = np.random.default_rng(seed)
    scores = draw.integers(-50, 50, (sum(lengths), KINDS, LABELS)).astype(np.float32)
    moves = draw.integers(-50, 50, (KINDS, LABELS, LABELS)).astype(np.float32)
    found = best_paths(scores, lengths, moves)
    assert found.shape == (sum(lengths), KINDS)
    first = 0
    for length in lengths:
        for kind in range(KINDS):
            rows = scores[first : first + length, kind]
            best = max(worth(path, rows, moves[kind]) for path in product(range(LABELS), repeat=length))
            assert worth(tuple(found[first : first + length, kind].tolist()), rows, moves[kind]) == best
        first += length


def worth(path: tuple[int, ...], rows: Weights, moves: Weights) -> float:
    """What a sequence of labels adds up to."""
    steps = sum(moves[a, b] for a, b in pairwise(path))
    return float(sum(row[label] for row, label in zip(rows, path, strict=True)) + steps)
