"""Lints the annotated samples: format, offsets, labels, norms, and what their README promises."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from conftest import decoded

from extractor.clauses import CUT

FOLDER = Path(__file__).parent.parent / "corpus"
PATHS = sorted(FOLDER.glob("*.json"))
NAMES = [path.stem for path in PATHS]

ROLES = {"commitment", "lead-in", "tail", "heading", "other"}
CONTENT = {"commitment", "lead-in", "tail"}
KINDS = {"action", "target", "directive"}
TYPES = {"PROJECT", "LOCATION", "ORG", "QUANTITY", "TIME", "POLICY"}
NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
QUANTITY_NORM = re.compile(
    rf"(?:(?:>=|<=|[=<>~]) )?(?:{NUMBER}|[0-9]+/[0-9]+|(?P<low>{NUMBER})\.\.(?P<high>{NUMBER}))(?: \S+)?"
)
DAY = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})"
TIME_NORM = re.compile(rf"(?P<start>{DAY}|\.\.)/(?P<end>{DAY}|\.\.)")
ENUMERATOR = re.compile(
    r"[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]+条?|[一二三四五六七八九十]+(?:[、是要])|[0-9０-９]{1,2}[.．、]|[①-⑳]|—{2}"
)
SEPARATORS = re.compile(rf"[\s{CUT}、.．]")
FEWEST = 12
LENGTHS = range(800, 3001)

Sample = dict[str, Any]


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest) -> Sample:
    found: Sample = json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    found["raw"] = decoded(FOLDER / f"{request.param}.txt")
    return found


def healed(text: str) -> str:
    """Without page and line breaks and the white space around them."""
    return re.sub(r"\s*\n\s*", "", text)


def test_there_are_enough_texts() -> None:
    assert len(PATHS) >= FEWEST
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(NAMES)
    lengths = {path.stem: len(decoded(path)) for path in FOLDER.glob("*.txt")}
    assert {name: length for name, length in lengths.items() if length not in LENGTHS} == {}


def test_one_text_is_in_gb18030_and_holds_what_gbk_cannot() -> None:
    others = []
    for path in FOLDER.glob("*.txt"):
        try:
            path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            others.append(path)
    (path,) = others
    with pytest.raises(UnicodeDecodeError):
        path.read_bytes().decode("gbk")


def test_every_label_is_used_often_enough_to_count() -> None:
    samples = [json.loads(path.read_text(encoding="utf-8")) for path in PATHS]
    roles = Counter(clause["role"] for sample in samples for clause in sample["clauses"])
    kinds = Counter(clause.get("kind") for sample in samples for clause in sample["clauses"])
    types = Counter(entity["type"] for sample in samples for entity in sample["entities"])
    assert set(roles) == ROLES
    assert min(roles.values()) >= 50
    assert min(kinds[kind] for kind in KINDS) >= 20
    assert set(types) == TYPES
    assert min(types.values()) >= 5


def test_the_readme_lists_every_text() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| {name} |" not in readme] == []


def test_header(sample: Sample) -> None:
    assert set(sample) == {"doc", "characters", "annotated", "clauses", "entities", "raw"}
    assert (FOLDER / sample["doc"]).is_file()
    assert sample["characters"] == len(sample["raw"])
    low, high = sample["annotated"]
    assert 0 <= low < high <= len(sample["raw"])


def test_keys(sample: Sample) -> None:
    for clause in sample["clauses"]:
        assert {"start", "end", "role", "text"} <= set(clause) <= {"start", "end", "role", "text", "kind", "enumerator"}
    for entity in sample["entities"]:
        assert {"start", "end", "type", "text"} <= set(entity) <= {"start", "end", "type", "text", "norm"}


def test_offsets_give_the_text(sample: Sample) -> None:
    for mark in (*sample["clauses"], *sample["entities"]):
        assert healed(sample["raw"][mark["start"] : mark["end"]]) == healed(mark["text"])
        assert mark["text"] == mark["text"].strip() != ""


def test_labels_are_known_and_kind_is_on_commitments_alone(sample: Sample) -> None:
    for clause in sample["clauses"]:
        assert clause["role"] in ROLES
        assert ("kind" in clause) == (clause["role"] == "commitment"), clause["text"]
        assert clause.get("kind", "action") in KINDS
    assert {entity["type"] for entity in sample["entities"]} <= TYPES


def test_clauses_are_sorted_and_apart(sample: Sample) -> None:
    for before, after in pairwise(sample["clauses"]):
        assert before["end"] <= after["start"], f"{before['text']} / {after['text']}"
    low, high = sample["annotated"]
    assert low <= sample["clauses"][0]["start"]
    assert sample["clauses"][-1]["end"] <= high


def test_entities_are_sorted_unique_and_of_one_type(sample: Sample) -> None:
    places = [(entity["start"], entity["end"]) for entity in sample["entities"]]
    assert places == sorted(set(places)), "an entity is marked twice, out of order, or with two types"


def test_entities_lie_inside_commitments_lead_ins_and_tails(sample: Sample) -> None:
    inside = [(clause["start"], clause["end"]) for clause in sample["clauses"] if clause["role"] in CONTENT]
    outside = [e["text"] for e in sample["entities"] if not any(a <= e["start"] and e["end"] <= b for a, b in inside)]
    assert outside == []


def test_entities_do_not_cross(sample: Sample) -> None:
    marks = sample["entities"]
    crossing = [(a["text"], b["text"]) for a in marks for b in marks if a["start"] < b["start"] < a["end"] < b["end"]]
    assert crossing == []


def test_entities_of_one_type_do_not_overlap(sample: Sample) -> None:
    for kind in TYPES:
        marks = [entity for entity in sample["entities"] if entity["type"] == kind]
        overlapping = [(a["text"], b["text"]) for a, b in pairwise(marks) if b["start"] < a["end"]]
        assert overlapping == []


def test_norms_are_well_formed(sample: Sample) -> None:
    for entity in sample["entities"]:
        norm = entity.get("norm")
        if entity["type"] == "QUANTITY":
            assert norm is not None, entity["text"]
            found = QUANTITY_NORM.fullmatch(norm)
            assert found, f"{entity['text']}: {norm}"
            assert found["low"] is None or Decimal(found["low"]) < Decimal(found["high"])
        elif entity["type"] == "TIME" and norm is not None:
            well_formed_interval(norm)
        else:
            assert norm is None, f"{entity['text']}: only quantities and times carry a norm"


def well_formed_interval(norm: str) -> None:
    found = TIME_NORM.fullmatch(norm)
    assert found, norm
    days = [date.fromisoformat(day) for day in found.groups() if day != ".."]
    assert days == sorted(days)
    assert days


def test_tails_follow_and_lead_ins_precede_a_commitment(sample: Sample) -> None:
    ends = "。！？!?；;\n"
    for before, after in pairwise(sample["clauses"]):
        between = healed_gap(sample["raw"][before["end"] : after["start"]])
        if after["role"] == "tail" and not any(sign in between for sign in ends):
            assert before["role"] in CONTENT, after["text"]
        if before["role"] == "lead-in" and not any(sign in between for sign in "。！？"):
            assert after["role"] in {"commitment", "lead-in", "tail", "heading"}, before["text"]


def healed_gap(gap: str) -> str:
    """What stands between two clauses, without page breaks."""
    return gap if re.search(r"[。！？!?；;：:]", gap) else re.sub(r"\s+", "", gap)


def test_what_lies_outside_clauses_is_punctuation_white_space_or_enumerators(sample: Sample) -> None:
    low, high = sample["annotated"]
    last = low
    for clause in [*sample["clauses"], {"start": high, "end": high}]:
        gap = sample["raw"][last : clause["start"]]
        left = SEPARATORS.sub("", ENUMERATOR.sub("", gap.removesuffix(clause.get("enumerator", ""))))
        assert left == "", f"unmarked: {gap!r}"
        last = clause["end"]


def test_an_enumerator_stands_before_its_clause(sample: Sample) -> None:
    for clause in sample["clauses"]:
        label = clause.get("enumerator")
        if label is not None:
            before = sample["raw"][: clause["start"]].rstrip(f" \u3000\n{CUT}")
            assert before.endswith(label.rstrip(CUT)), f"{label} {clause['text']}"


READINGS = sorted((FOLDER / "readings").glob("*.json"))


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_a_reading_holds_offsets_and_labels_and_not_a_word_of_its_text(path: Path) -> None:
    reading = json.loads(path.read_text(encoding="utf-8"))
    low, high = reading["annotated"]
    spans = [(clause["start"], clause["end"]) for clause in reading["clauses"]]
    assert all(low <= start < end <= high for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert {key for clause in reading["clauses"] for key in clause} <= {"start", "end", "role", "kind"}
    assert {key for entity in reading["entities"] for key in entity} <= {"type", "start", "end"}
    assert {clause["role"] for clause in reading["clauses"]} <= ROLES
    assert all((clause["role"] == "commitment") == ("kind" in clause) for clause in reading["clauses"])
