"""The entities that a person marks, each with the norm that it is given, has already, or that the machine reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from extractor import gazetteer, linking, periods, quantities, rulebook
from extractor.annotation.shapes import QUANTITY_NORM, well_formed_interval, well_formed_quantity
from extractor.cells import divisions
from extractor.naming import as_record, one_or_all
from extractor.records import Commitment, Division, Entity, Span
from extractor.review.asks import Linked, Marked

Read = Callable[[Commitment], Commitment]
"""Gives what the machine makes of the clauses of a record."""


class BadNorm(ValueError):
    """A norm that the type of an entity does not take; says why in one line."""


def entity(mark: Marked, place: Span, old: Entity | None, record: Commitment, read: Read) -> Entity:
    """The entity of a mark.

    Args:
        place: the words that are marked.
        old: the same mark in the record as it was.
        read: gives what the machine reads in the record.

    Raises:
        BadNorm: the norm does not go with the type, or a quantity has none.
    """
    found = old or by_machine(mark, place, record, read)
    if "norm" in mark.model_fields_set:
        found = with_norm(found, mark)
    if mark.type == "QUANTITY" and not isinstance(found.norm, str):
        raise BadNorm(f"{place.text!r} is no quantity that can be read; give its norm, written as '>= 40000 平方米'")
    return found


def by_machine(mark: Marked, place: Span, record: Commitment, read: Read) -> Entity:
    """What the machine makes of a mark: what it reads there, else what it makes of the words alone."""
    wanted = (mark.type, place.start, place.end)
    if known := next((each for each in read(record).entities if (each.type, each.start, each.end) == wanted), None):
        return known
    bare = Entity(type=mark.type, text=place.text, start=place.start, end=place.end)
    if mark.type == "QUANTITY":
        whole = next((q for q in quantities.extract(place.text) if q.text == place.text), None)
        return measured(bare, whole.norm) if whole else bare
    if mark.type == "TIME":
        day = date.fromisoformat(record.document.date) if record.document.date else None
        time = next((p for p in periods.extract(place.text, day) if p.text == place.text), None)
        return bare.model_copy(update={"norm": time.norm if time else None})
    if mark.type == "LOCATION":
        known_places = gazetteer.load(rulebook.load().folder / "places")
        (candidates,) = linking.resolve([place.text], record.document.issuer, known_places)
        return bare.model_copy(update={"norm": one_or_all(candidates)})
    return bare


def with_norm(found: Entity, mark: Marked) -> Entity:
    """An entity with the norm that a person gives it."""
    norm = mark.norm
    if mark.type == "LOCATION":
        return found.model_copy(update={"norm": linked(found, norm)})
    if norm is None:
        return found.model_copy(update={"norm": None})
    if mark.type == "QUANTITY" and isinstance(norm, str) and well_formed_quantity(norm):
        return measured(found, norm)
    if mark.type == "TIME" and isinstance(norm, str) and well_formed_interval(norm):
        return found.model_copy(update={"norm": norm})
    forms = {"QUANTITY": "'>= 40000 平方米'", "TIME": "'../2019-12-31'"}
    if mark.type in forms:
        raise BadNorm(f"{norm!r} is no norm; write it as {forms[mark.type]}")
    raise BadNorm(f"only quantities, times and places carry a norm, no {mark.type}")


def measured(found: Entity, norm: str) -> Entity:
    """A quantity with a norm and its parts."""
    parts = QUANTITY_NORM.fullmatch(norm)
    assert parts, norm
    said = {"comparator": parts["comparator"] or "=", "value": parts["value"] or parts["low"], "upper": parts["high"]}
    return found.model_copy(update={"norm": norm, "unit": parts["unit"], **said})


def linked(found: Entity, norm: str | Linked | tuple[Linked, ...] | None) -> Division | tuple[Division, ...] | None:
    """The division or divisions that a person links a place to: among its candidates, else by code in the tables."""
    if norm is None or isinstance(norm, str):
        return division(norm, found) if norm else None
    if isinstance(norm, Linked):
        return division(norm.code, found)
    several = tuple(division(each.code, found) for each in norm)
    return several[0] if len(several) == 1 else several or None


def division(code: str, found: Entity) -> Division:
    """The division of a code."""
    if candidate := next((each for each in divisions(found) if each.code == code), None):
        return candidate
    known = gazetteer.load(rulebook.load().folder / "places")
    table = next((table for table in known.tables if code in table.names), None)
    if table is None:
        raise BadNorm(f"{code!r} is no division's code; take one of the candidates")
    return as_record(known.division(code, table))
