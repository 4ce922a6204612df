"""Any text put together from our corpus and odd characters: the pipeline neither fails nor contradicts itself."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.records import Commitment

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
ODD = ["\ufeff", "\u200b", "\u00ad", "\x00", "\ue000", "\U0010ffff", "𬒈", "㈠", "①", "⽔", "％", "１２", "\ud800", "é", "\u0301", "🀄", "|", "=1+1"]
LABELS = ["一是", "（二）", "三、", "第一，", "1.", "——", "去年，", "下一步，", "一、工作回顾\n", "2026年工作打算\n", "（镇政府负责）"]
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
    spans = [record.head, *record.lead_ins, *record.tails, *record.entities]
    return [(record.text, record.start, record.end), *((span.text, span.start, span.end) for span in spans)]


def test_there_is_something_to_put_together() -> None:
    assert len(CLAUSES) > 800


@settings(max_examples=60)
@given(TEXTS)
def test_every_span_gives_its_text(raw: str) -> None:
    for record in extractor.extract(raw).commitments:
        for text, start, end in parts(record):
            assert 0 <= start < end <= len(raw)
            assert in_order(text, re.sub("[\r\x0b\x0c\x85\u2028\u2029]", "\n", raw[start:end]))
            assert (text[0], text[-1]) == (raw[start], raw[end - 1])
            assert record.start <= start
            assert end <= record.end


@settings(max_examples=60)
@given(TEXTS)
def test_records_are_sorted_apart_and_of_their_own(raw: str) -> None:
    records = extractor.extract(raw).commitments
    heads = [(record.head.start, record.head.end) for record in records]
    assert heads == sorted(heads)
    assert all(before[1] <= after[0] for before, after in zip(heads, heads[1:], strict=False))
    assert len({record.id for record in records}) == len(records)
    clauses = [(span.start, span.end) for r in records for span in (*r.lead_ins, r.head, *r.tails)]
    assert clauses == sorted(clauses)
    assert len(set(clauses)) == len(clauses)


@settings(max_examples=30)
@given(TEXTS)
def test_records_survive_json_and_repetition(raw: str) -> None:
    found = extractor.extract(raw.replace("\ud800", ""))
    assert found == extractor.extract(raw.replace("\ud800", ""))
    assert [Commitment.model_validate(record) for record in json.loads(found.to_json())] == list(found.commitments)


@settings(max_examples=30)
@given(TEXTS)
def test_entities_are_sorted_and_none_is_there_twice(raw: str) -> None:
    for record in extractor.extract(raw).commitments:
        places = [(entity.start, entity.end, entity.type) for entity in record.entities]
        assert places == sorted(set(places))


@settings(max_examples=30)
@given(TEXTS)
def test_without_the_arbiter_it_holds_too(raw: str) -> None:
    from extractor import ledger
    from extractor.scene import Given

    doc = ledger.process(raw, Given(), arbiter=False)
    assert len(doc._.verdicts) == len(doc._.clauses)
    for record in doc._.commitments:
        assert all(in_order(text, raw[start:end].replace("\r", "\n")) for text, start, end in parts(record) if "\n" not in text)
