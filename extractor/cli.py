"""The command line: the only module that prints or exits.

Exit status: 0 all read; 1 some inputs were set aside; 2 the call itself was wrong; 3 a gate was missed.
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from extractor.batch import Summary
    from extractor.evaluation import Report
    from extractor.explaining import Explanation

SET_ASIDE, WRONG, MISSED = 1, 2, 3
STYLES = {"commitment": "bold green", "lead-in": "cyan", "tail": "blue", "heading": "bold", "other": "dim"}

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
    date: Annotated[str | None, typer.Option(help="The documents' date (YYYY-MM-DD) where they do not say.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issues the documents, where they do not say.")] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Extract the commitments of texts into a folder."""
    from extractor import batch
    from extractor.rulebook import RuleError

    try:
        day = dt.date.fromisoformat(date) if date else None
    except ValueError:
        fail(f"--date {date}: not a date; write it as 2019-04-20")
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
    show_summary(summary)
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
    from extractor import batch, explaining, reading
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    try:
        source = batch.standard_input() if file == batch.STDIN else reading.read(Path(file))
        doc = from_source(source, dt.date.fromisoformat(date) if date else None, issuer, not rules_only)
    except (reading.Unreadable, RuleError, ValueError) as error:
        fail(str(error))
    show_explanations(explaining.explain(doc))


@app.command(epilog="Example: extractor evaluate corpus --fail-under heads=0.80,LOCATION=0.70")
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.json.")],
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write the scores here; - prints.")
    ] = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="FIELD=F1,...", help="Exit 3 when a score is lower.")
    ] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Score the extractor against annotated samples: precision, recall, F1 by field."""
    from extractor import evaluation, reading
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    try:
        floors = {
            name: float(value) for name, _, value in (p.partition("=") for p in (fail_under or "").split(",") if p)
        }
    except ValueError:
        fail(f"--fail-under {fail_under}: write it as heads=0.90,LOCATION=0.85")
    try:
        report = evaluation.evaluate(
            gold, lambda path: from_source(reading.read(path), arbiter=not rules_only)._.commitments
        )
        short = report.shortfalls(floors)
    except (evaluation.BrokenSample, reading.Unreadable, RuleError) as error:
        fail(str(error))
    except KeyError as error:
        fail(f"--fail-under: {error.args[0]} is not scored; fields are {', '.join(report.total)}")
    if json_file != "-":
        show_report(report)
    if json_file:
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=1)
        if json_file == "-":
            typer.echo(text)
        else:
            Path(json_file).write_text(text + "\n", encoding="utf-8")
    for line in short:
        typer.echo(line, err=True)
    if short:
        raise typer.Exit(MISSED)


@app.command(epilog="Example: extractor schema > commitment.schema.json")
def schema() -> None:
    """Print the JSON Schema of the records."""
    from extractor.records import Commitment

    typer.echo(json.dumps(Commitment.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))


@app.command(epilog="Example: extractor train ../gold corpus")
def train(
    folders: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of NAME.txt and NAME.json.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where the weights go.")] = None,
) -> None:
    """Train the arbiter on annotated samples (needs the extra [train])."""
    from extractor import evaluation, rulebook, training

    try:
        taught = training.lessons(folders)
        model = training.train(taught)
    except (evaluation.BrokenSample, rulebook.RuleError) as error:
        fail(str(error))
    except ModuleNotFoundError:
        fail('python-crfsuite is not installed; pip install "commitment-extractor[train]"')
    target = output or rulebook.default_folder() / "arbiter.json"
    training.save(model, target)
    typer.echo(f"{len(taught)} samples, {sum(len(item.roles) for item in taught)} clauses: {target}")


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
    """
    gc.disable()
    app(prog_name="extractor")


def fail(message: str) -> NoReturn:
    """One clear line, and exit status 2."""
    typer.echo(f"extractor: {message}", err=True)
    raise typer.Exit(WRONG)


class Bar:
    """A progress bar on a terminal, nothing elsewhere."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self.progress = Progress(
            TextColumn("reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self.task = self.progress.add_task("files", total=total)

    def __enter__(self) -> Bar:
        self.progress.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self.progress.stop()

    def __call__(self, outcome: object) -> None:
        if not gc.isenabled():
            gc.freeze()
            gc.enable()
        self.progress.advance(self.task)


def show_summary(summary: Summary) -> None:
    """The table at the end of a run, and a line for every input set aside."""
    from rich.console import Console
    from rich.table import Table

    from extractor.batch import counts

    table = Table()
    row = []
    for name, value in (counts(summary) | {"seconds": summary.seconds}).items():
        table.add_column(name.replace("_", " "), justify="right")
        row.append(f"{value:,.1f}" if isinstance(value, float) else f"{value:,}")
    table.add_row(*row)
    Console().print(table)
    for outcome in summary.set_aside:
        typer.echo(f"set aside: {outcome.reason}", err=True)


def show_explanations(found: list[Explanation]) -> None:
    """One line a clause; an empty line between paragraphs."""
    from rich.console import Console
    from rich.text import Text

    console = Console(soft_wrap=True, highlight=False)
    for item in found:
        if item.opens_paragraph:
            console.print()
        line = Text(f"{item.start:>6} ")
        line.append(f"{item.role:<10} ", STYLES[item.role])
        line.append(item.text, STYLES[item.role])
        line.append(f"  {item.rule}", "yellow")
        line.append("  near miss" if item.near_miss else "", "magenta")
        line.append("".join(f"  {name} {weight:+.2f}" for name, weight in item.reasons), "yellow")
        line.append(f"  {' '.join(item.fired)}  [{' '.join(item.context)}]", "dim")
        console.print(line)


def show_report(report: Report) -> None:
    """Documents by heads and content, then every field over all."""
    from rich.console import Console
    from rich.table import Table

    console = Console()
    by_document = Table("document", "heads F1", "P", "R", "content F1")
    for name, scores in report.documents.items():
        heads = scores["heads"]
        numbers = (heads.f1, heads.precision, heads.recall, scores["content"].f1)
        by_document.add_row(name, *(f"{number:.3f}" for number in numbers))
    console.print(by_document)
    by_field = Table("field", "P", "R", "F1", "correct", "found", "wanted")
    for name, score in report.total.items():
        shares = (score.precision, score.recall, score.f1)
        counted = (score.correct, score.found, score.wanted)
        by_field.add_row(name, *(f"{share:.4f}" for share in shares), *map(str, counted))
    console.print(by_field)
