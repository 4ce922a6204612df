"""From clauses to records: what goes together, where it stands, and offsets carried back to the raw text."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import DIGEST, Extract

from extractor.assembly import groups, locator
from extractor.clauses import split
from extractor.reading import Place
from extractor.records import Commitment, Locator, Span
from extractor.roles import Role, Verdict
from extractor.rulebook import Rulebook

PLAN = "清河镇2026年工作打算\n"
ROLES: dict[str, Role] = {"C": "commitment", "L": "lead-in", "T": "tail", "H": "heading", "x": "other"}

# the roles of the clauses of one text, and the groups they make: lead-ins < head > tails, as clause numbers
GROUPS = {
    "": [],
    "x": [],
    "H": [],
    "C": ["<0>"],
    "LC": ["0<1>"],
    "LLC": ["01<2>"],
    "CT": ["<0>1"],
    "CTT": ["<0>12"],
    "LCTLC": ["0<1>2", "3<4>"],
    "CC": ["<0>", "<1>"],
    "CTCT": ["<0>1", "<2>3"],
    "CLT": ["<0>12"],
    "LxC": ["<2>"],
    "HC": ["<1>"],
    "CxC": ["<0>", "<2>"],
    "xT": [],
    "L": [],
    "HLCTHC": ["1<2>3", "<5>"],
}


@pytest.mark.parametrize(("roles", "expected"), GROUPS.items())
def test_lead_ins_head_and_tails_go_together(roles: str, expected: list[str]) -> None:
    clauses = split("，".join("甲" * len(roles)))
    verdicts = [Verdict(ROLES[sign], "roles.trial", 0) for sign in roles]
    found = list(groups(clauses, verdicts))
    assert [f"{joined(group.lead_ins)}<{group.head}>{joined(group.tails)}" for group in found] == expected


def joined(numbers: list[int]) -> str:
    return "".join(map(str, numbers))


def test_a_record_holds_head_lead_ins_and_tails(extract: Extract) -> None:
    raw = PLAN + "围绕茶叶产业，修建加工厂三座，带动农民增收。"
    (record,) = extract(raw, source="plan.txt")
    assert record.text == "围绕茶叶产业，修建加工厂三座，带动农民增收"
    assert record.head == span(raw, "修建加工厂三座")
    assert record.lead_ins == (span(raw, "围绕茶叶产业"),)
    assert record.tails == (span(raw, "带动农民增收"),)
    assert (record.start, record.end) == (record.lead_ins[0].start, record.tails[0].end)
    assert raw[record.start : record.end] == record.text
    assert (record.source, record.source_sha256, record.schema_version) == ("plan.txt", DIGEST, "1.0")


def span(raw: str, words: str) -> Span:
    start = raw.index(words)
    return Span(text=words, start=start, end=start + len(words))


def test_records_come_in_text_order_with_ids_of_their_own(extract: Extract) -> None:
    records = extract(PLAN + "修建村道，绿化河岸。改造水管。严禁焚烧秸秆。")
    assert [record.head.text for record in records] == ["修建村道", "绿化河岸", "改造水管", "严禁焚烧秸秆"]
    assert len({record.id for record in records}) == 4
    assert all(record.id.startswith(DIGEST[:16]) for record in records)


def test_the_id_rests_on_bytes_and_place_alone(extract: Extract) -> None:
    raw = PLAN + "修建村道，绿化河岸。"
    named = extract(raw, source="elsewhere.txt", issuer="清河县")
    assert [record.id for record in named] == [record.id for record in extract(raw)]


def test_a_page_break_is_healed_in_the_text_and_kept_in_the_offsets(extract: Extract) -> None:
    raw = PLAN + "修建加工厂三座。整治群众关心的\n\n\n\n用水问题，疏浚河道。"
    _, broken, after = extract(raw)
    assert (broken.text, broken.head.text) == ("整治群众关心的用水问题", "整治群众关心的用水问题")
    assert raw[broken.head.start : broken.head.end] == "整治群众关心的\n\n\n\n用水问题"
    assert raw[after.head.start : after.head.end] == after.head.text == "疏浚河道"


def test_section_and_pledge(extract: Extract) -> None:
    raw = (
        f"{PLAN}一、提升产业能级\n（一）建好园区\n一是抓好项目建设。新建厂房三座。二是培育企业。引进茶企五家。\n"
        "二、改善民生\n改造老旧水管，新开城乡公交两条。"
    )
    records = {record.head.text: record for record in extract(raw)}
    factory, firms, pipes = (records[head] for head in ("新建厂房三座", "引进茶企五家", "改造老旧水管"))
    assert factory.section == ("一、提升产业能级", "（一）建好园区")
    assert factory.pledge is not None
    assert (factory.pledge.label, factory.pledge.ordinal, factory.pledge.title) == ("一是", 1, "抓好项目建设")
    assert firms.pledge is not None
    assert (firms.pledge.label, firms.pledge.ordinal, firms.pledge.title) == ("二是", 2, "培育企业")
    assert factory.pledge.id != firms.pledge.id
    assert pipes.pledge is not None
    assert (pipes.section, pipes.pledge.label, pipes.pledge.title) == ((), "二、", "改善民生")


def test_commitments_of_one_item_share_its_pledge(extract: Extract) -> None:
    first, second = extract(f"{PLAN}一是改善民生。修建村道10公里，改造水管三处。")
    assert first.pledge is not None
    assert first.pledge == second.pledge


def test_no_heading_no_pledge(extract: Extract) -> None:
    (record,) = extract("下一步，我镇将修建村道。")
    assert (record.section, record.pledge, record.speech) == ((), None, None)


def test_document_is_what_the_text_says_unless_the_caller_does(extract: Extract) -> None:
    raw = "清河县人民政府关于加强河道管护的意见\n2026年1月8日\n各村要落实责任。"
    (said,) = extract(raw)
    assert said.document.model_dump() == {
        "title": "清河县人民政府关于加强河道管护的意见",
        "date": "2026-01-08",
        "issuer": "清河县人民政府",
        "fields": {},
    }
    (given,) = extract(raw, day=date(2026, 2, 2), issuer="清河县水利局")
    assert (given.document.date, given.document.issuer) == ("2026-02-02", "清河县水利局")
    (silent,) = extract("下一步，我镇将修建村道。")
    assert silent.document.model_dump() == {"title": None, "date": None, "issuer": None, "fields": {}}


def test_a_locator_is_the_place_that_holds_the_head() -> None:
    places = (Place(0, page=1), Place(12, page=2, cell="A1"), Place(40, page=3))
    assert locator((), 5) is None
    assert locator(places[1:], 5) is None
    expected = {0: (1, None), 11: (1, None), 12: (2, "A1"), 39: (2, "A1"), 40: (3, None), 999: (3, None)}
    for start, (page, cell) in expected.items():
        assert locator(places, start) == Locator(page=page, cell=cell)


NOTES = [
    ("下一步，我镇将修建水渠。（镇水利站牵头，镇财政所配合）", ("镇水利站",), ("镇财政所",)),
    (f"{PLAN}修建水渠三条（镇水利站、镇财政所负责）。", ("镇水利站",), ("镇财政所",)),
    (f"{PLAN}修建水渠三条。改造泵站两座。（镇水利站牵头，镇财政所配合）", ("镇水利站",), ("镇财政所",)),
]


@pytest.mark.parametrize(("raw", "lead", "partners"), NOTES)
def test_a_responsibility_note_assigns_the_commitments_before_it(
    raw: str, lead: tuple[str, ...], partners: tuple[str, ...], extract: Extract
) -> None:
    records = extract(raw)
    assert records
    for record in records:
        assert record.responsible is not None
        assert (record.responsible.lead, record.responsible.partners) == (lead, partners)


def test_a_note_reaches_back_to_the_note_before_it(extract: Extract) -> None:
    raw = f"{PLAN}修建水渠三条。（镇水利站负责）\n改造泵站两座。（镇供水站负责）\n绿化河岸五里。"
    leads = [record.responsible and record.responsible.lead for record in extract(raw)]
    assert leads == [("镇水利站",), ("镇供水站",), None]


def test_a_note_does_not_reach_over_a_heading(extract: Extract) -> None:
    raw = f"{PLAN}一、兴修水利\n修建水渠三条，改造泵站两座。\n二、绿化乡村\n绿化河岸五里，种植行道树。（镇林业站负责）"
    leads = {record.head.text: record.responsible and record.responsible.lead for record in extract(raw)}
    assert leads["改造泵站两座"] is None
    assert leads["绿化河岸五里"] == ("镇林业站",)


def test_entities_lie_inside_and_come_in_order(extract: Extract) -> None:
    raw = PLAN + "2026年6月底前，投资3000万元修建水渠5公里，印发《清河县河道管护办法》。"
    records: list[Commitment] = extract(raw)
    found = {(e.type, e.text): e for record in records for e in record.entities}
    assert found["TIME", "2026年6月底前"].norm == "../2026-06-30"
    assert found["QUANTITY", "3000万元"].norm == "= 30000000 元"
    assert found["QUANTITY", "5公里"].norm == "= 5 公里"
    assert ("POLICY", "《清河县河道管护办法》") in found
    money = found["QUANTITY", "3000万元"]
    assert (money.comparator, money.value, money.upper, money.unit) == ("=", "30000000", None, "元")
    for record in records:
        assert [e.start for e in record.entities] == sorted(e.start for e in record.entities)
        for entity in record.entities:
            assert raw[entity.start : entity.end] == entity.text
            assert record.start <= entity.start < entity.end <= record.end


def test_a_number_in_a_name_is_no_quantity(extract: Extract) -> None:
    (record,) = extract(PLAN + "修通三道沟村至八里庄村公路7公里。")
    assert [e.text for e in record.entities if e.type == "QUANTITY"] == ["7公里"]


def test_a_time_in_the_title_of_a_document_is_no_deadline(extract: Extract) -> None:
    (record,) = extract(PLAN + "认真落实2030年前碳排放达峰行动方案。")
    assert [(e.type, e.text) for e in record.entities] == [("POLICY", "2030年前碳排放达峰行动方案")]
    assert record.deadline is None or record.deadline.end_date != date(2030, 12, 31)


def test_every_rule_of_a_record_exists_once(extract: Extract, book: Rulebook) -> None:
    records = extract(PLAN + "必须在2026年6月底前修建水渠5公里，印发《清河县河道管护办法》。")
    assert records
    for record in records:
        assert len(set(record.rules)) == len(record.rules)
        assert record.rules[0].startswith("roles.")
        unknown = [name for name in record.rules if name not in book.rules and name not in book.decisions]
        assert unknown == []
