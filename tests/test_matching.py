"""Where rules hit: clause borders, exceptions, order."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import clauses, matching
from extractor.matching import Match
from extractor.rulebook import Rule


def rule(pattern: str, *unless: str, name: str = "trial.rule") -> Rule:
    return Rule(id=name, description="", positive=(), negative=(), pattern=pattern, unless=unless)


# pattern, exceptions, text with the hits marked; a line feed is a clause border
HITS = [
    ("修渠", (), "⟦修渠⟧和⟦修渠⟧"),
    ("^修", (), "⟦修⟧渠\n⟦修⟧路\n又修桥"),
    ("渠$", (), "修⟦渠⟧\n修渠道\n新⟦渠⟧"),
    ("修.渠", (), "⟦修一渠⟧\n修\n渠"),
    (r"修\s渠", (), "修\n渠⟦⟧，⟦修 渠⟧"),
    ("争取", ("争取外资",), "⟦争取⟧通水，争取外资"),
    ("争取", ("为人争取",), "⟦争取⟧通水，为人争取"),
    ("争取", ("外资", "内资"), "⟦争取⟧外资，⟦争取⟧内资"),
    ("架*", (), "⟦架架⟧桥"),
    ("修|架", (), "⟦修⟧渠⟦架⟧桥"),
]


@pytest.mark.parametrize(("pattern", "unless", "marked"), HITS)
def test_hits(pattern: str, unless: tuple[str, ...], marked: str) -> None:
    view = re.sub("[⟦⟧]", "", marked)
    found = list(matching.find([rule(pattern, *unless)], view))
    assert [view[hit.start : hit.end] for hit in found] == [hit for hit in re.findall("⟦(.*?)⟧", marked) if hit]
    assert shown(view, found) == marked.replace("⟦⟧", "")


def test_rules_come_one_after_the_other_and_left_to_right() -> None:
    rules = [rule("桥", name="trial.bridge"), rule("修|架", name="trial.verb")]
    assert list(matching.find(rules, "架桥修桥")) == [
        Match("trial.bridge", 1, 2),
        Match("trial.bridge", 3, 4),
        Match("trial.verb", 0, 1),
        Match("trial.verb", 2, 3),
    ]


def test_nothing_is_found_in_nothing() -> None:
    assert list(matching.find([rule("修")], "")) == []
    assert list(matching.find([], "修渠")) == []
    assert list(matching.find([rule("修*")], "架桥")) == []


def test_no_exception_is_looked_for_beyond_its_reach() -> None:
    near, far = "修" + "甲" * 20 + "渠", "修" + "甲" * matching.REACH + "渠"
    trial = rule("修", "修甲+渠")
    assert list(matching.find([trial], near)) == []
    assert list(matching.find([trial], far)) == [Match("trial.rule", 0, 1)]


@given(st.text("修架渠桥，。\n", max_size=40))
def test_no_hit_crosses_a_clause_border(text: str) -> None:
    view = clauses.view(text, clauses.split(text))
    for hit in matching.find([rule("[修架].{0,3}"), rule(r"渠[\s\S]?桥")], view):
        words = view[hit.start : hit.end]
        assert words
        assert words in text
        assert "\n" not in words


@given(st.text("修架渠桥\n", max_size=40))
def test_an_exception_takes_away_what_it_touches_and_nothing_else(text: str) -> None:
    spoiled = [found.span() for found in re.finditer("修渠", text)]
    plain = list(matching.find([rule("修.|桥")], text))
    kept = [hit for hit in plain if all(end <= hit.start or hit.end <= start for start, end in spoiled)]
    assert list(matching.find([rule("修.|桥", "修渠")], text)) == kept


def shown(view: str, found: list[Match]) -> str:
    for hit in reversed(found):
        view = f"{view[: hit.start]}⟦{view[hit.start : hit.end]}⟧{view[hit.end :]}"
    return view
