"""A reviewed run as outputs and as gold, by the command line; and that a newer run keeps what was decided."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import bench as benches
import pytest
from bench import PLAN, REPLY, Bench, made, span
from typer.testing import CliRunner, Result

import extractor
from extractor.cli import app

HEAD, LATER, ROAD, JOBS = "我镇将新建两所幼儿园", "2026年底前投用", "改造农村公路12公里", "力争新增就业300人以上"
WATER, ROUNDS = "清水镇人民政府将于3月底前更换和平路的水管", "并在鼓楼区开展巡查"


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [*map(str, words)])


def decided(bench: Bench) -> None:
    """Decide on all of `plan.txt` in every way there is, and on one of two in `reply.txt`."""
    bench.decide(bench.case(HEAD), "correct", changes={"head": span(PLAN, f"{HEAD}，{LATER}"), "actor": "清水镇"})
    later = next(row for row in bench.get("/api/cases", q=LATER)["cases"] if row["text"] == LATER)
    bench.decide(later, "reject")
    bench.decide(bench.case(ROAD), "accept")
    bench.decide(bench.case(JOBS), "reject")
    words = "去年我镇完成了供水站改造"
    bench.post("/api/cases", {"source": "plan.txt", "head": span(PLAN, words), "kind": "action"})
    place = bench.case(ROUNDS)
    (marked,) = place["record"]["entities"]
    entities = [{**span(REPLY, "鼓楼区"), "type": "LOCATION", "norm": marked["norm"][0]["code"]}]
    bench.decide(place, "correct", changes={"entities": entities})


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = made(tmp_path)
    with benches.bench(folder) as bench:
        decided(bench)
    return folder


def records(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "commitments.jsonl").read_text(encoding="utf-8").splitlines()]


def test_outputs_are_as_people_left_them(run: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in run.iterdir() if path.is_file() and "review" not in path.name}
    done = call("export", run, "--reviewed", "-o", tmp_path / "out", "--formats", "csv,json,jsonl,sqlite,html")
    assert done.exit_code == 0, done.output
    assert "5 commitments, 1 of them not decided" in done.output
    found = records(tmp_path / "out")
    assert [record["text"] for record in found] == [
        f"下一步，{HEAD}，{LATER}",
        f"{ROAD}，方便群众出行",
        "去年我镇完成了供水站改造",
        WATER,
        ROUNDS,
    ]
    assert [record["actor"] for record in found[:1]] == ["清水镇"]
    assert not any(record["review"] for record in found)
    assert len({record["id"] for record in found}) == 5
    with (tmp_path / "out" / "commitments.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["text"] for row in csv.DictReader(stream)] == [record["text"] for record in found]
    assert (
        extractor.read(tmp_path / "out" / "commitments.sqlite").commitments
        == extractor.read(tmp_path / "out").commitments
    )
    assert "供水站改造" in (tmp_path / "out" / "commitments.html").read_text(encoding="utf-8")
    report = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert report["counts"]["commitments"] == 5
    assert report["reviewed"] == {"open": 1, "accepted": 1, "rejected": 2, "corrected": 2, "added": 1, "changed": 0}
    assert {
        path.name: path.read_bytes() for path in run.iterdir() if path.is_file() and "review" not in path.name
    } == before


def test_without_a_review_an_export_is_the_run_in_other_formats(run: Path, tmp_path: Path) -> None:
    done = call("export", run, "-o", tmp_path / "out", "--formats", "jsonl")
    assert "6 commitments\n" in done.output
    assert (tmp_path / "out" / "commitments.jsonl").read_bytes() == (run / "commitments.jsonl").read_bytes()


def test_an_export_can_be_compared_with_its_run(run: Path, tmp_path: Path) -> None:
    call("export", run, "--reviewed", "-o", tmp_path / "out", "--formats", "jsonl")
    compared = call("compare", run, tmp_path / "out", "--json", "-")
    found = json.loads(compared.output)
    assert (found["gained"], found["lost"], found["changed"], found["same"]) == (1, 2, 2, 2)


def test_gold_of_texts_that_are_decided_passes_lint_and_evaluation(run: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    done = call("annotate", run, "--from-review", "-o", gold)
    assert done.exit_code == 0, done.output
    assert "2 texts left out in which something is open" in done.output
    assert sorted(path.name for path in gold.iterdir()) == ["plan.json", "plan.txt"]
    assert call("corpus", "check", gold, "--strict").output == "0 faults, 0 warnings\n"
    sample = json.loads((gold / "plan.json").read_text(encoding="utf-8"))
    roles = {clause["text"]: clause["role"] for clause in sample["clauses"]}
    assert roles == {
        "𠮷林县清水镇2026年工作要点😀": "other",
        "2026年1月12日": "other",
        "下一步": "lead-in",
        f"{HEAD}，{LATER}": "commitment",
        "修好村路": "heading",
        ROAD: "commitment",
        "方便群众出行": "tail",
        "去年我镇完成了供水站改造": "commitment",
        JOBS: "other",
    }
    scored = json.loads(call("evaluate", gold, "--json", "-").output)
    assert (scored["heads"]["precision"], scored["heads"]["recall"]) == (0.5, 0.6667)
    against = call("export", run, "--reviewed", "-o", tmp_path / "out", "--formats", "jsonl")
    assert against.exit_code == 0
    perfect = json.loads(call("evaluate", gold, "--predictions", tmp_path / "out", "--json", "-").output)
    assert {name: score["f1"] for name, score in perfect.items() if score.get("wanted") and score["f1"] != 1} == {}


def test_gold_of_all_texts_says_what_nobody_decided(run: Path, tmp_path: Path) -> None:
    done = call("annotate", run, "--from-review", "--all", "-o", tmp_path / "gold")
    assert "1 commitments stand as the machine has them" in done.output
    assert sorted(path.name for path in (tmp_path / "gold").glob("*.json")) == [
        "plan.json",
        "reply.json",
        "thanks.json",
    ]
    assert call("corpus", "check", tmp_path / "gold").exit_code == 0
    sample = json.loads((tmp_path / "gold" / "reply.json").read_text(encoding="utf-8"))
    (place,) = [entity for entity in sample["entities"] if entity["text"] == "鼓楼区"]
    assert len(place["code"]) == 6


def test_gold_of_rows_and_documents_is_made_of_the_text_extracted(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    rows = "正文\n我局将于年底前修好三座桥。\n我县将新建水站。\n"
    (tmp_path / "texts" / "t.csv").write_text(rows, encoding="utf-8")
    page = "<html><body><article><p>我镇将新建两所幼儿园，方便群众接送孩子上下学。</p></article></body></html>"
    (tmp_path / "texts" / "page.html").write_text(page, encoding="utf-8")
    folder = made(tmp_path, {})
    with benches.bench(folder) as bench:
        for row in bench.get("/api/cases")["cases"]:
            bench.decide(row, "accept")
    done = call("annotate", folder, "--from-review", "-o", tmp_path / "gold")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (tmp_path / "gold").glob("*.txt")) == ["page.txt", "t-2.txt", "t-3.txt"]
    assert call("corpus", "check", tmp_path / "gold").output == "0 faults, 0 warnings\n"
    assert json.loads(call("evaluate", tmp_path / "gold", "--json", "-").output)["heads"]["f1"] == 1


def test_a_text_that_has_changed_is_set_aside_by_name(run: Path, tmp_path: Path) -> None:
    (tmp_path / "texts" / "plan.txt").write_text("又及。", encoding="utf-8")
    done = call("annotate", run, "--from-review", "-o", tmp_path / "gold")
    assert (done.exit_code, "set aside: plan.txt: has changed since the run" in done.output) == (1, True)


def test_a_newer_run_keeps_decisions_and_shows_only_what_changed(run: Path, tmp_path: Path) -> None:
    with benches.bench(run) as bench:
        before = bench.get("/api/run")["states"]
    made(tmp_path, {})
    with benches.bench(run) as bench:
        assert bench.get("/api/run")["states"] == before
    made(tmp_path, {}, arbiter=False, issuer="青石县人民政府")
    with benches.bench(run) as bench:
        states = bench.get("/api/run")["states"]
        changed = bench.get("/api/cases", state="changed")["cases"]
        for row in changed:
            shown = bench.get(f"/api/cases/{row['id']}")
            assert shown["outcome"]
            assert shown["was"] != shown["record"]
        assert sum(states[name] for name in states if name != "open") == 5, (
            "what was rejected and is found no more is settled"
        )
        assert 0 < len(changed) < 6


def test_copies_of_a_text_follow_suit(tmp_path: Path) -> None:
    folder = made(tmp_path, {"a.txt": "我县将新建水站。", "b.txt": "我县将新建水站。"})
    with benches.bench(folder) as bench:
        (row,) = bench.get("/api/cases")["cases"]
        bench.decide(row, "correct", changes={"kind": "directive"})
    call("export", folder, "--reviewed", "-o", tmp_path / "out", "--formats", "jsonl")
    assert [(record["source"], record["kind"]) for record in records(tmp_path / "out")] == [
        ("a.txt", "directive"),
        ("b.txt", "directive"),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["export", "{run}", "--reviewed", "-o", "{run}"], "is the run itself"),
        (["export", "{run}", "--reviewed", "-o", "{out}", "--formats", "doc"], "--formats doc: choose from"),
        (["export", "{out}", "--reviewed", "-o", "{out}/x"], "give a folder that `extractor run` wrote"),
        (["annotate", "{run}", "-o", "{out}"], "annotate needs --from-review"),
        (["annotate", "{out}", "--from-review", "-o", "{out}/x"], "give a folder that `extractor run` wrote"),
        (["review", "{out}", "--no-browser"], "give a folder that `extractor run` wrote"),
    ],
)
def test_a_wrong_call_is_one_line(run: Path, tmp_path: Path, words: list[str], reason: str) -> None:
    done = call(*(word.format(run=run, out=tmp_path / "out") for word in words))
    assert (done.exit_code, reason in done.output) == (2, True), done.output
    assert done.output.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_damaged_decisions_are_named(run: Path, tmp_path: Path) -> None:
    for path in run.glob("review.sqlite*"):
        path.write_bytes(b"no database" * 1000)
    for words in (["export", run, "--reviewed"], ["annotate", run, "--from-review"]):
        done = call(*words, "-o", tmp_path / "out")
        assert (done.exit_code, "review.sqlite: " in done.output) == (2, True)


def test_a_port_that_is_taken_is_said(run: Path) -> None:
    from extractor.review import serving

    with serving.listening(0) as socket:
        port = socket.getsockname()[1]
        done = call("review", run, "--no-browser", "--port", port)
    assert (done.exit_code, done.output.startswith(f"extractor: --port {port}: ")) == (2, True)


def test_without_the_extra_a_review_says_what_to_install(
    run: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    code = "import sys; sys.modules['fastapi'] = None; from extractor.cli import app; app(sys.argv[1:])"

    def without(*words: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    refused = without("review", run, "--no-browser")
    assert refused.returncode == 2
    assert refused.stderr == "extractor: fastapi is not installed; pip install 'commitment-extractor[review]'\n"
    assert without("export", run, "--reviewed", "-o", tmp_path / "out").returncode == 0
