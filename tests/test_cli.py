"""The command line: exit statuses, one clear line for every mistake, help with examples, what is printed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Folders
from making import zipped
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command
from typer.testing import CliRunner, Result

import extractor
from extractor import annotation
from extractor.cli import app
from extractor.cli.annotations import NAMES
from extractor.records import Commitment

TEXT = "下一步，我镇将新建两所幼儿园。"
GOLD = {
    "doc": "plan.txt",
    "characters": len(TEXT),
    "annotated": [0, len(TEXT)],
    "clauses": [
        {"start": 0, "end": 3, "role": "lead-in", "text": "下一步"},
        {"start": 4, "end": 14, "role": "commitment", "text": "我镇将新建两所幼儿园", "kind": "action"},
    ],
    "entities": [{"start": 7, "end": 9, "type": "LOCATION", "text": "新建"}],
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory with a text, an empty and a binary file, a folder without texts, and a sample."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("NO_COLOR", "1")
    (tmp_path / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "table.json").write_text("a,b\n", encoding="utf-8")
    (tmp_path / "gold").mkdir()
    (tmp_path / "gold" / "plan.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "gold" / "plan.json").write_text(json.dumps(GOLD), encoding="utf-8")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "plan.json").write_text("{", encoding="utf-8")
    other = {"source": "other.txt", "head": {"start": 0, "end": 3}}
    (tmp_path / "other.jsonl").write_text(json.dumps(other) + "\n", encoding="utf-8")
    return tmp_path


ZEROS = zipped({"a.txt": b"0" * 2_000_000})


def call(*arguments: str, piped: bytes | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), prog_name="extractor", input=piped)


# the call, and what its only line on standard error says
WRONG = {
    "a missing path": (["run", "nowhere.txt", "-o", "out"], "nowhere.txt: no such file or folder; check the spelling"),
    "a pattern that matches nothing": (
        ["run", "*.text", "-o", "out"],
        "*.text: no such file or folder; check the spelling",
    ),
    "a folder without texts": (["run", "none", "-o", "out"], "none: this folder holds no text (.csv, .doc, "),
    "an output that is no folder": (["run", "plan.txt", "-o", "plan.txt/out"], "plan.txt/out: cannot be written: "),
    "an unknown format": (
        ["run", "plan.txt", "-o", "out", "--formats", "csv,docx"],
        "--formats csv,docx: choose from ",
    ),
    "no format": (["run", "plan.txt", "-o", "out", "--formats", ","], "--formats : choose from "),
    "a URL without a cluster": (
        ["run", "s3://texts/*.parquet", "-o", "out"],
        "s3://texts/*.parquet: is read and written by the workers of a cluster; name one with --cluster ADDRESS",
    ),
    "an output by URL without a cluster": (["run", "plan.txt", "-o", "s3://texts/out"], "s3://texts/out: is read and "),
    "a cluster that does not answer": (
        ["run", "plan.txt", "-o", "out", "--cluster", "nosuch://127.0.0.1:1"],
        "--cluster nosuch://127.0.0.1:1: no scheduler answers (",
    ),
    "a ledger from a cluster": (
        ["run", "plan.txt", "-o", "out", "--cluster", "tcp://127.0.0.1:1", "--formats", "xlsx"],
        "--formats xlsx: a cluster writes parts, and those are of csv, json, jsonl, parquet",
    ),
    "a cluster and processes here": (
        ["run", "plan.txt", "-o", "out", "--cluster", "tcp://127.0.0.1:1", "--workers", "2"],
        "--cluster and --workers do not go together; leave one out",
    ),
    "partitions without a cluster": (
        ["run", "plan.txt", "-o", "out", "--partition", "1"],
        "--partition is for the workers of a cluster; name one with --cluster ADDRESS",
    ),
    "a bad date": (
        ["run", "plan.txt", "-o", "out", "--date", "8.1.2026"],
        "--date 8.1.2026: not a date; write it as 2019-04-20",
    ),
    "a missing file to explain": (["explain", "nowhere.txt"], "nowhere.txt: no such file; check the spelling"),
    "an empty file to explain": (["explain", "empty.txt"], "empty.txt: empty; "),
    "a binary file to explain": (["explain", "binary.txt"], "binary.txt: a binary file, not text; "),
    "a missing path to list notes of": (["notes", "nowhere.txt"], "nowhere.txt: no such file or folder; "),
    "a bad date to list notes by": (
        ["notes", "plan.txt", "--date", "8.1.2026"],
        "--date 8.1.2026: not a date; write it as 2019-04-20",
    ),
    "a missing folder of samples": (["evaluate", "nowhere"], "nowhere: no annotated sample "),
    "a broken sample": (["evaluate", "broken"], "broken/plan.json: "),
    "a run that is not there": (
        ["evaluate", "gold", "--predictions", "nowhere"],
        "nowhere: No such file or directory; give ",
    ),
    "a run of other texts": (
        ["evaluate", "gold", "--predictions", "other.jsonl"],
        "other.jsonl: no record of a text in gold; ",
    ),
    "a broken run": (["compare", "other.jsonl", "plan.txt"], "plan.txt:1: no JSON ("),
    "runs without the gold texts": (
        ["compare", "other.jsonl", "other.jsonl", "--gold", "gold"],
        "gold: none of its texts is in both runs; ",
    ),
    "drafts where there is no text": (["evaluate", "broken", "--init"], "broken: this folder holds no text ("),
    "a missing folder to check": (["corpus", "check", "nowhere"], "nowhere: no annotated sample "),
    "a broken sample of the second annotator": (["corpus", "agree", "gold", "broken"], "broken/plan.json: "),
    "an unknown tool to export to": (
        ["annotations", "export", "gold", "--to", "prodigy", "-o", "out"],
        "--to prodigy: choose from label-studio, doccano, brat, docbin",
    ),
    "an unknown tool to import from": (
        ["annotations", "import", "x", "--from", "prodigy", "--gold", "gold", "-o", "out"],
        "--from prodigy: choose from ",
    ),
    "an export that is not there": (
        ["annotations", "import", "x.json", "--from", "label-studio", "--gold", "gold", "-o", "out"],
        "x.json: no JSON export of Label Studio ",
    ),
    "an export of no text": (
        ["annotations", "import", "none", "--from", "brat", "--gold", "gold", "-o", "out"],
        "none: no annotated text in it; ",
    ),
    "tasks that cannot be written": (
        ["annotations", "export", "gold", "--to", "brat", "-o", "plan.txt/out"],
        "plan.txt/out: cannot be written: ",
    ),
    "a missing folder to audit": (["audit", "nowhere"], "nowhere: no such file or folder; check the spelling"),
    "a gate that is no number": (
        ["evaluate", "gold", "--fail-under", "heads=high"],
        "--fail-under heads=high: write it as ",
    ),
    "a gate on nothing": (
        ["evaluate", "gold", "--fail-under", "PLACE=0.5"],
        "--fail-under: PLACE is not scored; fields are heads, ",
    ),
    "a gate that is no share": (
        ["evaluate", "gold", "--fail-under", "kind=1,heads=90"],
        "--fail-under heads=90: write ",
    ),
    "a gate below nothing": (["evaluate", "gold", "--fail-under", "heads=-0.1"], "--fail-under heads=-0.1: write "),
    "a gate that nothing misses": (["evaluate", "gold", "--fail-under", "heads=nan"], "--fail-under heads=nan: write "),
    "two gates on one field": (
        ["evaluate", "gold", "--fail-under", "heads=0.9,heads=0.1"],
        "--fail-under: heads is named twice; ",
    ),
    "a run is not run by rules": (
        ["evaluate", "gold", "--predictions", "other.jsonl", "--rules-only"],
        "--predictions and --rules-only do not go together; ",
    ),
    "a run has no clauses": (
        ["evaluate", "gold", "--predictions", "other.jsonl", "--errors"],
        "--predictions and --errors do not go together; ",
    ),
    "a run needs no texts": (
        ["evaluate", "gold", "--predictions", "other.jsonl", "--texts", "gold"],
        "--predictions and --texts do not go together; ",
    ),
    "mistakes beside JSON": (
        ["evaluate", "gold", "--errors", "--json", "-"],
        "--errors and --json - do not go together; ",
    ),
    "drafts with a gate": (
        ["evaluate", "gold", "--init", "--fail-under", "heads=1"],
        "--init and --fail-under do not go together; ",
    ),
    **{
        f"two answers of {words[0]}": (
            [*words, "--json", "-", "--markdown", "-"],
            "--json - and --markdown - do not go together; leave one out",
        )
        for words in (
            ["evaluate", "gold"],
            ["audit", "gold"],
            ["compare", "other.jsonl", "other.jsonl"],
            ["corpus", "agree", "gold", "gold"],
        )
    },
}


@pytest.mark.parametrize(("arguments", "line"), WRONG.values(), ids=WRONG)
@pytest.mark.usefixtures("here")
def test_a_wrong_call_exits_2_with_one_clear_line(arguments: list[str], line: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (shown,) = result.stderr.splitlines()
    assert shown.startswith(f"extractor: {line}")
    assert result.stdout == ""


@pytest.mark.usefixtures("here")
def test_the_column_of_the_text_can_be_named() -> None:
    Path("table.csv").write_text(f"文字,页\n{TEXT},3\n", encoding="utf-8")
    refused = call("run", "table.csv", "-o", "out")
    assert refused.exit_code == 1
    assert "name one with --text-column: 文字, 页" in refused.stderr
    assert call("run", "table.csv", "-o", "out", "--text-column", "文字").exit_code == 0
    (line,) = Path("out/commitments.jsonl").read_text(encoding="utf-8").splitlines()
    record = Commitment.model_validate_json(line)
    assert (record.source, record.document.fields, record.locator and record.locator.cell) == (
        "table.csv#2",
        {"页": "3"},
        "A2",
    )


# a file, options that it goes over, and the reason
LIMITS: dict[str, tuple[str, bytes, list[str], str]] = {
    "megabytes": (
        "a.txt",
        b"a\n" * 500_001,
        ["--megabytes", "1"],
        "larger than 1000000 bytes; split it, or raise --megabytes",
    ),
    "megabytes of a page": ("a.html", b"<p>a\n" * 40_001, ["--megabytes", "1"], "larger than 200000 bytes; "),
    "megabytes of a member": ("a.zip", ZEROS, ["--megabytes", "1"], "over the limit of 1000000; raise --megabytes"),
    "ratio": ("a.zip", ZEROS, [], "more than 200 times its size; it may be a ZIP bomb, else raise --ratio"),
    "characters, not ratio": (
        "a.zip",
        ZEROS,
        ["--ratio", "9999"],
        "the limit is 1,000,000; split it or raise --characters",
    ),
}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("name", "data", "options", "reason"), LIMITS.values(), ids=LIMITS)
def test_what_is_over_a_limit_is_set_aside(name: str, data: bytes, options: list[str], reason: str) -> None:
    Path(name).write_bytes(data)
    refused = call("run", name, "-o", "out", *options)
    assert refused.exit_code == 1
    assert reason in refused.stderr


@pytest.mark.usefixtures("here")
def test_a_bad_date_to_explain_is_named_with_its_option() -> None:
    result = call("explain", "plan.txt", "--date", "8.1.2026")
    assert (result.exit_code, result.stderr) == (2, "extractor: --date 8.1.2026: not a date; write it as 2019-04-20\n")


@pytest.mark.usefixtures("here")
def test_scores_that_cannot_be_written_are_a_wrong_call() -> None:
    result = call("evaluate", "gold", "--json", "plan.txt/scores.json")
    assert result.exit_code == 2, result.exception
    assert "plan.txt/scores.json" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        *(["run", "plan.txt"], ["run", "-o", "out"], ["run", "--formats"], ["fly"], ["explain"], ["rules", "fly"]),
        ["audit", "gold", "--most", "-1"],
        *(["compare", "other.jsonl", "other.jsonl", limit, "-1"] for limit in ("--max-lost", "--max-changed")),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_call_that_does_not_parse_exits_2(arguments: list[str]) -> None:
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Usage: extractor" in result.stderr or "requires an argument" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("name", "reason"), [("empty.txt", "empty.txt: empty; "), ("binary.txt", "binary.txt: a binary file, not text; ")]
)
def test_what_cannot_be_read_is_set_aside_and_exits_1(name: str, reason: str, here: Path) -> None:
    result = call("run", name, "plan.txt", "-o", "out")
    assert result.exit_code == 1, result.output
    (shown,) = result.stderr.splitlines()
    assert shown.startswith(f"set aside: {reason}")
    (error,) = [json.loads(line) for line in (here / "out" / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    assert error["source"] == name
    assert len((here / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()) == 1


def test_a_quiet_run_says_only_what_is_set_aside(here: Path) -> None:
    assert call("run", "plan.txt", "-o", "out", "--quiet").output == ""
    (here / "void.txt").write_bytes(b"")
    told = call("run", "plan.txt", "void.txt", "-o", "out", "-q")
    assert (told.exit_code, told.stdout) == (1, "")
    assert told.stderr.startswith("set aside: void.txt: ")


def test_a_run_exits_0_and_shows_what_it_did(here: Path) -> None:
    result = call("run", "plan.txt", "-o", "out", "--date", "2026-01-08", "--issuer", "清河镇")
    assert (result.exit_code, result.stderr) == (0, "")
    for heading in ("files", "characters", "pledges", "commitments", "set aside", "seconds"):
        assert heading in result.stdout
    (record,) = [
        Commitment.model_validate_json(line)
        for line in (here / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert (record.source, record.actor, record.document.date) == ("plan.txt", "清河镇", "2026-01-08")
    assert json.loads((here / "out" / "run.json").read_text(encoding="utf-8"))["options"]["paths"] == ["plan.txt"]


def test_only_the_formats_asked_for_are_written(here: Path) -> None:
    assert call("run", "plan.txt", "-o", "out", "--formats", "jsonl").exit_code == 0
    assert {path.name for path in (here / "out").iterdir()} == {"commitments.jsonl", "errors.jsonl", "run.json"}


@pytest.mark.parametrize(("arguments", "first"), [([], '"id"'), (["--header", "zh"], '"承诺编号"')])
def test_the_header_rows_speak_the_language_asked_for(arguments: list[str], first: str, here: Path) -> None:
    assert call("run", "plan.txt", "-o", "out", *arguments).exit_code == 0
    assert (here / "out" / "commitments.csv").read_text(encoding="utf-8-sig").startswith(first)
    report = json.loads((here / "out" / "run.json").read_text(encoding="utf-8"))
    assert report["options"]["header"] == (arguments or ["", "en"])[1]


def test_standard_input_is_read(here: Path) -> None:
    assert call("run", "-", "-o", "out", piped=TEXT.encode("gb18030")).exit_code == 0
    (line,) = (here / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["source"] == "-"


@pytest.mark.parametrize(
    "piped", [f"文字,页\n{TEXT},3\n", json.dumps({"文字": TEXT, "页": 3})], ids=["CSV", "JSON Lines"]
)
def test_a_table_is_read_from_standard_input(piped: str, here: Path) -> None:
    assert call("run", "-", "-o", "out", "--text-column", "文字", piped=piped.encode()).exit_code == 0
    (line,) = (here / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    record = Commitment.model_validate_json(line)
    assert (record.source.partition("#")[0], record.document.fields) == ("-", {"页": "3"})


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "arguments", [["explain", "plan.txt"], ["explain", "-"], ["explain", "plan.txt", "--rules-only"]]
)
def test_explain_shows_every_clause_with_role_and_reason(arguments: list[str]) -> None:
    result = call(*arguments, piped=TEXT.encode())
    assert result.exit_code == 0, result.output
    lead_in, commitment = [line.split() for line in result.stdout.splitlines() if line.strip()]
    assert lead_in[:3] == ["0", "lead-in", "下一步"]
    assert commitment[:3] == ["4", "commitment", "我镇将新建两所幼儿园"]
    assert commitment[3].startswith("roles.")
    assert "tense.future" in commitment


NOTED = "清河镇2026年工作要点\n\n一、修渠\n新建泵站三座。（镇水利站牵头，镇财政所配合）\n二、修路\n硬化村道八公里。（责任单位：另定）\n"


def test_notes_lists_what_was_parsed_and_what_was_not(here: Path) -> None:
    (here / "noted.txt").write_text(NOTED, encoding="utf-8")
    result = call("notes", "noted.txt", "plan.txt")
    assert result.exit_code == 0, result.output
    first, covered, second, last = result.stdout.splitlines()
    assert first.startswith("noted.txt:")
    assert "lead: 镇水利站  partners: 镇财政所" in first
    assert covered.strip() == "新建泵站三座"
    assert "UNPARSED  （责任单位：另定）" in second
    assert last == "2 notes, 1 parsed, 1 UNPARSED"


def test_notes_as_json(here: Path) -> None:
    (here / "noted.txt").write_text(NOTED, encoding="utf-8")
    result = call("notes", "noted.txt", "--json")
    told = json.loads(result.stdout)
    assert told["counts"] == {"notes": 2, "parsed": 1, "unparsed": 1}
    assert [(note["parsed"], note["lead"]) for note in told["notes"]] == [(True, ["镇水利站"]), (False, [])]
    assert all(NOTED[note["start"] : note["end"]] == note["text"] for note in told["notes"])


@pytest.mark.usefixtures("here")
def test_notes_sets_aside_what_cannot_be_read_and_goes_on() -> None:
    result = call("notes", "empty.txt", "plan.txt")
    assert (result.exit_code, result.stdout) == (1, "0 notes, 0 parsed, 0 UNPARSED\n")
    assert result.stderr.startswith("set aside: empty.txt: empty; ")


@pytest.mark.usefixtures("here")
def test_evaluate_prints_and_passes_its_gate() -> None:
    result = call("evaluate", "gold", "--fail-under", "heads=1.0,content=0.9")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "plan" in result.stdout
    assert "heads" in result.stdout


def test_tables_keep_long_names_whole_where_there_is_no_terminal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "county_work_report_on_roads_water_and_schools_2026"
    for suffix in (".json", ".txt"):
        (here / "gold" / f"plan{suffix}").rename(here / "gold" / f"{name}{suffix}")
    path = here / "gold" / f"{name}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("plan.txt", f"{name}.txt"), encoding="utf-8")
    monkeypatch.delenv("COLUMNS", raising=False)
    assert name in call("evaluate", "gold").stdout
    monkeypatch.setenv("COLUMNS", "80")
    assert name not in call("evaluate", "gold").stdout


def test_mistakes_are_listed_under_the_rule_that_decided(here: Path) -> None:
    path = here / "gold" / "plan.json"
    sample = json.loads(path.read_text(encoding="utf-8"))
    wrong = next(clause for clause in sample["clauses"] if clause["role"] == "commitment")
    wrong["role"] = "tail"
    path.write_text(json.dumps(sample, ensure_ascii=False), encoding="utf-8")
    result = call("evaluate", "gold", "--errors", "--rules-only")
    assert result.exit_code == 0
    assert "precision 0.000" in result.stdout
    assert f"commitment, not tail: {wrong['text']}" in result.stdout


@pytest.mark.usefixtures("here")
def test_a_sample_without_its_text_says_what_to_do() -> None:
    Path("gold/plan.txt").rename("plan.txt")
    result = call("train", "gold")
    assert (result.exit_code, "--texts" in result.stderr) == (2, True)
    assert call("train", "gold", "--texts", ".", "--output", "arbiter.json").exit_code == 0
    assert set(json.loads(Path("arbiter.json").read_text(encoding="utf-8"))) == {"roles", "kinds"}
    assert set(json.loads(Path("names.json").read_text(encoding="utf-8"))) == {"moves", "weights"}


@pytest.mark.usefixtures("here")
def test_one_model_is_trained_alone_where_it_is_named() -> None:
    assert call("train", "gold", "--only", "names", "--output", "other.json").exit_code == 0
    assert Path("names.json").exists()
    assert not Path("other.json").exists()
    result = call("train", "gold", "--only", "places")
    assert (result.exit_code, "write roles or names" in result.stderr) == (2, True)
    result = call("train", "gold", "--only", "names", "--leave-out", "1", "--familiar", "gold")
    assert "LOCATION on documents left out" in result.stdout


@pytest.mark.usefixtures("here")
def test_what_a_run_wrote_is_scored_like_the_texts_themselves() -> None:
    assert call("run", "gold", "-o", "out").exit_code == 0
    printed = call("evaluate", "gold", "--json", "-")
    assert call("evaluate", "gold", "--predictions", "out", "--json", "-").stdout == printed.stdout
    assert call("evaluate", "gold", "--predictions", "out/commitments.jsonl", "--json", "-").stdout == printed.stdout


def test_a_text_that_a_run_left_out_is_named_and_not_scored_as_empty(here: Path) -> None:
    assert call("run", "gold/plan.txt", "-o", "out").exit_code == 0
    (here / "gold" / "spare.json").write_text(json.dumps(GOLD | {"doc": "spare.txt"}), encoding="utf-8")
    result = call("evaluate", "gold", "--predictions", "out")
    assert (result.exit_code, result.stderr.partition(";")[0]) == (
        2,
        "extractor: out: spare.txt was not read in this run, or was set aside",
    )


def test_a_text_that_a_run_set_aside_is_named_and_not_scored_as_empty(here: Path) -> None:
    (here / "gold" / "spare.txt").write_bytes(b"")
    (here / "gold" / "spare.json").write_text(json.dumps(GOLD | {"doc": "spare.txt"}), encoding="utf-8")
    assert call("run", "gold", "-o", "out").exit_code == 1
    result = call("evaluate", "gold", "--predictions", "out")
    assert (result.exit_code, "spare.txt was not read in this run, or was set aside" in result.stderr) == (2, True)


def test_a_commitment_without_a_kind_is_named(here: Path) -> None:
    whole = json.dumps(GOLD)
    assert whole.count(', "kind": "action"') == 1
    (here / "gold" / "plan.json").write_text(whole.replace(', "kind": "action"', ""), encoding="utf-8")
    result = call("evaluate", "gold")
    assert (result.exit_code, result.stderr.partition(";")[0]) == (
        2,
        "extractor: gold/plan.json: clauses[1] has no 'kind', or not as a word",
    )


def test_samples_away_from_their_texts_are_scored_with_texts(here: Path) -> None:
    (here / "gold" / "plan.txt").unlink()
    result = call("evaluate", "gold")
    assert (result.exit_code, "--texts" in result.stderr) == (2, True)
    assert call("evaluate", "gold", "--texts", ".", "--errors", "--fail-under", "heads=1").exit_code == 0
    assert call("annotations", "export", "gold", "--texts", ".", "--to", "brat", "-o", "sent").exit_code == 0
    back = ["annotations", "import", "sent", "--texts", ".", "--from", "brat", "--gold", "gold", "-o", "back"]
    assert call(*back).stdout == "back/plan.json\n"


def test_scores_as_markdown_are_tables_with_headings(here: Path) -> None:
    printed = call("evaluate", "gold", "--markdown", "-")
    assert printed.exit_code == 0
    assert printed.stdout.startswith("### All documents\n\n| field | P | R | F1 | ")
    assert "| strength | not annotated | " in printed.stdout
    assert call("evaluate", "gold", "--markdown", "scores.md").exit_code == 0
    assert (here / "scores.md").read_text(encoding="utf-8") == printed.stdout


@pytest.mark.usefixtures("here")
def test_runs_are_compared_and_gates_on_losses_exit_3() -> None:
    assert call("run", "gold", "-o", "new").exit_code == 0
    same = call("compare", "new", "new", "--gold", "gold", "--max-lost", "0", "--max-changed", "0")
    assert (same.exit_code, same.stderr) == (0, "")
    assert "too few (< 10)" in same.stdout
    counted = json.loads(call("compare", "other.jsonl", "new", "--json", "-").stdout)
    assert (counted["gained"], counted["lost"], counted["changed"], counted["same"]) == (1, 1, 0, 0)
    assert [(case["what"], case["text"]) for case in counted["cases"]] == [
        ("lost", ""),
        ("gained", "下一步，我镇将新建两所幼儿园"),
    ]
    missed = call("compare", "other.jsonl", "new", "--max-lost", "0", "--markdown", "-")
    assert (missed.exit_code, missed.stderr) == (3, "lost: 1 records, more than 0\n")
    assert missed.stdout.startswith("### Records\n")


def test_drafts_are_made_checked_corrected_in_a_tool_and_scored(here: Path) -> None:
    (here / "new").mkdir()
    (here / "new" / "plan.txt").write_text(TEXT, encoding="utf-8")
    begun = call("evaluate", "new", "--init")
    assert (begun.exit_code, begun.stdout.splitlines()[0]) == (0, "draft: new/plan.json")
    assert call("evaluate", "new").exit_code == 2
    checked = call("corpus", "check", "new")
    assert (checked.exit_code, checked.stdout.splitlines()[-1]) == (0, "0 faults, 1 warnings")
    assert call("corpus", "check", "new", "--strict").exit_code == 3
    assert call("annotations", "export", "new", "--to", "doccano", "-o", "sent").stdout == "sent/doccano.jsonl\n"
    call("annotations", "import", "sent/doccano.jsonl", "--from", "doccano", "--gold", "new", "-o", "new")
    draft = json.loads((here / "new" / "plan.json").read_text(encoding="utf-8"))
    assert draft.pop("draft") is True
    (here / "new" / "plan.json").write_text(json.dumps(draft), encoding="utf-8")
    assert call("evaluate", "new", "--fail-under", "heads=1,content=1").exit_code == 0
    assert call("corpus", "check", "new", "--strict").exit_code == 0


def test_texts_that_get_no_draft_are_named_and_exit_1(here: Path) -> None:
    (here / "new").mkdir()
    for name in ("plan.txt", "plan.md", "other.txt"):
        (here / "new" / name).write_text(TEXT, encoding="utf-8")
    begun = call("evaluate", "new", "--init")
    assert (begun.exit_code, begun.stdout.splitlines()[0]) == (1, "draft: new/other.json")
    assert begun.stderr == "set aside: new: plan.md and plan.txt would share plan.json; rename all but one\n"


def test_two_annotators_are_compared(here: Path) -> None:
    shutil.copytree(here / "gold", here / "second")
    found = json.loads(call("corpus", "agree", "gold", "second", "--json", "-").stdout)
    assert (found["kappa"], found["clauses"], found["heads"]["f1"]) == (1.0, 2, 1.0)
    assert "kappa 1.0000" in call("corpus", "agree", "gold", "second").stdout
    assert call("corpus", "agree", "gold", "second", "--markdown", "-").stdout.startswith("### Roles of 2 clauses")


def test_the_audit_lists_suspects_and_sets_aside_what_cannot_be_read(here: Path) -> None:
    (here / "texts").mkdir()
    (here / "texts" / "plan.txt").write_text("下一步工作打算\n我镇将新建两所幼儿园。", encoding="utf-8")
    shown = call("audit", "texts")
    assert (shown.exit_code, "下一步工作打算" in shown.stdout) == (0, True)
    (suspect,) = json.loads(call("audit", "texts", "--json", "-").stdout)
    assert (suspect["what"], suspect["source"], suspect["start"]) == ("missed", "plan.txt", 0)
    assert "### Clauses with cues and no record: 1 of 1" in call("audit", "texts", "--markdown", "-").stdout
    (here / "texts" / "empty.txt").write_bytes(b"")
    broken = call("audit", "texts")
    assert (broken.exit_code, broken.stderr.startswith("set aside: empty.txt: empty; ")) == (1, True)
    assert "下一步工作打算" in broken.stdout


@pytest.mark.usefixtures("here")
def test_a_missed_gate_exits_3_and_names_the_field() -> None:
    result = call("evaluate", "gold", "--fail-under", "heads=0.9,LOCATION=0.5")
    assert (result.exit_code, result.stderr) == (3, "LOCATION: F1 0.0000 is below 0.5\n")


def test_scores_as_json_are_those_of_the_contract(here: Path) -> None:
    printed = call("evaluate", "gold", "--json", "-")
    assert printed.exit_code == 0
    scores = json.loads(printed.stdout)
    assert {"precision": 1.0, "recall": 1.0, "f1": 1.0}.items() <= scores["heads"].items()
    assert {"heads", "content", "PROJECT", "LOCATION", "ORG", "QUANTITY", "TIME", "POLICY"} <= set(scores)
    assert call("evaluate", "gold", "--json", "scores.json").exit_code == 0
    assert json.loads((here / "scores.json").read_text(encoding="utf-8")) == scores


def test_the_schema_is_that_of_the_records() -> None:
    result = call("schema")
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert set(schema["properties"]) == set(Commitment.model_fields)
    assert schema["additionalProperties"] is False


def test_rules_check_counts_rules_and_names_faults() -> None:
    result = call("rules", "check")
    last = result.stdout.splitlines()[-1].split()
    assert last[1::2] == ["rules,", "faults"]
    assert int(last[0]) >= 140
    assert len(result.stderr.splitlines()) == int(last[2])
    assert result.exit_code == (3 if int(last[2]) else 0)


def commands() -> dict[str, TyperCommand]:
    """Every command by the words that call it."""
    found: dict[str, TyperCommand] = {}
    top = get_command(app)
    assert isinstance(top, TyperGroup)
    for name, command in top.commands.items():
        inner = command.commands if isinstance(command, TyperGroup) else {}
        for words, called in [(f"{name} {word}", deeper) for word, deeper in inner.items()] or [(name, command)]:
            assert isinstance(called, TyperCommand)
            found[words] = called
    return found


def groups() -> list[str]:
    """The words in front of commands that go together."""
    return sorted({name.partition(" ")[0] for name in commands() if " " in name})


def test_the_commands_of_the_contract_are_there() -> None:
    assert {"run", "explain", "evaluate", "rules check", "schema"} <= set(commands())


@pytest.mark.parametrize("name", commands())
def test_every_command_is_in_the_readme(name: str, folders: Folders) -> None:
    assert f"extractor {name}" in (folders.root / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*commands(), *groups()])
def test_every_command_has_help_with_an_example(name: str) -> None:
    result = call(*name.split(), "--help")
    assert result.exit_code == 0
    assert f"Example: extractor {name}" in result.stdout
    assert name in groups() or commands()[name].help


def test_help_names_all_annotation_tools() -> None:
    assert NAMES.replace(" or ", ", ").split(", ") == list(annotation.TOOLS)


@pytest.mark.parametrize("name", commands())
def test_every_option_says_what_it_does(name: str) -> None:
    silent = [
        parameter.name
        for parameter in commands()[name].params
        if isinstance(parameter, TyperOption) and not parameter.help
    ]
    assert silent == []


def test_without_a_command_help_is_shown() -> None:
    result = call()
    assert "Usage: extractor" in result.output
    assert all(name.split()[0] in result.output for name in commands())


def in_a_process(*arguments: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=folder, env=environment
    )


def test_the_version_is_printed(tmp_path: Path, environment: dict[str, str]) -> None:
    shown = in_a_process("--version", folder=tmp_path, environment=environment)
    assert (shown.returncode, shown.stdout, shown.stderr) == (0, f"{extractor.__version__}\n", "")


def test_a_process_ends_with_the_status_and_one_line(here: Path, environment: dict[str, str]) -> None:
    wrong = in_a_process("run", "nowhere.txt", "-o", "out", folder=here, environment=environment)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr == "extractor: nowhere.txt: no such file or folder; check the spelling\n"


BROKEN_RULES = {
    "not TOML": ("verb.toml", "[[rule]\n", "verb.toml: not valid TOML"),
    "a pattern that does not compile": (
        "verb.toml",
        "[[rule]]\nid = 'verb.a'\ndescription = ''\npattern = '(修'\npositive = []\nnegative = []\n",
        "verb.a: the pattern does not compile",
    ),
}


@pytest.mark.parametrize(("name", "text", "line"), BROKEN_RULES.values(), ids=BROKEN_RULES)
def test_a_broken_rule_file_is_a_wrong_call(
    name: str, text: str, line: str, here: Path, folders: Folders, environment: dict[str, str]
) -> None:
    shutil.copytree(folders.package, here / "copy" / "extractor")
    shutil.copytree(folders.rules, here / "copy" / "extractor" / "rules")
    (here / "copy" / "extractor" / "rules" / name).write_text(text, encoding="utf-8")
    copied = {**environment, "PYTHONPATH": str(here / "copy")}
    for arguments in (["run", str(here / "plan.txt"), "-o", str(here / "out")], ["rules", "check"]):
        shown = in_a_process(*arguments, folder=here / "copy", environment=copied)
        assert shown.returncode == 2, shown.stderr
        assert line in shown.stderr
        assert len(shown.stderr.splitlines()) == 1


def test_columns_of_a_table_can_be_named(here: Path) -> None:
    table = "答复,何时,谁答,题\n下一步，我局将修好三条村路。,2026-03-02,青川县交通局,关于村路\n"
    (here / "table.csv").write_text(table, encoding="utf-8")
    named = ("--text-column", "答复", "--date-column", "何时", "--issuer-column", "谁答", "--title-column", "题")
    assert call("run", "table.csv", "-o", "out", *named).exit_code == 0
    (record,) = map(json.loads, (here / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines())
    said = record["document"]
    assert (said["title"], said["date"], said["issuer"]) == ("关于村路", "2026-03-02", "青川县交通局")
