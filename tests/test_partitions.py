"""What a run on a cluster does without one: finding and cutting inputs, stores, what is put together at the end."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pytest
from pyarrow import parquet

from extractor import reading
from extractor.batch import Event, Settings, WrongCall
from extractor.batch.finish import Entry
from extractor.cluster import fetching, finding, manifest, running
from extractor.cluster.carrying import Carried
from extractor.cluster.finding import Found
from extractor.cluster.partitions import Partition, Piece, cut, halves, joined, split
from extractor.cluster.storage import Folder, stamp_of
from extractor.reading import Source

MEMORY = itertools.count()


@pytest.fixture
def store() -> Iterator[Folder]:
    """A folder in a store that is not a disk."""
    folder = Folder(f"memory://store{next(MEMORY)}/out/")
    yield folder
    folder.remove("")


@pytest.fixture
def disk(tmp_path: Path) -> Folder:
    return Folder(str(tmp_path / "out"))


def silent(event: Event) -> None:
    """Nobody listens."""


def numbers(partitions: Sequence[Partition]) -> list[list[str]]:
    return [[piece.file.name for piece in partition.pieces] for partition in partitions]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([5, 5], [[0, 1]]),
        ([6, 5], [[0], [1]]),
        ([1, 1, 300, 1, 1], [[0, 1], [2], [3, 4]]),
        ([300, 300], [[0], [1]]),
        ([0, 0, 10, 0], [[0, 1, 2, 3]]),
    ],
    ids=str,
)
def test_small_files_go_together_and_large_ones_alone(sizes: list[int], expected: list[list[int]]) -> None:
    files = [Found(f"/{number}.txt", str(number), size) for number, size in enumerate(sizes)]
    partitions = list(cut(files, 10, silent))
    assert numbers(partitions) == [list(map(str, some)) for some in expected]
    assert [partition.number for partition in partitions] == [f"{number:06}" for number in range(len(expected))]


def test_a_partition_holds_so_many_files_at_most() -> None:
    files = [Found(f"/{number}", f"{number}.txt", 1) for number in range(2500)]
    assert [len(partition.pieces) for partition in cut(files, 10**9, silent)] == [1000, 1000, 500]


@pytest.mark.parametrize(
    ("groups", "size", "expected"),
    [
        ([(10, 100)], 100, [(0, 10)]),
        ([(10, 100)], 50, [(0, 5), (5, 10)]),
        ([(10, 10), (10, 10), (10, 10)], 20, [(0, 20), (20, 30)]),
        ([(3, 300)], 10, [(0, 1), (1, 2), (2, 3)]),
        ([(0, 0), (4, 40)], 20, [(0, 2), (2, 4)]),
        ([], 20, []),
    ],
    ids=str,
)
def test_tables_are_cut_by_rows(groups: list[tuple[int, int]], size: int, expected: list[tuple[int, int]]) -> None:
    assert [rows for rows, _ in joined(split(groups, size), size)] == expected


@pytest.mark.parametrize("rows", [(0, 7), (7, 25), (10, 20), (24, 25)], ids=str)
def test_the_rows_of_a_piece_are_those_of_the_table(rows: tuple[int, int], tmp_path: Path) -> None:
    table = pa.table(
        {"正文": [f"第{number}件事" if number != 12 else "" for number in range(25)], "号": list(range(25))}
    )
    path, copy = tmp_path / "table.parquet", tmp_path / "copy.parquet"
    parquet.write_table(table, path, row_group_size=10)
    fetching.fetch(Piece(Found(str(path), "table.parquet"), 0, rows), copy)
    whole = list(reading.sources(path, "table.parquet"))
    piece = list(reading.sources(copy, "table.parquet"))
    assert list(map(repr, piece)) == list(map(repr, whole[slice(*rows)]))
    assert sum(isinstance(source, Source) for source in piece) >= rows[1] - rows[0] - 1


@pytest.mark.parametrize("rows", [None, (0, 1)])
def test_a_file_that_changes_meanwhile_is_said(
    rows: tuple[int, int] | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "table.parquet"
    parquet.write_table(pa.table({"正文": ["一", "二"]}), path)
    stamps = map(str, itertools.count())
    monkeypatch.setattr(fetching, "stamp_of", lambda url: next(stamps))
    with pytest.raises(ValueError, match="it changed while it was read; run again when nobody writes to it"):
        fetching.fetch(Piece(Found(str(path), "table.parquet"), 0, rows), tmp_path / "copy.parquet")
    monkeypatch.undo()
    stamp = stamp_of(str(path))
    fetching.fetch(Piece(Found(str(path), "table.parquet"), 0, rows, stamp), tmp_path / "copy.parquet")
    parquet.write_table(pa.table({"正文": ["一", "二", "三"]}), path)
    assert stamp_of(str(path)) != stamp


def test_the_groups_that_hold_some_rows() -> None:
    assert fetching.groups_within([10, 10, 5], (10, 12)) == ([1], 10)
    assert fetching.groups_within([10], (30, 40)) == ([], 10)


def test_a_large_table_of_another_kind_is_told_of() -> None:
    told: list[Event] = []
    list(cut([Found("/a.csv", "a.csv", 1000)], 10, told.append))
    assert [event.reason for event in told] == [
        "a.csv is read by one worker alone; as a Parquet file it would be shared among all"
    ]


def test_halves_end_at_one_text() -> None:
    one, other = (Piece(Found(f"/{name}", name), 1) for name in "ab")
    assert [part.pieces for part in halves(Partition("000001", (one, other)))] == [(one,), (other,)]
    assert [part.number for part in halves(Partition("000001", (one, other)))] == ["000001.0", "000001.1"]
    assert halves(Partition("000001", (one,))) == [Partition("000001", (one,))]
    rows = [Partition("1", (Piece(Found("/t", "t"), 9, (4, 7)),))]
    while any(len(halves(partition)) > 1 for partition in rows):
        rows = [half for partition in rows for half in halves(partition)]
    assert [partition.pieces[0].rows for partition in sorted(rows, key=lambda each: each.number)] == [
        (4, 5),
        (5, 6),
        (6, 7),
    ]


@pytest.mark.parametrize("kind", ["store", "disk"])
def test_files_take_their_places_whole(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    folder: Folder = request.getfixturevalue(kind)
    (tmp_path / "file").write_bytes(b"\x00\xff")
    assert folder.names("") == []
    folder.write("run.json", "甲")
    folder.write("run.json", "乙")
    folder.put(tmp_path / "file", "commitments.jsonl/1.jsonl")
    assert (folder.read("run.json"), folder.names("")) == ("乙", ["commitments.jsonl", "run.json"])
    assert folder.names("commitments.jsonl") == ["1.jsonl"]
    assert folder.has("commitments.jsonl/1.jsonl")
    assert folder.is_file("run.json")
    assert not folder.is_file("commitments.jsonl")
    with pytest.raises(FileNotFoundError):
        folder.put(tmp_path / "none", "commitments.jsonl/2.jsonl")
    assert folder.names("commitments.jsonl") == ["1.jsonl"]
    folder.remove("commitments.jsonl")
    folder.remove("commitments.jsonl")
    assert folder.names("") == ["run.json"]


def test_a_folder_of_a_store_is_searched_like_one_on_a_disk(tmp_path: Path, store: Folder) -> None:
    names = [
        "a.txt",
        "README.md",
        "b/c.txt",
        "b/meta.csv",
        "x.bin",
        "run.json",
        "commitments.jsonl/1.jsonl",
        "errors.jsonl",
    ]
    texts = {"b/meta.csv": "file,issuer\nc.txt,清河镇\n"}
    source = Folder(store.url.replace("/out", "/in"))
    for name in names:
        source.write(name, texts.get(name, "正文"))
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(texts.get(name, "正文"), encoding="utf-8")
    on_disk = finding.found([str(tmp_path)], store)
    in_store = finding.found([source.url], store)
    said = [(item.name, item.size, item.left_out, item.meta) for item in on_disk]
    assert [(item.name, item.size, item.left_out, item.meta) for item in in_store] == said
    assert [(name, bool(left)) for name, _, left, _ in said] == [
        ("README.md", True),
        ("a.txt", False),
        ("b/c.txt", False),
        ("commitments.jsonl/1.jsonl", True),
        ("errors.jsonl", True),
    ]
    (named,) = finding.found([f"{source.url}/b/*.txt"], store)
    assert (named.name, named.meta.issuer) == (named.url, "清河镇")
    assert Folder(named.url).path == f"{source.path}/b/c.txt"


def test_what_lies_in_the_output_is_no_input(store: Folder) -> None:
    store.write("a.txt", "正文")
    with pytest.raises(WrongCall, match="this folder holds no text"):
        finding.found([store.url], store)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("-", "-: workers of a cluster do not see standard input; write it to a file"),
        ("memory://nothing/*.txt", "memory://nothing/*.txt: no such file or folder; check the spelling"),
        ("nothing", "nothing: no such file or folder; check the spelling"),
    ],
)
def test_inputs_that_are_not_there_are_said(given: str, said: str, store: Folder) -> None:
    with pytest.raises(WrongCall) as caught:
        finding.found([given], store)
    assert str(caught.value) == said


def test_a_result_that_cannot_be_made_of_parts_is_refused() -> None:
    with pytest.raises(
        WrongCall, match="--formats jsonl,xlsx: a cluster writes parts, and those are of csv, json, jsonl, "
    ):
        running.check(Settings(formats=("jsonl", "xlsx")))


@pytest.mark.parametrize("url", ["nosuch://a/b", "file"])
def test_a_store_that_is_not_known_is_said(url: str) -> None:
    if "://" in url:
        with pytest.raises(WrongCall, match=r"nosuch://a/b: Protocol not known: nosuch"):
            Folder(url)
    else:
        assert Folder(url).path.endswith("/file")


def test_what_a_store_says_is_one_line(store: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(address: str, output: Folder) -> NoReturn:
        raise LookupError("no credentials\nat all")

    monkeypatch.setattr(running, "connected", broken)
    with pytest.raises(WrongCall) as caught:
        running.run(["corpus"], store.url, "tcp://127.0.0.1:1", Settings(formats=("jsonl",)))
    assert str(caught.value) == (
        f"{store.url}: LookupError: no credentials\\x0aat all; once that is settled, add --resume to go on"
    )


def entry(source: str, outcome: str = "done", reason: str | None = None, texts: int = 1) -> Entry:
    sums = {"texts": texts, "characters": texts, "commitments": texts, "pledges": 0}
    return {"source": source, "outcome": outcome, "reason": reason, "sha256": None, "encoding": "parquet", **sums}


@pytest.mark.parametrize(
    ("pieces", "errors", "expected"),
    [
        ([("done", None, 2), ("done", None, 3)], 0, ("done", None, 5)),
        ([("done", None, 2), ("done with warnings", "1 of 3 texts set aside: see errors.jsonl", 3)], 1,
         ("done with warnings", "1 of 5 texts set aside: see errors.jsonl", 5)),
        ([("done with warnings", "lost", 1), ("done", None, 1)], 0, ("done with warnings", "lost", 2)),
        ([("set aside", "t#1: bad", 1), ("set aside", "t#2: bad", 1)], 2,
         ("set aside", "2 of 2 texts set aside: see errors.jsonl", 2)),
    ],
)  # fmt: skip
def test_the_pieces_of_a_table_make_up_one_input(
    pieces: list[tuple[str, str | None, int]], errors: int, expected: tuple[str, str | None, int]
) -> None:
    carried = [Carried("p", (), (entry("t", *piece),), (), cut=True) for piece in pieces]
    carried[-1] = Carried("p", (), carried[-1].inputs, tuple([("t", "bad")] * errors), cut=True)
    before = Carried("q", (), (entry("a"), entry("b")), ())
    *others, table = manifest.inputs([before, *carried])
    assert [each["source"] for each in others] == ["a", "b"]
    assert (table["outcome"], table["reason"], table["texts"]) == expected


def test_parts_of_earlier_runs_go(store: Folder) -> None:
    for name in (
        "commitments.jsonl/0-old.jsonl",
        "commitments.jsonl/0-new.jsonl",
        "commitments.csv/0-new.csv",
        "mine.txt",
    ):
        store.write(name, "")
    carried = [Carried("0-new", ("commitments.jsonl",), (entry("a"),), (("a", "bad"),))]
    summary = manifest.write(store, carried, Settings(formats=("jsonl",)), {"version": "1"}, {})
    assert store.names("commitments.jsonl") == ["0-new.jsonl"]
    assert not store.has("commitments.csv")
    assert store.has("mine.txt")
    assert store.read("errors.jsonl") == '{"source": "a", "reason": "bad"}\n'
    assert (summary.texts_set_aside, summary.set_aside, summary.counts["files"]) == (1, ("bad",), 1)
