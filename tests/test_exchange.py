"""Samples to annotation tools and back: nothing is lost, and what the tools are known to do wrong is mended or named."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import annotation
from extractor.annotation import bring_back, export
from extractor.annotation.marks import LABELS, Mark, healed, page, plain, put_back
from extractor.evaluation import BrokenSample
from extractor.evaluation.samples import KINDS, ROLES, TYPES, Sample, write_sample

TOOLS = list(annotation.TOOLS)
TEXT = "　　一、🏗️下一步，𠮷林镇将新建\r\n  两所👩‍🏫幼儿园，2026年底前投用。\t谢谢\n\n"
"""Wide spaces in front, emoji of several code points, a rare character, a broken line inside a name, a tab."""


def sample_of(raw: str, *words: tuple[str, str]) -> Sample:
    """A sample of some marked words, a commitment with its kind; quantities and times with a norm."""
    made: Sample = {
        "doc": "plan.txt",
        "characters": len(raw),
        "annotated": [0, len(raw)],
        "clauses": [],
        "entities": [],
    }
    for text, name in words:
        start = raw.index(text)
        role, _, kind = name.partition("_")
        entry = {"start": start, "end": start + len(text)} | ({"kind": kind} if kind else {})
        if name in TYPES:
            norm = {"norm": "= 2 所"} if name == "QUANTITY" else {}
            made["entities"].append(entry | {"type": name, "text": healed(text)} | norm)
        else:
            made["clauses"].append(entry | {"role": role, "text": healed(text)})
    return made


HARD = sample_of(
    TEXT,
    ("🏗️下一步", "lead-in"),
    ("𠮷林镇将新建\r\n  两所👩‍🏫幼儿园", "commitment_action"),
    ("2026年底前投用", "commitment_target"),
    ("谢谢", "other"),
    ("𠮷林镇", "LOCATION"),
    ("两所", "QUANTITY"),
    ("2026年底前", "TIME"),
)


def folder_of(sample: Sample, raw: str, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / sample["doc"]).write_bytes(raw.encode())
    write_sample(folder / "plan.json", sample)
    return folder


def back(
    sample: Sample, raw: str, tool: str, folder: Path, meddle: Callable[[Path], None] = lambda path: None
) -> Sample:
    """A sample that went to a tool, where `meddle` did something to its files, and came back."""
    gold = folder_of(sample, raw, folder / "gold")
    export(gold, tool, folder / tool)
    meddle(folder / tool)
    (path,) = bring_back(folder / tool, tool, gold, folder / "back")
    found: Sample = json.loads(path.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("tool", TOOLS)
def test_a_hard_text_comes_back_as_it_went(tool: str, tmp_path: Path) -> None:
    assert back(HARD, TEXT, tool, tmp_path) == HARD


@pytest.mark.parametrize("tool", TOOLS)
def test_drafts_stay_drafts_and_what_tools_are_not_told_is_kept(tool: str, tmp_path: Path) -> None:
    rich = HARD | {"draft": True, "level": "township", "sha256": "0f"}
    rich["clauses"][0]["enumerator"] = "一、"
    assert back(rich, TEXT, tool, tmp_path) == rich


@pytest.mark.parametrize("tool", TOOLS)
def test_the_corpus_comes_back_as_it_went(tool: str, tmp_path: Path, some_samples: Callable[..., Path]) -> None:
    names = ["village_short_speeches", "lessons_speech_gb18030", "town_plan_running_text"]
    gold = some_samples(names)
    export(gold, tool, tmp_path / "sent")
    for path in bring_back(tmp_path / "sent", tool, gold, tmp_path / "back"):
        assert json.loads(path.read_text(encoding="utf-8")) == json.loads(
            (gold / path.name).read_text(encoding="utf-8")
        )
        names.remove(path.stem)
    assert names == []


@pytest.mark.parametrize("tool", TOOLS)
def test_two_samples_of_one_text_and_texts_of_one_stem_come_back_apart(tool: str, tmp_path: Path) -> None:
    other = HARD | {"clauses": HARD["clauses"][:2], "entities": []}
    gold = folder_of(HARD, TEXT, tmp_path / "gold")
    write_sample(gold / "plan_0.json", other)
    write_sample(gold / "plan_1.json", HARD | {"doc": "plan.md"})
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "plan.md").write_bytes(TEXT.encode())
    export(gold, tool, tmp_path / "sent", [tmp_path / "texts"])
    paths = bring_back(tmp_path / "sent", tool, gold, tmp_path / "back", [tmp_path / "texts"])
    found = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}
    assert found == {"plan": HARD, "plan_0": other, "plan_1": HARD | {"doc": "plan.md"}}


PIECES = st.sampled_from(
    ["镇", "新建", " ", "　", "\n", "\r\n", "\t", "🏗️", "𠮷", "👩‍🏫", "é", "\u2028", "。", "\\n", "|", ";", "T1", "\x0b"]
)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[str, Sample]:
    """A text of awkward pieces, and marks on stretches of it that begin and end with no white space."""
    pieces = draw(st.lists(PIECES, min_size=1, max_size=30))
    raw = "".join(pieces) + "完"
    borders = draw(st.lists(st.integers(0, len(raw)), max_size=10, unique=True).map(sorted))
    sample: Sample = {
        "doc": "plan.txt",
        "characters": len(raw),
        "annotated": [0, len(raw)],
        "clauses": [],
        "entities": [],
    }
    for start, end in zip(borders[::2], borders[1::2], strict=False):
        words = raw[start:end]
        if words == words.strip():
            entry = {"start": start, "end": end, "text": healed(words)}
            role = draw(st.sampled_from(ROLES))
            kind = {"kind": draw(st.sampled_from(KINDS))} if role == "commitment" else {}
            sample["clauses"].append(entry | {"role": role} | kind)
            if draw(st.booleans()):
                sample["entities"].append(entry | {"type": draw(st.sampled_from(TYPES))})
    return raw, sample


@pytest.mark.parametrize("tool", TOOLS)
@given(made=annotated())
def test_any_text_comes_back_as_it_went(
    tool: str, made: tuple[str, Sample], tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw, sample = made
    assert back(sample, raw, tool, tmp_path_factory.mktemp("exchange")) == sample


@given(st.text())
def test_a_plain_text_is_as_long_and_counts_alike_everywhere(raw: str) -> None:
    sent = plain(raw)
    assert len(sent) == len(raw) == len(sent.encode("utf-16-le")) // 2
    assert sent == sent.strip() or not raw
    assert plain(sent) == sent
    assert not re.search("[\r\t\x0b\x0c\x85\u2028\u2029\u200d\ufe0f]", sent)


def units(raw: str, offset: int) -> int:
    """UTF-16 units in front of a code point."""
    return len(raw[:offset].encode("utf-16-le")) // 2


def in_utf16(folder: Path) -> None:
    """What older versions of Label Studio export."""
    path = folder / "label-studio.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for region in tasks[0]["annotations"][0]["result"]:
        value = region["value"]
        value["start"], value["end"] = (units(tasks[0]["data"]["text"], value[name]) for name in ("start", "end"))
    path.write_text(json.dumps(tasks), encoding="utf-8")


def test_label_studio_that_counts_utf16_units_is_understood(tmp_path: Path) -> None:
    assert back(HARD, TEXT, "label-studio", tmp_path, in_utf16) == HARD


def shifted(folder: Path) -> None:
    path = folder / "label-studio.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"start": 4', '"start": 5'), encoding="utf-8")


def without_offsets(folder: Path) -> None:
    path = folder / "label-studio.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"start"', '"first"'), encoding="utf-8")


def cancelled(folder: Path) -> None:
    path = folder / "label-studio.json"
    tasks = json.loads(path.read_text(encoding="utf-8"))
    tasks[0]["annotations"].append({"result": [], "was_cancelled": True})
    path.write_text(json.dumps(tasks), encoding="utf-8")


def test_a_cancelled_annotation_of_label_studio_does_not_count(tmp_path: Path) -> None:
    assert back(HARD, TEXT, "label-studio", tmp_path, cancelled) == HARD


def test_drafts_are_predictions_for_label_studio(tmp_path: Path) -> None:
    export(folder_of(HARD | {"draft": True}, TEXT, tmp_path / "gold"), "label-studio", tmp_path)
    (task,) = json.loads((tmp_path / "label-studio.json").read_text(encoding="utf-8"))
    assert set(task) == {"data", "predictions"}
    assert all(f'"{label}"' in (tmp_path / "label-studio.xml").read_text(encoding="utf-8") for label in LABELS)


def as_objects(folder: Path) -> None:
    """What doccano exports of projects with relations, with its metadata apart."""
    path = folder / "doccano.jsonl"
    line = json.loads(path.read_text(encoding="utf-8"))
    spans = [dict(zip(("start_offset", "end_offset", "label"), span, strict=True)) for span in line["label"]]
    path.write_text(
        json.dumps({"data": line["text"], "entities": spans, "meta": {"sample": line["sample"]}}), encoding="utf-8"
    )


def test_doccano_may_export_objects(tmp_path: Path) -> None:
    assert back(HARD, TEXT, "doccano", tmp_path, as_objects) == HARD


def test_brat_writes_no_line_breaks_into_its_lines(tmp_path: Path) -> None:
    export(folder_of(HARD, TEXT, tmp_path / "gold"), "brat", tmp_path)
    lines = (tmp_path / "plan.ann").read_text(encoding="utf-8").splitlines()
    start = TEXT.index("𠮷")
    spans = f"{start} {start + 6};{start + 10} {start + 18}"
    assert lines[1] == f"T2\tcommitment_action {spans}\t〓林镇将新建 两所〓〓〓幼儿园"
    assert len(lines) == 7


def add_to_ann(text: str) -> Callable[[Path], None]:
    def meddle(folder: Path) -> None:
        with (folder / "plan.ann").open("a", encoding="utf-8") as stream:
            stream.write(text)

    return meddle


def test_brats_notes_and_stray_spaces_are_passed_over(tmp_path: Path) -> None:
    notes = "#1\tAnnotatorNotes T1\t好\r\nR1\tPart Arg1:T1 Arg2:T2\nT9\tPOLICY 0 2\t　　\n"
    assert back(HARD, TEXT, "brat", tmp_path, add_to_ann(notes)) == HARD


def spoil(name: str) -> Callable[[Path], None]:
    def meddle(folder: Path) -> None:
        (folder / name).write_bytes(b"?")

    return meddle


# the tool, what happens to its files, what the message says
FAULTS: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "spans beside their words": ("label-studio", shifted, "do not hold their words"),
    "a region without offsets": ("label-studio", without_offsets, "no JSON export"),
    "no JSON": ("label-studio", spoil("label-studio.json"), "no JSON export"),
    "no JSON Lines": ("doccano", spoil("doccano.jsonl"), "no JSONL export"),
    "no DocBin": ("docbin", spoil("annotations.spacy"), "no DocBin"),
    "another text": ("brat", spoil("plan.txt"), "plan.ann: its text is not the one that was exported"),
    "no annotation": ("brat", add_to_ann("T9 LOCATION 1 2\n"), "plan.ann:8: no annotation of brat"),
    "words between fragments": ("brat", add_to_ann("T9\tORG 2 3;8 9\t一 一\n"), "plan.ann:8: words lie between"),
    "an unknown label": ("brat", add_to_ann("T9\tPERSON 2 3\t一\n"), "plan.txt: unknown label 'PERSON' at 2"),
    "a span outside": ("brat", add_to_ann("T9\tORG 2 900\t一\n"), "plan.txt: ORG from 2 to 900 lies outside"),
}


@pytest.mark.parametrize(("tool", "meddle", "message"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_mended_is_named(
    tool: str, meddle: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    with pytest.raises(BrokenSample, match=re.escape(message)):
        back(HARD, TEXT, tool, tmp_path, meddle)


@pytest.mark.parametrize("tool", TOOLS)
def test_a_text_that_has_changed_since_is_refused(tool: str, tmp_path: Path) -> None:
    gold = folder_of(HARD, TEXT, tmp_path / "gold")
    export(gold, tool, tmp_path / tool)
    (gold / "plan.txt").write_bytes(b"x" + TEXT.encode())
    with pytest.raises(BrokenSample, match="its text is not the one"):
        bring_back(tmp_path / tool, tool, gold, tmp_path / "back")


def test_a_new_mark_is_trimmed_and_gets_its_words() -> None:
    start = TEXT.index("新建")
    moved = put_back(HARD, TEXT, [Mark(start, start + 8, "PROJECT")])
    assert moved["entities"] == [{"start": start, "end": start + 8, "type": "PROJECT", "text": "新建两所"}]
    wide = put_back(HARD, TEXT, [Mark(0, 4, "heading")])
    assert wide["clauses"] == [{"start": 2, "end": 4, "role": "heading", "text": "一、"}]


def test_a_page_holds_every_mark_once() -> None:
    assert len(page("plan", HARD, TEXT).marks) == len(HARD["clauses"]) + len(HARD["entities"]) == 7
