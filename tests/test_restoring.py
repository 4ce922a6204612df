"""A run read back: every format that holds whole records gives the same ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Folders
from test_writing import ROWS
from typer.testing import CliRunner

import extractor
from extractor import writing
from extractor.cli import app
from extractor.ledger import Ledger
from extractor.records import Commitment
from extractor.writing import Material

WHOLE = ["jsonl", "json", "parquet", "sqlite"]


@pytest.mark.parametrize("format", WHOLE)
@pytest.mark.parametrize("rows", [ROWS, ()], ids=["rows", "no rows"])
def test_each_format_gives_back_the_ledger(tmp_path: Path, format: str, rows: tuple[Commitment, ...]) -> None:
    writing.write(Material(rows), tmp_path, [format])
    assert extractor.read(tmp_path) == Ledger(rows)
    assert extractor.read(str(tmp_path / f"commitments.{format}")).commitments == rows


def test_the_first_file_that_holds_whole_records_is_read(tmp_path: Path) -> None:
    writing.write(Material(ROWS), tmp_path, ["json"])
    writing.write(Material(ROWS[:1]), tmp_path, ["jsonl", "csv"])
    assert extractor.read(tmp_path).commitments == ROWS[:1]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("commitments.jsonl", b'{"id": 1}\n', "no list of commitments: .*; run the texts again"),
        ("commitments.json", b"[", "no list of commitments: .*; run the texts again"),
        ("commitments.parquet", b"PAR1", "no list of commitments: .*; run the texts again"),
        ("commitments.sqlite", b"no database", "no list of commitments: .*; run the texts again"),
        ("commitments.csv", b"", "holds no whole records; read one of commitments.jsonl, commitments.json, "),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ValueError, match=message) as caught:
        extractor.read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds none of commitments\.jsonl, .*--formats jsonl"):
        extractor.read(tmp_path)
    with pytest.raises(FileNotFoundError, match="nowhere: no such file or folder"):
        extractor.read(tmp_path / "nowhere")


def test_a_run_over_the_corpus_in_all_formats_is_read_back_equal(folders: Folders, tmp_path: Path) -> None:
    formats = ",".join(writing.FORMATS)
    result = CliRunner().invoke(app, ["run", str(folders.corpus), "-o", str(tmp_path), "--formats", formats])
    assert result.exit_code == 0
    ledgers = [extractor.read(tmp_path / f"commitments.{format}") for format in WHOLE]
    assert len(ledgers[0].commitments) > 1000
    assert all(ledger == ledgers[0] for ledger in ledgers)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
