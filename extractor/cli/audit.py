"""`extractor audit`: what may have been missed or taken by mistake."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import SET_ASIDE, JsonFile, MarkdownFile, answer, fail, refuse_idle


def audit(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of texts, or one text.")],
    most: Annotated[int, typer.Option(metavar="N", min=0, help="How many of each sort to show.")] = 50,
    json_file: JsonFile = None,
    markdown: MarkdownFile = None,
) -> None:
    """List clauses with cues of a commitment and no record, and records without any, the most suspect first."""
    from extractor import auditing, batch, reading
    from extractor.rulebook import RuleError

    refuse_idle(context, {})
    found: list[auditing.Suspect] = []
    unread: list[str] = []
    try:
        items = [item for item in batch.inputs([str(folder)]) if not item.left_out]
        if not items:
            fail(f"{folder}: this folder holds no text; give the texts, not the results of a run")
        for doc in batch.documents(items):
            if isinstance(doc, reading.Unreadable):
                unread.append(str(doc))
            else:
                found += auditing.audit(doc)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    whole = auditing.ranked(found)
    answer(auditing.grids(whole, most), lambda: [suspect.as_json() for suspect in whole], json_file, markdown)
    for reason in unread:
        typer.echo(f"set aside: {reason}", err=True)
    if unread:
        raise typer.Exit(SET_ASIDE)
