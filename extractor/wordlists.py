"""The plain lists beside the rules: words, and the days of festivals that move."""

from __future__ import annotations

from datetime import date
from pathlib import Path


def read(path: Path) -> tuple[str, ...]:
    """The words of a list: one a line, comments and blank lines left out, order kept."""
    lines = (line.partition("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in lines if line)


def festivals(path: Path) -> dict[int, dict[str, date]]:
    """The days of moving festivals by year, of lines `2026<tab>春节 02-17<tab>…`; none where there is no table."""
    if not path.is_file():
        return {}
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {
        int(year): {name: date.fromisoformat(f"{year}-{day}") for name, day in map(str.split, days)}
        for year, *days in rows
    }
