"""A person's decisions through the API: what they come to, what cannot be and why, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bench as benches
import pytest
from bench import PLAN, REPLY, Bench, Json, made, span

HEAD = "我镇将新建两所幼儿园"
LATER = "2026年底前投用"
ROAD = "改造农村公路12公里"
JOBS = "力争新增就业300人以上"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("decided"))


@pytest.fixture
def bench(run: Path) -> Iterator[Bench]:
    """The desk of a run about which nothing was decided yet."""
    (run / "review.sqlite").unlink(missing_ok=True)
    with benches.bench(run) as opened:
        yield opened


def mark(text: str, words: str, kind: str, **more: Json) -> dict[str, Any]:
    return {"type": kind, **span(text, words), **more}


@pytest.mark.parametrize(("action", "state"), [("accept", "accepted"), ("reject", "rejected"), ("adopt", "accepted")])
def test_a_decision_is_told_at_once_and_kept(bench: Bench, action: str, state: str) -> None:
    case = bench.decide(bench.case(HEAD), action, note="看过")
    assert (case["state"], case["version"]) == (state, 1)
    assert case == bench.get(f"/api/cases/{case['id']}")
    (past,) = case["history"]
    assert (past["n"], past["who"], past["action"], past["note"]) == (1, "tester", action, "看过")
    assert past["when"].endswith("+00:00")
    overview = bench.get("/api/run")
    assert (overview["decided"], overview["to_review"], overview["states"][state]) == (1, 5, 1)


def test_the_reason_for_review_goes_with_the_decision(bench: Bench) -> None:
    case = bench.case("并在鼓楼区开展巡查")
    assert case["record"]["review"] == "place is ambiguous: 鼓楼区"
    assert bench.decide(case, "accept")["record"]["review"] is None
    assert bench.get("/api/cases")["cases"][0]["id"] == case["id"]


FIELDS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("kind", {"kind": "target"}, {"kind": "target"}),
    ("strength", {"strength": "firm"}, {"strength": "firm"}),
    ("specificity", {"specificity": 3}, {"specificity": 3}),
    ("actor", {"actor": " 县教育局 "}, {"actor": "县教育局"}),
    ("no object", {"object": ""}, {"object": None}),
    ("action", {"action": "建设"}, {"action": "建设"}),
    ("topic", {"topic": "综合政务"}, {"topic": "综合政务", "topics": ["综合政务"]}),
    ("no topic", {"topic": None}, {"topic": None, "topics": []}),
    (
        "responsible",
        {"responsible": {"lead": ["县教育局"]}},
        {"responsible": {"lead": ["县教育局"], "partners": []}},
    ),
    (
        "deadline, and specificity by it",
        {"deadline": {"text": "年底前", "end_date": "2026-12-31"}},
        {
            "deadline": {"text": "年底前", "start_date": None, "end_date": "2026-12-31", "basis": "explicit"},
            "specificity": 3,
        },
    ),
    ("no deadline", {"deadline": None}, {"deadline": None}),
    ("no lead-in", {"lead_ins": []}, {"lead_ins": [], "text": HEAD, "start": 33}),
    (
        "a longer head",
        {"head": span(PLAN, HEAD + "，" + LATER)},
        {"text": f"下一步，{HEAD}，{LATER}", "end": 53, "action": "新建", "id": "df229430c3af792f-33"},
    ),
    (
        "a shorter head",
        {"head": span(PLAN, "新建两所幼儿园")},
        {"head": {"text": "新建两所幼儿园", **span(PLAN, "新建两所幼儿园")}, "id": "df229430c3af792f-36"},
    ),
    (
        "white space at the ends of a selection",
        {"head": {"start": PLAN.index(JOBS) - 1, "end": PLAN.index(JOBS) + len(JOBS)}, "lead_ins": []},
        {"head": {"text": JOBS, **span(PLAN, JOBS)}, "lead_ins": [], "text": JOBS},
    ),
    (
        "a tail, with what it holds",
        {"tails": [span(PLAN, LATER)]},
        {"tails": [{"text": LATER, **span(PLAN, LATER)}], "specificity": 2},
    ),
    ("no entities", {"entities": []}, {"entities": [], "specificity": 1}),
]


@pytest.mark.parametrize(("changes", "expected"), [row[1:] for row in FIELDS], ids=[row[0] for row in FIELDS])
def test_a_correction(bench: Bench, changes: dict[str, Any], expected: dict[str, Any]) -> None:
    case = bench.decide(bench.case(HEAD), "correct", changes=changes)
    assert case["state"] == "corrected"
    assert {name: case["record"][name] for name in expected} == expected
    assert {name: case["was"][name] for name in ("kind", "text", "topic")} == {
        "kind": "action",
        "text": f"下一步，{HEAD}",
        "topic": "科技、教育",
    }
    assert PLAN[case["record"]["start"] : case["record"]["end"]] == case["record"]["text"]


ENTITIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a quantity that is read", mark(PLAN, "两所", "QUANTITY"), {"norm": "= 2 所", "value": "2", "unit": "所"}),
    (
        "a quantity that is said",
        mark(PLAN, "两所", "QUANTITY", norm=">= 2 所"),
        {"norm": ">= 2 所", "comparator": ">=", "value": "2", "upper": None},
    ),
    (
        "a range",
        mark(PLAN, "两所", "QUANTITY", norm="2..3 所"),
        {"norm": "2..3 所", "comparator": "=", "value": "2", "upper": "3", "unit": "所"},
    ),
    ("a project", mark(PLAN, "两所幼儿园", "PROJECT"), {"norm": None, "text": "两所幼儿园"}),
    ("a body", mark(PLAN, "我镇", "ORG"), {"norm": None}),
    ("a place without a division", mark(PLAN, "幼儿园", "LOCATION"), {"norm": None}),
    ("a time without days", mark(PLAN, "幼儿园", "TIME", norm=None), {"norm": None}),
    ("a time with days", mark(PLAN, "幼儿园", "TIME", norm="../2026-12-31"), {"norm": "../2026-12-31"}),
]


@pytest.mark.parametrize(("marked", "expected"), [row[1:] for row in ENTITIES], ids=[row[0] for row in ENTITIES])
def test_a_marked_entity(bench: Bench, marked: dict[str, Any], expected: dict[str, Any]) -> None:
    case = bench.decide(bench.case(HEAD), "correct", changes={"entities": [marked]})
    (entity,) = case["record"]["entities"]
    assert {name: entity[name] for name in expected} == expected
    assert (entity["type"], entity["text"]) == (marked["type"], PLAN[marked["start"] : marked["end"]])


def test_a_place_is_linked_to_one_of_its_candidates_or_by_code(bench: Bench) -> None:
    case = bench.case("并在鼓楼区开展巡查")
    (place,) = case["record"]["entities"]
    candidates = place["norm"]
    assert len(candidates) > 2
    for norm in (candidates[1], {"code": candidates[1]["code"]}, candidates[1]["code"], [candidates[1]]):
        changes = {"entities": [mark(REPLY, "鼓楼区", "LOCATION", norm=norm)]}
        case = bench.decide(case, "correct", changes=changes)
        assert case["record"]["entities"][0]["norm"] == candidates[1]
    whole = [mark(REPLY, "鼓楼区", "LOCATION", norm=candidates)]
    assert bench.decide(case, "correct", changes={"entities": whole})["record"]["entities"][0]["norm"] == candidates


def test_what_a_page_sends_back_unchanged_is_no_correction(bench: Bench) -> None:
    for words in (HEAD, ROAD, "并在鼓楼区开展巡查"):
        case = bench.case(words)
        fields = (
            "head",
            "lead_ins",
            "tails",
            "kind",
            "strength",
            "entities",
            "deadline",
            "topic",
            "responsible",
            "actor",
        )
        same = bench.decide(case, "correct", changes={name: case["record"][name] for name in fields})
        assert same["state"] == "accepted", words
        assert same["record"] == {**case["record"], "review": None}


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"head": {"start": 5, "end": 5}}, "changes.head"),
    ({"head": {"start": 50, "end": 5000}}, "changes.head"),
    ({"head": {"start": 28, "end": 29}}, "changes.head"),
    ({"head": {"start": -1, "end": 5}}, "changes.head.start"),
    ({"head": {"start": True, "end": "x"}}, "changes.head.end"),
    ({"head": None}, "changes.head"),
    ({"kind": None}, "changes.kind"),
    ({"kind": "promise"}, "changes.kind"),
    ({"specificity": 4}, "changes.specificity"),
    ({"topic": "天气"}, "changes.topic"),
    ({"actor": "\ud800"}, "changes.actor"),
    ({"actor": "x" * 2001}, "changes.actor"),
    ({"colour": "red"}, "changes.colour"),
    ({"lead_ins": [span(PLAN, "我镇将")]}, "changes.head"),
    ({"lead_ins": [span(PLAN, LATER)]}, "changes.lead_ins"),
    ({"tails": [span(PLAN, "2026年1月12日")]}, "changes.tails"),
    ({"deadline": {"text": " "}}, "changes.deadline.text"),
    ({"deadline": {"text": "年底", "end_date": "2026-02-30"}}, "changes.deadline.end_date"),
    ({"deadline": {"text": "年底", "start_date": "2026-03-01", "end_date": "2026-02-01"}}, "changes.deadline"),
    ({"entities": [mark(PLAN, ROAD, "PROJECT")]}, "changes.entities.0"),
    ({"entities": [mark(PLAN, "幼儿园", "QUANTITY")]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "QUANTITY", norm="two")]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "QUANTITY", norm=None)]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "TIME", norm="2026")]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "ORG", norm="x")]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "LOCATION", norm="999999")]}, "changes.entities.0.norm"),
    ({"entities": [mark(PLAN, "两所", "ORG"), mark(PLAN, "两所", "PROJECT")]}, "changes.entities"),
    ({"entities": [mark(PLAN, "两所幼", "ORG"), mark(PLAN, "幼儿园", "PROJECT")]}, "changes.entities"),
    ({"entities": [mark(PLAN, "两所", "ROBOT")]}, "changes.entities.0.type"),
]


@pytest.mark.parametrize(("changes", "field"), WRONG)
def test_what_cannot_be_names_the_field(bench: Bench, changes: dict[str, Any], field: str) -> None:
    case = bench.case(HEAD)
    said = bench.decide(case, "correct", 422, changes=changes)
    assert said["field"] == field
    assert said["detail"].startswith(field)
    assert "\n" not in said["detail"]
    assert bench.get(f"/api/cases/{case['id']}") == case


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"version": 0, "action": "correct"}, "changes"),
        ({"version": 0, "action": "accept", "changes": {}}, "changes"),
        ({"version": 0, "action": "shrug"}, "action"),
        ({"action": "accept"}, "version"),
        ({"version": -1, "action": "accept"}, "version"),
    ],
)
def test_a_decision_that_is_none(bench: Bench, body: dict[str, Any], field: str) -> None:
    said = bench.post(f"/api/cases/{bench.case(HEAD)['id']}/decisions", body, 422)
    assert said["field"] == field


def test_two_tabs_never_overwrite_each_other(bench: Bench) -> None:
    seen = bench.case(HEAD)
    first = bench.decide(seen, "reject")
    other = bench.decide(seen, "accept", 409)
    assert other == first
    assert bench.undo(seen, 409) == first
    assert bench.decide(other, "accept")["state"] == "accepted"


def test_two_servers_see_each_other(bench: Bench) -> None:
    with benches.bench(bench.folder) as second:
        seen = second.case(HEAD)
        bench.decide(seen, "reject")
        assert second.decide(seen, "accept", 409)["state"] == "rejected"
        bench.post("/api/cases", {"source": "thanks.txt", "head": {"start": 0, "end": 11}})
        assert second.get("/api/run")["states"]["added"] == 1


def test_undo_goes_back_step_by_step(bench: Bench) -> None:
    case = bench.case(HEAD)
    states, actors = ["open"], [case["record"]["actor"]]
    for action, changes in (
        ("correct", {"actor": "甲局"}),
        ("correct", {"actor": "乙局"}),
        ("reject", None),
        ("accept", None),
    ):
        case = bench.decide(case, action, changes=changes)
        states.append(case["state"])
        actors.append(case["record"]["actor"])
    assert states == ["open", "corrected", "corrected", "rejected", "accepted"]
    for state, actor in zip(reversed(states[:-1]), reversed(actors[:-1]), strict=True):
        case = bench.undo(case)
        assert (case["state"], case["record"]["actor"]) == (state, actor)
    assert bench.undo(case, 422)["field"] == "version"
    assert [past["action"] for past in case["history"]] == ["correct", "correct", "reject", "accept", *["undo"] * 4]
    assert bench.undo(bench.decide(case, "reject"))["state"] == "open"


def test_after_a_correction_accept_keeps_it_and_adopt_drops_it(bench: Bench) -> None:
    case = bench.decide(bench.case(HEAD), "correct", changes={"kind": "target"})
    case = bench.decide(case, "accept")
    assert (case["state"], case["record"]["kind"]) == ("corrected", "target")
    case = bench.decide(case, "adopt")
    assert (case["state"], case["record"]["kind"]) == ("accepted", "action")


def test_what_was_missed_is_added_with_what_the_machine_makes_of_it(bench: Bench) -> None:
    words = "去年我镇完成了供水站改造"
    body = {"source": "plan.txt", "head": span(PLAN, words), "kind": "directive", "note": "应计入"}
    case = bench.post("/api/cases", body)
    record = case["record"]
    assert (case["state"], case["version"], case["was"]) == ("added", 1, None)
    assert (record["text"], record["kind"], record["source"]) == (words, "directive", "plan.txt")
    assert (record["action"], record["document"]["date"]) == ("完成", "2026-01-12")
    assert (record["lead_ins"], record["tails"], record["review"]) == ([], [], None)
    assert record["locator"]["paragraph"] == 6
    assert all(rule in {row["id"] for row in bench.get("/api/rules")} for rule in record["rules"])
    rows = bench.get("/api/cases", document="plan.txt")["cases"]
    assert [row["ordinal"] for row in rows] == [1, 2, 3, 4, 5]
    assert rows[3]["id"] == case["id"]
    assert bench.post("/api/cases", body, 422)["field"] == "head"


def test_an_addition_can_be_taken_back_and_made_again(bench: Bench) -> None:
    body = {"source": "thanks.txt", "head": {"start": 0, "end": 11}}
    added = bench.post("/api/cases", body)
    gone = bench.undo(added)
    assert gone["state"] == "undone"
    assert bench.get("/api/run")["commitments"] == 6
    assert all(row["id"] != added["id"] for row in bench.get("/api/cases")["cases"])
    again = bench.post("/api/cases", body)
    assert (again["id"], again["state"], again["version"]) == (added["id"], "added", 3)


def test_lead_ins_and_tails_of_an_addition(bench: Bench) -> None:
    bench.decide(bench.case(ROAD), "reject")
    body = {
        "source": "plan.txt",
        "head": span(PLAN, "改造农村公路"),
        "lead_ins": [span(PLAN, "修好村路")],
        "tails": [span(PLAN, "方便群众出行")],
        "deadline": {"text": "年内", "start_date": "2026-01-01", "end_date": "2026-12-31"},
    }
    record = bench.post("/api/cases", body)["record"]
    assert record["text"] == "修好村路。改造农村公路12公里，方便群众出行"
    assert [part["text"] for part in (*record["lead_ins"], *record["tails"])] == ["修好村路", "方便群众出行"]
    assert record["deadline"]["end_date"] == "2026-12-31"


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({"source": "nothing.txt", "head": {"start": 0, "end": 5}}, 404, None),
        ({"source": "plan.txt", "head": {"start": 0, "end": 5000}}, 422, "head"),
        ({"source": "plan.txt", "head": {"start": 28, "end": 29}}, 422, "head"),
        ({"source": "plan.txt"}, 422, "head"),
        ({"source": "plan.txt", "head": span(PLAN, HEAD)}, 422, "head"),
    ],
)
def test_what_cannot_be_added(bench: Bench, body: dict[str, Any], status: int, field: str | None) -> None:
    assert bench.post("/api/cases", body, status)["field"] == field


def test_no_two_commitments_that_a_person_stands_by_share_words(bench: Bench) -> None:
    longer = {"head": span(PLAN, HEAD + "，" + LATER)}
    first = bench.decide(bench.case(HEAD), "correct", changes=longer)
    later = bench.get("/api/cases", q=LATER)["cases"]
    (inner,) = [row for row in later if row["text"] == LATER]
    said = bench.decide(inner, "accept", 422)
    assert (said["field"], "reject one of them" in said["detail"]) == ("head", True)
    rejected = bench.decide(inner, "reject")
    bench.decide(first, "adopt")
    assert bench.decide(rejected, "accept")["state"] == "accepted"


def test_who_decides_can_be_said_on_the_page(bench: Bench) -> None:
    assert bench.get("/api/run")["reviewer"] == "tester"
    assert bench.post("/api/reviewer", {"name": " 王 敏 "})["reviewer"] == "王 敏"
    assert bench.get("/api/run")["reviewer"] == "王 敏"
    assert bench.decide(bench.case(HEAD), "accept")["history"][0]["who"] == "王 敏"
    for name in ("", "  ", "x" * 101, "a\nb", None):
        assert bench.post("/api/reviewer", {"name": name}, 422)["field"] == "name"


def test_a_full_disk_is_no_decision(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    case = bench.case(HEAD)
    bench.desk.store.database.execute("PRAGMA max_page_count = 1")
    big = {"note": "字" * 2000}
    for _ in range(20):
        answer = bench.client.post(
            f"/api/cases/{case['id']}/decisions", json={"version": case["version"], "action": "accept", **big}
        )
        if answer.status_code != 200:
            break
        case = answer.json()
    assert (answer.status_code, "review.sqlite" in answer.json()["detail"]) == (503, True)
    assert bench.get(f"/api/cases/{case['id']}")["version"] == case["version"]
