"""`extractor explain`: why every clause of a text got its role."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import day_of, fail, show


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text, or - for standard input.")],
    date: Annotated[str | None, typer.Option(help="The document's date (YYYY-MM-DD).")] = None,
    issuer: Annotated[str | None, typer.Option(help="Who issues the document.")] = None,
    rules_only: Annotated[bool, typer.Option(help="Decide by the table alone, without the trained arbiter.")] = False,
) -> None:
    """Show every clause with its role, the row that decided it and the rules that fired; near misses too."""
    from extractor import batch, explaining, reading, rendering
    from extractor.ledger import from_source
    from extractor.rulebook import RuleError

    try:
        day = day_of(date)
        piped = file == batch.STDIN
        source = reading.single(batch.standard_input(), file) if piped else reading.read(Path(file))
        doc = from_source(source, day, issuer, not rules_only)
    except (reading.Unreadable, RuleError) as error:
        fail(str(error))
    show(*rendering.explanation_lines(explaining.explain(doc)), wrap=False)
