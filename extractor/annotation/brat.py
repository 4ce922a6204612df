"""brat: standoff files, `NAME.ann` beside `NAME.txt` for `NAME.json`, and the `annotation.conf` that names the labels.

Known faults, and what is done about them:

- A line of a file is an annotation, so that words with a line feed or a tab in them break it; brat cuts spans there
  into fragments, `T1 tail 0 3;4 9` (nlplab/brat issues 786 and 819, `__create_span` in its annotator): spans are written
  in such fragments, and fragments are joined again when there is nothing but white space between them.
- Some versions leave white space at the borders of fragments (issue 1042): it is left out.
- The page counts UTF-16 units, the server code points: the text that is written holds only characters that count as
  one in both (`marks.plain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from extractor.annotation.marks import LABELS, Mark, Page, plain
from extractor.evaluation.samples import BrokenSample
from extractor.writing import files

LINE = re.compile(r"T[0-9]+\t(?P<label>[^ \t]+) (?P<spans>[0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)(?:\t.*)?")
PIECE = re.compile(r"[^\n]+")


def write(pages: Sequence[Page], folder: Path) -> list[Path]:
    """A text and its annotations each, and the configuration."""
    written = []
    for page in pages:
        text = plain(page.raw)
        lines = (line(number, mark, text) for number, mark in enumerate(page.marks, 1))
        written.append(files.write_text(folder / f"{page.name}.txt", text))
        written.append(files.write_text(folder / f"{page.name}.ann", "".join(lines)))
    return [*written, files.write_text(folder / "annotation.conf", configuration())]


def configuration() -> str:
    """`annotation.conf`: all labels are entities, and entities may lie in one another."""
    sections = {
        "entities": "\n".join(LABELS),
        "relations": "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>",
        "events": "",
        "attributes": "",
    }
    return "\n".join(f"[{name}]\n{lines}\n" for name, lines in sections.items())


def line(number: int, mark: Mark, text: str) -> str:
    """One annotation, in a fragment a line of the text, joined by spaces as brat joins them."""
    pieces = []
    for found in PIECE.finditer(text, mark.start, mark.end):
        words = found[0]
        start = found.start() + len(words) - len(words.lstrip())
        if words.strip():
            pieces.append((start, start + len(words.strip())))
    spans = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(text[start:end] for start, end in pieces)
    return f"T{number}\t{mark.label} {spans}\t{words}\n"


def read(path: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, list[Mark]]]:
    """The marks of every `.ann` file of a folder; notes, relations and attributes are passed over.

    Raises:
        BrokenSample: a text that was not exported, a line that is no annotation, or fragments with words between them.
    """
    for file in sorted(path.glob("*.ann")):
        if file.stem not in texts or copied(file.with_suffix(".txt")) != plain(texts[file.stem]):
            raise BrokenSample(f"{file}: its text is not the one that was exported; export it again")
        yield file.stem, list(marks(file, texts[file.stem]))


def copied(file: Path) -> str | None:
    """The text beside an annotation file, line ends as they are."""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def marks(file: Path, raw: str) -> Iterator[Mark]:
    """The text-bound annotations of a file."""
    for number, words in enumerate((copied(file) or "").split("\n"), 1):
        if not words.startswith("T"):
            continue
        found = LINE.fullmatch(words.rstrip("\r"))
        if not found:
            raise BrokenSample(f"{file}:{number}: no annotation of brat (T1, tab, label and offsets, tab, words)")
        spans = sorted(tuple(map(int, pair.split())) for pair in found["spans"].split(";"))
        for (_, end), (start, _) in pairwise(spans):
            if raw[end:start].strip():
                raise BrokenSample(f"{file}:{number}: words lie between its fragments; mark each by itself")
        yield Mark(spans[0][0], spans[-1][1], found["label"])
