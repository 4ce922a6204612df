"""The last word on names: rules keep their ids where the model agrees, what it adds names the arbiter, places link."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from conftest import Process
from spacy.tokens import Doc

from extractor import renaming
from extractor.naming import Named
from extractor.records import Division
from extractor.rulebook import Rulebook


def names_of(doc: Doc, attribute: str = "names") -> Sequence[Named]:
    found: Sequence[Named] = getattr(doc._, attribute)
    return found


TITLE = "清河镇2026年工作打算\n"


def test_what_both_find_keeps_its_rule(process: Process) -> None:
    doc = process(TITLE + "在石门村新建泵站。", arbiter=True)
    assert [(name.type, name.rule) for name in names_of(doc) if name.type == "LOCATION"] == [
        ("LOCATION", "place.village")
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("建设通往王家坪的公路。", ("LOCATION", "王家坪")),
        ("积极对接青禾中学、区文化馆。", ("ORG", "青禾中学")),
        ("到2028年建成覆盖所有乡镇的山洪灾害预警系统。", ("PROJECT", "山洪灾害预警系统")),
    ],
)
def test_what_the_model_adds_names_the_arbiter(text: str, name: tuple[str, str], process: Process) -> None:
    doc = process(TITLE + text, arbiter=True)
    found: dict[tuple[str, str], str] = {(n.type, doc._.text.folded[n.start : n.end]): n.rule for n in names_of(doc)}
    assert found[name] == f"arbiter.{name[0]}"


@pytest.mark.parametrize(
    ("view", "name", "whole"),
    [
        ("建成东河路延伸段(小学门前)道路", "东河路延伸段(小学", "东河路延伸段(小学门前)"),
        ("推进“春苗计划”", "“春苗计划", "“春苗计划”"),
        ("推进“春苗计划让农民增收", "“春苗计划", "春苗计划"),
        ("治理东湖、西湖)", "西湖)", "西湖"),
        ("治理清河(城区段)", "清河(城区段)", "清河(城区段)"),
        ("实施改造(甲、乙、丙)工程", "改造(甲", "改造(甲"),
        ('深入开展“智汇清江"行动,', '“智汇清江"行动', '“智汇清江"行动'),
    ],
)
def test_a_name_goes_on_to_the_close_of_what_it_opens(view: str, name: str, whole: str) -> None:
    start = view.index(name)
    found = renaming.whole(view, start, start + len(name))
    assert view[slice(*found)] == whole


def test_documents_are_left_to_the_rules(process: Process) -> None:
    doc = process(TITLE + "落实《清河镇防汛预案》，按照清政发〔2025〕3号文件修建水渠。", arbiter=True)
    documents = [name for name in names_of(doc, "spotted") if name.type == "POLICY"]
    assert documents
    assert [name for name in names_of(doc) if name.type == "POLICY"] == documents


def test_the_rules_alone_decide_without_the_arbiter(process: Process) -> None:
    doc = process(TITLE + "改变清潩河又黑又臭的状况。", arbiter=False)
    assert names_of(doc) == names_of(doc, "spotted")


def test_places_that_the_model_adds_are_linked(process: Process, book: Rulebook) -> None:
    doc = process(TITLE + "支持曲周先行。")
    start = doc._.text.folded.index("曲周")
    added = Named("LOCATION", start, start + 2, "arbiter.LOCATION")
    other = Named("LOCATION", start, start + 3, "arbiter.LOCATION")
    view = doc._.promised.replace("曲周先", "曲周县")
    (found,) = renaming.linked(view, [other], [], book, None)
    assert isinstance(found.norm, Division)
    assert found.norm.path == "河北省/邯郸市/曲周县"
    (bare,) = renaming.linked(view, [added], [], book, "河北省曲周县人民政府")
    assert isinstance(bare.norm, Division)
    assert bare.norm.path == "河北省/邯郸市/曲周县"


def test_a_place_that_ends_where_one_of_the_rules_does_is_the_same_division(book: Rulebook) -> None:
    view = "支持河北省滨河县先行"
    norm = Division(code="130435", path="河北省/邯郸市/滨河县", table="mca", date="2025-12-31")
    found = Named("LOCATION", 5, 8, "place.district", norm)
    (linked,) = renaming.linked(view, [Named("LOCATION", 2, 8, "arbiter.LOCATION")], [found], book, None)
    assert linked.norm == norm


@pytest.mark.parametrize(
    ("text", "issuer", "code"),
    [
        ("整治柳行街道环境。", "济宁市", "370811017"),
        ("在柳行街道新建学校。", "济宁高新区", "370811017"),
        ("支持滑县建设泵站。", None, "410526"),
    ],
)
def test_a_division_of_the_gazetteer_stays_whatever_the_model_says(
    text: str, issuer: str | None, code: str, process: Process
) -> None:
    doc = process(TITLE + text, arbiter=True, issuer=issuer)
    (place,) = [name for name in names_of(doc) if name.type == "LOCATION"]
    assert isinstance(place.norm, Division)
    assert place.norm.code == code


@pytest.mark.parametrize("text", ["改造老城区道路。", "引进宁波银行。", "发扬井冈山精神。"])
def test_what_is_only_called_like_a_place_is_none_whatever_the_model_says(text: str, process: Process) -> None:
    doc = process(TITLE + text, arbiter=True, issuer="济宁市任城区")
    assert [name for name in names_of(doc) if name.type == "LOCATION"] == []


def test_what_is_built_is_no_place_besides(process: Process) -> None:
    doc = process(TITLE + "开工建设云岭高速公路。", arbiter=True)
    spans = [(name.start, name.end) for name in names_of(doc)]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("加快发展大型煤炭企业集团", []),
        ("检查上市公司治理", []),
        ("我局将商市财政局、市水务局合理确定标准", ["市财政局", "市水务局"]),
        ("支持云岭茶业公司扩产", ["云岭茶业公司"]),
    ],
)
def test_a_class_of_bodies_is_none_and_a_verb_is_part_of_no_name(
    clause: str, names: list[str], process: Process
) -> None:
    text = f"{TITLE}一、主要任务\n{clause}。\n"
    found = names_of(process(text, arbiter=True))
    assert [text[name.start : name.end] for name in found if name.type == "ORG"] == names


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("支持岚溪区发展机器人。建设岚溪机器人产业园。", ["岚溪区", "岚溪"]),
        ("完成香炉山农网改造。", ["香炉山"]),
        ("建设甬江隧道。", ["甬江"]),
        ("建成“智慧河湖”信息平台。", []),
        ("办好映山红旅游节。", []),
        ("推进农村公路改造工程。", []),
    ],
)
def test_a_project_is_called_after_the_place_that_it_begins_with(
    text: str, places: list[str], process: Process
) -> None:
    doc = process(TITLE + text, arbiter=True)
    found = sorted((name.start, name.end) for name in names_of(doc) if name.type == "LOCATION")
    assert [doc._.text.folded[start:end] for start, end in found] == places


@pytest.mark.parametrize(
    ("text", "kind", "names"),
    [
        ("完成城南棚户区改造（一期860户）。", "PROJECT", ["城南棚户区改造"]),
        ("举办一次环柳江自行车赛。", "PROJECT", ["环柳江自行车赛"]),
        ("新建村卫生室5个。", "LOCATION", []),
        ("整治路容路貌。", "LOCATION", []),
        ("办好中国秦岭生态旅游节。", "LOCATION", ["秦岭"]),
    ],
)
def test_a_name_leaves_what_stands_about_it(text: str, kind: str, names: list[str], process: Process) -> None:
    doc = process(f"{TITLE}一、主要任务\n{text}", arbiter=True)
    found = sorted((name.start, name.end) for name in names_of(doc) if name.type == kind)
    assert [doc._.text.folded[start:end] for start, end in found] == names
