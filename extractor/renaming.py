"""The last word on names: the trained model keeps, drops and adds to what the rules found.

A name that the rules found where the model has it too keeps its rule; one that the model alone has names `arbiter.TYPE`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor import clues, gazetteer, lexicon, namer, naming, places
from extractor.clues import Clues
from extractor.lexicon import Lexicon
from extractor.matching import CLAUSE
from extractor.names import Name
from extractor.naming import Named
from extractor.pieces import Piece, Stretch, of_clause
from extractor.rulebook import Rulebook
from extractor.segmentation import Words

RULE = "arbiter."
LOCATION = "LOCATION"


@dataclass(frozen=True, slots=True)
class Case:
    """What the model reads of some clauses: the pieces of each, and their clues."""

    clauses: Sequence[Sequence[Piece]]
    clues: Sequence[Clues]
    lexicon: Lexicon


def arbitrated(view: str, words: Words, found: Sequence[Named], rulebook: Rulebook, issuer: str | None) -> list[Named]:
    """The names in a view; `found` are those that the rules found, and all there are where no model is at hand."""
    path = rulebook.namer
    if path is None:
        return list(found)
    read = case(view, words, found, rulebook)
    known = {(name.type, name.start, name.end): name for name in found}
    given = namer.load(path).names(read.clauses, read.clues, read.lexicon)
    settled = [known.get(span) or Named(*span, RULE + span[0]) for span in given]
    return list(linked(view, settled, found, rulebook, issuer))


def case(view: str, words: Words, found: Sequence[Named], rulebook: Rulebook, hidden: bool = False) -> Case:
    """What the model reads of a view; where `hidden`, the names that the rules found are kept from it."""
    book = lexicon.load(rulebook)
    clauses = [match.span() for match in CLAUSE.finditer(view)]
    full = gazetteer.load(rulebook.folder / "places").find(view)
    divisions = held(full, clauses)
    names = sorted(found, key=lambda name: (name.start, name.end))
    hits: list[list[int]] = [[] for _ in clauses] if hidden else held([(n.start, n.end) for n in names], clauses)
    cut, seen = [], []
    for clause, near, inside in zip(clauses, hits, divisions, strict=True):
        here, spans = [names[number] for number in near], [full[number] for number in inside]
        borders = {place for name in here for place in (name.start, name.end)}.union(*spans)
        pieces = of_clause(words, clause, sorted(borders), book)
        cut.append(pieces)
        seen.append(clues.of_clause(pieces, None if hidden else here, spans, book))
    return Case(cut, seen, book)


def held(spans: Sequence[Stretch], clauses: Sequence[Stretch]) -> list[list[int]]:
    """The numbers of the spans that lie in each clause."""
    starts = [start for start, _ in clauses]
    found: list[list[int]] = [[] for _ in clauses]
    for number, (start, end) in enumerate(spans):
        place = bisect_right(starts, start) - 1
        if place >= 0 and end <= clauses[place][1]:
            found[place].append(number)
    return found


def linked(
    view: str, settled: Sequence[Named], found: Sequence[Named], rulebook: Rulebook, issuer: str | None
) -> Iterator[Named]:
    """The names, those places that the model added with the division that they are or all that they may be.

    Where a place that the rules found ends where an added one does, both are the same division: 江苏省滨河县 and 滨河县.
    """
    spots = [name for name in settled if name.type == LOCATION]
    spelled = [Name(name.start, name.end, name.rule) for name in found if name.type == LOCATION]
    resolved = places.resolved(view, [Name(n.start, n.end, n.rule) for n in spots], spelled, rulebook, issuer)
    norms = {(spot.start, spot.end): norm for spot, norm in zip(spots, resolved, strict=True)}
    ends = {name.end: name.norm for name in found if name.type == LOCATION}
    for name in settled:
        if name.type == LOCATION and name.rule.startswith(RULE):
            yield replace(name, norm=naming.one_or_all(norms[name.start, name.end]) or ends.get(name.end))
        else:
            yield name
