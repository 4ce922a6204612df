"""The category of a project by its name, and which mentions in a text are the same project."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Extract
from hypothesis import given
from hypothesis import strategies as st

from extractor import categories, rulebook

RULES = rulebook.load().family("category")
LINES = (Path(__file__).parent / "data/categories.tsv").read_text(encoding="utf-8").splitlines()
TABLE = {line.split("\t")[0]: line.split("\t")[1:] for line in LINES if not line.startswith("#")}
ROWS = [(category, name) for category, names in TABLE.items() for name in names]


def test_the_table_names_every_category() -> None:
    assert set(TABLE) == {rule.sets["category"] for rule in RULES} | {"-"}
    assert len(ROWS) >= 70


@pytest.mark.parametrize(("expected", "name"), ROWS)
def test_category_by_name(expected: str, name: str) -> None:
    assert (categories.category(name, RULES) or "-") == expected


@given(st.text(alphabet="青云路小学改造工程项目“”行动计划水厂 ", max_size=16))
def test_the_identity_of_a_name_is_its_own(name: str) -> None:
    core = categories.identity(name)
    assert categories.identity(core) == core
    assert categories.identity(f"“{name}”") == core


SAME = [
    ("南湾片区棚改项目", "南湾片区棚改"),
    ("“双百工程”", "双百工程"),
    ("“双百”工程", "“双百工程”"),
    ("青石水库除险加固工程", "青石水库除险加固"),
]
DIFFERENT = [("青石水库", "白沙水库"), ("双百工程", "双带工程"), ("云岭机场一期", "云岭机场二期")]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_mentions_of_one_project(first: str, second: str) -> None:
    assert categories.identity(first) == categories.identity(second)


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_projects_of_different_names(first: str, second: str) -> None:
    assert categories.identity(first) != categories.identity(second)


def test_mentions_in_one_document_share_an_id(extract: Extract) -> None:
    text = (
        "清河镇2026年工作要点\n\n加快推进南湾片区棚改项目，新建柳林水厂。\n"
        "扎实实施“双百工程”。\n年底前完成南湾片区棚改项目，深化“双百工程”。\n"
    )
    found = [(e.text, e.category, e.project_id) for r in extract(text) for e in r.entities if e.type == "PROJECT"]
    ids: dict[str, set[str | None]] = {}
    for name, _, project in found:
        ids.setdefault(name, set()).add(project)
    assert {name: category for name, category, _ in found} == {
        "南湾片区棚改项目": "housing",
        "柳林水厂": "water",
        "“双百工程”": "programme",
    }
    assert len(found) == 5
    assert all(len(shared) == 1 for shared in ids.values())
    assert len(set.union(*ids.values())) == 3
    place = text.index("南湾片区棚改项目")
    assert str(found[0][2]).rpartition("-")[2] == str(place)


def test_only_projects_have_category_and_id(extract: Extract) -> None:
    (record,) = extract("下一步，我镇将在2026年底前投资300万元新建柳林水厂。")
    others = [entity for entity in record.entities if entity.type != "PROJECT"]
    assert len(others) >= 2
    assert all(entity.category is None and entity.project_id is None for entity in others)
