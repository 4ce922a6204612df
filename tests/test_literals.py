"""What patterns cannot do without, and what their matches can begin with."""

from __future__ import annotations

import pytest

from extractor import literals, rulebook
from extractor.rulebook import Rule

RULES = rulebook.load()
READ = RULES.family("quantity", "period")
NUMERALS = "0123456789一二三"
HEADS: list[tuple[str, set[str] | None]] = [
    ("修", {"修"}),
    ("修|架", {"修", "架"}),
    ("(?:修|架)?渠", {"修渠", "架渠", "渠"}),
    ("^(?=渠)渠", {"渠"}),
    ("(?<!新)[一二]条", {"0"}),
    ("[0-9]+条", {"0"}),
    ("近[0-9]", {"近0"}),
    ("[^修]渠", None),
    ("修.", None),
    (r"\d条", None),
    ("(?P<a>修{0,2})架", {"修修", "修架", "架"}),
    ("修渠道", {"修渠"}),
]
FOLLOWING: list[tuple[str, set[str] | None]] = [
    ("[一二三]+条", {"条"}),
    ("[一二三]+", None),
    ("[一二三](?:条|座)?路", {"条", "座", "路"}),
    ("(?:约|近)?[0-9]+条", {"条"}),
    ("[0-9]+(?:[.][0-9]+)?条", {".", "条"}),
    ("[0-9]+.", None),
    ("(?>[0-9]{1,3})座", {"座"}),
    ("条[0-9]座", set()),
    ("[一二三](?=通车|试车)", {"通", "试"}),
    ("[一二三](?=[,、]|$)", {",", "、", "\n", ""}),
    ("(?=[^座]+座)[一二三]条", {"条"}),
    ("[一二三](?=[一二]|条)", None),
    ("[一二三](?=条?)", None),
    ("[一二三](?=条)(?:座|路)", {"条"}),
]


@pytest.mark.parametrize(("pattern", "heads"), HEADS)
def test_heads(pattern: str, heads: set[str] | None) -> None:
    assert literals.heads(pattern, 2, NUMERALS) == heads


@pytest.mark.parametrize(("pattern", "signs"), FOLLOWING)
def test_what_follows_a_number(pattern: str, signs: set[str] | None) -> None:
    assert literals.following(pattern, NUMERALS) == signs


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.id)
def test_examples_begin_with_the_heads_of_their_rule(rule: Rule) -> None:
    heads = literals.heads(rule.source, 1)
    hits = [example[example.index("⟦") + 1] for example in rule.positive]
    assert hits
    assert heads
    assert set(hits) <= heads
