"""`extractor run`: many inputs into a folder of outputs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.console import SET_ASIDE, Bar, day_of, fail, show


def run(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")],
    formats: Annotated[
        str, typer.Option(help="Which of csv, html, json, jsonl, xlsx, parquet, sqlite to write.")
    ] = "csv,json,jsonl",
    header: Annotated[Literal["en", "zh"], typer.Option(help="Language of the header rows of CSV files.")] = "en",
    date: Annotated[
        str | None, typer.Option(help="The documents' date (YYYY-MM-DD); it counts before what they say.")
    ] = None,
    issuer: Annotated[
        str | None, typer.Option(help="Who issues the documents; it counts before what they say.")
    ] = None,
    text_column: Annotated[
        str | None, typer.Option(help="The column of tables that holds the text; guessed by its usual names.")
    ] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Extract the commitments of texts into a folder."""
    from extractor import batch, rendering
    from extractor.reading import Options
    from extractor.rulebook import RuleError

    day = day_of(date)
    chosen = [name.strip() for name in formats.split(",") if name.strip()]
    try:
        items = batch.inputs(paths)
        batch.prepare(output, chosen)
        with Bar(len(items)) as advance:
            summary = batch.run(items, day, issuer, not rules_only, advance, Options(text_column))
        options = {
            "formats": chosen,
            "header": header,
            "date": date,
            "issuer": issuer,
            "text_column": text_column,
            "rules_only": rules_only,
            "paths": paths,
        }
        batch.write(summary, output, chosen, options, header)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    show(rendering.summary_table(summary))
    for outcome in summary.set_aside:
        typer.echo(f"set aside: {outcome.reason}", err=True)
    if summary.set_aside:
        raise typer.Exit(SET_ASIDE)
