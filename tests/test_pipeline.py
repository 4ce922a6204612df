"""The stages together: a spaCy pipeline that others can extend, and a page of speeches read from end to end."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Extract, Process
from spacy.language import Language
from spacy.tokens import Doc

import extractor
from extractor import pipeline
from extractor.explaining import explain
from extractor.records import Commitment
from extractor.rulebook import RuleError

RAW = "清河镇2026年工作打算\n围绕茶叶产业，修建加工厂三座，带动农民增收。"


def test_stages_run_in_the_order_they_are_declared() -> None:
    nlp = extractor.load()
    assert isinstance(nlp, Language)
    assert nlp.pipe_names == list(pipeline.STAGES)
    assert nlp.pipe_names[-1] == "commitments"


def test_the_pipeline_is_built_once() -> None:
    assert extractor.load() is extractor.load()
    assert pipeline.load() is extractor.load()


def test_every_stage_leaves_what_it_found(process: Process) -> None:
    doc = process(RAW)
    for name in ("text", "given", *pipeline.STAGES):
        assert getattr(doc._, name) is not None, name
    assert doc.text == doc._.text.folded
    assert len(doc._.clauses) == len(doc._.facts) == len(doc._.verdicts) == len(doc._.outline.places)


def test_tokens_lie_where_the_text_has_them(process: Process) -> None:
    doc = process(RAW)
    assert [doc.text[t.idx : t.idx + len(t.text)] for t in doc] == [t.text for t in doc]
    assert {token.tag_ for token in doc if token.text == "修建"} == {"v"}


def test_someone_elses_stage_reads_what_ours_found() -> None:
    Language.component("count_tails", func=count_tails)
    if not Doc.has_extension("tails"):
        Doc.set_extension("tails", default=0)
    nlp = pipeline.load(None, "rjieba")
    assert nlp is not extractor.load()
    nlp.add_pipe("count_tails", after="verdicts")
    assert nlp(RAW)._.tails == 1
    nlp.remove_pipe("count_tails")


def count_tails(doc: Doc) -> Doc:
    doc._.tails = sum(verdict.role == "tail" for verdict in doc._.verdicts)
    return doc


def test_many_texts_pass_through_the_pipe() -> None:
    will = "下一步，我镇将新建两所幼儿园。"
    docs = list(extractor.load().pipe([will, "天气晴好。", will]))
    assert [len(doc._.commitments) for doc in docs] == [1, 0, 1]


def test_a_document_does_not_colour_the_next(extract: Extract) -> None:
    alone = extract("水面平静，加快推进园区建设。")
    extract("柳溪街道2026年工作打算\n2026年1月8日\n下一步，我们将修渠。", issuer="柳溪街道")
    assert extract("水面平静，加快推进园区建设。") == alone


def test_broken_rules_are_an_error_at_once(tmp_path: Path) -> None:
    (tmp_path / "verb.toml").write_text("[[rule]\n", encoding="utf-8")
    with pytest.raises(RuleError, match="not valid TOML"):
        pipeline.load(tmp_path)


# A page of speeches: `corpus/township_study_tour.txt`.
SPEAKERS = [
    ("罗培松", "党工委书记", "绵阳高新区石塘街道", "学人之长补己之短 走好产城融合新路"),
    ("向晓棠", "党工委副书记、办事处主任", "绵阳高新区永宁桥街道", "不等不靠抢先机 比学赶超谋跨越"),
    ("邓一帆", "党工委书记", "绵阳高新区凤栖街道", "问计江湾开眼界 躬身实干见真章"),
]
PLEDGES = [
    (0, "一是", "提速园区建设"),
    (0, "三是", "补上民生欠账"),
    (0, "四是", "管好干部队伍"),
    (1, "一是", "抢抓机遇扩投资"),
    (1, "二是", "做优环境留企业"),
    (1, "三是", "守牢底线保平安"),
    (1, "四是", "建强队伍聚合力"),
    (2, "一是", "以新理念引领规划"),
    (2, "二是", "以新动能盘活存量"),
    (2, "三是", "以新机制激发活力"),
]
PROMISED = [
    "年内新开工标准厂房18万平方米",
    "鼓励社会力量参与社区食堂运营",
    "严禁擅自撤岗离岗",
    "聘请专业团队修编《凤栖片区更新改造规划》",
]
NOT_PROMISED = [
    "规划定力",
    "八年未改一字",
    "12平方公里",
    "研发投入强度",
    "惠企资金4.3亿元",
    "拿地即开工",
    "必须承认",
    "季度赛马",
    "三天时间",
]


@pytest.fixture(scope="module")
def tour(extract: Extract, corpus_texts: dict[str, str]) -> list[Commitment]:
    return extract(corpus_texts["township_study_tour.txt"], arbiter=True)


def test_every_speech_has_its_speaker(tour: list[Commitment]) -> None:
    said = {record.speech.index: record.speech for record in tour if record.speech}
    found = [(s.speaker, s.position, s.organization, s.title) for _, s in sorted(said.items())]
    assert found == SPEAKERS
    assert all(record.speech for record in tour)


def test_enumerated_items_are_pledges_with_their_titles(tour: list[Commitment]) -> None:
    found = {(r.speech.index, r.pledge.label, r.pledge.title) for r in tour if r.speech and r.pledge}
    assert set(PLEDGES) <= found
    assert (
        len({r.pledge.id for r in tour if r.pledge and (r.pledge.label, r.pledge.title) in {p[1:] for p in PLEDGES}})
        == len(PLEDGES)
        == 10
    )


def test_an_item_that_opens_with_the_past_holds_its_commitments_too(tour: list[Commitment]) -> None:
    found = {r.head.text for r in tour if r.pledge and r.pledge.title == "啃下征迁硬骨头"}
    assert {"街道将成立三个攻坚小组", "力争国庆前全线实现净地交付"} <= found


def test_each_speech_holds_its_own_commitments(tour: list[Commitment]) -> None:
    assert [min(r.start for r in tour if r.speech and r.speech.index == n) for n in range(3)] == sorted(
        min(r.start for r in tour if r.speech and r.speech.index == n) for n in range(3)
    )
    counts = [sum(r.speech is not None and r.speech.index == n for r in tour) for n in range(3)]
    assert min(counts) >= 8


@pytest.mark.parametrize("words", PROMISED)
def test_what_was_promised_is_there(words: str, tour: list[Commitment]) -> None:
    assert any(words in record.text for record in tour)


@pytest.mark.parametrize("words", NOT_PROMISED)
def test_nothing_comes_from_lessons_and_reports(
    words: str, tour: list[Commitment], corpus_texts: dict[str, str]
) -> None:
    assert words in corpus_texts["township_study_tour.txt"]
    assert not any(words in record.text for record in tour)


def test_sentences_broken_by_a_page_are_whole(
    tour: list[Commitment], process: Process, corpus_texts: dict[str, str]
) -> None:
    raw = corpus_texts["township_study_tour.txt"]
    (sandbags,) = [record for record in tour if "储备沙袋2万条" in record.text]
    assert raw[sandbags.start : sandbags.end] != sandbags.text
    assert "\n" in raw[sandbags.start : sandbags.end]
    assert "全程公开评议、张榜公示" in [item.text for item in explain(process(raw))]


FOUR = [("王大山", "柳溪街道"), ("李小明", "杏林街道"), ("赵水生", "桃源街道"), ("孙河清", "荷塘街道")]


def four_speeches() -> str:
    parts = [
        f"学先进 找差距{number}\n临河高新区{place}党工委书记 {name}\n"
        "第一，有定力才有底气。他们坚持一张蓝图绘到底，几年间修通环湖大道。\n"
        f"一是抓好项目建设。新建标准厂房{number}座。二是改善民生。改造背街小巷{number}条。"
        for number, (name, place) in enumerate(FOUR, 2)
    ]
    return "\n".join(parts)


def test_four_speeches_on_a_page(extract: Extract) -> None:
    records = extract(four_speeches())
    found = [(r.speech.speaker, r.pledge.title, r.head.text, r.actor) for r in records if r.speech and r.pledge]
    assert len(found) == len(records)
    assert found == [
        (name, title, head, f"临河高新区{place}")
        for number, (name, place) in enumerate(FOUR, 2)
        for title, head in (("抓好项目建设", f"新建标准厂房{number}座"), ("改善民生", f"改造背街小巷{number}条"))
    ]
