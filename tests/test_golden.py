"""Whole runs, byte by byte: renew what is expected with `UPDATE_GOLDEN=1 pytest tests/test_golden.py` and read the diff."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import batch, writing
from extractor.records import Commitment

ROOT = Path(__file__).parent.parent
GOLDEN = Path(__file__).parent / "golden"
TEXTS = ["township_study_tour", "bureau_notice_tasks", "lessons_speech_gb18030"]
"""Speeches with page breaks, numbered tasks with responsibility notes, GB 18030 with four-byte characters."""

TIMED = "run.json"
"""Holds how long the run took, and so differs from run to run."""


def run(names: list[str], folder: Path) -> dict[str, bytes]:
    """The files that a run on these corpus texts writes, without the one that holds its duration."""
    items = [batch.Input(ROOT / "corpus" / f"{name}.txt", f"{name}.txt") for name in names]
    batch.run(items, folder, batch.Settings(formats=writing.FORMATS))
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != TIMED}


@pytest.mark.parametrize("name", TEXTS)
def test_a_run_gives_what_it_always_gave(name: str, tmp_path: Path) -> None:
    path = GOLDEN / f"{name}.jsonl"
    written = run([name], tmp_path)["commitments.jsonl"]
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written)
    assert written.decode() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_expected_is_sound(name: str) -> None:
    records = [
        Commitment.model_validate_json(line) for line in (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    assert len(records) >= 5
    assert {record.source for record in records} == {f"{name}.txt"}
    assert [record.start for record in records] == sorted(record.start for record in records)


def test_no_expectation_is_left_behind() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(TEXTS)


def test_two_runs_write_the_same_bytes(tmp_path: Path) -> None:
    first, second = run(TEXTS, tmp_path / "first"), run(TEXTS, tmp_path / "second")
    assert len(first) >= 12
    assert first == second


def test_run_json_differs_in_its_timings_alone(tmp_path: Path) -> None:
    reports = []
    for folder in (tmp_path / "first", tmp_path / "second"):
        run(TEXTS[:1], folder)
        reports.append(json.loads((folder / TIMED).read_text(encoding="utf-8")))
    for report in reports:
        assert report.pop("timings")["seconds"] >= 0
    assert reports[0] == reports[1]


def test_another_process_with_another_hash_seed_writes_the_same_bytes(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    name = TEXTS[0]
    subprocess.run(
        [sys.executable, "-m", "extractor", "run", str(ROOT / "corpus" / f"{name}.txt"), "-o", str(tmp_path / "out")],
        check=True,
        capture_output=True,
        cwd=tmp_path,
        env={**environment, "PYTHONHASHSEED": "1234"},
    )
    theirs = (tmp_path / "out" / "commitments.jsonl").read_text(encoding="utf-8")
    ours = run([name], tmp_path / "ours")["commitments.jsonl"].decode()
    given = json.dumps(str(ROOT / "corpus" / f"{name}.txt"), ensure_ascii=False)
    assert theirs.replace(f'"source":{given}', f'"source":"{name}.txt"') == ours
