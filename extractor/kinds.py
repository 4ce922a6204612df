"""What kind of commitment each head is: the decision table reads it, the trained arbiter has the last word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from extractor import arbiter
from extractor.clauses import Clause
from extractor.facts import BITS
from extractor.inheritance import Inherited
from extractor.records import Kind
from extractor.rulebook import Decision
from extractor.scene import Scene
from extractor.tables import table
from extractor.wording import Wording


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of the heads of a document, and the row of `rules/kind.toml` that each falls under."""

    clauses: Sequence[Clause]
    facts: Sequence[int]
    wordings: Sequence[Wording]
    rows: Sequence[Decision]


def case(heads: Mapping[int, Inherited], scene: Scene) -> Case:
    """The heads (by clause number, with what they take over) as table and arbiter see them."""
    known = [scene.verdicts[head].known | before.facts for head, before in heads.items()]
    rows = table(scene.book, "kind").read(known)
    return Case(
        [scene.clauses[head] for head in heads],
        [facts | BITS[row.id] for facts, row in zip(known, rows, strict=True)],
        [scene.wordings[head] for head in heads],
        rows,
    )


def decide(heads: Mapping[int, Inherited], scene: Scene) -> list[tuple[Kind, str]]:
    """Each head's kind, and the row that says so: the table's, or `arbiter.KIND` where the model overrules it."""
    found = case(heads, scene)
    given = [row.gives for row in found.rows]
    path = scene.book.arbiter
    judged = arbiter.load(path).kinds.decide(found.clauses, found.facts, found.wordings) if path else given
    return [
        (cast(Kind, kind), row.id if kind == row.gives else f"arbiter.{kind}")
        for kind, row in zip(judged, found.rows, strict=True)
    ]
