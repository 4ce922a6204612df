"""`extractor review`: a page on which a person says of every commitment of a run yes, no, or better."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import TextFolders, fail

Run = Annotated[Path, typer.Argument(metavar="DIR", help="A folder that `extractor run` wrote.")]


def review(
    folder: Run,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port of 127.0.0.1; 0 takes a free one.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    reviewer: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who decides; your login name by default.")
    ] = None,
    texts: TextFolders = None,
) -> None:
    """Review a run on a local web page; decisions are kept in DIR/review.sqlite."""
    from extractor.batch import WrongCall, settle
    from extractor.review import desk
    from extractor.review.store import BrokenReview
    from extractor.rulebook import RuleError

    try:
        from extractor.review import serving
    except ModuleNotFoundError as error:
        fail(f"{error.name} is not installed; pip install 'commitment-extractor[review]'")
    try:
        with desk.opened(folder, texts or ()) as opened, serving.listening(port) as socket:
            served = serving.Served(opened, socket, reviewer)
            typer.echo(served.address)
            settle()
            served.run(browse=not no_browser)
    except (BrokenReview, RuleError, WrongCall) as error:
        fail(str(error))
