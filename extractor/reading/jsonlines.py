"""JSON Lines: one source a line, one line at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import IO

from extractor.reading import streams, tables
from extractor.reading.options import Options
from extractor.reading.source import LONE, Source, Unreadable


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source | Unreadable]:
    """The objects of a JSON Lines file, numbered by their lines; the first one names the columns.

    Raises:
        Unreadable: it is binary, or its first object has no member of the text.
    """
    columns = None
    with streams.decoded(stream, name) as text:
        lines = streams.Lines(text, options.limits.row_bytes)
        for number in count(1):
            lines.anew()
            try:
                line = next(lines)
            except StopIteration:
                break
            except streams.TooLong:
                yield tables.too_long(f"{name}#{number}", options)
                continue
            if not line.strip():
                continue
            cells, mixed = parsed(line, text.encoding, f"{name}#{number}")
            if isinstance(cells, Unreadable):
                yield cells
                continue
            columns = columns or tables.columns_of(list(cells), name, options)
            found = tables.row_source(name, number, cells, columns, options, "jsonl")
            if isinstance(found, Source) and mixed:
                found = replace(found, warnings=(*found.warnings, streams.MIXED))
            if found is not None:
                yield found


def parsed(line: str, encoding: str, name: str) -> tuple[dict[str, object] | Unreadable, bool]:
    """The object on a line, or why there is none; and whether it was in another encoding than its file."""
    text, mixed = streams.repaired(line, encoding)
    if LONE.search(text):
        return Unreadable(name, streams.NEITHER), mixed
    try:
        cells = json.loads(text.removeprefix("\ufeff"))
        tables.printed(cells)
    except RecursionError:
        return Unreadable(name, "nested too deeply; give each text as an object with plain members"), mixed
    except ValueError as error:
        return Unreadable(name, f"no JSON ({error}); a line holds one object"), mixed
    if not isinstance(cells, dict):
        return Unreadable(name, "no JSON object; a line holds one object"), mixed
    return cells, mixed
