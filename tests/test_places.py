"""Places: what is a named place, which short names a text establishes, and which division is meant."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import places, rulebook

RULES = rulebook.load()
LINES = (Path(__file__).parent / "data/places.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]
KNOWN_GAPS = ["加快⟦沪昆高铁⟧站前广场配套", "美化⟦老街⟧立面"]


def shown(marked: str) -> str:
    """The sentence with what is found in it marked; commas cut it into clauses."""
    plain = re.sub("[⟦⟧]", "", marked)
    view = re.sub("[，；。：]", "\n", plain)
    for name in reversed(places.find(view, RULES)):
        plain = f"{plain[: name.start]}⟦{plain[name.start : name.end]}⟧{plain[name.end :]}"
    return plain


def test_the_table_is_there() -> None:
    assert len(SENTENCES) >= 55
    assert sum("⟦" not in sentence for sentence in SENTENCES) >= 20


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
    found = places.find(view, RULES)
    assert all("\n" not in view[name.start : name.end] for name in found)
    assert all(name.start < name.end <= len(view) for name in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert {name.rule for name in found} <= {*RULES.rules}


@given(st.sampled_from([s for s in SENTENCES if "⟦" in s]), st.sampled_from([s for s in SENTENCES if "⟦" in s]))
def test_clauses_do_not_disturb_one_another(first: str, second: str) -> None:
    assert shown(f"{first}。{second}") == f"{first}。{second}"


def divisions(view: str, issuer: str | None = None) -> dict[str, list[tuple[str, str]]]:
    """Code and path of all that each place may be."""
    return {
        view[place.start : place.end]: [(division.code, division.path) for division in place.divisions]
        for place in places.find(view, RULES, issuer)
    }


def test_the_issuer_decides_which_division_is_meant() -> None:
    assert divisions("支持鼓楼区建泵站", "南京市人民政府") == {"鼓楼区": [("320106", "江苏省/南京市/鼓楼区")]}
    assert divisions("支持鼓楼区建泵站", "福州市人民政府") == {"鼓楼区": [("350102", "福建省/福州市/鼓楼区")]}


def test_other_places_decide_where_there_is_no_issuer() -> None:
    assert divisions("支持鼓楼区、秦淮区建泵站")["鼓楼区"] == [("320106", "江苏省/南京市/鼓楼区")]


def test_what_nothing_decides_stays_open() -> None:
    candidates = divisions("支持鼓楼区建泵站")["鼓楼区"]
    assert len(candidates) == 4
    assert divisions("支持吉林建站")["吉林"] == [("220000", "吉林省"), ("220200", "吉林省/吉林市")]


def test_an_issuer_elsewhere_rules_nothing_out() -> None:
    assert len(divisions("支持鼓楼区建泵站", "拉萨市人民政府")["鼓楼区"]) == 4


def test_a_short_name_is_the_division_that_its_full_name_is() -> None:
    found = divisions("打通周口店南北通道", "北京市房山区周口店镇")
    assert found == {"周口店": [("110111009", "北京市/房山区/周口店镇")]}


def test_a_short_name_needs_its_full_name() -> None:
    assert divisions("打通周口店南北通道") == {}


def test_divisions_printed_without_a_gap_are_one_place() -> None:
    assert divisions("支持济南市历下区先行") == {"济南市历下区": [("370102", "山东省/济南市/历下区")]}


def test_a_zone_is_found_in_the_table_that_has_it() -> None:
    (place,) = places.find("支持济宁高新区扩区", RULES)
    (division,) = place.divisions
    assert (division.code, division.table, division.date) == ("370871", "nbs", "2023-06-30")


def test_a_place_without_a_code_has_no_division() -> None:
    assert divisions("治理白沙河") == {"白沙河": []}


@pytest.mark.parametrize("organization", ["由济南市政府负责", "支持山东省水利科学研究院建站"])
def test_a_place_inside_an_organization_is_part_of_its_name(organization: str) -> None:
    assert divisions(organization) == {}


def test_organizations_may_be_handed_in() -> None:
    assert [p.start for p in places.find("由济南市政府负责", RULES, organizations=[])] == [1]


@pytest.mark.parametrize(
    ("view", "name", "refused"),
    [
        ("保护海湾", "海湾", True),
        ("保护渤海湾", "渤海湾", False),
        ("改造步行街", "步行街", True),
        ("改造长兴步行街", "长兴步行街", False),
        ("防御台风", "台风", True),
        ("维护和平与安宁", "和平", True),
        ("整治和平街道", "和平街道", False),
        ("盘活闲置村小学", "闲置村", True),
        ("在东、中、西部推进", "东", True),
    ],
)
def test_a_kind_of_place_is_none(view: str, name: str, refused: bool) -> None:
    start = view.index(name)
    assert places.refused(view, start, start + len(name), None, rulebook.load()) is refused
