"""What the command line shows, as tables and coloured lines; it prints nothing itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from extractor.batch import Summary
    from extractor.duties import Duty
    from extractor.evaluation.mistakes import Record
    from extractor.explaining import Explanation
    from extractor.grids import Grid

SHOWN = {
    "files": "files",
    "characters": "characters",
    "pledges": "pledges",
    "commitments": "commitments",
    "done_with_warnings": "warnings",
    "set_aside": "set aside",
}
"""The counts of a run that its table shows, each with its header: short, so that 80 columns hold them all."""
STYLES = {"commitment": "bold green", "lead-in": "cyan", "tail": "blue", "heading": "bold", "other": "dim"}


def summary_table(summary: Summary) -> Table:
    """Files, characters, pledges, commitments, set aside, seconds."""
    table = Table()
    for header in SHOWN.values():
        table.add_column(header, justify="right")
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


def duty_lines(found: Sequence[Duty]) -> Iterator[Text]:
    """One line a note with what was read from it, and below it the commitments that it covers."""
    for duty in found:
        line = Text(f"{duty.source}:{duty.start}  ", "dim")
        line.append("" if duty.parsed else "UNPARSED  ", "bold red")
        line.append(" ".join(duty.text.split()))
        if duty.parsed:
            line.append(f"  lead: {'、'.join(duty.lead)}", "green")
            line.append(f"  partners: {'、'.join(duty.partners)}" if duty.partners else "", "cyan")
            line.append(f"  deadline: {duty.deadline}" if duty.deadline else "", "magenta")
            line.append(f"  {duty.rule}", "yellow")
        yield line
        yield from (Text(f"    {span.text}") for span in duty.commitments)


def table(grid: Grid) -> Table:
    """Words to the left, figures to the right."""
    laid = Table(title=grid.title, title_justify="left")
    for number, column in enumerate(grid.columns):
        laid.add_column(column, justify="left" if number < grid.words else "right", overflow="fold")
    for row in grid.rows:
        laid.add_row(*map(Text, row))
    return laid


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
