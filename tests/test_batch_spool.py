"""Going on with a run, updating one, two at once: what is there is taken over, and the result is that of one whole run."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractor import batch
from extractor.batch import Event, Input, Settings, Summary, WrongCall
from extractor.batch.spool import opened
from extractor.batch.work import Job, Text, work

SETTINGS = Settings(formats=("csv", "jsonl"))
TEXTS = {
    "a.txt": "下一步，我镇将新建两所幼儿园。",
    "b.txt": "今年，我镇将修建三条水渠。",
    "c.txt": "",
    "d.txt": "没有什么。",
}


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Interrupted(Exception):
    """What a test interrupts a run with."""


def run(
    texts: Path, out: Path, settings: Settings = SETTINGS, stop_after: int | None = None
) -> tuple[Summary, list[str]]:
    """A run, interrupted after so many texts; returns what it read."""
    read: list[str] = []

    def tell(event: Event) -> None:
        if event.what == "text":
            read.append(event.name)
            if len(read) == stop_after:
                raise Interrupted

    return batch.run(batch.inputs([str(texts)]), out, settings, tell), read


def interrupt(texts: Path, out: Path, settings: Settings = SETTINGS, after: int = 2) -> None:
    with pytest.raises(Interrupted):
        run(texts, out, settings, after)


def result(out: Path) -> dict[str, object]:
    found: dict[str, object] = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    report.pop("timings")
    return {**found, "run.json": report}


def test_a_run_that_was_interrupted_goes_on(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(texts, tmp_path / "whole")
    interrupt(texts, out)
    assert {path.name for path in out.iterdir()} == {".run"}
    _, read = run(texts, out, replace(SETTINGS, resume=True))
    assert len(read) == 2
    assert result(out) == result(tmp_path / "whole")
    assert not (out / ".run").exists()


def test_an_unfinished_run_is_not_thrown_away(texts: Path, tmp_path: Path) -> None:
    interrupt(texts, tmp_path)
    with pytest.raises(WrongCall, match=r"a run is unfinished; add --resume to go on, or delete .*\.run to start anew"):
        run(texts, tmp_path)
    assert len(run(texts, tmp_path, replace(SETTINGS, resume=True))[1]) == 2


def test_a_run_that_had_only_to_write_goes_on(texts: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / "commitments.csv").mkdir(parents=True)
    with pytest.raises(WrongCall, match="cannot be written"):
        run(texts, tmp_path / "out")
    (tmp_path / "out" / "commitments.csv").rmdir()
    assert run(texts, tmp_path / "out", replace(SETTINGS, resume=True))[1] == []
    run(texts, tmp_path / "whole")
    assert result(tmp_path / "out") == result(tmp_path / "whole")


def test_what_changed_while_a_run_was_interrupted_is_read_anew(texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    interrupt(texts, out, after=4)
    (texts / "b.txt").write_text("明年，我镇将修建五座桥。", encoding="utf-8")
    (texts / "a.txt").unlink()
    (texts / "e.txt").write_text("下一步，我镇将改造老街。", encoding="utf-8")
    _, read = run(texts, out, replace(SETTINGS, resume=True))
    assert sorted(read) == ["b.txt", "e.txt"]
    run(texts, tmp_path / "whole")
    assert result(out) == result(tmp_path / "whole")


def test_going_on_where_nothing_was_begun_is_a_whole_run(texts: Path, tmp_path: Path) -> None:
    assert len(run(texts, tmp_path, replace(SETTINGS, resume=True))[1]) == len(TEXTS)


OTHER = {
    "an issuer": replace(SETTINGS, issuer="清河镇"),
    "rules only": replace(SETTINGS, arbiter=False),
    "a limit": replace(SETTINGS, characters=13),
}


@pytest.mark.parametrize("settings", OTHER.values(), ids=OTHER)
def test_nothing_is_taken_over_from_a_run_with_other_options(settings: Settings, texts: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    interrupt(texts, out)
    notes: list[Event] = []
    batch.run(batch.inputs([str(texts)]), out, replace(settings, resume=True), notes.append)
    assert [event.reason for event in notes if event.what == "note"] == [
        "rules, options or version are others than before: everything is read anew"
    ]
    run(texts, tmp_path / "whole", settings)
    assert result(out) == result(tmp_path / "whole")


def test_an_update_reads_what_is_new_and_drops_what_is_gone(texts: Path, tmp_path: Path) -> None:
    out, settings = tmp_path / "out", replace(SETTINGS, update=True)
    assert len(run(texts, out, settings)[1]) == len(TEXTS)
    assert run(texts, out, settings)[1] == []
    (texts / "a.txt").unlink()
    (texts / "0.txt").write_text("下一步，我镇将改造老街。", encoding="utf-8")
    (texts / "d.txt").write_text("明年，我镇将修建五座桥。", encoding="utf-8")
    summary, read = run(texts, out, settings)
    assert sorted(read) == ["0.txt", "d.txt"]
    assert summary.counts["commitments"] == 3
    run(texts, tmp_path / "whole")
    assert result(out) == result(tmp_path / "whole")


def test_an_update_follows_a_file_to_its_new_name(texts: Path, tmp_path: Path) -> None:
    settings = replace(SETTINGS, update=True)
    run(texts, tmp_path / "out", settings)
    items = batch.inputs([str(texts / name) for name in TEXTS])
    batch.run(items, tmp_path / "out", settings)
    batch.run(items, tmp_path / "whole", SETTINGS)
    assert result(tmp_path / "out") == result(tmp_path / "whole")


def test_a_run_that_is_no_update_keeps_nothing_for_one(texts: Path, tmp_path: Path) -> None:
    run(texts, tmp_path, replace(SETTINGS, update=True))
    assert (tmp_path / ".run").exists()
    run(texts, tmp_path)
    assert not (tmp_path / ".run").exists()


def test_a_missing_file_is_looked_for_again(texts: Path, tmp_path: Path) -> None:
    items = batch.inputs([str(texts)])
    (texts / "a.txt").rename(texts / "elsewhere")
    settings = replace(SETTINGS, update=True)
    assert batch.run(items, tmp_path / "out", settings).counts["set_aside"] == 2
    (texts / "elsewhere").rename(texts / "a.txt")
    assert batch.run(items, tmp_path / "out", settings).counts["set_aside"] == 1


def test_a_second_run_into_one_folder_is_refused(texts: Path, tmp_path: Path) -> None:
    with opened(tmp_path), pytest.raises(WrongCall, match="another run writes here; wait for its end"):
        run(texts, tmp_path)
    run(texts, tmp_path)


def test_a_damaged_spool_says_what_to_do(texts: Path, tmp_path: Path) -> None:
    (tmp_path / ".run").mkdir()
    (tmp_path / ".run" / "spool.db").write_bytes(b"no database" * 1000)
    with pytest.raises(WrongCall, match=r"\.run: damaged; delete this folder and run again"):
        run(texts, tmp_path)


def test_the_spool_keeps_texts_where_a_format_shows_them(texts: Path, tmp_path: Path) -> None:
    kept = {}
    for formats in (("html",), ("csv",)):
        settings = Settings(formats=formats)
        (found,) = [f for f in work(Job(1, Input(texts / "a.txt", "a.txt")), settings) if isinstance(f, Text)]
        with opened(tmp_path / formats[0]) as spool:
            spool.begin("", keep=False)
            spool.add(found)
            kept[formats[0]] = spool.text("a.txt")
            assert spool.text("b.txt") is None
    assert kept == {"html": TEXTS["a.txt"], "csv": None}
