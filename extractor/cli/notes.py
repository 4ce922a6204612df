"""`extractor notes`: who answers for what, as the responsibility notes of texts say."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from extractor.cli.console import SET_ASIDE, day_of, fail, show


def notes(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, globs, or - for standard input.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object: the notes and the counts.")] = False,
    date: Annotated[str | None, typer.Option(help="The documents' date (YYYY-MM-DD).")] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """List the responsibility notes of texts: lead, partners, deadline, what each covers, and what could not be parsed."""
    from extractor import batch, duties, rendering
    from extractor.reading import Unreadable
    from extractor.rulebook import RuleError

    found: list[duties.Duty] = []
    aside: list[str] = []
    day = day_of(date)
    try:
        for doc in batch.documents(batch.inputs(paths), day, not rules_only):
            if isinstance(doc, Unreadable):
                aside.append(str(doc))
            else:
                found += duties.duties(doc)
    except (batch.WrongCall, RuleError) as error:
        fail(str(error))
    told = duties.counts(found)
    if as_json:
        listed = [duty.model_dump(mode="json") for duty in found]
        typer.echo(json.dumps({"notes": listed, "counts": told}, ensure_ascii=False, indent=1))
    else:
        closing = f"{told['notes']} notes, {told['parsed']} parsed, {told['unparsed']} UNPARSED"
        show(*rendering.duty_lines(found), closing, wrap=False)
    for reason in aside:
        typer.echo(f"set aside: {reason}", err=True)
    if aside:
        raise typer.Exit(SET_ASIDE)
