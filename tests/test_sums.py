"""Sums of weights are those of a product of matrices; what has no number adds what number 0 does."""

from __future__ import annotations

import numpy as np
import pytest

from extractor.sums import AT_ONCE, found, gathered, summed


@pytest.mark.parametrize("rows", [0, 1, 7, AT_ONCE + 3])
def test_rows_added_up_are_the_product_of_the_matrices(rows: int) -> None:
    random = np.random.default_rng(rows)
    weights = random.integers(-2000, 2000, (40, 5)).astype(np.float32)
    present = random.random((rows, 40)) < 0.1
    assert np.array_equal(summed(weights, present), present.astype(np.float32) @ weights)


def test_names_are_added_up_clause_by_clause() -> None:
    weights = np.array([[0, 0], [1, 10], [2, 20]], dtype=np.float32)
    numbers = {"建设": 1, "推进": 2}
    names = [["建设", "推进"], [], ["推进", "推进", "其他"], ["建设"]]
    assert gathered(weights, numbers, names).tolist() == [[3, 30], [0, 0], [4, 40], [1, 10]]
    assert gathered(weights, numbers, [[], []]).tolist() == [[0, 0], [0, 0]]
    assert found(numbers, ["推进", "其他", "建设"]).tolist() == [2, 0, 1]
