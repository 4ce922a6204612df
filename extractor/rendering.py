"""What the command line shows, as tables and coloured lines; it prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from extractor.batch import Summary
    from extractor.evaluation import Report
    from extractor.explaining import Explanation
    from extractor.mistakes import Record

SHOWN = ("files", "characters", "pledges", "commitments", "done_with_warnings", "set_aside")
"""The counts of a run that its table shows."""
STYLES = {"commitment": "bold green", "lead-in": "cyan", "tail": "blue", "heading": "bold", "other": "dim"}


def summary_table(summary: Summary) -> Table:
    """Files, characters, pledges, commitments, set aside, seconds."""
    table = Table()
    for name in SHOWN:
        table.add_column(name.replace("_", " "), justify="right")
    table.add_column("seconds", justify="right")
    table.add_row(*(f"{summary.counts[name]:,}" for name in SHOWN), f"{summary.seconds:,.1f}")
    return table


def explanation_lines(found: Sequence[Explanation]) -> Iterator[Text]:
    """One line a clause; an empty one between paragraphs."""
    for item in found:
        if item.opens_paragraph:
            yield Text()
        line = Text(f"{item.start:>6} ")
        line.append(f"{item.role:<10} ", STYLES[item.role])
        line.append(item.text, STYLES[item.role])
        line.append(f"  {item.rule}", "yellow")
        line.append("  near miss" if item.near_miss else "", "magenta")
        line.append("".join(f"  {name} {weight:+.2f}" for name, weight in item.reasons), "yellow")
        line.append(f"  {' '.join(item.fired)}  [{' '.join(item.context)}]", "dim")
        yield line


def document_table(report: Report) -> Table:
    """Heads and content of every document."""
    table = Table("document", "heads F1", "P", "R", "content F1")
    for name, scores in report.documents.items():
        heads = scores["heads"]
        numbers = (heads.f1, heads.precision, heads.recall, scores["content"].f1)
        table.add_row(name, *(f"{number:.3f}" for number in numbers))
    return table


def field_table(report: Report) -> Table:
    """Every field over all documents."""
    table = Table("field", "P", "R", "F1", "correct", "found", "wanted")
    for name, score in report.total.items():
        shares = (score.precision, score.recall, score.f1)
        counted = (score.correct, score.found, score.wanted)
        table.add_row(name, *(f"{share:.4f}" for share in shares), *map(str, counted))
    return table


def mistake_lines(records: Sequence[Record]) -> Iterator[Text]:
    """Every deciding rule that erred, with its precision, and below it the clauses it erred on."""
    for record in records:
        if not record.mistakes:
            continue
        yield Text()
        right = record.decided - len(record.mistakes)
        yield Text(f"{record.rule}  precision {record.precision:.3f}  ({right} of {record.decided} right)", "bold")
        for mistake in record.mistakes:
            line = Text(f"  {mistake.document}:{mistake.start}  ", "dim")
            line.append(f"{mistake.given}, not {mistake.wanted}: ", STYLES[mistake.wanted])
            line.append(mistake.text)
            yield line
