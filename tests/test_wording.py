"""What the arbiter sees of a clause's words."""

from __future__ import annotations

import doctest

import pytest
from conftest import Process

from extractor import wording
from extractor.wording import KINDS, Wording

TRAITS = {
    ("says", "新建"),
    ("says", "幼儿园"),
    ("opens", "新建"),
    ("ends", "幼儿园"),
    ("head", "新"),
    ("head", "新建"),
    ("tail", "园"),
    ("tail", "儿园"),
    ("tag", "v"),
}


def test_the_docstring_holds() -> None:
    result = doctest.testmod(wording)
    assert (result.failed, result.attempted) == (0, 2)


def test_all_traits_of_a_clause() -> None:
    assert set(Wording(["新建", "幼儿园"], "v", "新建幼儿园").traits()) == TRAITS


def test_a_clause_without_words_has_characters_still() -> None:
    assert {kind for kind, _ in Wording([], "", "①").traits()} == {"head", "tail", "tag"}


def test_every_kind_of_trait_is_declared() -> None:
    assert {kind for kind, _ in TRAITS} == set(KINDS)


@pytest.mark.parametrize("text", ["我镇将新建两所幼儿园，2026年底前投用。", "一是抓产业。\n二是抓招商，落实责任。"])
def test_every_clause_has_its_own_words(process: Process, text: str) -> None:
    doc = process(text)
    folded = doc._.text.folded
    assert [w.text for w in doc._.wordings] == [folded[c.start : c.end] for c in doc._.clauses]
    assert all(word in w.text for w in doc._.wordings for word in w.words)
