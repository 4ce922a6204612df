"""Headings, enumerated items and speeches: where each clause stands."""

from __future__ import annotations

import pytest

from extractor import clauses
from extractor.outline import Place, ordinal, outline, style

ORDINALS = {
    1: ["一是", "（一）", "1.", "①", "第一，", "(1)", "1)", "一、"],
    2: ["二要", "（二）", "２．", "②"],
    10: ["十是", "（十）", "⑩", "10、"],
    12: ["十二、", "（12）", "⑫"],
    20: ["二十、", "⑳"],
    35: ["三十五、"],
    None: ["——", ""],
}
OUTER_TO_INNER = ["第一章", "一、", "（一）", "1.", "（1）", "第一，", "——", "①", "一是"]


def places(text: str) -> dict[str, Place]:
    """Where each clause of a text stands, by its words."""
    cut = clauses.split(text)
    found = outline(text, text, cut)
    assert len(found.places) == len(cut)
    return {text[c.start : c.end]: place for c, place in zip(cut, found.places, strict=True)}


def path(place: Place) -> list[str]:
    return [heading.label + heading.title for heading in place.headings]


@pytest.mark.parametrize(("number", "label"), [(n, label) for n, labels in ORDINALS.items() for label in labels])
def test_ordinal(number: int | None, label: str) -> None:
    assert ordinal(label) == number


def test_styles_run_from_the_outside_in() -> None:
    levels = [style(label) for label in OUTER_TO_INNER]
    assert levels == sorted({level for level in levels if level is not None})
    assert style("") is None


TREE = """清河镇2026年工作打算
一、夯实产业基础
（一）建好园区
新建标准厂房三座，引进茶企五家。
（二）用好山林
一是修建林道。年内贯通北山环线。二是套种药材。先在两个村试种。
二、改善民生
改造老旧水管，新开公交两条。"""


def test_the_heading_tree() -> None:
    found = places(TREE)
    assert path(found["新建标准厂房三座"]) == ["一、夯实产业基础", "（一）建好园区"]
    assert path(found["引进茶企五家"]) == ["一、夯实产业基础", "（一）建好园区"]
    assert path(found["年内贯通北山环线"]) == ["一、夯实产业基础", "（二）用好山林", "一是修建林道"]
    assert path(found["先在两个村试种"]) == ["一、夯实产业基础", "（二）用好山林", "二是套种药材"]
    assert path(found["改造老旧水管"]) == ["二、改善民生"]
    assert {words for words, place in found.items() if place.is_heading} == {
        "夯实产业基础",
        "建好园区",
        "用好山林",
        "修建林道",
        "套种药材",
        "改善民生",
    }


def test_title_lines_are_front_matter_and_no_heading() -> None:
    title = places(TREE)["清河镇2026年工作打算"]
    assert title.is_front
    assert not title.is_heading


ITEMS_WITHOUT_BODY = [
    "下一步抓好三件事：一是修建林道；二是套种药材；三是培训能手。",
    "下一步抓好三件事。\n一是修建林道；\n二是套种药材；\n三是培训能手。",
]


@pytest.mark.parametrize("text", ITEMS_WITHOUT_BODY)
def test_an_item_with_no_body_of_its_own_is_no_heading(text: str) -> None:
    assert [words for words, place in places(text).items() if place.is_heading] == []


def test_an_item_with_a_body_is_a_heading() -> None:
    found = places("一是修建林道。年内贯通北山环线，配套会车点。二是套种药材。先在两个村试种。")
    assert [words for words, place in found.items() if place.is_heading] == ["修建林道", "套种药材"]
    (item,) = found["先在两个村试种"].headings
    assert (item.label, item.title, item.ordinal) == ("二是", "套种药材", 2)


def test_the_first_sentence_of_an_article_is_its_title_only_where_it_names_a_measure() -> None:
    found = places(
        "第三条 支持设备更新。按投资额的一成给予补助。\n"
        "第四条 管委会设立服务窗口。窗口周六照常办公。\n"
        "第五条 企业必须遵守规定，不得转租。违者收回。\n"
        "第六条 奖励引荐人\n引荐成功的，奖励五万元。"
    )
    assert [words for words, place in found.items() if place.is_heading] == ["支持设备更新", "奖励引荐人"]


def test_a_sentence_of_three_clauses_in_running_text_is_no_heading() -> None:
    found = places("一要修好东坡的水渠，种好山上的果树，管好林地。二要办好学校。先修缮两所村小。")
    assert [words for words, place in found.items() if place.is_heading] == ["办好学校"]


def test_a_short_line_without_stop_is_a_heading_and_a_sentence_is_not() -> None:
    found = places("我镇将修渠，也将架桥。\n今冬水利安排\n新修水渠两条，清淤一处。")
    assert found["今冬水利安排"].is_heading
    assert path(found["清淤一处"]) == ["今冬水利安排"]
    assert not found["我镇将修渠"].is_heading


def test_a_new_speech_leaves_the_headings_of_the_last() -> None:
    text = (
        "学先进 找差距\n柳溪街道党工委书记 王大山\n一、怎么干\n我们将修渠，也将架桥。\n"
        "强作风 优服务\n杏林街道办事处主任 李明\n我们将植树，也将办学。"
    )
    found = places(text)
    assert (found["我们将修渠"].speech, path(found["我们将修渠"])) == (0, ["一、怎么干"])
    assert (found["也将办学"].speech, path(found["也将办学"])) == (1, [])


def test_a_text_without_structure_has_none() -> None:
    found = places("我镇将修渠，也将架桥。")
    assert all(place == Place((), None, False, False) for place in found.values())
    assert outline("", "", []).places == ()
