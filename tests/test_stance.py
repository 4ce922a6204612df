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
    "review": [
        *(
            "2025年工作回顾",
            "取得的主要成绩",
            "所做的工作",
            "已做工作",
            "前期工作",
            "目前开展的工作",
            "目前所采取的措施",
        ),
        *("采取的主要措施", "已落实的措施", "主要成果", "阶段性成效", "项目进展情况", "资金使用情况", "有关情况"),
        *("近年来工作", "今年以来的工作", "过去五年的主要工作", "本届政府工作", "我们的做法", "发展历程", "过去的五年"),
        *("“十四五”规划实施情况", "任务落实情况", "工程概况", "情况说明", "我局开展的工作", "五年工作回眸"),
    ],
    "plan": [
        *("2026年工作打算", "下一步工作安排", "主要目标任务", "拟采取的措施", "保障措施", "今年的主要工作"),
        *("近期工作", "下一阶段工作", "当前要抓好的工作", "今冬明春工作"),
    ],
    "problem": ["存在的主要问题", "机遇与挑战", "原因分析", "反映的问题"],
    "lesson": ["几点启示", "几点体会", "政策依据", "名词解释"],
}


@pytest.mark.parametrize(("way", "heading"), [(way, title) for way, titles in HEADINGS.items() for title in titles])
def test_a_heading_faces_its_section(way: str, heading: str, facing: Facing) -> None:
    found = facing(f"清河镇工作汇报\n一、{heading}\n加快推进园区建设，新建厂房三座。")
    assert (found["加快推进园区建设"], found["新建厂房三座"]) == (way, way)


@pytest.mark.parametrize(("year", "way"), [("2025", "review"), ("2027", "plan")])
def test_a_heading_of_a_year_alone_faces_as_the_year_lies(year: str, way: str, facing: Facing) -> None:
    found = facing(f"清河镇2026年工作汇报\n一、{year}年主要工作\n加快推进园区建设，新建厂房三座。")
    assert found["新建厂房三座"] == way


def test_a_summary_reviews_until_it_says_otherwise(facing: Facing) -> None:
    found = facing(
        "清河镇水利站2025年工作总结\n一、水库方面\n完成除险加固，清淤一处。\n二、下一步打算\n改造泵站，架桥一座。"
    )
    assert (found["清淤一处"], found["架桥一座"]) == ("review", "plan")


MEASURES = {
    "review": ["目前的主要做法是", "交警部门多措并举", "具体情况如下", "我支队采取了以下措施"],
    "plan": ["下一步，我支队将采取以下措施", "我支队将从以下几个方面着手", "今后的做法是"],
}


@pytest.mark.parametrize(("way", "lead"), [(way, lead) for way, leads in MEASURES.items() for lead in leads])
def test_a_reply_tells_of_present_measures_unless_it_speaks_of_what_is_ahead(
    way: str, lead: str, facing: Facing
) -> None:
    found = facing(f"清河县公安局关于道路拥堵问题的答复\n{lead}：一是增派警力。二是调整信号配时。")
    assert (found["增派警力"], found["调整信号配时"]) == (way, way)


def test_what_is_next_in_one_section_is_not_in_the_one_behind(facing: Facing) -> None:
    found = facing(
        "清河县水利局关于水库安全的答复\n一、关于巡查\n下一步，我局将做好两件事：\n1.巡查。加密巡查频次。\n2.报讯。值守到岗。\n"
        "二、关于水情\n建立水情台账。\n"
    )
    assert (found["加密巡查频次"], found["值守到岗"], found["建立水情台账"]) == ("plan", "plan", "neutral")


def test_what_is_announced_as_done_is_told_item_by_item(facing: Facing) -> None:
    found = facing(
        "关于第5号建议的答复\n张代表：\n近年来，我局主要做了以下工作：\n（一）加强巡查，增设警示牌。\n（二）开展劝导，发放宣传单。\n"
        "我局将继续加强巡查，新设岗亭两处。"
    )
    assert (found["增设警示牌"], found["发放宣传单"], found["新设岗亭两处"]) == ("review", "review", "plan")


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


def test_a_report_reviews_until_it_turns_where_its_headings_leave_the_way_open(facing: Facing) -> None:
    found = facing(
        "各位代表，我代表县人民政府向大会报告工作。\n一、农村建设\n去年，全县修渠三条。\n改造泵站两座，架桥一座。\n"
        "今后，全县要整治河道。\n清淤水库，加固堤防。"
    )
    assert (found["改造泵站两座"], found["架桥一座"]) == ("review", "review")
    assert (found["清淤水库"], found["加固堤防"]) == ("plan", "plan")


def test_what_a_time_ahead_turns_inside_a_review_ends_with_its_sentence(facing: Facing) -> None:
    found = facing(
        "各位代表，我代表县人民政府向大会报告工作。\n去年，全县修渠三条。\n天气晴好。泵站年底前投用，水库蓄水。水面平静。"
    )
    assert (found["水库蓄水"], found["水面平静"]) == ("plan", "review")


def test_a_report_that_has_turned_does_not_go_back(facing: Facing) -> None:
    found = facing("各位代表，我代表县人民政府向大会报告工作。\n今后，全县要整治河道。\n去年，修渠三条。\n水面平静。")
    assert found["水面平静"] == "neutral"


def test_a_section_that_opens_with_what_has_come_about_reviews(facing: Facing) -> None:
    found = facing(
        "各位代表，我代表县人民政府向大会报告工作。\n一、农村\n今后，全县要整治河道。\n二、城市\n管网已经铺了三年。\n路灯明亮。\n三、林业\n路灯昏暗。"
    )
    assert (found["路灯明亮"], found["路灯昏暗"]) == ("review", "neutral")


def test_a_heading_of_review_and_plan_in_turn(facing: Facing) -> None:
    found = facing(
        "政府工作报告\n一、五年来的水利成就和今后的主要任务\n水渠修到村头，泵站改造一新。\n“十五五”时期，水利要再上台阶。\n堤防加固一新。"
    )
    assert (found["泵站改造一新"], found["堤防加固一新"]) == ("review", "neutral")


def test_a_heading_of_what_has_come_about_reviews(facing: Facing) -> None:
    assert facing("清河镇工作汇报\n一、水利建设有了新的发展\n加固堤防，新建泵站三座。")["加固堤防"] == "review"


@pytest.mark.parametrize(
    ("vow", "way"),
    [
        ("我们一定加固堤防", "plan"),
        ("我们要加固堤防", "plan"),
        ("我们坚决加固堤防", "review"),
        ("我们必须看到差距", "review"),
    ],
)
def test_only_a_vow_turns_a_headed_review(vow: str, way: str, facing: Facing) -> None:
    assert facing(f"清河镇工作汇报\n一、2025年工作回顾\n{vow}，新建泵站三座。")["新建泵站三座"] == way


def test_to_these_problems_turns_a_headed_review(facing: Facing) -> None:
    found = facing("清河镇工作汇报\n一、2025年工作回顾\n水渠不通。对于这些问题，将逐一整改，决不敷衍。")
    assert (found["水渠不通"], found["决不敷衍"]) == ("review", "plan")


def test_a_paragraph_on_another_aspect_faces_as_the_one_before(facing: Facing) -> None:
    found = facing("水面平静。\n过去几个月中，全镇修渠三条。\n在林业方面，造林百亩。\n水面平静如常。")
    assert (found["造林百亩"], found["水面平静如常"]) == ("review", "neutral")


def test_figures_counted_are_past(facing: Facing) -> None:
    assert facing("据初步统计，造林百亩。")["造林百亩"] == "review"


def test_a_report_paragraph_that_opens_with_what_has_come_about_reviews(facing: Facing) -> None:
    found = facing(
        "各位代表，我代表县人民政府向大会报告工作。\n全县已经修渠三条，架桥一座。\n全县已经修渠，今年要架桥，清淤。"
    )
    assert (found["架桥一座"], found["清淤"]) == ("review", "plan")


def test_what_has_to_be_done_ends_the_past_that_a_time_began(facing: Facing) -> None:
    found = facing("去年，全镇修渠三条。必须再修五条，架桥一座。")
    assert (found["全镇修渠三条"], found["架桥一座"]) == ("review", "neutral")


def test_what_is_expected_turns_nothing(facing: Facing) -> None:
    assert facing("去年，全镇修渠三条。这对全镇的水利将有好处，架桥一座。")["架桥一座"] == "review"


ORDER = [
    ({"section.done", "section.plan"}, "review"),
    ({"section.done", "section.problem"}, "problem"),
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
