"""`extractor annotations`: samples to annotation tools and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import TextFolders, fail, show_lines

NAMES = "label-studio, doccano, brat or docbin"
"""`annotation.TOOLS` in words, without importing what they need; a test compares the two."""
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Where the files go.")]


def export(
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of NAME.txt and NAME.json, drafts too.")],
    tool: Annotated[str, typer.Option("--to", metavar="TOOL", help=f"Which of {NAMES}.")],
    output: Output,
    texts: TextFolders = None,
) -> None:
    """Write annotated samples for an annotation tool."""
    from extractor import annotation, reading
    from extractor.evaluation import BrokenSample

    try:
        written = annotation.export(gold, known("--to", tool), output, texts or ())
    except (BrokenSample, reading.Unreadable) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror or error}")
    show_lines(map(str, written))


def bring_back(
    source: Annotated[Path, typer.Argument(metavar="FILE", help="What the tool exported: a file, or brat's folder.")],
    tool: Annotated[str, typer.Option("--from", metavar="TOOL", help=f"Which of {NAMES}.")],
    gold: Annotated[Path, typer.Option(metavar="GOLD_DIR", help="The folder that was exported: texts and samples.")],
    output: Output,
    texts: TextFolders = None,
) -> None:
    """Read what an annotation tool exported into samples."""
    from extractor import annotation, reading
    from extractor.evaluation import BrokenSample

    try:
        written = annotation.bring_back(source, known("--from", tool), gold, output, texts or ())
    except (BrokenSample, reading.Unreadable) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{output}: cannot be written: {error.strerror or error}")
    show_lines(map(str, written))


def known(option: str, tool: str) -> str:
    """The value of an option that names a tool."""
    from extractor import annotation

    if tool not in annotation.TOOLS:
        fail(f"{option} {tool}: choose from {', '.join(annotation.TOOLS)}")
    return tool
