"""What all commands share: where lines go, how a call ends, and what options mean."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType

    from extractor.grids import Grid

SET_ASIDE, WRONG, MISSED = 1, 2, 3
WIDTH_OF_FILES = 180
"""Columns of the tables that are written into a file or a pipe, where no terminal sets a width."""
JsonFile = Annotated[
    str | None, typer.Option("--json", metavar="FILE", help="Write all figures here as JSON; - prints them instead.")
]
MarkdownFile = Annotated[
    str | None,
    typer.Option("--markdown", metavar="FILE", help="Write the tables here for a pull request; - prints them instead."),
]
TextFolders = Annotated[
    list[Path] | None,
    typer.Option("--texts", metavar="DIR", help="Where texts lie that are not beside their sample."),
]


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


def refuse_idle(context: typer.Context, idle: Mapping[str, Sequence[str]]) -> None:
    """Refuse options that are given beside one with which they would do nothing; `-` asks for standard output."""
    values = {parameter.opts[0]: context.params.get(parameter.name or "") for parameter in context.command.params}
    given = {name for option, value in values.items() if value for name in (option, f"{option} {value}")}
    for option, others in {"--json -": ("--markdown -",), **idle}.items():
        for other in others:
            if {option, other} <= given:
                fail(f"{option} and {other} do not go together; leave one out")


def answer(grids: Sequence[Grid], whole: Callable[[], object], json_file: str | None, markdown: str | None) -> None:
    """Show tables, unless an option asks for something else on standard output; write what the options name."""
    if "-" not in (json_file, markdown):
        from extractor import rendering

        show(*map(rendering.table, grids))
    if json_file:
        deliver(json_file, json.dumps(whole(), ensure_ascii=False, indent=1))
    if markdown:
        deliver(markdown, "\n\n".join(grid.markdown() for grid in grids))


def deliver(target: str, text: str) -> None:
    """Write a text to the file that an option names; `-` prints it."""
    if target == "-":
        typer.echo(text)
    else:
        save(Path(target), text)


def missed(lines: Sequence[str]) -> None:
    """Say what a gate lacks, and end with its exit status; nothing where it lacks nothing."""
    for line in lines:
        typer.echo(line, err=True)
    if lines:
        raise typer.Exit(MISSED)


def fail(message: str) -> NoReturn:
    """One clear line, and exit status 2."""
    typer.echo(f"extractor: {message}", err=True)
    raise typer.Exit(WRONG)


def show(*renderables: RenderableType, wrap: bool = True) -> None:
    """Print tables or coloured lines to standard output; tables as wide as the terminal, in files and pipes as they need."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else WIDTH_OF_FILES
    Console(soft_wrap=not wrap, highlight=False, width=width).print(*renderables, sep="\n")
