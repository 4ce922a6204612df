"""What the audit suspects: clauses with cues that are in no record, records without a cue, the likeliest first."""

from __future__ import annotations

import json
from collections import Counter

from conftest import Folders, Process, Processed

from extractor import auditing
from extractor.auditing import Suspect, audit, grids, ranked

PLAN = "下一步工作打算\n我镇将新建两所幼儿园。\n城镇登记失业率4%以内。"


def test_a_clause_with_a_cue_and_no_record_and_a_record_without_a_cue_are_suspected(process: Process) -> None:
    doc = process(PLAN)
    assert [record.head.text for record in doc._.commitments] == ["我镇将新建两所幼儿园", "城镇登记失业率4%以内"]
    missed, mistaken = audit(doc)
    assert (missed.what, missed.text, missed.start) == ("missed", "下一步工作打算", 0)
    assert missed.cues == ("tense.future", "tense.plan_time")
    assert (mistaken.what, mistaken.text, mistaken.cues) == ("mistaken", "城镇登记失业率4%以内", ())
    assert PLAN[mistaken.start :].startswith(mistaken.text)


def test_an_empty_text_has_no_suspects(process: Process) -> None:
    assert list(audit(process("", arbiter=True))) == []


def suspect(what: auditing.What, start: int, rank: int) -> Suspect:
    return Suspect(what, "a.txt", start, "字", "roles.other", ("verb.action",), rank)


def test_the_most_suspect_comes_first_and_missed_before_mistaken() -> None:
    order = [("mistaken", 1, 9), ("missed", 2, 1), ("missed", 3, 5), ("missed", 4, 5)]
    found = ranked([suspect(*row) for row in order])  # type: ignore[arg-type]
    assert [one.start for one in found] == [3, 4, 2, 1]


def test_tables_show_as_many_as_are_asked_for() -> None:
    (table,) = grids(ranked([suspect("missed", start, start) for start in range(5)]), most=2)
    assert table.title == "Clauses with cues and no record: 2 of 5"
    assert [row[0] for row in table.rows] == ["a.txt:4", "a.txt:3"]
    assert grids([], most=2) == []


def test_on_our_corpus_the_first_are_commitments_ten_times_as_often_as_the_rest(
    folders: Folders, processed_corpus: dict[str, Processed]
) -> None:
    """Of the clauses with cues and no record few are commitments; the rank brings those to the front."""
    found: list[Suspect] = []
    roles: dict[tuple[str, int], str] = {}
    for path in sorted(folders.corpus.glob("*.json")):
        sample = json.loads(path.read_text(encoding="utf-8"))
        roles |= {(sample["doc"], clause["start"]): clause["role"] for clause in sample["clauses"]}
        found += processed_corpus[sample["doc"]].suspects
    missed = [roles.get((one.source, one.start)) for one in ranked(found) if one.what == "missed"]
    first, rest = Counter(missed[:50]), Counter(missed[50:])
    assert len(missed) > 1000
    assert first["commitment"] / 50 > 10 * rest["commitment"] / len(missed[50:])
