"""The HTML report as a file: what it holds, what it keeps out, where it is cut."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import Extract
from hypothesis import given
from hypothesis import strategies as st

from extractor import rulebook, writing
from extractor.records import Commitment
from extractor.writing import Material, report
from extractor.writing.report import content, page

TEXT = """清河镇2026年工作安排
<script>window.hacked = 1</script>
一是办好教育。下一步，我镇将新建两所幼儿园<img src=x onerror="window.hacked = 1">，2026年底前投用。力争学位达到600个。
二是修好道路。新修农村公路12公里。"""
BLOCK = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL)


def written(folder: Path, records: Sequence[Commitment], text: str | None = TEXT) -> list[Path]:
    return list(writing.write(Material(records, lambda source: text), folder, ["html"]))


def data(path: Path) -> dict[str, Any]:
    """What the page is given."""
    blocks = BLOCK.findall(path.read_text(encoding="utf-8"))
    given: dict[str, Any] = json.loads(next(body for kind, body in blocks if "json" in kind))
    return given


@pytest.fixture
def records(extract: Extract) -> list[Commitment]:
    found = extract(TEXT, source="清河.txt")
    assert len(found) >= 4
    return found


def copies(records: Sequence[Commitment], names: Sequence[str]) -> list[Commitment]:
    """The same records once under each name."""
    return [record.model_copy(update={"source": name}) for name in names for record in records]


def test_one_file_holds_the_records(records: list[Commitment], tmp_path: Path) -> None:
    (path,) = written(tmp_path, records)
    given = data(path)
    assert path.name == "commitments.html"
    assert given["documents"][0] == {
        "source": "清河.txt",
        "title": records[0].document.title,
        "date": None,
        "issuer": "清河镇",
        "text": TEXT,
    }
    for record, shown in zip(records, given["records"], strict=True):
        assert shown["text"] == record.text
        assert shown["text"][slice(*shown["inner"])] == record.head.text
        assert TEXT[slice(*shown["head"])] == record.head.text
        assert [given["rules"][number]["id"] for number in shown["rules"]] == list(record.rules)
        assert [(e["type"], e["text"]) for e in shown["entities"]] == [(e.type, e.text) for e in record.entities]
        assert shown["topics"] == list(record.topics)
        assert given["places"][shown["at"]]["pledge"] == (
            {"label": record.pledge.label, "title": record.pledge.title} if record.pledge else None
        )


def test_rules_say_what_they_are(records: list[Commitment], tmp_path: Path) -> None:
    book = rulebook.load()
    (path,) = written(tmp_path, records)
    described = {rule["id"]: rule["description"] for rule in data(path)["rules"]}
    assert described
    assert all(said == book.rules[name].description for name, said in described.items() if name in book.rules)
    assert any(described.values())


def test_markup_in_the_source_is_no_markup_of_the_page(records: list[Commitment], tmp_path: Path) -> None:
    (path,) = written(tmp_path, records)
    source = path.read_text(encoding="utf-8")
    assert "hacked" in source
    assert "<script>window" not in source
    assert "<img" not in source.replace(page.part(page.CHARTS), "")
    assert len(BLOCK.findall(source)) == 3


def test_a_title_is_escaped(records: list[Commitment], tmp_path: Path) -> None:
    title = '</title><script>alert("1")</script>'
    named = [r.model_copy(update={"document": r.document.model_copy(update={"title": title})}) for r in records]
    (path,) = written(tmp_path, named)
    assert "<script>alert" not in path.read_text(encoding="utf-8")


def test_only_the_named_scripts_may_run_and_nothing_is_fetched(records: list[Commitment], tmp_path: Path) -> None:
    (path,) = written(tmp_path, records)
    source = path.read_text(encoding="utf-8")
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', source)[0]
    running = [body for kind, body in BLOCK.findall(source) if "json" not in kind]
    style = re.findall(r"<style>(.*?)</style>", source, re.DOTALL)[0]
    digests = [base64.b64encode(hashlib.sha256(part.encode()).digest()).decode() for part in [*running, style]]
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    shell = BLOCK.sub("", source)
    assert re.findall(r"\s(?:on\w+|src|href|style)=", shell) == []


def test_the_same_records_give_the_same_bytes(records: list[Commitment], tmp_path: Path) -> None:
    (first,), (second,) = written(tmp_path / "a", records), written(tmp_path / "b", records)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("text", [None, "另一个文件，同名。", ""])
def test_a_text_that_is_not_the_source_is_not_shown(
    text: str | None, records: list[Commitment], tmp_path: Path
) -> None:
    (path,) = written(tmp_path, records, text)
    assert data(path)["documents"][0]["text"] is None


def test_no_commitment_gives_an_empty_page(tmp_path: Path) -> None:
    (path,) = written(tmp_path, [])
    assert data(path) == {"documents": [], "places": [], "rules": [], "records": []}


def test_a_large_run_is_cut_between_documents(
    records: list[Commitment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST", 2 * len(records))
    names = ["甲.txt", "乙.txt", "丙.txt", "<丁>.txt", "戊.txt"]
    index, *pages = written(tmp_path, copies(records, names))
    assert [path.name for path in pages] == [f"commitments-00{number}.html" for number in (1, 2, 3)]
    held = [[about["source"] for about in data(path)["documents"]] for path in pages]
    assert held == [names[:2], names[2:4], names[4:]]
    source = index.read_text(encoding="utf-8")
    links = re.findall(r'href="(commitments-\d+\.html)#d(\d+)"', source)
    assert [held[[path.name for path in pages].index(name)][int(place)] for name, place in links] == names
    assert "<script" not in source


def test_a_document_beyond_the_limit_stays_whole(
    records: list[Commitment], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST", 1)
    (path,) = written(tmp_path, records)
    assert len(data(path)["records"]) == len(records)


@given(st.text())
def test_data_comes_back_and_ends_no_script(text: str) -> None:
    dumped = page.as_json({"text": text + "</script><!--\u2028\u2029"})
    assert json.loads(dumped)["text"] == text + "</script><!--\u2028\u2029"
    assert not set("<>&\u2028\u2029") & set(dumped)


def test_half_a_surrogate_pair_can_be_written() -> None:
    assert page.as_json({"text": "\ud800"}) == '{"text":"\\ud800"}'


def test_what_many_records_share_stands_once(records: list[Commitment]) -> None:
    papers = [content.Paper(records, None)]
    given = content.contents(papers, rulebook.load())
    places = given["places"]
    assert isinstance(places, list)
    assert len(places) == len({(r.section, r.pledge and r.pledge.id) for r in records}) < len(records)


def test_the_licence_of_the_charts_is_shipped() -> None:
    folder = Path(report.__file__).parent / "page"
    assert "Apache License" in (folder / "ECHARTS-LICENSE").read_text(encoding="utf-8")
    assert "Redistribution and use" in (folder / "ZRENDER-LICENSE").read_text(encoding="utf-8")
    assert "Apache ECharts" in (folder / "ECHARTS-NOTICE").read_text(encoding="utf-8")
    assert "Licensed to the Apache Software Foundation" in page.part(page.CHARTS)[:300]
