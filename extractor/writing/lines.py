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
        stream.writelines(record.model_dump_json() + "\n" for record in material.commitments)
    return [path]


def write_json(material: Material, folder: Path, header: Header) -> list[Path]:
    """One array, one record a line."""
    path = folder / "commitments.json"
    with text_file(path) as stream:
        stream.write("[")
        for number, record in enumerate(material.commitments):
            stream.write((",\n" if number else "\n") + record.model_dump_json())
        stream.write("\n]\n")
    return [path]
