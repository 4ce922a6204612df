"""Everything that a text names: projects, places, organizations and documents, in one list."""

from __future__ import annotations

from dataclasses import dataclass

from extractor import organizations, places, policies, projects
from extractor.records import Division, EntityType
from extractor.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Named:
    """A name of some type; `norm` is the division it is, all candidates where the text does not decide, or None."""

    type: EntityType
    start: int
    end: int
    rule: str
    norm: Division | tuple[Division, ...] | None = None


def find(view: str, rulebook: Rulebook, issuer: str | None) -> list[Named]:
    """All names in a view, by type and then in text order; names of different types may nest."""
    bodies = organizations.find(view, rulebook)
    spots = places.find(view, rulebook, issuer, bodies)
    return [
        *(Named("PROJECT", name.start, name.end, name.rule) for name in projects.find(view, rulebook)),
        *(Named("LOCATION", spot.start, spot.end, spot.rule, linked(spot)) for spot in spots),
        *(Named("ORG", name.start, name.end, name.rule) for name in bodies),
        *(Named("POLICY", name.start, name.end, name.rule) for name in policies.find(view, rulebook)),
    ]


def linked(place: places.Place) -> Division | tuple[Division, ...] | None:
    """The division that a place is, or all that it may be."""
    divisions = tuple(Division(code=d.code, path=d.path, table=d.table, date=d.date) for d in place.divisions)
    return divisions[0] if len(divisions) == 1 else divisions or None
