"""The lines that a browser makes of markup: one a block, with the paragraph or cell it stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.reading.lines import Lines, Table

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "table",
        "tbody",
        "thead",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "pre",
        "center",
        "header",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "body",
        "html",
        "aside",
        "hr",
        "br",
    ]
)
"""Elements that begin a line of their own."""
SPACE = re.compile("[ \t\r\n\f\xa0]+")
TOP = 5
"""Lines among which a title is looked for."""


class Layout:
    """Collects the text of the open line, and where it stands."""

    def __init__(self) -> None:
        self.lines = Lines()
        self.pieces: list[str] = []
        self.tables: list[Table | None] = []
        self.counted = 0
        self.paragraphs = 0

    def close(self) -> None:
        """End the open line."""
        text = flowing("".join(self.pieces))
        self.pieces.clear()
        if not text:
            return
        table = self.tables[-1] if self.tables else None
        if table and table.row:
            self.lines.add(text, row=table.row, cell=table.cell)
        else:
            self.paragraphs += 1
            self.lines.add(text, paragraph=self.paragraphs)

    def show(self, text: str, as_is: bool) -> None:
        """Add characters to the open line; in preformatted text line breaks end it."""
        first, *others = text.split("\n") if as_is else [text]
        self.pieces.append(first)
        for each in others:
            self.close()
            self.pieces.append(each)

    def enter(self, element: HtmlElement) -> None:
        """Keep count of tables of data, their rows and cells."""
        if element.tag == "table":
            self.counted += is_data(element)
            self.tables.append(Table(self.counted) if is_data(element) else None)
        elif self.tables and (table := self.tables[-1]):
            if element.tag == "tr":
                table.enter_row()
            elif element.tag in ("td", "th"):
                table.enter_cell(span(element, "colspan"), span(element, "rowspan"))


def laid_out(root: HtmlElement, title: str | None) -> Lines:
    """The lines of an element; the page's title opens them where it stands outside."""
    from lxml import etree

    layout, preformatted = Layout(), 0
    if title and not opens_with(root, title):
        layout.pieces.append(title)
        layout.close()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            layout.close()
        if event == "start":
            layout.enter(element)
            preformatted += element.tag == "pre"
            layout.show(element.text or "", preformatted > 0)
            continue
        preformatted -= element.tag == "pre"
        if element.tag == "table" and layout.tables:
            layout.tables.pop()
        if element is not root:
            layout.show(element.tail or "", preformatted > 0)
    layout.close()
    return layout.lines


def opens_with(root: HtmlElement, title: str) -> bool:
    """Whether a title stands among the first lines of an element."""
    shown = "".join("".join(root.itertext())[: 40 * len(title)].split())
    return "".join(title.split()) in shown[: TOP * max(len(title), 40)]


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, not the layout of a page: several rows of several cells and no table inside."""
    rows = sum(1 for row in table.iter("tr") if sum(1 for cell in row if cell.tag in ("td", "th")) > 1)
    return rows > 1 and next((inner for inner in table.iter("table") if inner is not table), None) is None


def span(cell: HtmlElement, name: str) -> int:
    """How many columns or rows a cell spans."""
    said = cell.get(name) or ""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else 1


def flowing(text: str) -> str:
    """A text as a browser shows it in running lines."""
    return SPACE.sub(" ", text).strip()
