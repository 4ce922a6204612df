"""Names: of overlapping ones the first to start stands, then the longest."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from extractor.names import Name, apart

SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 8)).map(lambda pair: Name(pair[0], pair[0] + pair[1], "project.any"))
)


def test_the_first_to_start_then_the_longest() -> None:
    found = [Name(4, 6, "b"), Name(0, 3, "a"), Name(0, 5, "c"), Name(5, 9, "d")]
    assert list(apart(found)) == [Name(0, 5, "c"), Name(5, 9, "d")]


@given(SPANS)
def test_what_stands_is_apart_and_what_falls_overlaps(found: list[Name]) -> None:
    kept = list(apart(found))
    assert all(before.end <= after.start for before, after in itertools.pairwise(kept))
    for name in found:
        assert name in kept or any(k.start < name.end and name.start < k.end for k in kept)
