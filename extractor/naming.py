"""Everything that a text names: projects, places, organizations and documents, in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor import gazetteer, organizations, places, policies, projects
from extractor.records import Division
from extractor.rulebook import Rulebook

NameType = Literal["PROJECT", "LOCATION", "ORG", "POLICY"]


@dataclass(frozen=True, slots=True)
class Named:
    """A name of some type; `norm` is the division it is, all candidates where the text does not decide, or None.

    A project may have a `category`, and `first` is where the text names it first.
    """

    type: NameType
    start: int
    end: int
    rule: str
    norm: Division | tuple[Division, ...] | None = None
    category: str | None = None
    first: int | None = None


def find(view: str, rulebook: Rulebook, issuer: str | None) -> list[Named]:
    """All names in a view, by type and then in text order; names of different types may nest."""
    bodies = organizations.find(view, rulebook)
    spots = places.find(view, rulebook, issuer, bodies)
    return [
        *(Named("PROJECT", name.start, name.end, name.rule) for name in projects.find(view, rulebook)),
        *(Named("LOCATION", spot.start, spot.end, spot.rule, one_or_all(spot.divisions)) for spot in spots),
        *(Named("ORG", name.start, name.end, name.rule) for name in bodies),
        *(Named("POLICY", name.start, name.end, name.rule) for name in policies.find(view, rulebook)),
    ]


def one_or_all(found: Sequence[gazetteer.Division]) -> Division | tuple[Division, ...] | None:
    """The division that a place is, or all that it may be."""
    divisions = tuple(map(as_record, found))
    return divisions[0] if len(divisions) == 1 else divisions or None


def as_record(found: gazetteer.Division) -> Division:
    """A division as records carry it."""
    others = tuple(map(as_record, found.others))
    return Division(code=found.code, path=found.path, table=found.table, date=found.date, others=others)
