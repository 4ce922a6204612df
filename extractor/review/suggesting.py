"""What the machine makes of words that a person marks: the pipeline is told the roles and does the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile

from spacy.tokens import Doc

from extractor.evaluation.spans import Marked
from extractor.pipeline import STAGES
from extractor.records import Commitment
from extractor.roles import Role, Verdict
from extractor.rulebook import Rulebook

AFTER_ROLES = list(dropwhile(lambda name: name != "promised", STAGES))
"""The stages behind the verdicts."""


def suggested(
    doc: Doc, head: Marked, lead_ins: Sequence[Marked], tails: Sequence[Marked], book: Rulebook
) -> Commitment | None:
    """The record that the machine makes of a marked head, in whose surroundings the marked clauses have the roles of their marks.

    `doc` is changed: its stages behind the verdicts are run anew. Borders are those of clauses, which a person's may not be.
    None where no clause stands at the head.
    """
    roles = dict(told(doc, head, lead_ins, tails))
    at = next((number for number, role in roles.items() if role == "commitment"), None)
    if at is None:
        return None
    doc._.verdicts = [
        Verdict(roles[number], "", verdict.known) if number in roles else verdict
        for number, verdict in enumerate(doc._.verdicts)
    ]
    for name in AFTER_ROLES:
        doc._.set(name, STAGES[name](doc, book))
    clause = doc._.clauses[at]
    start, _ = doc._.text.raw_span(clause.start, clause.end)
    record: Commitment = next(record for record in doc._.commitments if record.head.start == start)
    return record.model_copy(update={"rules": tuple(filter(None, record.rules))})


def told(doc: Doc, head: Marked, lead_ins: Sequence[Marked], tails: Sequence[Marked]) -> Iterator[tuple[int, Role]]:
    """The clauses that marks touch, by number, with their roles; of a head over several clauses the others are tails."""
    marks: list[tuple[Marked, Role]] = [
        (head, "commitment"),
        *((each, "lead-in") for each in lead_ins),
        *((each, "tail") for each in tails),
    ]
    headed = False
    for number, clause in enumerate(doc._.clauses):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        role = next((role for mark, role in marks if start < mark.end and mark.start < end), None)
        if role == "commitment" and headed:
            role = "tail"
        if role:
            yield number, role
        headed = headed or role == "commitment"
