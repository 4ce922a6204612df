"""One text of our own in every format, each file built here byte by byte or by the library that reads it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Sequence
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
from pyarrow import parquet

TITLE = "青川镇2026年工作打算"
ABOVE = [
    TITLE,
    "2026年1月12日",
    "今年，我镇将修好三条村路，6月底前全部通车。",
    "一、改善民生",
    "一是办好教育。我镇将新建两所幼儿园，扩建一所小学，8月底前开园，让孩子们在家门口就能上学，不再每天往返县城二十多公里。",
    "二是保障供水。改造供水站12个，年底前完成管网更新30公里，并为沿线村庄安装水表4600只，全年供水保证率达到98%以上。",
]
TABLE = [
    ["序号", "工作任务", "责任单位"],
    ["1", "我镇将新建养老服务站4个，10月底前投用。", "镇民政办"],
]
BELOW = ["二、发展产业", "下一步，我们将建成高标准农田2000亩，培育合作社15家。"]
LINES = [*ABOVE, *(cell for row in TABLE for cell in row), *BELOW]
RAW = "\n".join(LINES)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
Spot = tuple[float, float, float, str]
"""Left and foot in points, size of type, text."""


def zipped(members: dict[str, bytes]) -> bytes:
    """A ZIP file with these members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def docx_of(body: str, **parts: str) -> bytes:
    """A Word file with this body; other parts by name."""
    document = f'{HEADER}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    types = f'{HEADER}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    members = {"[Content_Types].xml": types, "word/document.xml": document}
    members |= {f"word/{name}.xml": f"{HEADER}{text}" for name, text in parts.items()}
    return zipped({name: text.encode() for name, text in members.items()})


def paragraph(text: str, properties: str = "") -> str:
    """A paragraph in two runs."""
    half = len(text) // 2
    runs = "".join(f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:]))
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table with a paragraph a cell."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx() -> bytes:
    """The text as a Word file."""
    return docx_of("".join(map(paragraph, ABOVE)) + table(TABLE) + "".join(map(paragraph, BELOW)))


def html() -> bytes:
    """The text as a page of a government site, in GB 2312."""
    rows = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in TABLE)
    above, below = ("".join(f"<p>　　{line}</p>\n" for line in lines) for lines in (ABOVE[1:], BELOW))
    links = "".join(f'<li><a href="/{at}">政务公开、通知公告</a></li>' for at in range(6))
    return f"""<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2026-01-13 09:30">
<meta name="ContentSource" content="青川镇人民政府"><title>{TITLE}_青川县政府网</title><script>var a = "，。；";</script></head>
<body><div class="nav"><ul>{links}</ul></div><div class="main"><h1>{TITLE}</h1><div>来源：青川镇 字号：大 中 小</div>
<div class="TRS_Editor">{above}<table>{rows}</table>{below}</div></div><div class="foot">版权所有 青川县</div></body></html>
""".encode("gb18030")


def pdf_of(pages: Sequence[Sequence[Spot]], trailer: bytes = b"") -> bytes:
    """A PDF file with text in a font that need not be at hand (ISO 32000-1, 9.7.5.2)."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
        b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] /FontDescriptor 3 0 R"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    ]
    kids = []
    for spots in pages:
        shown = (
            b"BT /F1 %d Tf %d %d Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in spots
        )
        content = b"".join(shown)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    data, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (
            len(objects) + 1,
            entries,
            len(objects) + 1,
            trailer,
            len(data),
        )
    )


def set_in_lines(text: str, width: float = 28, indent: float = 2) -> list[str]:
    """A paragraph in lines of so many characters; Latin letters and digits are half as wide."""
    lines, room = [""], width - indent
    for sign in text:
        taken = 0.5 if sign.isascii() else 1.0
        if taken > room:
            lines.append("")
            room = width
        lines[-1] += sign
        room -= taken
    return lines


def set_on_page(paragraphs: Sequence[Sequence[str]], top: float, goes_on: bool = False) -> list[Spot]:
    """Paragraphs in lines of 16 points from the left margin on, each indented by two characters."""
    found: list[Spot] = []
    for number, lines in enumerate(paragraphs):
        for at, line in enumerate(lines):
            first = at == 0 and not (goes_on and number == 0)
            found.append((104 if first else 72, top - 28 * len(found), 16, line))
    return found


def pdf() -> bytes:
    """The text on two pages with running heads and page numbers; its fifth paragraph goes on overleaf."""
    head = (400, 800, 9, "青川镇政府公报")
    split, after, *ends = map(set_in_lines, (*ABOVE[4:], *BELOW))
    front = set_on_page([*map(set_in_lines, ABOVE[2:4]), split[:1]], 640)
    cells = [
        (left, 500 - 20 * at, 10, cell)
        for at, row in enumerate(TABLE)
        for left, cell in zip((72, 120, 450), row, strict=True)
    ]
    return pdf_of(
        [
            [head, (180, 740, 22, ABOVE[0]), (260, 700, 16, ABOVE[1]), *front, (290, 40, 10, "— 1 —")],
            [
                head,
                *set_on_page([split[1:], after], 740, goes_on=True),
                *cells,
                *set_on_page(ends, 430),
                (290, 40, 10, "— 2 —"),
            ],
        ]
    )


ROWS: list[dict[str, object]] = [
    {"编号": "A-1", "正文": "今年是学习之年。", "发文机关": "青川县教育局"},
    {"编号": "A-2", "正文": RAW, "发文机关": "青川镇人民政府"},
]
"""A table whose third row, header included, holds the text."""


def separated(delimiter: str = ",", encoding: str = "gb18030") -> bytes:
    """The table as CSV."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(ROWS[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return stream.getvalue().encode(encoding)


def jsonl() -> bytes:
    """The table as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS).encode()


def xlsx() -> bytes:
    """The table as a workbook."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet_file() -> bytes:
    """The table as Parquet."""
    stream = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(ROWS), stream)
    return stream.getvalue()


def archive() -> bytes:
    """An archive with the Word file in a folder, its name in GBK as Chinese Windows writes it."""
    return zipped({"xx/yyyy.docx": docx(), "notes.jpg": b"\xff\xd8"}).replace(
        b"xx/yyyy.docx", "乡/文件.docx".encode("gbk")
    )


FILES: dict[str, Callable[[], bytes]] = {
    "plain.txt": RAW.encode,
    "plain.docx": docx,
    "plain.html": html,
    "plain.pdf": pdf,
    "table.csv": separated,
    "table.tsv": lambda: separated("\t", "utf-16"),
    "table.jsonl": jsonl,
    "table.xlsx": xlsx,
    "table.parquet": parquet_file,
    "many.zip": archive,
}
"""The text in every format, by a name for the file."""
