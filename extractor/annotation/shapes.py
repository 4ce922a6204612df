"""What the annotations of a sample must be like, whatever its text: keys, labels, order, nesting, norms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from itertools import pairwise

from extractor.evaluation.samples import CONTENT, KINDS, ROLES, STRENGTHS, TYPES, Sample

Complaint = tuple[int | None, str]
"""Where (a code point of the text, None for the whole sample) and what."""

CLAUSE = {"start", "end", "role", "text", "kind", "enumerator", "strength", "deadline"}
ENTITY = {"start", "end", "type", "text", "norm", "code"}
"""The keys of a mark."""
NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
QUANTITY_NORM = re.compile(
    rf"(?:(?P<comparator>>=|<=|[=<>~]) )?(?:(?P<value>{NUMBER}|[0-9]+/[0-9]+)|(?P<low>{NUMBER})\.\.(?P<high>{NUMBER}))(?: (?P<unit>\S+))?"
)
DAY = r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2})"
TIME_NORM = re.compile(rf"(?P<start>{DAY}|\.\.)/(?P<end>{DAY}|\.\.)")


def keys(sample: Sample) -> Iterator[Complaint]:
    """Unknown keys."""
    for name, known in (("clauses", CLAUSE), ("entities", ENTITY)):
        for mark in sample[name]:
            for key in sorted(mark.keys() - known):
                yield mark["start"], f"unknown key {key!r} in {name}"


def spans(sample: Sample) -> Iterator[Complaint]:
    """Spans that hold nothing, lie outside the window, or whose words begin or end with white space."""
    low, high = sample["annotated"]
    for mark in (*sample["clauses"], *sample["entities"]):
        if not low <= mark["start"] < mark["end"] <= high:
            yield mark["start"], f"the span {mark['start']} to {mark['end']} does not lie in the window {low} to {high}"
        words = mark.get("text", "x")
        if words != words.strip() or not words:
            yield mark["start"], f"{words!r} has white space at its ends, or nothing in it"


def labels(sample: Sample) -> Iterator[Complaint]:
    """Unknown roles, kinds, strengths and types; kinds and codes where they do not belong."""
    for clause in sample["clauses"]:
        if clause["role"] not in ROLES:
            yield clause["start"], f"unknown role {clause['role']!r}; roles are {', '.join(ROLES)}"
        if "kind" in clause and clause["role"] != "commitment":
            yield clause["start"], f"only commitments have a kind, no {clause['role']}"
        if clause.get("kind", KINDS[0]) not in KINDS:
            yield clause["start"], f"unknown kind {clause['kind']!r}; kinds are {', '.join(KINDS)}"
        if clause.get("strength", STRENGTHS[0]) not in STRENGTHS:
            yield clause["start"], f"unknown strength {clause['strength']!r}; strengths are {', '.join(STRENGTHS)}"
    for entity in sample["entities"]:
        if "code" in entity and entity["type"] != "LOCATION":
            yield entity["start"], f"only places carry the code of a division, no {entity['type']}"
        if entity["type"] not in TYPES:
            yield entity["start"], f"unknown type {entity['type']!r}; types are {', '.join(TYPES)}"


def order(sample: Sample) -> Iterator[Complaint]:
    """Clauses that overlap or are out of order."""
    for before, after in pairwise(sample["clauses"]):
        if before["end"] > after["start"]:
            yield after["start"], f"the clause overlaps the one at {before['start']}, or should stand before it"


def in_order(sample: Sample) -> list[Sample]:
    """The entities by where they begin, then by where they end."""
    return sorted(sample["entities"], key=lambda mark: (mark["start"], mark["end"]))


def nesting(sample: Sample) -> Iterator[Complaint]:
    """Entities outside commitments, lead-ins and tails, and those that cross."""
    inside = [(clause["start"], clause["end"]) for clause in sample["clauses"] if clause["role"] in CONTENT]
    for mark in sample["entities"]:
        if not any(start <= mark["start"] and mark["end"] <= end for start, end in inside):
            yield mark["start"], f"{mark['type']} lies in no commitment, lead-in or tail"
    for mark, other in overlapping(sample):
        if mark["start"] < other["start"] and mark["end"] < other["end"]:
            yield other["start"], f"{other['type']} crosses the {mark['type']} at {mark['start']}"


def overlapping(sample: Sample) -> Iterator[tuple[Sample, Sample]]:
    """Pairs of entities that share characters."""
    marks = in_order(sample)
    for number, mark in enumerate(marks, 1):
        for other in marks[number:]:
            if other["start"] >= mark["end"]:
                break
            yield mark, other


def tidiness(sample: Sample) -> Iterator[Complaint]:
    """Entities that are not sorted, those in another of their type, and spans that are marked twice."""
    for before, after in pairwise(sample["entities"]):
        if (before["start"], before["end"]) > (after["start"], after["end"]):
            yield after["start"], "out of order: entities are sorted by where they begin, then by where they end"
    for mark, other in overlapping(sample):
        if (mark["start"], mark["end"]) == (other["start"], other["end"]):
            yield other["start"], f"marked twice: {mark['type']} and {other['type']}"
        elif mark["type"] == other["type"]:
            yield other["start"], f"{other['type']} overlaps another of its type at {mark['start']}"


def norms(sample: Sample) -> Iterator[Complaint]:
    """Norms and deadlines that are missing, ill formed, or where none belongs.

    A sample without words has none, nor need one that says `"norms_marked": false`.
    """
    wanted = sample.get("norms_marked", True)
    for clause in sample["clauses"]:
        due = clause.get("deadline")
        if due is not None and not well_formed_interval(due):
            yield clause["start"], f"{due!r} is no deadline; write it as '../2019-12-31', or null for none"
    for entity in sample["entities"]:
        norm, kind = entity.get("norm"), entity["type"]
        if kind == "QUANTITY" and (norm or (wanted and "text" in entity)) and not well_formed_quantity(norm or ""):
            yield entity["start"], f"{norm!r} is no norm of a quantity; write it as '>= 40000 平方米'"
        elif kind == "TIME" and norm is not None and not well_formed_interval(norm):
            yield entity["start"], f"{norm!r} is no norm of a time; write it as '../2019-12-31'"
        elif kind not in ("QUANTITY", "TIME") and norm is not None:
            yield entity["start"], f"only quantities and times carry a norm, no {kind}"


def well_formed_quantity(norm: str) -> bool:
    """Whether a norm is a comparator, a value or a range from low to high, and a unit."""
    found = QUANTITY_NORM.fullmatch(norm)
    return bool(found and (found["low"] is None or Decimal(found["low"]) < Decimal(found["high"])))


def well_formed_interval(norm: str) -> bool:
    """Whether a norm is two days in order, of which one may be open."""
    found = TIME_NORM.fullmatch(norm)
    try:
        days = [date.fromisoformat(day) for day in found.groups() if day != ".."] if found else []
    except ValueError:
        return False
    return bool(days) and days == sorted(days)


Check = Callable[[Sample], Iterator[Complaint]]
FAULTS: tuple[Check, ...] = (keys, spans, labels, order, nesting, norms)
"""What must not be."""
WARNINGS: tuple[Check, ...] = (tidiness,)
"""What scores can live with."""
