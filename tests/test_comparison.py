"""What a new run gains, loses and changes: runs written by hand, and one whose differences are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluation import pairing, runs
from extractor.evaluation.comparison import MOST, compare, grids
from extractor.evaluation.runs import BrokenRun, read_run

Line = dict[str, Any]


def line(start: int, end: int, source: str = "a.txt", **more: object) -> Line:
    head = {"text": "字" * (end - start), "start": start, "end": end}
    plain = {"source": source, "source_sha256": f"digest of {source}", "text": head["text"], "head": head}
    return plain | {"kind": "action", "entities": [], "rules": ["roles.future", "kind.action"]} | more


def write(folder: Path, lines: Sequence[Line], texts: Sequence[str] | None = None) -> Path:
    folder.mkdir()
    whole = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / runs.LINES).write_text(whole, encoding="utf-8")
    if texts is not None:
        inputs = [{"source": name, "sha256": f"digest of {name}"} for name in texts]
        (folder / "run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    return folder


PLACE = {"type": "LOCATION", "text": "清河镇", "start": 1, "end": 4, "norm": None}
TIME = {"type": "TIME", "text": "年底前", "start": 5, "end": 8, "norm": "../2026-12-31"}
# the base run, the new run; what happened: what, start, rule, changed fields
CASES: dict[str, tuple[list[Line], list[Line], list[tuple[str, int, str, list[str]]]]] = {
    "nothing": ([line(0, 9)], [line(0, 9)], []),
    "a gain": ([], [line(0, 9)], [("gained", 0, "roles.future", [])]),
    "a loss": ([line(0, 9)], [], [("lost", 0, "roles.future", [])]),
    "another kind": ([line(0, 9)], [line(0, 9, kind="target")], [("changed", 0, "roles.future", ["kind"])]),
    "another rule alone is no change": ([line(0, 9)], [line(0, 9, rules=["arbiter.commitment"])], []),
    "the rule is that of the new run": (
        [line(0, 9)],
        [line(0, 9, kind="target", rules=["arbiter.commitment"])],
        [("changed", 0, "arbiter.commitment", ["kind"])],
    ),
    "a head that is cut otherwise": ([line(0, 9)], [line(0, 6)], [("changed", 0, "roles.future", ["head"])]),
    "less than half of a head is another": (
        [line(0, 9)],
        [line(0, 4)],
        [("lost", 0, "roles.future", []), ("gained", 0, "roles.future", [])],
    ),
    "entities by type": (
        [line(0, 9, entities=[PLACE, TIME])],
        [line(0, 9, entities=[TIME])],
        [("changed", 0, "roles.future", ["LOCATION"])],
    ),
    "a norm": (
        [line(0, 9, entities=[TIME])],
        [line(0, 9, entities=[{**TIME, "norm": "../2025-12-31"}])],
        [("changed", 0, "roles.future", ["TIME"])],
    ),
    "a field that only one version writes": ([line(0, 9, topic="水利")], [line(0, 9)], []),
    "the same bytes at another path": (
        [line(0, 9)],
        [line(0, 9, source="b/a.txt", source_sha256="digest of a.txt")],
        [],
    ),
    "an edited text": ([line(0, 9)], [line(0, 9, source_sha256="another")], []),
    "no rules": ([line(0, 9, rules=[])], [], [("lost", 0, "(no rule)", [])]),
    "the same words in two texts": (
        [line(0, 9)],
        [line(0, 9), line(0, 9, "b.txt")],
        [("gained", 0, "roles.future", [])],
    ),
}


@pytest.mark.parametrize(("base", "new", "expected"), CASES.values(), ids=CASES)
def test_what_differs(base: list[Line], new: list[Line], expected: list[tuple[Any, ...]], tmp_path: Path) -> None:
    found = compare(read_run(write(tmp_path / "base", base)), read_run(write(tmp_path / "new", new)))
    told = [(case.what, case.start, case.rule, [name for name, _, _ in case.fields]) for case in found.cases]
    assert sorted(told) == sorted(expected)
    assert found.same == len(base) - found.count("lost") - found.count("changed")


def test_changes_are_shown_in_words(tmp_path: Path) -> None:
    base = write(tmp_path / "base", [line(0, 9, entities=[TIME], deadline=None)])
    new = write(tmp_path / "new", [line(0, 9, entities=[], deadline={"text": "年底前", "end_date": "2026-12-31"})])
    (case,) = compare(read_run(base), read_run(new)).cases
    assert case.fields == (("TIME", "年底前 [../2026-12-31]", "none"), ("deadline", "none", "年底前"))


def test_texts_that_one_run_did_not_read_are_counted_and_no_gain(tmp_path: Path) -> None:
    base = write(tmp_path / "base", [line(0, 9)], ["a.txt"])
    new = write(tmp_path / "new", [line(0, 9), line(0, 9, "b.txt")], ["a.txt", "b.txt"])
    found = compare(read_run(base), read_run(new))
    assert (found.cases, found.same, found.apart) == ([], 1, 1)


def test_a_text_that_was_read_without_a_record_is_compared(tmp_path: Path) -> None:
    base = write(tmp_path / "base", [line(0, 9)], ["a.txt", "b.txt"])
    new = write(tmp_path / "new", [line(0, 9), line(0, 9, "b.txt")], ["a.txt", "b.txt"])
    assert compare(read_run(base), read_run(new)).count("gained") == 1


def test_tables_count_by_field_and_rule_and_show_the_first_cases(tmp_path: Path) -> None:
    many = [line(10 * n, 10 * n + 9, rules=["roles.many"]) for n in range(MOST)]
    few = line(9000, 9009, rules=["roles.few"])
    base, new = write(tmp_path / "base", [few]), write(tmp_path / "new", [*many, few | {"kind": "target"}])
    records, fields, rules, cases = grids(compare(read_run(base), read_run(new)))
    assert records.rows == [(str(MOST), "0", "1", "0", "0")]
    assert fields.rows == [("kind", "1")]
    assert rules.rows == [("roles.many", str(MOST), "0", "0"), ("roles.few", "0", "0", "1")]
    assert cases.title == f"The first {MOST} of {MOST + 1}"
    assert {row[0] for row in cases.rows} == {"roles.many"}
    assert "kind" not in cases.markdown()


BROKEN = {
    "not JSON": ("{\n", "commitments.jsonl:1: no JSON"),
    "no head": ('{"source": "a.txt"}\n', "commitments.jsonl:1: head: Field required"),
    "no record": ("3\n", "commitments.jsonl:1: record: "),
}


@pytest.mark.parametrize(("text", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_line_is_named(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / runs.LINES).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenRun, match=message):
        read_run(tmp_path)


def test_a_missing_run_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(BrokenRun, match="give a folder that `extractor run` wrote"):
        read_run(tmp_path / "nowhere")


def test_versions_are_tested_on_the_documents_that_both_read(tmp_path: Path) -> None:
    clauses = [{"start": 0, "end": 9, "role": "commitment", "kind": "action", "text": ""}]
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("a", "b", "c"):
        sample = {"doc": f"{name}.txt", "annotated": [0, 9], "clauses": clauses, "entities": []}
        (gold / f"{name}.json").write_text(json.dumps(sample), encoding="utf-8")
    base = write(tmp_path / "base", [line(0, 9)], ["a.txt", "b.txt"])
    new = write(tmp_path / "new", [line(0, 9), line(0, 9, "b.txt")], ["a.txt", "b.txt", "c.txt"])
    heads = next(found for found in pairing.test(gold, read_run(base), read_run(new)) if found.field == "heads")
    assert (heads.base, heads.new) == (2 / 3, 1.0)
    with pytest.raises(BrokenRun, match="in both runs"):
        pairing.test(gold, read_run(write(tmp_path / "other", [line(0, 9, "z.txt")])), read_run(new))
