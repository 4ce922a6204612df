"""Counties by their short names: known by the company they keep, and by nothing less."""

from __future__ import annotations

import pytest

from extractor import neighbours, rulebook
from extractor.names import Name

RULES = rulebook.load()
TOLD = [
    ("支持祁阳、道县开展试点", ["祁阳"]),
    ("支持宜都、枝江、兴山等地办学", ["宜都", "枝江", "兴山"]),
    ("建成莱西至荣成", ["莱西", "荣成"]),
    ("在藁城、曲周3个县布点", ["藁城", "曲周"]),
]
SILENT = ["支持祁阳办学", "完善道路、桥梁、水利设施", "加强与祁阳合作", "支持祁阳街、枝江路改造"]


@pytest.mark.parametrize(("view", "wanted"), TOLD, ids=lambda value: value if isinstance(value, str) else "")
def test_counties_in_company(view: str, wanted: list[str]) -> None:
    """`道县` is a full name: the gazetteer finds it, and it is company enough for 祁阳."""
    known = [Name(view.index("道县"), view.index("道县") + 2, "place.district")] if "道县" in view else []
    assert [view[name.start : name.end] for name in neighbours.find(view, known, RULES)] == wanted


@pytest.mark.parametrize("view", SILENT)
def test_alone_or_inside_another_word_nothing_is_told(view: str) -> None:
    assert not list(neighbours.find(view, [], RULES))
