"""Lints the annotated samples: format, offsets, labels, norms, and what their README promises."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import decoded

from extractor.annotation import linting
from extractor.clauses import CUT
from extractor.evaluation.samples import CONTENT, KINDS, ROLES, TYPES, Sample

FOLDER = Path(__file__).parent.parent / "corpus"
PATHS = sorted(FOLDER.glob("*.json"))
NAMES = [path.stem for path in PATHS]

TWO_LABELS = {"三年内", "两年内", "三年", "五年内", "一个月内", "成渝地区双城经济圈"}
"""What is of one type here and of another there, rightly."""
ENUMERATOR = re.compile(
    r"[（(][一二三四五六七八九十0-9]{1,3}[）)]|第[一二三四五六七八九十]+条?|[一二三四五六七八九十]+(?:[、是要])|[0-9０-９]{1,2}[.．、]|[①-⑳]|—{2}"
)
SEPARATORS = re.compile(rf"[\s{CUT}、.．]")
FEWEST = 12
LENGTHS = range(800, 3001)


@pytest.fixture(params=NAMES)
def sample(request: pytest.FixtureRequest) -> Sample:
    found: Sample = json.loads((FOLDER / f"{request.param}.json").read_text(encoding="utf-8"))
    found["raw"] = decoded(FOLDER / f"{request.param}.txt")
    return found


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
    assert set(roles) == set(ROLES)
    assert min(roles.values()) >= 50
    assert min(kinds[kind] for kind in KINDS) >= 20
    assert set(types) == set(TYPES)
    assert min(types.values()) >= 5


def test_the_readme_lists_every_text() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| {name} |" not in readme] == []


def test_nothing_is_wrong_with_the_samples() -> None:
    """What `extractor corpus check corpus` finds: a span of time may be a time here and a quantity there, nothing else."""
    found = linting.lint(FOLDER)
    assert [str(finding) for finding in found if finding.weight == "fault"] == []
    assert {finding.message.partition(" is ")[0] for finding in found} == TWO_LABELS


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
    assert {key for clause in reading["clauses"] for key in clause} <= {"start", "end", "role", "kind"}
    assert {key for entity in reading["entities"] for key in entity} <= {"type", "start", "end"}


@pytest.mark.parametrize(("name", "count"), [("local", 40), ("trials", 104)])
def test_the_texts_to_judge_by_are_whole_and_nothing_is_wrong_with_them(name: str, count: int) -> None:
    local = FOLDER / name
    texts = {path.stem for path in local.glob("*.txt")}
    assert len(texts) >= count
    assert texts == {path.stem for path in local.glob("*.json")}
    assert all(f"| {name} |" in (local / "README.md").read_text(encoding="utf-8") for name in texts)
    assert [str(finding) for finding in linting.lint(local) if finding.weight == "fault"] == []


@pytest.mark.parametrize("name", ["roles", "names"])
def test_the_texts_marked_without_norms_are_whole_and_counted(name: str) -> None:
    folder = FOLDER / name
    texts = {path.stem for path in folder.glob("*.txt")}
    samples = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}
    assert texts == samples.keys()
    assert all(sample["norms_marked"] is False for sample in samples.values())
    clauses = sum(len(sample["clauses"]) for sample in samples.values())
    entities = sum(len(sample["entities"]) for sample in samples.values())
    told = f"`{name}/` holds {len(texts)} more of our own ({clauses:,} clauses, {entities:,} entities"
    assert told in (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [str(finding) for finding in linting.lint(folder) if finding.weight == "fault"] == []


def test_nothing_is_wrong_with_the_readings_as_far_as_can_be_told_without_their_texts() -> None:
    assert [str(finding) for finding in linting.lint(FOLDER / "readings") if finding.weight == "fault"] == []
