"""The lint of annotated samples: one sample that is right, and everything that can be done wrong in it."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extractor.annotation.linting import lint
from extractor.evaluation import BrokenSample

TEXT = "下一步，清河镇将修建水渠三条，\n2026年底前完工。"
RIGHT: dict[str, Any] = {
    "doc": "plan.txt",
    "characters": len(TEXT),
    "annotated": [0, len(TEXT)],
    "clauses": [
        {"start": 0, "end": 3, "role": "lead-in", "text": "下一步"},
        {"start": 4, "end": 14, "role": "commitment", "text": "清河镇将修建水渠三条", "kind": "action"},
        {"start": 16, "end": 25, "role": "commitment", "text": "2026年底前完工", "kind": "target"},
    ],
    "entities": [
        {"start": 4, "end": 7, "type": "ORG", "text": "清河镇"},
        {"start": 12, "end": 14, "type": "QUANTITY", "text": "三条", "norm": "= 3 条"},
        {"start": 16, "end": 23, "type": "TIME", "text": "2026年底前", "norm": "../2026-12-31"},
    ],
}
Spoil = Callable[[dict[str, Any]], object]


def findings(folder: Path, sample: object, text: str | None = TEXT) -> list[str]:
    """What the lint says of one sample, without the name of the file."""
    (folder / "plan.json").write_text(json.dumps(sample, ensure_ascii=False), encoding="utf-8")
    if text is not None:
        (folder / "plan.txt").write_text(text, encoding="utf-8")
    return [str(finding).removeprefix(str(folder / "plan.json")) for finding in lint(folder)]


def clause(number: int, **changes: object) -> Spoil:
    return lambda sample: sample["clauses"][number].update(changes)


def entity(number: int, **changes: object) -> Spoil:
    return lambda sample: sample["entities"][number].update(changes)


def added(**entry: object) -> Spoil:
    return lambda sample: sample["entities"].append(entry)


def said(**header: object) -> Spoil:
    return lambda sample: sample.update(header)


def test_nothing_is_wrong_with_a_right_sample(tmp_path: Path) -> None:
    rich = copy.deepcopy(RIGHT) | {"level": "township", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    rich["clauses"][1] |= {"enumerator": "一、", "strength": "planned", "deadline": None}
    rich["entities"][0] |= {"type": "LOCATION", "code": "370811"}
    assert findings(tmp_path, RIGHT) == findings(tmp_path, rich) == []


# what is done to the sample, and the one thing the lint says then
WRONG: dict[str, tuple[Spoil, str]] = {
    "offsets beside the words": (clause(0, start=1, end=4), ":1: fault: the text has '一步，' there, not '下一步'"),
    "white space at the end": (clause(0, end=4, text="下一步 "), ":0: fault: '下一步 ' has white space at its ends"),
    "a span without characters": (clause(0, end=0, text=""), ":0: fault: the span 0 to 0 does not lie in the window"),
    "a span outside the window": (
        said(annotated=[4, len(TEXT)]),
        ":0: fault: the span 0 to 3 does not lie in the window",
    ),
    "a window outside the text": (said(annotated=[0, 99]), ": fault: the window 0 to 99 does not lie in the text"),
    "another length": (said(characters=99), ": fault: plan.txt has 26 characters, not 99"),
    "drift": (said(sha256="0f" * 32), ": fault: plan.txt has changed since it was annotated (sha256 "),
    "an unknown key": (said(author="x"), ": fault: unknown key 'author'"),
    "an unknown key of a clause": (clause(0, note="x"), ":0: fault: unknown key 'note' in clauses"),
    "a missing key": (lambda s: s["entities"][0].pop("type"), ": fault: entities[0] has no 'type', or not as a word"),
    "an unknown role": (clause(0, role="intro"), ":0: fault: unknown role 'intro'; roles are commitment, "),
    "an unknown kind": (clause(1, kind="plan"), ":4: fault: unknown kind 'plan'; kinds are action, "),
    "a commitment without a kind": (lambda s: s["clauses"][1].pop("kind"), ": fault: clauses[1] has no 'kind'"),
    "a kind on a lead-in": (clause(0, kind="action"), ":0: fault: only commitments have a kind, no lead-in"),
    "an unknown type": (entity(0, type="PERSON"), ":4: fault: unknown type 'PERSON'; types are PROJECT, "),
    "an unknown strength": (clause(1, strength="weak"), ":4: fault: unknown strength 'weak'; strengths are firm, "),
    "a deadline that is none": (clause(1, deadline="年底"), ":4: fault: '年底' is no deadline; write it as "),
    "the code of no place": (entity(0, code="370811"), ":4: fault: only places carry the code of a division, no ORG"),
    "clauses that overlap": (clause(0, end=5, text="下一步，清"), ":4: fault: the clause overlaps the one at 0"),
    "clauses out of order": (lambda s: s["clauses"].reverse(), ":4: fault: the clause overlaps the one at 16"),
    "an entity marked twice": (
        added(start=4, end=7, type="LOCATION", text="清河镇"),
        ":4: warning: marked twice: ORG and LOCATION",
    ),
    "an entity in no commitment": (clause(1, role="other"), ":4: fault: ORG lies in no commitment, lead-in or tail"),
    "entities that cross": (
        added(start=6, end=9, type="PROJECT", text="镇将修"),
        ":6: fault: PROJECT crosses the ORG at 4",
    ),
    "entities out of order": (lambda s: s["entities"].reverse(), ":12: warning: out of order"),
    "an entity in one of its type": (
        added(start=4, end=6, type="ORG", text="清河"),
        ":4: warning: ORG overlaps another of its type at 4",
    ),
    "a quantity without a norm": (lambda s: s["entities"][1].pop("norm"), ":12: fault: None is no norm of a quantity"),
    "a quantity's norm": (entity(1, norm="3条"), ":12: fault: '3条' is no norm of a quantity; write it as "),
    "a range from high to low": (entity(1, norm="5..3 条"), ":12: fault: '5..3 条' is no norm of a quantity"),
    "a time's norm": (entity(2, norm="2026-12-31"), ":16: fault: '2026-12-31' is no norm of a time; write it as "),
    "a day that is none": (entity(2, norm="../2026-13-31"), ":16: fault: '../2026-13-31' is no norm of a time"),
    "an interval that runs back": (
        entity(2, norm="2026-12-31/2026-01-01"),
        ":16: fault: '2026-12-31/2026-01-01' is no",
    ),
    "a norm where none belongs": (entity(0, norm="x"), ":4: fault: only quantities and times carry a norm, no ORG"),
    "no words": (lambda s: s["clauses"][0].pop("text"), ":0: fault: no words: a mark without `text` needs "),
    "a draft": (said(draft=True), ": warning: a draft; correct it, then take out "),
    "an offset that is no number": (clause(0, start="x"), ": fault: clauses[0] has no 'start', or not as a number"),
    "a window that is none": (said(annotated=[0]), ": fault: `annotated` is no pair of offsets"),
    "clauses that are no list": (said(clauses=3), ": fault: clauses are no list"),
    "clauses that are none": (said(clauses=[3]), ": fault: clauses[0] is no JSON object"),
    "a text that is no file name": (said(doc=5), ": fault: `doc` is no file name"),
    "a kind that is no word": (clause(1, kind=5), ": fault: clauses[1] has no 'kind', or not as a word"),
    "words that are none": (clause(0, text=None), ": fault: clauses[0] has 'text', but not as a word"),
    "a norm that is no word": (entity(1, norm=5), ": fault: entities[1] has 'norm', but not as a word"),
    "a deadline that is no word": (clause(1, deadline=5), ": fault: clauses[1] has 'deadline', but not as a word"),
    "a strength that is no word": (clause(1, strength=[]), ": fault: clauses[1] has 'strength', but not as a word"),
    "a code that is no word": (entity(0, code=5), ": fault: entities[0] has 'code', but not as a word"),
}


@pytest.mark.parametrize(("spoil", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_found_where_it_is(spoil: Spoil, message: str, tmp_path: Path) -> None:
    sample = copy.deepcopy(RIGHT)
    spoil(sample)
    found = findings(tmp_path, sample)
    assert any(line.startswith(message) for line in found), found


def test_a_sample_may_say_that_its_norms_were_not_marked(tmp_path: Path) -> None:
    bare = copy.deepcopy(RIGHT) | {"norms_marked": False}
    for entity_ in bare["entities"]:
        entity_.pop("norm", None)
    assert findings(tmp_path, bare) == []


def test_a_file_that_is_no_sample_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{", encoding="utf-8")
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    assert findings(tmp_path, RIGHT | {"sha256": "0f"})[2].startswith(": fault: plan.txt has changed")


def test_a_sample_whose_text_is_away_is_a_fault_unless_it_names_it_by_digest(tmp_path: Path) -> None:
    (unknown,) = findings(tmp_path, RIGHT, None)
    assert unknown.startswith(": fault: offsets are not checked: ")
    (known,) = findings(tmp_path, RIGHT | {"sha256": "0f"}, None)
    assert known.startswith(": warning: offsets are not checked: ")


def test_the_text_may_lie_elsewhere(tmp_path: Path) -> None:
    samples, texts = tmp_path / "samples", tmp_path / "texts"
    samples.mkdir()
    texts.mkdir()
    (samples / "plan.json").write_text(json.dumps(RIGHT), encoding="utf-8")
    (texts / "plan.txt").write_text(TEXT, encoding="utf-8")
    assert lint(samples, [texts]) == []


def test_a_wording_with_two_labels_is_shown_where_it_is_rarer(tmp_path: Path) -> None:
    for name, kind in (("a", "ORG"), ("b", "ORG"), ("c", "LOCATION")):
        sample = copy.deepcopy(RIGHT) | {"doc": f"{name}.txt"}
        sample["entities"][0]["type"] = kind
        (tmp_path / f"{name}.json").write_text(json.dumps(sample), encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    (found,) = lint(tmp_path)
    assert str(found) == f"{tmp_path / 'c.json'}:4: warning: 清河镇 is LOCATION here, ORG 2 times"


def test_a_folder_without_samples_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(BrokenSample, match="no annotated sample"):
        lint(tmp_path)
