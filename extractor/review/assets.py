"""The files of the page: those in `page/`, and no others."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
"""What is served, as what."""


@cache
def files() -> dict[str, Path]:
    """The files of the page by their names in addresses."""
    found = (path for path in FOLDER.rglob("*") if path.is_file() and path.suffix in KINDS)
    return {path.relative_to(FOLDER).as_posix(): path for path in found}


def asset(name: str) -> tuple[bytes, str] | None:
    """A file of the page and its kind; None where it has none of this name."""
    path = files().get(name)
    return (path.read_bytes(), KINDS[path.suffix]) if path else None
