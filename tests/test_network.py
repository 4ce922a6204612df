"""The network beside the arbiter: its sums are exact, and it sees two clauses far in the text, but no title."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest

from extractor import arbiter, network
from extractor.arbiter import from_json
from extractor.clauses import split
from extractor.facts import mask
from extractor.network import FINE, FLAGS, GRID, INPUTS, LOT, NAMED, OUTPUT, REACH, SPAN, STEEP, STEPS, WIDTH, Network
from extractor.rulebook import Rulebook
from extractor.wording import Wording

LABELS = ["commitment", "other"]
NAMES: dict[str, list[str]] = {kind: [] for kind in NAMED} | {
    "fact": ["tense.future", "verb.action"],
    "verb": ["新建"],
    "says": ["幼儿园", "感谢"],
}


def made(seed: int = 3) -> dict[str, Any]:
    """A network of random weights, as its file holds it."""
    chance = np.random.default_rng(seed)
    layers = {
        layer: chance.normal(0, 0.5, (size + 1, len(LABELS) if layer == OUTPUT else WIDTH))
        for layer, size in INPUTS.items()
    }
    return network.as_json(LABELS, NAMES, chance.normal(0, 0.2, (5, WIDTH)), layers, chance.normal(0, 1, (2, 2)))


TEXT = "感谢。\n将新建幼儿园，新建，幼儿园。\n感谢，新建幼儿园。"
CLAUSES = split(TEXT)
FACTS = list(map(mask, ([], ["tense.future", "verb.action"], ["verb.action"], [], [], ["verb.action"])))
WORDINGS = [
    Wording(["感谢"], "v", "感谢"),
    Wording(["将", "新建", "幼儿园"], "d", "将新建幼儿园", "新建", "v"),
    Wording(["新建"], "v", "新建", "新建", "v"),
    Wording(["幼儿园"], "n", "幼儿园"),
    Wording(["感谢"], "v", "感谢"),
    Wording(["新建", "幼儿园"], "v", "新建幼儿园", "新建", "v"),
]
NO_FRONT = np.zeros(len(CLAUSES), np.bool_)


def plainly(net: Network) -> list[list[float]]:
    """Scores added up one by one, in whole numbers that have no limit."""

    def squash(total: float) -> int:
        inside = min(max(round(total), -STEEP * GRID), STEEP * GRID)
        return round(STEPS * math.tanh(inside / GRID))

    def layer(name: str, values: list[int]) -> list[int]:
        rows = net.layers[name].astype(int).tolist()
        return [sum(v * row[k] for v, row in zip([*values, STEPS], rows, strict=True)) for k in range(len(rows[0]))]

    joined = []
    for known, wording in zip(FACTS, WORDINGS, strict=True):
        facts = [net.numbers["fact"][name] for name in NAMES["fact"] if known & mask([name])]
        verb = [net.numbers["verb"].get(wording.verb, 0)]
        says = [net.numbers["says"].get(word, 0) for word in wording.words]
        own = net.named[[*facts, *verb, *says]].astype(int).sum(axis=0).tolist()
        joined.append([squash(v / STEPS) for v in layer("hidden", [squash(v * GRID / FINE) for v in own])])
    scores = []
    for here in range(len(CLAUSES)):
        window: list[int] = []
        for there in range(here - REACH, here + REACH + 1):
            inside = 0 <= there < len(CLAUSES)
            before = CLAUSES[there - 1] if inside and there else None
            goes_on = [
                before is not None and before.sentence == CLAUSES[there].sentence,
                before is not None and before.paragraph == CLAUSES[there].paragraph,
            ]
            window += [*joined[there], *(STEPS * flag for flag in goes_on)] if inside else [0] * (WIDTH + FLAGS)
        around = [squash(v / STEPS) for v in layer("window", window)]
        scores.append([float(round(v * 1000 / (GRID * STEPS))) for v in layer("output", [*joined[here], *around])])
    return scores


def test_scores_are_exact_sums() -> None:
    net = network.from_json(made())
    scores = net.scores(CLAUSES, FACTS, WORDINGS, NO_FRONT).tolist()
    assert scores == plainly(net)
    assert len({row[0] for row in scores}) == len(scores)


def test_a_network_survives_its_file() -> None:
    data = made()
    net = network.from_json(json.loads(json.dumps(data)))
    again = network.as_json(
        net.labels,
        NAMES,
        net.named[1:].astype(np.float64) / FINE,
        {layer: weights.astype(np.float64) / GRID for layer, weights in net.layers.items()},
        net.moves.astype(np.float64) / network.SCALE,
    )
    assert again == data


@pytest.mark.parametrize("size", [1, LOT - 1, LOT, LOT + 1, 5 * LOT])
def test_clauses_are_judged_alike_however_many_there_are(size: int) -> None:
    net = network.from_json(made())
    clauses = split("。\n".join("甲" * size))
    blank = [Wording([], "", "甲")] * len(clauses)
    scores = net.scores(clauses, [mask(["verb.action"])] * len(clauses), blank, np.zeros(len(clauses), np.bool_))
    assert len(scores) == size
    assert len({tuple(row) for row in scores[REACH : size - REACH].tolist()}) <= 1


@pytest.mark.parametrize("far", range(1, REACH + 2))
def test_a_clause_sees_as_far_as_the_window(far: int) -> None:
    net = network.from_json(made())
    clauses = split("，".join("甲" * (far + 1)))
    blank, front = [Wording([], "", "甲")] * (far + 1), np.zeros(far + 1, np.bool_)
    bare, told = ([0] * (far + 1), [0] * far + [mask(["verb.action"])])
    first, second = (net.scores(clauses, known, blank, front)[0].tolist() for known in (bare, told))
    assert (first != second) == (far <= REACH)


def test_a_title_is_no_neighbour() -> None:
    net = network.from_json(made())
    whole = net.scores(CLAUSES, FACTS, WORDINGS, np.array([True] + [False] * (len(CLAUSES) - 1)))
    rest = net.scores(CLAUSES[1:], FACTS[1:], WORDINGS[1:], NO_FRONT[1:])
    assert (whole[1:] == rest).all()


def test_its_scores_and_moves_are_added_to_the_arbiters() -> None:
    data: dict[str, Any] = {"labels": LABELS, "transitions": [[0, 0], [0, 0]], "weights": {}}
    net = network.from_json(made())
    alone, advised = from_json(data), from_json(data, net)
    assert alone.decide(CLAUSES, FACTS, WORDINGS) == ["commitment"] * len(CLAUSES)
    (only,) = advised.decide(CLAUSES[:1], FACTS[:1], WORDINGS[:1])
    assert only == LABELS[int(net.scores(CLAUSES[:1], FACTS[:1], WORDINGS[:1], NO_FRONT[:1])[0].argmax())]
    assert alone.advice(CLAUSES, FACTS, WORDINGS) == []
    assert [list(row) for row in advised.advice(CLAUSES, FACTS, WORDINGS)] == [LABELS] * len(CLAUSES)


def test_sums_stay_exact_in_single_precision() -> None:
    assert max(INPUTS.values()) * STEPS * (4 * GRID) + 4 * GRID * STEPS < 2**24
    assert INPUTS["window"] == SPAN * (WIDTH + FLAGS)


def test_the_shipped_network_advises_the_shipped_arbiter(book: Rulebook) -> None:
    assert book.arbiter is not None
    roles = arbiter.load(book.arbiter).roles
    assert roles.network is not None
    assert roles.network.labels == roles.labels
    for weights in (roles.network.named, *roles.network.layers.values(), roles.network.moves):
        assert (weights == np.rint(weights)).all()
    both = book.arbiter.stat().st_size + book.arbiter.with_name(arbiter.NETWORK).stat().st_size
    assert both < 5_000_000
