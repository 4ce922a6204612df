"""Cutting into clauses: marked sentences, what belongs to no clause, and properties over any text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.clauses import CUT, ENUMERATOR, LONGEST_QUOTE, PAIRS, QUOTES, Clause, closes, sentences, split, view

ALPHABET = "一二十、，,；;。！？!?：:“”‘’《》（）()【】「」是要第1234.0①—甲乙修建村路 　\n"

# A clause is what stands between the marks; everything else belongs to none.
CUTS = [
    "⟦修建村路⟧，⟦新开公交⟧；⟦改造农房⟧。⟦谁来办⟧？⟦马上办⟧！",
    "⟦修建村路⟧,⟦新开公交⟧;⟦改造农房⟧:⟦共三处⟧!⟦谁来办⟧?",
    "⟦水、电、路一并改造⟧。",
    "⟦落实“一户一策，一村一档”办法⟧，⟦逐户走访⟧",
    "⟦印发《河道管护，清淤办法》⟧。",
    "⟦改造厂房（含仓库，不含宿舍）三座⟧，⟦年内完工⟧",
    "⟦扶持【甲，乙】两家⟧；⟦〔三，四〕号文件照办⟧",
    "⟦投资1,100万元⟧，⟦每天6:30开门⟧",
    "⟦按照4：3：3的比例分担⟧，⟦17：00关门⟧",
    "⟦面积３⟧，⟦４月交付⟧",
    "⟦第一段没有句号⟧\n⟦第二段⟧。\n\n⟦第三段⟧",
    "  ⟦前后有空⟧　，　⟦也不算⟧  ",
    "⟦清河站⟧：⟦扩建候车室⟧",
    "⟦总产值达到10，300亿元⟧，⟦增加1，800亿元⟧",
    "⟦收入２９，７３１，０００元⟧，⟦到2025⟧，⟦300个村⟧",
    "⟦第一批12⟧，⟦30户随后⟧",
]
ENUMERATORS = {
    "一是": ["一是⟦修建村路⟧；"],
    "工程一、": ["工程一、⟦修建村路⟧；"],
    "二要": ["二要⟦新开公交⟧。"],
    "（二）": ["（二）⟦改造农房⟧"],
    "(3)": ["(3)⟦疏浚河道⟧"],
    "三、": ["三、⟦补上短板⟧。"],
    "第一，": ["第一，⟦守住耕地⟧，"],
    "第二件，": ["第二件，⟦修好水渠⟧。"],
    "第一个问题，": ["第一个问题，⟦作风要转⟧。"],
    "头一条，": ["头一条，⟦账目公开⟧。"],
    "1.": ["1.⟦修渠⟧。", "1.  ⟦修渠⟧。", "1.⟦2026年修渠⟧。", "1.⟦4月起修渠⟧。"],
    "1．": ["1．⟦12月底前修渠⟧。"],
    "１.": ["１.⟦２０２６年修渠⟧。"],
    "2、": ["2、⟦架桥⟧。"],
    "3．": ["3．⟦架桥⟧。"],
    "4)": ["4)⟦植树⟧"],
    "①": ["①⟦修渠⟧；"],
    "——": ["——⟦植树造林⟧。"],
    "一．": ["一．⟦修渠⟧。"],
    "二.": ["二.⟦修渠⟧。"],
    "1.1": ["1.1⟦改造村道⟧。", "1.1 ⟦改造村道⟧。"],
    "2.1.3": ["2.1.3⟦改造村道⟧。", "2.1.3　⟦改造村道⟧。"],
    "●": ["●⟦修渠⟧。", "● ⟦修渠⟧。"],
    "◆": ["◆⟦修渠⟧。"],
    "·": ["·⟦修渠⟧。"],
    "-": ["- ⟦修渠⟧。"],
    "Ⅱ.": ["Ⅱ.⟦修渠⟧。"],
    "A.": ["A.⟦修渠⟧。"],
    "b)": ["b)⟦修渠⟧。"],
    "": [
        "⟦一要点准确⟧",
        "⟦十三五规划⟧",
        "⟦三、四、五组并村⟧",
        "⟦1.5公里村道⟧",
        "⟦1.2亿元资金⟧",
        "⟦1.4个月工期⟧",
        "⟦-5℃以下停课⟧",
        "⟦A区开工⟧",
        "⟦GDP增长⟧",
        "⟦一体推进⟧",
        "⟦2026年动工⟧",
        "⟦第一书记进村⟧",
        "⟦第二、第三产业升级⟧",
        "⟦第二件作品入选⟧",
        "⟦第一个五年计划⟧",
    ],
}


def marked(text: str) -> tuple[str, list[str]]:
    """The plain text, and what its marks enclose."""
    return re.sub("[⟦⟧]", "", text), re.findall("⟦(.*?)⟧", text)


def cut_into(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in split(text)]


@pytest.mark.parametrize("example", CUTS)
def test_cuts_stand_at_punctuation_outside_quotes_brackets_and_numbers(example: str) -> None:
    plain, clauses = marked(example)
    assert cut_into(plain) == clauses


@pytest.mark.parametrize(
    ("label", "example"), [(label, text) for label, texts in ENUMERATORS.items() for text in texts]
)
def test_an_enumerator_belongs_to_no_clause(label: str, example: str) -> None:
    plain, clauses = marked(example)
    (clause,) = split(plain)
    assert (clause.enumerator, plain[clause.start : clause.end]) == (label, clauses[0])


def test_a_number_inside_a_sentence_is_no_enumerator() -> None:
    (_, second) = split("新建泵站，3、4号泵站先行")
    assert second.enumerator == ""


def test_sentences_and_paragraphs_are_counted_over_the_text() -> None:
    clauses = split("甲村修路，乙村架桥；丙村植树。丁村：办学\n戊村通车")
    assert [clause.sentence for clause in clauses] == [0, 0, 1, 2, 2, 3]
    assert [clause.paragraph for clause in clauses] == [0, 0, 0, 0, 0, 1]
    assert [clause.closer for clause in clauses] == ["，", "；", "。", "：", "", ""]


def test_the_borders_of_a_paragraph_are_marked() -> None:
    clauses = split("一是修路，架桥。植树。\n通车")
    assert [clause.opens_line for clause in clauses] == [True, False, False, True]
    assert [clause.closes_line for clause in clauses] == [False, False, True, True]


def test_an_open_quotation_is_cut_like_running_text() -> None:
    assert cut_into("推行“一户一策，逐户走访，年内完成。") == ["推行“一户一策", "逐户走访", "年内完成"]


def test_a_very_long_quotation_is_running_text() -> None:
    inside = "修路架桥，" * 30
    assert len(cut_into(f"“{inside}”")) > 1
    assert len(cut_into("“修路架桥，植树造林”")) == 1


def counted(text: str, at: int) -> int | None:
    """Just after the mark that closes the one at `at`, found by counting depth from there on."""
    opener, depth = text[at], 0
    for here, sign in enumerate(text[at : at + LONGEST_QUOTE] if opener in QUOTES else text[at:], at):
        depth += (sign == opener) - (sign == PAIRS[opener] or (opener == "“" and sign == '"'))
        if not depth:
            return here + 1
    return None


@given(st.text(alphabet='甲“”"（）(《》「」', max_size=200))
def test_each_mark_is_closed_by_the_one_that_brings_its_depth_back(text: str) -> None:
    wanted = {at: counted(text, at) for at, sign in enumerate(text) if sign in PAIRS}
    assert closes(text, 0, len(text)) == {at: end for at, end in wanted.items() if end}


def test_view_keeps_offsets_and_hides_what_is_outside() -> None:
    text = "一是修路，架桥。"
    assert view(text, split(text)) == "\n\n修路\n架桥\n"


@given(st.text(ALPHABET, max_size=60))
def test_clauses_are_in_order_apart_and_trimmed(text: str) -> None:
    clauses = split(text)
    assert [c.start for c in clauses] == sorted({c.start for c in clauses})
    assert all(before.end <= after.start for before, after in pairwise(clauses))
    for clause in clauses:
        words = text[clause.start : clause.end]
        assert words
        assert words == words.strip()
        assert "\n" not in words


@given(st.text(ALPHABET, max_size=60))
def test_what_is_outside_clauses_is_punctuation_white_space_or_enumerator(text: str) -> None:
    assert outside(text, split(text)) == ""


@given(st.text(ALPHABET, max_size=60))
def test_sentences_never_run_backwards(text: str) -> None:
    clauses = split(text)
    for before, after in pairwise(clauses):
        assert before.sentence <= after.sentence
        assert before.paragraph <= after.paragraph
        assert before.paragraph == after.paragraph or before.sentence < after.sentence


@given(st.text(ALPHABET, max_size=60))
def test_the_view_shows_clauses_and_nothing_else(text: str) -> None:
    clauses = split(text)
    shown = view(text, clauses)
    assert len(shown) == len(text)
    assert [line for line in shown.split("\n") if line] == cut_into(text)


def outside(text: str, clauses: list[Clause]) -> str:
    """What neither a clause nor punctuation, white space or an enumerator accounts for."""
    rest, last = [], 0
    for clause in clauses:
        before = text[last : clause.start]
        rest.append("".join(before.rsplit(clause.enumerator, 1)) if clause.enumerator else before)
        last = clause.end
    left = "\n".join([*rest, text[last:]])
    return re.sub(rf"[\s{CUT}]", "", ENUMERATOR.sub("", left))


SENTENCES = {"": [], "甲": [(0, 1)], "甲，乙。": [(0, 2)], "甲，乙。丙；丁\n戊": [(0, 2), (2, 3), (3, 4), (4, 5)]}


@pytest.mark.parametrize(("text", "stretches"), SENTENCES.items())
def test_sentences_are_stretches_of_clauses(text: str, stretches: list[tuple[int, int]]) -> None:
    assert list(sentences(split(text))) == stretches
