"""What all commands share: where lines go, how a call ends, and what options mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

SET_ASIDE, WRONG, MISSED = 1, 2, 3


def day_of(date: str | None) -> dt.date | None:
    """The value of `--date`."""
    try:
        return dt.date.fromisoformat(date) if date else None
    except ValueError:
        fail(f"--date {date}: not a date; write it as 2019-04-20")


def show_lines(lines: Iterable[str]) -> None:
    """Print lines as they come."""
    for line in lines:
        typer.echo(line)


def save(path: Path, text: str) -> None:
    """Write a text file whole, or say in one line why not."""
    from extractor.writing import files

    try:
        files.write_text(path, text + "\n")
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror or error}")


def fail(message: str) -> NoReturn:
    """One clear line, and exit status 2."""
    typer.echo(f"extractor: {message}", err=True)
    raise typer.Exit(WRONG)


def show(*renderables: RenderableType, wrap: bool = True) -> None:
    """Print tables or coloured lines to standard output."""
    from rich.console import Console

    Console(soft_wrap=not wrap, highlight=False).print(*renderables, sep="\n")
