"""Lists of conditions, papers or cases that a colon announces: what stands in them is no measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.clauses import Clause, sentences
from extractor.facts import BITS
from extractor.outline import style

ANNOUNCES = BITS["formula.list"]
COLONS = ("：", ":")


def listed(clauses: Sequence[Clause], cues: Sequence[int]) -> Iterator[int]:
    """The clauses of lists of conditions, papers or cases that a colon announces (`应当具备下列条件：（一）…；（二）…`).

    A list goes on with its sentence and with the enumerated ones behind it whose enumerator stands inside the announcer's.
    """
    inside = False
    outer: int | None = None
    for first, stop in sentences(clauses):
        level = style(clauses[first].enumerator)
        inside = inside and level is not None and (outer is None or level > outer)
        if not inside:
            outer, names = level, False
        for number in range(first, stop):
            if inside:
                yield number
            elif cues[number] & ANNOUNCES:
                names = True
            if not inside and names and clauses[number].closer in COLONS:
                inside = True
