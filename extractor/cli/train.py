"""`extractor train`: the models anew from annotated samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import TextFolders, fail, show_lines


def train(
    folders: Annotated[list[Path], typer.Argument(metavar="GOLD_DIR...", help="Folders of NAME.txt and NAME.json.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where the weights go.")] = None,
    texts: TextFolders = None,
    familiar: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="A folder the rules were written on: names are learnt there without them."),
    ] = None,
    unlike: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="DIR",
            help="A folder of samples unlike the texts to come: to the networks they count half or less, and for names a model with and one without them are averaged.",
        ),
    ] = None,
    only: Annotated[str | None, typer.Option(metavar="MODEL", help="roles (and kinds) or names; else both.")] = None,
    leave_out: Annotated[int, typer.Option(metavar="FOLDS", help="Only print scores on documents left out.")] = 0,
) -> None:
    """Train the arbiter of roles and the model of names, each with its network, on annotated samples (needs the extra `train`)."""
    from extractor import evaluation, rulebook

    if only not in (None, "roles", "names"):
        fail(f"--only {only}: write roles or names")
    target = output or rulebook.default_folder() / "arbiter.json"
    try:
        from extractor import training, tutoring

        if only != "names":
            show_lines(training.trained(folders, texts or (), unlike or (), leave_out, target))
        if only != "roles":
            names = target.with_name("names.json")
            show_lines(tutoring.trained(folders, texts or (), familiar or (), unlike or (), leave_out, names))
    except (evaluation.BrokenSample, rulebook.RuleError) as error:
        fail(str(error))
    except ModuleNotFoundError:
        fail('what trains the models is not installed; pip install "commitment-extractor[train]"')
