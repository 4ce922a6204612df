"""Headings, enumerated items and speeches: where each clause stands."""

from __future__ import annotations

import pytest
from conftest import Process

from extractor import clauses
from extractor.enumerators import ordinal, style
from extractor.outline import Place, outline

ORDINALS = {
    1: ["一是", "（一）", "1.", "①", "第一，", "第一件事，", "头一条，", "(1)", "1)", "一、"],
    2: ["二要", "（二）", "２．", "②"],
    10: ["十是", "（十）", "⑩", "10、"],
    12: ["十二、", "（12）", "⑫"],
    20: ["二十、", "⑳"],
    35: ["三十五、"],
    None: ["——", ""],
}
OUTER_TO_INNER = ["第一编", "第一章", "第一节", "一、", "（一）", "1.", "（1）", "第一，", "——", "①", "一是"]


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


def test_a_note_in_brackets_is_no_body() -> None:
    found = places(
        "（一）年内改造村道，加宽路基。（责任单位：交通站）\n（二）新建泵站三座，硬化渠道，配套闸门。（水利站负责）"
    )
    assert [words for words, place in found.items() if place.is_heading] == []


def test_the_first_item_behind_a_colon_is_one_like_the_others() -> None:
    found = places("我镇将做好两件事：1、修建林道。年内贯通北山环线。2、套种药材。先在两个村试种。")
    assert [words for words, place in found.items() if place.is_heading] == ["修建林道", "套种药材"]


def test_the_first_sentence_of_an_article_is_its_title_only_where_it_names_a_measure() -> None:
    found = places(
        "第三条 支持设备更新。按投资额的一成给予补助。\n"
        "第四条 管委会设立服务窗口。窗口周六照常办公。\n"
        "第五条 企业必须遵守规定，不得转租。违者收回。\n"
        "第六条 奖励引荐人\n引荐成功的，奖励五万元。"
    )
    assert [words for words, place in found.items() if place.is_heading] == ["支持设备更新", "奖励引荐人"]


@pytest.mark.parametrize(
    "items",
    [
        "1.新增公交车50台。新增停车位300个。\n2.改造老街3条。完成危桥加固。",
        "1.建成滨河公园。完成人民路改造。\n2.开工建设一中新校区、实验幼儿园。确保六中竣工。",
        "第四条　县人民政府应当加强村镇建设。\n建设部门主管村镇建设。",
        "（一）项目须新征用地的，按成本价供地。一年内开工。\n（二）由县财政奖励10万元。次年兑现。",
    ],
)
def test_a_measure_before_another_in_its_line_is_no_title_of_it(items: str) -> None:
    assert [words for words, place in places(f"青川县民生实事\n{items}").items() if place.is_heading] == []


def test_a_title_that_counts_or_ensures_stays_one() -> None:
    found = places(
        "青川县工作要点\n一、确保安全稳定。确保不发生重大事故。\n二、推进5家医院建设。完善设施。\n三、新增动能。新增就业培训。"
    )
    assert [words for words, place in found.items() if place.is_heading] == [
        "确保安全稳定",
        "推进5家医院建设",
        "新增动能",
    ]


def test_short_lines_between_two_items_are_the_body_of_the_first() -> None:
    found = places("青川县城建任务\n一、污水治理\n2018-05 完成招标\n2018-06 建成一期\n二、道路\n修路3公里。")
    assert [words for words, place in found.items() if place.is_heading] == ["污水治理", "道路"]
    assert found["2018-06 建成一期"].headings[-1].title == "污水治理"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("青川县光伏办法\n第四条（资金来源）\n县财政安排资金。", "（资金来源）"),
        ("青川县光伏办法\n第四条【支持方式】\n每户补贴三百元。", "【支持方式】"),
        ("县情介绍\n总体目标：\n到2030年，水网基本建成。", "总体目标"),
        ("县情介绍\n下一步工作打算：\n修渠三条。", "下一步工作打算"),
    ],
)
def test_titles_in_brackets_and_before_a_colon_on_their_line(text: str, title: str) -> None:
    assert [words for words, place in places(text).items() if place.is_heading] == [title]


@pytest.mark.parametrize("line", ["（县水利局负责）", "王小河委员：", "目标：修渠三条。"])
def test_other_brackets_and_colons_make_no_title(line: str) -> None:
    assert [
        words for words, place in places(f"青川县办法\n修路两条。\n{line}\n架桥一座。").items() if place.is_heading
    ] == []


def test_a_title_before_its_measures_in_the_line_stays_one() -> None:
    found = places("青川县民生实事\n1.办好三件实事。新增停车位300个。\n2.改造老街。拆除围墙。")
    assert [words for words, place in found.items() if place.is_heading] == ["办好三件实事", "改造老街"]


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
    assert all(place == Place((), (), None, False, False) for place in found.values())
    assert outline("", "", []).places == ()


BODY = "卫生工作要坚持预防为主，" * 9 + "办好农村卫生室。"


@pytest.mark.parametrize("title", ["发展卫生体育事业", "要坚持依法治水，加强河道管理", "继续扩大对外开放"])
def test_a_short_sentence_over_a_long_paragraph_is_its_title(title: str) -> None:
    found = places(f"县长谈今年工作\n{BODY}\n{title}。\n{BODY}")
    assert found[title.partition("，")[0]].is_heading
    assert path(found["办好农村卫生室"]) == [title]


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        (f"县长谈今年工作\n{BODY}\n这里举出几件事实。\n{BODY}", "这里举出几件事实"),
        (f"县长谈今年工作\n{BODY}\n发展卫生体育事业。\n办好农村卫生室。", "发展卫生体育事业"),
        (f"县长谈今年工作\n{BODY}\n加强地方中小型煤矿和铁矿的建设，供应当地民用煤。\n{BODY}", "供应当地民用煤"),
    ],
)
def test_other_short_paragraphs_are_none(text: str, clause: str) -> None:
    assert not places(text)[clause].is_heading


LISTS = [
    "（一）对首次认定的高新技术企业，给予2万元奖励；对重新认定的，给予1万元奖励。",
    "（一）对吸纳脱贫劳动力的经营者，优先给予贴息。其他经营者按规定办理。",
    "三是9月上旬，组织一次验收。验收不合格的限期整改。",
    "（二）按照就近原则，安排学位。各校做好登记。",
    "3、各村的山下造林任务由各村负责。\n各村限期完成。",
    "（一）2015年，完成看台维修，改造篮球场两个。",
    "②周一上午，检查超市一家，回访住户。",
    "一、用两年时间，建成绿道，连通三园。",
    "四、从今年秋季起每个学区选派教师。各校报名。",
    "（7）对停水期间的水费予以减免，以抄表为准。用户可查。",
    "11.垃圾发电厂填埋场，6月通过验收。\n各单位按月填报。",
]


@pytest.mark.parametrize("item", LISTS)
def test_an_item_that_opens_as_text_has_no_title(item: str) -> None:
    assert not any(place.is_heading for place in places(f"青川县扶持办法\n{item}").values())


def test_chapters_stand_over_sections_and_close_what_went_before() -> None:
    text = f"青川县五年计划\n{BODY}\n第一编 基本任务\n第一章 农业\n（一）修好水渠\n{BODY}\n第二章 工业\n新建糖厂三座。\n第二编 保障措施\n落实经费。"
    found = places(text)
    assert path(found["新建糖厂三座"]) == ["第一编 基本任务", "第二章 工业"]
    assert path(found["落实经费"]) == ["第二编 保障措施"]


@pytest.mark.parametrize("label", ["--", "———", "――", "──", "——", "3﹒", "3．", "三）"])
def test_enumerators_as_they_are_typed(label: str) -> None:
    found = places(f"青川县工业发展规划\n{label}平台更加完善。建成云平台两个。")
    assert path(found["建成云平台两个"]) == [f"{label}平台更加完善"]


@pytest.mark.parametrize("label", ["责任单位", "牵头部门", "完成时限", "责任人", "分管领导", "承办"])
def test_the_line_of_a_responsibility_note_is_no_heading(label: str) -> None:
    found = places(f"（一）修路\n硬化村道八公里。\n{label}：镇交通站\n清淤两处。\n")
    assert not any(found[text].is_heading for text in (label, "镇交通站"))
    assert path(found["清淤两处"]) == path(found["硬化村道八公里"])


def test_articles_stand_under_a_heading_of_any_style() -> None:
    text = f"青川县审批办法\n{BODY}\n一、规范审批程序\n第一条 窗口统一受理。\n第二条 放宽投资领域。除另有规定外，均可登记。"
    found = places(text)
    assert found["规范审批程序"].is_heading
    assert found["放宽投资领域"].is_heading
    assert not found["窗口统一受理"].is_heading


def test_the_last_item_of_a_list_is_no_heading_over_what_closes_the_text(process: Process) -> None:
    doc = process(
        "清河镇2026年工作打算\n（一）加强巡查，完善设施。\n（二）推进清淤，整修渠道。\n感谢大家的支持，让我们一起努力。"
    )
    roles = {doc._.text.printed[c.start : c.end]: v.role for c, v in zip(doc._.clauses, doc._.verdicts, strict=True)}
    assert (roles["推进清淤"], roles["整修渠道"]) == ("commitment", "commitment")


def test_headings_after_a_table_of_contents_are_headings(process: Process) -> None:
    doc = process(
        "清河镇2026年工作打算\n一、总体要求\n二、主要任务\n一、总体要求\n坚持稳中求进，加快发展。\n二、主要任务\n修渠三条，架桥一座。"
    )
    roles = [
        v.role
        for c, v in zip(doc._.clauses, doc._.verdicts, strict=True)
        if doc._.text.printed[c.start : c.end] == "主要任务"
    ]
    assert roles[-1] == "heading"


LISTED = [
    "清河镇2026年民生实事\n新建公厕3座\n改造泵站2座\n修渠三条",
    "清河镇2026年民生实事\n1．新建公厕3座\n（责任单位：城管站）\n2．改造泵站2座\n（责任单位：水利站）",
    "清河镇2026年民生实事\n1．新建公厕3座\n牵头单位：城管站\n完成时限：6月底\n2．改造泵站2座\n牵头单位：水利站",
    "清河镇2026年工作打算\n一、城管\n新建公厕3座\n二、水利\n改造泵站2座\n三、教育\n加强校园管理，改善伙食。",
]


@pytest.mark.parametrize("text", LISTED)
def test_lines_of_work_without_a_stop_are_no_titles(process: Process, text: str) -> None:
    doc = process(text)
    roles = {doc._.text.printed[c.start : c.end]: v.role for c, v in zip(doc._.clauses, doc._.verdicts, strict=True)}
    assert (roles["新建公厕3座"], roles["改造泵站2座"]) == ("commitment", "commitment")


def test_full_width_figures_tell_of_work_too(process: Process) -> None:
    doc = process("清河镇2026年民生实事\n新建公厕３座\n改造泵站２座\n修渠三条")
    assert [verdict.role for verdict in doc._.verdicts] == ["other", "commitment", "commitment", "commitment"]


def test_an_item_that_is_one_sentence_ends_the_one_before_it() -> None:
    text = "一、抓产业\n一是稳粮扩油，种植水稻，推广良种。二是以茶叶为核心，新建茶园。\n二、抓环境\n清理河道。"
    found = places(text)
    assert [heading.title for heading in found["推广良种"].items] == ["抓产业", "稳粮扩油"]
    assert [heading.title for heading in found["新建茶园"].items] == ["抓产业"]
    assert path(found["新建茶园"]) == ["一、抓产业", "一是稳粮扩油"]


@pytest.mark.parametrize("line", ["主持人：镇长 王大山", "时间：3月2日", "2.通信地址：清河镇老街1号"])
def test_who_takes_part_and_where_to_write_to_head_nothing(line: str) -> None:
    assert path(places(f"一、抓产业\n{line}\n修建水渠三条，改造泵站两座。")["改造泵站两座"]) == ["一、抓产业"]
