"""What may have been missed, and what may have been taken by mistake: the clauses that a reader should look at first.

A clause with cues of a commitment (a rule of intention, of strength, or of a committing verb fired in it) and in no
record may be missed; a record whose head carries none may be a mistake. Each is ranked by how near the trained arbiter
came to deciding otherwise: what it scores the other reading above the one that was given, in thousandths of a weight,
neighbours counted in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from spacy.tokens import Doc

from extractor import arbiter, rulebook
from extractor.explaining import COMMITTING
from extractor.grids import Grid

What = Literal["missed", "mistaken"]
TITLES: dict[What, str] = {"missed": "Clauses with cues and no record", "mistaken": "Records without a cue"}


@dataclass(frozen=True, slots=True)
class Suspect:
    """A clause to look at; `start` is a code point of the source, `rank` is higher the more there is to suspect."""

    what: What
    source: str
    start: int
    text: str
    rule: str
    cues: tuple[str, ...]
    rank: int

    def as_json(self) -> dict[str, Any]:
        """All that is known of it."""
        return {name: getattr(self, name) for name in Suspect.__slots__}


def audit(doc: Doc) -> Iterator[Suspect]:
    """The suspects of a processed document, in text order: clauses of role `other` with a cue, and heads without one."""
    for clause, verdict, margin in zip(doc._.clauses, doc._.verdicts, margins(doc), strict=True):
        cues = tuple(sorted(fact for fact in verdict.facts if fact.startswith(COMMITTING)))
        if verdict.role not in ("other", "commitment") or bool(cues) == (verdict.role == "commitment"):
            continue
        what: What = "missed" if cues else "mistaken"
        start, _ = doc._.text.raw_span(clause.start, clause.end)
        text = doc._.text.printed[clause.start : clause.end]
        yield Suspect(what, doc._.given.source, start, text, verdict.rule, cues, margin if cues else -margin)


def margins(doc: Doc) -> list[int]:
    """What the arbiter scores each clause as a commitment above what it scores it as no content; 0 without a model."""
    path = rulebook.load().arbiter
    if path is None or not doc._.clauses:
        return [0] * len(doc._.clauses)
    model = arbiter.load(path).roles
    scores = model.scores(doc._.clauses, [verdict.known for verdict in doc._.verdicts], doc._.wordings)
    lead = scores[:, model.labels.index("commitment")] - scores[:, model.labels.index("other")]
    return [round(value) for value in lead.tolist()]


def ranked(suspects: Sequence[Suspect]) -> list[Suspect]:
    """Missed before mistaken, the most suspect first; those of one rank in the order of the texts."""
    return sorted(suspects, key=lambda s: (s.what != "missed", -s.rank, s.source, s.start))


def grids(suspects: Sequence[Suspect], most: int) -> list[Grid]:
    """The first suspects of each sort, in the order in which they are given."""
    tables = []
    for what, title in TITLES.items():
        found = [suspect for suspect in suspects if suspect.what == what]
        rows = [(f"{s.source}:{s.start}", s.text, s.rule, " ".join(s.cues), str(s.rank)) for s in found[:most]]
        if rows:
            name = f"{title}: {len(rows)} of {len(found)}"
            tables.append(Grid(name, ("where", "clause", "decided by", "cues", "rank"), rows, words=4))
    return tables
