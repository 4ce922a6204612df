"""Many inputs in one run: which files, what becomes of each, what is written and what is refused before the work."""

from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

import extractor
from extractor import batch, rulebook
from extractor.batch import Input, Outcome, Summary, WrongCall
from extractor.records import Commitment

TEXT = "下一步，我镇将新建两所幼儿园。"
BINARY = bytes(range(256)) * 8


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two texts, one deeper, and files that are no texts."""
    folder = tmp_path / "texts"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "deeper" / "a.txt").write_text("今年，我镇将修建三条水渠。", encoding="gb18030")
    (folder / "table.json").write_text("{}", encoding="utf-8")
    return folder


def names(items: list[Input]) -> list[str]:
    return [item.name for item in items]


def test_a_folder_gives_its_texts_in_order_under_names_relative_to_it(texts: Path) -> None:
    assert names(batch.inputs([str(texts)])) == ["b.txt", "deeper/a.txt"]


def test_a_file_keeps_the_name_it_was_given(texts: Path) -> None:
    path = str(texts / "b.txt")
    assert batch.inputs([path]) == [Input(Path(path), path)]


def test_a_pattern_gives_what_it_matches(texts: Path) -> None:
    found = batch.inputs([str(texts / "**" / "*.txt")])
    assert [item.path.name for item in found] == ["b.txt", "a.txt"]


def test_a_file_named_twice_is_read_once(texts: Path) -> None:
    assert len(batch.inputs([str(texts / "b.txt"), str(texts / "b.txt"), str(texts)])) == 2


def test_standard_input_is_an_input() -> None:
    assert names(batch.inputs(["-"])) == ["-"]


WRONG = {
    "nowhere.txt": "no such file or folder; check the spelling",
    "*.text": "no such file or folder; check the spelling",
    "empty": "this folder holds no text",
}


@pytest.mark.parametrize(("given", "message"), WRONG.items())
def test_what_is_not_there_is_a_wrong_call(given: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongCall, match=message) as caught:
        batch.inputs([str(tmp_path / given)])
    assert str(tmp_path / given) in str(caught.value)


def test_a_readme_in_a_folder_is_left_out_unless_it_is_named(texts: Path) -> None:
    readme = texts / "README.txt"
    readme.write_text(TEXT, encoding="utf-8")
    summary = batch.run(batch.inputs([str(texts)]))
    assert [(o.source, o.outcome) for o in summary.outcomes] == [
        ("README.txt", "left out"),
        ("b.txt", "done"),
        ("deeper/a.txt", "done"),
    ]
    assert batch.counts(summary)["files"] == 2
    assert [o.outcome for o in batch.run(batch.inputs([str(readme)])).outcomes] == ["done"]


def test_results_of_a_run_inside_the_folder_are_left_out(texts: Path) -> None:
    out = texts / "out"
    batch.write(batch.run(batch.inputs([str(texts)]), arbiter=False), out, ["csv", "jsonl"], {})
    left = [item.name for item in batch.inputs([str(texts)]) if item.left_out]
    assert {"out/commitments.csv", "out/commitments.jsonl", "out/entities.csv", "out/errors.jsonl"} <= set(left)
    assert {item.name for item in batch.inputs([str(texts)]) if not item.left_out} == {"b.txt", "deeper/a.txt"}
    assert [item.left_out for item in batch.inputs([str(out / "commitments.csv")])] == [None]


def test_every_input_ends_as_done_or_set_aside(texts: Path) -> None:
    (texts / "c.txt").write_bytes(b"")
    (texts / "d.txt").write_bytes(BINARY)
    summary = batch.run(batch.inputs([str(texts)]), date(2026, 1, 8), "清河镇")
    assert [(o.source, o.outcome, o.encoding, o.commitments) for o in summary.outcomes] == [
        ("b.txt", "done", "utf-8", 1),
        ("c.txt", "set aside", None, 0),
        ("d.txt", "set aside", None, 0),
        ("deeper/a.txt", "done", "gb18030", 1),
    ]
    assert [record.source for record in summary.records] == ["b.txt", "deeper/a.txt"]
    assert {record.document.issuer for record in summary.records} == {"清河镇"}
    empty, binary = summary.set_aside
    assert "empty" in str(empty.reason)
    assert "binary" in str(binary.reason)
    assert all(outcome.reason and "\n" not in outcome.reason for outcome in summary.set_aside)
    assert batch.counts(summary) == {
        "files": 4,
        "characters": sum(len(text) for text in (TEXT, "今年，我镇将修建三条水渠。")),
        "pledges": 0,
        "commitments": 2,
        "set_aside": 2,
    }


def test_progress_is_told_of_every_input(texts: Path) -> None:
    told: list[Outcome] = []
    summary = batch.run(batch.inputs([str(texts)]), progress=told.append)
    assert told == summary.outcomes


def test_what_is_piped_in_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class Piped:
        buffer = io.BytesIO(TEXT.encode("gb18030"))

    monkeypatch.setattr(sys, "stdin", Piped())
    (outcome,) = batch.run(batch.inputs(["-"])).outcomes
    assert (outcome.source, outcome.outcome, outcome.encoding, outcome.commitments) == ("-", "done", "gb18030", 1)


def test_an_input_of_many_texts_has_an_outcome_for_each(texts: Path) -> None:
    (texts / "table.csv").write_text(f"正文\n{TEXT}\n今年，我镇将修建三条水渠。\n", encoding="utf-8")
    (texts / "table.jsonl").write_text(f'{{"text": "{TEXT}"}}\n{{\n', encoding="utf-8")
    summary = batch.run(batch.inputs([str(texts)]), arbiter=False)
    assert [(o.source, o.outcome, o.commitments) for o in summary.outcomes] == [
        ("b.txt", "done", 1),
        ("deeper/a.txt", "done", 1),
        ("table.csv#2", "done", 1),
        ("table.csv#3", "done", 1),
        ("table.jsonl#1", "done", 1),
        ("table.jsonl#2", "set aside", 0),
    ]
    assert [record.source for record in summary.records][2:] == ["table.csv#2", "table.csv#3", "table.jsonl#1"]


def test_pledges_are_counted_once_per_text(texts: Path) -> None:
    raw = "清河镇2026年工作打算\n一是改善民生。我镇将新建两所幼儿园，还将改造三条水渠。二是兴修水利。我镇将疏浚河道。"
    for name in ("b.txt", "deeper/a.txt"):
        (texts / name).write_text(raw, encoding="utf-8")
    summary = batch.run(batch.inputs([str(texts)]), arbiter=False)
    assert summary.pledges == 4
    assert len(summary.records) == 6


def test_a_folder_that_can_be_written_is_made(tmp_path: Path) -> None:
    batch.prepare(tmp_path / "new" / "deep", ["jsonl"])
    assert list((tmp_path / "new" / "deep").iterdir()) == []


@pytest.mark.parametrize("formats", [["jsonl", "docx"], []])
def test_an_unknown_format_is_a_wrong_call(formats: list[str], tmp_path: Path) -> None:
    with pytest.raises(WrongCall, match=r"--formats .*: choose from .*jsonl"):
        batch.prepare(tmp_path / "out", formats)
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WrongCall, match=r"file/out: cannot be written: .*; choose another -o"):
        batch.prepare(tmp_path / "file" / "out", ["jsonl"])
    with pytest.raises(WrongCall, match="cannot be written"):
        batch.write(Summary(), tmp_path / "file" / "out", ["jsonl"], {})


def test_a_run_writes_the_files_of_the_contract(texts: Path, tmp_path: Path) -> None:
    (texts / "c.txt").write_bytes(b"")
    summary = batch.run(batch.inputs([str(texts)]))
    out = tmp_path / "out"
    batch.write(summary, out, ["csv", "json", "jsonl"], {"date": None})
    found = {path.name for path in out.iterdir()}
    contract = {"commitments.jsonl", "commitments.json", "commitments.csv", "entities.csv", "pledges.csv"}
    assert contract | {"errors.jsonl", "run.json"} <= found
    assert not any(name.startswith(".") for name in found)
    lines = (out / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Commitment.model_validate_json(line) for line in lines] == summary.records
    (error,) = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (error["source"], error["reason"]) == ("c.txt", summary.set_aside[0].reason)


def test_run_json_says_what_was_run(texts: Path, tmp_path: Path) -> None:
    summary = batch.run(batch.inputs([str(texts)]))
    batch.write(summary, tmp_path / "out", ["jsonl"], {"date": "2026-01-08"})
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (report["version"], report["rules"]) == (extractor.__version__, rulebook.load().digest)
    assert report["options"] == {"date": "2026-01-08"}
    assert report["counts"] == batch.counts(summary)
    assert [(i["source"], i["outcome"], i["sha256"]) for i in report["inputs"]] == [
        (o.source, o.outcome, o.sha256) for o in summary.outcomes
    ]


def test_an_older_result_is_replaced(texts: Path, tmp_path: Path) -> None:
    batch.write(batch.run(batch.inputs([str(texts)])), tmp_path, ["jsonl"], {})
    batch.write(Summary(), tmp_path, ["jsonl"], {})
    assert (tmp_path / "commitments.jsonl").read_text(encoding="utf-8") == ""


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who runs this may read everything")
def test_a_forbidden_file_is_set_aside(texts: Path) -> None:
    (texts / "b.txt").chmod(0)
    (aside,) = batch.run(batch.inputs([str(texts)])).set_aside
    assert aside.source == "b.txt"


def test_the_report_shows_the_texts_that_were_read(texts: Path, tmp_path: Path) -> None:
    batch.write(batch.run(batch.inputs([str(texts)])), tmp_path / "out", ["html"], {})
    page = (tmp_path / "out" / "commitments.html").read_text(encoding="utf-8")
    assert f'"text":"{TEXT}"' in page
    assert '"text":"今年，我镇将修建三条水渠。"' in page


def test_a_text_that_is_gone_is_none(texts: Path) -> None:
    summary = batch.run(batch.inputs([str(texts)]))
    (texts / "b.txt").unlink()
    assert [summary.text(name) for name in ("b.txt", "deeper/a.txt", "-")] == [None, "今年，我镇将修建三条水渠。", None]
