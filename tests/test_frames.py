"""Tables in pandas: one set of types, whether they come from a ledger, from CSV, from Parquet or from SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from test_writing import BARE, FULL, ROWS

from extractor import writing
from extractor.columns import KINDS, TABLES
from extractor.ledger import Ledger
from extractor.records import Commitment, Entity
from extractor.writing import Header, Material
from extractor.writing.frame import frame, read_csv

HARD = tuple(
    FULL.model_copy(update={"id": str(number), "text": text, "object": text, "section": (text,), "topic": text})
    for number, text in enumerate(
        ["NA", "null", "=1+1", "'x", "007", "1e5", "TRUE", "2025-01-05", '"', "甲\r\n乙", "nan"]
    )
)
"""Texts that `pandas.read_csv` reads as something else unless it is told."""
ALL = (*ROWS, *HARD)


def write(folder: Path, format: str, rows: Sequence[Commitment] = ALL, header: Header = "en") -> Path:
    writing.write(Material(rows), folder, [format], header)
    return folder


def test_the_frame_is_typed_and_unmarked() -> None:
    rows = frame(ROWS)
    assert list(rows.columns) == [column.name for column in TABLES["commitments"].columns]
    assert len(rows) == 4
    assert rows["pledge_label"][0] == "1."
    assert {name: str(rows[name].dtype) for name in ("deadline_end", "start", "kind", "text")} == {
        "deadline_end": "datetime64[us]",
        "start": "Int64",
        "kind": "category",
        "text": "str",
    }
    assert rows["deadline_end"][0] == pd.Timestamp("2025-12-31")
    assert rows["deadline_end"].isna().tolist() == [False, True, False, False]
    assert list(rows["strength"].cat.categories) == ["firm", "planned", "aspirational", "exploratory"]
    assert frame(()).empty


def test_a_ledger_gives_each_of_its_tables() -> None:
    entities = Ledger((FULL,)).to_frame("entities")
    assert entities["value"].tolist()[-1] == 3.0
    assert str(entities["value"].dtype) == "float64"
    assert Ledger(ROWS).to_frame("pledges")["commitments"].tolist() == [2, 1]
    with pytest.raises(KeyError):
        Ledger(()).to_frame("columns")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("rows", [ALL, ()], ids=["rows", "no rows"])
def test_csv_read_with_its_options_is_the_frame(tmp_path: Path, table: str, rows: tuple[Commitment, ...]) -> None:
    written = read_csv(write(tmp_path, "csv", rows) / f"{table}.csv")
    assert_frame_equal(written, frame(rows, table))


def test_csv_with_chinese_headers_is_the_same_table(tmp_path: Path) -> None:
    path = write(tmp_path, "csv", header="zh") / "commitments.csv"
    assert_frame_equal(read_csv(path.rename(tmp_path / "承诺.csv"), "commitments"), frame(ALL))


def test_a_csv_file_that_is_another_says_what_it_lacks(tmp_path: Path) -> None:
    path = write(tmp_path, "csv") / "pledges.csv"
    with pytest.raises(ValueError, match=r"pledges\.csv: has no column id, .*; write it again"):
        read_csv(path, "commitments")
    with pytest.raises(ValueError, match="'other' is no table; say which of commitments, entities, pledges it is"):
        read_csv(path.rename(tmp_path / "other.csv"))


def test_csv_holds_what_json_holds(tmp_path: Path) -> None:
    write(tmp_path, "json")
    rows = read_csv(write(tmp_path, "csv") / "commitments.csv")
    records = json.loads((tmp_path / "commitments.json").read_text(encoding="utf-8"))
    flat = [
        "id",
        "source",
        "text",
        "kind",
        "strength",
        "specificity",
        "actor",
        "action",
        "object",
        "topic",
        "start",
        "end",
    ]
    for name in flat:
        assert rows[name].astype(object).where(rows[name].notna(), None).tolist() == [r[name] for r in records]
    days = [r["deadline"]["end_date"] if r["deadline"] else None for r in records]
    assert [None if pd.isna(day) else day.date().isoformat() for day in rows["deadline_end"]] == days
    assert rows["rules"].str.split("；").tolist() == [r["rules"] for r in records]


ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@settings(max_examples=20)
@given(st.lists(ANY, min_size=1, max_size=20))
def test_any_text_comes_back_through_pandas(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    rows = [
        FULL.model_copy(update={"text": text, "document": FULL.document.model_copy(update={"title": text})})
        for text in texts
    ]
    read = read_csv(write(tmp_path_factory.mktemp("table"), "csv", rows) / "commitments.csv")
    assert read["text"].tolist() == read["document_title"].tolist() == texts


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("rows", [ALL, ()], ids=["rows", "no rows"])
def test_parquet_is_the_frame(tmp_path: Path, table: str, rows: tuple[Commitment, ...]) -> None:
    read = pd.read_parquet(write(tmp_path, "parquet", rows) / f"{table}.parquet")
    # A file without rows keeps no list of categories.
    assert_frame_equal(read.drop(columns="record", errors="ignore"), frame(rows, table), check_categorical=bool(rows))


def test_parquet_holds_more_rows_than_one_group(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.writing.parquet.ROWS", 4)
    path = write(tmp_path, "parquet") / "commitments.parquet"
    assert pyarrow.parquet.read_metadata(path).num_row_groups == -(-len(ALL) // 4)
    assert pd.read_parquet(path)["id"].tolist() == [row.id for row in ALL]


@pytest.mark.parametrize(("value", "number"), [("3", 3.0), ("-2.5", -2.5), ("1/4", 0.25), ("1/0", None), (None, None)])
def test_decimals_and_fractions_are_numbers_but_in_csv(tmp_path: Path, value: str | None, number: float | None) -> None:
    entity = Entity(type="QUANTITY", text="若干", start=0, end=2, value=value)
    rows = (FULL.model_copy(update={"entities": (entity,)}),)
    for format in ("csv", "parquet", "sqlite"):
        write(tmp_path, format, rows)
    found = [
        read_csv(tmp_path / "entities.csv")["value"][0],
        pd.read_parquet(tmp_path / "entities.parquet")["value"][0],
        frame(rows, "entities")["value"][0],
    ]
    with closing(sqlite3.connect(tmp_path / "commitments.sqlite")) as base:
        assert base.execute("SELECT value FROM entities").fetchone() == (number,)
    assert found == [number] * 3 if number is not None else all(map(pd.isna, found))


@pytest.mark.parametrize("table", TABLES)
def test_sqlite_holds_the_cells_of_the_frame(tmp_path: Path, table: str) -> None:
    with closing(sqlite3.connect(write(tmp_path, "sqlite") / "commitments.sqlite")) as base:
        read = pd.read_sql_query(f"SELECT * FROM {table} ORDER BY number", base)
    expected = frame(ALL, table)
    assert read["number"].tolist() == list(range(1, len(expected) + 1))
    for name in expected:
        wanted = expected[name].dt.strftime("%Y-%m-%d") if expected[name].dtype.kind == "M" else expected[name]
        assert [None if pd.isna(v) else v for v in read[name]] == [None if pd.isna(v) else v for v in wanted]


def test_sqlite_has_keys_that_hold(tmp_path: Path) -> None:
    twins = (FULL, BARE, FULL.model_copy(update={"source": "copy.txt"}))
    with closing(sqlite3.connect(write(tmp_path, "sqlite", twins) / "commitments.sqlite")) as base:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        keys = 'SELECT m.name, f."table" FROM sqlite_master m, pragma_foreign_key_list(m.name) f ORDER BY 1'
        assert base.execute(keys).fetchall() == [("commitments", "pledges"), ("entities", "commitments")]
        owners = base.execute(
            "SELECT c.source, count(*) FROM entities e JOIN commitments c ON c.number = e.commitment GROUP BY 1"
        )
        assert owners.fetchall() == [("copy.txt", 4), ("青川/plan.txt", 4)]
        assert base.execute(
            "SELECT c.number, p.source FROM commitments c JOIN pledges p ON p.number = c.pledge"
        ).fetchall() == [
            (1, "青川/plan.txt"),
            (3, "copy.txt"),
        ]
        plan = base.execute("EXPLAIN QUERY PLAN SELECT * FROM entities WHERE commitment = 1").fetchall()
        assert "USING INDEX" in plan[0][-1]
        told = base.execute("SELECT count(*) FROM columns").fetchone()
        assert told == (sum(len(table.columns) for table in TABLES.values()),)


def test_sqlite_reads_inside_records(tmp_path: Path) -> None:
    with closing(sqlite3.connect(write(tmp_path, "sqlite", (FULL,)) / "commitments.sqlite")) as base:
        assert base.execute("SELECT json_extract(record, '$.head.start') FROM commitments").fetchone() == (16,)


def test_sqlite_takes_no_other_category(tmp_path: Path) -> None:
    odd = FULL.model_copy(update={"kind": "wish"})
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        write(tmp_path, "sqlite", (odd,))
    assert list(tmp_path.iterdir()) == []


def test_categories_say_what_they_may_be_and_no_other_column_does() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert bool(column.values) == (column.kind == "category")
            assert column.kind in KINDS
