"""The command line: the only modules that print or exit, one a command.

Exit status: 0 all read; 1 some inputs were set aside; 2 the call itself was wrong; 3 a gate was missed.
"""

from __future__ import annotations

import gc
import os
from typing import Annotated

import typer

from extractor.cli.annotations import bring_back
from extractor.cli.annotations import export as export_samples
from extractor.cli.audit import audit
from extractor.cli.compare import compare
from extractor.cli.corpus import agree
from extractor.cli.corpus import check as check_corpus
from extractor.cli.evaluate import evaluate
from extractor.cli.explain import explain
from extractor.cli.export import annotate, export
from extractor.cli.notes import notes
from extractor.cli.review import review
from extractor.cli.rules import check, schema
from extractor.cli.run import run
from extractor.cli.train import train

app = typer.Typer(
    help="Reads Chinese government texts and writes down what the government says it will do.",
    epilog="Example: extractor run corpus -o outputs/latest",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(
    help="The rules in rules/*.toml and their examples.",
    epilog="Example: extractor rules check",
    no_args_is_help=True,
)
annotations_app = typer.Typer(
    help="Annotated samples to annotation tools and back.",
    epilog="Example: extractor annotations export corpus --to brat -o tasks",
    no_args_is_help=True,
)
corpus_app = typer.Typer(
    help="Whether annotated samples hold.",
    epilog="Example: extractor corpus check corpus",
    no_args_is_help=True,
)
app.add_typer(rules_app, name="rules")
app.add_typer(annotations_app, name="annotations")
app.add_typer(corpus_app, name="corpus")


@app.callback(invoke_without_command=True)
def root(version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False) -> None:
    """Reads Chinese government texts and writes down what the government says it will do."""
    if version:
        from extractor import __version__

        typer.echo(__version__)
        raise typer.Exit


app.command(epilog="Example: extractor run speeches/ report.txt -o outputs/latest --date 2019-04-20")(run)
app.command(epilog="Example: extractor explain speech.txt | less -R")(explain)
app.command(epilog="Example: extractor evaluate corpus --fail-under heads=0.80,LOCATION=0.70")(evaluate)
app.command(epilog="Example: extractor notes plan.txt --json > notes.json")(notes)
app.command(epilog="Example: extractor compare outputs/before outputs/after --gold corpus --max-lost 20")(compare)
app.command(epilog="Example: extractor audit speeches --most 20")(audit)
app.command(epilog="Example: extractor review outputs/latest")(review)
app.command(epilog="Example: extractor export outputs/latest --reviewed -o outputs/reviewed")(export)
app.command(epilog="Example: extractor annotate outputs/latest --from-review -o gold")(annotate)
app.command(epilog="Example: extractor schema > commitment.schema.json")(schema)
app.command(epilog="Example: extractor train ../gold corpus --familiar ../gold")(train)
rules_app.command(epilog="Example: extractor rules check")(check)
annotations_app.command(epilog="Example: extractor annotations export corpus --to label-studio -o tasks")(
    export_samples
)
annotations_app.command(
    "import",
    epilog="Example: extractor annotations import export.json --from label-studio --gold corpus -o corrected",
)(bring_back)
corpus_app.command("check", epilog="Example: extractor corpus check corpus --strict")(check_corpus)
corpus_app.command(epilog="Example: extractor corpus agree first second --json -")(agree)


def main() -> None:
    """Entry point of the `extractor` command.

    Start-up makes half a million objects that all stay; collection would only walk them. It starts with the second file.
    The arbiter's matrices are small: threads for them would only wait for one another.
    """
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    app(prog_name="extractor")
