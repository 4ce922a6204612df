"""One known text through every format: the same commitments as from its plain text, and where a person finds them."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from making import (
    ABOVE,
    BELOW,
    FILES,
    RAW,
    TABLE,
    docx,
    docx_of,
    html,
    jsonl,
    paragraph,
    pdf_of,
    separated,
    set_in_lines,
    set_on_page,
    table,
    xlsx,
    zipped,
)

from extractor import reading
from extractor.ledger import from_source
from extractor.reading import Options, Source, Unreadable, office
from extractor.reading.numbering import chinese
from extractor.reading.signatures import suffix
from extractor.records import Commitment, Locator

TELLING = {"source", "source_sha256", "id", "locator", "document", "pledge"}
"""Fields that say where a record comes from; a pledge has a key of its file."""
OF_CELLS = {"section", "responsible"}
"""Fields that cells tell better than lines: a body in a cell is no heading and answers for its row."""
HEADS = [
    "我镇将修好三条村路",
    "我镇将新建两所幼儿园",
    "改造供水站12个",
    "我镇将新建养老服务站4个",
    "我们将建成高标准农田2000亩",
]


def found(data: bytes, name: str, options: Options = reading.DEFAULT) -> Iterator[Source | Unreadable]:
    """What a file of this name holds."""
    return reading.from_stream(io.BytesIO(data), name, options, suffix(name))


def the_text(name: str) -> Source:
    """The known text as a file of this name holds it."""
    (source,) = (s for s in found(FILES[name](), name) if isinstance(s, Source) and "幼儿园" in s.raw)
    return source


def records(source: Source) -> list[Commitment]:
    return list(from_source(source, issuer="青川镇")._.commitments)


def located(name: str, head: str) -> Locator:
    (record,) = (r for r in records(the_text(name)) if r.head.text == head)
    assert record.locator
    return record.locator


@pytest.fixture(scope="module")
def from_plain() -> list[dict[str, object]]:
    found = [record.model_dump(exclude=TELLING) for record in records(the_text("plain.txt"))]
    assert {str(each["head"]["text"]) for each in found} >= set(HEADS)
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_format_gives_the_commitments_of_the_plain_text(name: str, from_plain: list[dict[str, object]]) -> None:
    source = the_text(name)
    assert source.raw == RAW
    read = records(source)
    cells = [each for each in read if each.locator and (each.locator.cell or "").startswith("table")]
    assert [each.responsible.lead for each in cells if each.responsible] == [("镇民政办",)] * len(cells)
    beside = OF_CELLS if cells else set()
    expected = [{name: value for name, value in each.items() if name not in beside} for each in from_plain]
    assert [record.model_dump(exclude=TELLING | beside) for record in read] == expected


FIRST, SCHOOL, WATER, CARE, FIELDS = HEADS
LOCATORS: dict[str, dict[str, Locator]] = {
    "plain.txt": {FIRST: Locator(paragraph=3), CARE: Locator(paragraph=11), FIELDS: Locator(paragraph=14)},
    "plain.docx": {
        FIRST: Locator(paragraph=3),
        SCHOOL: Locator(paragraph=5),
        CARE: Locator(row=2, cell="table 1 B2"),
        FIELDS: Locator(paragraph=8),
    },
    "plain.html": {FIRST: Locator(paragraph=3), CARE: Locator(row=2, cell="table 1 B2"), FIELDS: Locator(paragraph=8)},
    "plain.pdf": {FIRST: Locator(page=1), SCHOOL: Locator(page=1), WATER: Locator(page=2), CARE: Locator(page=2)},
    "table.csv": {head: Locator(row=3, cell="B3") for head in HEADS},
    "table.tsv": {head: Locator(row=3, cell="B3") for head in HEADS},
    "table.jsonl": {head: Locator(row=2) for head in HEADS},
    "table.xlsx": {head: Locator(row=3, cell="B3") for head in HEADS},
    "table.parquet": {head: Locator(row=2) for head in HEADS},
    "many.zip": {
        FIRST: Locator(paragraph=3, member="乡/文件.docx"),
        CARE: Locator(row=2, cell="table 1 B2", member="乡/文件.docx"),
    },
}


@pytest.mark.parametrize(
    ("name", "head", "locator"), [(name, *pair) for name, cases in LOCATORS.items() for pair in cases.items()]
)
def test_the_locator_says_where_a_person_finds_it(name: str, head: str, locator: Locator) -> None:
    assert located(name, head) == locator


def test_a_paragraph_that_goes_on_overleaf_has_both_pages() -> None:
    source = the_text("plain.pdf")
    assert [(place.page, source.raw[place.start :][:6]) for place in source.places] == [
        (1, ABOVE[0][:6]),
        (2, "月底前开园，"),
    ]


NAMES = {
    "table.csv": ["table.csv#2", "table.csv#3"],
    "table.jsonl": ["table.jsonl#1", "table.jsonl#2"],
    "table.xlsx": ["table.xlsx#2", "table.xlsx#3"],
    "table.parquet": ["table.parquet#1", "table.parquet#2"],
    "many.zip": ["many.zip/乡/文件.docx"],
}


@pytest.mark.parametrize(("name", "expected"), NAMES.items())
def test_a_file_of_many_texts_names_each(name: str, expected: list[str]) -> None:
    sources = [each for each in found(FILES[name](), name) if isinstance(each, Source)]
    assert [source.name for source in sources] == expected
    assert len({source.sha256 for source in sources}) == len(sources)


def test_other_columns_become_fields_of_the_document() -> None:
    record = records(the_text("table.csv"))[0]
    assert record.document.fields == {"编号": "A-2", "发文机关": "青川镇人民政府"}
    assert record.document.issuer == "青川镇"
    assert from_source(the_text("table.csv"))._.commitments[0].document.issuer == "青川镇人民政府"


def test_a_page_says_its_title_date_and_issuer() -> None:
    source = the_text("plain.html")
    assert (source.title, source.date, source.issuer) == ("青川镇2026年工作打算", "2026-01-13", "青川镇人民政府")
    assert source.encoding == "gb18030"


def page(body: str, head: str = "") -> Source:
    return reading.from_bytes(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def test_the_day_a_document_was_made_counts_before_that_of_its_page() -> None:
    body = "<table><tr><td>发文机关：</td><td>青川县教育局</td></tr><tr><td>成文日期：</td><td>2025年12月3日</td></tr></table><p>我县将新建学校。</p>"
    source = page(body, '<meta name="PubDate" content="2026-01-02"><meta name="ContentSource" content="青川日报">')
    assert (source.date, source.issuer) == ("2025-12-03", "青川县教育局")


def test_running_text_and_scripts_name_no_issuer_and_no_date() -> None:
    source = page("<p>发文机关由县政府办公室确定，我县将新建学校。</p><script>var a = '发布日期：2020-01-01';</script>")
    assert (source.date, source.issuer) == (None, None)


def test_a_newspaper_issues_no_document() -> None:
    assert page("<p>我县将新建学校。</p>", '<meta name="ContentSource" content="青川日报">').issuer is None


def test_a_page_keeps_every_paragraph_of_its_text() -> None:
    body = "".join(f"<div>第{chinese(n)}项，我县将新建学校{n}所。</div>" for n in range(1, 9))
    assert len(page(f"<div><div id=a>{body}</div><div>版权所有</div></div>").raw.split("\n")) == 8


def test_broken_bytes_of_a_page_are_replaced_and_said() -> None:
    source = reading.from_bytes(html()[:-40] + b"\xff" + html()[-40:], "page.html")
    assert source.encoding == "gb18030"
    assert source.warnings


def test_a_page_in_which_the_text_is_preformatted_keeps_its_lines() -> None:
    assert page(f"<pre>{RAW}</pre>").raw == RAW


NUMBERS = """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2 "/></w:lvl>
</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def test_numbers_that_word_sets_are_read() -> None:
    levels = [0, 1, 1, 0, 1]
    body = "".join(
        paragraph("改善民生", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>') for level in levels
    )
    lines = reading.from_bytes(docx_of(body, numbering=NUMBERS), "a.docx").raw.split("\n")
    assert [line.removesuffix("改善民生") for line in lines] == ["一、", "一.1 ", "一.2 ", "二、", "二.1 "]


def test_bullets_are_no_numbers_and_bare_numbers_are_parted() -> None:
    body = paragraph("改善民生", '<w:numPr><w:numId w:val="3"/></w:numPr>')
    bullets = NUMBERS.replace("chineseCounting", "bullet").replace("%1、", "\uf0b7")
    assert reading.from_bytes(docx_of(body, numbering=bullets), "a.docx").raw == "改善民生"
    bare = NUMBERS.replace("chineseCounting", "decimal").replace("%1、", "%1")
    assert reading.from_bytes(docx_of(body, numbering=bare), "a.docx").raw == "1 改善民生"


def test_a_cell_of_a_csv_file_may_hold_line_breaks_its_header_too() -> None:
    data = b'"long\nname",text\nx,"one\ntwo"\n'
    (source,) = found(data, "a.csv")
    assert isinstance(source, Source)
    assert (source.raw, source.name, dict(source.fields)) == ("one\ntwo", "a.csv#2", {"long\nname": "x"})


def test_what_was_deleted_in_word_is_not_read() -> None:
    body = "<w:p><w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    assert reading.from_bytes(docx_of(body), "a.docx").raw == "新"


def test_cells_are_named_over_merged_ones() -> None:
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>宽</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>窄</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    source = reading.from_bytes(docx_of(table([["甲", "乙"]]) + wide), "a.docx")
    assert [place.cell for place in source.places] == ["table 1 A1", "table 1 B1", "table 2 A1", "table 2 C1"]
    hanging = page("<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>")
    assert [place.cell for place in hanging.places][2:] == ["table 1 B2", "table 1 C2"]


def test_columns_of_a_page_are_read_one_after_the_other() -> None:
    left, right = ([f"{side}栏第{n}行写满了整整一行的文字没有空" for n in range(6)] for side in "左右")
    spots = [
        (x, 700 - 20 * at, 12, line)
        for at, pair in enumerate(zip(left, right, strict=True))
        for x, line in zip((60, 320), pair, strict=True)
    ]
    raw = reading.from_bytes(pdf_of([[(200, 760, 20, "通栏标题"), *spots]]), "a.pdf").raw
    assert raw == "通栏标题\n" + "".join(left + right)


def test_a_running_head_is_dropped_and_a_sentence_at_its_height_is_not() -> None:
    pages = [
        [(400, 800, 9, f"公报 第{n}期"), *set_on_page([set_in_lines(f"第{chinese(n)}项。")], 790)] for n in (1, 2, 3)
    ]
    assert reading.from_bytes(pdf_of(pages), "a.pdf").raw == "第一项。\n第二项。\n第三项。"


SET_ASIDE = {
    "scanned PDF": (pdf_of([[], []]), "a.pdf"),
    "encrypted": (pdf_of([[(1, 1, 1, "字")]], b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4 >>"), "a.pdf"),
    "damaged": (b"%PDF-1.7\nrest", "a.pdf"),
    "no column is called": (separated().replace("正文".encode("gbk"), "文字".encode("gbk")), "a.csv"),
    "name one with --text-column: 编号, 文字, 发文机关": (separated(encoding="utf-8").replace("正文".encode(), "文字".encode()), "a.csv"),
    "another kind": (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "a.odt"),
    "holds nothing to read": (zipped({"a.jpg": b""}), "a.zip"),
    "holds several texts": (jsonl(), "a.jsonl"),
    "old Office file": (b"\xd0\xcf\x11\xe0rest", "a.doc"),
    "RTF": (b"{\\rtf1 x}", "a.rtf"),
    "without any text": (b"<html><body></body></html>", "a.html"),
    "holds no text": (docx_of(""), "a.docx"),
}  # fmt: skip


@pytest.mark.parametrize(("said", "file"), SET_ASIDE.items())
def test_what_cannot_be_read_is_said_in_one_line(
    said: str, file: tuple[bytes, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "PROGRAMS", ())
    with pytest.raises(Unreadable) as caught:
        reading.from_bytes(*file)
    assert said in caught.value.reason
    assert str(caught.value).startswith(f"{file[1]}: ")
    assert "\n" not in str(caught.value)


SIGNED = {
    "a PDF called text": ("plain.pdf", ".txt"),
    "a PDF without a suffix": ("plain.pdf", ""),
    "a text called PDF": ("plain.txt", ".pdf"),
    "a text called Word": ("plain.txt", ".docx"),
    "a page called Word 97": ("plain.html", ".doc"),
    "a Word file called Word 97": ("plain.docx", ".doc"),
    "a Word file called ZIP": ("plain.docx", ".zip"),
    "a Word file called text": ("plain.docx", ".txt"),
}


@pytest.mark.parametrize(("name", "wrong"), SIGNED.values(), ids=SIGNED)
def test_signatures_count_before_names(name: str, wrong: str) -> None:
    assert reading.from_bytes(FILES[name](), f"file{wrong}").raw == RAW


def test_the_column_of_the_text_can_be_named() -> None:
    data = separated().replace("正文".encode("gbk"), "文字".encode("gbk"))
    assert [s.raw for s in found(data, "a.csv", Options("文字")) if isinstance(s, Source)][1] == RAW
    with pytest.raises(Unreadable, match="no column is called '正文'; its columns: 编号, 文字, 发文机关"):
        next(found(data, "a.csv", Options("正文")))


def test_piped_tables_are_told_by_their_beginning() -> None:
    assert [s.name for s in found(jsonl(), "-", Options("正文")) if isinstance(s, Source)] == ["-#1", "-#2"]
    assert [s.name for s in found(separated(), "-", Options("正文")) if isinstance(s, Source)] == ["-#2", "-#3"]


def test_the_header_of_a_sheet_may_stand_below_its_title() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx()))
    assert book.active is not None
    book.active.insert_rows(1, 2)
    book.active["A1"] = "2026年任务分解表"
    stream = io.BytesIO()
    book.save(stream)
    assert [s.name for s in found(stream.getvalue(), "a.xlsx") if isinstance(s, Source)] == ["a.xlsx#4", "a.xlsx#5"]


def test_rows_of_several_sheets_carry_the_name_of_theirs() -> None:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(xlsx()))
    book.create_sheet("补充").append(["说明"])
    second = book.create_sheet("续表")
    for row in (["正文"], ["我镇将修好三条村路。"]):
        second.append(row)
    stream = io.BytesIO()
    book.save(stream)
    names = [s.name for s in found(stream.getvalue(), "a.xlsx") if isinstance(s, Source)]
    assert names == ["a.xlsx#Sheet#2", "a.xlsx#Sheet#3", "a.xlsx#续表#2"]


def test_old_word_files_go_through_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in takes LibreOffice's place: it is called as that is and makes a .docx file."""
    (tmp_path / "made.docx").write_bytes(docx())
    program = tmp_path / "soffice"
    program.write_text(
        f"#!{sys.executable}\nimport shutil, sys\nout = sys.argv[sys.argv.index('--outdir') + 1]\n"
        f"assert sys.argv[2:5] == ['--headless', '--norestore', '--convert-to']\n"
        f"shutil.copy({str(tmp_path / 'made.docx')!r}, out + '/given.docx')\n",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    source = reading.from_bytes(b"\xd0\xcf\x11\xe0rest", "old.wps")
    assert (source.raw, source.encoding, source.name) == (RAW, "doc", "old.wps")
    program.write_text(f"#!{sys.executable}\nraise SystemExit(1)\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="LibreOffice cannot convert it"):
        reading.from_bytes(b"\xd0\xcf\x11\xe0rest", "old.wps")


def test_heavy_libraries_are_imported_when_their_files_are_read(environment: dict[str, str]) -> None:
    heavy = ["lxml", "openpyxl", "pyarrow", "pypdfium2"]
    code = f"import sys, extractor.batch; print([name for name in {heavy!r} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.strip() == "[]"


def test_the_texts_know_what_the_table_and_the_end_hold() -> None:
    assert RAW.endswith(BELOW[-1])
    assert TABLE[1][1] in RAW
