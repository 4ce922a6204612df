"""Runs on a Dask cluster of separate processes: the same records as on one machine, whatever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from loopback import ROOT, Loopback, hears_ctrl_c, kill, loopback, until
from making import FILES
from pyarrow import parquet

import extractor
from extractor.cluster.sending import connected
from extractor.cluster.storage import Folder

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="signals and process groups of Linux")

HARM = """
import os, signal, time
from extractor.batch import work
whole = work.extracted
def extracted(job, ordinal, source, settings):
    if "毒" in source.raw:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "慢" in source.raw:
        time.sleep(60)
    return whole(job, ordinal, source, settings)
work.extracted = extracted
"""
"""Makes a text with 毒 in it bring down whatever process it is processed in, one with 慢 last too long."""
COLLAPSE = """
import os, signal
from extractor.cluster import carrying
whole = carrying.read
def read(staged, out, settings):
    if any(item.name == "崩.txt" for item in staged.items):
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(staged, out, settings)
carrying.read = read
"""
"""Makes 崩.txt bring down the Dask worker itself, which otherwise reads nothing."""
OTHER_VERSION = "import extractor; extractor.__version__ = '9.9'"
SENTENCE = "下一步，我镇将新建{}所幼儿园，2026年底前投用。\n"
ROWS = 240
TABLE, SMALL = "big.parquet", ("--partition", "0.004")


@pytest.fixture(scope="module")
def harm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A path on which Python finds what harms."""
    folder = tmp_path_factory.mktemp("harm")
    (folder / "sitecustomize.py").write_text(HARM, encoding="utf-8")
    return f"{folder}{os.pathsep}{ROOT}"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, harm: str) -> Iterator[Loopback]:
    """Two workers."""
    with loopback(tmp_path_factory.mktemp("cluster"), 2, PYTHONPATH=harm) as found:
        yield found


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few hundred documents: files of all formats, many notes, a long text, a table in row groups of its own size."""
    folder = tmp_path_factory.mktemp("texts")
    for name, make in FILES.items():
        (folder / name).write_bytes(make())
    for number in range(60):
        (folder / f"note{number:02}.txt").write_text(SENTENCE.format(number + 2), encoding="utf-8")
    (folder / "long.txt").write_text(SENTENCE.format(3) * 200, encoding="utf-8")
    (folder / "damaged.docx").write_bytes(b"PK\x03\x04 and no more")
    (folder / "meta.csv").write_text("file,date,issuer\nnote07.txt,2026-01-12,白石镇人民政府\n", encoding="utf-8")
    (folder / "README.md").write_text("关于本文件夹", encoding="utf-8")
    rows = [SENTENCE.format(number + 2) if number % 50 else " " for number in range(ROWS)]
    table = pa.table({"编号": list(range(ROWS)), "正文": rows, "发文机关": ["清河镇人民政府"] * ROWS})
    parquet.write_table(table, folder / TABLE, row_group_size=100)
    return folder


def command(texts: Path | str, out: Path | str, *more: str) -> list[str]:
    return [sys.executable, "-m", "extractor", "run", str(texts), "-o", str(out), "--formats", "jsonl,csv", *more]


def run(texts: Path | str, out: Path | str, *more: str, path: str = str(ROOT)) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": path, "COLUMNS": "200"}
    return subprocess.run(command(texts, out, *more), capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def alone(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one machine makes of the texts."""
    out = tmp_path_factory.mktemp("alone") / "out"
    ended = run(texts, out)
    assert ended.returncode == 1, ended.stderr
    return out


def joined(out: Path, name: str) -> bytes:
    """A result, whether in parts or whole; of CSV files without the header rows."""
    parts = sorted((out / name).iterdir()) if (out / name).is_dir() else [out / name]
    found = [part.read_bytes() for part in parts]
    return b"".join(part.partition(b"\r\n")[2] for part in found) if name.endswith(".csv") else b"".join(found)


def report(out: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return found


def same(out: Path, alone: Path) -> None:
    """Assert that two runs came to the same, byte by byte; a table in pieces has no digest of its own."""
    for name in ("commitments.jsonl", "commitments.csv", "entities.csv", "pledges.csv", "columns.csv", "errors.jsonl"):
        assert joined(out, name) == joined(alone, name), name
    found, expected = report(out), report(alone)
    for each in (found, expected):
        for entry in each["inputs"]:  # type: ignore[attr-defined]
            entry.update({"sha256": None} if entry["source"].endswith(TABLE) else {})
    for key in ("version", "rules", "counts", "inputs"):
        assert found[key] == expected[key]
    assert not (out / ".run").exists()
    parts = {path.stem for path in (out / "commitments.jsonl").iterdir()}
    assert parts == set(found["parts"])  # type: ignore[call-overload]
    assert len(parts) > 8


def started(texts: Path, place: Path, cluster: Loopback, *more: str) -> tuple[subprocess.Popen[bytes], Path]:
    """A run into `place/out` under way, and its log."""
    log = place / "log.jsonl"
    process = subprocess.Popen(
        command(texts, place / "out", "--cluster", cluster.address, *SMALL, "--log", str(log), *more),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=hears_ctrl_c,
    )
    return process, log


def partitions_in(log: Path) -> int:
    return log.read_text(encoding="utf-8").count('"what": "partition"') if log.is_file() else 0


def test_a_worker_killed_in_the_middle_changes_nothing(
    texts: Path, alone: Path, cluster: Loopback, tmp_path: Path
) -> None:
    running, log = started(texts, tmp_path, cluster)
    until(lambda: partitions_in(log) > 1)
    cluster.shoot(0)
    assert running.poll() is None, "it ended before a worker was killed"
    _, said = running.communicate()
    assert running.returncode == 1, said.decode()
    same(tmp_path / "out", alone)
    cluster.hire()


def test_an_interrupted_run_goes_on(texts: Path, alone: Path, cluster: Loopback, tmp_path: Path) -> None:
    out, away = tmp_path / "out", ("--cluster", cluster.address, *SMALL)
    running, log = started(texts, tmp_path, cluster)
    until(lambda: partitions_in(log) > 2)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate()
    assert (running.returncode, said.decode()) == (
        130,
        f"extractor: interrupted; the same command with --resume goes on in {out}\n",
    )
    refused = run(texts, out, *away)
    assert refused.returncode == 2
    assert refused.stderr == (
        f"extractor: {out}: a run is unfinished; add --resume to go on, or delete {out}/.run to start anew\n"
    )
    ended = run(texts, out, *away, "--resume")
    assert ended.returncode == 1, ended.stderr
    same(out, alone)
    assert report(out)["timings"]["taken_over"] >= 3  # type: ignore[index]


def test_harmful_texts_are_set_aside_by_name(cluster: Loopback, harm: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(SENTENCE.format(number + 2), encoding="utf-8")
    (folder / "03.txt").write_text("下一步，我镇将清理有毒土壤。", encoding="utf-8")
    (folder / "05.txt").write_text("下一步，我镇将办好慢病门诊。", encoding="utf-8")
    (folder / "07.pdf").write_bytes(b"%PDF-1.7 and no more")
    rows = [SENTENCE.format(2), "今年我镇将查处毒品案件。", SENTENCE.format(4)]
    parquet.write_table(pa.table({"text": rows}), folder / "rows.parquet")
    ended = run(folder, tmp_path / "out", "--cluster", cluster.address, "--seconds", "3")
    assert ended.returncode == 1, ended.stderr
    assert run(folder, tmp_path / "alone", "--seconds", "3", path=harm).returncode == 1
    assert joined(tmp_path / "out", "commitments.jsonl") == joined(tmp_path / "alone", "commitments.jsonl")
    assert extractor.read(tmp_path / "out") == extractor.read(tmp_path / "alone")
    errors = (tmp_path / "out" / "errors.jsonl").read_text(encoding="utf-8")
    assert errors == (tmp_path / "alone" / "errors.jsonl").read_text(encoding="utf-8")
    named = [json.loads(line)["source"] for line in errors.splitlines()]
    assert named == ["03.txt", "05.txt", "07.pdf", "rows.parquet#2"]


def test_urls_in_and_out_are_those_of_fsspec(texts: Path, alone: Path, cluster: Loopback, tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = run(texts.as_uri(), out.as_uri(), "--cluster", cluster.address, *SMALL)
    assert ended.returncode == 1, ended.stderr
    same(out, alone)
    again = run(f"{texts.as_uri()}/note0*.txt", out.as_uri(), "--cluster", cluster.address, "--formats", "parquet")
    assert again.returncode == 0, again.stderr
    assert not (out / "commitments.jsonl").exists()
    frame = pd.read_parquet(out / "commitments.parquet")
    assert len(frame) == len(extractor.read(out).commitments) == 20
    assert frame["source"].iloc[0] == f"{texts.as_uri()}/note00.txt"


def test_another_version_on_a_worker_is_refused(texts: Path, cluster: Loopback, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(OTHER_VERSION, encoding="utf-8")
    cluster.hire(PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")
    try:
        ended = run(texts, tmp_path / "out", "--cluster", cluster.address)
    finally:
        cluster.shoot(-1)
    assert ended.returncode == 2
    assert ended.stderr.startswith("extractor: worker tcp://127.0.0.1:")
    assert " has version 9.9 with rules " in ended.stderr
    assert ended.stderr.endswith("; install the same on both\n")
    assert ended.stderr.count("\n") == 1


def test_two_runs_into_one_folder_do_not_mix(texts: Path, cluster: Loopback, tmp_path: Path) -> None:
    with connected(cluster.address, Folder(str(tmp_path / "out"))):
        ended = run(texts, tmp_path / "out", "--cluster", cluster.address)
    assert ended.returncode == 2
    assert f"{tmp_path / 'out'}: another run writes here" in ended.stderr


def test_a_text_that_no_worker_outlives_is_given_up_alone(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(COLLAPSE, encoding="utf-8")
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("1.txt", "2.txt", "崩.txt"):
        (folder / name).write_text(SENTENCE.format(2), encoding="utf-8")
    path = f"{tmp_path}{os.pathsep}{ROOT}"
    with loopback(tmp_path / "cluster", 1, PYTHONPATH=path, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0") as few:
        ended = run(folder, tmp_path / "out", "--cluster", few.address)
    assert ended.returncode == 1, ended.stderr
    assert ended.stderr.startswith("set aside: 崩.txt: every worker that read it was lost; ")
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert [(entry["source"], entry["outcome"]) for entry in report["inputs"]] == [
        ("1.txt", "done"),
        ("2.txt", "done"),
        ("崩.txt", "set aside"),
    ]


def test_a_scheduler_that_goes_away_is_said_in_one_line(texts: Path, cluster: Loopback, tmp_path: Path) -> None:
    running, log = started(texts, tmp_path, cluster)
    until(lambda: partitions_in(log) > 0)
    assert cluster.scheduler
    kill(cluster.scheduler)
    cluster.scheduler = None
    _, said = running.communicate()
    assert (running.returncode, said.decode()) == (
        2,
        "extractor: the scheduler went away; once there is one again, add --resume to go on\n",
    )
