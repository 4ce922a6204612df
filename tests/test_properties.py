"""Any text put together from our corpus and odd characters: the pipeline neither fails nor contradicts itself."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

from conftest import Processed
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor import ledger
from extractor.explaining import explain
from extractor.records import Commitment, Entity, Span
from extractor.scene import Given

FOLDER = Path(__file__).parent.parent / "corpus"
CLAUSES = sorted(
    {
        clause["text"]
        for path in FOLDER.glob("*.json")
        for clause in json.loads(path.read_text(encoding="utf-8"))["clauses"]
    }
)
MARKS = "，,；;。！？：:、“”‘’《》（）()【】—…·"
BREAKS = ["\n", "\n\n", "\n\n\n\n", "\r\n", "\r", "\f", "\u2028", "\x0b", "　　", "  ", "\t"]
ODD = [
    "\ufeff",
    "\u200b",
    "\u00ad",
    "\x00",
    "\ue000",
    "\U0010ffff",
    "𬒈",
    "㈠",
    "①",
    "⽔",
    "％",
    "１２",
    "é",
    "\u0301",
    "🀄",
    "|",
    "=1+1",
]
LABELS = [
    "一是",
    "（二）",
    "三、",
    "第一，",
    "1.",
    "——",
    "去年，",
    "下一步，",
    "一、工作回顾\n",
    "2026年工作打算\n",
    "（镇政府负责）",
]
PIECES = st.one_of(
    st.sampled_from(CLAUSES),
    st.sampled_from(MARKS),
    st.sampled_from(BREAKS),
    st.sampled_from(ODD),
    st.sampled_from(LABELS),
    st.text(max_size=4),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


def in_order(printed: str, raw: str) -> bool:
    """Whether the characters of `printed` appear in `raw` in this order."""
    left = iter(raw)
    return all(sign in left for sign in printed)


def parts(record: Commitment) -> list[tuple[str, int, int]]:
    """Text, start and end of everything in a record that says where it stands."""
    spans: list[Span | Entity] = [record.head, *record.lead_ins, *record.tails, *record.entities]
    return [(record.text, record.start, record.end), *((span.text, span.start, span.end) for span in spans)]


def read(raw: str, arbiter: bool = True) -> list[Commitment]:
    return list(ledger.process(raw, Given(), arbiter)._.commitments)


def check_places(raw: str, records: list[Commitment]) -> None:
    """Every part of a record gives its text and lies inside the record."""
    broken = re.sub("[\r\x0b\x0c\x85\u2028\u2029]", "\n", raw)
    for record in records:
        for text, start, end in parts(record):
            assert 0 <= start < end <= len(raw)
            assert in_order(text, broken[start:end])
            assert (text[0], text[-1]) == (raw[start], raw[end - 1])
            assert record.start <= start < end <= record.end


def check_order(records: list[Commitment]) -> None:
    """Clauses stand in text order and in one record each; entities in order and once."""
    clauses = [(span.start, span.end) for r in records for span in (*r.lead_ins, r.head, *r.tails)]
    assert clauses == sorted(clauses)
    assert all(before[1] <= after[0] for before, after in pairwise(clauses))
    assert len({record.id for record in records}) == len(records)
    for record in records:
        places = [(entity.start, entity.end, entity.type) for entity in record.entities]
        assert places == sorted(set(places))


def test_there_is_something_to_put_together() -> None:
    assert len(CLAUSES) > 800


def test_the_corpus_itself(processed_corpus: dict[str, Processed]) -> None:
    for text in processed_corpus.values():
        check_places(text.raw, text.commitments)
        check_order(text.commitments)
    assert sum(len(text.commitments) for text in processed_corpus.values()) > 400


def test_the_corpus_by_the_decision_table_alone(corpus_texts: dict[str, str]) -> None:
    found = 0
    for raw in corpus_texts.values():
        records = read(raw, arbiter=False)
        check_places(raw, records)
        check_order(records)
        found += len(records)
    assert found > 400


@settings(max_examples=100)
@given(TEXTS)
def test_any_text(raw: str) -> None:
    records = read(raw)
    check_places(raw, records)
    check_order(records)


@settings(max_examples=60)
@given(TEXTS)
def test_any_text_by_the_decision_table_alone(raw: str) -> None:
    records = read(raw, arbiter=False)
    check_places(raw, records)
    check_order(records)


@settings(max_examples=30)
@given(TEXTS)
def test_records_survive_json_and_repetition(raw: str) -> None:
    found = extractor.extract(raw)
    assert found == extractor.extract(raw)
    assert [Commitment.model_validate(record) for record in json.loads(found.to_json())] == list(found.commitments)


@settings(max_examples=30)
@given(TEXTS)
def test_every_clause_has_a_verdict_and_a_reason(raw: str) -> None:
    doc = ledger.process(raw, Given())
    explained = explain(doc)
    assert len(explained) == len(doc._.clauses) == len(doc._.verdicts)
    assert all(item.rule for item in explained)
