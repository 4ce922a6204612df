"""What the API shows of a run, of its texts and rules, and what it makes of texts and files that are sent."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bench as benches
import pytest
from bench import PLAN, REPLY, Bench, Json, made, span

from extractor import batch, ledger
from extractor.review import trying


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("shown"))


@pytest.fixture(scope="module")
def bench(run: Path) -> Iterator[Bench]:
    with benches.bench(run) as opened:
        yield opened


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Bench]:
    """A desk of its own, for what would spoil the others'."""
    with benches.bench(made(tmp_path)) as opened:
        yield opened


def test_the_run_is_told(bench: Bench) -> None:
    said = bench.get("/api/run")
    assert (said["folder"], said["documents"], said["commitments"], said["decided"]) == ("run", 3, 6, 0)
    assert said["to_review"] == said["states"]["open"] == 6
    assert len(said["rules"]) == 64


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({"q": "幼儿园"}, ["下一步，我镇将新建两所幼儿园"]),
        ({"document": "reply.txt"}, ["并在鼓楼区开展巡查", "清水镇人民政府将于3月底前更换和平路的水管"]),
        ({"rule": "roles.future"}, ["下一步，我镇将新建两所幼儿园", "清水镇人民政府将于3月底前更换和平路的水管"]),
        ({"q": "幼儿园", "document": "reply.txt"}, []),
        ({"state": "decided"}, []),
        ({"state": "accepted,rejected"}, []),
        ({"state": "open,decided", "limit": 1}, ["并在鼓楼区开展巡查"]),
        ({"offset": 5}, ["清水镇人民政府将于3月底前更换和平路的水管"]),
        ({"offset": 6}, []),
    ],
)
def test_lists_are_filtered(bench: Bench, query: dict[str, Any], texts: list[str]) -> None:
    found = bench.get("/api/cases", **query)
    assert [row["text"] for row in found["cases"]] == texts
    if not {"offset", "limit"} & query.keys():
        assert found["total"] == len(texts)


@pytest.mark.parametrize(
    ("path", "query", "status", "words"),
    [
        ("/api/cases", {"state": "lost"}, 404, "no such state; choose from open, accepted"),
        ("/api/cases", {"limit": 0}, 422, "limit: "),
        ("/api/cases", {"offset": -1}, 422, "offset: "),
        ("/api/cases/nothing", {}, 404, "nothing: no such case"),
        ("/api/documents/text", {}, 422, "source: "),
        ("/api/documents/text", {"source": "../plan.txt"}, 404, "no such document"),
        ("/api/rules/none.such", {}, 404, "no such rule"),
    ],
)
def test_what_is_not_there_is_said_in_one_line(
    bench: Bench, path: str, query: dict[str, Any], status: int, words: str
) -> None:
    answer = bench.client.get(path, params=query)
    assert (answer.status_code, words in answer.json()["detail"]) == (status, True), answer.text


def test_neighbours_are_those_in_the_text(bench: Bench) -> None:
    rows = bench.get("/api/cases", document="plan.txt")["cases"]
    beside = [bench.get(f"/api/cases/{row['id']}")["neighbours"] for row in rows]
    ids = [None, *(row["id"] for row in rows), None]
    expected = [{"before": ids[at], "after": ids[at + 2]} for at in range(len(rows))]
    assert beside == expected


def test_documents_without_a_commitment_are_there_too(bench: Bench) -> None:
    assert bench.get("/api/documents") == [
        {"source": "plan.txt", "title": PLAN.split("\n")[0], "characters": len(PLAN), "cases": 4, "open": 4},
        {"source": "reply.txt", "title": "关于停水问题的答复", "characters": len(REPLY), "cases": 2, "open": 2},
        {"source": "thanks.txt", "title": None, "characters": 12, "cases": 0, "open": 0},
    ]


def test_a_text_is_given_with_its_clauses_and_cases_in_code_points(bench: Bench) -> None:
    said = bench.get("/api/documents/text", source="plan.txt")
    assert (said["text"], said["missing"]) == (PLAN, None)
    roles = {PLAN[c["start"] : c["end"]]: (c["role"], c["kind"]) for c in said["clauses"]}
    assert roles["改造农村公路12公里"] == ("commitment", "action")
    assert roles["方便群众出行"] == ("tail", None)
    first = said["cases"][0]
    assert PLAN[first["head"]["start"] : first["head"]["end"]] == "我镇将新建两所幼儿园"
    assert PLAN[first["start"] : first["end"]] == "下一步，我镇将新建两所幼儿园"
    assert {PLAN[e["start"] : e["end"]] for e in first["entities"]} == {"两所"}
    assert bench.get("/api/documents/text", source="plan.txt", clauses=False)["clauses"] == []


def test_a_text_that_has_changed_or_gone_is_named_and_its_cases_stay(fresh: Bench) -> None:
    texts = fresh.folder.parent / "texts"
    (texts / "plan.txt").write_text(PLAN + "又及。", encoding="utf-8")
    (texts / "reply.txt").unlink()
    for name, words in (("plan.txt", "has changed since the run"), ("reply.txt", "is not where the run found it")):
        said = fresh.get("/api/documents/text", source=name)
        assert (said["text"], said["clauses"], words in said["missing"]) == (None, [], True)
        assert said["cases"]
    case = fresh.case("我镇将新建两所幼儿园")
    assert fresh.decide(case, "correct", changes={"kind": "target"})["state"] == "corrected"
    said = fresh.decide({**case, "version": 1}, "correct", 422, changes={"head": {"start": 3, "end": 9}})
    assert "has changed since the run" in said["detail"]
    fresh.post("/api/cases", {"source": "reply.txt", "head": {"start": 0, "end": 5}}, 422)


def test_texts_that_moved_are_found_where_texts_lie(tmp_path: Path) -> None:
    folder = made(tmp_path)
    (tmp_path / "texts").rename(tmp_path / "moved")
    with benches.bench(folder) as alone:
        assert alone.get("/api/documents/text", source="plan.txt")["text"] is None
    with benches.bench(folder, (tmp_path / "moved",)) as told:
        assert told.get("/api/documents/text", source="plan.txt")["text"] == PLAN


def test_only_so_much_of_processed_texts_is_held(fresh: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.review.texts.HELD_CHARACTERS", len(PLAN) + 12)
    texts = fresh.desk.shelf.texts
    for name, held in (
        ("plan.txt", ["plan.txt"]),
        ("thanks.txt", ["plan.txt", "thanks.txt"]),
        ("plan.txt", ["thanks.txt", "plan.txt"]),
        ("reply.txt", ["reply.txt"]),
    ):
        assert texts.document(name) is texts.document(name)
        assert list(texts.held) == held
    assert texts.process("reply.txt") is not texts.document("reply.txt")


def test_rows_of_tables_and_members_of_archives_are_shown(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "t.csv").write_text(
        "日期,正文\n2026-01-12,我局将于年底前修好三座桥。\n,感谢来信。\n", encoding="utf-8"
    )
    with zipfile.ZipFile(tmp_path / "texts" / "a.zip", "w") as archive:
        archive.writestr("b.txt", "我县将新建水站。")
    with benches.bench(made(tmp_path, {})) as opened:
        assert [said["source"] for said in opened.get("/api/documents")] == ["a.zip/b.txt", "t.csv#2"]
        assert opened.get("/api/documents/text", source="t.csv#2")["text"] == "我局将于年底前修好三座桥。"
        case = opened.case("我县将新建水站")
        assert (case["locator"]["member"], case["state"]) == ("b.txt", "open")


def test_a_run_that_is_written_anew_is_taken_up(fresh: Bench) -> None:
    case = fresh.decide(fresh.case("我镇将新建两所幼儿园"), "correct", changes={"kind": "target"})
    other = fresh.decide(fresh.case("改造农村公路12公里"), "accept")
    lines = (fresh.folder / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    newer = [json.loads(line) for line in lines]
    for record in newer:
        record["rules"] = ["roles.another"]
        if record["head"]["text"] == "改造农村公路12公里":
            record["strength"] = "firm"
    text = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in newer)
    (fresh.folder / "commitments.jsonl").write_text(text, encoding="utf-8")
    report = (fresh.folder / "run.json").read_text(encoding="utf-8")
    (fresh.folder / "run.json").write_text(report + "\n", encoding="utf-8")
    assert fresh.get(f"/api/cases/{case['id']}")["state"] == "corrected"
    (changed,) = fresh.get("/api/cases", state="changed")["cases"]
    assert changed["id"] == other["id"]
    shown = fresh.get(f"/api/cases/{other['id']}")
    assert (shown["outcome"], shown["record"]["strength"], shown["was"]["strength"]) == ("accepted", "planned", "firm")
    assert fresh.decide(shown, "accept")["state"] == "corrected"
    adopted = fresh.decide({**shown, "version": 2}, "adopt")
    assert (adopted["state"], adopted["record"]["strength"]) == ("accepted", "firm")
    assert fresh.undo(fresh.undo(adopted))["state"] == "changed"


def test_a_run_that_is_spoilt_meanwhile_is_said_once_and_shown_as_it_was(fresh: Bench) -> None:
    report = fresh.folder / "run.json"
    report.write_text("{}", encoding="utf-8")
    answer = fresh.client.get("/api/run")
    assert (answer.status_code, "no report of a run" in answer.json()["detail"]) == (503, True)
    assert fresh.get("/api/run")["commitments"] == 6
    report.unlink()
    assert fresh.decide(fresh.case("我镇将新建两所幼儿园"), "accept")["state"] == "accepted"


def test_a_rule_has_its_matches_and_its_precision_by_what_people_said(fresh: Bench) -> None:
    head, road, bridge = "我镇将新建两所幼儿园", "改造农村公路12公里", "更换和平路的水管"
    before = {row["id"]: row for row in fresh.get("/api/rules")}
    assert (before["roles.future"]["matches"], before["roles.future"]["precision"]) == (2, None)
    fresh.decide(fresh.case(head), "correct", changes={"kind": "target"})
    fresh.decide(fresh.case(bridge), "reject")
    fresh.decide(fresh.case(road), "accept")
    rules = {row["id"]: row for row in fresh.get("/api/rules")}
    future = rules["roles.future"]
    assert (future["corrected"], future["rejected"], future["precision"]) == (1, 1, 0.5)
    kind = next(rule for rule in fresh.case(head)["was"]["rules"] if rule.startswith(("kind.", "arbiter.")))
    assert rules[kind]["precision"] < 0.5
    page = fresh.get("/api/rules/quantity.counted_hanzi")
    assert page["pattern"]
    assert page["positive"]
    assert (page["corrected"], page["precision"]) == (1, 1.0)
    assert page["cases"][0]["text"].startswith("下一步")
    assert fresh.get("/api/rules/roles.future")["conditions"]["all"] == ["tense.future"]


def test_a_pattern_is_tried_as_a_rule_would_be(bench: Bench) -> None:
    found = bench.post("/api/rules/try", {"pattern": "新建|新增|修好", "unless": ["新增就业"]})
    assert [(hit["source"], hit["text"]) for hit in found["matches"]] == [("plan.txt", "新建"), ("plan.txt", "修好")]
    first = found["matches"][0]
    assert span(PLAN, "新建") == {"start": first["start"], "end": first["end"]}
    assert (first["before"].endswith("我镇将"), first["after"].startswith("两所")) == (True, True)
    assert (found["total"], found["texts"]) == (2, 3)
    assert bench.post("/api/rules/try", {"pattern": "^下一步$"})["total"] == 1
    assert bench.post("/api/rules/try", {"pattern": "的", "on": "corpus"})["total"] > 200
    assert len(bench.post("/api/rules/try", {"pattern": "的", "on": "corpus"})["matches"]) == 200


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(", "does not compile"),
        ("⟨words/none⟩", "unknown part"),
        ("x{1,9999999999}", "too large"),
        ("", "at least 1 character"),
        ("(" * 900 + ")" * 900, ""),
    ],
)
def test_a_pattern_that_is_none(bench: Bench, pattern: str, words: str) -> None:
    said = bench.post("/api/rules/try", {"pattern": pattern}, 422)
    assert (said["field"], words in said["detail"]) == ("pattern", True), said


def test_a_pattern_that_runs_for_ever_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "SECONDS", 0.5)
    began = time.monotonic()
    said = bench.post("/api/rules/try", {"pattern": "(.*)*(.*)*(.*)*x", "on": "corpus"}, 422)
    assert "takes longer than 0.5 seconds" in said["detail"]
    assert time.monotonic() - began < 10


SENTENCE = "下一步，我镇将新建两所幼儿园，2026年底前投用。"


def sent(bench: Bench, data: bytes, name: str, status: int = 200, **more: str) -> Json:
    answer = bench.client.post("/extract", files={"file": (name, data)}, data=more)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_text_that_is_pasted_is_extracted(bench: Bench) -> None:
    said = bench.post("/extract", {"text": "😀" + SENTENCE, "date": "2025-03-01", "issuer": "清河镇"})
    expected = ledger.extract("😀" + SENTENCE, date="2025-03-01", issuer="清河镇")
    assert said["commitments"] == [record.model_dump(mode="json") for record in expected.commitments]
    assert (said["texts"], said["text"], said["warnings"]) == (1, "😀" + SENTENCE, [])
    assert bench.post("/extract", {"text": ""})["commitments"] == []


def test_a_file_that_is_uploaded_is_read_as_in_a_run(bench: Bench) -> None:
    said = sent(bench, SENTENCE.encode("gb18030"), "计划.txt", date="2025-03-01", issuer="清河镇")
    record = said["commitments"][0]
    assert (record["source"], record["actor"], record["document"]["date"]) == ("计划.txt", "清河镇", "2025-03-01")
    assert said["text"] == SENTENCE
    table = sent(bench, "正文\n我局将修桥。\n我县将建水站。\n".encode(), "t.csv")
    assert (table["texts"], table["text"], len(table["commitments"])) == (2, None, 2)


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in members.items():
            zipped.writestr(name, data)
    return stream.getvalue()


HOSTILE: list[tuple[str, bytes, str, int]] = [
    ("another kind", b"MZ\x90", "setup.exe", 415),
    ("nothing", b"", "nothing.txt", 422),
    ("a bomb", archive({"zeros.txt": b"0" * 50_000_000}), "bomb.zip", 422),
    ("a way out", archive({"../../etc/cron.d/x.txt": SENTENCE.encode()}), "out.zip", 422),
    ("a PDF that is none", b"%PDF-1.7\n" + b"\x00\xff" * 500, "broken.pdf", 422),
    (
        "entities",
        archive({"word/document.xml": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaa">]><l>&a;</l>'}),
        "billion.docx",
        422,
    ),
    ("a name that climbs", SENTENCE.encode(), "../../../tmp/evil.txt", 200),
    ("a name of another system", SENTENCE.encode(), "C:\\windows\\evil.txt", 200),
    ("a name that breaks lines", SENTENCE.encode(), "a\u2028b.txt", 200),
    ("no name", SENTENCE.encode(), "x", 200),
    ("markup", b"<html><body><p><img src=x onerror=alert(1)></p></body></html>", "m.html", 422),
    ("deep JSON", b'{"text": ' + b"[" * 100_000, "deep.jsonl", 422),
]


@pytest.mark.parametrize(("data", "name", "status"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_uploads_cost_themselves_alone(bench: Bench, data: bytes, name: str, status: int) -> None:
    said = sent(bench, data, name, status)
    if status == 200:
        assert said["commitments"]
        assert not any(set(record["source"]) & set("/\u2028") for record in said["commitments"])
    else:
        assert "\n" not in said["detail"]
        assert "Traceback" not in said["detail"]
    assert bench.get("/api/run")["documents"] == 3


def test_damaged_files_are_answered(bench: Bench) -> None:
    whole = archive({"a.txt": SENTENCE.encode(), "b.txt": SENTENCE.encode("gb18030")})
    for number in range(8):
        data = bytes(byte ^ (number * 37 % 256) if at % 41 == number else byte for at, byte in enumerate(whole))
        answer = bench.client.post("/extract", files={"file": ("d.zip", data)})
        assert answer.status_code in (200, 422)


@pytest.mark.parametrize(
    ("body", "kind", "status", "words"),
    [
        (b"{", "application/json", 422, "body"),
        (b"\xff\xfe", "application/json", 422, "body"),
        (b'{"text": "\\ud800"}', "application/json", 422, ""),
        (b'{"text": 1}', "application/json", 422, "text: "),
        (b"{}", "application/json", 422, "text: "),
        (b'{"text": "x", "date": "soon"}', "application/json", 422, "date: "),
        (b'{"text": "x", "more": 1}', "application/json", 422, "more: "),
        (SENTENCE.encode(), "text/plain", 415, "send application/json"),
        (b"", "", 415, "send application/json"),
        (b"--x--", "multipart/form-data; boundary=x", 422, "file: "),
        (b"--y", "multipart/form-data", 400, ""),
        (json.dumps({"text": "我" * 1_000_001}).encode(), "application/json", 413, "the limit is 1,000,000"),
    ],
)
def test_what_cannot_be_extracted(bench: Bench, body: bytes, kind: str, status: int, words: str) -> None:
    answer = bench.client.post("/extract", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status, answer.text
    assert words in answer.json()["detail"]


def test_a_text_over_a_limit_of_runs_is_refused_with_its_reason(bench: Bench) -> None:
    said = sent(bench, ("我" * 1_000_001).encode(), "long.txt", 422)
    assert "1,000,001 characters, the limit is 1,000,000" in said["detail"]


def test_the_api_is_documented_without_any_request_elsewhere(bench: Bench) -> None:
    schema = bench.get("/openapi.json")
    page = bench.client.get("/docs").text
    for path in ("/api/run", "/api/cases/{id}/decisions", "/api/rules/try", "/extract"):
        assert path in schema["paths"]
        assert path in page
    assert "X-Requested-With" in page
    assert bench.client.get("/docs.css").headers["content-type"] == "text/css; charset=utf-8"


def test_closed_lists_are_those_of_the_records(bench: Bench) -> None:
    lists = bench.get("/api/options")
    assert lists["kinds"] == ["action", "target", "directive"]
    assert {"科技、教育", "工业、交通"} <= set(lists["topics"])


@pytest.mark.parametrize("spoil", ["no run.json", "a broken one", "no records"])
def test_a_folder_that_holds_no_run_is_refused(tmp_path: Path, spoil: str) -> None:
    folder = made(tmp_path)
    if spoil == "no run.json":
        (folder / "run.json").unlink()
    elif spoil == "a broken one":
        (folder / "run.json").write_text("{}", encoding="utf-8")
    else:
        for path in folder.glob("commitments.*"):
            path.unlink()
    with pytest.raises(batch.WrongCall, match="run"), benches.bench(folder):
        pass
