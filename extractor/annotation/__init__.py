"""Making and keeping annotated samples: drafts, lint, agreement, and the way to annotation tools and back.

A tool is told spans and labels alone. All else that a sample says (its window, norms, enumerators) stays in `NAME.json`
and is put back where span and label have not changed, so that no tool has to carry it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor.annotation import brat, docbin, doccano, label_studio
from extractor.annotation.marks import Mark, Page, page, put_back
from extractor.evaluation.samples import BrokenSample, Sample, parsed, samples, text_of, write_sample
from extractor.reading import read

Texts = Mapping[str, str]
"""Name of a sample (`NAME.json`) to its text; two samples may be of one text."""


@dataclass(frozen=True, slots=True)
class Tool:
    """How pages are written for a tool into a folder, and how its marks are read back, sample by sample."""

    write: Callable[[Sequence[Page], Path], list[Path]]
    read: Callable[[Path, Texts], Iterator[tuple[str, list[Mark]]]]


TOOLS: Mapping[str, Tool] = {
    "label-studio": Tool(label_studio.write, label_studio.read),
    "doccano": Tool(doccano.write, doccano.read),
    "brat": Tool(brat.write, brat.read),
    "docbin": Tool(docbin.write, docbin.read),
}
"""The tools by name: a new one is a new row."""


def export(gold: Path, tool: str, output: Path, texts: Sequence[Path] = ()) -> list[Path]:
    """Write the samples of a folder, drafts too, for a tool; returns the files.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
        Unreadable: a text cannot be read.
    """
    return TOOLS[tool].write([page(name, sample, raw) for name, (sample, raw) in opened(gold, texts).items()], output)


def bring_back(source: Path, tool: str, gold: Path, output: Path, texts: Sequence[Path] = ()) -> list[Path]:
    """Read what a tool exported and write samples; returns the files.

    Args:
        gold: the folder that was exported: texts, and samples with all that the tool was not told.
        texts: folders in which the text of a sample is looked for that does not lie beside it.

    Raises:
        BrokenSample: a file is not what the tool exports, or its text is not the one in `gold`.
        Unreadable: a text cannot be read.
    """
    known = opened(gold, texts)
    raws = {name: raw for name, (_, raw) in known.items()}
    made = [(name, put_back(*known[name], marks)) for name, marks in TOOLS[tool].read(source, raws)]
    if not made:
        raise BrokenSample(f"{source}: no annotated text in it; is this what {tool} exported?")
    return [write_sample(output / f"{name}.json", sample) for name, sample in made]


def opened(folder: Path, texts: Sequence[Path]) -> dict[str, tuple[Sample, str]]:
    """Every sample or draft of a folder by its name, with its decoded text."""
    found = {path: parsed(path) for path in samples(folder)}
    return {path.stem: (sample, read(text_of(path, sample, texts)).raw) for path, sample in found.items()}
