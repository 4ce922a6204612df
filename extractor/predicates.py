"""What a commitment does: the verb that governs its head clause, and what follows it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from extractor import subjects
from extractor.clauses import Clause
from extractor.governing import MODALS, Word, governing
from extractor.naming import Named
from extractor.quantities import Quantity
from extractor.scene import Scene

ASIDE = re.compile(
    "“[^”\n]*”|(?<![^\n])(?:对|按|给|为|结合|根据)[^\n]*?(?=给予|予以|实行|进行|免征|减征|奖补|答复|制定)"
)
"""Quotations, and the preposition with all that belongs to it, before the act."""
GLUED = re.compile("对(?=[持受])")
"""The preposition before what says who is meant."""


def predicate(head: int, own: str | None, scene: Scene) -> tuple[str | None, str | None]:
    """The main verb of a head and what follows it: behind a modal (要, 将) where there is one, else in the whole clause.

    `own` is the subject that the clause prints. Words of names, times and figures, of what is measured and of the subject are no verbs, unless there is no other.
    """
    words = list(words_of(head, scene))
    taken = set(chain.from_iterable(range(*stretch) for stretch in nominal(head, own, scene)))
    free = [word for word in words if taken.isdisjoint(range(word.start, word.end))]
    figures = {thing.start for thing in scene.things[head] if isinstance(thing, Quantity)}
    best = None
    for stretch in (behind_modal(free), free, behind_modal(words), words):
        best = best or governing(stretch, figures, scene.book)
    best = best or next((word for word in free if word.text in scene.book.verbs), None)
    return split(best, scene.clauses[head], scene) if best else (None, None)


def words_of(head: int, scene: Scene) -> Iterator[Word]:
    """The words of a clause, cut where a name, a time or a figure begins or ends: 11月底前报, 2800元降至."""
    starts, pairs, clause = scene.words.starts, scene.words.pairs, scene.clauses[head]
    first, last = bisect_left(starts, clause.start), bisect_left(starts, clause.end)
    borders = {found.end() for found in GLUED.finditer(scene.view, clause.start, clause.end)} | {
        border for thing in scene.things[head] for border in (thing.start, thing.end)
    }
    for start, (text, tag) in zip(starts[first:last], pairs[first:last], strict=True):
        cuts = [border - start for border in borders if start < border < start + len(text)] if borders else ()
        if cuts:
            ends = pairwise((0, *sorted(cuts), len(text)))
            yield from (Word(start + begin, text[begin:end], tag) for begin, end in ends)
        else:
            yield Word(start, text, tag)


def behind_modal(words: Sequence[Word]) -> Sequence[Word]:
    """What stands behind the first modal, with a 将 that may be a preposition; nothing where there is no modal."""
    at = next((number for number, word in enumerate(words) if word.text in MODALS), len(words))
    return words[at:]


def nominal(head: int, own: str | None, scene: Scene) -> Iterator[tuple[int, int]]:
    """The stretches of a clause that are no predicate: its subject, names, times, figures and what these measure."""
    view, start = scene.view, subjects.behind_time(head, scene)
    if own:
        at = view.index(own, start)
        yield at, at + len(own)
    for found in ASIDE.finditer(view, start, scene.clauses[head].end):
        yield found.span()
    for thing in scene.things[head]:
        if isinstance(thing, Named) and thing.type == "PROJECT" and thing.start > start:
            continue
        yield thing.start, thing.end
        measured = (isinstance(thing, Quantity) and thing.indicator) or ""
        if measured and (at := view.rfind(measured, start, thing.start)) >= 0:
            yield at, at + len(measured)


def split(verb: Word, clause: Clause, scene: Scene) -> tuple[str, str | None]:
    """A verb as printed, one of a single character with its goal (降至), and the rest of its clause."""
    printed = scene.text.printed
    border = verb.end + (len(verb.text) == 1 and printed[verb.end : clause.end].startswith(("至", "到", "为", "成")))
    return printed[verb.start : border], printed[border : clause.end] or None
