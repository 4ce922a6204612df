"""`extractor corpus`: whether annotated samples hold, and how far two annotators agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import MISSED, JsonFile, MarkdownFile, TextFolders, answer, fail, refuse_idle, show_lines


def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of NAME.txt and NAME.json.")],
    texts: TextFolders = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 3 on warnings too.")] = False,
) -> None:
    """Check annotated samples: format, offsets, overlaps, labels, norms, drift from the text; exit 3 on faults."""
    from extractor.annotation import linting
    from extractor.evaluation import BrokenSample

    try:
        found = linting.lint(folder, texts or ())
    except BrokenSample as error:
        fail(str(error))
    show_lines(map(str, found))
    faults = sum(finding.weight == "fault" for finding in found)
    typer.echo(f"{faults} faults, {len(found) - faults} warnings")
    if faults or (strict and found):
        raise typer.Exit(MISSED)


def agree(
    context: typer.Context,
    first: Annotated[Path, typer.Argument(metavar="DIR_A", help="One annotator's samples.")],
    second: Annotated[Path, typer.Argument(metavar="DIR_B", help="Another's, of the same names.")],
    json_file: JsonFile = None,
    markdown: MarkdownFile = None,
) -> None:
    """Show how far two annotators agree: kappa on roles, F1 of the second against the first."""
    from extractor.annotation import agreement
    from extractor.evaluation import BrokenSample, resampling, views

    refuse_idle(context, {})
    try:
        found = agreement.agree(first, second)
    except BrokenSample as error:
        fail(str(error))
    sure = resampling.intervals(found.report)
    grids = [found.grid(), views.field_grid(found.report, sure)]
    kappa = {"kappa": round(found.kappa, 4), "clauses": found.roles.total()}
    answer(grids, lambda: kappa | views.as_json(found.report, sure), json_file, markdown)
