"""Intervals and the paired test: what they say of versions that are the same, clearly better, or known from one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.evaluation import Report, Score
from extractor.evaluation.resampling import FEWEST, differences, intervals


def report(*heads: Score) -> Report:
    made = Report()
    for number, score in enumerate(heads):
        made.add(f"{number}.txt", {"heads": score})
    return made


MIXED = [Score(number % 5 + 5, 10, 10) for number in range(20)]
WORSE = [Score(score.correct - 3, 10, 10) for score in MIXED]


def test_an_interval_lies_about_the_figure() -> None:
    whole = report(*MIXED)
    low, high = intervals(whole)["heads"]
    assert 0.6 < low < whole.total["heads"].f1 < high < 0.8


def test_documents_that_are_all_alike_leave_no_doubt() -> None:
    assert intervals(report(*[Score(8, 10, 10)] * 20))["heads"] == (0.8, 0.8)


def test_the_same_counts_give_the_same_figures() -> None:
    assert intervals(report(*MIXED)) == intervals(report(*MIXED))
    assert differences(report(*WORSE), report(*MIXED)) == differences(report(*WORSE), report(*MIXED))


def test_documents_without_anything_to_count_do_not_count() -> None:
    assert "heads" not in intervals(report(*MIXED[: FEWEST - 1], *[Score()] * 20))
    low, high = intervals(report(*MIXED[:FEWEST], *[Score()] * 20))["heads"]
    assert 0 < low < high


def test_a_version_is_as_good_as_itself() -> None:
    (same,) = differences(report(*MIXED), report(*MIXED))
    assert (same.lead, same.interval, same.p) == (0.0, (0.0, 0.0), 1.0)


def test_a_version_that_is_better_on_every_document_is_better() -> None:
    (better,) = differences(report(*WORSE), report(*MIXED))
    assert better.lead == pytest.approx(0.3)
    assert better.interval == pytest.approx((0.3, 0.3))
    assert better.p is not None
    assert better.p < 0.001


def test_a_lead_that_one_document_makes_is_no_statement() -> None:
    lucky = [Score(10, 10, 10), *MIXED[1:]]
    (found,) = differences(report(*MIXED), report(*lucky))
    assert found.interval is not None
    assert found.interval[0] == 0.0
    assert found.p is not None
    assert found.p > 0.05


def test_nothing_is_said_of_a_few_documents() -> None:
    few = FEWEST - 1
    (found,) = differences(report(*WORSE[:few]), report(*MIXED[:few]))
    assert (found.interval, found.p) == (None, None)
    assert found.as_json()["p"] is None
    assert intervals(report(*MIXED[:few])) == {}


def test_only_documents_of_both_versions_count() -> None:
    (found,) = differences(report(*WORSE, Score(0, 10, 10)), report(*MIXED))
    assert found.base == report(*WORSE).total["heads"].f1


COUNTS = st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)).map(
    lambda c: Score(c[0], c[0] + c[1], c[0] + c[2])
)


@given(st.lists(st.tuples(COUNTS, COUNTS), min_size=FEWEST, max_size=14))
def test_swapping_the_versions_turns_the_sign_and_keeps_p(pairs: list[tuple[Score, Score]]) -> None:
    base, new = (report(*(pair[side] for pair in pairs)) for side in (0, 1))
    (there,), (back,) = differences(base, new), differences(new, base)
    assert there.lead == -back.lead
    assert there.p == back.p
    if there.interval and back.interval:
        assert there.interval == pytest.approx((-back.interval[1], -back.interval[0]))
