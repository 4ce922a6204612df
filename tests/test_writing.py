"""Writing: tables that open as they are, records whole, the same bytes each time, no half-written file."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import cells, columns, writing
from extractor.columns import COMMITMENTS, ENTITIES, PLEDGES
from extractor.records import (
    Commitment,
    Deadline,
    Division,
    Document,
    Entity,
    Pledge,
    Responsible,
    Span,
    Speech,
)
from extractor.writing import Material, files, sheets

FULL = Commitment(
    id="0a1b2c3d4e5f6071-12",
    source="青川/plan.txt",
    source_sha256="ab" * 32,
    document=Document(title="青川镇工作打算", date="2025-01-05", issuer="青川镇人民政府"),
    speech=Speech(index=0, title="实干兴镇", speaker="石岩", position="镇长", organization="青川镇"),
    section=("二、重点任务", "（一）修路"),
    pledge=Pledge(id="0a1b2c3d4e5f6071-5", label="1.", ordinal=1, title="修好村路"),
    text="年底前，修好东河村路3条，方便出行",
    start=12,
    end=29,
    head=Span(text="修好东河村路3条", start=16, end=24),
    lead_ins=(Span(text="年底前", start=12, end=15),),
    tails=(Span(text="方便出行", start=25, end=29),),
    kind="target",
    strength="planned",
    specificity=3,
    actor="青川镇",
    action="修好",
    object="东河村路3条",
    responsible=Responsible(lead=("镇交通所",), partners=("镇水务所", "各村")),
    deadline=Deadline(text="年底前", start_date=None, end_date="2025-12-31", basis="explicit"),
    topic="交通",
    entities=(
        Entity(type="TIME", text="年底前", start=12, end=15, norm="../2025-12-31"),
        Entity(type="PROJECT", text="东河村路", start=18, end=22),
        Entity(
            type="LOCATION",
            text="东河",
            start=18,
            end=20,
            norm=Division(code="370811", path="甲省/乙市/丙县", table="区划", date="2024-12-31"),
        ),
        Entity(type="QUANTITY", text="3条", start=22, end=24, norm="= 3 条", comparator="=", value="3", unit="条"),
    ),
    rules=("roles.action", "quantity.count"),
    review=None,
)
BARE = FULL.model_copy(
    update={
        "id": "0a1b2c3d4e5f6071-40",
        "document": Document(),
        "speech": None,
        "section": (),
        "pledge": None,
        "lead_ins": (),
        "tails": (),
        "actor": None,
        "responsible": None,
        "deadline": None,
        "topic": None,
        "entities": (),
        "review": "地点不明",
    }
)
SECOND = FULL.model_copy(update={"id": "0a1b2c3d4e5f6071-60", "entities": ()})
ELSEWHERE = FULL.model_copy(update={"id": "ffff2c3d4e5f6071-12", "source": "other.txt"})
ROWS = (FULL, BARE, SECOND, ELSEWHERE)

IN_COMMITMENTS = {
    "id": "0a1b2c3d4e5f6071-12",
    "source": "青川/plan.txt",
    "document_date": "2025-01-05",
    "speaker": "石岩",
    "section": "二、重点任务 > （一）修路",
    "pledge_label": "'1.",
    "pledge_ordinal": "1",
    "text": "年底前，修好东河村路3条，方便出行",
    "lead_ins": "年底前",
    "specificity": "3",
    "lead": "镇交通所",
    "partners": "镇水务所；各村",
    "deadline": "年底前",
    "deadline_start": "",
    "deadline_end": "2025-12-31",
    "deadline_basis": "explicit",
    "projects": "东河村路",
    "locations": "东河",
    "divisions": "370811 甲省/乙市/丙县",
    "quantities": "3条",
    "quantity_norms": "'= 3 条",
    "time_norms": "../2025-12-31",
    "rules": "roles.action；quantity.count",
    "review": "",
    "start": "12",
    "end": "29",
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_commitment_fills_its_row(tmp_path: Path) -> None:
    writing.write(Material(ROWS), tmp_path)
    first, second, *_ = table(tmp_path / "commitments.csv")
    assert {name: first[name] for name in IN_COMMITMENTS} == IN_COMMITMENTS
    assert second["review"] == "地点不明"
    assert {second[name] for name in ("section", "pledge_id", "speaker", "lead", "deadline_end", "quantities")} == {""}


def test_entities_are_keyed_by_their_commitment(tmp_path: Path) -> None:
    writing.write(Material(ROWS), tmp_path)
    rows = table(tmp_path / "entities.csv")
    assert [(row["commitment_id"], row["source"], row["type"], row["text"]) for row in rows[:2]] == [
        (FULL.id, FULL.source, "TIME", "年底前"),
        (FULL.id, FULL.source, "PROJECT", "东河村路"),
    ]
    assert len(rows) == 8
    place, quantity = rows[2], rows[3]
    assert (place["code"], place["path"], place["table_date"]) == ("'370811", "甲省/乙市/丙县", "2024-12-31")
    assert (quantity["norm"], quantity["value"], quantity["unit"]) == ("'= 3 条", "3", "条")


def test_a_place_that_may_be_several_names_all_and_decides_none(tmp_path: Path) -> None:
    both = tuple(Division(code=code, path="某县", table="区划", date="2024-12-31") for code in ("370811", "510822"))
    row = FULL.model_copy(update={"entities": (Entity(type="LOCATION", text="某县", start=0, end=2, norm=both),)})
    writing.write(Material([row]), tmp_path)
    assert table(tmp_path / "commitments.csv")[0]["divisions"] == "370811 某县｜510822 某县"
    assert table(tmp_path / "entities.csv")[0]["code"] == ""


def test_an_entity_without_a_norm_holds_its_place(tmp_path: Path) -> None:
    found = (
        Entity(type="TIME", text="择机", start=0, end=2),
        Entity(type="TIME", text="年底前", start=2, end=5, norm="../2025-12-31"),
    )
    writing.write(Material([FULL.model_copy(update={"entities": found})]), tmp_path)
    assert table(tmp_path / "commitments.csv")[0]["time_norms"] == "?；../2025-12-31"


def test_pledges_count_their_commitments_source_by_source(tmp_path: Path) -> None:
    writing.write(Material(ROWS), tmp_path)
    rows = table(tmp_path / "pledges.csv")
    assert [(row["pledge_id"], row["source"], row["label"], row["commitments"]) for row in rows] == [
        ("0a1b2c3d4e5f6071-5", "青川/plan.txt", "'1.", "2"),
        ("0a1b2c3d4e5f6071-5", "other.txt", "'1.", "1"),
    ]


@pytest.mark.parametrize("rows", [ROWS, ()])
def test_json_holds_every_record_as_it_is(tmp_path: Path, rows: tuple[Commitment, ...]) -> None:
    writing.write(Material(rows), tmp_path, ["json", "jsonl"])
    lines = (tmp_path / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    assert tuple(map(Commitment.model_validate_json, lines)) == rows
    array = json.loads((tmp_path / "commitments.json").read_text(encoding="utf-8"))
    assert array == [json.loads(line) for line in lines]
    assert not list(tmp_path.glob("*.csv"))


def test_the_same_commitments_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("first", "second"):
        assert len(writing.write(Material(ROWS), tmp_path / folder, writing.FORMATS)) == 12
    for path in (tmp_path / "first").iterdir():
        assert path.read_bytes() == (tmp_path / "second" / path.name).read_bytes()


def test_excel_reads_the_tables_as_utf8(tmp_path: Path) -> None:
    for path in writing.write(Material(ROWS), tmp_path, ["csv"]):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.count(b"\n") == data.count(b"\r\n") > 1


@pytest.mark.parametrize(("header", "first"), [("en", "id"), ("zh", "承诺编号")])
def test_headers_in_two_languages(tmp_path: Path, header: writing.Header, first: str) -> None:
    writing.write(Material(ROWS), tmp_path, ["csv"], header)
    assert next(iter(table(tmp_path / "commitments.csv")[0])) == first


def test_the_dictionary_tells_every_column_of_every_table(tmp_path: Path) -> None:
    writing.write(Material(ROWS), tmp_path)
    rows = table(tmp_path / "columns.csv")
    for name in ("commitments", "entities", "pledges"):
        told = [row["column"] for row in rows if row["table"] == name]
        assert told == list(table(tmp_path / f"{name}.csv")[0])
    assert all(row["english"] and row["chinese"] and row["description"] and row["kind"] for row in rows)


@pytest.mark.parametrize("table_columns", [COMMITMENTS, ENTITIES, PLEDGES])
def test_names_and_headers_are_each_used_once(table_columns: tuple[columns.Column[object], ...]) -> None:
    assert len({column.name for column in table_columns}) == len(table_columns)
    assert len({column.chinese for column in table_columns}) == len(table_columns)


MARKED = [
    *["=1+1", "+86", "-1", "@SUM(A1)", "\tx", "\rx", "'x", "＝1+1", "＋1", "－1", "＠x", "= 3 条", "|cmd"],
    *[
        "1.",
        "(1)",
        "（1）",
        "1/2",
        "1-2",
        "10%",
        "3月5日",
        "2025年3月",
        "2025年3月5日",
        "370811",
        "6:30",
        "1e5",
        "３．５",
    ],
]
UNMARKED = [
    "一是",
    "（一）",
    "2025年",
    "3条",
    "年底前",
    ">= 3 条",
    "~ 6 %",
    "../2025-12-31",
    "修好=路",
    "①",
    "",
    "1.修路",
    "3月前",
]


@pytest.mark.parametrize("text", MARKED)
def test_what_a_spreadsheet_would_run_or_misread_is_marked(text: str) -> None:
    assert sheets.defused(text) == "'" + text


@pytest.mark.parametrize("text", UNMARKED)
def test_other_cells_stay(text: str) -> None:
    assert sheets.defused(text) == text


@pytest.mark.parametrize(("value", "printed"), [("3", "3"), ("-2.5", "-2.5"), ("1/3", "'1/3"), ("=1", "'=1")])
def test_decimals_stay_numbers(tmp_path: Path, value: str, printed: str) -> None:
    entity = Entity(type="QUANTITY", text="若干", start=0, end=2, value=value)
    writing.write(Material([FULL.model_copy(update={"entities": (entity,)})]), tmp_path)
    assert table(tmp_path / "entities.csv")[0]["value"] == printed


@given(st.text(max_size=20), st.booleans())
def test_marks_come_off_exactly_and_no_cell_can_run(text: str, may_be_misread: bool) -> None:
    cell = sheets.defused(text, may_be_misread)
    assert sheets.original(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_comes_back_from_the_table(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("table")
    writing.write(Material([FULL.model_copy(update={"text": text})]), folder, ["csv"])
    assert sheets.original(table(folder / "commitments.csv")[0]["text"]) == text


def test_an_unknown_format_names_the_known_ones_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="'docx'; choose from csv, html, json, jsonl, xlsx, parquet, sqlite"):
        writing.write(Material(ROWS), tmp_path, ["csv", "docx"])
    assert not list(tmp_path.iterdir())


def test_a_format_named_twice_is_written_once(tmp_path: Path) -> None:
    assert writing.write(Material(ROWS), tmp_path, ["jsonl", "jsonl"]) == (tmp_path / "commitments.jsonl",)


class Stopped(Exception):
    """What stops a run."""


def stop_early(path: Path) -> None:
    with files.text_file(path) as stream:
        stream.write("half")
        raise Stopped


def stop_late(path: Path) -> None:
    with files.atomic(path) as draft:
        draft.write_bytes(b"half")
        raise Stopped


@pytest.mark.parametrize("stop", [stop_early, stop_late])
def test_a_stopped_run_leaves_the_older_file_and_nothing_else(tmp_path: Path, stop: Callable[[Path], None]) -> None:
    path = tmp_path / "out.txt"
    files.write_text(path, "older")
    with pytest.raises(Stopped):
        stop(path)
    assert path.read_text(encoding="utf-8") == "older"
    assert list(tmp_path.iterdir()) == [path]


def stopping() -> Iterator[Commitment]:
    yield FULL
    raise Stopped


class Broken:
    """Commitments whose source fails behind the first."""

    def __iter__(self) -> Iterator[Commitment]:
        return stopping()


@pytest.mark.parametrize("format", writing.FORMATS)
def test_a_run_that_fails_half_way_leaves_no_file_of_any_format(tmp_path: Path, format: str) -> None:
    with pytest.raises(Stopped):
        writing.write(Material(Broken()), tmp_path, [format])
    assert list(tmp_path.iterdir()) == []


def test_a_draft_that_was_never_written_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), files.atomic(tmp_path / "out.txt"):
        pass
    assert not list(tmp_path.iterdir())


def test_a_file_takes_its_name_only_when_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    with files.text_file(path) as stream:
        stream.write("whole\n")
        assert not path.exists()
    assert path.read_bytes() == b"whole\n"


def test_a_column_must_give_a_cell() -> None:
    with pytest.raises(TypeError, match="document is no cell"):
        cells.field("document")(FULL)
