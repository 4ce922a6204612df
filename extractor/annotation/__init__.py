"""Making and keeping annotated samples: drafts, lint, agreement, and the way to annotation tools and back.

A tool is told spans and labels alone. All else that a sample says (its window, norms, enumerators) stays in `NAME.json`
and is put back where span and label have not changed, so that no tool has to carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.annotation import brat, docbin, doccano, label_studio
from extractor.annotation.marks import Mark, Page, page, put_back
from extractor.evaluation.samples import BrokenSample, Sample, parsed, samples, text_of, write_sample
from extractor.reading import read

Texts = Mapping[str, str]
"""File name of a text to the text."""


@dataclass(frozen=True, slots=True)
class Tool:
    """How pages are written for a tool into a folder, and how its marks are read back, text by text."""

    write: Callable[[Sequence[Page], Path], list[Path]]
    read: Callable[[Path, Texts], Iterator[tuple[str, list[Mark]]]]


TOOLS: Mapping[str, Tool] = {
    "label-studio": Tool(label_studio.write, label_studio.read),
    "doccano": Tool(doccano.write, doccano.read),
    "brat": Tool(brat.write, brat.read),
    "docbin": Tool(docbin.write, docbin.read),
}
"""The tools by name: a new one is a new row."""


def export(gold: Path, tool: str, output: Path) -> list[Path]:
    """Write the samples of a folder, drafts too, for a tool; returns the files.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
        Unreadable: a text cannot be read.
    """
    return TOOLS[tool].write([page(sample, raw) for _, sample, raw in opened(gold)], output)


def bring_back(source: Path, tool: str, gold: Path, output: Path) -> list[Path]:
    """Read what a tool exported and write samples; returns the files.

    Args:
        gold: the folder that was exported: texts, and samples with all that the tool was not told.

    Raises:
        BrokenSample: a file is not what the tool exports, or its text is not the one in `gold`.
        Unreadable: a text cannot be read.
    """
    known = {sample["doc"]: (path, sample, raw) for path, sample, raw in opened(gold)}
    texts = {name: raw for name, (_, _, raw) in known.items()}
    made = [(name, put_back(known[name][1], texts[name], marks)) for name, marks in TOOLS[tool].read(source, texts)]
    if not made:
        raise BrokenSample(f"{source}: no annotated text in it; is this what {tool} exported?")
    return [write_sample(output / known[name][0].name, sample) for name, sample in made]


def opened(folder: Path, texts: Sequence[Path] = ()) -> Iterable[tuple[Path, Sample, str]]:
    """Every sample or draft of a folder with its decoded text."""
    for path in samples(folder):
        sample = parsed(path)
        yield path, sample, read(text_of(path, sample, texts)).raw
