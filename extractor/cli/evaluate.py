"""`extractor evaluate`: scores against annotated samples, and drafts of samples."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import (
    SET_ASIDE,
    JsonFile,
    MarkdownFile,
    TextFolders,
    answer,
    fail,
    missed,
    refuse_idle,
    show,
    show_lines,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from extractor.evaluation import Report

IDLE = {
    "--predictions": ("--rules-only", "--errors", "--texts"),
    "--errors": ("--json -", "--markdown -"),
    "--init": ("--predictions", "--rules-only", "--errors", "--texts", "--fail-under", "--json", "--markdown"),
}
"""Options beside which others would do nothing."""


def evaluate(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.json.")],
    predictions: Annotated[
        Path | None, typer.Option(metavar="RUN", help="Score what `extractor run` wrote: its folder, or a .jsonl file.")
    ] = None,
    texts: TextFolders = None,
    json_file: JsonFile = None,
    markdown: MarkdownFile = None,
    fail_under: Annotated[
        str | None, typer.Option(metavar="FIELD=F1,...", help="Exit 3 when a score (0 to 1) is lower.")
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the wrong clauses by the rule that decided.")] = False,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
    init: Annotated[
        bool,
        typer.Option("--init", help="Score nothing: draft NAME.json beside each NAME.txt without one, to correct."),
    ] = False,
) -> None:
    """Score the extractor against annotated samples: precision, recall, F1 by field."""
    refuse_idle(context, IDLE)
    if init:
        return draft(gold)

    from extractor import evaluation, reading, rendering
    from extractor.evaluation import mistakes, pairing, resampling, views
    from extractor.evaluation.runs import BrokenRun
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    @cache
    def process(path: Path) -> Doc:
        return from_source(reading.read(path), arbiter=not rules_only)

    floors = floors_of(fail_under or "")
    try:
        if predictions:
            report = pairing.scored(gold, predictions)
        else:
            report = evaluation.evaluate(gold, lambda path: process(path)._.commitments, texts or ())
        wrong = mistakes.by_rule(gold, process, texts or ()) if errors else []
    except (evaluation.BrokenSample, BrokenRun, reading.Unreadable, RuleError) as error:
        fail(str(error))
    short = shortfalls(report, floors)
    sure = resampling.intervals(report)
    grids = [views.field_grid(report, sure), views.level_grid(report), views.document_grid(report)]
    answer(grids, lambda: views.as_json(report, sure), json_file, markdown)
    if errors:
        show(*rendering.mistake_lines(wrong), wrap=False)
    missed(short)
    return None


def floors_of(fail_under: str) -> dict[str, float]:
    """The value of `--fail-under`: field to F1 from 0 to 1."""
    floors: dict[str, float] = {}
    for part in filter(str.strip, fail_under.split(",")):
        name, _, value = map(str.strip, part.partition("="))
        try:
            floor = float(value)
        except ValueError:
            floor = math.nan
        if not 0 <= floor <= 1:
            fail(f"--fail-under {part.strip()}: write it as heads=0.90,LOCATION=0.85, from 0 to 1")
        if name in floors:
            fail(f"--fail-under: {name} is named twice; leave one out")
        floors[name] = floor
    return floors


def shortfalls(report: Report, floors: dict[str, float]) -> list[str]:
    """What lies below its floor, one line each."""
    try:
        return report.shortfalls(floors)
    except KeyError as error:
        fail(f"--fail-under: {error.args[0]} is not scored; fields are {', '.join(report.total)}")


def draft(folder: Path) -> None:
    """`--init`: drafts beside the texts of a folder, which samples and drafts that are there outlive."""
    from extractor.annotation import drafts
    from extractor.reading import Unreadable
    from extractor.rulebook import RuleError

    try:
        begun = drafts.begin(folder)
    except (Unreadable, RuleError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or folder}: cannot be written: {error.strerror or error}")
    show_lines(f"draft: {path}" for path in begun.written)
    typer.echo(f'{len(begun.written)} drafts; correct each, then take out its line "draft": true')
    for reason in begun.aside:
        typer.echo(f"set aside: {reason}", err=True)
    if begun.aside:
        raise typer.Exit(SET_ASIDE)
