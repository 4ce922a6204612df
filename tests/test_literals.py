"""What patterns cannot do without, and what their matches can begin with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import literals, rulebook
from extractor.rulebook import Rule

RULES = rulebook.load()
READ = RULES.family("quantity", "period")
SIGNS: list[tuple[str, set[str] | None]] = [
    ("修渠", {"修"}),
    ("修|架", {"修", "架"}),
    ("(?:修|架)?渠", {"修", "架", "渠"}),
    ("^(?=渠)渠", {"渠"}),
    ("(?<!新)[一二]条", {"一", "二"}),
    ("[0-9]+条", set("0123456789")),
    ("[^修]渠", None),
    (".渠", None),
    (r"\d条", None),
    ("(?P<a>修{0,2})架", {"修", "架"}),
]


@pytest.mark.parametrize(("pattern", "signs"), SIGNS)
def test_first_signs(pattern: str, signs: set[str] | None) -> None:
    assert literals.first_signs(pattern) == signs


@pytest.mark.parametrize("rule", READ, ids=lambda rule: rule.id)
def test_examples_begin_with_the_first_signs_of_their_rule(rule: Rule) -> None:
    signs = literals.first_signs(rule.source)
    hits = [example[example.index("⟦") + 1] for example in rule.positive]
    assert hits
    assert signs is None or set(hits) <= signs


@given(st.text("0123456789零一二两三十百千万亿约近超过不到年月日底前后个条%至—今明上半“五”期间 \n", max_size=24))
def test_no_rule_hits_where_its_first_signs_do_not_stand(text: str) -> None:
    for rule in READ:
        signs = literals.first_signs(rule.source)
        for hit in rule.regex.finditer(text):
            assert signs is None or not hit[0] or hit[0][0] in signs


def test_most_rules_of_figures_and_times_tell_how_they_begin() -> None:
    assert sum(literals.first_signs(rule.source) is not None for rule in READ) > len(READ) / 2
