"""Training the model of names: what is learnt is what was shown, and what the rules find may be hidden."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SomeSamples

from extractor import namer, tutoring
from extractor.evaluation import Score
from extractor.pieces import Pieces
from extractor.tutoring import labelled

NAMES = ["livelihood_list", "city_ecology_three_year_plan_lists", "citizen_reply"]


@pytest.fixture
def folder(some_samples: SomeSamples) -> Path:
    return some_samples(NAMES)


def test_lessons_are_the_annotated_names(folder: Path) -> None:
    for lesson, name in zip(tutoring.lessons([folder]), sorted(NAMES), strict=True):
        sample = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert len(lesson.wanted) == sum(entity["type"] in namer.TYPES for entity in sample["entities"])


def test_a_sample_whose_names_nobody_marked_teaches_nothing(folder: Path) -> None:
    path = folder / f"{NAMES[0]}.json"
    sample = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(sample | {"entities_marked": False}), encoding="utf-8")
    assert [lesson.name for lesson in tutoring.lessons([folder])] == sorted(NAMES[1:])


def test_what_rules_find_is_hidden_where_they_were_written(folder: Path) -> None:
    (open_lesson, *_), (hidden, *_) = tutoring.lessons([folder]), tutoring.lessons([folder], familiar=[folder])
    assert hidden.wanted == open_lesson.wanted
    assert hidden.spotted == open_lesson.spotted
    kinds = {mark[0] for _, mark in hidden.case.marks}
    assert "hit" not in kinds
    assert "hit" in {mark[0] for _, mark in open_lesson.case.marks}


PIECES = Pieces([0, 2, 4, 7], [("建设", "v"), ("石塘", "n"), ("幼儿园", "n"), ("项目", "n")], [4])
LABELS: list[tuple[list[namer.Span], str]] = [
    ([("PROJECT", 2, 7)], "OBIO"),
    ([("PROJECT", 2, 6)], "OBIO"),
    ([("PROJECT", 3, 7)], "OBIO"),
    ([("PROJECT", 2, 4), ("PROJECT", 4, 9)], "OBBI"),
    ([("PROJECT", 2, 4), ("PROJECT", 2, 9)], "OBOO"),
    ([("ORG", 12, 15)], "OOOO"),
    ([], "OOOO"),
]


@pytest.mark.parametrize(("names", "labels"), LABELS)
def test_labels(names: list[namer.Span], labels: str) -> None:
    assert "".join(tutoring.LABELS[label] for label in labelled(PIECES, names)) == labels


def test_a_model_gives_back_what_it_was_taught(folder: Path) -> None:
    taught = tutoring.lessons([folder])
    data = tutoring.train(taught)
    model = namer.from_json(*json.loads(json.dumps(data)))
    total = Score()
    for lesson in taught:
        given = set(model.names(lesson.case))
        for name in namer.TYPES:
            total.add(tutoring.counted(given, lesson.wanted, name))
    assert total.f1 > 0.9
    assert tutoring.train(taught) == data


def test_where_some_lessons_are_unlike_two_models_are_averaged(folder: Path) -> None:
    taught = tutoring.lessons([folder])
    apart = [replace(lesson, unlike=number == 0) for number, lesson in enumerate(taught)]
    both, without, whole = (tutoring.train(lessons)[0] for lessons in (apart, taught[1:], taught))
    for name in namer.TYPES:
        rows = zip(without["moves"][name], whole["moves"][name], strict=True)
        assert both["moves"][name] == [tutoring.mean(one, other, tutoring.SHARES[name]) for one, other in rows]
    known = without["weights"].keys() & whole["weights"].keys() & both["weights"].keys()
    assert known
    for attribute in known:
        one, other = without["weights"][attribute], whole["weights"][attribute]
        assert both["weights"][attribute] == tutoring.mean_by_type(one, other)
    assert tutoring.mean_by_type([0] * 9, [1000] * 9) == [200] * 3 + [600] * 6


def test_a_document_is_judged_by_a_model_that_did_not_see_it(folder: Path) -> None:
    taught = tutoring.lessons([folder])
    scores = {name: (ours, theirs) for name, ours, theirs in tutoring.left_out(taught, 3)}
    assert tuple(scores) == namer.TYPES
    for name, (ours, theirs) in scores.items():
        assert ours.wanted == theirs.wanted == sum(span[0] == name for item in taught for span in item.wanted)
