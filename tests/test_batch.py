"""Many inputs in one run: what becomes of each, what is written, and what is refused before the work."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc

import extractor
from extractor import batch, ledger, rulebook, writing
from extractor.batch import Event, Settings, Summary, WrongCall
from extractor.batch.inputs import RESULTS
from extractor.reading import Source
from extractor.records import Commitment

TEXT = "下一步，我镇将新建两所幼儿园。"
CANALS = "今年，我镇将修建三条水渠。"
BINARY = bytes(range(256)) * 8
JSONL = Settings(formats=("jsonl",))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with two texts, one deeper, and files that are no texts."""
    folder = tmp_path / "texts"
    (folder / "deeper").mkdir(parents=True)
    (folder / "b.txt").write_text(TEXT, encoding="utf-8")
    (folder / "deeper" / "a.txt").write_text(CANALS, encoding="gb18030")
    (folder / "table.json").write_text("{}", encoding="utf-8")
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def run(paths: Sequence[Path | str], out: Path, settings: Settings = JSONL) -> Summary:
    return batch.run(batch.inputs([str(path) for path in paths]), out, settings)


def report(out: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return loaded


def outcomes(out: Path, *fields: str) -> list[tuple[object, ...]]:
    return [tuple(entry[name] for name in ("source", "outcome", *fields)) for entry in report(out)["inputs"]]


def records(out: Path) -> list[Commitment]:
    lines = (out / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    return [Commitment.model_validate_json(line) for line in lines]


def test_a_readme_in_a_folder_is_left_out_unless_it_is_named(texts: Path, out: Path) -> None:
    readme = texts / "README.txt"
    readme.write_text(TEXT, encoding="utf-8")
    summary = run([texts], out)
    assert outcomes(out) == [("README.txt", "left out"), ("b.txt", "done"), ("deeper/a.txt", "done")]
    assert (summary.counts["files"], summary.counts["left_out"]) == (2, 1)
    run([readme], out)
    assert outcomes(out) == [(str(readme), "done")]


def test_every_input_ends_as_done_or_set_aside(texts: Path, out: Path) -> None:
    (texts / "c.txt").write_bytes(b"")
    (texts / "d.txt").write_bytes(BINARY)
    summary = run([texts], out, Settings(date(2026, 1, 8), "清河镇", formats=("jsonl",)))
    assert outcomes(out, "encoding", "commitments") == [
        ("b.txt", "done", "utf-8", 1),
        ("c.txt", "set aside", None, 0),
        ("d.txt", "set aside", None, 0),
        ("deeper/a.txt", "done", "gb18030", 1),
    ]
    assert [record.source for record in records(out)] == ["b.txt", "deeper/a.txt"]
    assert {record.document.issuer for record in records(out)} == {"清河镇"}
    empty, binary = summary.set_aside
    assert "empty" in empty
    assert "binary" in binary
    assert "\n" not in empty + binary
    assert summary.counts == {
        "files": 4,
        "done": 2,
        "done_with_warnings": 0,
        "set_aside": 2,
        "left_out": 0,
        "texts": 4,
        "characters": len(TEXT) + len(CANALS),
        "commitments": 2,
        "pledges": 0,
    }


def test_progress_is_told_from_the_plan_to_the_last_input(texts: Path, out: Path) -> None:
    told: list[Event] = []
    (texts / "c.txt").write_bytes(BINARY)
    batch.run(batch.inputs([str(texts)]), out, JSONL, told.append)
    plan, *others = told
    size = sum(path.stat().st_size for path in texts.rglob("*.txt"))
    assert plan == Event("plan", files=3, bytes=size)
    assert sum(event.bytes for event in others) == size
    assert sum(event.files for event in others) == 3
    assert sorted(event.name for event in others if event.what == "text") == ["b.txt", "c.txt", "deeper/a.txt"]
    assert [event.name for event in others if event.reason] == ["c.txt"]


def test_what_is_piped_in_is_read(monkeypatch: pytest.MonkeyPatch, out: Path) -> None:
    class Piped:
        buffer = io.BytesIO(TEXT.encode("gb18030"))

    monkeypatch.setattr(sys, "stdin", Piped())
    run(["-"], out)
    assert outcomes(out, "encoding", "commitments") == [("-", "done", "gb18030", 1)]


def test_pledges_are_counted_once_per_text(texts: Path, out: Path) -> None:
    raw = "清河镇2026年工作打算\n一是改善民生。我镇将新建两所幼儿园，还将改造三条水渠。二是兴修水利。我镇将疏浚河道。"
    for name in ("b.txt", "deeper/a.txt"):
        (texts / name).write_text(raw, encoding="utf-8")
    summary = run([texts], out, Settings(arbiter=False))
    assert (summary.counts["pledges"], summary.counts["commitments"]) == (4, 6)


@pytest.mark.parametrize("formats", [("jsonl", "docx"), ()])
def test_an_unknown_format_is_a_wrong_call(formats: tuple[str, ...], texts: Path, out: Path) -> None:
    with pytest.raises(WrongCall, match=r"--formats .*: choose from .*jsonl"):
        run([texts], out, Settings(formats=formats))
    assert not out.exists()


def test_an_output_that_cannot_be_written_is_a_wrong_call(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(WrongCall, match=r"file/out: cannot be written: .*; choose another -o"):
        run([texts], tmp_path / "file" / "out")


def test_a_run_writes_the_files_of_the_contract_and_nothing_else(texts: Path, out: Path) -> None:
    (texts / "c.txt").write_bytes(b"")
    summary = run([texts], out, Settings())
    tables = {"commitments.csv", "entities.csv", "pledges.csv", "columns.csv"}
    contract = tables | {"commitments.jsonl", "commitments.json", "errors.jsonl", "run.json"}
    assert {path.name for path in out.iterdir()} == contract
    assert len(records(out)) == summary.counts["commitments"] == 2
    (error,) = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (error["source"], error["reason"]) == ("c.txt", *summary.set_aside)


def test_run_json_says_what_was_run(texts: Path, out: Path) -> None:
    paths = (str(texts),)
    summary = run(paths, out, Settings(date(2026, 1, 8), formats=("jsonl",), paths=paths))
    said = report(out)
    assert (said["version"], said["rules"]) == (extractor.__version__, rulebook.load().digest)
    assert (said["options"]["date"], said["options"]["paths"]) == ("2026-01-08", [*paths])
    assert said["counts"] == summary.counts
    assert set(said["timings"]) == {"seconds", "workers", "taken_over"}
    assert [len(entry["sha256"]) for entry in said["inputs"]] == [64, 64]


def test_an_older_result_is_replaced(texts: Path, out: Path) -> None:
    run([texts], out)
    (texts / "b.txt").write_text("没有什么可说的。", encoding="utf-8")
    run([texts / "b.txt"], out)
    assert records(out) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="who runs this may read everything")
def test_a_forbidden_file_is_set_aside(texts: Path, out: Path) -> None:
    (texts / "b.txt").chmod(0)
    run([texts], out)
    assert outcomes(out)[0] == ("b.txt", "set aside")


LIMITS = {
    "characters": (Settings(characters=14), "15 characters, the limit is 14; split it or raise --characters"),
    "clauses": (Settings(clauses=1), "2 clauses, the limit is 1; split it or raise --clauses"),
}


@pytest.mark.parametrize(("settings", "reason"), LIMITS.values(), ids=LIMITS)
def test_a_text_over_a_limit_is_set_aside(settings: Settings, reason: str, texts: Path, out: Path) -> None:
    summary = run([texts / "b.txt"], out, settings)
    assert summary.set_aside == (f"{texts / 'b.txt'}: {reason}",)


def test_a_fault_of_our_own_costs_one_text(texts: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(source: Source, day: date | None, issuer: str | None, arbiter: bool, title: str | None) -> Doc:
        if source.name == "b.txt":
            raise IndexError("7\n8")
        return whole(source, day, issuer, arbiter, title)

    whole = ledger.from_source
    monkeypatch.setattr(ledger, "from_source", broken)
    summary = run([texts], out)
    (reason,) = summary.set_aside
    assert reason.startswith("b.txt: it could not be processed (IndexError: 7\\x0a8); please report this")
    assert outcomes(out) == [("b.txt", "set aside"), ("deeper/a.txt", "done")]


def test_outputs_of_an_earlier_run_do_not_pass_for_those_of_this_one(texts: Path, out: Path) -> None:
    run([texts], out, Settings(formats=("csv", "jsonl")))
    (out / "notes.csv").write_text("mine", encoding="utf-8")
    run([texts], out, Settings(formats=("sqlite",)))
    assert {path.name for path in out.iterdir()} == {"commitments.sqlite", "errors.jsonl", "run.json", "notes.csv"}


def test_every_output_is_known_as_a_result(texts: Path, out: Path) -> None:
    run([texts], out, Settings(formats=writing.FORMATS))
    written = {path.stem.partition("-")[0] for path in out.iterdir()} - {"run"}
    assert written == RESULTS
