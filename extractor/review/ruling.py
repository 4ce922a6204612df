"""A rule's page: its words, its matches in the run, and how often people said that it was right."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from extractor.evaluation.samples import KINDS, TYPES
from extractor.review.answers import Ruled, RulePage
from extractor.review.case import Case, Decision
from extractor.review.desk import Desk, Shelf, Unknown
from extractor.review.views import listed, row
from extractor.rulebook import Row, Rule

MOST_CASES = 200
ABOUT = {
    "kind": "kind",
    "strength": "strength",
    "quantity": "QUANTITY",
    "period": "TIME",
    "place": "LOCATION",
    "project": "PROJECT",
    "org": "ORG",
    "policy": "POLICY",
}
"""What the rules of a family say something about: a field, or the entities of a type; all others give roles."""
ROLES = ("head", "lead_ins", "tails")


@dataclass(slots=True)
class Tally:
    """How often a rule had a hand in a record of the run, and what people said of those records."""

    matches: int = 0
    said: Counter[str] = field(default_factory=Counter)
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share of the decided ones in which what the rule says holds; None where nothing was decided."""
        total = self.said.total()
        return round(self.right / total, 4) if total else None


def tallies(shelf: Shelf) -> dict[str, Tally]:
    """The tally of every rule that had a hand in something."""
    found: dict[str, Tally] = defaultdict(Tally)
    for case in listed(shelf):
        for rule in case.machine.rules if case.machine else ():
            found[rule].matches += 1
        if case.decision and case.outcome and case.decision.machine:
            for rule in case.decision.machine["rules"]:
                found[rule].said[case.outcome] += 1
                found[rule].right += is_right(rule, case.decision, case.decision.machine)
    return found


def is_right(rule: str, decision: Decision, machine: dict[str, Any]) -> bool:
    """Whether a person left what a rule says as it was."""
    if decision.outcome == "rejected":
        return False
    now = decision.record.model_dump(mode="json")
    about = subject(rule)
    if about in TYPES:
        before, after = ([e for e in said["entities"] if e["type"] == about] for said in (machine, now))
        return before == after
    names = ROLES if about == "role" else (about,)
    return all(machine[name] == now[name] for name in names)


def subject(rule: str) -> str:
    """What a rule says something about: `role`, a field of a record, or a type of entities.

    >>> subject("roles.future"), subject("kind.action"), subject("arbiter.target"), subject("period.year"), subject("arbiter.ORG")
    ('role', 'kind', 'kind', 'TIME', 'ORG')
    """
    family, _, name = rule.partition(".")
    if family == "arbiter":
        return name if name in TYPES else "kind" if name in KINDS else "role"
    return ABOUT.get(family, "role")


def rules(desk: Desk) -> list[Ruled]:
    """Every rule that something can be said about: those of the rulebook, and what the trained models go by."""
    shelf = desk.fresh()
    counted = tallies(shelf)
    book = shelf.texts.book
    known: dict[str, Row] = {**book.rules, **book.decisions}
    return [ruled(rule, known.get(rule), counted.get(rule, Tally())) for rule in dict.fromkeys([*known, *counted])]


def ruled(rule: str, row: Row | None, tally: Tally) -> Ruled:
    """A rule in a list."""
    return Ruled(
        id=rule,
        family=rule.partition(".")[0],
        description=row.description if row else None,
        matches=tally.matches,
        accepted=tally.said["accepted"],
        corrected=tally.said["corrected"],
        rejected=tally.said["rejected"],
        precision=tally.precision,
    )


def rule_page(desk: Desk, rule: str) -> RulePage:
    """A rule with its examples and its first matches.

    Raises:
        Unknown: neither the rulebook nor the run knows it.
    """
    shelf = desk.fresh()
    book = shelf.texts.book
    known = book.rules.get(rule) or book.decisions.get(rule)
    matched: list[Case] = [case for case in listed(shelf) if case.machine and rule in case.machine.rules]
    if known is None and not matched:
        raise Unknown(f"{rule[:200]}: no such rule")
    head = ruled(rule, known, tallies(shelf).get(rule, Tally()))
    return RulePage(
        **head.model_dump(),
        pattern=known.source if isinstance(known, Rule) else None,
        unless=list(known.unless) if isinstance(known, Rule) else [],
        conditions=conditions(known) if known else {},
        positive=list(known.positive) if known else [],
        negative=list(known.negative) if known else [],
        known_gap=list(known.known_gap) if known else [],
        cases=list(map(row, matched[:MOST_CASES])),
    )


def conditions(known: Row) -> dict[str, list[str]]:
    """The facts that a row of a decision table asks for; nothing of a matcher."""
    return {name: list(facts) for name in ("all", "any", "none") if (facts := getattr(known, name, ()))}
