"""Projects: which are named or identified one by one, and where their names end."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import projects, rulebook

RULES = rulebook.load()
LINES = (Path(__file__).parent / "data/projects.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]
KNOWN_GAPS = [
    "实施⟦万亩高效节水灌溉项目⟧",
    "积极争取⟦引江济河⟧、⟦环湖旅游公路⟧纳入省重点",
    "完成⟦卫生院职工周转用房⟧建设",
]


def shown(marked: str) -> str:
    """The sentence with what is found in it marked; commas cut it into clauses."""
    plain = re.sub("[⟦⟧]", "", marked)
    view = re.sub("[，；。：]", "\n", plain)
    for name in reversed(projects.find(view, RULES)):
        plain = f"{plain[: name.start]}⟦{plain[name.start : name.end]}⟧{plain[name.end :]}"
    return plain


def test_the_table_is_there() -> None:
    assert len(SENTENCES) >= 60
    assert sum("⟦" not in sentence for sentence in SENTENCES) >= 15


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentence(sentence: str) -> None:
    assert shown(sentence) == sentence


@pytest.mark.parametrize("sentence", KNOWN_GAPS)
@pytest.mark.xfail(strict=True)
def test_known_gap(sentence: str) -> None:
    assert shown(sentence) == sentence


@given(st.lists(st.sampled_from([re.sub("[⟦⟧]", "", s) for s in SENTENCES]), max_size=6), st.text(max_size=12))
def test_names_stand_in_order_within_clauses(sentences: list[str], other: str) -> None:
    view = "\n".join([other, *sentences])
    found = projects.find(view, RULES)
    assert all("\n" not in view[name.start : name.end] for name in found)
    assert all(name.start < name.end <= len(view) for name in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert {name.rule for name in found} <= {*RULES.rules}


@given(st.sampled_from([s for s in SENTENCES if "⟦" in s]), st.sampled_from([s for s in SENTENCES if "⟦" in s]))
def test_clauses_do_not_disturb_one_another(first: str, second: str) -> None:
    assert shown(f"{first}。{second}") == f"{first}。{second}"
