"""How much: sentences grouped by value, near misses, and properties over any text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import quantities, rulebook

RULES = rulebook.load()
TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "data/quantities.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
MARKS = re.compile("[⟦⟧]")
LETTERS = (
    "0123456789.,%‰、和至到—-约近超过不低于上下余多几来以内左右第每一二三十百千万亿半成倍番分之个项元亩年月天"
    "人次级/“”《》 \n增"
)
WORDS = {">=": "不低于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约", "=": "为"}


def marked(sentence: str) -> tuple[str, str, list[str]]:
    """The plain sentence, the same with what was found marked, and the norms."""
    plain = MARKS.sub("", sentence)
    found = quantities.find(plain, RULES)
    shown = plain
    for quantity in reversed(found):
        shown = f"{shown[: quantity.start]}⟦{quantity.text}⟧{shown[quantity.end :]}"
    return plain, shown, [quantity.norm for quantity in found]


def test_the_table_is_there() -> None:
    assert len(TABLE) >= 500
    assert sum(norm == "-" for norm, _ in TABLE) >= 100


@pytest.mark.parametrize(("norms", "sentence"), TABLE)
def test_sentences_by_value(norms: str, sentence: str) -> None:
    _, shown, found = marked(sentence)
    assert (" ; ".join(found) or "-", shown) == (norms, sentence)


def test_every_rule_decides_a_row() -> None:
    deciding = {q.rule for _, sentence in TABLE for q in quantities.find(MARKS.sub("", sentence), RULES)}
    assert deciding == {rule.id for rule in RULES.family("quantity")}


@pytest.mark.parametrize("rule", RULES.family("quantity"), ids=lambda rule: rule.id)
def test_every_example_is_reached(rule: rulebook.Rule) -> None:
    for example in rule.positive:
        plain = MARKS.sub("", example)
        found = quantities.find(plain, RULES)
        for mark in re.finditer("⟦([^⟧]+)⟧", example):
            start = len(MARKS.sub("", example[: mark.start()]))
            assert any(q.start <= start and q.end >= start + len(mark[1]) for q in found), example


@pytest.mark.parametrize(
    ("sentence", "indicator", "base"),
    [
        ("补贴标准由每人80元提高到100元", "补贴标准", "每人80元"),
        ("占比从35%提升到40%", "占比", "35%"),
        ("县域收入同比增长6%", "县域收入", "上年同期"),
        ("居民收入增速高于经济增速1个百分点", "居民收入增速", "经济增速"),
        ("县域新增就业1100人以上", "县域新增就业", None),
        ("今年县域新增就业达到12万人", "县域新增就业", None),
        ("全市粮食播种面积稳定在63万亩", "粮食播种面积", None),
        ("研发经费投入年均增长9%以上", "研发经费投入", None),
        ("青年失业率控制在5.2%以内", "青年失业率", None),
        ("收集率提高4个百分点", "收集率", None),
        ("比上年提高3个百分点", None, "上年"),
        ("较2020年增长8%", None, "2020年"),
        ("污水收集率比上年提高3个百分点", "污水收集率", "上年"),
        ("通气率由86.5%提高到92%", "通气率", "86.5%"),
        ("主要污染物排放量下降3%", "主要污染物排放量", None),
        ("由8%调高到9%", None, "8%"),
        ("新建口袋公园12个", None, None),
        ("占总投资的比例不低于20%", "占总投资的比例", None),
        ("新能源汽车占比提高到45%以上", "新能源汽车占比", None),
        ("占比比上年提高5%", "占比", "上年"),
        ("用于修渠的不低于其中的20%", None, None),
    ],
)
def test_indicator_and_base(sentence: str, indicator: str | None, base: str | None) -> None:
    last = quantities.find(sentence, RULES)[-1]
    assert (last.indicator, last.base) == (indicator, base)


@pytest.mark.parametrize(
    ("sentence", "measure"),
    [
        ("总产值达到300亿元", "level"),
        ("补助标准提高到100元", "level"),
        ("产值增长6%", "increase"),
        ("产值翻一番", "increase"),
        ("覆盖率提高0.5个百分点", "increase"),
        ("增速快于全县1个百分点", "increase"),
        ("两项产值分别增长6%、7%", "increase"),
        ("能耗下降了3%", "decrease"),
        ("时限压缩三分之一", "decrease"),
        ("青年失业率控制在5%以内", "rate"),
        ("增速保持在6%", "rate"),
        ("研发投入占GDP比重达到2.5%", "share"),
        ("改造30%的老旧小区", "share"),
        ("用于修渠的不低于其中的20%", "share"),
        ("能耗低于上年5%", "decrease"),
        ("新建口袋公园12个", "count"),
        ("县域新增就业5万人", "count"),
        ("进入全省前10位", "rank"),
        ("进入百强县前50名", "rank"),
    ],
)
def test_in_what_way_a_quantity_measures(sentence: str, measure: str) -> None:
    assert quantities.find(sentence, RULES)[-1].measure == measure


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("入学率、巩固率分别达到99%和95%以上", ["入学率", "巩固率"]),
        ("力争粮食产量和蔬菜产量分别达到5万吨、8万吨", ["粮食产量", "蔬菜产量"]),
        ("城乡居民收入分别增长6%和7%", ["城乡居民收入", "城乡居民收入"]),
        ("入学率、巩固率达到99%", ["巩固率"]),
    ],
)
def test_a_list_shares_out_its_indicators(sentence: str, indicators: list[str]) -> None:
    assert [quantity.indicator for quantity in quantities.find(sentence, RULES)] == indicators


def test_a_border_keeps_indicator_and_number_apart() -> None:
    (quantity,) = quantities.find("县域新增就业\n12万人", RULES)
    assert quantity.indicator is None
    assert quantities.find("达到10\n300亿元", RULES) == []


@given(st.text(LETTERS, max_size=40))
def test_hits_are_ordered_and_stay_inside_a_clause(view: str) -> None:
    border = 0
    for quantity in quantities.find(view, RULES):
        assert view[quantity.start : quantity.end] == quantity.text
        assert border <= quantity.start < quantity.end
        assert "\n" not in quantity.text
        border = quantity.end


@given(st.text())
def test_any_text_is_read(view: str) -> None:
    quantities.find(view, RULES)


@given(
    st.sampled_from(sorted(WORDS)),
    st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2),
    st.sampled_from(["%", "元", "平方米", "个", "人次", "公里", "个百分点"]),
)
def test_a_norm_printed_in_words_gives_the_same_norm(sign: str, value: Decimal, unit: str) -> None:
    norm = f"{sign} {quantities.plain(value)} {unit}"
    printed = f"数量{WORDS[sign]}{quantities.plain(value)}{unit}"
    assert [quantity.norm for quantity in quantities.find(printed, RULES)] == [norm]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(["万元", "亿元", "个", "%"]))
def test_a_range_keeps_both_ends(low: int, more: int, unit: str) -> None:
    (quantity,) = quantities.find(f"安排{low}{unit}至{low + more}{unit}", RULES)
    factor = {"万元": 10**4, "亿元": 10**8}.get(unit, 1)
    assert (quantity.value, quantity.upper) == (Decimal(low * factor), Decimal((low + more) * factor))


@pytest.mark.parametrize("sentence", sorted({MARKS.sub("", sentence) for _, sentence in TABLE}))
def test_every_norm_printed_again_is_read_as_itself(sentence: str) -> None:
    for quantity in quantities.find(sentence, RULES):
        if quantity.unit or quantity.fraction:
            (again,) = quantities.find(f"数量{in_words(quantity)}", RULES)
            assert again.norm == quantity.norm


def in_words(quantity: quantities.Quantity) -> str:
    """A quantity as a norm prints it, with the sign in words."""
    low = quantities.plain(quantity.value)
    turned = "翻" if quantity.unit == "番" else ""
    if quantity.upper is not None:
        return f"{turned}{low}{quantity.unit}至{quantities.plain(quantity.upper)}{quantity.unit}"
    if quantity.fraction:
        top, bottom = quantity.fraction.split("/")
        low = f"{bottom}分之{top}"
    if quantity.unit == "日" and quantity.comparator == ">=":
        return f"不少于{low}日"
    if quantity.unit in ("分钟", "日"):
        return f"自申请之日起{low}{quantity.unit}内" if quantity.comparator == "<=" else f"延长{low}{quantity.unit}"
    if quantity.unit == "遍":
        return "清淤一遍"
    after = {">=": "以上", "<=": "以内"}.get(quantity.comparator, "") if turned else ""
    sign = "" if turned else WORDS[quantity.comparator].removeprefix("为")
    return f"{turned}{sign}{low}{quantity.unit}{after}"


@given(st.sampled_from([MARKS.sub("", sentence) for _, sentence in TABLE]))
def test_full_width_text_gives_the_same_norms(sentence: str) -> None:
    wide = sentence.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789.%"})
    assert [q.norm for q in quantities.extract(wide)] == [q.norm for q in quantities.extract(sentence)]


@given(st.text() | st.text(LETTERS))
def test_any_text_is_read_on_its_own(text: str) -> None:
    for quantity in quantities.extract(text):
        assert quantity.text[0] == text[quantity.start]
        assert quantity.text[-1] == text[quantity.end - 1]
