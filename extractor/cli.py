"""The command line: the only module that prints or exits.

Exit status: 0 all read; 1 some inputs were set aside; 2 the call itself was wrong; 3 a gate was missed.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import os
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.progress import Progress
    from spacy.tokens import Doc

SET_ASIDE, WRONG, MISSED = 1, 2, 3
COLLECT_AFTER = 1_000_000
"""Objects between two collections: records hold no cycles, and looking for them every 700 objects costs a tenth of the time."""

app = typer.Typer(
    help="Reads Chinese government texts and writes down what the government says it will do.",
    epilog="Example: extractor run corpus -o outputs/latest",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="The rules in rules/*.toml and their examples.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    """Reads Chinese government texts and writes down what the government says it will do."""
    if version:
        from extractor import __version__

        typer.echo(__version__)
        raise typer.Exit


@app.command(epilog="Example: extractor run speeches/ report.txt -o outputs/latest --date 2019-04-20")
def run(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")],
    formats: Annotated[str, typer.Option(help="Which of csv, json, jsonl to write.")] = "csv,json,jsonl",
    date: Annotated[
        str | None, typer.Option(help="The documents' date (YYYY-MM-DD); it counts before what they say.")
    ] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Who issues the documents; it counts before what they say.")
    ] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Extract the commitments of texts into a folder."""
    from extractor import batch, rendering
    from extractor.rulebook import RuleError

    day = day_of(date)
    chosen = [name.strip() for name in formats.split(",") if name.strip()]
    try:
        items = batch.inputs(paths)
        batch.prepare(output, chosen)
        with Bar(len(items)) as advance:
            summary = batch.run(items, day, issuer, not rules_only, advance)
        options = {"formats": chosen, "date": date, "issuer": issuer, "rules_only": rules_only, "paths": paths}
        batch.write(summary, output, chosen, options)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    show(rendering.summary_table(summary))
    for outcome in summary.set_aside:
        typer.echo(f"set aside: {outcome.reason}", err=True)
    if summary.set_aside:
        raise typer.Exit(SET_ASIDE)


@app.command(epilog="Example: extractor explain speech.txt | less -R")
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")],
    date: Annotated[str | None, typer.Option(help="The document's date (YYYY-MM-DD).")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issues the document.")] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Show every clause with its role, the row that decided it and the rules that fired; near misses too."""
    from extractor import batch, explaining, reading, rendering
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    try:
        day = day_of(date)
        source = batch.standard_input() if file == batch.STDIN else reading.read(Path(file))
        doc = from_source(source, day, issuer, not rules_only)
    except (reading.Unreadable, RuleError) as error:
        fail(str(error))
    show(*rendering.explanation_lines(explaining.explain(doc)), wrap=False)


@app.command(epilog="Example: extractor evaluate corpus --fail-under heads=0.80,LOCATION=0.70")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.json.")],
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write the scores here; - prints.")
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="FIELD=F1,...", help="Exit 3 when a score is lower.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the wrong clauses by the rule that decided.")] = False,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Score the extractor against annotated samples: precision, recall, F1 by field."""
    from extractor import evaluation, mistakes, reading, rendering
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    @cache
    def process(path: Path) -> Doc:
        return from_source(reading.read(path), arbiter=not rules_only)

    try:
        floors = {
            name: float(value) for name, _, value in (p.partition("=") for p in (fail_under or "").split(",") if p)
        }
    except ValueError:
        fail(f"--fail-under {fail_under}: write it as heads=0.90,LOCATION=0.85")
    try:
        report = evaluation.evaluate(gold, lambda path: process(path)._.commitments)
        wrong = mistakes.by_rule(gold, process) if errors else []
        short = report.shortfalls(floors)
    except (evaluation.BrokenSample, reading.Unreadable, RuleError) as error:
        fail(str(error))
    except KeyError as error:
        fail(f"--fail-under: {error.args[0]} is not scored; fields are {', '.join(report.total)}")
    if json_file != "-":
        show(rendering.document_table(report), rendering.field_table(report))
        show(*rendering.mistake_lines(wrong), wrap=False)
    if json_file:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        if json_file == "-":
            typer.echo(text)
        else:
            save(Path(json_file), text)
    for line in short:
        typer.echo(line, err=True)
    if short:
        raise typer.Exit(MISSED)


@app.command(epilog="Example: extractor schema > commitment.schema.json")
def schema() -> None:
    """Print the JSON Schema of the records."""
    from extractor.records import Commitment

    typer.echo(json.dumps(Commitment.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@app.command(epilog="Example: extractor train ../gold corpus --familiar ../gold")
def train(
    folders: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of NAME.txt and NAME.json.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where the weights go.")] = None,
    texts: Annotated[
        list[Path] | None, typer.Option(metavar="DIR", help="Where texts lie that are not beside their sample.")
    ] = None,
    familiar: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="A folder the rules were written on: names are learnt there without them."),
    ] = None,
    only: Annotated[str | None, typer.Option(metavar="MODEL", help="roles (and kinds) or names; else both.")] = None,
    leave_out: Annotated[int, typer.Option(metavar="FOLDS", help="Only print scores on documents left out.")] = 0,
) -> None:
    """Train the arbiter of roles and that of names on annotated samples (needs the extra [train])."""
    from extractor import evaluation, rulebook, training, tutoring

    if only not in (None, "roles", "names"):
        fail(f"--only {only}: write roles or names")
    target = output or rulebook.default_folder() / "arbiter.json"
    try:
        if only != "names":
            show_lines(training.trained(folders, texts or (), leave_out, target))
        if only != "roles":
            names = target.with_name("names.json")
            show_lines(tutoring.trained(folders, texts or (), familiar or (), leave_out, names))
    except (evaluation.BrokenSample, rulebook.RuleError) as error:
        fail(str(error))
    except ModuleNotFoundError:
        fail('python-crfsuite is not installed; pip install "commitment-extractor[train]"')


@rules_app.command(epilog="Example: extractor rules check")
def check() -> None:
    """Run every rule's own examples."""
    from extractor import checking, rulebook

    try:
        book = rulebook.load()
        faults = checking.check(book)
    except rulebook.RuleError as error:
        fail(str(error))
    for fault in faults:
        typer.echo(str(fault), err=True)
    total = len(book.rules) + len(book.decisions)
    typer.echo(f"{total} rules, {len(faults)} faults")
    if faults:
        raise typer.Exit(MISSED)


def main() -> None:
    """Entry point of the `extractor` command.

    Start-up makes half a million objects that all stay; collection would only walk them. It starts with the second file.
    The arbiter's matrices are small: threads for them would only wait for one another.
    """
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app(prog_name="extractor")


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
    from extractor import writing

    try:
        writing.write_text(path, text + "\n")
    except OSError as error:
        fail(f"{path}: cannot be written: {error.strerror or error}")


def fail(message: str) -> NoReturn:
    """One clear line, and exit status 2."""
    typer.echo(f"extractor: {message}", err=True)
    raise typer.Exit(WRONG)


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, total: int) -> None:
        self.progress: Progress | None = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self.progress = Progress(*columns, console=Console(stderr=True))
            self.task = self.progress.add_task("files", total=total)

    def __enter__(self) -> Bar:
        if self.progress:
            self.progress.start()
        return self

    def __exit__(self, *problem: object) -> None:
        if self.progress:
            self.progress.stop()

    def __call__(self, outcome: object) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.set_threshold(COLLECT_AFTER)
            gc.enable()
        if self.progress:
            self.progress.advance(self.task)


def show(*renderables: RenderableType, wrap: bool = True) -> None:
    """Print tables or coloured lines to standard output."""
    from rich.console import Console

    Console(soft_wrap=not wrap, highlight=False).print(*renderables, sep="\n")
