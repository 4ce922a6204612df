"""Ordinary words: what they cover is a class of things, and what they do not holds a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import rulebook, vocabulary

KNOWN = vocabulary.load(rulebook.default_folder() / "vocabulary")
WORDS = st.sampled_from(["农村", "公路", "城乡", "供水", "中心", "小区", "社区"])


def test_the_list_is_there() -> None:
    assert len(KNOWN.words) > 20_000
    assert {len(word) for word in KNOWN.words} == {2, 3, 4}


@pytest.mark.parametrize("text", ["", "农村公路", "社区服务中心", "小区", "大中型企业", "各乡镇", "供水区"])
def test_ordinary_words_are_covered(text: str) -> None:
    assert KNOWN.covers(text)


@pytest.mark.parametrize("text", ["柳溪", "柳溪公路", "农村柳溪", "区供水", "恒泰水泥"])
def test_names_are_not(text: str) -> None:
    assert not KNOWN.covers(text)


def test_more_words_cover_more() -> None:
    more = vocabulary.load(rulebook.default_folder() / "vocabulary", ("柳溪",))
    assert more.covers("柳溪公路")


@given(st.lists(WORDS, max_size=5))
def test_any_string_of_ordinary_words_is_covered(words: list[str]) -> None:
    assert KNOWN.covers("".join(words))
    assert not KNOWN.covers("".join([*words, "鑫"]))
