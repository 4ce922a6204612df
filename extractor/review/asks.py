"""What the API takes, as Pydantic models. Offsets are code points of the raw text, half open."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from extractor.records import EntityType, Kind, Specificity, Strength

MOST_MARKS = 500
"""Clauses or entities of one commitment."""
LONGEST = 100_000_000
"""Code points: no offset is larger."""
Place = Annotated[int, Field(ge=0, le=LONGEST)]
Count = Annotated[int, Field(ge=0, le=LONGEST)]
Words = Annotated[str, StringConstraints(max_length=2000)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class Taken(BaseModel):
    """Base of what is sent: a misspelt field is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stretch(Taken):
    """A stretch of the raw text; its words are not needed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    start: Place
    end: Place


class Linked(Taken):
    """A division by its code; what else a record says of it is not needed."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: Words


class Marked(Stretch):
    """An entity. Without a norm it keeps the one it has, or gets the one that the machine reads.

    The norm of a LOCATION is the code of a division, or one of the candidates; null takes the norm away.
    """

    type: EntityType
    norm: Words | Linked | tuple[Linked, ...] | None = None


class Due(Taken):
    """A deadline."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: Words
    start_date: dt.date | None = None
    end_date: dt.date | None = None

    @model_validator(mode="after")
    def in_order(self) -> Due:
        """The days are in order."""
        if self.start_date and self.end_date and self.start_date > self.end_date:
            raise ValueError("start_date lies behind end_date")
        return self


class Bodies(Taken):
    """Who leads and who assists."""

    lead: Annotated[tuple[Said, ...], Field(max_length=MOST_MARKS)] = ()
    partners: Annotated[tuple[Said, ...], Field(max_length=MOST_MARKS)] = ()


class Changes(Taken):
    """What a person corrects; what is not named stays as it is. Text and offsets are computed here."""

    head: Stretch | None = None
    lead_ins: Annotated[tuple[Stretch, ...], Field(max_length=MOST_MARKS)] | None = None
    tails: Annotated[tuple[Stretch, ...], Field(max_length=MOST_MARKS)] | None = None
    kind: Kind | None = None
    strength: Strength | None = None
    specificity: Specificity | None = None
    actor: Words | None = None
    action: Words | None = None
    object: Words | None = None
    topic: Words | None = None
    responsible: Bodies | None = None
    deadline: Due | None = None
    entities: Annotated[tuple[Marked, ...], Field(max_length=MOST_MARKS)] | None = None
    note: Words | None = None


class Addition(Changes):
    """A commitment that was missed; what is not named is what the machine makes of the words."""

    source: Words
    head: Stretch


class Verdict(Taken):
    """A decision on the case as its `version` was seen.

    `accept`: what is shown holds. `adopt`: the machine's record of this run holds. `reject`: it is no commitment.
    `correct`: with `changes`, it holds.
    """

    version: Count
    action: Literal["accept", "adopt", "reject", "correct"]
    changes: Changes | None = None
    note: Words | None = None


class Seen(Taken):
    """The version of a case that somebody has seen."""

    version: Count


class Reviewer(Taken):
    """Who decides."""

    name: Name


class Trying(Taken):
    """A pattern to try, as rules have them: `⟨words/NAME⟩` stands for a word list."""

    pattern: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    unless: Annotated[tuple[Said, ...], Field(max_length=50)] = ()
    on: Literal["corpus", "run"] = "run"


class Pasted(Taken):
    """A text to extract from; date and issuer where the caller knows them."""

    text: Annotated[str, StringConstraints(max_length=LONGEST)]
    date: dt.date | None = None
    issuer: Words | None = None
