"""All that the stages found in one document, side by side: what records are assembled from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Protocol, TypeVar

from extractor.clauses import Clause
from extractor.horizon import Horizon
from extractor.matching import Match
from extractor.naming import Named
from extractor.normalisation import Text
from extractor.outline import Outline
from extractor.periods import Period
from extractor.quantities import Quantity
from extractor.reading.source import Place
from extractor.responsibility import Note
from extractor.roles import Verdict
from extractor.rulebook import Rulebook
from extractor.segmentation import Words
from extractor.wording import Wording


class Spanned(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int:
        """First code point."""

    @property
    def end(self) -> int:
        """After the last code point."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller, or the file that it was read from, knows of a text besides its characters."""

    source: str = "-"
    sha256: str = ""
    date: date | None = None
    issuer: str | None = None
    title: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    places: Sequence[Place] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything the stages before found in one document; spans are code points of its healed text.

    `strengths` and `things` (figures, times, names) are lists by clause number; `periods` are all times in text order;
    `allotted` is what tables say of tasks in their rows, by clause number; `borders` is where headings begin,
    `dues` the clauses that label a line as one that says by when.
    """

    given: Given
    text: Text
    view: str
    clauses: Sequence[Clause]
    outline: Outline
    strengths: Sequence[Sequence[Match]]
    things: Sequence[Sequence[Quantity | Period | Named]]
    periods: Sequence[Period]
    notes: Sequence[Note]
    allotted: Mapping[int, Note]
    borders: Sequence[int]
    dues: Sequence[int]
    verdicts: Sequence[Verdict]
    words: Words
    wordings: Sequence[Wording]
    horizon: Horizon
    book: Rulebook


S = TypeVar("S", bound=Spanned)


def outside(things: Iterable[S], others: Iterable[Spanned]) -> list[S]:
    """The figures or times that are no part of others, such as names: 三道 in 三道堰 counts nothing."""
    spans = sorted((other.start, other.end) for other in others)
    starts = [start for start, _ in spans]
    farthest = [0, *accumulate((end for _, end in spans), max)]
    return [thing for thing in things if farthest[bisect_right(starts, thing.start)] < thing.end]


def by_clause(clauses: Sequence[Clause], things: Iterable[S]) -> list[list[S]]:
    """Things by the number of the clause that holds them whole; what crosses a border is left out."""
    starts = [clause.start for clause in clauses]
    found: list[list[S]] = [[] for _ in clauses]
    for thing in things:
        number = bisect_right(starts, thing.start) - 1
        if number >= 0 and thing.end <= clauses[number].end:
            found[number].append(thing)
    return found
