"""Which way a text faces: headings, openers, times and the kind of document; what lasts and what ends."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import Process

from extractor import stance
from extractor.facts import mask, names

STANCES = ("plan", "review", "problem", "lesson", "neutral")
Facing = Callable[[str], dict[str, str]]


@pytest.fixture
def facing(process: Process) -> Facing:
    """Raw text to the stance at each clause."""

    def run(raw: str) -> dict[str, str]:
        doc = process(raw)
        found = {}
        for clause, known in zip(doc._.clauses, doc._.facts, strict=True):
            (way,) = [fact.removeprefix("stance.") for fact in names(known) if fact.startswith("stance.")]
            found[doc._.text.printed[clause.start : clause.end]] = way
        return found

    return run


HEADINGS = {
    "review": ["2025年工作回顾", "取得的主要成绩"],
    "plan": ["2026年工作打算", "下一步工作安排", "主要目标任务"],
    "problem": ["存在的主要问题"],
    "lesson": ["几点启示", "几点体会"],
}


@pytest.mark.parametrize(("way", "heading"), [(way, title) for way, titles in HEADINGS.items() for title in titles])
def test_a_heading_faces_its_section(way: str, heading: str, facing: Facing) -> None:
    found = facing(f"清河镇工作汇报\n一、{heading}\n加快推进园区建设，新建厂房三座。")
    assert (found["加快推进园区建设"], found["新建厂房三座"]) == (way, way)


def test_the_next_heading_turns_the_text(facing: Facing) -> None:
    found = facing(
        "清河镇工作汇报\n一、2025年工作回顾\n加快推进园区建设，新建厂房三座。\n"
        "二、存在的主要问题\n水渠不通，村道失修。\n三、2026年工作打算\n清淤河道，改造水管。"
    )
    assert [found[c] for c in ("新建厂房三座", "村道失修", "清淤河道")] == ["review", "problem", "plan"]


def test_an_inner_heading_that_says_nothing_keeps_the_outer_way(facing: Facing) -> None:
    found = facing(
        "清河镇工作汇报\n一、2025年工作回顾\n（一）水利方面\n新建水渠三条，清淤一处。\n二、2026年工作打算\n（一）水利方面\n改造泵站，架桥一座。"
    )
    assert (found["清淤一处"], found["架桥一座"]) == ("review", "plan")


def test_an_opener_turns_what_follows(facing: Facing) -> None:
    found = facing("去年，我镇修渠三条。下一步，我镇将清淤河道。改造泵站两座，架桥一座。")
    assert found["我镇修渠三条"] == "review"
    assert (found["改造泵站两座"], found["架桥一座"]) == ("plan", "plan")


def test_a_past_time_ends_with_its_paragraph(facing: Facing) -> None:
    found = facing("清河镇2026年工作打算\n去年，修渠三条，改造泵站两座。\n清淤河道，架桥一座。")
    assert (found["改造泵站两座"], found["架桥一座"]) == ("review", "plan")


def test_a_new_speech_starts_afresh(facing: Facing) -> None:
    found = facing(
        "学先进 找差距\n柳溪街道党工委书记 王大山\n下一步，我们将修渠。清淤河道，架桥一座。\n"
        "强作风 优服务\n杏林街道办事处主任 李明\n水面平静，天气晴好。"
    )
    assert (found["架桥一座"], found["天气晴好"]) == ("plan", "neutral")


def test_a_plan_faces_forward_and_a_text_without_kind_nowhere(facing: Facing) -> None:
    assert facing("清河镇2026年工作计划\n修建水渠，架桥一座。")["架桥一座"] == "plan"
    assert facing("水面平静，天气晴好。")["天气晴好"] == "neutral"


def test_an_order_that_ends_in_a_word_of_reviews_is_no_review(facing: Facing) -> None:
    found = facing("清河镇2026年工作打算\n一、夯实产业基础\n新建厂房三座，引进茶企五家。")
    assert found["引进茶企五家"] == "plan"


ORDER = [
    ({"section.plan", "section.review", "section.problem", "section.lesson"}, "lesson"),
    ({"section.plan", "section.review", "section.problem"}, "problem"),
    ({"section.plan", "section.review"}, "review"),
    ({"section.plan"}, "plan"),
    ({"verb.action"}, None),
    (set(), None),
]


@pytest.mark.parametrize(("fired", "way"), ORDER)
def test_lessons_and_problems_count_before_reviews_and_plans(fired: set[str], way: str | None) -> None:
    assert stance.of_heading(mask(fired)) == way
