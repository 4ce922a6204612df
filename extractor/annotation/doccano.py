"""doccano: JSON Lines for projects of sequence labelling.

Known faults, and what is done about them:

- Offsets are UTF-16 units, or grapheme clusters where a project counts those, and come without words to check them by
  (doccano/doccano issue 2290, pull request 1511): the text that is sent holds only characters that count as one in
  every way (`marks.plain`).
- White space at both ends of a text is cut off on import, which moves all spans (issue 485): it is sent as 〓.
- Spans that overlap are silently dropped unless the project allows them (`SpanCleaner` in its import): create it with
  "Allow overlapping spans", for entities lie inside clauses.
- Exports name their columns `text` or `data`, `label`, `labels` or `entities` by version (issue 1522): all are read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.annotation.marks import Mark, Page, plain
from extractor.evaluation.samples import BrokenSample
from extractor.writing import files

LINES = "doccano.jsonl"


def write(pages: Sequence[Page], folder: Path) -> list[Path]:
    """One sample a line; its name becomes metadata, which doccano keeps."""
    lines = (
        {"text": plain(page.raw), "label": [[m.start, m.end, m.label] for m in page.marks], "sample": page.name}
        for page in pages
    )
    return [files.write_text(folder / LINES, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))]


def read(path: Path, texts: Mapping[str, str]) -> Iterator[tuple[str, list[Mark]]]:
    """The marks of every line of an export (JSONL).

    Raises:
        BrokenSample: no such export, or a text that was not sent.
    """
    file = path / LINES if path.is_dir() else path
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line.strip()]
        found = [(name_of(line), line.get("text", line.get("data")), list(marks(line))) for line in lines]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenSample(f"{file}: no JSONL export of doccano with `sample` among its metadata ({error})") from None
    for name, text, spans in found:
        if name not in texts or text != plain(texts[name]):
            raise BrokenSample(f"{file}: {name}: its text is not the one that was exported; export it again")
        yield name, spans


def name_of(line: dict[str, Any]) -> str:
    """The name of the sample that a line was exported of."""
    return str(line["sample"] if "sample" in line else line["meta"]["sample"])


def marks(line: dict[str, Any]) -> Iterator[Mark]:
    """The spans of a line, as triples or as objects."""
    for item in line.get("label") or line.get("labels") or line.get("entities") or ():
        if isinstance(item, dict):
            yield Mark(item["start_offset"], item["end_offset"], item["label"])
        else:
            start, end, name = item
            yield Mark(start, end, name)
