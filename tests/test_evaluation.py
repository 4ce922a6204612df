"""Scores: tiny samples whose figures are known by hand, and agreement with an independent scorer where there is one."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import DIGEST, Folders

from extractor import evaluation, reading
from extractor.evaluation import BrokenSample, Report, Score, evaluate, score, views
from extractor.evaluation.scoring import NORMED
from extractor.evaluation.spans import cover, iou, matched
from extractor.ledger import from_source
from extractor.records import Commitment, Deadline, Division, Document, Entity, EntityType, Kind, Span

SHARED = Path(__file__).parent.parent.parent / "shared"
GOLD, SCORER = SHARED / "gold", SHARED / "tools" / "score.py"
Sample = dict[str, Any]


def span(start: int, end: int) -> Span:
    return Span(text="字" * (end - start), start=start, end=end)


def entity(kind: EntityType, start: int, end: int, norm: str | None = None) -> Entity:
    return Entity(type=kind, text="字" * (end - start), start=start, end=end, norm=norm)


def record(
    head: tuple[int, int],
    lead_ins: Sequence[tuple[int, int]] = (),
    tails: Sequence[tuple[int, int]] = (),
    kind: Kind = "action",
    entities: Sequence[Entity] = (),
) -> Commitment:
    return Commitment(
        id=f"trial-{head[0]}",
        source="trial.txt",
        source_sha256=DIGEST,
        document=Document(),
        speech=None,
        section=(),
        pledge=None,
        text="",
        start=head[0],
        end=head[1],
        head=span(*head),
        lead_ins=tuple(span(*part) for part in lead_ins),
        tails=tuple(span(*part) for part in tails),
        kind=kind,
        strength="planned",
        specificity=1,
        actor=None,
        action=None,
        object=None,
        responsible=None,
        deadline=None,
        topic=None,
        entities=tuple(entities),
        rules=(),
        review=None,
    )


def clause(role: str, start: int, end: int, **more: str) -> Sample:
    return {"role": role, "start": start, "end": end, "text": "", **more}


def mark(kind: str, start: int, end: int, norm: str | None = None) -> Sample:
    return {"type": kind, "start": start, "end": end, "text": ""} | ({"norm": norm} if norm else {})


# lead-in, commitment, tail, other, commitment, heading, other
CLAUSES = [
    clause("lead-in", 0, 10),
    clause("commitment", 10, 20, kind="action"),
    clause("tail", 20, 30),
    clause("other", 30, 40),
    clause("commitment", 40, 60, kind="target"),
    clause("heading", 60, 70),
    clause("other", 70, 80),
]


def sample(entities: Sequence[Sample] = (), annotated: tuple[int, int] = (0, 100)) -> Sample:
    return {
        "doc": "trial.txt",
        "characters": 100,
        "annotated": list(annotated),
        "clauses": CLAUSES,
        "entities": list(entities),
    }


def counts(found: Score) -> tuple[int, int, int]:
    return found.correct, found.found, found.wanted


PERFECT = [record((10, 20), [(0, 10)], [(20, 30)]), record((40, 60), kind="target")]

# records; correct, found and wanted of each field
SCORES: dict[str, tuple[list[Commitment], dict[str, tuple[int, int, int]]]] = {
    "all right": (
        PERFECT,
        {"heads": (2, 2, 2), "content": (4, 4, 4), "kind": (2, 2, 2), "lead-in": (1, 1, 1), "tail": (1, 1, 1)},
    ),
    "nothing found": (
        [],
        {"heads": (0, 0, 2), "content": (0, 0, 4), "kind": (0, 0, 0), "lead-in": (0, 0, 1), "tail": (0, 0, 1)},
    ),
    "a head too many, in what counts for nothing": (
        [*PERFECT, record((30, 40))],
        {"heads": (2, 3, 2), "content": (4, 5, 4), "kind": (2, 2, 2)},
    ),
    "a heading taken for a commitment": (
        [*PERFECT, record((60, 70))],
        {"heads": (2, 3, 2), "content": (4, 4, 4)},
    ),
    "half of a head is enough": (
        [record((40, 50), kind="target")],
        {"heads": (1, 1, 2), "content": (1, 1, 4), "kind": (1, 1, 1)},
    ),
    "less than half of a head is not": (
        [record((40, 49), kind="target")],
        {"heads": (0, 1, 2), "content": (0, 0, 4)},
    ),
    "a head is matched once": (
        [record((40, 60), kind="target"), record((41, 60), kind="target")],
        {"heads": (1, 2, 2)},
    ),
    "a head that is off by one is no exact one": (
        [record((10, 19)), record((40, 60), kind="target")],
        {"heads": (2, 2, 2), "heads exact": (1, 2, 2)},
    ),
    "roles are heads, lead-ins and tails together": (
        [record((10, 20), [(0, 10), (30, 40)])],
        {"roles": (2, 3, 4), "heads": (1, 1, 2), "lead-in": (1, 2, 1), "tail": (0, 0, 1)},
    ),
    "the wrong kind": (
        [record((10, 20), kind="directive"), record((40, 60), kind="target")],
        {"heads": (2, 2, 2), "kind": (1, 2, 2)},
    ),
    "a tail taken for a lead-in": (
        [record((10, 20), [(0, 10), (20, 30)])],
        {"content": (3, 3, 4), "lead-in": (1, 2, 1), "tail": (0, 0, 1)},
    ),
}


@pytest.mark.parametrize(("records", "expected"), SCORES.values(), ids=SCORES)
def test_counts_of_clauses(records: list[Commitment], expected: dict[str, tuple[int, int, int]]) -> None:
    found = score(sample(), records)
    assert {name: counts(found[name]) for name in expected} == expected


def test_only_the_annotated_window_counts() -> None:
    outside = [record((85, 95)), record((78, 84))]
    assert counts(score(sample(annotated=(0, 80)), [*PERFECT, *outside])["heads"]) == (2, 2, 2)
    assert counts(score(sample(annotated=(0, 100)), [*PERFECT, *outside])["heads"]) == (2, 4, 2)


WANTED = [
    mark("QUANTITY", 12, 15, "= 3 条"),
    mark("TIME", 2, 8, "../2026-12-31"),
    mark("LOCATION", 42, 45),
    mark("PROJECT", 42, 50),
    mark("ORG", 33, 36),
]
ENTITIES: dict[str, tuple[list[Entity], dict[str, tuple[int, int, int]]]] = {
    "all right": (
        [
            entity("QUANTITY", 12, 15, "= 3 条"),
            entity("TIME", 2, 8, "../2026-12-31"),
            entity("LOCATION", 42, 45),
            entity("PROJECT", 42, 50),
        ],
        {
            "QUANTITY": (1, 1, 1),
            "QUANTITY norm": (1, 1, 1),
            "TIME": (1, 1, 1),
            "TIME norm": (1, 1, 1),
            "LOCATION": (1, 1, 1),
            "PROJECT": (1, 1, 1),
            "ORG": (0, 0, 0),
            "POLICY": (0, 0, 0),
        },
    ),
    "a span that is off by one is wrong, its norm counts": (
        [entity("QUANTITY", 12, 16, "=3条")],
        {"QUANTITY": (0, 1, 1), "QUANTITY~": (1, 1, 1), "QUANTITY norm": (1, 1, 1)},
    ),
    "a span that hardly overlaps has no norm": (
        [entity("QUANTITY", 14, 19, "= 3 条")],
        {"QUANTITY": (0, 1, 1), "QUANTITY~": (0, 1, 1), "QUANTITY norm": (0, 0, 0)},
    ),
    "the wrong type": ([entity("PROJECT", 42, 45)], {"PROJECT": (0, 1, 1), "LOCATION": (0, 0, 1)}),
    "a wrong norm": ([entity("TIME", 2, 8, "../2025-12-31")], {"TIME": (1, 1, 1), "TIME norm": (0, 1, 1)}),
    "found twice counts once": ([entity("LOCATION", 42, 45), entity("LOCATION", 42, 45)], {"LOCATION": (1, 1, 1)}),
    "what stands in other clauses counts for nothing": ([entity("ORG", 33, 36)], {"ORG": (0, 0, 0)}),
}


@pytest.mark.parametrize(("found", "expected"), ENTITIES.values(), ids=ENTITIES)
def test_counts_of_entities(found: list[Entity], expected: dict[str, tuple[int, int, int]]) -> None:
    records = [record((10, 20), [(0, 10)], [(20, 30)], entities=found), record((40, 60))]
    scores = score(sample(WANTED), records)
    assert {name: counts(scores[name]) for name in expected} == expected


def deadline(start: str | None, end: str | None) -> Deadline:
    return Deadline(text="年底前", start_date=start, end_date=end, basis="explicit")


DUE = "../2026-12-31"
# what the sample says of its two commitments, what is found on them; correct, found and wanted
SAID: dict[str, tuple[list[Sample], list[dict[str, Any]], dict[str, tuple[int, int, int]]]] = {
    "strength, right and wrong": (
        [{"strength": "firm"}, {"strength": "planned"}],
        [{"strength": "firm"}, {"strength": "firm"}],
        {"strength": (1, 2, 2)},
    ),
    "strength where only one carries it": (
        [{"strength": "firm"}, {}],
        [{"strength": "firm"}, {}],
        {"strength": (1, 1, 1)},
    ),
    "a deadline that is right": (
        [{"deadline": DUE}, {}],
        [{"deadline": deadline(None, "2026-12-31")}, {}],
        {"deadline": (1, 1, 1)},
    ),
    "a deadline that is wrong": (
        [{"deadline": DUE}, {}],
        [{"deadline": deadline(None, "2025-12-31")}, {}],
        {"deadline": (0, 1, 1)},
    ),
    "a deadline that is missed": ([{"deadline": DUE}, {}], [{}, {}], {"deadline": (0, 0, 1)}),
    "a deadline where there is none": (
        [{"deadline": None}, {}],
        [{"deadline": deadline(None, "2026-12-31")}, {}],
        {"deadline": (0, 1, 0)},
    ),
    "no deadline where there is none": ([{"deadline": None}, {}], [{}, {}], {"deadline": (0, 0, 0)}),
}


@pytest.mark.parametrize(("wanted", "found", "expected"), SAID.values(), ids=SAID)
def test_what_is_said_of_commitments_counts_where_samples_carry_it(
    wanted: list[Sample], found: list[dict[str, Any]], expected: dict[str, tuple[int, int, int]]
) -> None:
    heads = [CLAUSES[1] | wanted[0], CLAUSES[4] | wanted[1]]
    records = [kept.model_copy(update=more) for kept, more in zip(PERFECT, found, strict=True)]
    scores = score(sample() | {"clauses": [CLAUSES[0], heads[0], *CLAUSES[2:4], heads[1], *CLAUSES[5:]]}, records)
    assert {name: counts(scores[name]) for name in expected} == expected


def test_what_no_sample_carries_is_not_scored() -> None:
    assert {"strength", "deadline", "links"}.isdisjoint(score(sample(WANTED), PERFECT))
    assert set(score(sample(), [])) | {"strength", "deadline", "links"} == set(evaluation.FIELDS)


def test_entities_that_nobody_marked_are_not_scored() -> None:
    told = score(sample() | {"entities_marked": False}, PERFECT)
    assert {name.split()[0].rstrip("~") for name in told}.isdisjoint(evaluation.TYPES)
    assert counts(told["heads"]) == counts(score(sample(), PERFECT)["heads"])


HERE, THERE = (Division(code=code, path="", table="", date="") for code in ("370811", "510182"))
LINKS: list[tuple[Any, tuple[int, int, int]]] = [
    ({"code": "370811"}, (1, 1, 1)),
    (HERE, (1, 1, 1)),
    (THERE, (0, 1, 1)),
    ((HERE, THERE), (0, 1, 1)),
    (None, (0, 1, 1)),
]


@pytest.mark.parametrize(("norm", "expected"), LINKS)
def test_links_are_right_where_one_division_of_the_code_is_given(norm: Any, expected: tuple[int, int, int]) -> None:  # noqa: ANN401
    place = mark("LOCATION", 42, 45) | {"code": "370811"}
    found = entity("LOCATION", 42, 45).model_copy(update={"norm": norm})
    assert counts(score(sample([place]), [record((40, 60), entities=[found])])["links"]) == expected


FIGURES = [
    (Score(0, 0, 0), (0.0, 0.0, 0.0)),
    (Score(0, 5, 5), (0.0, 0.0, 0.0)),
    (Score(1, 1, 1), (1.0, 1.0, 1.0)),
    (Score(2, 4, 8), (0.5, 0.25, 0.3333)),
    (Score(1, 3, 2), (0.3333, 0.5, 0.4)),
]


@pytest.mark.parametrize(("counted", "figures"), FIGURES)
def test_precision_recall_and_f1(counted: Score, figures: tuple[float, float, float]) -> None:
    assert counted.as_json() == dict(zip(("precision", "recall", "f1"), figures, strict=True))


def test_a_report_adds_counts_and_not_figures() -> None:
    report = Report()
    report.add("one.txt", {"heads": Score(1, 1, 1)})
    report.add("two.txt", {"heads": Score(0, 3, 1)})
    assert report.as_json() == {"heads": {"precision": 0.25, "recall": 0.5, "f1": 0.3333}}
    assert report.documents["one.txt"]["heads"].f1 == 1.0
    assert counts(report.documents["two.txt"]["heads"]) == (0, 3, 1)


def test_levels_add_the_documents_of_each() -> None:
    report = Report()
    report.add("county_a.txt", {"heads": Score(1, 1, 1)}, "county")
    report.add("county_b.txt", {"heads": Score(0, 1, 1)}, "county")
    report.add("plan.txt", {"heads": Score(2, 2, 2)})
    assert {level: counts(scores["heads"]) for level, scores in report.levels.items()} == {
        "county": (1, 2, 2),
        "other": (2, 2, 2),
    }


def test_tables_name_what_is_not_annotated_and_leave_out_what_counts_nothing() -> None:
    report = Report()
    report.add("county_a.txt", score(sample(), PERFECT), "county")
    rows = {row[0]: row for row in views.field_grid(report, {"heads": (0.5, 1.0)}).rows}
    assert list(rows) == list(evaluation.FIELDS)
    assert rows["heads"] == ("heads", "1.0000", "1.0000", "1.0000", "0.500 to 1.000", "2", "2", "2")
    assert rows["strength"][1] == "not annotated"
    (level,) = views.level_grid(report).rows
    assert level == ("county", "1.000", "1.000", "1.000", "1.000", *[""] * 6)
    details = views.as_json(report, {"heads": (0.5, 1.0)})
    assert details["heads"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "low": 0.5,
        "high": 1.0,
        "correct": 2,
        "found": 2,
        "wanted": 2,
    }
    assert details["details"]["not_annotated"] == ["strength", "deadline", "links"]
    assert details["details"]["levels"]["county"]["heads"]["f1"] == 1.0


def test_a_draft_is_no_gold(tmp_path: Path) -> None:
    written(tmp_path, json.dumps(sample() | {"draft": True}))
    with pytest.raises(BrokenSample, match="a draft and no gold"):
        evaluate(tmp_path, lambda path: PERFECT)


def test_shortfalls_name_field_figure_and_floor() -> None:
    report = Report()
    report.add("one.txt", {"heads": Score(1, 2, 2), "TIME": Score(1, 1, 1)})
    assert report.shortfalls({"heads": 0.5, "TIME": 1.0}) == []
    assert report.shortfalls({"heads": 0.51, "TIME": 0.9}) == ["heads: F1 0.5000 is below 0.51"]
    with pytest.raises(KeyError, match="PLACE"):
        report.shortfalls({"PLACE": 0.5})


OVERLAPS = [((0, 10), (0, 10), 1.0), ((0, 10), (5, 15), 1 / 3), ((0, 10), (10, 20), 0.0), ((0, 10), (0, 5), 0.5)]


@pytest.mark.parametrize(("first", "second", "share"), OVERLAPS)
def test_overlap_over_union(first: tuple[int, int], second: tuple[int, int], share: float) -> None:
    assert iou(first, second) == iou(second, first) == pytest.approx(share)


def test_cover_is_the_share_that_others_lie_on() -> None:
    assert cover((0, 10), [(0, 3), (8, 20)]) == 0.5
    assert cover((0, 10), []) == 0.0
    assert cover((0, 0), [(0, 5)]) == 0.0


def test_pairs_are_made_in_gold_order_and_once() -> None:
    assert matched([3, 1], [1, 2, 3], lambda gold, given: float(given <= gold) * given) == [(3, 3), (1, 1)]
    assert matched([1, 1], [1], lambda gold, given: 1.0) == [(1, 1)]
    assert matched([], [1], lambda gold, given: 1.0) == matched([1], [], lambda gold, given: 1.0) == []


def written(folder: Path, text: str) -> Path:
    (folder / "trial.json").write_text(text, encoding="utf-8")
    return folder


BROKEN = {
    "no JSON": ("{", "trial.json: "),
    "no object": ("[]", "trial.json: no JSON object"),
    "no yes or no": (
        '{"doc": "trial.txt", "annotated": [0, 1], "clauses": [], "entities": [], "entities_marked": "no"}',
        "trial.json: `entities_marked` is neither true nor false",
    ),
    "no clauses": ('{"doc": "trial.txt", "annotated": [0, 1], "entities": []}', "trial.json: no key 'clauses'"),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_sample_is_named(text: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenSample, match=message):
        evaluate(written(tmp_path, text), lambda path: [])


def test_a_folder_without_samples_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenSample, match="no annotated sample"):
        evaluate(tmp_path, lambda path: [])


def test_a_folder_is_scored_text_by_text(tmp_path: Path) -> None:
    written(tmp_path, json.dumps(sample()))
    (tmp_path / "trial.txt").write_bytes(b"")
    asked: list[Path] = []

    def predict(path: Path) -> list[Commitment]:
        asked.append(path)
        return PERFECT

    report = evaluate(tmp_path, predict)
    assert asked == [tmp_path / "trial.txt"]
    assert list(report.documents) == ["trial"]
    assert report.total["heads"].f1 == 1.0


def test_two_samples_of_one_text_that_lies_elsewhere_both_count(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "trial.txt").write_bytes(b"")
    for name, window in (("first", (0, 35)), ("second", (35, 100))):
        (tmp_path / f"{name}.json").write_text(json.dumps(sample(annotated=window)), encoding="utf-8")
    with pytest.raises(BrokenSample, match=r"first.json: its text trial.txt is not beside it"):
        evaluate(tmp_path, lambda path: PERFECT)
    report = evaluate(tmp_path, lambda path: PERFECT, [texts])
    assert {name: counts(scores["heads"]) for name, scores in report.documents.items()} == {
        "first": (1, 1, 2),
        "second": (1, 1, 2),
    }
    assert counts(report.total["heads"]) == (2, 2, 4)


def predict(path: Path) -> Sequence[Commitment]:
    found: Sequence[Commitment] = from_source(reading.read(path))._.commitments
    return found


def test_what_the_corpus_says_scores_full_marks(folders: Folders) -> None:
    """Records made from the annotations themselves: the scorer finds nothing wrong with them."""
    report = evaluate(folders.corpus, from_annotations)
    assert len(report.documents) >= 12
    for name in (
        "heads",
        "kind",
        "QUANTITY",
        "TIME",
        "LOCATION",
        "ORG",
        "PROJECT",
        "POLICY",
        "QUANTITY norm",
        "TIME norm",
    ):
        assert report.total[name].f1 == 1.0, name
    assert report.total["content"].precision == 1.0


def from_annotations(path: Path) -> list[Commitment]:
    gold = evaluation.read_sample(path.with_suffix(".json"))
    content = [c for c in gold["clauses"] if c["role"] in ("commitment", "lead-in", "tail")]
    records, waiting = [], list[tuple[int, int]]()
    for part in content:
        place = (part["start"], part["end"])
        if part["role"] != "commitment":
            waiting.append(place)
            continue
        records.append((place, part["kind"], waiting))
        waiting = []
    entities = [entity(e["type"], e["start"], e["end"], e.get("norm")) for e in gold["entities"]]
    made = [record(head, lead_ins, kind=kind) for head, kind, lead_ins in records]
    return [made[0].model_copy(update={"entities": tuple(entities)}), *made[1:]] if made else []


@pytest.mark.skipif(
    not (GOLD.is_dir() and SCORER.is_file()), reason="no annotated real texts and scorer beside the checkout"
)
def test_the_figures_are_those_of_the_independent_scorer(tmp_path: Path) -> None:
    kept: dict[Path, Sequence[Commitment]] = {}

    def keep(path: Path) -> Sequence[Commitment]:
        kept[path] = predict(path)
        return kept[path]

    report = evaluate(GOLD, keep)
    ours = report.as_json()
    lines = tmp_path / "commitments.jsonl"
    lines.write_text("".join(r.model_dump_json() + "\n" for rs in kept.values() for r in rs), encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, str(SCORER), str(GOLD), str(lines)],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    theirs = json.loads(shown.stdout.splitlines()[-1])
    assert sum(map(len, kept.values())) > 500
    for field in ("content", *evaluation.TYPES, *(f"{kind}~" for kind in evaluation.TYPES)):
        assert ours[field]["f1"] == theirs[field], field
    assert ours["heads"]["f1"] == theirs["head"]
    assert ours["heads exact"]["f1"] == theirs["exact"]
    assert [
        sum(getattr(report.total[part], what) for part in ("lead-in", "tail")) for what in ("correct", "wanted")
    ] == theirs["roles"]
    for field in NORMED:
        right, compared = theirs[f"{field}_norm"]
        assert ours[f"{field} norm"]["recall"] == round(right / compared, 4)
    right, compared = theirs["kind"]
    assert ours["kind"]["recall"] == round(right / compared, 4)
