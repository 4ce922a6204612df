"""Which clause is a commitment, a lead-in, a tail, a heading or none: sentences grouped by role, and the settling."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest
from conftest import Process, RolesOf

from extractor import arbiter, roles
from extractor.clauses import Clause, split
from extractor.facts import mask, names
from extractor.roles import Role, settle
from extractor.rulebook import Decision, Rulebook
from extractor.tables import Table

PLAN = "清河镇2026年工作打算\n"
"""A title after which whatever is undecided faces forward."""

SPOKEN = {
    "commitment": [
        "下一步，⟦我镇将修建水渠三条⟧。",
        "⟦我局将于2026年6月底前开放新馆⟧。",
        "今年，⟦全镇计划新建标准厂房三座⟧。",
        "⟦我们要建设一支过硬队伍⟧。",
        "⟦严禁焚烧秸秆⟧。",
        "⟦绝不让群众吃亏⟧。",
        "⟦各村要压实责任⟧。",
        "您好！针对您反映的路灯问题，⟦我局将于本月底前更换灯具⟧。",
    ],
    "lead-in": [
        "⟦下一步⟧，我镇将修建水渠三条。",
        "⟦今年⟧，全镇计划新建标准厂房三座。",
    ],
    "other": [
        "去年，⟦我镇修建水渠三条⟧，取得明显成效。",
        "去年，我镇修建水渠三条，⟦取得明显成效⟧。",
        "⟦我镇已累计投入资金300万元⟧。",
        "⟦水厂项目已启动⟧。",
        "⟦邻县的实践证明⟧，坚持开放就有出路。",
        "邻县的实践证明，⟦坚持开放就有出路⟧。",
        "⟦他们坚持一个声音喊到底⟧。",
        "⟦解放思想是最根本的法宝⟧。",
        "⟦产业短板仍然突出⟧。",
        "⟦这是推动发展的必然要求⟧。",
        "⟦感谢各位代表⟧！",
        "让我们携手奋进，⟦共同奋斗⟧！",
        "⟦建议您到镇政务大厅办理⟧。",
        "⟦本办法自2026年3月1日起施行⟧。",
        "本办法所称村道，⟦是指村与村之间的公路⟧。",
        "下一步，我镇将修建水渠。⟦（镇水利站牵头，各村配合）⟧",
        "⟦同志们⟧：我镇将修建水渠。",
        "⟦下一步怎么办⟧？我镇将修建水渠。",
    ],
}
PLANNED = {
    "commitment": [
        "⟦全面实施山林管护行动⟧。",
        "⟦加快推进园区建设⟧。",
        "⟦城镇新增就业1100人以上⟧。",
        "⟦力争全年引进茶企五家⟧。",
        "⟦探索建立积分制度⟧。",
        "⟦鼓励社会力量办养老⟧。",
        "⟦必须守住耕地红线⟧。",
        "⟦进一步提高工作效能⟧。",
        "⟦围绕茶叶产业做好服务⟧。",
        "修建水渠，⟦确保2026年底前新增灌溉面积5万亩⟧。",
        "围绕茶叶产业，⟦修建加工厂三座⟧。",
        "2026年主要预期目标是：⟦地区生产总值增长6%⟧；城镇新增就业1万人以上。",
        "2026年主要预期目标是：地区生产总值增长6%；⟦城镇新增就业1万人以上⟧。",
        "一是修建村道；⟦二是绿化河岸⟧；三是改造水管。",
        "⟦不断解放思想⟧。",
    ],
    "lead-in": [
        "⟦围绕茶叶产业⟧，修建加工厂三座。",
        "⟦依托北山资源⟧，发展林下种植。",
        "⟦通过以奖代补⟧，支持农户改厕。",
        "⟦以园区为重点⟧，引进茶企五家。",
        "⟦抓住高铁通车机遇⟧，发展近郊旅游。",
        "⟦按照县里部署⟧，整治六条河道。",
        "⟦2026年主要预期目标是⟧：地区生产总值增长6%；城镇新增就业1万人以上。",
    ],
    "tail": [
        "修建村道，⟦带动农民增收⟧。",
        "新建幼儿园两所，⟦切实解决入园难题⟧。",
        "修建水厂，⟦为长远发展奠定基础⟧。",
        "打造茶叶园区，⟦形成新的增长点⟧。",
    ],
    "heading": [
        "⟦一是抓好项目建设⟧。新建厂房三座。二是改善民生。修建村道10公里。",
        "一是抓好项目建设。新建厂房三座。⟦二是改善民生⟧。修建村道10公里。",
        "⟦（一）抓好项目建设⟧\n新建厂房三座，引进茶企五家。\n（二）改善民生\n修建村道10公里。",
    ],
    "other": [
        "去年，⟦新建厂房三座⟧。",
        "修建水渠。⟦感谢大家的支持⟧！",
    ],
}


def marked(text: str) -> tuple[str, str]:
    """The plain text, and the clause between the marks without its enumerator."""
    (inside,) = re.findall("⟦(.*?)⟧", text)
    clause = split(inside)[-1]
    return re.sub("[⟦⟧]", "", text), inside[clause.start : clause.end]


def cases(table: dict[str, list[str]], before: str = "") -> list[tuple[str, str]]:
    return [(role, before + text) for role, texts in table.items() for text in texts]


@pytest.mark.parametrize(("role", "text"), [*cases(SPOKEN), *cases(PLANNED, PLAN)])
def test_role_of_the_marked_clause(role: str, text: str, roles_of: RolesOf) -> None:
    plain, clause = marked(text)
    assert dict(roles_of(plain))[clause] == role


def test_the_arbiter_leaves_what_is_certain_as_it_is(roles_of: RolesOf) -> None:
    wrong = []
    for role, text in [*cases(SPOKEN), *cases(PLANNED, PLAN)]:
        plain, clause = marked(text)
        if (found := dict(roles_of(plain, arbiter=True))[clause]) != role:
            wrong.append(f"{text.removeprefix(PLAN)}: {found}, not {role}")
    assert wrong == []


@pytest.mark.parametrize(
    "text", ["一是修建村道；⟦二是新开公交⟧；三是改造水管。", "下一步抓两件事：⟦一是新开公交⟧；二是改造水管。"]
)
def test_a_short_enumerated_item_is_a_commitment(text: str, roles_of: RolesOf) -> None:
    plain, clause = marked(PLAN + text)
    assert dict(roles_of(plain))[clause] == "commitment"


def test_the_same_words_commit_under_a_plan_and_report_under_a_review(roles_of: RolesOf) -> None:
    text = (
        "清河镇2025年工作总结和2026年工作打算\n一、2025年工作回顾\n加快推进园区建设，新建厂房三座。\n"
        "二、2026年工作打算\n加快推进园区建设，新建厂房三座。"
    )
    found = [role for clause, role in roles_of(text) if clause in ("加快推进园区建设", "新建厂房三座")]
    assert found == ["other", "other", "commitment", "commitment"]


def test_every_verdict_names_a_row_of_the_table(process: Process, book: Rulebook) -> None:
    doc = process(PLAN + "围绕茶叶产业，修建加工厂三座，带动农民增收。去年成效明显。")
    assert len(doc._.verdicts) == len(doc._.clauses) == 5
    assert {verdict.rule for verdict in doc._.verdicts} <= {row.id for row in book.tables["roles"]}
    judged = process(PLAN + "围绕茶叶产业，修建加工厂三座，带动农民增收。去年成效明显。", arbiter=True)
    assert {verdict.rule for verdict in judged._.verdicts} <= set(book.decisions) | {
        f"arbiter.{role}" for role in ROLES.values()
    }
    assert all(verdict.facts >= names(facts) for verdict, facts in zip(doc._.verdicts, doc._.facts, strict=True))


def row(gives: str, alone: str | None = None, **conditions: tuple[str, ...]) -> Decision:
    return Decision.model_validate(
        {
            "id": f"roles.{gives}",
            "description": "",
            "positive": (),
            "negative": (),
            "gives": gives,
            "alone": alone,
            **conditions,
        }
    )


FALLBACK = row("other")
DECISIONS: list[tuple[list[Decision], set[str], str]] = [
    ([row("commitment", all=("a", "b")), FALLBACK], {"a", "b", "c"}, "commitment"),
    ([row("commitment", all=("a", "b")), FALLBACK], {"a"}, "other"),
    ([row("commitment", any=("a", "b")), FALLBACK], {"b"}, "commitment"),
    ([row("commitment", any=("a", "b")), FALLBACK], {"c"}, "other"),
    ([row("commitment", none=("a",)), FALLBACK], set(), "commitment"),
    ([row("commitment", none=("a",)), FALLBACK], {"a"}, "other"),
    ([row("commitment", all=("a",), any=("b", "c"), none=("d",)), FALLBACK], {"a", "c"}, "commitment"),
    ([row("commitment", all=("a",), any=("b", "c"), none=("d",)), FALLBACK], {"a", "c", "d"}, "other"),
    ([row("heading", all=("a",)), row("commitment", all=("a",)), FALLBACK], {"a"}, "heading"),
]


@pytest.mark.parametrize(("rows", "facts", "gives"), DECISIONS)
def test_the_first_row_that_holds_decides(rows: list[Decision], facts: set[str], gives: str) -> None:
    assert [row.gives for row in Table(rows).read([mask(facts)])] == [gives]


def test_a_table_that_leaves_a_clause_undecided_is_an_error() -> None:
    with pytest.raises(LookupError, match="no row without conditions"):
        Table([row("commitment", all=("a",))]).read([0])


C, X, H = row("commitment"), row("other"), row("heading")
L, LC, LX = row("lead-in"), row("lead-in", "commitment"), row("lead-in", "other")
T, TC = row("tail", "other"), row("tail", "commitment")
ROLES: dict[str, Role] = {"C": "commitment", "L": "lead-in", "T": "tail", "H": "heading", "x": "other"}

# the clauses, what the table reads in each, and what they become
SETTLED: list[tuple[str, list[Decision], str]] = [
    ("甲，乙。", [L, C], "LC"),
    ("甲，乙。", [LC, X], "Cx"),
    ("甲，乙。", [LX, X], "xx"),
    ("甲。乙。", [LC, C], "CC"),
    ("甲，乙，丙。", [LX, L, C], "LLC"),
    ("甲，乙。", [C, LC], "CC"),
    ("甲：乙；丙。", [LX, C, C], "LCC"),
    ("甲：乙。", [LX, X], "xx"),
    ("甲：乙，丙。", [LX, LC, C], "LLC"),
    ("甲，乙。", [C, T], "CT"),
    ("甲，乙。", [X, TC], "xC"),
    ("甲。乙。", [C, TC], "CC"),
    ("甲；乙。", [C, T], "Cx"),
    ("甲，乙，丙。", [C, T, T], "CTT"),
    ("甲，乙，丙。", [C, LC, TC], "CLC"),
    ("甲，乙，丙。", [C, X, TC], "CxC"),
    ("甲，乙。", [L, TC], "LC"),
    ("甲。乙。", [H, TC], "HC"),
    ("甲。", [LC], "C"),
]


@pytest.mark.parametrize(("text", "readings", "expected"), SETTLED)
def test_neighbours_settle_a_role(text: str, readings: list[Decision], expected: str) -> None:
    clauses: list[Clause] = split(text)
    assert len(clauses) == len(readings) == len(expected)
    assert settle(clauses, readings) == [ROLES[sign] for sign in expected]


PLEDGED = [
    (["settled.plan", "deadline.open"], True),
    (["settled.plan", "has.figure", "verb.action"], True),
    (["settled.plan", "voice.own", "verb.must"], True),
    (["deadline.open"], False),
    (["settled.plan", "has.figure"], False),
    (["settled.plan", "verb.must"], False),
]


@pytest.mark.parametrize(("facts", "expected"), PLEDGED)
def test_what_is_pledged_under_a_plan(facts: list[str], expected: bool) -> None:
    assert roles.pledged(mask(facts)) is expected
    assert roles.stays("commitment", "other", mask(facts)) is expected
    assert not roles.stays("commitment", "lead-in", mask(facts))


def test_no_clauses_no_verdicts(book: Rulebook) -> None:
    assert roles.decide([], [], [], [], book) == []


def test_what_looks_like_a_heading_and_has_no_commitment_under_it_is_text(process: Process) -> None:
    doc = process(
        "清河镇2026年城建任务\n一、总体情况\n会议由镇长主持\n二、污水治理\n6月完成一期建设\n三、附则\n特此通知。"
    )
    found = {doc._.text.printed[c.start : c.end]: v.role for c, v in zip(doc._.clauses, doc._.verdicts, strict=True)}
    assert (found["总体情况"], found["附则"]) == ("other", "other")
    assert (found["污水治理"], found["6月完成一期建设"]) == ("heading", "commitment")
    assert [record.pledge and record.pledge.title for record in doc._.commitments] == ["污水治理"]


def test_the_arbiter_makes_no_commitments_of_what_a_review_reports(process: Process) -> None:
    text = "政府工作报告\n一、过去五年工作回顾\n坚持民生优先。推动降低用能成本，推进简政放权，完善要素市场配置机制。\n二、今年工作打算\n推动降低用能成本。"
    doc = process(text, arbiter=True)
    roles_given = [verdict.role for verdict in doc._.verdicts if "is.front" not in verdict.facts]
    assert "commitment" not in roles_given[:-2]
    assert roles_given[-1] == "commitment"


def test_a_model_that_denies_everything_leaves_pledges_under_a_plan(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    denying = SimpleNamespace(decide=lambda clauses, facts, wordings: ["other"] * len(clauses))
    usual = arbiter.load
    monkeypatch.setattr(arbiter, "load", lambda path: SimpleNamespace(roles=denying, kinds=usual(path).kinds))
    text = "二、今年的任务\n全县要修好塘坝三百二十座，扩大灌溉面积五万亩。我县必须保住水源。"
    doc = process(text)
    kept = [
        doc._.text.printed[c.start : c.end]
        for c, v in zip(doc._.clauses, doc._.verdicts, strict=True)
        if v.role == "commitment"
    ]
    assert kept == ["全县要修好塘坝三百二十座", "扩大灌溉面积五万亩", "我县必须保住水源"]
