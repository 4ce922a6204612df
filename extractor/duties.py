"""The responsibility notes of a processed text, one by one: who leads, who assists, by when, and what each covers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc

from extractor import covering, pipeline, responsibility, rulebook
from extractor.records import Span
from extractor.responsibility import Note
from extractor.scene import Scene


class Duty(BaseModel):
    """A note, or with `parsed` false a stretch that looks like one; offsets are code points of the raw text."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str
    text: str
    start: int
    end: int
    parsed: bool
    lead: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    deadline: str | None = None
    rule: str | None = None
    commitments: tuple[Span, ...] = ()
    """The heads of the commitments that the note covers, in text order."""


def duties(doc: Doc) -> list[Duty]:
    """Every note of a processed document in text order, those that could not be parsed too."""
    scene = pipeline.scene(doc, rulebook.load())
    covered: dict[Note, list[int]] = {note: [] for note in (*scene.notes, *scene.allotted.values())}
    for number, verdict in enumerate(scene.verdicts):
        if verdict.role == "commitment" and (note := covering.note_over(number, scene)):
            covered.setdefault(note, []).append(number)
    found = [parsed(note, heads, scene) for note, heads in covered.items()]
    found += [stretch(start, end, scene) for start, end in responsibility.unparsed(scene.text.folded, scene.notes)]
    return sorted(found, key=lambda duty: duty.start)


def counts(found: Sequence[Duty]) -> dict[str, int]:
    """How many notes there are, how many were parsed and how many not."""
    read = sum(duty.parsed for duty in found)
    return {"notes": len(found), "parsed": read, "unparsed": len(found) - read}


def parsed(note: Note, heads: Iterable[int], scene: Scene) -> Duty:
    """A note that the rules read, with the clauses that it covers."""
    due = covering.due(note, scene)
    return stretch(note.start, note.end, scene).model_copy(
        update={
            "parsed": True,
            "lead": note.lead,
            "partners": note.partners,
            "deadline": due.norm if due else None,
            "rule": note.rule,
            "commitments": tuple([span(scene.clauses[head].start, scene.clauses[head].end, scene) for head in heads]),
        }
    )


def stretch(start: int, end: int, scene: Scene) -> Duty:
    """A part of the text that nothing is known of but its place."""
    return Duty(source=scene.given.source, parsed=False, **span(start, end, scene).model_dump())


def span(start: int, end: int, scene: Scene) -> Span:
    """A part of the healed text with its raw offsets."""
    first, last = scene.text.raw_span(start, end)
    return Span(text=scene.text.printed[start:end], start=first, end=last)
