"""What kind of file this is: told by its first bytes, by its name only where they say nothing."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath
from typing import IO, Literal

Kind = Literal[
    "plain", "html", "word", "pdf", "workbook", "separated", "lines", "parquet", "archive", "office", "refused"
]

KINDS: dict[str, Kind] = {
    "": "plain",
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".docx": "word",
    ".docm": "word",
    ".pdf": "pdf",
    ".xlsx": "workbook",
    ".xlsm": "workbook",
    ".csv": "separated",
    ".tsv": "separated",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".parquet": "parquet",
    ".zip": "archive",
    ".doc": "office",
    ".wps": "office",
    ".rtf": "office",
}
"""Files by the end of their name: a new kind of file is a new row here and in `READERS`."""
SEARCHED = frozenset(suffix for suffix in KINDS if suffix)
"""The ends of names that a folder or an archive is searched for."""
MANY = frozenset(
    suffix for suffix, kind in KINDS.items() if kind in ("separated", "lines", "parquet", "workbook", "archive")
)
"""The ends of names of files that hold more than one text."""
PLAIN = frozenset(suffix for suffix, kind in KINDS.items() if kind == "plain")
"""The ends of names of files that nothing but a decoder reads."""

HEAD = 4096
"""Bytes that are looked at."""
MARKUP = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--(?:(?!-->).)*-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
SIGNATURES: dict[bytes, Kind] = {
    b"%PDF-": "pdf",
    b"PAR1": "parquet",
    b"\xd0\xcf\x11\xe0": "office",
    b"{\\rtf": "office",
}
JUNK = 1024
"""Bytes that may stand before the first of a PDF file (ISO 32000-1, annex H, note 13)."""
BINARY = frozenset({"pdf", "word", "workbook", "parquet", "archive", "office"})
"""Kinds that have a signature: a file named so without it is taken for a text."""
INSIDE: dict[str, Kind] = {"word/document.xml": "word", "xl/workbook.xml": "workbook"}
"""Members that tell an Office file from other ZIP files."""
OTHERS = frozenset({"mimetype", "OFD.xml"})
"""Members of OpenDocument and OFD files."""


def kind_of(stream: IO[bytes], ending: str) -> Kind | None:
    """The kind of a file, None where neither its bytes nor the end of its name tell; the stream is left at its beginning."""
    head = stream.read(HEAD)
    stream.seek(0)
    said = KINDS.get(ending)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return inside(stream, said)
    if found := next((kind for signature, kind in SIGNATURES.items() if head.lstrip().startswith(signature)), None):
        return found
    if said == "pdf" and b"%PDF-" in head[:JUNK]:
        return "pdf"
    if MARKUP.match(head):
        return "html"
    return "plain" if said in BINARY else said


def inside(stream: IO[bytes], said: Kind | None) -> Kind:
    """What a ZIP file is: Word, Excel or an archive; one whose directory is damaged is what its name says."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return said if said in ("word", "workbook") else "archive"
    finally:
        stream.seek(0)
    if "[Content_Types].xml" in names or said in ("word", "workbook"):
        return next((kind for path, kind in INSIDE.items() if path in names), "refused")
    return "refused" if names & OTHERS else "archive"


def suffix(name: str) -> str:
    """The end of a name that tells its kind, in small letters."""
    return PurePath(name.replace("\\", "/")).suffix.lower()
