"""`extractor export` and `extractor annotate`: a run as people left it, as outputs and as annotated samples."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from extractor.cli.console import SET_ASIDE, TextFolders, fail, show_lines
from extractor.cli.review import Run


def export(
    folder: Run,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="Where the files go.")],
    reviewed: Annotated[bool, typer.Option("--reviewed", help="As people left it in `extractor review`.")] = False,
    formats: Annotated[
        str, typer.Option(help="Which of csv, html, json, jsonl, xlsx, parquet, sqlite to write.")
    ] = "csv,json,jsonl",
    header: Annotated[Literal["en", "zh"], typer.Option(help="Language of the header rows of CSV files.")] = "en",
    texts: TextFolders = None,
) -> None:
    """Write a run anew: in other formats, or with what people decided."""
    from extractor.batch import WrongCall
    from extractor.review import desk, exporting
    from extractor.review.store import BrokenReview

    wanted = tuple(name.strip() for name in formats.split(",") if name.strip())
    try:
        with desk.opened(folder, texts or ()) as opened:
            done = exporting.export(opened, output, wanted, header, reviewed)
    except (BrokenReview, WrongCall) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror or error}")
    show_lines(map(str, done.files))
    undecided = f", {done.open:,} of them not decided" if reviewed else ""
    typer.echo(f"{done.commitments:,} commitments{undecided}", err=True)


def annotate(
    folder: Run,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="GOLD_DIR", help="Where the samples go.")],
    from_review: Annotated[
        bool, typer.Option("--from-review", help="What people decided in `extractor review` (needed).")
    ] = False,
    whole: Annotated[
        bool, typer.Option("--all", help="Texts in which something is open, too, as the machine has it.")
    ] = False,
    texts: TextFolders = None,
) -> None:
    """Write annotated samples: the texts all of whose commitments somebody decided on."""
    from extractor.batch import WrongCall
    from extractor.review import desk, gold
    from extractor.review.store import BrokenReview

    if not from_review:
        fail("annotate needs --from-review: samples are made of what people decided in `extractor review`")
    try:
        with desk.opened(folder, texts or ()) as opened:
            done = gold.annotate(opened, output, whole)
    except (BrokenReview, WrongCall) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror or error}")
    show_lines(map(str, done.written))
    if done.waiting:
        typer.echo(f"{done.waiting:,} texts left out in which something is open; --all takes them too", err=True)
    if done.undecided:
        typer.echo(f"{done.undecided:,} commitments stand as the machine has them; nobody decided on them", err=True)
    for reason in done.aside:
        typer.echo(f"set aside: {reason}", err=True)
    if done.aside:
        raise typer.Exit(SET_ASIDE)
