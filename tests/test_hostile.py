"""Files made to harm, and thousands of damaged ones: each is read or set aside in one line, soon and in bounded memory."""

from __future__ import annotations

import io
import json
import random
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import FILES, RAW, docx, docx_of, html, jsonl, paragraph, pdf, separated, xlsx, zipped
from mutating import mutated

from extractor import batch, reading
from extractor.reading import DEFAULT, Limits, Options, Source, Unreadable
from extractor.reading.signatures import suffix

FUZZED = 300
SECONDS = 20
"""Longer than any file here takes on a slow machine, far shorter than a bomb would."""


def found(data: bytes, name: str, options: Options = DEFAULT) -> list[Source | Unreadable]:
    """What a file holds; one that is broken as a whole is what it raises."""
    try:
        return list(reading.from_stream(io.BytesIO(data), name, options, suffix(name)))
    except Unreadable as error:
        return [error]


def reasons(data: bytes, name: str, options: Options = DEFAULT) -> list[str]:
    """Why parts of a file cannot be read."""
    return [each.reason for each in found(data, name, options) if isinstance(each, Unreadable)]


def texts(data: bytes, name: str, options: Options = DEFAULT) -> list[str]:
    """The texts in a file."""
    return [each.raw for each in found(data, name, options) if isinstance(each, Source)]


def nested(depth: int) -> bytes:
    """A text in so many archives."""
    data, name = RAW.encode(), "a.txt"
    for _ in range(depth):
        data, name = zipped({name: data}), "inner.zip"
    return data


def bomb(part: str) -> bytes:
    """An Office file whose part of this name is its declaration of entities, which would unfold to a billion words."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    hostile = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">{entities}]><x>&e9;</x>'
    return replaced(docx() if part.startswith("word") else xlsx(), part, hostile.encode())


def external(part: str, path: Path) -> bytes:
    """An Office file that asks for a file of the reader's machine."""
    body = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "{path.as_uri()}">]><w:document xmlns:w="w"><w:p><w:r><w:t>&secret;</w:t></w:r></w:p></w:document>'
    return replaced(docx() if part.startswith("word") else xlsx(), part, body.encode())


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """A ZIP file with another content of one member."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert part in members
    return zipped({**members, part: content})


OFFICE = [("word/document.xml", "a.docx"), ("xl/worksheets/sheet1.xml", "a.xlsx"), ("xl/workbook.xml", "a.xlsx")]


@pytest.mark.parametrize(("part", "name"), OFFICE)
def test_entities_are_refused_before_they_unfold(part: str, name: str) -> None:
    began = time.monotonic()
    (reason,) = reasons(bomb(part), name)
    assert "declares a document type" in reason
    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize(("part", "name"), OFFICE)
def test_external_entities_are_never_fetched(part: str, name: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    result = found(external(part, tmp_path / "secret.txt"), name)
    assert "秘密" not in str(result)
    assert "declares a document type" in reasons(external(part, tmp_path / "secret.txt"), name)[0]


BOMBS = {
    "a.docx": replaced(docx(), "word/document.xml", b"<a>" + b" " * 30_000_000 + b"</a>"),
    "a.xlsx": replaced(xlsx(), "xl/worksheets/sheet1.xml", b"<a>" + b" " * 30_000_000 + b"</a>"),
    "a.zip": zipped({"a.txt": b" " * 30_000_000}),
}


@pytest.mark.parametrize(("name", "data"), BOMBS.items())
def test_bombs_are_not_unpacked(name: str, data: bytes) -> None:
    tracemalloc.start()
    assert "times its size" in reasons(data, name)[0]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_bomb_in_an_archive_leaves_its_siblings() -> None:
    result = found(zipped({"a.txt": b" " * 30_000_000, "b.txt": RAW.encode()}), "a.zip")
    assert isinstance(result[0], Unreadable)
    assert isinstance(result[1], Source)
    assert result[1].name == "a.zip/b.txt"


SMALL = {
    "over the limit": (zipped({"a.txt": b"x" * 2000}), "a.zip", Limits(bytes=1000)),
    "more bytes than allowed": (zipped({"a.txt": b"x" * 2000}), "a.zip", Limits(expanded=1000)),
    "more than 1 members": (zipped({"a.txt": b"x", "b.txt": b"y"}), "a.zip", Limits(members=1)),
    "too deeply in archives": (nested(3), "a.zip", Limits(nesting=2)),
    "larger than 1000 bytes": (b"x" * 1001, "a.txt", Limits(bytes=1000)),
    "larger than 999 bytes": (b"<html>" + b"x" * 1001, "a.html", Limits(tree=999)),
    "its part word/document.xml is larger than 99 bytes": (docx(), "a.docx", Limits(tree=99)),
    "more than 9 characters": (pdf(), "a.pdf", Limits(tree=9)),
    "a row of more than 10 characters": (b'{"text": "aaaaaaaaaaaaaaaaa"}\n', "a.jsonl", Limits(row_bytes=10)),
}


@pytest.mark.parametrize(("said", "case"), SMALL.items())
def test_limits_are_kept(said: str, case: tuple[bytes, str, Limits]) -> None:
    data, name, limits = case
    assert said in reasons(data, name, Options(limits=limits))[0]
    assert reasons(data, name, Options(text_column="text")) == [] or name == "a.zip"


def test_what_archives_in_an_archive_unpack_to_is_counted_together() -> None:
    inner = zipped({"a.txt": RAW.encode() * 40})
    size = len(RAW.encode()) * 40
    data = zipped({f"{n}.zip": inner for n in range(5)})
    limits = Limits(expanded=3 * size + 5 * len(inner))
    assert len(texts(data, "a.zip", Options(limits=limits))) == 3
    assert len(texts(data, "a.zip")) == 5


DEEP = {
    "zip": (nested(30), "a.zip"),
    "JSON": (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", "a.jsonl"),
    "XML": (docx_of("<w:p>" * 1000 + "<w:r><w:t>a</w:t></w:r>" + "</w:p>" * 1000), "a.docx"),
    "tables": (docx_of("<w:tbl><w:tr><w:tc>" * 900 + paragraph("字") + "</w:tc></w:tr></w:tbl>" * 900), "a.docx"),
    "page": (b"<html><body>" + b"<div>" * 100_000 + RAW.encode() + b"</div>" * 100_000, "a.html"),
    "page tables": (b"<html><body>" + b"<table><tr><td>" * 1000 + RAW.encode(), "a.html"),
    "PDF": (b"%PDF-1.4\n1 0 obj\n" + b"[" * 100_000 + b"\nendobj\ntrailer << /Root 1 0 R >>", "a.pdf"),
}


@pytest.mark.parametrize(("data", "name"), DEEP.values(), ids=DEEP)
def test_deep_nesting_ends_well(data: bytes, name: str) -> None:
    began = time.monotonic()
    assert found(data, name)
    assert time.monotonic() - began < SECONDS


LEADS_OUT = ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:\\out.txt", "..\\out.txt"]


@pytest.mark.parametrize("name", LEADS_OUT)
def test_names_that_lead_out_of_an_archive_are_refused(name: str) -> None:
    result = found(zipped({name: RAW.encode(), "in.txt": RAW.encode()}), "a.zip")
    assert [type(each) for each in sorted(result, key=lambda each: isinstance(each, Source))] == [Unreadable, Source]
    assert "leads out" in next(each.reason for each in result if isinstance(each, Unreadable))


def test_links_in_archives_are_refused() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "symbolic link" in reasons(stream.getvalue(), "a.zip")[0]


def test_names_in_archives_stay_on_one_line() -> None:
    (problem,) = found(zipped({"a\nb.txt": b""}), "a.zip")
    assert "\n" not in str(problem)


def test_names_of_columns_files_and_sheets_stay_on_one_line() -> None:
    (problem,) = found(b'"a\nb",c\n1,2\n', "a\nb.csv")
    assert str(problem).count("\ufffd") == 2
    assert len(str(problem).splitlines()) == 1


LONG = 100_000_000


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.tsv"])
def test_an_endless_line_is_passed_over_in_bounded_memory(name: str, tmp_path: Path) -> None:
    head = {"a.csv": b"text,x\n", "a.tsv": b"text\tx\n", "a.jsonl": b'{"text": "first"}\n'}[name]
    last = b'{"text": "last"}\n' if name == "a.jsonl" else b"last\n"
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(head)
        for _ in range(LONG // 1_000_000):
            stream.write(b"x" * 1_000_000)
        stream.write(b"\n" + last)
    tracemalloc.start()
    result = list(reading.sources(path, name, Options(limits=Limits(row_bytes=1_000_000))))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20_000_000
    assert [each.raw for each in result if isinstance(each, Source)][-1] == "last"
    assert sum(isinstance(each, Unreadable) for each in result) == 1


def test_an_endless_line_of_a_text_is_over_the_limit_or_read(tmp_path: Path) -> None:
    data = b"x" * 10_000_000
    assert texts(data, "a.txt") == [data.decode()]
    assert "larger than" in reasons(data, "a.txt", Options(limits=Limits(bytes=9_000_000)))[0]


def test_a_table_whose_first_line_is_endless_is_set_aside() -> None:
    assert "no table" in reasons(b"text" * 1000 + b"\nx\n", "a.csv", Options(limits=Limits(row_bytes=1000)))[0]


def test_an_open_quotation_mark_does_not_swallow_the_table() -> None:
    rows = ["text", '"open', *("x" * 90 for _ in range(20)), "last"]
    result = found("\n".join(rows).encode(), "a.csv", Options(limits=Limits(row_bytes=1000)))
    assert "quotation mark" in next(each.reason for each in result if isinstance(each, Unreadable))
    assert isinstance(result[-1], Source)
    assert result[-1].raw == "last"


def test_lone_surrogates_become_replacement_characters() -> None:
    (source,) = found(b'{"text": "\\u6211\\ud800\\u9547\\u5c06", "a\\udc00": "\\ud800"}\n', "a.jsonl")
    assert isinstance(source, Source)
    assert source.raw == "我\ufffd镇将"
    assert len(source.warnings) == 1
    json.dumps(dict(source.fields), ensure_ascii=False).encode()


def test_zeros_in_files() -> None:
    assert "binary" in reasons(RAW.encode() + b"\x00", "a.txt")[0]
    assert reasons(b"text\n" + b"\x00" * 500, "a.csv")
    assert "binary" in reasons(html().replace(b"<p>", b"<p>\x00", 1), "a.html")[0]
    assert len(texts(jsonl() + b"\x00\x00\n", "a.jsonl")) == 2


def test_a_table_in_mixed_encodings_is_read_row_by_row() -> None:
    rows = ["text", "我镇将修好三条村路。", "我镇将新建两所幼儿园。", "我镇将改造供水站。"]
    for codecs in (["utf-8", "gb18030"], ["gb18030", "utf-8"]):
        data = b"".join((row + "\n").encode(codecs[number == 2]) for number, row in enumerate(rows))
        result = found(data, "a.csv")
        assert [each.raw for each in result if isinstance(each, Source)] == rows[1:]
        assert [len(each.warnings) for each in result if isinstance(each, Source)] == [0, 1, 0]
    lines = [json.dumps({"text": row}, ensure_ascii=False) + "\n" for row in rows[1:]]
    data = lines[0].encode() + lines[1].encode("gbk") + b'{"text": "\xff\xff"}\n' + lines[2].encode()
    assert texts(data, "a.jsonl") == rows[1:]
    assert "neither UTF-8" in reasons(data, "a.jsonl")[0]


BROKEN_ROWS = [
    b"[1, 2]\n",
    b"{\n",
    b'{"other": 1}\n',
    b"null\n",
    b'{"text": NaN, "x": 1' + b"9" * 9999 + b"}\n",
]


@pytest.mark.parametrize("line", BROKEN_ROWS)
def test_a_broken_row_leaves_its_siblings(line: bytes) -> None:
    data = b'{"text": "first"}\n' + line + b'{"text": "last"}\n'
    assert texts(data, "a.jsonl") == ["first", "last"]
    assert len(reasons(data, "a.jsonl")) == 1


def test_blank_rows_are_passed_over_and_a_table_of_them_is_empty() -> None:
    assert texts(b"text,x\nfirst,1\n,\n\nlast,2\n", "a.csv") == ["first", "last"]
    for data, name in ((b"text,x\n,\n", "a.csv"), (b'{"text": ""}\n', "a.jsonl"), (b"\n", "a.jsonl")):
        assert "empty" in reasons(data, name)[0]


@pytest.mark.parametrize("name", FILES)
def test_truncated_files_are_read_in_part_or_set_aside(name: str) -> None:
    data = FILES[name]()
    for share in (0.01, 0.1, 0.5, 0.9, 0.99):
        for each in found(data[: int(len(data) * share)], name):
            assert isinstance(each, Source) or "\n" not in str(each)


def test_a_sheet_that_claims_to_be_vast_is_not_believed() -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>first</t></is></c></row><row r="100000"><c r="A100000" t="inlineStr"><is><t>last</t></is></c></row></sheetData></worksheet>'
    result = found(replaced(xlsx(), "xl/worksheets/sheet1.xml", sheet), "a.xlsx")
    assert [(each.name, each.raw) for each in result if isinstance(each, Source)] == [
        ("a.xlsx#2", "first"),
        ("a.xlsx#100000", "last"),
    ]


def test_a_large_table_is_read_row_by_row(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number in range(5_000):
            stream.write(json.dumps({"text": f"{number}{'字' * 500}"}, ensure_ascii=False) + "\n")
    rows = reading.sources(path)
    tracemalloc.start()
    count = sum(1 for _ in rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 5_000
    assert peak < 2_000_000 < path.stat().st_size


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of damaged files of all formats, the same on every machine."""
    folder = tmp_path_factory.mktemp("fuzzed")
    for name, data in damaged(FUZZED):
        (folder / name).write_bytes(data)
    return folder


def damaged(count: int) -> Iterator[tuple[str, bytes]]:
    """Files of all formats in turn, each mutated by a seed of its own."""
    files = {name: make() for name, make in FILES.items()}
    for seed in range(count):
        name = list(files)[seed % len(files)]
        yield f"{seed:04}-{name}", mutated(files[name], random.Random(seed))


def test_damaged_files_of_all_formats_are_done_or_set_aside(fuzzed: Path, tmp_path: Path) -> None:
    items = batch.inputs([str(fuzzed)])
    assert len(items) == FUZZED
    batch.run(items, tmp_path, batch.Settings(arbiter=False, formats=("jsonl",), seconds=60))
    inputs = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["inputs"]
    assert {each["source"][: len("0000")] for each in inputs} == {f"{seed:04}" for seed in range(FUZZED)}
    assert {each["outcome"] for each in inputs} == {"done", "done with warnings", "set aside"}
    reasons = [json.loads(line)["reason"] for line in (tmp_path / "errors.jsonl").read_text("utf-8").splitlines()]
    assert len(reasons) > 20
    assert not [each for each in reasons if not each or "\n" in each]
    assert not [each for each in reasons if "process that read it" in each or "please report" in each]


def test_mutations_change_files_and_are_the_same_each_time() -> None:
    data = pdf() + separated()
    changed = [mutated(data, random.Random(seed)) for seed in range(50)]
    assert changed == [mutated(data, random.Random(seed)) for seed in range(50)]
    assert sum(each != data for each in changed) >= 45
