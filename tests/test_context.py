"""What surrounds a clause: the kind of document, what a sentence carries on, form and place."""

from __future__ import annotations

import pytest
from conftest import Process, RolesOf

from extractor import clauses, context, outline
from extractor.facts import mask, names
from extractor.rulebook import Rulebook

BODY = "下一步，我镇将修建三条水渠，年底前全部通水。"
KINDS = {
    "plan": ["清河镇河道清淤三年行动方案", "清河县2026年防汛工作计划", "清河县促进茶产业发展若干措施"],
    "report": ["2026年清河县政府工作报告", "清河镇2025年工作总结"],
    "reply": ["对县十届人大五次会议第12号建议的答复"],
}


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, titles in KINDS.items() for title in titles])
def test_the_title_tells_the_kind_of_a_document(kind: str, title: str, book: Rulebook) -> None:
    text = f"{title}\n{BODY}"
    assert context.document_kind(outline.outline(text, text, clauses.split(text)), text, book) == kind


def test_a_text_that_does_not_say_has_no_kind(book: Rulebook) -> None:
    text = "天气晴好，水面平静。"
    assert context.document_kind(outline.outline(text, text, clauses.split(text)), text, book) == "unknown"


CARRIED = [
    ("去年，我镇修建水渠三条，改造厂房两座，引进茶企五家。", {"other"}),
    ("邻县的经验表明，抓好产业，建强队伍，才有出路。", {"other"}),
]


@pytest.mark.parametrize(("text", "found"), CARRIED)
def test_tense_and_voice_reach_to_the_end_of_a_sentence(text: str, found: set[str], roles_of: RolesOf) -> None:
    assert {role for _, role in roles_of(text)} == found


def test_they_end_with_it(roles_of: RolesOf) -> None:
    roles = dict(roles_of("去年，我镇修建水渠三条。下一步，我镇将改造厂房两座。"))
    assert roles["我镇修建水渠三条"] == "other"
    assert roles["我镇将改造厂房两座"] == "commitment"


def test_what_a_sentence_carries_is_past_or_ahead_and_never_both() -> None:
    past, ahead = mask(["past.before"]), mask(["ahead.before"])
    assert context.carry(0, context.PAST) == past
    assert context.carry(past, context.AHEAD) & (past | ahead) == ahead
    assert context.carry(ahead, context.PAST) & (past | ahead) == past
    assert context.carry(past, 0) == past


def test_form_and_place_are_facts(process: Process) -> None:
    doc = process("清河镇2026年工作打算\n一是抓好项目建设。新建厂房三座，年内投产；架桥两座：两处？（镇水利站负责）")
    facts = {doc._.text.printed[c.start : c.end]: names(f) for c, f in zip(doc._.clauses, doc._.facts, strict=True)}
    assert "is.front" in facts["清河镇2026年工作打算"]
    assert {"is.heading", "enumerated", "at.line"} <= facts["抓好项目建设"]
    assert {"at.start", "pledge.open", "has.figure"} <= facts["新建厂房三座"]
    assert {"at.end", "closes.semicolon", "closes.sentence"} <= facts["年内投产"]
    assert {"at.start", "closes.colon"} <= facts["架桥两座"]
    assert "closes.question" in facts["两处"]
    assert "is.bracketed" in facts["（镇水利站负责）"]
    assert "at.end" not in facts["新建厂房三座"]
    assert "closes.semicolon" not in facts["架桥两座"]


def test_every_clause_has_one_kind_one_stance_and_one_tag(process: Process) -> None:
    doc = process(f"清河镇2026年工作打算\n{BODY}\n去年，修渠一条。")
    assert len(doc._.facts) == len(doc._.clauses) > 3
    for facts in map(names, doc._.facts):
        for family in ("doc.", "stance.", "tag."):
            assert len([fact for fact in facts if fact.startswith(family)]) == 1
        assert "doc.plan" in facts


PAST_TIMES = [
    ("2020年，修建水渠三条。", "period.past", True),
    ("2026年，修建水渠三条。", "period.ahead", True),
    ("按照2020年的规划，修建水渠三条。", "period.past", False),
    ("粮食产量比2020年增长两成。", "period.past", False),
]


@pytest.mark.parametrize(("text", "fact", "holds"), PAST_TIMES)
def test_a_time_lies_before_the_planned_year_or_not(process: Process, text: str, fact: str, holds: bool) -> None:
    doc = process("清河镇2026年工作打算\n" + text)
    assert any(fact in verdict.facts for verdict in doc._.verdicts[1:]) is holds


LOOKING_BACK = [
    ("近年来，完善机制，推行公开。", "推行公开", True),
    ("近年来，完善机制。推行公开。", "推行公开", True),
    ("近年来，完善机制。下一步，推行公开。", "推行公开", False),
    ("近年来，完善机制。\n推行公开。", "推行公开", False),
    ("近年来，要推行公开。", "要推行公开", False),
]


@pytest.mark.parametrize(("text", "clause", "holds"), LOOKING_BACK)
def test_what_follows_recent_years_tells_of_them_until_the_text_turns(
    text: str, clause: str, holds: bool, process: Process
) -> None:
    doc = process(f"清河镇2025年工作总结\n{text}")
    (known,) = [
        f for c, f in zip(doc._.clauses, doc._.facts, strict=True) if doc._.text.folded[c.start : c.end] == clause
    ]
    assert ("since.before" in names(known)) is holds
