"""`extractor audit`: what may have been missed or taken by mistake."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import SET_ASIDE, Bar, deliver, fail, show


def audit(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of texts, or one text.")],
    most: Annotated[int, typer.Option(metavar="N", help="How many of each sort to show.")] = 50,
    json_file: Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write all here; - prints.")] = None,
    markdown: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the tables as Markdown; - prints.")
    ] = None,
) -> None:
    """List clauses with cues of a commitment and no record, and records without any, the most suspect first."""
    from extractor import auditing, batch, reading, rendering
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    found: list[auditing.Suspect] = []
    unread: list[str] = []
    try:
        items = [item for item in batch.inputs([str(folder)]) if not item.left_out]
        with Bar(len(items)) as advance:
            for item in items:
                try:
                    found += auditing.audit(from_source(reading.read(item.path, item.name)))
                except reading.Unreadable as error:
                    unread.append(str(error))
                advance(item)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    grids = auditing.grids(found, most)
    if "-" not in (json_file, markdown):
        show(*map(rendering.table, grids))
    if json_file:
        whole = [suspect.as_json() for suspect in auditing.ranked(found)]
        deliver(json_file, json.dumps(whole, ensure_ascii=False, indent=1))
    if markdown:
        deliver(markdown, "\n\n".join(grid.markdown() for grid in grids))
    for reason in unread:
        typer.echo(f"set aside: {reason}", err=True)
    if unread:
        raise typer.Exit(SET_ASIDE)
