"""`extractor run`: many inputs into a folder of outputs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extractor.cli.console import SET_ASIDE, day_of, fail, refuse_idle, show
from extractor.cli.progress import Bar, Log

if TYPE_CHECKING:
    from extractor.batch import Settings, Summary
    from extractor.batch.keeping import Tell

PARTITION = 2.0
"""Megabytes."""
INTERRUPTED = 130
"""The exit status of what Ctrl-C ends, as shells have it."""


def run(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")],
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
    title_column: Annotated[
        str | None, typer.Option(help="The column of tables that holds the title, likewise.")
    ] = None,
    date_column: Annotated[str | None, typer.Option(help="The column of tables that holds the date, likewise.")] = None,
    issuer_column: Annotated[
        str | None, typer.Option(help="The column of tables that says who issues the text, likewise.")
    ] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; all cores by default.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that was interrupted in DIR.")] = False,
    update: Annotated[
        bool, typer.Option("--update", help="Read only what has changed since the last --update into DIR.")
    ] = False,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Have the workers of this Dask scheduler read, and write part files."),
    ] = None,
    partition: Annotated[
        float | None,
        typer.Option(min=0.001, help="Megabytes that a worker of a cluster is given at a time; 2 by default."),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="A text that takes longer is set aside.")] = 600,
    characters: Annotated[int, typer.Option(min=1, help="A text with more characters is set aside.")] = 1_000_000,
    clauses: Annotated[int, typer.Option(min=1, help="A text with more clauses is set aside.")] = 200_000,
    megabytes: Annotated[
        int, typer.Option(min=1, help="A larger file is set aside; so is a larger member of an archive.")
    ] = 200,
    ratio: Annotated[
        int,
        typer.Option(min=1, help="What a ZIP or Office file unpacks to beyond so many times its size is set aside."),
    ] = 200,
    log: Annotated[Path | None, typer.Option(help="Write what happens to this file, JSON Lines.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say only what is set aside, and notes.")] = False,
) -> None:
    """Extract the commitments of texts into a folder."""
    from extractor import batch, rendering
    from extractor.reading import Limits, Options
    from extractor.reading.options import MEGABYTE
    from extractor.rulebook import RuleError

    refuse_idle(context, {"--cluster": ("--workers", "--update")})
    if partition and not cluster:
        fail("--partition is for the workers of a cluster; name one with --cluster ADDRESS")
    settings = batch.Settings(
        date=day_of(date),
        issuer=issuer,
        arbiter=not rules_only,
        reading=Options(
            text_column, title_column, date_column, issuer_column, limits=Limits.for_size(megabytes, ratio)
        ),
        seconds=seconds,
        characters=characters,
        clauses=clauses,
        header=header,
        formats=tuple(name.strip() for name in formats.split(",") if name.strip()),
        paths=tuple(map(batch.printable, paths)),
        workers=workers,
        resume=resume,
        update=update,
        partition=round((partition or PARTITION) * MEGABYTE),
    )
    try:
        with Bar(quiet) as bar, Log(log) as written:

            def tell(event: batch.Event) -> None:
                written(event)
                bar(event)

            summary = carry_out(paths, output, cluster, settings, log, tell)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    except KeyboardInterrupt:
        typer.echo(f"extractor: interrupted; the same command with --resume goes on in {output}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        show(rendering.summary_table(summary))
    for reason in summary.set_aside:
        typer.echo(f"set aside: {reason}", err=True)
    if more := summary.texts_set_aside - len(summary.set_aside):
        typer.echo(f"set aside: {more:,} more, see {output}/errors.jsonl", err=True)
    if summary.texts_set_aside:
        raise typer.Exit(SET_ASIDE)


def carry_out(
    paths: list[str],
    output: str,
    cluster: str | None,
    settings: Settings,
    log: Path | None,
    tell: Tell,
) -> Summary:
    """Run here, or on a cluster where one is named."""
    if cluster:
        from extractor import cluster as away

        return away.run(paths, output, cluster, settings, tell)
    from extractor import batch

    if remote := next((given for given in (*paths, output) if "://" in given), None):
        fail(f"{remote}: is read and written by the workers of a cluster; name one with --cluster ADDRESS")
    folder = Path(output)
    items = [item for item in batch.inputs(paths, folder) if not (log and item.path.resolve() == log.resolve())]
    return batch.run(items, folder, settings, tell)
