"""Word files (.docx): paragraphs and table cells in document order, one a line.

Shapes are those of ECMA-376 part 1, chapter 17 (WordprocessingML); its transitional and strict namespaces are read alike.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from extractor.reading import containers, plain
from extractor.reading.lines import Lines, Table
from extractor.reading.numbering import Numbering, local, number, value
from extractor.reading.options import Options
from extractor.reading.source import Source, Unreadable, sound

if TYPE_CHECKING:
    from lxml.etree import _Element

DOCUMENT = "word/document.xml"
SPECIAL = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
PASSED_OVER = frozenset({"del", "moveFrom", "Fallback", "instrText", "rPr", "sectPr", "tblPr", "pPr"})
"""What is no text of a paragraph: deletions, doubles for old programs, field codes, properties."""


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source]:
    """The text of a .docx file; places are paragraphs and, in tables, rows and cells.

    Raises:
        Unreadable: it is damaged, hostile, over a limit or empty.
    """
    data = plain.whole(stream, name, options.limits.bytes)
    limits, allowance = options.limits, containers.Allowance(options.limits)
    with containers.opened(io.BytesIO(data), name, limits) as archive:
        root = containers.part(archive, DOCUMENT, name, limits, allowance)
        styles = containers.part(archive, "word/styles.xml", name, limits, allowance)
        numbers = containers.part(archive, "word/numbering.xml", name, limits, allowance)
    if root is None:
        raise Unreadable(name, f"a Word file without its part {DOCUMENT}; save it anew")
    lines = printed(root, Numbering(numbers, styles))
    raw, lost = sound(lines.raw)
    if not raw.strip():
        raise Unreadable(name, "empty; this Word file holds no text (pictures of text must be recognised first)")
    yield Source(name, raw, hashlib.sha256(data).hexdigest(), "docx", tuple(lines.places), warnings=lost)


def printed(root: _Element, numbering: Numbering) -> Lines:
    """The paragraphs of a document part with their places.

    Tables may lie in tables and boxes in paragraphs: the walk keeps what is open on stacks and never recurses.
    """
    from lxml import etree

    lines, paragraphs, counted = Lines(), 0, 0
    texts: list[list[str]] = []
    tables: list[Table] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        kind = local(element)
        if event == "start":
            if kind in PASSED_OVER:
                walk.skip_subtree()
            elif kind == "p":
                texts.append([numbering.label(element)])
            elif kind == "tbl":
                counted += 1
                tables.append(Table(counted))
            elif kind == "tr" and tables:
                tables[-1].enter_row()
            elif kind == "tc" and tables:
                tables[-1].enter_cell(number(value(element, "tcPr/{*}gridSpan")))
            elif texts and (kind == "t" or kind in SPECIAL):
                texts[-1].append(SPECIAL.get(kind) or element.text or "")
        elif kind == "tbl":
            tables.pop()
        elif kind == "p" and (text := "".join(texts.pop())).strip():
            if tables:
                lines.add(text, row=tables[-1].row, cell=tables[-1].cell)
            else:
                paragraphs += 1
                lines.add(text, paragraph=paragraphs)
    return lines
