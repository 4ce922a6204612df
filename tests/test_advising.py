"""Training the network beside the model of names: it gives back what it was taught, lots hold every piece once."""

from __future__ import annotations

import json

import numpy as np
import pytest
from conftest import SomeSamples

from extractor import adviser, advising, namer, tutoring
from extractor.advising import MOST, SIZES, UNLIKE, Told, lots


def test_the_network_gives_back_what_it_was_taught(some_samples: SomeSamples, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(advising, "ROUNDS", 200)
    monkeypatch.setattr(advising, "SAY", dict.fromkeys(namer.TYPES, 1.0))
    (lesson,) = tutoring.lessons([some_samples(["livelihood_list"])])
    weights = advising.train(lesson.told())
    assert advising.train(lesson.told()) == weights
    data = {"moves": {name: [[0] * 3] * 3 for name in namer.TYPES}, "weights": {}}
    given = set(namer.from_json(data, json.loads(json.dumps(weights))).names(lesson.case))
    assert len(given & lesson.wanted) / len(given | lesson.wanted) > 0.8


def test_types_that_did_not_gain_are_left_to_the_model(some_samples: SomeSamples) -> None:
    assert advising.SAY["ORG"] == 0
    (lesson,) = tutoring.lessons([some_samples(["livelihood_list"])])
    given = adviser.from_json(advising.train(lesson.told())).scores(lesson.case)
    columns = namer.TYPES.index("ORG") * namer.LABELS
    assert not given[:, columns : columns + namer.LABELS].any()
    assert given.any()


def clause(size: int, unlike: bool = False) -> Told:
    return [[f"0:w:{number}"] * (MOST + 2) for number in range(size)], np.zeros((size, 3), np.int32), unlike


@pytest.mark.parametrize(("size", "rows"), [(1, {8: 1}), (8, {8: 1}), (9, {16: 1}), (64, {64: 1}), (70, {8: 1, 64: 1})])
def test_lots_hold_every_piece_once(size: int, rows: dict[int, int]) -> None:
    numbers = {f"0:w:{number}": number + 1 for number in range(size)}
    found = list(lots([clause(size)], numbers))
    assert {lot[0].shape[1]: len(lot[0]) for lot in found} == rows
    assert sorted(np.concatenate([lot[0][..., 0][lot[2] > 0] for lot in found]).tolist()) == list(range(1, size + 1))
    assert {lot[0].shape[2] for lot in found} == {MOST}


def test_a_clause_unlike_those_to_come_counts_less() -> None:
    (lot,) = lots([clause(SIZES[0]), clause(SIZES[0], True)], {})
    assert lot[3].tolist() == [1, np.float32(UNLIKE)]
