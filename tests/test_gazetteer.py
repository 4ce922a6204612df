"""The gazetteer: two tables of divisions, their paths, short names and search."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import gazetteer, rulebook

FOLDER = rulebook.default_folder() / "places"
KNOWN = gazetteer.load(FOLDER)


def test_the_tables_are_whole() -> None:
    sizes = {(table.name, table.date): len(table.names) for table in KNOWN.tables}
    assert sizes == {("mca", "2025-12-31"): 41934, ("nbs", "2023-06-30"): 44691}


def test_the_tables_stay_compact() -> None:
    assert sum(path.stat().st_size for path in FOLDER.glob("*.txt")) <= 1_500_000


def test_every_table_names_its_source_and_date() -> None:
    for path in FOLDER.glob("*.txt"):
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        assert first.startswith("#")
        assert path.stem.rpartition("_")[2] in first


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("370000", "山东省"),
        ("370800", "山东省/济宁市"),
        ("370811", "山东省/济宁市/任城区"),
        ("370811110", "山东省/济宁市/任城区/喻屯镇"),
        ("110101", "北京市/东城区"),
        ("419001", "河南省/济源市"),
    ],
)
def test_path_runs_from_the_province_down(code: str, path: str) -> None:
    division = KNOWN.tables[0].division(code)
    assert (division.path, division.table, division.date) == (path, "mca", "2025-12-31")


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("济宁市", "济宁"),
        ("山东省", "山东"),
        ("内蒙古自治区", "内蒙古"),
        ("新疆维吾尔自治区", "新疆"),
        ("香港特别行政区", "香港"),
        ("恩施土家族苗族自治州", "恩施"),
        ("景宁畲族自治县", "景宁"),
        ("大兴安岭地区", "大兴安岭"),
        ("衡水市", "衡水"),
        ("天水市", "天水"),
        ("柳行街道", "柳行"),
    ],
)
def test_short_name(full: str, short: str) -> None:
    assert gazetteer.short(full) == short


def test_the_same_street_has_different_codes_in_the_two_tables() -> None:
    mca, nbs = (table.codes["柳行街道"] for table in KNOWN.tables)
    assert (mca, nbs) == (("370811017",), ("370871002",))


def test_the_newest_table_that_has_a_name_answers() -> None:
    assert [d.table for d in KNOWN.candidates("柳行街道")] == ["mca"]
    assert [d.table for d in KNOWN.candidates("济宁高新技术产业开发区")] == ["nbs"]
    assert KNOWN.candidates("没有这个县") == ()


def test_full_names_are_found_in_running_text() -> None:
    view = "支持任城区、汶上县\n建设喻屯镇"
    assert [view[start:end] for start, end in KNOWN.find(view)] == ["任城区", "汶上县", "喻屯镇"]


def test_bare_class_words_are_not_searched_for() -> None:
    assert KNOWN.find("推进郊区、县城、镇区建设") == []


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(gazetteer.GazetteerError, match=r"build\.py"):
        gazetteer.load(tmp_path)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "mca_2025-12-31.txt").write_text("# 表\n370000 山东省\n济宁市\n", encoding="utf-8")
    with pytest.raises(gazetteer.GazetteerError, match="txt:3"):
        gazetteer.load(tmp_path)


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        ("襄樊市", ["湖北省/襄阳市"]),
        ("即墨市", ["山东省/青岛市/即墨区"]),
        ("铜山县", ["江苏省/徐州市/铜山区"]),
        ("景宁县", ["浙江省/丽水市/景宁畲族自治县"]),
        ("德清市", []),
        ("江城县", ["广东省/阳江市/江城区", "云南省/普洱市/江城哈尼族彝族自治县"]),
        ("云岭县", []),
        ("大城市", []),
        ("城市", []),
        ("即墨乡", []),
    ],
)
def test_a_name_out_of_use_stands_for_what_has_its_place(name: str, paths: list[str]) -> None:
    found = KNOWN.candidates(name)
    assert [division.path for division in found] == paths
    assert {division.table for division in found} <= {"mca"}


@pytest.mark.parametrize(
    ("name", "others"),
    [("柳行街道", ["370871002"]), ("任城区", ["370811"]), ("济宁", ["370800"]), ("济宁高新技术产业开发区", [])],
)
def test_a_division_carries_its_codes_in_the_other_tables(name: str, others: list[str]) -> None:
    (division,) = KNOWN.candidates(name)
    assert [other.code for other in division.others] == others
    assert division.table not in {other.table for other in division.others}


@pytest.mark.parametrize("line", ["即墨市", "即墨市\t370215", "即墨市\t即墨区\t2017", "即墨市\t370215\t2017\t青岛"])
def test_a_broken_line_of_former_names_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "former.tsv").write_text(f"# 旧名\n{line}\n", encoding="utf-8")
    with pytest.raises(gazetteer.GazetteerError, match=r"former\.tsv:2: write former name, current code, year"):
        gazetteer.former(tmp_path / "former.tsv")


def test_a_folder_may_lack_former_names(tmp_path: Path) -> None:
    assert gazetteer.former(tmp_path / "former.tsv") == {}
