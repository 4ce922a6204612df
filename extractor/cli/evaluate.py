"""`extractor evaluate`: scores against annotated samples, and drafts of samples."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import JsonFile, MarkdownFile, answer, fail, missed, show, show_lines

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.evaluation.runs import Prediction


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.json.")],
    predictions: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Score what `extractor run` wrote: its folder, or a .jsonl file.")
    ] = None,
    json_file: JsonFile = None,
    markdown: MarkdownFile = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="FIELD=F1,...", help="Exit 3 when a score is lower.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the wrong clauses by the rule that decided.")] = False,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
    init: Annotated[
        bool,
        typer.Option("--init", help="Score nothing: draft NAME.json beside each NAME.txt without one, to correct."),
    ] = False,
) -> None:
    """Score the extractor against annotated samples: precision, recall, F1 by field."""
    from extractor import evaluation, reading, rendering
    from extractor.evaluation import mistakes, resampling, views
    from extractor.evaluation.runs import BrokenRun
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    if init:
        return draft(gold)

    @cache
    def process(path: Path) -> Doc:
        return from_source(reading.read(path), arbiter=not rules_only)

    floors = floors_of(fail_under or "")
    try:
        written = written_for(gold, predictions) if predictions else None
        report = evaluation.evaluate(gold, written or (lambda path: process(path)._.commitments))
        wrong = mistakes.by_rule(gold, process) if errors else []
        short = report.shortfalls(floors)
    except (evaluation.BrokenSample, BrokenRun, reading.Unreadable, RuleError) as error:
        fail(str(error))
    except KeyError as error:
        fail(f"--fail-under: {error.args[0]} is not scored; fields are {', '.join(report.total)}")
    sure = resampling.intervals(report)
    grids = [views.field_grid(report, sure), views.level_grid(report), views.document_grid(report)]
    answer(grids, lambda: views.as_json(report, sure), json_file, markdown)
    if errors and "-" not in (json_file, markdown):
        show(*rendering.mistake_lines(wrong), wrap=False)
    missed(short)
    return None


def floors_of(fail_under: str) -> dict[str, float]:
    """The value of `--fail-under`."""
    pairs = (part.partition("=") for part in fail_under.split(",") if part.strip())
    try:
        return {name.strip(): float(value) for name, _, value in pairs}
    except ValueError:
        fail(f"--fail-under {fail_under}: write it as heads=0.90,LOCATION=0.85")


def written_for(gold: Path, run: Path) -> Callable[[Path], Sequence[Prediction]]:
    """What a run wrote of each text of a folder of samples.

    Raises:
        BrokenRun: the run cannot be read, it did not read one of the texts, or it has records of none.
    """
    from extractor.evaluation.runs import BrokenRun, by_document, read_run

    read = read_run(run)
    found = by_document(read)
    if not any((gold / name).exists() for name in found):
        raise BrokenRun(f"{run}: no record of a text in {gold}; run its texts: extractor run {gold} -o {run}")

    def of(path: Path) -> Sequence[Prediction]:
        if read.texts is not None and path.name not in found:
            raise BrokenRun(
                f"{run}: {path.name} was not read in this run; run all texts: extractor run {gold} -o {run}"
            )
        return found.get(path.name, [])

    return of


def draft(folder: Path) -> None:
    """`--init`: drafts beside the texts of a folder, which samples and drafts that are there outlive."""
    from extractor.annotation import drafts
    from extractor.reading import Unreadable
    from extractor.rulebook import RuleError

    try:
        written = drafts.begin(folder)
    except (Unreadable, RuleError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or folder}: cannot be written: {error.strerror or error}")
    show_lines(f"draft: {path}" for path in written)
    typer.echo(f'{len(written)} drafts; correct each, then take out its line "draft": true')
