"""Sums of weights over what is present, for many clauses at once: what the trained models of roles add up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat

import numpy as np
from numpy.typing import NDArray

from extractor.paths import Weights

AT_ONCE = 4096
"""Clauses whose facts are added up together: more would take memory for nothing."""


def summed(weights: Weights, present: NDArray[np.bool_]) -> Weights:
    """The rows of `weights` whose columns are true, added up for each row of `present`: few of many, so no product of matrices."""
    total = np.zeros((len(present), weights.shape[1]), weights.dtype)
    for first in range(0, len(present), AT_ONCE):
        part = present[first : first + AT_ONCE]
        counts = np.count_nonzero(part, axis=1)
        some = counts > 0
        if some.any():
            starts = (np.cumsum(counts) - counts)[some]
            total[first : first + AT_ONCE][some] = np.add.reduceat(weights[np.nonzero(part)[1]], starts, axis=0)
    return total


def gathered(weights: Weights, numbers: Mapping[str, int], names: Sequence[Sequence[str]]) -> Weights:
    """The rows of what each list of names holds, added up; a name without a number counts as number 0."""
    total = np.zeros((len(names), weights.shape[1]), weights.dtype)
    sizes = np.array([len(some) for some in names], dtype=np.intp)
    if sizes.any():
        rows = weights[found(numbers, chain.from_iterable(names))]
        total[sizes > 0] = np.add.reduceat(rows, (np.cumsum(sizes) - sizes)[sizes > 0], axis=0)
    return total


def found(numbers: Mapping[str, int], names: Iterable[str]) -> NDArray[np.intp]:
    """The number of each name, 0 where it has none."""
    return np.fromiter(map(numbers.get, names, repeat(0)), dtype=np.intp)
