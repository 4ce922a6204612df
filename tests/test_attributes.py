"""What a record says beside its words: sentences grouped by value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from conftest import Extract

from extractor.records import Commitment

PLAN = "清河镇2026年工作打算\n"


def cases(table: Mapping[Any, Sequence[str]]) -> list[tuple[Any, str]]:
    return [(value, text) for value, texts in table.items() for text in texts]


def one(records: list[Commitment]) -> Commitment:
    (record,) = records
    return record


KINDS = {
    "action": [
        "全面实施山林管护行动。",
        "整治6条乡村公路。",
        "严禁焚烧秸秆。",
        "不断解放思想。",
    ],
    "target": [
        "2026年6月底前，修建水渠3条。",
        "确保全年新增就业1100人。",
        "年内培育茶企5家左右。",
        "粮食产量达到3万吨。",
        "2027年底前新建廉租房3307套。",
    ],
    "directive": [
        "各村要落实责任。",
        "各部门要加强督导。",
        "市水利局负责河道巡查。",
    ],
}


@pytest.mark.parametrize(("kind", "text"), cases(KINDS))
def test_kind(kind: str, text: str, extract: Extract) -> None:
    assert one(extract(PLAN + text)).kind == kind


def test_a_subject_of_subordinates_makes_the_whole_sentence_directive(extract: Extract) -> None:
    records = extract(PLAN + "各村要落实责任，加强巡查，清理河道。修建水渠。")
    assert [record.kind for record in records] == ["directive", "directive", "directive", "action"]


STRENGTHS = {
    "firm": [
        "必须守住耕地红线。",
        "确保水渠通水。",
        "坚决拆除违章建筑。",
        "务必守住耕地红线。",
        "一定办好村小学。",
        "严禁焚烧秸秆。",
        "绝不让群众吃亏。",
    ],
    "planned": ["修建水渠。", "我镇将修建水渠。", "我镇拟修建水渠。", "加快推进园区建设。", "继续清淤河道。"],
    "aspirational": ["力争引进茶企五家。", "争取水渠年底通水。", "尽快修复水毁村道。", "努力建成全县示范镇。"],
    "exploratory": ["探索建立积分制度。", "鼓励社会力量办养老。", "谋划一批水利项目。", "推动垃圾分类试点。"],
}


@pytest.mark.parametrize(("strength", "text"), cases(STRENGTHS))
def test_strength(strength: str, text: str, extract: Extract) -> None:
    assert one(extract(PLAN + text)).strength == strength


SPECIFICITY = {
    3: ["2026年6月底前，修建水渠3条。", "年底前引进茶企五家。"],
    2: ["修建水渠3条。", "印发《清河县河道管护办法》。"],
    1: ["不断解放思想。", "提高工作效能。", "年底前完成整改。"],
}


@pytest.mark.parametrize(("specificity", "text"), cases(SPECIFICITY))
def test_specificity(specificity: int, text: str, extract: Extract) -> None:
    assert one(extract(PLAN + text)).specificity == specificity


def test_the_year_of_the_document_alone_does_not_date_a_measure(extract: Extract) -> None:
    record = one(extract(PLAN + "修建水渠3条。"))
    assert record.deadline is not None
    assert (record.deadline.basis, record.specificity) == ("document_year", 2)


ACTORS = [
    ("下一步，石塘镇将修建水渠。", None, "石塘镇"),
    ("下一步，我镇将修建水渠。", "清河镇", "清河镇"),
    ("下一步，我们将修建水渠。", "清河镇", "清河镇"),
    (f"{PLAN}修建水渠三条。", "清河镇", "清河镇"),
    (f"{PLAN}修建水渠三条。", None, "清河镇"),
    ("2026年工作打算\n修建水渠三条。", None, None),
    ("清河镇人民政府关于加强河道管护的意见\n全面实施河道清淤行动。", None, "清河镇人民政府"),
    ("学先进 找差距\n柳溪街道党工委书记 王大山\n下一步，我们将修建水渠。", None, "柳溪街道"),
    (f"{PLAN}有关部门要加强指导。", "清河镇", "有关部门"),
    (f"{PLAN}由民政部门对困难家庭建立台账。", "清河镇", "民政部门"),
]


@pytest.mark.parametrize(("raw", "issuer", "actor"), ACTORS)
def test_actor(raw: str, issuer: str | None, actor: str | None, extract: Extract) -> None:
    assert one(extract(raw, issuer=issuer)).actor == actor


def test_a_subject_holds_for_the_clauses_behind_it_in_its_item(extract: Extract) -> None:
    records = extract(f"{PLAN}镇水利站将修建水渠，清淤河道。", issuer="清河镇")
    assert [record.actor for record in records] == ["镇水利站", "镇水利站"]


def test_each_speaker_binds_their_own_side(extract: Extract) -> None:
    raw = (
        "学先进 找差距\n柳溪街道党工委书记 王大山\n下一步，我们将修建水渠。\n"
        "强作风 优服务\n杏林街道办事处主任 李明\n下一步，我们将改造水管。"
    )
    assert [record.actor for record in extract(raw)] == ["柳溪街道", "杏林街道"]


PREDICATES = {
    ("修建", "水渠三条"): ["修建水渠三条。", "继续修建水渠三条。", "进一步修建水渠三条。", "我镇将修建水渠三条。"],
    ("严禁", "焚烧秸秆"): ["严禁焚烧秸秆。"],
    ("加强", "巡查"): ["加强巡查。"],
    ("配备", "服务专员"): ["为重点相关企业配备服务专员。"],
    ("设立", "总规模不少于100亿元的基金"): ["设立总规模不少于100亿元的基金。"],
    ("贯彻", "“有升有降”的原则"): ["认真贯彻“有升有降”的原则。"],
    ("抓好", None): ["乡镇的机构改革要继续抓好。"],
    ("发展", "第三产业"): ["要大力发展第三产业。"],
    ("做好", "托底工作"): ["切实做好托底工作。"],
    ("反对", "大操大办"): ["坚决反对大操大办。"],
    ("增长", "8%以上"): ["国内生产总值增长8%以上。"],
    ("突破", "50亿元"): ["力争到明年年底产值突破50亿元。"],
    ("控制", "在4.5%以内"): ["城镇登记失业率控制在4.5%以内。"],
    ("完成", "初审"): ["区工信局受理后15个工作日内完成初审。"],
    ("进行", None): ["清江灌区续建配套工程要抓紧进行。"],
    ("解决", "掉"): ["把长期没通水的11个村饮水问题一次性解决掉。"],
    ("劝返", None): ["把37名辍学学生全部劝返。"],
    ("纳入", "乡镇年度考核"): ["将旅游工作纳入乡镇年度考核。"],
    ("纳入", "年度综合考核"): ["将任务完成情况纳入年度综合考核。"],
    ("纳入", "规划"): ["将旅游产业发展纳入规划。"],
    ("下放", "至乡镇"): ["把县级文物保护单位修缮审批权下放至乡镇。"],
    ("供应", "3吨水"): ["对持特困证的家庭每月免费供应3吨水。"],
    ("改为", "合同定购"): ["粮食由统购改为合同定购。"],
    ("加快", "旅游发展"): ["将加快旅游发展。"],
    ("建设", "引水工程"): ["加快建设引水工程。"],
    ("分担", None): ["补贴资金由市、县两级财政分担。"],
    ("免职", None): ["未完成任务的乡镇党政正职一律免职。"],
    ("突破", "3000万"): ["实名注册用户突破3000万。"],
    ("奖励", "2万元"): ["开行班列每列奖励2万元。"],
    ("列支", "专项资金3000万元"): ["市财政每年列支专项资金3000万元。"],
    ("整合", "各部门自建APP"): ["整合各部门自建APP。"],
    ("召集", "受益社成立管水委员会"): ["召集受益社成立管水委员会。"],
    ("允许", "企业申请分期缴款"): ["允许企业申请分期缴款。"],
    ("暂停", "新增商业用地出让"): ["暂停新增商业用地出让。"],
    ("报", "市政府审定"): ["11月底前报市政府审定。"],
    ("提请", "市人大常委会审议"): ["力争年底前提请市人大常委会审议。"],
    ("争取", "绩效奖补"): ["积极向区政府争取绩效奖补。"],
    ("试生产", None): ["争取年底试生产。"],
    ("确定", "供地规模"): ["按照“盘活多少、供应多少”动态确定供地规模。"],
    ("修改", "完善办法"): ["将根据征求意见情况修改完善办法。"],
    ("建设", "示范点"): ["依托县第一中学建设示范点。"],
    ("细化", "工作方案"): ["结合实际细化工作方案。"],
    ("细化", "方案"): ["各单位要对照任务逐项细化方案。"],
    ("通过", "省级验收"): ["通过省级验收。"],
    ("交", "钥匙"): ["国庆节前交钥匙。"],
    ("加快", None): ["项目要加快。"],
    ("降至", "2200元"): ["每户2800元降至2200元。"],
    ("发展", "到六十万亩"): ["油菜发展到六十万亩。"],
    ("制定", "实施方案"): ["负责制定实施方案。"],
    ("利用", "外资1000万美元"): ["利用外资1000万美元。"],
}


@pytest.mark.parametrize(("predicate", "text"), cases(PREDICATES))
def test_action_and_object(predicate: tuple[str, str], text: str, extract: Extract) -> None:
    record = one(extract(PLAN + text))
    assert (record.action, record.object) == predicate


def test_a_modal_is_not_the_action(extract: Extract) -> None:
    record = one(extract(PLAN + "各村要落实责任。"))
    assert (record.action, record.object) == ("落实", "责任")


DEADLINES = {
    ("2026年6月底前", None, "2026-06-30", "explicit"): ["2026年6月底前，修建水渠3条。", "2026年6月底前修建水渠3条。"],
    ("年底前", None, "2026-12-31", "explicit"): [
        *("年底前修建水渠3条。", "修建水渠3条，年底前通水。", "石门泵站3月动工、年底前竣工。"),
    ],
    ("汛期前", None, None, "explicit"): ["汛期前修建水渠3条。", "2026年6月底前，修建水渠3条；汛期前加固堤防。"],
    ("2026年、2027年", "2026-01-01", "2027-12-31", "explicit"): ["2026年、2027年各修建水渠3条。"],
    ("2026年和2027年", "2026-01-01", "2027-12-31", "explicit"): ["2026年和2027年要修建水渠3条。"],
    ("2026年6月底前", None, "2026-06-30", "inherited"): ["2026年6月底前，修建水渠3条，加固堤防。"],
    ("2026年", "2026-01-01", "2026-12-31", "document_year"): [
        *("修建水渠3条。", "将去年未完工的水渠续建到位。", "粮食产量要在2026年的基础上再增加三成。"),
        *("从今年起，每年清淤一次。要加固堤防。", "2026年6月底前，修建水渠3条。严禁乱占河道。"),
        "编制2027年水利项目储备计划。",
    ],
    ("2026年4月至6月", "2026-04-01", "2026-06-30", "inherited"): ["2026年4月至6月，修建水渠3条。加固堤防。"],
    ("今明两年", "2026-01-01", "2027-12-31", "explicit"): ["从今年起，今明两年修建水渠3条。"],
    ("三年内", None, "2028-12-31", "explicit"): ["三年内灌溉面积比“十五五”期间计划数增加三成。"],
    ("“十五五”时期", "2026-01-01", "2030-12-31", "inherited"): [
        "一、“十五五”时期的主要任务\n修建水渠3条。\n加固堤防。"
    ],
    ("4月1日至6月30日", "2026-04-01", "2026-06-30", "inherited"): [
        "一、宣传发动阶段（4月1日至6月30日）\n修建水渠3条。"
    ],
    ("今后五年", "2026-01-01", "2030-12-31", "inherited"): ["一、今后五年的任务\n（一）兴修水利\n修建水渠3条。"],
}


@pytest.mark.parametrize(("deadline", "text"), cases(DEADLINES))
def test_deadline(deadline: tuple[str, str | None, str | None, str], text: str, extract: Extract) -> None:
    record = extract(PLAN + text)[-1]
    assert record.deadline is not None
    found = record.deadline
    assert (found.text, found.start_date, found.end_date, found.basis) == deadline


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("明年5月开工修路，同步安装路灯45盏。", "2027-05-31"),
        ("明年办好三件事。新建大棚30座。", "2027-12-31"),
        ("明年新建大棚30座。修建水渠3条。", "2026-12-31"),
        ("6月底前完成招标，修建水渠3条。", "2026-12-31"),
    ],
)
def test_what_goes_with_a_coming_year_in_its_sentence_is_due_then(text: str, days: str, extract: Extract) -> None:
    last = extract(PLAN + text)[-1]
    assert last.deadline is not None
    assert last.deadline.end_date == days


def test_a_lead_in_of_the_item_is_inherited(extract: Extract) -> None:
    records = extract(f"{PLAN}2026年6月底前，修建水渠3条，改造泵站2座。")
    assert [record.deadline and record.deadline.basis for record in records] == ["explicit", "inherited"]
    assert [record.deadline and record.deadline.end_date for record in records] == ["2026-06-30", "2026-06-30"]


def test_a_text_that_says_nothing_has_no_deadline(extract: Extract) -> None:
    assert one(extract("下一步，我镇将修建水渠。")).deadline is None


def test_an_ambiguous_place_asks_for_review(extract: Extract) -> None:
    record = one(extract("下一步，我们将在朝阳区修建泵站。"))
    (place,) = [entity for entity in record.entities if entity.type == "LOCATION"]
    assert isinstance(place.norm, tuple)
    assert len(place.norm) > 1
    assert record.review == "place is ambiguous: 朝阳区"


def test_the_issuer_settles_an_ambiguous_place(extract: Extract) -> None:
    record = one(extract("下一步，我们将在朝阳区修建泵站。", issuer="长春市朝阳区人民政府"))
    (place,) = [entity for entity in record.entities if entity.type == "LOCATION"]
    assert place.norm is not None
    assert not isinstance(place.norm, str | tuple)
    assert place.norm.path.startswith("吉林省/长春市")
    assert record.review is None
