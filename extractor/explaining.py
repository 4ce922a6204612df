"""Why each clause got its role: what an analyst argues with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc

from extractor import arbiter, rulebook
from extractor.roles import Role

NETWORK = "network"
"""The name under which the network has its say."""
COMMITTING = ("verb.", "tense.future", "tense.plan_time", "tense.again", "strength.")
CONTEXT = (
    "doc.",
    "stance.",
    "settled.",
    "tag.",
    "at.",
    "is.",
    "closes.",
    "has.",
    "figure.",
    "pledge.",
    "enumerated",
    "gives.",
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """One clause: its words, its role, the row that decided, the rules that fired, and what surrounds it.

    `near_miss` says of an `other` clause that it carries marks of a commitment. Where the arbiter overruled the decision
    table, `reasons` are the facts that weighed most, with their weights, and what the network says for its role against the
    table's; `-1s:` is the clause before in the sentence.
    """

    text: str
    start: int
    end: int
    role: Role
    rule: str
    fired: tuple[str, ...]
    context: tuple[str, ...]
    near_miss: bool
    reasons: tuple[tuple[str, float], ...]
    opens_paragraph: bool


def explain(doc: Doc) -> list[Explanation]:
    """Every clause of a processed document in text order; offsets are those of the raw text."""
    found = []
    for (clause, verdict), reasons in zip(zip(doc._.clauses, doc._.verdicts, strict=True), reasoned(doc), strict=True):
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
                reasons=reasons,
                opens_paragraph=clause.opens_line,
            )
        )
    return found


def reasoned(doc: Doc) -> Iterator[tuple[tuple[str, float], ...]]:
    """Why the arbiter overruled the decision table, clause by clause; empty where it did not."""
    path = rulebook.load().arbiter
    seen = doc._.clauses, [verdict.known for verdict in doc._.verdicts], doc._.wordings
    advised = arbiter.load(path).roles.advice(*seen) if path else ()
    for number, (attributes, verdict) in enumerate(zip(arbiter.attributes_of(*seen), doc._.verdicts, strict=True)):
        if path is None or not verdict.rule.startswith("arbiter."):
            yield ()
        else:
            given = next(fact for fact in verdict.facts if fact.startswith("gives.")).removeprefix("gives.")
            reasons = arbiter.load(path).roles.reasons(attributes, verdict.role, given)
            said = [(NETWORK, advised[number][verdict.role] - advised[number][given])] if advised else []
            yield (*reasons, *said)
