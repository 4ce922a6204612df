"""What a new run gains, loses and changes: runs written by hand, and one whose differences are known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from extractor import batch
from extractor.evaluation import pairing, runs
from extractor.evaluation.comparison import MOST, compare, grids
from extractor.evaluation.runs import BrokenRun, Run, by_document, read_run

Line = dict[str, Any]


def line(start: int, end: int, source: str = "a.txt", **more: object) -> Line:
    head = {"text": "字" * (end - start), "start": start, "end": end}
    plain = {"source": source, "source_sha256": f"digest of {source}", "text": head["text"], "head": head}
    return plain | {"kind": "action", "entities": [], "rules": ["roles.future", "kind.action"]} | more


def write(folder: Path, lines: Sequence[Line], texts: Sequence[str] | None = None, aside: Sequence[str] = ()) -> Path:
    folder.mkdir()
    whole = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / runs.LINES).write_text(whole, encoding="utf-8")
    if texts is not None:
        inputs = [{"source": name, "sha256": f"digest of {name}", "outcome": "done"} for name in texts]
        inputs += [{"source": name, "sha256": f"digest of {name}", "outcome": "set aside"} for name in aside]
        (folder / "run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    return folder


PLACE = {"type": "LOCATION", "text": "清河镇", "start": 1, "end": 4, "norm": None}
TIME = {"type": "TIME", "text": "年底前", "start": 5, "end": 8, "norm": "../2026-12-31"}
COPIES = [line(0, 9, name, source_sha256="one digest") for name in ("a.txt", "b.txt")]
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
    "copies of one text": (COPIES, COPIES, []),
    "a copy without its records": (COPIES, COPIES[:1], [("lost", 0, "roles.future", [])]),
    "copies that moved": (COPIES, [copy | {"source": f"in/{copy['source']}"} for copy in COPIES], []),
    "a record twice": ([line(0, 9)] * 2, [line(0, 9)] * 2, []),
    "a record twice, once lost": ([line(0, 9)] * 2, [line(0, 9)], [("lost", 0, "roles.future", [])]),
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


# the texts that two runs read, where the base run has its only record and the new one none; what that is
READ: dict[str, tuple[list[str], list[str], str, str]] = {
    "a text": (["a.txt"], ["a.txt"], "a.txt", "lost"),
    "a row": (["t.csv"], ["t.csv"], "t.csv#2", "lost"),
    "a member": (["in/a.zip"], ["in/a.zip"], "in/a.zip/t.csv#2", "lost"),
    "a text of a name that begins alike": (["a.txt", "a.txt2"], ["a.txt"], "a.txt2", "apart"),
    "a text that was not read": (["a.txt", "b.txt"], ["a.txt"], "b.txt", "apart"),
    "a row of a table that was not read": (["a.txt", "t.csv"], ["a.txt"], "t.csv#2", "apart"),
    "anything where nothing was read": (["a.txt"], [], "a.txt", "apart"),
}


@pytest.mark.parametrize(("older", "newer", "source", "what"), READ.values(), ids=READ)
def test_what_one_run_did_not_read_is_no_loss(
    older: list[str], newer: list[str], source: str, what: str, tmp_path: Path
) -> None:
    record = line(0, 9, source, source_sha256="digest of a row")
    base, new = write(tmp_path / "base", [record], older), write(tmp_path / "new", [], newer)
    there, back = (compare(read_run(one), read_run(other)) for one, other in ((base, new), (new, base)))
    assert (there.count("lost"), there.apart) == (back.count("gained"), back.apart) == (what == "lost", what == "apart")


def test_a_text_that_was_set_aside_was_not_read(tmp_path: Path) -> None:
    base = write(tmp_path / "base", [line(0, 9)], ["a.txt"])
    new = write(tmp_path / "new", [], [], aside=["a.txt"])
    found = compare(read_run(base), read_run(new))
    assert (found.cases, found.apart) == ([], 1)


def test_rows_of_a_table_that_moved_are_compared(tmp_path: Path) -> None:
    base = write(tmp_path / "base", [line(0, 9, "t.csv#2"), line(0, 9, "t.csv#3")], ["t.csv"])
    new = write(tmp_path / "new", [line(0, 9, "in/t.csv#2")])
    inputs = [{"source": "in/t.csv", "sha256": "digest of t.csv", "outcome": "done"}]
    (new / "run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
    found = compare(read_run(base), read_run(new))
    assert ([(case.what, case.source) for case in found.cases], found.same) == ([("lost", "t.csv#3")], 1)


def test_a_folder_with_copies_is_the_same_as_itself(tmp_path: Path) -> None:
    """A whole run on two copies of a text, and with all records of one of them taken out."""
    texts = tmp_path / "texts"
    for name in ("one", "two"):
        (texts / name).mkdir(parents=True)
        (texts / name / "plan.txt").write_text("下一步，清河镇将新建两所幼儿园，修建水渠三条。", encoding="utf-8")
    batch.run(batch.inputs([str(texts)]), tmp_path / "base", batch.Settings(formats=("jsonl",)))
    whole = read_run(tmp_path / "base")
    assert len(whole.entries) == 4
    found = compare(whole, whole)
    assert (found.cases, found.same, found.apart) == ([], 4, 0)
    half = Run([entry for entry in whole.entries if entry.seen.source != "two/plan.txt"], whole.inputs)
    for new in (half, Run(half.entries)):
        assert {case.source for case in compare(whole, new).cases} == {"two/plan.txt"}
        assert (compare(whole, new).count("lost"), compare(new, whole).count("gained")) == (2, 2)


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
    heads = next(found for found in pairing.differences(gold, read_run(base), read_run(new)) if found.field == "heads")
    assert (heads.base, heads.new) == (2 / 3, 1.0)
    with pytest.raises(BrokenRun, match="in both runs"):
        pairing.differences(gold, read_run(write(tmp_path / "other", [line(0, 9, "z.txt")])), read_run(new))


def test_texts_of_one_file_name_are_not_pooled(tmp_path: Path) -> None:
    found = read_run(
        write(tmp_path / "run", [line(0, 9, "1/x.txt"), line(0, 9, "y.txt")], ["1/x.txt", "2/x.txt", "y.txt"])
    )
    assert list(by_document(found, {"y.txt"})) == ["y.txt"]
    with pytest.raises(BrokenRun, match=r"^1/x.txt and 2/x.txt have one file name; "):
        by_document(found, {"x.txt", "y.txt"})
