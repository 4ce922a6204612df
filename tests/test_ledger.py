"""The library's two verbs: `extract` gives a ledger; a ledger gives JSON and a frame."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

import extractor
from extractor import ledger
from extractor.ledger import Ledger
from extractor.reading import Source
from extractor.records import Commitment

RAW = "下一步，我镇将新建两所幼儿园。今年，我镇还将改造三条水渠。"


def test_extract_gives_commitments_in_text_order() -> None:
    found = extractor.extract(RAW)
    assert [record.head.text for record in found.commitments] == ["我镇将新建两所幼儿园", "我镇还将改造三条水渠"]
    assert all(isinstance(record, Commitment) for record in found.commitments)
    assert [record.source for record in found.commitments] == ["-", "-"]


def test_the_digest_is_that_of_the_text_in_utf_8() -> None:
    (first, _) = extractor.extract(RAW, source="plan.txt").commitments
    assert first.source_sha256 == hashlib.sha256(RAW.encode()).hexdigest()
    assert first.source == "plan.txt"


def test_the_same_text_gives_the_same_ledger() -> None:
    assert extractor.extract(RAW) == extractor.extract(RAW)
    assert extractor.extract(RAW).to_json() == extractor.extract(RAW).to_json()


@pytest.mark.parametrize("day", ["2026-01-08", date(2026, 1, 8)])
def test_a_date_is_given_as_string_or_date(day: date | str) -> None:
    (record,) = extractor.extract("下一步，我镇将在年底前修建水渠。", date=day, issuer="清河镇").commitments
    assert record.document.model_dump() == {"title": None, "date": "2026-01-08", "issuer": "清河镇", "fields": {}}
    assert record.deadline is not None
    assert record.deadline.end_date == "2026-12-31"
    assert record.actor == "清河镇"


@pytest.mark.parametrize("day", ["2026-13-01", "八月", ""])
def test_a_date_that_is_none_is_an_error(day: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        extractor.extract(RAW, date=day)


@pytest.mark.parametrize("raw", ["", " \n\n ", "。，！", "\ufeff", "天气晴好。"])
def test_a_text_without_commitments_gives_an_empty_ledger(raw: str) -> None:
    assert extractor.extract(raw) == Ledger(())
    assert json.loads(extractor.extract(raw).to_json()) == []


def test_a_broken_character_does_not_stop_a_text() -> None:
    assert len(extractor.extract(f"{RAW}\ud800").commitments) == 2
    assert "镇将修路" in extractor.extract("清河镇2026年工作打算\n我镇将修路\ud800三条。").commitments[0].head.text


@pytest.mark.parametrize("indent", [None, 2])
def test_json_is_an_array_of_the_records_with_chinese_as_it_is(indent: int | None) -> None:
    found = extractor.extract(RAW)
    text = found.to_json(indent)
    assert "我镇将新建两所幼儿园" in text
    assert [Commitment.model_validate(record) for record in json.loads(text)] == list(found.commitments)


def test_a_frame_has_one_row_a_commitment() -> None:
    frame = extractor.extract(RAW).to_frame()
    assert len(frame) == 2
    assert list(frame["id"]) == [record.id for record in extractor.extract(RAW).commitments]
    assert list(frame["head"]) == ["我镇将新建两所幼儿园", "我镇还将改造三条水渠"]


def test_an_empty_ledger_gives_an_empty_frame_with_the_same_columns() -> None:
    frame = Ledger(()).to_frame()
    assert len(frame) == 0
    assert list(frame.columns) == list(extractor.extract(RAW).to_frame().columns)


def test_a_source_carries_its_name_and_digest() -> None:
    doc = ledger.from_source(Source("plan.txt", RAW, "ab" * 32, "utf-8"), date(2026, 1, 8), "清河镇")
    (record, _) = doc._.commitments
    assert (record.source, record.source_sha256) == ("plan.txt", "ab" * 32)
    assert (record.document.date, record.document.issuer) == ("2026-01-08", "清河镇")


def test_the_package_has_its_verbs_and_no_others() -> None:
    assert {"extract", "extract_frame", "load", "read", "read_csv", "Ledger", "__version__"} == set(extractor.__all__)
    assert extractor.Ledger is Ledger
    with pytest.raises(AttributeError, match="it has Ledger"):
        extractor.extrakt  # noqa: B018
