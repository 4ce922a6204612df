"""`extractor compare`: what a new run gains, loses and changes, and whether it is better."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import JsonFile, MarkdownFile, answer, fail, missed, refuse_idle


def compare(
    context: typer.Context,
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The older run: its folder, or a .jsonl file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer run of the same texts.")],
    gold: Annotated[
        Path | None, typer.Option(metavar="GOLD_DIR", help="Annotated samples: also test which run is better on them.")
    ] = None,
    max_lost: Annotated[int | None, typer.Option(metavar="N", min=0, help="Exit 3 when more records are lost.")] = None,
    max_changed: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Exit 3 when more records change.")
    ] = None,
    json_file: JsonFile = None,
    markdown: MarkdownFile = None,
) -> None:
    """Show the commitments that a new run gains, loses and changes, by the rules that decide."""
    from extractor.evaluation import BrokenSample, comparison, pairing, views
    from extractor.evaluation.runs import BrokenRun, read_run

    refuse_idle(context, {})
    try:
        older, newer = read_run(base), read_run(new)
        found = comparison.compare(older, newer)
        tested = pairing.differences(gold, older, newer) if gold else []
    except (BrokenRun, BrokenSample) as error:
        fail(str(error))
    grids = comparison.grids(found) + ([views.difference_grid(tested)] if tested else [])
    paired = {"gold": {difference.field: difference.as_json() for difference in tested}} if tested else {}
    answer(grids, lambda: found.as_json() | paired, json_file, markdown)
    limits = (("lost", found.count("lost"), max_lost), ("changed", found.count("changed"), max_changed))
    missed(
        [
            f"{what}: {count} records, more than {most}"
            for what, count, most in limits
            if most is not None and count > most
        ]
    )
