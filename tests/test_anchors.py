"""Anchors: they make the search fast and hide no hit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import anchors, matching, rulebook
from extractor.rulebook import alternation

RULES = rulebook.load()
FAMILIES = ("place", "org", "policy", "project")
DATA = Path(__file__).parent / "data"
EXAMPLES = [
    re.sub("[⟦⟧]", "", example) for rule in RULES.family(*FAMILIES) for example in (*rule.positive, *rule.negative)
] + [
    re.sub("[，；。：]", "\n", re.sub("[⟦⟧]", "", line))
    for name in ("projects", "places", "organizations", "policies")
    for line in (DATA / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
WORDS = st.lists(st.text(alphabet="推进动建设", min_size=1, max_size=3), min_size=1, max_size=12)


@pytest.mark.parametrize("family", FAMILIES)
def test_anchors_hide_no_hit(family: str) -> None:
    view = "\n".join(EXAMPLES)
    everywhere = {(hit.rule, hit.start, hit.end) for hit in matching.find(RULES.family(family), view)}
    anchored = {(hit.rule, hit.start, hit.end) for hit in anchors.scanner(RULES, family).scan(view)}
    assert len(everywhere) > 20
    assert anchored == everywhere


@pytest.mark.parametrize("rule", RULES.family(*FAMILIES), ids=lambda rule: rule.id)
def test_every_rule_names_its_anchors(rule: rulebook.Rule) -> None:
    assert list(anchors.literals(rule, RULES))


def test_a_scanner_is_built_once() -> None:
    assert anchors.scanner(RULES, "place") is anchors.scanner(RULES, "place")


@given(WORDS, st.text(alphabet="推进动建设 ", max_size=20))
def test_a_trie_matches_what_the_alternation_matches(words: list[str], text: str) -> None:
    plain = [m.span() for m in re.finditer(alternation(words), text)]
    assert [m.span() for m in re.finditer(anchors.trie(words), text)] == plain


@given(
    st.sets(st.text(alphabet="推进动建设", min_size=2, max_size=2), min_size=1),
    st.text(alphabet="推进动建设", max_size=20),
)
def test_a_trie_of_words_of_one_length_may_look_behind(words: set[str], text: str) -> None:
    plain = [m.start() for m in re.finditer(f"(?<={alternation(words)})", text)]
    assert [m.start() for m in re.finditer(f"(?<={anchors.trie(words)})", text)] == plain
