"""Counties by their short names, told by the company they keep: 支持祁阳、道县, 莱西至荣成, 宜都、枝江、兴山等地.

A short name alone is often an ordinary word or a person's; in a list with others, or with a place that the rules know, it is a
county. The members between two separators are known whole; the first begins behind a verb, the last ends before 等 or a number.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import TypeAlias

from extractor import gazetteer, vocabulary
from extractor.names import Name
from extractor.rulebook import Keyed, Rulebook

RULE = "place.neighbour"
COUNTIES = ("县", "市", "区", "旗")
JOINT = re.compile("[、至]|和(?![平谐田静县])|与|及")
RUN = re.compile("[一-鿿、]+")
SIZES = (3, 2)
CLOSES = re.compile("[两三四五六七八九等的为在要段跨]|地区")
PARTICLES = frozenset("由从在将把对向让是到以")
ENOUGH = 2
"""Members of a list that are counties or known places: with fewer nothing is told."""
Stretch: TypeAlias = tuple[int, int]


def find(view: str, spots: Collection[Name], rulebook: Rulebook) -> Iterator[Name]:
    """The short names of counties that stand in a list with another, or with one of the places `spots`."""
    short = names(Keyed(rulebook.digest, rulebook))
    starts, ends = {spot.start for spot in spots}, {spot.end for spot in spots}
    openers = frozenset(rulebook.words["project_opener"])
    for run in RUN.finditer(view):
        members = list(parted(view, *run.span()))
        if len(members) < ENOUGH:
            continue
        found = [county(view, member, members, short, openers) for member in members]
        company = sum(start in starts or end in ends for start, end in members)
        counties = [span for span in found if span]
        if len(counties) + company >= ENOUGH:
            yield from (Name(start, end, RULE) for start, end in counties)


def parted(view: str, start: int, end: int) -> Iterator[Stretch]:
    """The members of a list."""
    for joint in JOINT.finditer(view, start, end):
        yield start, joint.start()
        start = joint.end()
    yield start, end


def county(
    view: str, member: Stretch, members: Sequence[Stretch], short: frozenset[str], openers: frozenset[str]
) -> Stretch | None:
    """The county that a member of a list is; the first of a list may end with its name, the last begin with it."""
    start, end = member
    for size in SIZES:
        left = end - size if member == members[0] else start
        right = start + size if member == members[-1] else end
        if left < start or right > end or view[left:right] not in short:
            continue
        opened = left == start or view[left - 1] in PARTICLES or view[max(start, left - 2) : left] in openers
        if opened and (right == end or CLOSES.match(view, right)):
            return left, right
    return None


@cache
def names(keyed: Keyed) -> frozenset[str]:
    """The short names of counties that are no ordinary words."""
    book = keyed.rulebook
    common = vocabulary.load(book.folder / "vocabulary", book.words["project_ordinary"]).words
    spelled = gazetteer.load(book.folder / "places").spelled
    found = {name[:-1] for name in spelled if name.endswith(COUNTIES) and len(name) in (3, 4)}
    return frozenset(found - common - set(book.words["place_common_word"]) - set(book.words["place_generic"]))
