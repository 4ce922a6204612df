"""Which responsibility note covers a commitment, and by when the note has it done."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from extractor import responsibility
from extractor.clauses import Clause
from extractor.enumerators import ordinal
from extractor.facts import BITS
from extractor.outline import Heading
from extractor.periods import Period
from extractor.responsibility import Note
from extractor.scene import Scene

LED = BITS["form.led"]
DUE_LABEL = re.compile(responsibility.DUE)
"""What stands before the colon of a line that says by when."""
START, PARAGRAPH = attrgetter("start"), attrgetter("paragraph")
PREAMBLE = 60
"""Clauses; running text above the items is seldom longer."""
REACH = 12
"""Clauses; who answers is seldom said farther before a commitment."""


def note_over(head: int, scene: Scene) -> Note | None:
    """What a table says beside it, or its own sentence before it; else the first note behind it, or in a heading above.

    The note behind stands before the next heading; where there is none, one right below the heading may stand before its
    tasks. One at the very beginning of the commitment's clause
    (…。（县水利局负责）同时修渠) closes the sentence before.
    """
    told = scene.allotted.get(head) or note_before(head, scene)
    if told or not scene.notes:
        return told
    start = scene.clauses[head].start
    number = bisect_right(scene.notes, start, key=lambda note: note.start)
    following = bisect_left(scene.borders, start)
    limit = scene.borders[following] if following < len(scene.borders) else len(scene.text.printed)
    if number < len(scene.notes) and scene.notes[number].start < limit:
        return None if is_preamble(head, scene.notes[number], scene) else scene.notes[number]
    above = scene.outline.places[head].headings
    return next((note for heading in reversed(above) if (note := note_in(heading, scene))), note_below(head, scene))


def share(note: Note | None, head: int, scene: Scene) -> Note | None:
    """A note without the bodies that answer for other items than that of a commitment: 市住建局（第4项）、市城管局（第5项）."""
    items = responsibility.items(scene.text.folded[note.start : note.end]) if note else {}
    above = (scene.clauses[number].enumerator for number in range(head, max(head - REACH, 0) - 1, -1))
    label = next(filter(None, above), "") if items else ""
    number = ordinal(label)
    if note is None or number is None or not any(number in numbers for numbers in items.values()):
        return note
    names = [name for name in (*note.lead, *note.partners) if number in items.get(name, {number})]
    lead = [name for name in names if name in note.lead] or names[:1]
    return replace(note, lead=tuple(lead), partners=tuple(name for name in names if name not in lead))


def is_preamble(head: int, note: Note, scene: Scene) -> bool:
    """Whether a commitment stands in running text above the items (`一、…。（县水利局负责）`) of which one has the note."""
    if scene.outline.places[head].headings:
        return False
    here = scene.clauses[head].paragraph
    opening = scene.clauses[bisect_left(scene.clauses, here, hi=head, key=PARAGRAPH)]
    below = bisect_left(scene.clauses, note.start, lo=head, hi=min(head + PREAMBLE, len(scene.clauses)), key=START)
    items = (clause for clause in scene.clauses[head + 1 : below] if clause.paragraph > here and clause.opens_line)
    return not opening.enumerator and any(clause.enumerator for clause in items)


def note_before(head: int, scene: Scene) -> Note | None:
    """Who answers by what precedes a commitment in its sentence: `县水利局牵头，各镇配合，新建泵站三座`."""
    led: list[Clause] = []
    for number in range(head - 1, max(head - REACH, 0) - 1, -1):
        clause = scene.clauses[number]
        if clause.sentence != scene.clauses[head].sentence:
            break
        if scene.verdicts[number].known & LED:
            led.insert(0, clause)
        elif led:
            break
    said = "，".join(scene.text.printed[clause.start : clause.end] for clause in led)
    told = responsibility.parse(said) if said else None
    return Note(led[0].start, led[-1].end, told.lead, told.partners, "form.led") if told else None


def note_in(heading: Heading, scene: Scene) -> Note | None:
    """The note that stands in a heading: （一）修渠（县水利局负责）."""
    number = bisect_left(scene.notes, heading.start, key=lambda note: note.start)
    if number == len(scene.notes) or scene.notes[number].start >= heading.start + len(heading.title):
        return None
    return scene.notes[number]


def note_below(head: int, scene: Scene) -> Note | None:
    """The note between the heading over a commitment and the first of its tasks: 1.修渠 / 责任单位：水利站 / 新建泵站三座."""
    above = scene.outline.places[head].headings
    if not above:
        return None
    border = above[-1].start + len(above[-1].title)
    number = bisect_left(scene.notes, border, key=lambda note: note.start)
    if number == len(scene.notes) or scene.notes[number].start >= scene.clauses[head].start:
        return None
    note = scene.notes[number]
    behind = scene.text.printed[note.end : scene.clauses[head].start]
    runs_on = note.rule == responsibility.LINE and "\n" not in behind
    return None if runs_on or tasks_between(border, note.start, scene) else note


def due_labels(folded: str, clauses: Sequence[Clause]) -> list[int]:
    """The clauses that label a line as one that says by when (`完成时限：`), by number."""
    labels = (number for number, clause in enumerate(clauses) if clause.closer in (":", "："))
    return [number for number in labels if DUE_LABEL.fullmatch(folded, clauses[number].start, clauses[number].end)]


def due_line(head: int, note: Note | None, scene: Scene) -> Period | None:
    """By when the item of a commitment is to be done, where a line says so: the next such line, else one between its heading and the tasks.

    The next is another item's where a note has closed the commitment's own item before it.
    """
    if not scene.dues:
        return None
    start = scene.clauses[head].start
    following = bisect_left(scene.borders, start)
    top = scene.borders[following - 1] if following else -1
    limit = scene.borders[following] if following < len(scene.borders) else len(scene.text.printed)
    number = bisect_right(scene.dues, head)
    for label in scene.dues[number : number + 1]:
        if scene.clauses[label].start < limit and not closed(head, label, note, scene):
            return time_behind(label, scene)
    for label in scene.dues[max(number - 1, 0) : number]:
        if top <= scene.clauses[label].start and not tasks_between(top, scene.clauses[label].start, scene):
            return time_behind(label, scene)
    return None


def closed(head: int, label: int, note: Note | None, scene: Scene) -> bool:
    """Whether a note behind a commitment ends its item before a label: 1.修渠。责任单位：水利站 / 2.修路。完成时限：9月底."""
    if note is None or note.start < scene.clauses[head].start:
        return False
    behind = bisect_left(scene.clauses, note.end, lo=head, hi=label, key=START)
    return any(clause.enumerator for clause in scene.clauses[behind:label])


def tasks_between(start: int, end: int, scene: Scene) -> bool:
    """Whether a commitment stands in a part of the text."""
    first, last = (bisect_left(scene.clauses, at, key=START) for at in (start, end))
    return any(verdict.role == "commitment" for verdict in scene.verdicts[first:last])


def time_behind(label: int, scene: Scene) -> Period | None:
    """The first time with dates in the clause behind a label."""
    things = scene.things[label + 1] if label + 1 < len(scene.things) else ()
    return next((time for time in things if isinstance(time, Period) and time.norm), None)


def due(note: Note, scene: Scene) -> Period | None:
    """The first time in a note that says by when: 完成时限：2026年9月底前."""
    for number in range(bisect_left(scene.periods, note.start, key=lambda period: period.start), len(scene.periods)):
        period = scene.periods[number]
        if period.start >= note.end:
            break
        if period.norm:
            return period
    return None
