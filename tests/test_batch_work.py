"""One input to its texts: files that hold many, shares of big ones, what is done already or brought a worker down."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import batch, reading
from extractor.batch import Input, Settings, finish
from extractor.batch import work as working
from extractor.batch.spool import opened
from extractor.batch.work import Begin, Doing, End, Job, Text, inside, packed, unpacked, work
from extractor.reading import Options, Source, Unreadable

SETTINGS = Settings(arbiter=False, formats=("jsonl",))
ROWS = 12
BROKEN = 5
WARNED = 7


@pytest.fixture
def table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Input:
    """A file that holds twelve texts, one of them unreadable, one with a warning."""

    def sources(path: Path, name: str, options: Options) -> Iterator[Source | Unreadable]:
        for number in range(ROWS):
            called = f"{name}#{number}"
            if number == BROKEN:
                yield Unreadable(called, "no text in this row")
            else:
                warnings = ("a character was lost",) if number == WARNED else ()
                yield Source(called, f"下一步，我镇将新建{number}所学校。", "0f" * 32, "utf-8", warnings=warnings)

    monkeypatch.setattr(reading, "sources", sources)
    path = tmp_path / "table.txt"
    path.write_text("rows", encoding="utf-8")
    return Input(path, "table.txt")


def texts(job: Job) -> dict[int, Text]:
    begin, *found, end = work(job, SETTINGS)
    assert isinstance(begin, Begin)
    assert begin.sha256
    assert isinstance(end, End)
    kept = {text.ordinal: text for text in found if isinstance(text, Text)}
    assert len(kept) == len(found)
    return kept


def test_every_text_of_a_file_is_found_in_its_turn(table: Input) -> None:
    found = texts(Job(1, table))
    assert list(found) == list(range(ROWS))
    assert [text.name for text in found.values()] == [f"table.txt#{number}" for number in range(ROWS)]
    assert found[BROKEN].reason == f"table.txt#{BROKEN}: no text in this row"
    assert [number for number, text in found.items() if text.commitments != 1] == [BROKEN]


@pytest.mark.parametrize("shares", [1, 2, 3, 7])
def test_shares_make_up_the_whole(shares: int, table: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "STRETCH", 40)
    parts = [texts(Job(1, table, share=share, shares=shares)) for share in range(shares)]
    assert sum(map(len, parts)) == ROWS
    assert all(len(part) < ROWS for part in parts) == (shares > 1)
    assert {ordinal: text for part in parts for ordinal, text in part.items()} == texts(Job(1, table))


def test_what_is_done_is_not_done_again(table: Input) -> None:
    assert list(texts(Job(1, table, done=((0, 3), (4, 9))))) == [3, 9, 10, 11]


# where a worker died, which texts come out, and which of them are set aside for it
SPOILED: dict[str, tuple[Doing, list[int]]] = {
    "a text that cannot be processed costs itself": ("processing", list(range(ROWS))),
    "a text that cannot be read costs what is behind it": ("reading", [0, 1, 2]),
}


@pytest.mark.parametrize(("doing", "left"), SPOILED.values(), ids=SPOILED)
def test_what_brought_a_worker_down_is_set_aside(doing: Doing, left: list[int], table: Input) -> None:
    found = texts(Job(1, table, spoiled={(2, doing): "a reason"}))
    assert list(found) == left
    aside = found[2]
    assert (aside.reason or "").endswith(": a reason")
    assert not aside.final
    assert all(text.final for text in found.values() if text is not aside)


def test_a_file_with_texts_of_both_sorts_is_done_with_warnings(table: Input, tmp_path: Path) -> None:
    summary = batch.run([table], tmp_path / "out", SETTINGS)
    assert (summary.counts["files"], summary.counts["done_with_warnings"], summary.counts["texts"]) == (1, 1, ROWS)
    assert summary.texts_set_aside == 1
    assert '"1 of 12 texts set aside: see errors.jsonl"' in (tmp_path / "out" / "run.json").read_text(encoding="utf-8")


def test_a_file_without_any_text_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "sources", lambda path, name, options: iter(()))
    (tmp_path / "empty.txt").write_bytes(b"PK")
    summary = batch.run([Input(tmp_path / "empty.txt", "empty.txt")], tmp_path / "out", SETTINGS)
    assert summary.set_aside == ("empty.txt: there is no text in it",)
    assert summary.counts["set_aside"] == summary.counts["files"] == 1


def test_a_reader_that_breaks_off_keeps_what_it_read(table: Input, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = reading.sources

    def broken(path: Path, name: str, options: Options) -> Iterator[Source | Unreadable]:
        for number, source in enumerate(whole(path, name, options)):
            if number == 2:
                raise ZeroDivisionError
            yield source

    monkeypatch.setattr(reading, "sources", broken)
    found = texts(Job(1, table))
    assert [text.reason is None for text in found.values()] == [True, True, False]
    assert "it could not be read (ZeroDivisionError" in (found[2].reason or "")


OUTCOMES = st.lists(st.sampled_from(["done", "set aside", "warned", "left out"]), min_size=1, max_size=12)


@given(OUTCOMES)
def test_counts_add_up(kinds: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place, opened(Path(place)) as spool:
        spool.begin("", keep=False)
        for position, kind in enumerate(kinds):
            left_out = "why" if kind == "left out" else None
            key, _, _ = spool.enrol(position, Input(Path(f"{position}.txt"), f"{position}.txt", left_out))
            if not left_out:
                aside, warned = "why" if kind == "set aside" else None, "what" if kind == "warned" else None
                spool.add(Text(key, 0, f"{position}.txt", aside, warned, characters=3, commitments=2))
        counts = finish.counts(finish.entries(spool))
        entries = list(finish.entries(spool))
    assert [entry["source"] for entry in entries] == [f"{position}.txt" for position in range(len(kinds))]
    assert counts["files"] == counts["done"] + counts["done_with_warnings"] + counts["set_aside"]
    assert counts["files"] + counts["left_out"] == len(kinds)
    assert (counts["done"], counts["done_with_warnings"]) == (kinds.count("done"), kinds.count("warned"))
    assert counts["characters"] == 3 * counts["files"] == 3 * counts["texts"]


@given(st.sets(st.integers(0, 40)), st.integers(0, 40))
def test_a_number_is_in_the_ranges_that_hold_it(numbers: set[int], wanted: int) -> None:
    ranges = tuple((number, number + 1) for number in sorted(numbers))
    assert inside(ranges, wanted) == (wanted in numbers)


@given(st.text(st.characters(codec=None, exclude_categories=())))
def test_what_is_packed_comes_out_as_it_was(text: str) -> None:
    assert unpacked(packed(text)) == text
