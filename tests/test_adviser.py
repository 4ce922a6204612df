"""The network beside the model of names: its sums are exact, and it sees three pieces far in the clause."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from conftest import Process

from extractor import adviser, namer, renaming
from extractor.adviser import INPUTS, REACH, SPAN, WIDTH, Adviser
from extractor.clues import Case
from extractor.namer import TYPES, attributes
from extractor.network import FINE, GRID, OUTPUT, STEEP, STEPS, WINDOW
from extractor.rulebook import Rulebook
from extractor.tally import beside

TEXT = "清河镇2026年工作打算\n新建石塘、柳林等4所幼儿园，改造“清源”路至白石镇公路，县财政局要会同市水务局抓好落实。"


@pytest.fixture
def case(process: Process, book: Rulebook) -> Case:
    doc = process(TEXT)
    return renaming.case(doc._.promised, doc._.words, doc._.spotted, book)


def made(names: list[str], seed: int = 5) -> dict[str, Any]:
    """A network of random weights, as its file holds it."""
    chance = np.random.default_rng(seed)
    wide = {WINDOW: WIDTH, OUTPUT: namer.WIDTH}
    layers = {layer: chance.normal(0, 0.3, (size + 1, wide[layer])) for layer, size in INPUTS.items()}
    return adviser.as_json(names, chance.normal(0, 0.2, (len(names), WIDTH)), layers, chance.normal(0, 1, (3, 3, 3)))


def known(case: Case) -> list[str]:
    return sorted({name for piece in attributes(case) for name in piece if adviser.sees(name)})


def plainly(net: Adviser, names: list[str], case: Case) -> list[list[float]]:
    """Scores added up one by one, in whole numbers that have no limit."""

    def squash(total: float) -> int:
        return round(STEPS * math.tanh(min(max(round(total), -STEEP * GRID), STEEP * GRID) / GRID))

    def layer(name: str, values: list[int]) -> list[int]:
        rows = net.layers[name].astype(int).tolist()
        return [sum(v * row[k] for v, row in zip([*values, STEPS], rows, strict=True)) for k in range(len(rows[0]))]

    row = {name: net.values.rows[number].astype(int) for number, name in enumerate(names, 1)}
    sums = [sum((row[name] for name in piece if name in row), np.zeros(WIDTH, int)) for piece in attributes(case)]
    own = [[squash(value * GRID / FINE) for value in values.tolist()] for values in sums]
    scores = []
    first = 0
    for length in case.pieces.lengths:
        for here in range(first, first + length):
            window = [
                value
                for there in range(here - REACH, here + REACH + 1)
                for value in (own[there] if first <= there < first + length else [0] * WIDTH)
            ]
            around = [squash(value / STEPS) for value in layer(WINDOW, window)]
            scores.append([float(round(v * 1000 / (GRID * STEPS))) for v in layer(OUTPUT, [*own[here], *around])])
        first += length
    return scores


def test_scores_are_exact_sums(case: Case) -> None:
    names = known(case)
    net = adviser.from_json(json.loads(json.dumps(made(names))))
    scores = net.scores(case).tolist()
    assert scores == plainly(net, names, case)
    assert len({tuple(row) for row in scores}) > 20


def test_its_scores_and_moves_are_added_to_the_models(case: Case) -> None:
    data: dict[str, Any] = {"moves": {name: [[0] * 3] * 3 for name in TYPES}, "weights": {}}
    network = made(known(case))
    alone, advised = namer.from_json(data), namer.from_json(data, network)
    assert list(alone.names(case)) == []
    assert (advised.scores(case) == adviser.from_json(network).scores(case)).all()
    assert list(advised.names(case))


@pytest.mark.parametrize("step", [-3, -1, 1, 3])
def test_pieces_beside_lie_in_the_clause(case: Case, step: int) -> None:
    whole = [number for number, length in enumerate(case.pieces.lengths) for _ in range(length)]
    for number, other in enumerate(beside(case, step).tolist()):
        inside = 0 <= number + step < len(whole) and whole[number + step] == whole[number]
        assert other == (number + step if inside else -1)


def test_words_beside_are_seen_through_the_window_alone() -> None:
    assert [
        name for name in ("0:w:新建", "-1:w:新建", "2:v", "gov:w:新建", "in:”", "at:first") if adviser.sees(name)
    ] == [
        "0:w:新建",
        "gov:w:新建",
        "in:”",
        "at:first",
    ]


def test_sums_stay_exact_in_single_precision() -> None:
    assert max(INPUTS.values()) * STEPS * (4 * GRID) + 4 * GRID * STEPS < 2**24
    assert INPUTS[WINDOW] == SPAN * WIDTH


def test_the_shipped_models_stay_small(book: Rulebook) -> None:
    assert book.namer is not None
    assert book.namer.with_name(namer.NETWORK).stat().st_size < 2_000_000
