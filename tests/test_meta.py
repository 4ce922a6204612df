"""The sidecar `meta.csv`: what it says of files, and what of it counts before what."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from making import html

import extractor
from extractor import batch
from extractor.batch import WrongCall
from extractor.reading import Meta, Unreadable, sidecar

TEXT = "下一步，我镇将新建两所幼儿园。"

TABLES = {
    "file,date,issuer,title\na.txt,2019-04-20,青川镇,工作打算\n": Meta(date(2019, 4, 20), "青川镇", "工作打算"),
    "文件,发文机关,日期\na.txt,青川镇,2019年4月20日\n": Meta(date(2019, 4, 20), "青川镇"),
    " File , date \na.txt,2019/4/20\n": Meta(date(2019, 4, 20)),
    "file,date,issuer\na.txt,,\n": Meta(),
    "file,date\na.txt\n": Meta(),
}


@pytest.mark.parametrize(("table", "meta"), TABLES.items())
@pytest.mark.parametrize("codec", ["utf-8-sig", "gb18030"])
def test_a_sidecar_says_of_a_file(table: str, meta: Meta, codec: str, tmp_path: Path) -> None:
    (tmp_path / "meta.csv").write_bytes(table.encode(codec))
    assert sidecar(tmp_path) == {"a.txt": meta}


def test_a_folder_without_a_sidecar_says_nothing(tmp_path: Path) -> None:
    assert sidecar(tmp_path) == {}


BROKEN = {
    "has no column `file`": "name,date\na.txt,2019-04-20\n",
    "line 2: '昨天' is no date; write it as 2019-04-20": "file,date\na.txt,昨天\n",
    "line 3: '2019-02-30' is no date": "file,date\nb.txt,\na.txt,2019-02-30\n",
    "empty": "",
}


@pytest.mark.parametrize(("said", "table"), BROKEN.items())
def test_a_broken_sidecar_is_a_wrong_call(said: str, table: str, tmp_path: Path) -> None:
    (tmp_path / "meta.csv").write_text(table, encoding="utf-8")
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(Unreadable) as caught:
        sidecar(tmp_path)
    assert said in caught.value.reason
    with pytest.raises(WrongCall, match=r"meta\.csv: "):
        batch.inputs([str(tmp_path)])


def test_the_caller_counts_before_the_sidecar_and_that_before_the_page(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_bytes(html())
    (tmp_path / "meta.csv").write_text(
        "file,date,issuer,title\nb.html,2026-03-01,青川县人民政府,另题\n", encoding="utf-8"
    )
    items = batch.inputs([str(tmp_path)])
    assert [item.name for item in items] == ["a.html", "b.html"]

    def documents(**given: str) -> list[tuple[str | None, ...]]:
        settings = batch.Settings(issuer=given.get("issuer"), arbiter=False, formats=("jsonl",))
        batch.run(items, tmp_path / "out", settings)
        records = extractor.read(tmp_path / "out").commitments
        found = {record.source: record.document for record in records}
        return [(each.title, each.date, each.issuer) for _, each in sorted(found.items())]

    page = ("青川镇2026年工作打算", "2026-01-13", "青川镇人民政府")
    assert documents() == [page, ("另题", "2026-03-01", "青川县人民政府")]
    assert [issuer for _, _, issuer in documents(issuer="省政府")] == ["省政府", "省政府"]
