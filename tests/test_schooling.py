"""Training the network: it gives back what it was taught, the same samples give the same weights, lots hold every clause."""

from __future__ import annotations

import json
from typing import get_args

import numpy as np
import pytest
from conftest import SomeSamples
from hypothesis import given
from hypothesis import strategies as st

from extractor import network, schooling, training
from extractor.clauses import split
from extractor.roles import Role
from extractor.schooling import LENGTH, stretches

ROLES = get_args(Role)


def test_the_network_gives_back_what_it_was_taught(some_samples: SomeSamples, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schooling, "ROUNDS", 150)
    taught = training.lessons([some_samples(["livelihood_list", "citizen_reply"])]).roles
    weights = schooling.train(taught, ROLES)
    assert schooling.train(taught, ROLES) == weights
    learnt = network.from_json(json.loads(json.dumps(weights)))
    right = [
        ROLES[best] == label
        for lesson in taught
        for best, label in zip(
            learnt.scores(lesson.clauses, lesson.facts, lesson.wordings, np.zeros(len(lesson.labels), np.bool_)).argmax(
                axis=1
            ),
            lesson.labels,
            strict=True,
        )
    ]
    assert sum(right) / len(right) > 0.9


@given(st.lists(st.integers(1, 40), max_size=12))
def test_stretches_hold_every_clause_once(paragraphs: list[int]) -> None:
    clauses = split("\n".join("，".join("甲" * size) + "。" for size in paragraphs))
    parts = list(stretches(clauses))
    assert [clause for part in parts for clause in clauses[part]] == clauses
    assert all(0 < part.stop - part.start <= LENGTH for part in parts)


def test_a_long_text_is_cut_at_a_paragraph_of_the_second_half() -> None:
    clauses = split("\n".join("，".join("甲" * size) + "。" for size in (40, 10, 30)))
    assert list(stretches(clauses)) == [slice(0, 50), slice(50, 80)]
    assert list(stretches(split("，".join("甲" * 70)))) == [slice(0, LENGTH), slice(LENGTH, 70)]


def test_a_lesson_unlike_the_texts_to_come_counts_half(some_samples: SomeSamples) -> None:
    folder = some_samples(["citizen_reply"])
    (alike,), (unlike,) = (training.lessons([folder], (), one).roles for one in ((), [folder]))
    weighed = [
        schooling.lot([lesson], [list(schooling.named(lesson))], {}, ROLES).weights for lesson in (alike, unlike)
    ]
    assert (weighed[1] == weighed[0] * schooling.UNLIKE).all()
    assert schooling.UNLIKE < 1
