"""JSON Lines and JSON: the records as they are."""

from __future__ import annotations

from pathlib import Path

from extractor.columns import Header
from extractor.writing.files import text_file
from extractor.writing.material import Material


def write_jsonl(material: Material, folder: Path, header: Header) -> list[Path]:
    """One record a line."""
    path = folder / "commitments.jsonl"
    with text_file(path) as stream:
        stream.writelines(material.lines)
    return [path]


def write_json(material: Material, folder: Path, header: Header) -> list[Path]:
    """One array, one record a line."""
    path = folder / "commitments.json"
    with text_file(path) as stream:
        stream.write("[")
        before = "\n"
        for some in material.lines:
            stream.write(before + some.removesuffix("\n").replace("\n", ",\n"))
            before = ",\n"
        stream.write("\n]\n")
    return [path]
