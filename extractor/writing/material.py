"""What the writers are given."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractor.records import Commitment


def no_text(source: str) -> str | None:
    """The text of a source where none is at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Material:
    """The result of a run.

    `commitments` can be gone through as often as a writer asks, one at a time, so that a run need not fit into memory.
    `text` gives the decoded text of a source by the name that records carry, None where it is not at hand.
    `stored` gives the commitments as JSON Lines, `printed` the rows of a table as its CSV file holds them, both some at a
    time, where they are at hand in that form.
    """

    commitments: Iterable[Commitment]
    text: Callable[[str], str | None] = no_text
    stored: Callable[[], Iterable[str]] | None = None
    printed: Callable[[str], Iterable[str]] | None = None

    @property
    def lines(self) -> Iterable[str]:
        """All commitments as JSON Lines, some at a time."""
        return self.stored() if self.stored else (record.model_dump_json() + "\n" for record in self.commitments)
