"""Saved web pages (.html): the main text, with what the page says of its title, date and issuer.

Chinese government sites carry the meta elements of 政府网站发展指引 (国办发〔2017〕47号): ArticleTitle, PubDate, ContentSource.
The main text is told by one rule: the smallest block that holds nearly all sentences of the page. A general extractor
(trafilatura) finds it too, but says of no line which paragraph or cell it was, and brings 90 MB of other packages along.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from extractor.reading import plain
from extractor.reading.blocks import flowing, is_data, laid_out
from extractor.reading.days import iso
from extractor.reading.options import Options
from extractor.reading.source import Source, Unreadable

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SILENT = ("head", "script", "style", "noscript", "template", "iframe", "object", "svg", "select", "button", "textarea")
MENUS = ("nav", "footer")
"""Elements that show no text of the document."""
HOLDERS = frozenset({"div", "section", "article", "main", "table", "tbody", "tr", "td", "center", "form", "body"})
"""Elements that the main text may be the content of."""
SHARE = 0.95
"""Of the sentences that the main text must hold."""
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
LINKED, FEWEST = 0.8, 3
"""Share of its characters in links, and number of links, from which a block is a menu."""
MARK = re.compile("[，。！？；]")
CARRIERS = re.compile(r"(?:政府|办公室|办公厅|委员会|街道办事处|[局厅部委办院镇乡])$")
"""What names of bodies end in; pages also name newspapers and themselves as their source."""
DAYS = re.compile(r"(成文日期|发文日期|印发日期|发布日期|发布时间|公开日期)[】\]]?[\s:：]*([0-9][0-9年月日./ -]{6,})")
BODY = re.compile(r"(?:发文机关|制发机关|发文单位|发布机构)[】\]\s:：]+([^\s:：【\[]{2,40})")


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source]:
    """The main text of a saved page; places are its paragraphs and, in tables of data, rows and cells.

    Raises:
        Unreadable: larger than allowed, no text, or a page without any.
    """
    from lxml import html

    data = plain.whole(stream, name, options.limits.tree)
    text, encoding, lost = decoded(data, name)
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (ValueError, AssertionError, html.etree.LxmlError):
        raise Unreadable(name, "a page without any text; save it anew, as a complete page") from None
    about = said(root)
    body = root.find("body")
    lines = laid_out(main(root if body is None else body), about.title)
    whole = "\n".join(str(line) for line in root.itertext() if line.strip())
    if not lines.raw.strip():
        raise Unreadable(name, "a page without any text; save it anew, as a complete page")
    yield Source(
        name,
        lines.raw,
        hashlib.sha256(data).hexdigest(),
        encoding,
        tuple(lines.places),
        about.title,
        day(whole, about.date),
        body_of(whole, about.source),
        warnings=lost,
    )


def decoded(data: bytes, name: str) -> tuple[str, str, tuple[str, ...]]:
    """The characters of a page, their encoding, and a warning where some bytes fitted none.

    Its bytes count before its charset, which often lies; the charset decides where some bytes are broken.
    """
    try:
        return *plain.decode(data), ()
    except Unreadable as problem:
        found = CHARSET.search(data[:4096])
        charset = found[1].decode("ascii", "replace").lower() if found else ""
        encoding = "gb18030" if charset.startswith("gb") else charset
        if encoding not in ("gb18030", "utf-8") or b"\x00" in data:
            raise Unreadable(name, problem.reason) from None
    text = data.decode(encoding, "replace")
    return text, encoding, (f"{text.count(chr(0xFFFD))} characters are broken and became \ufffd",)


@dataclass(frozen=True, slots=True)
class About:
    """What a page's head says."""

    title: str | None
    date: str | None
    source: str | None


def said(root: HtmlElement) -> About:
    """Title, date and source by the meta elements, the title else by heading or window title."""
    metas = {
        (meta.get("name") or meta.get("property") or "").strip().lower(): (meta.get("content") or "").strip()
        for meta in root.iter("meta")
    }
    heading = next((flowing(each.text_content()) for each in root.iter("h1")), "")
    window = next((flowing(each.text_content()) for each in root.iter("title")), "")
    title = flowing(metas.get("articletitle", "")) or heading or re.split(r"[_|]|\s[-—–]+\s", window)[0].strip()
    return About(title or None, iso(metas.get("pubdate")), metas.get("contentsource") or None)


def day(whole: str, published: str | None) -> str | None:
    """The document's day: when it was made counts before when the page was published."""
    printed = {found[1]: iso(found[2]) for found in reversed(list(DAYS.finditer(whole)))}
    made = (printed.get(label) for label in ("成文日期", "发文日期", "印发日期"))
    shown = (printed.get(label) for label in ("发布日期", "发布时间", "公开日期"))
    return next((each for each in (*made, published, *shown) if each), None)


def body_of(whole: str, source: str | None) -> str | None:
    """Who issued the document: the page's table of particulars, else its source where that is a body."""
    found = BODY.search(whole)
    return next((each for each in (found and found[1], source) if each and CARRIERS.search(each)), None)


def main(body: HtmlElement) -> HtmlElement:
    """The smallest block that holds nearly all sentences of a page, told by their punctuation outside links."""
    for each in list(body.iter(*SILENT, *MENUS)):
        each.drop_tree()
    for each in [each for each in body.iter("ul", "div", "table") if is_menu(each)]:
        if each is not body and each.getparent() is not None:
            each.drop_tree()
    elements = list(body.iter())
    weight = {
        each: len(MARK.findall(each.text or "")) * (each.tag != "a")
        + sum(len(MARK.findall(child.tail or "")) for child in each)
        for each in elements
    }
    for each in reversed(elements):
        if each is not body:
            weight[each.getparent()] += weight[each]
    chosen = at = body
    while at is not None:
        chosen = at if at.tag in HOLDERS else chosen
        heavy = (child for child in at if weight[child] and weight[child] >= SHARE * weight[body])
        at = next((child for child in heavy if child.tag not in ("p", "li", "pre") and not is_table(child)), None)
    return chosen


def is_table(element: HtmlElement) -> bool:
    """Whether an element is a table of data, whose rows belong together however the sentences lie in them."""
    return element.tag == "table" and is_data(element)


def is_menu(element: HtmlElement) -> bool:
    """Whether a block is little but links."""
    links = [flowing(link.text_content()) for link in element.iter("a")]
    shown = len(flowing(element.text_content()))
    return len(links) >= FEWEST and sum(map(len, links)) >= LINKED * shown
