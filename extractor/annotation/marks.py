"""Samples as tools see them: a text with labelled spans, and back.

Tools count characters each in their way: JavaScript in UTF-16 units, some in grapheme clusters, Python in code points.
`plain` makes a text of the same length in which every character counts as one in all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from extractor.evaluation.samples import KINDS, ROLES, TYPES, BrokenSample, Sample

STAND_IN = "〓"
"""The printers' mark for a character that is not at hand."""
JOINED = {"Mn", "Me", "Mc", "Cf"}
"""Categories of characters that join the one before into one grapheme cluster (Unicode Standard Annex 29)."""
JAMO = re.compile("[\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff\u0e33\u0eb3]")
BREAKS = {"Cc", "Zl", "Zp"}
LABELS = (*(f"commitment_{kind}" for kind in KINDS), *(role for role in ROLES if role != "commitment"), *TYPES)
"""What tools are told: roles of clauses, a commitment with its kind, and types of entities."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A labelled span, half open, in code points of the decoded text."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a sample of this name marks in its text; `draft` where nobody has corrected it."""

    name: str
    raw: str
    marks: tuple[Mark, ...]
    draft: bool


def page(name: str, sample: Sample, raw: str) -> Page:
    """A sample of this name as tools see it."""
    marks = (Mark(mark["start"], mark["end"], label(mark)) for mark in chain(sample["clauses"], sample["entities"]))
    return Page(name, raw, tuple(marks), bool(sample.get("draft")))


def label(mark: Sample) -> str:
    """The label of an annotated clause or entity.

    >>> label({"role": "commitment", "kind": "target"}), label({"role": "tail"}), label({"type": "ORG"})
    ('commitment_target', 'tail', 'ORG')
    """
    name = str(mark.get("role") or mark.get("type"))
    return f"{name}_{mark['kind']}" if name == "commitment" else name


def put_back(sample: Sample, raw: str, marks: Iterable[Mark]) -> Sample:
    """`sample` with these marks in place of its own; what it said of a span with the same label is kept.

    White space at the ends of a span, which is easily selected by mistake, is left out.

    Raises:
        BrokenSample: a span lies outside the text, or its label is unknown.
    """
    known = {(m["start"], m["end"], label(m)): m for m in chain(sample["clauses"], sample["entities"])}
    clauses: list[Sample] = []
    entities: list[Sample] = []
    for mark in sorted({trimmed(mark, raw, sample["doc"]) for mark in marks}, key=lambda m: (m.start, m.end, m.label)):
        if mark.start < mark.end:
            old = known.get((mark.start, mark.end, mark.label))
            (entities if mark.label in TYPES else clauses).append(old or made(mark, raw))
    return {**sample, "clauses": clauses, "entities": entities}


def trimmed(mark: Mark, raw: str, doc: str) -> Mark:
    """A mark without white space at its ends."""
    if mark.label not in LABELS:
        raise BrokenSample(f"{doc}: unknown label {mark.label!r} at {mark.start}; labels are {', '.join(LABELS)}")
    if not 0 <= mark.start <= mark.end <= len(raw):
        raise BrokenSample(
            f"{doc}: {mark.label} from {mark.start} to {mark.end} lies outside its {len(raw)} characters"
        )
    words = raw[mark.start : mark.end]
    start = mark.start + len(words) - len(words.lstrip())
    return Mark(start, start + len(words.strip()), mark.label)


def made(mark: Mark, raw: str) -> Sample:
    """The clause or entity that a new mark makes."""
    name, _, kind = mark.label.partition("_")
    place: Sample = {"start": mark.start, "end": mark.end}
    said = {"type": name} if name in TYPES else {"role": name}
    return place | said | {"text": healed(raw[mark.start : mark.end])} | ({"kind": kind} if kind else {})


def healed(text: str) -> str:
    """A text without page and line breaks and the white space around them."""
    return re.sub(r"\s*\n\s*", "", text)


def plain(raw: str) -> str:
    """A text of as many code points in which each counts as one character everywhere.

    Characters outside the BMP and such as join with others become 〓, line breaks other than line feeds and other
    control characters become spaces, and white space at both ends, which some tools cut off, becomes 〓.

    >>> plain(" 𠮷林镇👍🏻好\\r\\n再会")
    '〓〓林镇〓〓好 \\n再会'
    """
    simple = "".join(map(simplified, raw))
    inner = simple.strip()
    if not inner:
        return STAND_IN * len(raw)
    front = len(simple) - len(simple.lstrip())
    return STAND_IN * front + inner + STAND_IN * (len(raw) - front - len(inner))


def simplified(character: str) -> str:
    """One character that counts as one."""
    category = unicodedata.category(character)
    if character > "\uffff" or category in JOINED or category == "Cs" or JAMO.match(character):
        return STAND_IN
    return " " if category in BREAKS and character != "\n" else character
