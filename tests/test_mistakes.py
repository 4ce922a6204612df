"""Which clauses were decided wrongly, by the rule that decided: a sample whose faults are known by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import reading
from extractor.evaluation import BrokenSample, mistakes
from extractor.ledger import from_source

TEXT = "下一步，我镇将修建水渠三条。您好！"
RIGHT = {"下一步": "lead-in", "我镇将修建水渠三条": "commitment", "您好": "other"}


def write(folder: Path, roles: dict[str, str], window: tuple[int, int] = (0, len(TEXT))) -> None:
    clauses = [
        {"start": TEXT.index(text), "end": TEXT.index(text) + len(text), "role": role, "text": text}
        | ({"kind": "action"} if role == "commitment" else {})
        for text, role in roles.items()
    ]
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    sample = {"doc": "a.txt", "characters": len(TEXT), "annotated": window, "clauses": clauses, "entities": []}
    (folder / "a.json").write_text(json.dumps(sample, ensure_ascii=False), encoding="utf-8")


def found(folder: Path) -> dict[str, tuple[int, list[tuple[str, str, str]]]]:
    records = mistakes.by_rule(folder, lambda path: from_source(reading.read(path), arbiter=False))
    return {record.rule: (record.decided, [(m.wanted, m.given, m.text) for m in record.mistakes]) for record in records}


def test_a_sample_read_rightly_has_no_mistakes(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    assert found(tmp_path) == {"roles.period": (1, []), "roles.future": (1, []), "roles.greeting": (1, [])}


def test_a_mistake_names_its_rule_both_roles_and_the_words(tmp_path: Path) -> None:
    write(tmp_path, RIGHT | {"您好": "tail"})
    assert found(tmp_path)["roles.greeting"] == (1, [("tail", "other", "您好")])


def test_the_rule_with_the_most_mistakes_comes_first(tmp_path: Path) -> None:
    write(tmp_path, RIGHT | {"您好": "tail"})
    assert next(iter(found(tmp_path))) == "roles.greeting"


def test_only_the_annotated_window_counts(tmp_path: Path) -> None:
    write(tmp_path, RIGHT, window=(0, 4))
    assert found(tmp_path) == {"roles.period": (1, [])}


def test_precision_is_the_share_of_right_decisions(tmp_path: Path) -> None:
    write(tmp_path, RIGHT | {"您好": "tail"})
    records = mistakes.by_rule(tmp_path, lambda path: from_source(reading.read(path), arbiter=False))
    assert {record.rule: record.precision for record in records} == {
        "roles.greeting": 0.0,
        "roles.period": 1.0,
        "roles.future": 1.0,
    }


def test_the_text_may_lie_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, RIGHT)
    (tmp_path / "texts").mkdir()
    (tmp_path / "a.txt").rename(tmp_path / "texts" / "a.txt")
    records = mistakes.by_rule(tmp_path, lambda path: from_source(reading.read(path)), [tmp_path / "texts"])
    assert sum(record.decided for record in records) == 3


def test_a_folder_without_samples_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenSample, match="no annotated sample"):
        mistakes.by_rule(tmp_path, lambda path: from_source(reading.read(path)))
