"""Places: divisions, zones, villages, roads, rivers, squares and regions that a text names.

Three sources find them: the rules of `place.toml`, the full names in the gazetteer, and the short names of
counties, townships and villages that the text itself or its issuer spells out somewhere (黄屯 in a text that
has 黄屯街道). A place inside an organization's name is part of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extractor import gazetteer, linking, names
from extractor.gazetteer import Division, Gazetteer
from extractor.names import Name
from extractor.rulebook import Rulebook, alternation

DISTRICT = "place.district"
NESTED = "place.nested"
SHORT = "place.short"
NESTING = {"place.province", "place.prefecture", "place.zone", DISTRICT, NESTED}
SPELLED = re.compile("(?:自治[县州]|街道|集镇|[县镇乡区市旗])$")
ORDINARY = ("place_common_word", "place_generic", "project_opener")
"""Lists of words that a division's short name may not be."""

BEFORE = re.compile(r"(?:^|[^一-鿿]|[、和与及至对在将把以为向从由沿让到是的于给赴跨过按用自内成])$")


@dataclass(frozen=True, slots=True)
class Place:
    """`view[start:end]` is the place's name; `divisions` are all that it may be, none when it is no division."""

    start: int
    end: int
    rule: str
    divisions: tuple[Division, ...] = ()


def find(
    view: str, rulebook: Rulebook, issuer: str | None = None, organizations: Sequence[Name] | None = None
) -> list[Place]:
    """Every place in `view`, left to right, none overlapping another.

    `issuer` is who speaks (济宁高新区柳行街道); it settles which of several divisions of one name is meant.
    `organizations` are the view's organizations where the caller has them already.
    """
    known = gazetteer.load(rulebook.folder / "places")
    bodies = names.find(view, rulebook, "org") if organizations is None else organizations
    spelled = [*names.find(view, rulebook, "place"), *divisions(view, rulebook, known)]
    found = sorted([*spelled, *shortened(view, rulebook, spelled, issuer)], key=lambda name: (name.start, -name.end))
    kept = list(apart(found, bodies))
    linked = linking.resolve([view[name.start : name.end] for name in kept], issuer, known)
    return list(joined([Place(n.start, n.end, n.rule, d) for n, d in zip(kept, linked, strict=True)]))


def divisions(view: str, rulebook: Rulebook, known: Gazetteer) -> Iterator[Name]:
    """Full names of the gazetteer that stand where a name may begin: behind a verb, a particle or another division."""
    openers, common = set(rulebook.words["project_opener"]), set(rulebook.words["place_common_word"])
    border = -1
    for start, end in known.find(view):
        before = view[max(0, start - 2) : start]
        begins = start == border or before in openers or BEFORE.search(before)
        if begins and gazetteer.short(view[start:end]) not in common:
            yield Name(start, end, DISTRICT)
            border = end


def shortened(view: str, rulebook: Rulebook, spelled: Iterable[Name], issuer: str | None) -> Iterator[Name]:
    """Short names of the divisions below the prefecture that the text or its issuer spells out."""
    full = {view[name.start : name.end] for name in spelled}
    if issuer:
        full |= {issuer[name.start : name.end] for name in names.find(issuer, rulebook, "place")}
    common = {word for name in ORDINARY for word in rulebook.words[name]}
    cores = {SPELLED.sub("", name) for name in full if SPELLED.search(name)}
    if cores := {core for core in cores if 2 <= len(core) <= 4 and core not in common}:
        for match in re.finditer(alternation(cores), view):
            yield Name(match.start(), match.end(), SHORT)


def joined(places: Iterable[Place]) -> Iterator[Place]:
    """Divisions printed without a gap, from the large to the small, are one place: 江苏省滨河县."""
    held: Place | None = None
    for place in places:
        if held and held.end == place.start and held.rule in NESTING and place.rule in (DISTRICT, NESTED):
            held = replace(place, start=held.start)
        else:
            if held:
                yield held
            held = place
    if held:
        yield held


def apart(found: Iterable[Name], bodies: Sequence[Name]) -> Iterator[Name]:
    """The names that neither overlap one before them nor lie inside an organization's name."""
    border, body = 0, 0
    for name in found:
        while body < len(bodies) and bodies[body].end <= name.start:
            body += 1
        inside = body < len(bodies) and bodies[body].start <= name.start and name.end <= bodies[body].end
        if name.start >= border and not inside:
            yield name
            border = name.end
