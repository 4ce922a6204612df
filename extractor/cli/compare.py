"""`extractor compare`: what a new run gains, loses and changes, and whether it is better."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from extractor.cli.console import deliver, fail, missed, show


def compare(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The older run: its folder, or a .jsonl file.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer run of the same texts.")],
    gold: Annotated[
        Path | None, typer.Option(metavar="GOLD_DIR", help="Annotated samples: also test which run is better on them.")
    ] = None,
    max_lost: Annotated[int | None, typer.Option(metavar="N", help="Exit 3 when more records are lost.")] = None,
    max_changed: Annotated[int | None, typer.Option(metavar="N", help="Exit 3 when more records change.")] = None,
    json_file: Annotated[
        str | None, typer.Option("--json", metavar="FILE", help="Write counts and all cases here; - prints.")
    ] = None,
    markdown: Annotated[
        str | None, typer.Option(metavar="FILE", help="Write the tables as Markdown for a pull request; - prints.")
    ] = None,
) -> None:
    """Show the commitments that a new run gains, loses and changes, by the rules that decide."""
    from extractor import rendering
    from extractor.evaluation import BrokenSample, comparison, pairing, views
    from extractor.evaluation.runs import BrokenRun, read_run

    try:
        older, newer = read_run(base), read_run(new)
        found = comparison.compare(older, newer)
        tested = pairing.test(gold, older, newer) if gold else []
    except (BrokenRun, BrokenSample) as error:
        fail(str(error))
    grids = comparison.grids(found) + ([views.difference_grid(tested)] if tested else [])
    if "-" not in (json_file, markdown):
        show(*map(rendering.table, grids))
    if json_file:
        whole: dict[str, Any] = found.as_json() | ({"gold": {d.field: d.as_json() for d in tested}} if tested else {})
        deliver(json_file, json.dumps(whole, ensure_ascii=False, indent=1))
    if markdown:
        deliver(markdown, "\n\n".join(grid.markdown() for grid in grids))
    limits = (("lost", found.count("lost"), max_lost), ("changed", found.count("changed"), max_changed))
    missed(
        [
            f"{what}: {count} records, more than {most}"
            for what, count, most in limits
            if most is not None and count > most
        ]
    )
