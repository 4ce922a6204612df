"""What goes wrong from outside: kills, lost workers, texts that take too long, disks that are full or read-only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest
from loopback import hears_ctrl_c
from making import FILES

from extractor import batch
from extractor.batch import Event, Settings, running

ROOT = Path(__file__).parent.parent
SENTENCE = "下一步，我镇将新建两所幼儿园，2026年底前投用。\n"
POISON = """
import os, signal
from extractor.batch import work
whole = work.extracted
def extracted(job, ordinal, source, settings):
    if "毒" in source.raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    return whole(job, ordinal, source, settings)
work.extracted = extracted
"""
"""Makes a text with 毒 in it bring down whatever process it is processed in."""
CROWD = Settings(workers=2)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals, mounts and process groups of Linux")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """Files of all formats."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(4):
        (folder / f"{number}.txt").write_text(SENTENCE * (number + 1), encoding="utf-8")
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    return folder


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted(place, "size=160k"):
        pytest.skip("mounting a disk is not permitted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def mounted(place: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def run(texts: Path, out: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", "run", str(texts), "-o", str(out), "--formats", "jsonl", *more]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}
    )


def result(out: Path) -> dict[str, object]:
    found: dict[str, object] = {path.name: path.read_bytes() for path in out.iterdir()}
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    del report["timings"]
    return {**found, "run.json": report}


def outcomes(out: Path) -> dict[str, str]:
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return {entry["source"]: entry["outcome"] for entry in report["inputs"]}


def test_killed_runs_go_on_to_the_same_bytes() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "faults.py"), "--files", "20", "--rows", "3", "--kills", "4"]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "4 kills, 0 while at work" not in ended.stdout


def test_any_number_of_workers_gives_the_same_bytes(texts: Path, tmp_path: Path) -> None:
    with (texts / "shared.jsonl").open("w", encoding="utf-8") as stream:
        for number in range(1300):
            row = {"编号": number, "正文": f"下一步，我镇将新建{number}所幼儿园。{'本文不作承诺' * 25}。"}
            stream.write(json.dumps(row, ensure_ascii=False).ljust(600) + "\n")
    assert (texts / "shared.jsonl").stat().st_size > running.SHARED_FROM
    items = batch.inputs([str(texts)])
    batch.run(items, tmp_path / "crowd", replace(CROWD, arbiter=False))
    batch.run(items, tmp_path / "one", replace(CROWD, arbiter=False, workers=1))
    assert result(tmp_path / "crowd") == result(tmp_path / "one")
    assert outcomes(tmp_path / "crowd")["shared.jsonl"] == "done"


def test_a_worker_that_is_shot_costs_nothing(texts: Path, tmp_path: Path) -> None:
    (texts / "big.txt").write_text(SENTENCE * 2000, encoding="utf-8")
    items = batch.inputs([str(texts)])
    batch.run(items, tmp_path / "whole", CROWD)
    lost: list[Event] = []

    def shoot(event: Event) -> None:
        if event.what == "worker lost":
            lost.append(event)
        elif event.what == "text" and not lost:
            for child in active_children():
                os.kill(child.pid or 0, signal.SIGKILL)

    batch.run(items, tmp_path / "shot", CROWD, shoot)
    assert [event.name for event in lost if "by signal 9" in (event.reason or "")]
    assert result(tmp_path / "shot") == result(tmp_path / "whole")


def test_a_text_that_kills_its_worker_twice_is_set_aside(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(POISON, encoding="utf-8")
    (texts / "3.txt").write_text("下一步，我镇将清理有毒土壤。", encoding="utf-8")
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    log = tmp_path / "log.jsonl"
    ended = run(texts, tmp_path / "out", "--log", str(log), **environment)
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr.startswith("set aside: 3.txt: the process that read it ended by signal 11, twice; ")
    assert outcomes(tmp_path / "out") == dict.fromkeys((*FILES, "0.txt", "1.txt", "2.txt"), "done") | {
        "3.txt": "set aside"
    }
    said = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [event["name"] for event in said if event["what"] == "worker lost"] == ["3.txt", "3.txt"]
    assert all(event["time"] for event in said)


def test_a_text_that_takes_too_long_is_set_aside(texts: Path, tmp_path: Path) -> None:
    (texts / "long.txt").write_text(SENTENCE * 30_000, encoding="utf-8")
    settings = Settings(formats=("jsonl",), seconds=2, workers=2)
    summary = batch.run(batch.inputs([str(texts)]), tmp_path / "out", settings)
    assert summary.set_aside == ("long.txt: it took longer than 2 seconds; split it or raise --seconds",)
    assert summary.counts["done"] == 4 + len(FILES)


def test_ctrl_c_is_one_clear_line_and_a_state_to_go_on_from(texts: Path, tmp_path: Path) -> None:
    (texts / "big.txt").write_text(SENTENCE * 20_000, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "extractor", "run", str(texts), "-o", str(out), "--workers", "2"]
    process = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=hears_ctrl_c,
    )
    while not (out / ".run" / "spool.db").exists():
        time.sleep(0.05)
    time.sleep(0.5)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (
        130,
        f"extractor: interrupted; the same command with --resume goes on in {out}\n",
    )


def test_a_full_disk_is_one_clear_line_and_a_state_to_go_on_from(texts: Path, tmp_path: Path, disk: Path) -> None:
    (texts / "big.txt").write_text(SENTENCE * 500, encoding="utf-8")
    full = run(texts, disk)
    assert full.returncode == 2, full.stderr
    advice = "no space left on the disk; make room, then run the same command with --resume"
    assert full.stderr == f"extractor: {disk}: {advice}\n"
    assert {path.name for path in disk.iterdir()} <= {".run"}
    assert mounted(disk, "remount,size=20m")
    assert run(texts, disk, "--resume").returncode == 0
    assert run(texts, tmp_path / "whole").returncode == 0
    assert result(disk) == result(tmp_path / "whole")


def test_a_read_only_folder_is_a_wrong_call(texts: Path, disk: Path) -> None:
    assert mounted(disk, "remount,ro")
    ended = run(texts, disk / "out")
    assert (ended.returncode, ended.stderr) == (
        2,
        f"extractor: {disk / 'out'}: cannot be written: Read-only file system; choose another -o\n",
    )


def test_a_disk_that_has_become_read_only_can_be_gone_on_with(texts: Path, tmp_path: Path, disk: Path) -> None:
    read: list[str] = []

    def interrupt(event: Event) -> None:
        if event.what == "text":
            read.append(event.name)
            if len(read) == 3:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(batch.inputs([str(texts)]), disk, Settings(formats=("jsonl",)), interrupt)
    assert mounted(disk, "remount,ro")
    ended = run(texts, disk, "--resume")
    assert (ended.returncode, ended.stderr) == (
        2,
        f"extractor: {disk}: cannot be written: attempt to write a readonly database; choose another -o\n",
    )
    assert mounted(disk, "remount,rw,size=20m")
    assert run(texts, disk, "--resume").returncode == 0
    assert json.loads((disk / "run.json").read_text(encoding="utf-8"))["timings"]["taken_over"] == 3
    assert run(texts, tmp_path / "whole").returncode == 0
    assert result(disk) == result(tmp_path / "whole")
