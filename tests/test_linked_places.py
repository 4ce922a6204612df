"""Ambiguous and treacherous place names: which division each is, or all that it may be, or that it is no place at all."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from conftest import Extract

from extractor import gazetteer, places, rulebook
from extractor.records import Division

RULES = rulebook.load()
LINES = (Path(__file__).parent / "data/linked_places.tsv").read_text(encoding="utf-8").splitlines()
ROWS = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]
UNDECIDED = sorted({sentence for issuer, sentence, found in ROWS if issuer == "-" and "｜" in found})


def told(sentence: str, issuer: str) -> str:
    """Every place of a sentence with the codes that it may have."""
    found = places.find(sentence, RULES, None if issuer == "-" else issuer)
    named = ((sentence[p.start : p.end], "｜".join(d.code for d in p.divisions)) for p in found)
    return "；".join(f"{name} {codes or '?'}" for name, codes in named) or "-"


def test_the_table_is_there() -> None:
    decided = defaultdict(set)
    for issuer, sentence, found in ROWS:
        decided[sentence, "｜" in found].add(issuer)
    shared = {sentence for sentence, open_ in decided if open_ and (sentence, False) in decided}
    assert len(ROWS) >= 150
    assert len(shared) >= 12
    assert sum(found == "-" for _, _, found in ROWS) >= 45


@pytest.mark.parametrize(("issuer", "sentence", "expected"), ROWS)
def test_places_of_a_sentence(issuer: str, sentence: str, expected: str) -> None:
    assert told(sentence, issuer) == expected


@pytest.mark.parametrize("sentence", UNDECIDED)
def test_what_the_text_does_not_decide_is_for_review(sentence: str, extract: Extract) -> None:
    (record,) = extract(f"下一步，我们将{sentence}。")
    ((place, candidates),) = [(e.text, e.norm) for e in record.entities if isinstance(e.norm, tuple)]
    assert len(candidates) >= 2
    assert record.review == f"place is ambiguous: {place}"


def test_every_former_name_leads_to_a_division_of_the_newest_table() -> None:
    known = gazetteer.load(rulebook.default_folder() / "places")
    assert len(known.former) >= 200
    for name, code in known.former.items():
        assert all(name not in table.codes for table in known.tables[:1]), name
        assert [division.code for division in known.candidates(name)] == [code]


SPEECHES = "\n\n".join(
    f"学先进 找差距\n\n济宁高新区{street}街道党工委书记 {name}\n\n"
    f"下一步,{street}街道将抓好三件事。\n\n一是加快项目建设。抓好{street}片区改造,整治{street}南北通道;\n\n"
    "二是全力对标赶超。加强与潍坊的合作,提升济宁服务水平,支持高新区扩区。"
    for street, name in (("柳行", "李明德"), ("黄屯", "王秀英"))
)
EXPECTED = {
    "柳行": {"mca": "370811017", "nbs": "370871002"},
    "黄屯": {"mca": "370812005", "nbs": "370871005"},
    "潍坊": {"mca": "370700", "nbs": "370700"},
    "济宁": {"mca": "370800", "nbs": "370800"},
    "高新区": {"nbs": "370871"},
}


def test_streets_cities_and_zone_of_a_page_of_speeches_link_in_each_table(extract: Extract) -> None:
    found: dict[str, dict[str, str]] = {}
    for record in extract(SPEECHES):
        for entity in record.entities:
            if entity.type == "LOCATION" and isinstance(entity.norm, Division):
                found[entity.text] = {d.table: d.code for d in (entity.norm, *entity.norm.others)}
    assert {name: found.get(name) for name in EXPECTED} == EXPECTED
