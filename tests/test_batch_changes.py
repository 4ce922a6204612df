"""Files that somebody writes to while they are read, and what `meta.csv` says of them changing between two runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractor import batch, reading
from extractor.batch import Event, Settings
from extractor.batch import work as working
from extractor.batch.keeping import Keeper
from extractor.batch.spool import opened
from extractor.batch.work import Begin, End, Job, work
from extractor.reading import Options, Source, Unreadable

SETTINGS = Settings(arbiter=False, formats=("jsonl",), update=True)
FIRST, SECOND = "下一步，我镇将新建两所幼儿园。", "明年，我镇将修建五座桥。"
REASON = "it changed while it was read; run again when nobody writes to it"


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(FIRST, encoding="utf-8")
    return folder


def run(texts: Path, out: Path) -> tuple[dict[str, str], list[str]]:
    """Outcomes by name, and what was read."""
    read: list[str] = []

    def tell(event: Event) -> None:
        if event.what == "text":
            read.append(event.name)

    batch.run(batch.inputs([str(texts)]), out, SETTINGS, tell)
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return {entry["source"]: entry["outcome"] for entry in report["inputs"]}, read


def rows_of(out: Path) -> list[str]:
    return (out / "commitments.jsonl").read_text(encoding="utf-8").splitlines()


def written_to(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Have somebody write to a file as soon as it was read."""
    whole = reading.sources

    def sources(path: Path, called: str, options: Options) -> Iterator[Source | Unreadable]:
        yield from whole(path, called, options)
        if path.name == name:
            path.write_text(SECOND, encoding="utf-8")

    monkeypatch.setattr(reading, "sources", sources)


def test_a_file_that_changes_while_it_is_read_is_set_aside_and_read_again(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    written_to(monkeypatch, "a.txt")
    outcomes, _ = run(texts, out)
    assert outcomes == {"a.txt": "set aside", "b.txt": "done"}
    assert REASON in (out / "errors.jsonl").read_text(encoding="utf-8")
    assert len(rows_of(out)) == 1
    monkeypatch.undo()
    assert run(texts, out) == ({"a.txt": "done", "b.txt": "done"}, ["a.txt"])
    assert "五座桥" in rows_of(out)[0]


@pytest.mark.parametrize("name", ["a.txt", "missing.txt"])
def test_a_file_at_rest_has_not_changed(name: str, texts: Path) -> None:
    *_, end = work(Job(1, batch.Input(texts / name, name)), SETTINGS)
    assert end == End(1, changed=False)


def test_shares_of_two_versions_of_a_file_do_not_make_a_whole(
    texts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests = iter(["00" * 32, "11" * 32])
    monkeypatch.setattr(batch.running, "SHARED_FROM", 1)
    monkeypatch.setattr(reading, "MANY", frozenset({".txt"}))
    monkeypatch.setattr(working, "digest", lambda path: next(digests))
    settings = replace(SETTINGS, workers=2)
    summary = batch.run([batch.Input(texts / "a.txt", "a.txt")], tmp_path / "out", settings)
    assert summary.set_aside == (f"a.txt: {REASON}",)


def test_nothing_of_a_changed_file_is_taken_over_after_an_interruption(texts: Path, tmp_path: Path) -> None:
    job = Job(0, batch.Input(texts / "a.txt", "a.txt"), shares=2)
    with opened(tmp_path) as spool:
        spool.begin("", keep=False)
        key, _, _ = spool.enrol(0, job.item)
        keeper = Keeper(spool, [replace(job, key=key), replace(job, key=key, share=1)], lambda event: None)
        for found in (Begin(key, "00"), Begin(key, "11"), Begin(key, "00"), End(key)):
            keeper.keep(found)
        assert spool.enrol(0, job.item) == (key, None, False)


SIDECARS = {
    "of its folder": ("meta.csv", "file,date\na.txt,2019-04-20\n"),
    "of its folder, by its title": ("meta.csv", "file,title\na.txt,清河镇工作打算\n"),
    "of a folder above": ("meta.csv", "file,date\ndeeper/c.txt,2019-04-20\n"),
    "of a deeper folder": ("deeper/meta.csv", "file,issuer\nc.txt,清河镇\n"),
}


@pytest.mark.parametrize(("path", "said"), SIDECARS.values(), ids=SIDECARS)
def test_what_is_said_of_a_file_changes_what_is_read_again(path: str, said: str, texts: Path, tmp_path: Path) -> None:
    (texts / "deeper").mkdir()
    (texts / "deeper" / "c.txt").write_text(FIRST, encoding="utf-8")
    run(texts, tmp_path / "out")
    (texts / path).write_text(said, encoding="utf-8")
    outcomes, read = run(texts, tmp_path / "out")
    assert list(outcomes) == ["a.txt", "b.txt", "deeper/c.txt"]
    assert read == [name for name in outcomes if name.endswith(said.splitlines()[1].split(",")[0])]
    run(texts, tmp_path / "whole")
    assert rows_of(tmp_path / "out") == rows_of(tmp_path / "whole")
    assert run(texts, tmp_path / "out")[1] == []


def test_a_sidecar_speaks_of_files_that_are_named_too(texts: Path) -> None:
    (texts / "meta.csv").write_text("file,issuer\na.txt,清河镇\n", encoding="utf-8")
    for given in ("a.txt", "*.txt", "[am]*"):
        first, *_ = batch.inputs([str(texts / given)])
        assert (first.path.name, first.meta.issuer) == ("a.txt", "清河镇")
    assert [item.path.name for item in batch.inputs([str(texts / "[am]*")])] == ["a.txt"]
