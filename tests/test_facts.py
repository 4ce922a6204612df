"""Sets of facts as whole numbers."""

from __future__ import annotations

import doctest

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractor import facts
from extractor.facts import BITS, Bits, mask, matrix, names

NAMES = st.sets(st.sampled_from([f"trial.{number}" for number in range(70)]), max_size=12)


def test_the_docstring_holds() -> None:
    result = doctest.testmod(facts)
    assert (result.failed, result.attempted) == (0, 1)


@given(NAMES)
def test_a_set_gives_back_its_facts(wanted: set[str]) -> None:
    assert names(mask(wanted)) == wanted


@given(NAMES, NAMES)
def test_sets_are_joined_and_cut_by_bits(first: set[str], second: set[str]) -> None:
    assert names(mask(first) | mask(second)) == first | second
    assert names(mask(first) & mask(second)) == first & second
    assert names(mask(first) & ~mask(second)) == first - second


@given(st.lists(NAMES, max_size=6), st.lists(st.sampled_from([f"trial.{number}" for number in range(90)])))
def test_a_matrix_says_which_set_holds_which_fact(sets: list[set[str]], wanted: list[str]) -> None:
    found = matrix(list(map(mask, sets)), wanted)
    assert found.shape == (len(sets), len(wanted))
    assert np.array_equal(found, np.array([[fact in known for fact in wanted] for known in sets]).reshape(found.shape))


def test_every_fact_has_a_bit_of_its_own() -> None:
    bits = Bits()
    assert [bits["a"], bits["b"], bits["a"]] == [1, 2, 1]
    assert len(set(BITS.values())) == len(BITS)
    assert all(bit.bit_count() == 1 for bit in BITS.values())
