"""All formats in one run of two worker processes: a column that is named, tables that are shared, the texts of the report."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from making import FILES, RAW, zipped

import extractor
from extractor import batch
from extractor.batch import Settings, running
from extractor.ledger import Ledger
from extractor.reading import Options

TEXT = "下一步，我镇将新建两所幼儿园。"
TABLE = f"编号,意见\n1,{TEXT}\n2,\n3,{TEXT}\n"
TABLES = {
    "one.csv": TABLE.encode("gb18030"),
    "one.jsonl": "".join(
        json.dumps({"编号": row, "意见": text}, ensure_ascii=False) + "\n" for row, text in ((1, TEXT), (3, TEXT))
    ).encode(),
    "packed.zip": zipped({"inner.csv": TABLE.encode(), "inner.txt": TEXT.encode()}),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over tables, archives and files of one text, with the report."""
    place = tmp_path_factory.mktemp("formats")
    (place / "texts").mkdir()
    for name, data in (TABLES | {name: make() for name, make in FILES.items()}).items():
        (place / "texts" / name).write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "SHARED_FROM", 1)
        settings = Settings(arbiter=False, reading=Options("意见"), workers=2, formats=("jsonl", "csv", "html"))
        batch.run(batch.inputs([str(place / "texts")]), place / "out", settings)
    return place / "out"


@pytest.fixture(scope="module")
def ledger(out: Path) -> Ledger:
    return extractor.read(out)


def test_the_named_column_is_read_in_tables_and_in_archives(ledger: Ledger) -> None:
    found = {record.source: record.document.fields for record in ledger.commitments if record.document.fields}
    rows = {"one.csv#2": "1", "one.csv#4": "3", "one.jsonl#1": "1", "one.jsonl#2": "3"}
    packed = {"packed.zip/inner.csv#2": "1", "packed.zip/inner.csv#4": "3"}
    assert found == {source: {"编号": number} for source, number in (rows | packed).items()}


def test_tables_without_the_column_are_set_aside_with_their_columns(out: Path) -> None:
    errors = [json.loads(line) for line in (out / "errors.jsonl").read_text(encoding="utf-8").splitlines()]
    without = {name for name in FILES if name.startswith("table.")}
    assert {error["source"] for error in errors} == without | {"one.csv#3", "packed.zip/inner.csv#3"}
    assert all(
        "no column is called '意见'; its columns: 编号, 正文" in e["reason"] for e in errors if "#" not in e["source"]
    )


@pytest.mark.parametrize("name", ["plain.docx", "plain.html", "plain.pdf", "many.zip/乡/文件.docx"])
def test_files_of_one_text_have_the_commitments_of_the_text(name: str, ledger: Ledger) -> None:
    def heads(source: str) -> list[str]:
        return [record.head.text for record in ledger.commitments if record.source == source]

    assert heads(name) == heads("plain.txt")
    assert len(heads(name)) > 8


def test_the_report_holds_the_texts_that_records_come_from(out: Path, ledger: Ledger) -> None:
    page = (out / "commitments.html").read_text(encoding="utf-8")
    data = json.loads(next(re.finditer(r"<script[^>]*json[^>]*>(.*?)</script>", page, re.DOTALL))[1])
    shown = {document["source"]: document["text"] for document in data["documents"]}
    assert set(shown) == {record.source for record in ledger.commitments}
    assert shown["plain.txt"] == RAW
    assert {shown[f"{name}#2"] for name in ("one.csv", "one.jsonl", "packed.zip/inner.csv")} == {TEXT}
