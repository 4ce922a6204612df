"""What a commitment takes over from the clauses before it."""

from __future__ import annotations

import pytest
from conftest import Process

from extractor import pipeline, rulebook
from extractor.facts import names
from extractor.inheritance import Inherited, inherited
from extractor.subjects import subject

SUBJECTS = [
    ("县水利局要修建水渠", "县水利局"),
    ("我们将改造泵站", "我们"),
    ("各有关部门必须压实责任", "各有关部门"),
    ("修建水渠三条", None),
    ("粮食产量将稳定增长", None),
    ("要求各村清淤", None),
    ("县交通局会同县公安局治理超限", "县交通局"),
    ("县教育局联合社区办夜校", "县教育局"),
    ("县供销社联合社建成冷库", None),
    ("以种种理由推诿的部门要问责", None),
    ("县里决定再拿出2000万元", "县里"),
    ("派出所把好政审关", "派出所"),
    ("一定把好政审关", None),
    ("市农机局、市粮食局共同负责收储", "市农机局、市粮食局"),
    ("其中县林业局要补种三千亩", "县林业局"),
    ("供水抢修|县自来水公司负责", "县自来水公司"),
    ("支持清河一中与石门一中联合办班", None),
    ("组织部要选派二十名干部", "组织部"),
    ("县(区)民政部门应在十日内审核", "县(区)民政部门"),
    ("各级财政应足额安排", "各级财政"),
    ("土地部门在5个工作日内完成审批", "土地部门"),
    ("全面推行计划生育责任制", None),
    ("与制造业企业联合开展培训", None),
    ("各级干部特别是领导干部要带头下乡", "各级干部"),
    ("所有公务员都要依法办事", "所有公务员"),
    ("新引进企业给予最高50万元奖励", None),
    ("村干部每年体检一次", None),
    ("县教育局每年培训教师", "县教育局"),
    ("建设单位要落实责任", "建设单位"),
    ("发展改革部门要加强统筹", "发展改革部门"),
    ("市财政给予配套", "市财政"),
    ("各责任主体要细化责任", "各责任主体"),
    ("各乡镇(管理区)、各部门要压实责任", "各乡镇(管理区)、各部门"),
    ("下步我局将改造泵站", "我局"),
    ("同时我们将改造泵站", "我们"),
    ("此外县水利局将改造泵站", "县水利局"),
    ("请各有关学区认真组织", "各有关学区"),
    ("235国道、328省道计划年底完工", None),
    ("县人民委员会决定今春再打井三百眼", "县人民委员会"),
    ("有条件的地方要积极探索", "有条件的地方"),
    ("各级政府仍要过紧日子", "各级政府"),
    ("中央和地方都要增加投入", "中央和地方"),
    ("广大文艺工作者要深入生活", "广大文艺工作者"),
    ("所有企业今年都要完成改造", "所有企业"),
    ("司法机关要依法办案", "司法机关"),
    ("拖拉机站将增加到275个", None),
    ("今年中央财政安排420亿元", "中央财政"),
    ("人均财政补助标准增加30元", None),
    ("请你省继续保护好文物", "你省"),
    ("各乡镇每月报送一次进度", "各乡镇"),
    ("洲湖镇按期完成征地", "洲湖镇"),
    ("县财政今年安排专项资金", "县财政"),
    ("企业的整顿工作要抓紧", None),
    ("县财政每年列支专项资金三十万元", "县财政"),
    ("中央财政通过转移支付给以支持", "中央财政"),
    ("县财政补助资金按月拨付", None),
]


@pytest.mark.parametrize(("text", "actor"), SUBJECTS)
def test_a_subject_is_an_organ_before_a_modal(text: str, actor: str | None) -> None:
    assert subject(text) == actor


def heads(process: Process, text: str, title: str = "清河镇2026年工作打算") -> list[tuple[str, Inherited]]:
    doc = process(f"{title}\n{text}")
    scene = pipeline.scene(doc, rulebook.load())
    return [(scene.view[scene.clauses[n].start : scene.clauses[n].end], found) for n, found in inherited(scene)]


def test_a_subject_stands_behind_a_time_or_behind_you(process: Process) -> None:
    found = heads(
        process,
        "上半年末各村要建立保洁队伍。\n由县财政局从预备费中安排300万元，更换老旧管网。\n由东街社区做好居民解释工作。\n"
        "由镇卫生院负责体检。\n具体标准由县财政局会同县民政局制定。",
    )
    assert [before.subject for _, before in found] == [
        *("各村", "县财政局", "县财政局", "东街社区", "镇卫生院", "县财政局"),
    ]


def test_in_a_report_whoever_is_told_something_acts_in_that_sentence(process: Process) -> None:
    """One that its paragraph begins with acts to the paragraph's end, and in a notice so does any."""
    report = "加固堤防三条。各乡镇要管好水渠，清淤一次。改造泵站两座。\n各乡镇要管好水渠。清淤一次。"
    said = [before.subject for _, before in heads(process, report, "清河县政府工作报告\n一、2026年的任务")]
    assert said == [None, "各乡镇", "各乡镇", None, "各乡镇", "各乡镇"]
    noticed = [before.subject for _, before in heads(process, report, "关于做好水利工作的通知\n一、任务")]
    assert noticed == [None, *["各乡镇"] * 5]


def test_a_body_set_off_by_a_comma_is_the_subject(process: Process) -> None:
    found = heads(
        process, "农行、县联社等金融部门，要广开思路。\n各责任单位，要压实责任。\n县水利局，泵站两座年底前完工。"
    )
    subjects = {text: before.subject for text, before in found}
    assert (subjects["要广开思路"], subjects["要压实责任"]) == ("农行、县联社等金融部门", "各责任单位")
    assert subjects["泵站两座年底前完工"] is None


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("各县区按比例安排配套资金", "各县区"),
        ("各县区、各有关部门加大投入", "各县区、各有关部门"),
        ("沿湖各乡镇建设湿地公园", "沿湖各乡镇"),
        ("任何单位和个人不得截留资金", "任何单位和个人"),
        ("领导小组办公室每季度调度一次", "领导小组办公室"),
        ("县公安局、县水利局每天联合上路巡查", "县公安局、县水利局"),
        ("由县公安局、县水利局组成联合验收组", "县公安局、县水利局"),
        ("县委督查室要一天一督", "县委督查室"),
        ("各乡镇建设水平要再提高一步", None),
        ("联系县公安局、县水利局联合上路", None),
        ("各类企业享受优惠政策", None),
        ("我县开展联合巡查", None),
    ],
)
def test_all_of_a_kind_and_organs_in_a_list_act(text: str, actor: str | None, process: Process) -> None:
    assert [before.subject for _, before in heads(process, text + "。")] == [actor]


def test_a_project_that_opens_a_sentence_is_not_told_to_act(process: Process) -> None:
    found = heads(process, "各乡镇要组织劳力修路。青龙大桥年底前合龙。", "关于做好交通工作的通知\n一、任务")
    assert [before.subject for _, before in found] == ["各乡镇", None]


def test_any_body_is_bound_in_its_sentence_alone(process: Process) -> None:
    found = heads(process, "任何单位不得截留资金。资金按月拨付。", "关于做好水利工作的通知")
    assert [before.subject for _, before in found] == ["任何单位", None]


def test_a_named_body_acts_before_a_verb_and_a_place_before_a_modal(process: Process) -> None:
    found = heads(process, "县教育局每学期组织一次检查。\n石门县将新建水库一座。\n县政府办公楼年底前完成改造。")
    assert [before.subject for _, before in found] == ["县教育局", "石门县", None]


def test_several_that_a_sentence_opens_with_act_in_it_alone(process: Process) -> None:
    found = heads(
        process,
        "石塘县、柳林县分别建设粮库，年底前投用。改造公路三条。\n县教育局和县妇联要开辟专栏。\n石塘、柳林公路年底前贯通。",
    )
    assert [before.subject for _, before in found] == [*["石塘县、柳林县"] * 2, None, "县教育局和县妇联", None]


def test_an_actor_is_printed_as_it_stands_and_in_full_where_it_is_the_own_side(process: Process) -> None:
    doc = process("清河县水利局2026年工作打算\n县（区）民政部门应完成审核。\n水利局将修建泵站三座。")
    assert [record.actor for record in doc._.commitments] == ["县（区）民政部门", "清河县水利局"]


def test_what_begins_with_a_verb_is_no_body(process: Process) -> None:
    found = heads(process, "成立领导小组负责统筹修渠。\n建设单位要负责统筹修渠。\n有关部门要负责统筹修渠。")
    assert [before.subject for _, before in found] == [None, "建设单位", "有关部门"]


def test_whom_you_names_acts_until_another_is_named(process: Process) -> None:
    found = heads(process, "由县委办协调，各乡镇年底前新建公厕五座。\n由县水利局负责设计，镇里年底前新建泵站三座。")
    subjects = {text: before.subject for text, before in found}
    assert (subjects["各乡镇年底前新建公厕五座"], subjects["镇里年底前新建泵站三座"]) == ("各乡镇", None)


def test_a_subject_holds_until_another_item(process: Process) -> None:
    found = heads(process, "一、水利\n县水利局要修建水渠三条。改造泵站两座。\n二、道路\n硬化村道五条。")
    assert [(text, before.subject) for text, before in found] == [
        ("县水利局要修建水渠三条", "县水利局"),
        ("改造泵站两座", "县水利局"),
        ("硬化村道五条", None),
    ]


def test_a_subject_holds_in_its_paragraph_only(process: Process) -> None:
    found = heads(process, "县水利局要修建水渠三条。\n改造泵站两座。")
    assert [before.subject for _, before in found] == ["县水利局", None]


def test_the_time_of_a_lead_in_holds_in_its_item(process: Process) -> None:
    found = heads(process, "一、水利\n2026年6月底前，修建水渠三条。改造泵站两座。\n二、道路\n硬化村道五条。")
    assert [before.period.text if before.period else None for _, before in found] == [
        "2026年6月底前",
        "2026年6月底前",
        None,
    ]


def test_only_years_and_plans_hold_beyond_their_paragraph(process: Process) -> None:
    found = heads(process, "2026年6月底前，修建水渠三条。\n改造泵站两座。\n到2030年，新建水库一座。\n加固堤防五公里。")
    assert [before.period.text if before.period else None for _, before in found] == [
        "2026年6月底前",
        None,
        "到2030年",
        "到2030年",
    ]


def test_a_year_in_a_plan_for_several_is_that_of_an_indicator(process: Process) -> None:
    found = heads(process, "2028年，建成水库三座。\n加固堤防五公里。", "清河县水利行动计划(2026—2028年)")
    assert [before.period.text if before.period else None for _, before in found] == ["2028年", None]


def test_announced_targets_and_times_are_facts_of_their_paragraph(process: Process) -> None:
    found = heads(process, "今年的主要预期目标是：粮食总产稳定；造林面积稳定。\n硬化村道五条。")
    assert [sorted(names(before.facts)) for _, before in found] == [
        ["deadline.before", "targets.before"],
        ["deadline.before", "targets.before"],
        [],
    ]
