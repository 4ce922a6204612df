"""What the API gives, as Pydantic models. Offsets are code points of the raw text, half open; moments are UTC."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from extractor.records import Commitment, EntityType, Kind, Locator, Strength
from extractor.review.case import Outcome, State
from extractor.roles import Role


class Given(BaseModel):
    """Base of what is answered."""

    model_config = ConfigDict(frozen=True)


class Row(Given):
    """A case in a list."""

    id: str
    source: str
    ordinal: int
    text: str
    kind: Kind
    strength: Strength
    topic: str | None
    review: str | None
    state: State
    version: int


class Rows(Given):
    """Some cases of `total`."""

    total: int
    cases: list[Row]


class Past(Given):
    """A decision in the history of a case; `n` is the version it made."""

    n: int
    who: str
    when: str
    action: str
    note: str | None


class Neighbours(Given):
    """The cases before and after in the same document."""

    before: str | None
    after: str | None


class Shown(Given):
    """A case: `record` is what holds now, `was` the machine's record in this run."""

    id: str
    record: Commitment
    was: Commitment | None
    state: State
    outcome: Outcome | None
    version: int
    locator: Locator | None
    neighbours: Neighbours
    history: list[Past]


class Overview(Given):
    """A run and how far its review has come; `to_review` are the open and the changed cases."""

    folder: str
    version: str
    rules: str
    documents: int
    commitments: int
    decided: int
    to_review: int
    states: dict[State, int]
    reviewer: str


class Document(Given):
    """A text of the run."""

    source: str
    title: str | None
    characters: int | None
    cases: int
    open: int


class Clause(Given):
    """A clause with its role by today's rules."""

    start: int
    end: int
    role: Role
    kind: Kind | None = None
    rule: str


class Thing(Given):
    """An entity in a text."""

    type: EntityType
    start: int
    end: int


class Stretched(Given):
    """A stretch in a text."""

    start: int
    end: int


class Placed(Given):
    """A case in its text."""

    id: str
    state: State
    kind: Kind
    start: int
    end: int
    head: Stretched
    lead_ins: list[Stretched]
    tails: list[Stretched]
    entities: list[Thing]


class Text(Given):
    """A text with its clauses and cases; without the text itself where it is not at hand, with the reason in `missing`."""

    source: str
    text: str | None
    missing: str | None
    clauses: list[Clause]
    cases: list[Placed]


class Lists(Given):
    """The closed lists, for menus."""

    kinds: list[str]
    strengths: list[str]
    types: list[str]
    roles: list[str]
    topics: list[str]


class Ruled(Given):
    """A rule: `matches` are the run's records in which it had a hand; `precision` is the share of those decided in which it was right."""

    id: str
    family: str
    description: str | None
    matches: int
    accepted: int
    corrected: int
    rejected: int
    precision: float | None


class RulePage(Ruled):
    """A rule with its words, its own examples (`⟦…⟧` marks a hit) and the first records in which it had a hand."""

    pattern: str | None
    unless: list[str]
    conditions: dict[str, list[str]]
    positive: list[str]
    negative: list[str]
    known_gap: list[str]
    cases: list[Row]


class Hit(Given):
    """A hit of a pattern with what stands around it."""

    source: str
    start: int
    end: int
    before: str
    text: str
    after: str


class Tried(Given):
    """The first hits of a pattern, of `total` in so many texts."""

    matches: list[Hit]
    total: int
    texts: int
    seconds: float


class Extracted(Given):
    """What a text or the texts of a file hold; `text` is what offsets refer to, null where there are several."""

    texts: int
    text: str | None
    commitments: list[Commitment]
    warnings: list[str]


class Problem(Given):
    """Why a call cannot be carried out, in one line, and which field is to blame."""

    detail: str
    field: str | None = None
