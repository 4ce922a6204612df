"""Why each clause got its role: what an analyst argues with."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc

from extractor.roles import Role

COMMITTING = ("verb.", "tense.future", "tense.plan_time", "tense.again", "strength.")
CONTEXT = ("doc.", "stance.", "settled.", "tag.", "at.", "is.", "closes.", "has.", "figure.", "pledge.", "enumerated")


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clause: its words, its role, the row that decided, the rules that fired, and what surrounds it.

    `near_miss` says of an `other` clause that it carries marks of a commitment.
    """

    text: str
    start: int
    end: int
    role: Role
    rule: str
    fired: tuple[str, ...]
    context: tuple[str, ...]
    near_miss: bool
    opens_paragraph: bool


def explain(doc: Doc) -> list[Explanation]:
    """Every clause of a processed document in text order; offsets are those of the raw text."""
    found = []
    for clause, verdict in zip(doc._.clauses, doc._.verdicts, strict=True):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        fired = tuple(sorted(fact for fact in verdict.facts if not fact.startswith(CONTEXT)))
        found.append(
            Explanation(
                text=doc._.text.printed[clause.start : clause.end],
                start=start,
                end=end,
                role=verdict.role,
                rule=verdict.rule,
                fired=fired,
                context=tuple(sorted(fact for fact in verdict.facts if fact.startswith(CONTEXT))),
                near_miss=verdict.role == "other" and any(fact.startswith(COMMITTING) for fact in fired),
                opens_paragraph=clause.opens_line,
            )
        )
    return found
