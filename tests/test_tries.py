"""The fast ways of matching: anchors, openings and tries hide no hit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import context, matching, rulebook, tries
from extractor.rulebook import alternation

RULES = rulebook.load()
NAMES = ("place", "org", "policy", "project")
FAMILIES = (*NAMES, *context.FAMILIES)
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
def test_a_finder_hides_no_hit(family: str) -> None:
    view = "\n".join(EXAMPLES)
    plain = set(matching.find(RULES.family(family), view))
    assert len(plain) > 5
    assert set(matching.finder(RULES, family).find(view)) == plain


@pytest.mark.parametrize("rule", RULES.family(*NAMES), ids=lambda rule: rule.id)
def test_every_rule_of_a_name_names_its_anchors(rule: rulebook.Rule) -> None:
    assert matching.named(rule, RULES)


def test_a_finder_is_built_once() -> None:
    assert matching.finder(RULES, "place") is matching.finder(RULES, "place")


def test_rules_behind_the_opening_of_their_family_are_tried_only_there() -> None:
    road, near = (
        next(rule for rule in RULES.family("place") if rule.id == f"place.{name}") for name in ("road", "nested")
    )
    opening = RULES.openings["place"]
    parted = tries.parted(tries.pattern(road), RULES)
    assert opening + parted.source == road.source
    assert parted.opening == opening
    assert tries.parted(tries.pattern(near), RULES).opening == ""


def test_an_opening_of_one_alternative_is_no_opening() -> None:
    opening = RULES.openings["place"]
    rule = tries.Pattern("place.trial", f"{opening}甲|乙", "")
    assert tries.parted(rule, RULES) == rule


@given(WORDS, st.text(alphabet="推进动建设 ", max_size=20))
def test_a_trie_matches_what_the_alternation_matches(words: list[str], text: str) -> None:
    plain = [m.span() for m in re.finditer(alternation(words), text)]
    assert [m.span() for m in re.finditer(tries.trie(tuple(words)), text)] == plain


@given(
    st.sets(st.text(alphabet="推进动建设", min_size=2, max_size=2), min_size=1),
    st.text(alphabet="推进动建设", max_size=20),
)
def test_a_trie_of_words_of_one_length_may_look_behind(words: set[str], text: str) -> None:
    plain = [m.start() for m in re.finditer(f"(?<={alternation(words)})", text)]
    assert [m.start() for m in re.finditer(f"(?<={tries.trie(tuple(words))})", text)] == plain
