"""The public contract: what a run writes, as Pydantic models.

All offsets are code points into the decoded source (`raw`), half open, so that `raw[start:end]` is the
printed text. Dates are ISO 8601. Numbers are exact decimals written as strings, never binary floats.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = "1.0"

Kind = Literal["action", "target", "directive"]
Strength = Literal["firm", "planned", "aspirational", "exploratory"]
EntityType = Literal["PROJECT", "LOCATION", "ORG", "QUANTITY", "TIME", "POLICY"]
Specificity = Literal[1, 2, 3]
Measure = Literal["level", "increase", "decrease", "rate", "share", "count", "rank"]
"""The state reached, by how much it changes, a rate, a share of a whole, a number of things, a place in a ranking."""
Basis = Literal["explicit", "inherited", "document_year"]


class Record(BaseModel):
    """Base of every record: immutable, and a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Span(Record):
    """A stretch of the source: `raw[start:end]` is `text` before page breaks were healed."""

    text: str
    start: int
    end: int


class Document(Record):
    """What the caller, the container or the text says of the document; null where none does.

    `fields` are the other columns of the table's row that the text was read from.
    """

    title: str | None = None
    date: str | None = None
    issuer: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)


class Locator(Record):
    """Where a person finds the head of a commitment in the file: numbers count from 1, null where a file has none.

    `paragraph` is in a plain text its line. `row` is the row of a table as it is shown, header included. `cell` is named as in
    a spreadsheet (`B3`, in a document `table 2 B3`). `member` is the path inside an archive.
    """

    page: int | None = None
    paragraph: int | None = None
    row: int | None = None
    cell: str | None = None
    member: str | None = None


class Speech(Record):
    """One speech of a source that may hold several; `index` counts from 0."""

    index: int
    title: str | None = None
    speaker: str | None = None
    position: str | None = None
    organization: str | None = None


class Pledge(Record):
    """The enumerated item (一是 …, （二）…) that a commitment stands under."""

    id: str
    label: str
    ordinal: int | None
    title: str


class Responsible(Record):
    """Who leads and who assists, from a responsibility note (…牵头，…配合)."""

    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()


class Deadline(Record):
    """By when. `basis` tells whether the clause itself, a lead-in or heading, or the year or years that the document plans for say so."""

    text: str
    start_date: str | None
    end_date: str | None
    basis: Basis


class Division(Record):
    """An administrative division: a code means something only with its table and date.

    `others` is the same division in the other tables that have it.
    """

    code: str
    path: str
    table: str
    date: str
    others: tuple[Division, ...] = ()


class Entity(Record):
    """A named or measured thing inside a commitment.

    `norm` is the guide's canonical string for QUANTITY (`>= 40000 平方米`) and TIME (`../2019-12-31`), a
    division or all candidate divisions for LOCATION, else null. A PROJECT may have a `category` (road, water, housing, …,
    see `rules/category.toml`); its mentions in one document share a `project_id`.
    """

    type: EntityType
    text: str
    start: int
    end: int
    norm: str | Division | tuple[Division, ...] | None = None
    comparator: str | None = None
    value: str | None = None
    upper: str | None = None
    unit: str | None = None
    indicator: str | None = None
    base: str | None = None
    category: str | None = None
    project_id: str | None = None
    measure: Measure | None = None


class Commitment(Record):
    """One thing that the text's own side undertakes to do, reach or have done."""

    schema_version: str = SCHEMA_VERSION
    id: str
    source: str
    source_sha256: str
    locator: Locator | None = None
    document: Document
    speech: Speech | None
    section: tuple[str, ...]
    pledge: Pledge | None
    text: str
    start: int
    end: int
    head: Span
    lead_ins: tuple[Span, ...]
    tails: tuple[Span, ...]
    kind: Kind
    strength: Strength
    specificity: Specificity
    actor: str | None
    action: str | None
    object: str | None
    responsible: Responsible | None
    deadline: Deadline | None
    topic: str | None
    topics: tuple[str, ...] = ()
    """All topics, the best first; `topic` is the first."""
    entities: tuple[Entity, ...]
    rules: tuple[str, ...]
    review: str | None
