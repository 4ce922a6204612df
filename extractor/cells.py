"""How the cells of a row are got from a record: paths to fields, lists joined, norms in one cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import Literal

from extractor.records import Commitment, Division, Entity, EntityType

Cell = str | int | None

LIST = "；"
"""Between the members of a list."""
ALTERNATIVE = "｜"
"""Between divisions that a place name may mean, where the text does not decide."""
PATH = " > "
"""Between headings, from the outside in."""


def joined(values: Iterable[str | None], sign: str = LIST) -> str | None:
    """The values that are not empty, in order; None where there are none."""
    return sign.join(value for value in values if value) or None


def field(path: str) -> Callable[[object], Cell]:
    """The field at a dotted path, None where a step of it is None."""
    names = path.split(".")

    def value(row: object) -> Cell:
        for name in names:
            row = None if row is None else getattr(row, name)
        if row is not None and not isinstance(row, (str, int)):
            raise TypeError(f"{path} is no cell; give the field inside it")
        return row

    return value


def bodies(part: Literal["lead", "partners"]) -> Callable[[Commitment], Cell]:
    """Who leads or assists."""
    return lambda c: joined(getattr(c.responsible, part)) if c.responsible else None


def texts(kind: EntityType) -> Callable[[Commitment], Cell]:
    """The texts of the entities of one type."""
    return lambda c: joined(e.text for e in c.entities if e.type == kind)


def norms(kind: EntityType) -> Callable[[Commitment], Cell]:
    """The norms of the entities of one type, in the order of their texts; `?` stands for one without."""

    def value(c: Commitment) -> Cell:
        found = [norm(e) for e in c.entities if e.type == kind]
        return joined(n or "?" for n in found) if any(found) else None

    return value


def norm(entity: Entity) -> str | None:
    """An entity's norm in one cell: as it is, or the division with its code, or all divisions it may mean."""
    if entity.norm is None or isinstance(entity.norm, str):
        return entity.norm
    return joined((f"{division.code} {division.path}" for division in divisions(entity)), ALTERNATIVE)


def divisions(entity: Entity) -> Sequence[Division]:
    """The division or divisions that a place may be; empty for other entities."""
    if isinstance(entity.norm, Division):
        return (entity.norm,)
    return entity.norm if isinstance(entity.norm, tuple) else ()


def sole(entity: Entity, name: Literal["code", "path", "table", "date"]) -> str | None:
    """A field of the division that a place is, None where it is none or may be several."""
    found = divisions(entity)
    return str(getattr(found[0], name)) if len(found) == 1 else None


def number(text: str) -> float:
    """A decimal or fraction (`2.5`, `1/3`) as the nearest binary number; NaN where there is none, as in `1/0`."""
    above, _, below = text.partition("/")
    try:
        return float(Fraction(text)) if below else float(above)
    except (ArithmeticError, ValueError):
        return float("nan")


def other_codes(entity: Entity) -> str | None:
    """The codes of the division that a place is in the other tables, each with its table."""
    found = divisions(entity)
    return joined(f"{other.code} {other.table}" for other in found[0].others) if len(found) == 1 else None


def fields(c: Commitment) -> Cell:
    """The other columns of the row that a text was read from."""
    return joined(f"{name}={value}" for name, value in c.document.fields.items())
