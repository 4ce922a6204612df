"""How a run tells what it does: a bar on a terminal, a log where one is asked for."""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from extractor.cli.console import fail

if TYPE_CHECKING:
    from rich.progress import Progress

    from extractor.batch import Event


class Bar:
    """A progress bar with rate and remaining time on a terminal, nothing elsewhere; notes are shown everywhere."""

    def __init__(self, quiet: bool = False) -> None:
        self.progress: Progress | None = None
        self.done = self.files = self.characters = 0
        self.began = time.monotonic()
        if sys.stderr.isatty() and not quiet:
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("reading"), BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
            self.progress = Progress(*columns, console=Console(stderr=True))

    def __enter__(self) -> Bar:
        if self.progress:
            self.progress.start()
        return self

    def __exit__(self, *problem: object) -> None:
        if self.progress:
            self.progress.stop()

    def __call__(self, event: Event) -> None:
        if event.what == "text" and not gc.isenabled():
            from extractor.batch import settle

            settle()
        if event.what == "note":
            typer.echo(f"note: {event.reason}", err=True)
        if self.progress:
            self.move(self.progress, event)

    def move(self, progress: Progress, event: Event) -> None:
        """Show how far it is."""
        if event.what == "plan":
            self.files = event.files
            self.task = progress.add_task("", total=event.bytes)
            return
        self.done += event.files
        self.characters += event.characters
        rate = self.characters / max(time.monotonic() - self.began, 0.1)
        shown = f"{self.done:,} of {self.files:,} files, {rate:,.0f} characters/s,"
        progress.update(self.task, advance=event.bytes, description=shown)


class Log:
    """Every event as a line of JSON with its time, in a file that is written anew; nothing without a file."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.stream: IO[str] | None = None

    def __enter__(self) -> Log:
        if self.path:
            try:
                self.stream = self.path.open("w", encoding="utf-8", buffering=1)
            except OSError as error:
                fail(f"--log {self.path}: cannot be written: {error.strerror or error}")
        return self

    def __exit__(self, *problem: object) -> None:
        if self.stream:
            self.stream.close()

    def __call__(self, event: Event) -> None:
        if self.stream:
            said = {name: value for name, value in asdict(event).items() if value}
            now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
            self.stream.write(json.dumps({"time": now, **said}, ensure_ascii=False) + "\n")
