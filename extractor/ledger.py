"""The commitments of one or more texts, and the two verbs of the library that make them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from extractor import pipeline
from extractor.reading.source import Source
from extractor.records import Commitment
from extractor.scene import Given

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True)
class Ledger:
    """Commitments in text order."""

    commitments: tuple[Commitment, ...]

    def to_json(self, indent: int | None = None) -> str:
        """A JSON array of the records, Chinese as it is."""
        records = (record.model_dump_json(indent=indent) for record in self.commitments)
        return "[" + ",\n".join(records) + "]"

    def to_frame(self, table: str = "commitments") -> pandas.DataFrame:
        """One row a commitment, or of the table `entities` or `pledges`, with the columns of the CSV file of that name.

        Text is `str`, dates are timestamps, closed lists categories, whole numbers `Int64`, decimals `float64`.

        Raises:
            KeyError: there is no such table.
        """
        from extractor.writing.frame import frame

        return frame(self.commitments, table)


def extract(text: str, *, date: dt.date | str | None = None, issuer: str | None = None, source: str = "-") -> Ledger:
    """The commitments of a text.

    Args:
        text: the text as it is; offsets in the records are code points of it.
        date: the document's date, where the caller knows it (ISO 8601 as a string); relative times refer to it.
        issuer: who issues the text; places are linked in its light.
        source: what the records name as their source.

    Raises:
        ValueError: `date` is a string but no ISO date.
    """
    day = dt.date.fromisoformat(date) if isinstance(date, str) else date
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Ledger(tuple(process(text, Given(source, digest, day, issuer))._.commitments))


def from_source(
    source: Source,
    date: dt.date | None = None,
    issuer: str | None = None,
    arbiter: bool = True,
    title: str | None = None,
) -> Doc:
    """The processed document of a source that was read from a file; the caller's word counts before the file's."""
    said = dt.date.fromisoformat(source.date) if source.date else None
    given = Given(
        source.name,
        source.sha256,
        date or said,
        issuer or source.issuer,
        title or source.title,
        source.fields,
        source.places,
    )
    return process(source.raw, given, arbiter)


def process(raw: str, given: Given, arbiter: bool = True) -> Doc:
    """Run all stages over a raw text; every stage's findings stand in `doc._`."""
    nlp = pipeline.load(arbiter=arbiter)
    doc = nlp.make_doc(raw)
    doc._.given = given
    return nlp(doc)
