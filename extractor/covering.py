"""Which responsibility note covers a commitment, and by when the note has it done."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from extractor.outline import Heading
from extractor.periods import Period
from extractor.responsibility import Note
from extractor.scene import Scene


def note_over(head: int, scene: Scene) -> Note | None:
    """What a table says beside it; else the first note behind a commitment up to the next heading, or in a heading above it.

    A note at the very beginning of the commitment's clause (…。（县水利局负责）同时修渠) closes the sentence before.
    """
    if not scene.notes or head in scene.allotted:
        return scene.allotted.get(head)
    start = scene.clauses[head].start
    number = bisect_right(scene.notes, start, key=lambda note: note.start)
    following = bisect_left(scene.borders, start)
    limit = scene.borders[following] if following < len(scene.borders) else len(scene.text.printed)
    if number < len(scene.notes) and scene.notes[number].start < limit:
        return scene.notes[number]
    above = scene.outline.places[head].headings
    return next((note for heading in reversed(above) if (note := note_in(heading, scene))), None)


def note_in(heading: Heading, scene: Scene) -> Note | None:
    """The note that stands in a heading: （一）修渠（县水利局负责）."""
    number = bisect_left(scene.notes, heading.start, key=lambda note: note.start)
    if number == len(scene.notes) or scene.notes[number].start >= heading.start + len(heading.title):
        return None
    return scene.notes[number]


def due(note: Note, scene: Scene) -> Period | None:
    """The first time in a note that says by when: 完成时限：2026年9月底前."""
    for number in range(bisect_left(scene.periods, note.start, key=lambda period: period.start), len(scene.periods)):
        period = scene.periods[number]
        if period.start >= note.end:
            break
        if period.norm:
            return period
    return None
