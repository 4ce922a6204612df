"""Tables of words and figures before anybody lays them out: for the terminal, or as Markdown for pull requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grid:
    """A titled table; the first `words` columns hold words, the others figures."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    words: int = 1

    def markdown(self) -> str:
        r"""The table in GitHub's Markdown, with its title as heading.

        >>> print(Grid("Scores", ("field", "F1"), [("a|b", "0.5")]).markdown())
        ### Scores
        <BLANKLINE>
        | field | F1 |
        |---|---:|
        | a\|b | 0.5 |
        """
        rule = ["---"] * self.words + ["---:"] * (len(self.columns) - self.words)
        lines = [line(self.columns), "|" + "|".join(rule) + "|", *map(line, self.rows)]
        return "\n".join([f"### {self.title}", "", *lines])


def line(cells: Sequence[str]) -> str:
    """One row; what would end a cell or a row is escaped."""
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def escaped(text: str) -> str:
    """Words of a text as they are, whatever Markdown or HTML would make of them."""
    plain = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for sign in "\\`*_|[]":
        plain = plain.replace(sign, "\\" + sign)
    return plain
