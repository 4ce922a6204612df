"""The report for readers: the texts with their commitments highlighted, a list that filters, charts; opens without a network."""

from __future__ import annotations

import html
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path

from extractor import rulebook
from extractor.columns import Header
from extractor.writing.files import write_text
from extractor.writing.material import Material
from extractor.writing.report.content import Paper, contents, text_behind
from extractor.writing.report.page import index_page, report_page

MOST = 5000
"""Commitments on one page; a document stays whole, whatever it holds."""
NAME = "commitments.html"
TITLE = "政府承诺报告"


def write_html(material: Material, folder: Path, header: Header) -> list[Path]:
    """`commitments.html`; beyond 5,000 commitments an index of pages `commitments-001.html` and so on, cut between documents.

    The page shows its labels in Chinese or English at the reader's choice, so `header` makes no difference.
    """
    waiting = pages(material)
    first, second = next(waiting, []), next(waiting, [])
    if not second:
        return [write_text(folder / NAME, rendered(first))]
    written, rows = [], []
    for number, papers in enumerate(chain((first, second), waiting), 1):
        name = f"commitments-{number:03}.html"
        written.append(write_text(folder / name, rendered(papers)))
        rows += [row(paper, f"{name}#d{place}") for place, paper in enumerate(papers)]
    return [write_text(folder / NAME, index_page(TITLE, rows)), *written]


def pages(material: Material) -> Iterator[list[Paper]]:
    """The documents page by page, each page as full as whole documents make it."""
    papers: list[Paper] = []
    held = 0
    for _, group in groupby(material.commitments, key=lambda c: (c.source, c.source_sha256)):
        commitments = tuple(group)
        if papers and held + len(commitments) > MOST:
            yield papers
            papers, held = [], 0
        papers.append(Paper(commitments, text_behind(commitments, material.text)))
        held += len(commitments)
    if papers:
        yield papers


def rendered(papers: list[Paper]) -> str:
    """The page of some documents, by the name of the document where it is one."""
    title = papers[0].title if len(papers) == 1 else TITLE
    return report_page(title, contents(papers, rulebook.load()))


def row(paper: Paper, link: str) -> str:
    """A document's row of the index."""
    said = paper.commitments[0].document
    cells = [
        f'<a href="{html.escape(link)}">{html.escape(paper.title)}</a>',
        *(html.escape(v or "") for v in (said.date, said.issuer)),
    ]
    return "".join(
        ["<tr>", *(f"<td>{cell}</td>" for cell in cells), f'<td class="number">{len(paper.commitments):,}</td></tr>']
    )
