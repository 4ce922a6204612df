"""Linking: the issuer decides, then the other places, and otherwise all candidates stay."""

from __future__ import annotations

import pytest

from extractor import gazetteer, linking, rulebook

KNOWN = gazetteer.load(rulebook.default_folder() / "places")


def paths(places: list[str], issuer: str | None) -> list[list[str]]:
    """The paths of what each place may be."""
    return [[division.path for division in found] for found in linking.resolve(places, issuer, KNOWN)]


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("吉林省长春市人民政府", ["吉林省/长春市/朝阳区"]),
        ("北京市发展改革委", ["北京市/朝阳区"]),
        ("长春市朝阳区", ["吉林省/长春市/朝阳区"]),
        ("长春高新区管委会", ["吉林省/长春市/朝阳区"]),
        (None, ["北京市/朝阳区", "吉林省/长春市/朝阳区"]),
        ("拉萨市人民政府", ["北京市/朝阳区", "吉林省/长春市/朝阳区"]),
    ],
)
def test_one_name_by_issuer(issuer: str | None, expected: list[str]) -> None:
    assert paths(["朝阳区"], issuer) == [expected]


def test_the_issuer_outweighs_the_neighbours() -> None:
    assert paths(["朝阳区", "长春市"], "北京市人民政府")[0] == ["北京市/朝阳区"]


def test_neighbours_that_disagree_decide_nothing() -> None:
    assert len(paths(["朝阳区", "长春市", "北京市"], None)[0]) == 2


@pytest.mark.parametrize("place", ["综合保税区", "高新技术开发区", "现代农业产业园"])
def test_a_zone_without_a_name_is_nobodys(place: str) -> None:
    assert KNOWN.candidates(place)
    assert paths([place], None) == paths([place], "济宁市") == [[]]


def test_an_unknown_place_is_no_division() -> None:
    assert paths(["云岭县", "白沙河"], "济宁市") == [[], []]


def test_every_answer_is_among_the_candidates() -> None:
    names = ["鼓楼区", "朝阳区", "新城街道", "济宁", "吉林", "城关镇"]
    for issuer in (None, "南京市", "北京市朝阳区", "山东省"):
        for name, found in zip(names, linking.resolve(names, issuer, KNOWN), strict=True):
            assert found
            assert set(found) <= set(KNOWN.candidates(name))


@pytest.mark.parametrize(
    ("issuer", "place", "expected"),
    [
        ("保山市人民政府", "腾冲", ["云南省/保山市/腾冲市"]),
        ("云南省交通运输厅", "腾冲", ["云南省/保山市/腾冲市"]),
        ("保山市隆阳区", "腾冲", ["云南省/保山市/腾冲市"]),
        ("昆明市人民政府", "腾冲", []),
        (None, "腾冲", []),
        ("黑龙江省水利厅", "嫩江", []),
    ],
)
def test_a_county_by_its_short_name_is_one_of_the_issuers_area(
    issuer: str | None, place: str, expected: list[str]
) -> None:
    assert paths([place], issuer) == [expected]
