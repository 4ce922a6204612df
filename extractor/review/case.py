"""What a person decides on: a commitment of the run beside what was decided about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from extractor.evaluation.comparison import differences
from extractor.records import Commitment

Action = Literal["accept", "adopt", "reject", "correct", "add", "undo"]
Outcome = Literal["accepted", "rejected", "corrected", "added"]
State = Literal["open", "accepted", "rejected", "corrected", "added", "changed", "undone"]
OUTCOMES: tuple[Outcome, ...] = ("accepted", "rejected", "corrected", "added")
NOT_COMPARED = {"review", "locator", "document"}
"""Fields beside those of `comparison.BOOKKEEPING` that make no other commitment."""


@dataclass(frozen=True, slots=True)
class Key:
    """What survives a re-run: the digest of the source and where the machine's head stands in its raw text."""

    sha256: str
    start: int
    end: int

    @property
    def id(self) -> str:
        """The key in one word."""
        return f"{self.sha256[:16]}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about a case, the `version`-th time; `number` counts all decisions of a run's folder.

    `record` is what holds from here on and `machine` what the machine's record was, as JSON says it; `outcome` is None
    where everything was undone. `under` is the version that an undo goes back to, 0 being none. `moment` is UTC.
    """

    key: Key
    version: int
    action: Action
    outcome: Outcome | None
    record: Commitment
    machine: dict[str, Any] | None
    who: str
    moment: str
    note: str | None = None
    under: int = 0
    number: int = 0


@dataclass(slots=True)
class Case:
    """A commitment to decide on: the machine's record in this run, those of copies of its text, and the last decision.

    `ordinal` counts the cases of a document from 1, `document` the documents of a run from 0.
    """

    key: Key
    machine: Commitment | None = None
    copies: tuple[Commitment, ...] = ()
    decision: Decision | None = None
    document: int = 0
    ordinal: int = 0
    changed: bool = False

    @property
    def version(self) -> int:
        """How often something was decided."""
        return self.decision.version if self.decision else 0

    @property
    def outcome(self) -> Outcome | None:
        """What was decided, None where nothing stands."""
        return self.decision.outcome if self.decision else None

    @property
    def state(self) -> State:
        """Where the case stands; `changed` is what was decided on another record than this run's."""
        if self.changed:
            return "changed"
        return self.outcome or ("open" if self.machine else "undone")

    @property
    def record(self) -> Commitment:
        """What holds now: the person's where something was decided, but the machine's newest where that was a no."""
        decided = self.decision.record if self.decision else None
        if self.machine and (self.outcome in (None, "rejected") or decided is None):
            return self.machine
        assert decided is not None, self.key
        return decided

    @property
    def stands(self) -> bool:
        """Whether it is a commitment by what is known now."""
        return self.state != "undone" and self.outcome != "rejected"

    def decide(self, decision: Decision) -> None:
        """Take over a decision."""
        self.decision = decision
        self.changed = is_changed(decision, self.machine)


def is_changed(decision: Decision, machine: Commitment | None) -> bool:
    """Whether a run's record is neither the one that was decided on nor what the person made of it.

    A no is about the head alone: whatever else is said of the same words, or if they are found no more, it stands.
    """
    if decision.outcome is None:
        return False
    if decision.outcome == "rejected":
        return machine is not None and (machine.head.start, machine.head.end) != (decision.key.start, decision.key.end)
    if machine is None:
        return decision.machine is not None
    now = machine.model_dump(mode="json")
    if decision.machine is not None and same(decision.machine, now):
        return False
    return not same(decision.record.model_dump(mode="json"), now)


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Whether two records, as JSON says them, say the same of the text."""
    left, right = (
        {name: value for name, value in each.items() if name not in NOT_COMPARED} for each in (first, second)
    )
    return next(differences(left, right), None) is None


def stretches(record: Commitment) -> Iterator[tuple[int, int]]:
    """Where the clauses of a record stand, the head first."""
    for span in (record.head, *record.lead_ins, *record.tails):
        yield span.start, span.end
