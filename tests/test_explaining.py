"""Why each clause got its role: nothing is left out, near misses are marked."""

from __future__ import annotations

import pytest
from conftest import Process

from extractor import arbiter
from extractor.explaining import NETWORK, Explanation, explain
from extractor.rulebook import Rulebook

RAW = "清河镇2026年工作打算\n围绕茶叶产业，修建加工厂三座，带动农民增收。\n去年，整治群众关心的\n\n用水问题。感谢大家！"


@pytest.fixture
def explained(process: Process) -> list[Explanation]:
    return explain(process(RAW))


def test_every_clause_is_explained_in_text_order(explained: list[Explanation]) -> None:
    assert [item.text for item in explained] == [
        "清河镇2026年工作打算",
        "围绕茶叶产业",
        "修建加工厂三座",
        "带动农民增收",
        "去年",
        "整治群众关心的用水问题",
        "感谢大家",
    ]
    assert [item.role for item in explained] == ["other", "lead-in", "commitment", "tail", "other", "other", "other"]


def test_offsets_are_those_of_the_raw_text(explained: list[Explanation]) -> None:
    assert [RAW[item.start : item.end].replace("\n", "") for item in explained] == [item.text for item in explained]


def test_paragraphs_are_marked(explained: list[Explanation]) -> None:
    assert [item.text for item in explained if item.opens_paragraph] == ["清河镇2026年工作打算", "围绕茶叶产业", "去年"]


def test_what_fired_and_what_surrounds_are_told_apart(explained: list[Explanation], process: Process) -> None:
    for item, verdict in zip(explained, process(RAW)._.verdicts, strict=True):
        assert item.rule == verdict.rule
        assert set(item.fired) | set(item.context) == verdict.facts
        assert set(item.fired).isdisjoint(item.context)
        assert list(item.fired) == sorted(item.fired)
    commitment = explained[2]
    assert "verb.action" in commitment.fired
    assert {"stance.plan", "doc.plan", "has.figure"} <= set(commitment.context)


def test_a_clause_with_marks_of_a_commitment_that_is_none_is_a_near_miss(explained: list[Explanation]) -> None:
    misses = {item.text for item in explained if item.near_miss}
    assert "整治群众关心的用水问题" in misses
    assert misses.isdisjoint({"围绕茶叶产业", "修建加工厂三座", "带动农民增收", "感谢大家"})


def test_where_the_arbiter_overruled_the_table_its_reasons_and_the_networks_say_are_given(
    process: Process, book: Rulebook
) -> None:
    doc = process("凡是要求干部做到的，我首先做到；", arbiter=True)
    assert book.arbiter is not None
    advised = arbiter.load(book.arbiter).roles.advice(
        doc._.clauses, [verdict.known for verdict in doc._.verdicts], doc._.wordings
    )
    item, scores, verdict = list(zip(explain(doc), advised, doc._.verdicts, strict=True))[-1]
    (given,) = (fact.removeprefix("gives.") for fact in verdict.facts if fact.startswith("gives."))
    assert (item.rule, given) == ("arbiter.commitment", "other")
    assert len(item.reasons) == 4
    assert item.reasons[-1] == (NETWORK, scores["commitment"] - scores["other"])


def test_what_the_table_decided_has_no_reasons(explained: list[Explanation]) -> None:
    assert {item.reasons for item in explained if not item.rule.startswith("arbiter.")} == {()}


def test_nothing_to_explain_in_nothing(process: Process) -> None:
    assert explain(process("")) == []
