"""Pieces: jieba's words, cut where a name may begin or end inside one; together they are the clause."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import lexicon
from extractor.pieces import cut
from extractor.rulebook import Rulebook
from extractor.segmentation import Words


def words_of(text: str) -> Words:
    pairs = [(word, "n") for word in text.split()]
    starts = [0, *accumulate(len(word) for word, _ in pairs)]
    return Words(starts[:-1], pairs)


def pieces_of(
    text: str, book: Rulebook, borders: list[int] | None = None, clause: tuple[int, int] | None = None
) -> str:
    words = words_of(text)
    found = cut(words, [clause or (0, len(text.replace(" ", "")))], [borders or []], lexicon.load(book))
    assert found.lengths == [len(found.pairs)]
    return " ".join(word for word, _ in found.pairs)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("新建 幼儿园", "新建 幼儿园"),
        ("由县 财政局", "由 县 财政局"),
        ("发展 改革 委将 会同", "发展 改革 委 将 会同"),
        ("改善 至经 开区", "改善 至 经 开区"),
        ("由来 已久", "由来 已久"),
    ],
)
def test_function_words_come_off_words_that_are_not_ordinary(text: str, wanted: str, book: Rulebook) -> None:
    assert pieces_of(text, book) == wanted


def test_words_are_cut_at_borders(book: Rulebook) -> None:
    assert pieces_of("以站 前路 为主", book, [1, 4]) == "以 站 前路 为主"
    assert pieces_of("柳溪段弱覆盖", book, [2, 3]) == "柳溪 段 弱覆盖"


def test_words_are_cut_at_the_ends_of_the_clause(book: Rulebook) -> None:
    assert pieces_of("第一是 抓紧 项目", book, clause=(2, 6)) == "是 抓紧 项"


@given(st.lists(st.sampled_from(["由县", "委将", "幼儿园", "、", "石塘", "至经", "建设"]), min_size=1), st.data())
def test_pieces_are_the_clause(chosen: list[str], data: st.DataObject) -> None:
    from extractor import rulebook

    text = " ".join(chosen)
    size = len(text.replace(" ", ""))
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    borders = sorted(data.draw(st.sets(st.integers(start, end))))
    found = cut(words_of(text), [(start, end)], [borders], lexicon.load(rulebook.load()))
    assert "".join(word for word, _ in found.pairs) == text.replace(" ", "")[start:end]
    assert found.starts == [start + place for place in accumulate((len(w) for w, _ in found.pairs[:-1]), initial=0)]
    assert {border for border in borders if start < border < end} <= set(found.starts)
