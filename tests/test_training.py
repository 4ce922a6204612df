"""Training on annotated samples: what is learnt is what was shown, and the same samples give the same weights."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SomeSamples

from extractor import arbiter, training
from extractor.evaluation import BrokenSample
from extractor.lesson import Lesson

NAMES = ["livelihood_list", "citizen_reply"]


@pytest.fixture
def folder(some_samples: SomeSamples) -> Path:
    return some_samples(NAMES)


def test_lessons_are_the_annotated_clauses(folder: Path) -> None:
    taught = training.lessons([folder])
    for lesson, name in zip(taught.roles, sorted(NAMES), strict=True):
        sample = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        assert lesson.labels == [clause["role"] for clause in sample["clauses"]]
    assert {label for lesson in taught.kinds for label in lesson.labels} <= {"action", "target", "directive"}


def test_a_model_gives_back_what_it_was_taught(folder: Path) -> None:
    taught = training.lessons([folder])
    models = training.train_all(taught)
    model = arbiter.from_json(json.loads(json.dumps(models["roles"])))
    right = [
        given == wanted
        for lesson in taught.roles
        for given, wanted in zip(
            model.decide(lesson.clauses, lesson.facts, lesson.wordings), lesson.labels, strict=True
        )
    ]
    assert sum(right) / len(right) > 0.95
    assert training.train_all(taught) == models


def test_a_document_is_judged_by_a_model_that_did_not_see_it(folder: Path) -> None:
    taught = training.lessons([folder])
    (right, found, wanted), (agreed, judged) = training.left_out(taught, 2)
    assert 0 < right <= min(found, wanted)
    assert 0 < agreed <= judged == sum(len(lesson.labels) for lesson in taught.kinds)


def test_all_windows_of_a_text_are_kept_apart_together() -> None:
    taught = [Lesson(name) for name in ("a_0", "b_2019", "a_1", "c", "a_10")]
    folds = list(training.dealt(taught, 2))
    assert [[item.name for item in apart] for _, apart in folds] == [["a_0", "a_1", "c", "a_10"], ["b_2019"]]
    assert [len(shown) + len(apart) for shown, apart in folds] == [len(taught)] * 2


def test_texts_may_lie_elsewhere(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    texts = tmp_path_factory.mktemp("texts")
    for name in NAMES:
        (folder / f"{name}.txt").rename(texts / f"{name}.txt")
    with pytest.raises(BrokenSample, match="--texts"):
        training.lessons([folder])
    assert len(training.lessons([folder], [tmp_path_factory.mktemp("none"), texts]).roles) == len(NAMES)


def test_a_sample_of_a_text_of_another_length_is_refused(folder: Path) -> None:
    path = folder / f"{NAMES[0]}.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    with pytest.raises(BrokenSample, match="with its own line breaks"):
        training.lessons([folder])
