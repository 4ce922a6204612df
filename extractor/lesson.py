"""What one annotated window teaches the models of roles and of kinds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from extractor import arbiter
from extractor.clauses import Clause
from extractor.wording import Wording


@dataclass(frozen=True, slots=True)
class Lesson:
    """Clauses of one annotated window, what is known of each, and the label it should be given.

    `unlike` says that it is unlike the texts to come, such as a text made up to hold many names.
    """

    name: str
    unlike: bool = False
    clauses: list[Clause] = field(default_factory=list)
    facts: list[int] = field(default_factory=list)
    wordings: list[Wording] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, clause: Clause, facts: int, wording: Wording, label: str) -> None:
        """Add a clause."""
        self.clauses.append(clause)
        self.facts.append(facts)
        self.wordings.append(wording)
        self.labels.append(label)

    def sequences(self) -> Iterator[tuple[list[list[str]], list[str]]]:
        """What the model sees of each clause, and the labels, a paragraph at a time."""
        seen = list(arbiter.attributes_of(self.clauses, self.facts, self.wordings))
        first = 0
        for length in arbiter.chains(self.clauses):
            yield seen[first : first + length], self.labels[first : first + length]
            first += length
