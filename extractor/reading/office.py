"""Old Office files (.doc, .wps) and RTF: through LibreOffice where it is installed."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from extractor.reading import plain, word
from extractor.reading.options import Options
from extractor.reading.source import Source, Unreadable

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
"""After which a conversion is given up."""
RTF = b"{\\rtf"


def read(stream: IO[bytes], name: str, options: Options) -> Iterator[Source]:
    """The text of an old Office file, converted to .docx in a folder of its own that is removed again.

    Raises:
        Unreadable: LibreOffice is not installed, or cannot convert it.
    """
    data = plain.whole(stream, name, options.limits.bytes)
    kind, suffix = ("an RTF file", ".rtf") if data.startswith(RTF) else ("an old Office file", ".doc")
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise Unreadable(name, f"this is {kind}; save it as .docx or .txt first, or install LibreOffice")
    converted = io.BytesIO(convert(program, data, suffix, name))
    digest = hashlib.sha256(data).hexdigest()
    yield from (replace(source, sha256=digest, encoding=suffix[1:]) for source in word.read(converted, name, options))


def convert(program: str, data: bytes, suffix: str, name: str) -> bytes:
    """The bytes of the .docx file that LibreOffice makes of an old file; it runs with a profile of its own.

    Raises:
        Unreadable: it fails, takes too long, or makes nothing of it.
    """
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / f"given{suffix}"
        given.write_bytes(data)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(given),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)
            return given.with_suffix(".docx").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise Unreadable(name, "LibreOffice cannot convert it; save it as .docx or .txt first") from None
