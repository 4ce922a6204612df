"""`extractor rules check` and `extractor schema`: what the project knows, and the shape of what it writes."""

from __future__ import annotations

import json

import typer

from extractor.cli.console import MISSED, fail


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


def schema() -> None:
    """Print the JSON Schema of the records."""
    from extractor.records import Commitment

    typer.echo(json.dumps(Commitment.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2))
