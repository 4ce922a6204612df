"""The model of names: what it adds up is what was learnt, exactly, and the best labels win."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
from conftest import Process

from extractor import namer, renaming, rulebook
from extractor.lexicon import REMEMBERED
from extractor.namer import WIDTH, attributes, from_json, stretches
from extractor.rulebook import Rulebook
from extractor.segmentation import Words

TEXT = "清河镇2026年工作打算\n新建石塘、柳林等4所幼儿园，改造“清源”路至白石镇公路，县财政局要会同市水务局抓好落实。"


def test_names_begin_at_a_beginning_and_behind_an_outside() -> None:
    assert list(stretches(np.array([0, 1, 2, 1, 0, 2, 2, 0, 1]))) == [(1, 3), (3, 4), (5, 7), (8, 9)]
    assert list(stretches(np.array([0, 0]))) == []


def test_scores_are_the_sums_of_the_attributes(process: Process, book: Rulebook) -> None:
    """The fast way to add up weights gives what the attributes that the model was trained on add up to."""
    assert book.namer is not None
    doc = process(TEXT)
    for hidden in (False, True):
        case = renaming.case(doc._.promised, doc._.words, doc._.spotted, book, hidden)
        weights = json.loads(book.namer.read_text(encoding="utf-8"))["weights"]
        wanted = [
            np.sum([weights[name] for name in names if name in weights], axis=0).tolist() for names in attributes(case)
        ]
        assert namer.load(book.namer).weights.of(case).tolist() == wanted
        assert len(wanted) > 20


def test_weights_are_whole_thousandths(book: Rulebook) -> None:
    assert book.namer is not None
    model = namer.load(book.namer)
    assert model.adviser is not None
    assert model.weights.rows.shape[1] == WIDTH == 9
    for weights in (model.weights.rows, model.adviser.values.rows, *model.adviser.layers.values(), model.adviser.moves):
        assert (weights == np.rint(weights)).all()
    assert (model.moves == np.rint(model.moves)).all()
    assert book.namer.stat().st_size < 2_000_000


def test_an_empty_case_has_no_names(book: Rulebook) -> None:
    assert book.namer is not None
    case = renaming.case("\n\n", Words([], []), [], book)
    assert list(namer.load(book.namer).names(case)) == []


def test_weights_are_forgotten_when_they_are_too_many(book: Rulebook, process: Process) -> None:
    assert book.namer is not None
    doc = process(TEXT)
    case = renaming.case(doc._.promised, doc._.words, doc._.spotted, book)
    model = from_json(json.loads(book.namer.read_text(encoding="utf-8")))
    before = list(model.names(case))
    tally = model.weights
    tally.words.update({(str(number), "n"): number for number in range(REMEMBERED)})
    tally.marked.update({("x", str(number)): tally.rows[0] for number in range(REMEMBERED)})
    assert list(model.names(case)) == before
    assert len(tally.words) < 100 > len(tally.marked)


def test_without_an_arbiter_there_is_no_namer() -> None:
    assert replace(rulebook.load(), arbiter=None).namer is None
