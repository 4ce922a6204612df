"""Drafts of samples: what the extractor found, in the format, marked so that nobody takes them for gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SomeSamples, decoded

from extractor.annotation import drafts, linting
from extractor.annotation.drafts import Begun
from extractor.evaluation import BrokenSample, evaluate, read_sample
from extractor.reading import Unreadable

NAMES = ["citizen_reply", "town_plan_running_text", "lessons_speech_gb18030", "digital_action_plan"]


@pytest.fixture
def texts(some_samples: SomeSamples) -> Path:
    """A folder of texts, one in GB18030, one with broken lines, and a README."""
    folder = some_samples(NAMES)
    for path in folder.glob("*.json"):
        path.unlink()
    (folder / "README.md").write_text("texts", encoding="utf-8")
    return folder


def test_drafts_are_well_formed_samples_of_their_texts(texts: Path) -> None:
    written = drafts.begin(texts).written
    assert [path.stem for path in written] == sorted(NAMES)
    for path in written:
        draft = json.loads(path.read_text(encoding="utf-8"))
        assert draft["annotated"] == [0, draft["characters"]] == [0, len(decoded(path.with_suffix(".txt")))]
        assert {clause["role"] for clause in draft["clauses"]} >= {"commitment", "other"}
        assert draft["entities"]
    weighty = [str(finding) for finding in linting.lint(texts) if "a draft; correct it" not in finding.message]
    assert [line for line in weighty if "fault" in line] == []


def test_drafts_are_refused_as_gold_until_the_mark_is_taken_out(texts: Path) -> None:
    first, *_ = drafts.begin(texts).written
    with pytest.raises(BrokenSample, match="a draft and no gold"):
        evaluate(texts, lambda path: [])
    draft = json.loads(first.read_text(encoding="utf-8"))
    del draft["draft"]
    first.write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
    assert read_sample(first)["doc"] == first.with_suffix(".txt").name


def test_samples_that_are_there_stay(texts: Path) -> None:
    kept = texts / "citizen_reply.json"
    kept.write_text("{}", encoding="utf-8")
    assert kept not in drafts.begin(texts).written
    assert kept.read_text(encoding="utf-8") == "{}"
    assert drafts.begin(texts) == Begun()


def test_what_makes_no_draft_does_not_stop_the_rest(texts: Path) -> None:
    (texts / "meta.csv").write_text("file,date\ncitizen_reply.txt,2024-01-01\n", encoding="utf-8")
    (texts / "table.csv").write_text("text\n我镇将新建幼儿园。\n将修水渠。\n", encoding="utf-8")
    (texts / "a.txt").write_bytes(b"")
    (texts / "citizen_reply.md").write_text("我镇将新建幼儿园。", encoding="utf-8")
    begun = drafts.begin(texts)
    assert [path.stem for path in begun.written] == sorted(set(NAMES) - {"citizen_reply"})
    empty, shared = begun.aside
    assert empty.startswith(f"{texts / 'a.txt'}: empty; ")
    assert shared == (
        f"{texts}: citizen_reply.md and citizen_reply.txt would share citizen_reply.json; rename all but one"
    )


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="this folder holds no text"):
        drafts.begin(tmp_path)
