"""`extractor evaluate`: scores against annotated samples."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import MISSED, fail, save, show

if TYPE_CHECKING:
    from spacy.tokens import Doc


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
