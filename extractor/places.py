"""Places: divisions, zones, villages, roads, rivers, squares and regions that a text names.

Three sources find them: the rules of `place.toml`, the full names in the gazetteer, and the short names of
counties, townships and villages that the text itself or its issuer spells out somewhere (黄屯 in a text that
has 黄屯街道). A place inside an organization's name is part of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from extractor import gazetteer, linking, names, neighbours
from extractor.gazetteer import Division, Gazetteer
from extractor.names import Name
from extractor.rulebook import Rulebook, alternation

DISTRICT = "place.district"
NESTED = "place.nested"
SHORT = "place.short"
NESTING = {"place.province", "place.prefecture", "place.zone", DISTRICT, NESTED}
SPELLED = re.compile("(?:自治[县州]|街道|集镇|[县镇乡区市旗])$")
SPELLING = {DISTRICT, NESTED, "place.spot"}
ORDINARY = ("place_common_word", "place_generic", "project_opener", "place_province", "place_region")
"""Lists of words that a division's short name may not be."""

AT_LEAST = re.compile("[0-9一二三四五六七八九十百千万亿][一-鿿]{0,3}以$")
NAMESAKE = re.compile("银行|精神|作风")
"""Behind a place's name: something that is called after it."""
BUILDS = "(?:新建|扩建|改建|修建)"
BUILT = re.compile(f"{BUILDS}[村镇乡县]$")
FACILITY = re.compile("卫生|敬老|[中小]学|幼儿|文化|养老|综合|便民|公路|道路|级|集体|办公")
"""What is built in a village, and no village's name: 新建|村卫生室."""
SIDES = re.compile("[东中西南北](?=[、和]?[东中西南北部])")
"""A side in a list of sides: 东、中、西部."""
COUNTY_WORDS = frozenset("级域委政城乡直里长处区局市办")
"""What makes of 县 the head of another word: 县级, 县委."""
BEFORE = re.compile(r"(?:^|[^一-鿿]|[、和与及至对在将把以为向从由让到是的于给赴跨过按用自内成])$")


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
    spelled = [*names.find(view, rulebook, "place"), *divisions(view, rulebook, known, linking.quarters(issuer, known))]
    full = full_names(view, rulebook, spelled, issuer)
    beside = neighbours.find(view, spelled, rulebook)
    found = sorted([*spelled, *shortened(view, full), *beside], key=lambda name: (name.start, -name.end))
    kept = list(apart(found, bodies))
    linked = resolve(view, kept, full, issuer, known)
    return list(joined([Place(n.start, n.end, n.rule, d) for n, d in zip(kept, linked, strict=True)]))


def resolved(
    view: str, found: Sequence[Name], spelled: Sequence[Name], rulebook: Rulebook, issuer: str | None
) -> list[tuple[Division, ...]]:
    """For every name all the divisions that it may be; `spelled` are the places that the rules found."""
    full = full_names(view, rulebook, spelled, issuer)
    return resolve(view, found, full, issuer, gazetteer.load(rulebook.folder / "places"))


def resolve(
    view: str, found: Iterable[Name], full: Mapping[str, str], issuer: str | None, known: Gazetteer
) -> list[tuple[Division, ...]]:
    """For every name all the divisions that it may be; `full` are full names by short names."""
    printed = (view[name.start : name.end] for name in found)
    return linking.resolve([full.get(name, name) for name in printed], issuer, known)


def divisions(view: str, rulebook: Rulebook, known: Gazetteer, quarters: Sequence[str] = ()) -> Iterator[Name]:
    """Full names of the gazetteer, and `quarters` of the issuer's city, where a name may begin: behind a verb, a particle, a division."""
    openers = set(rulebook.words["project_opener"])
    ordinary = ordinary_words(rulebook)
    border = -1
    hits = known.find(view)
    if quarters:
        hits = sorted([*hits, *(m.span() for m in re.finditer(f"(?:{'|'.join(quarters)})(?![域级块内间])", view))])
    for start, end in hits:
        if start < border or (view[start:end] in linking.QUARTERS and view[start:end] not in quarters):
            continue
        if end - start == gazetteer.SHORTEST and view[end : end + 1] in COUNTY_WORDS:
            continue
        before = view[max(0, start - 2) : start]
        begins = start == border or before in openers or BEFORE.search(before)
        core = gazetteer.short(view[start:end])
        common = core in openers or (view[end - 1] in "乡镇" and ordinary.fullmatch(core))
        if begins and not common and not in_figure(view, start):
            yield Name(start, end, DISTRICT)
            border = end


def in_figure(view: str, start: int) -> bool:
    """Whether 上 at the start of what looks like a place ends a figure: 2万户以上城区."""
    return view[start] == "上" and bool(AT_LEAST.search(view, max(0, start - 6), start))


def refused(view: str, start: int, end: int, issuer: str | None, rulebook: Rulebook) -> bool:
    """Whether what a model takes for a place is none: a kind of place (海湾), a part of the town as any has, a name before 银行, 精神 and the like."""
    name = view[start:end]
    if in_figure(view, start) or name in rulebook.words["place_kind"]:
        return True
    if name in linking.QUARTERS:
        return name not in linking.quarters(issuer, gazetteer.load(rulebook.folder / "places"))
    if end - start == 1 and SIDES.match(view, start):
        return True
    if BUILT.match(name) and FACILITY.match(view, end):
        return True
    return bool(NAMESAKE.match(view, end)) and not name.endswith(gazetteer.CLASSES)


def full_names(view: str, rulebook: Rulebook, spelled: Iterable[Name], issuer: str | None) -> dict[str, str]:
    """Short name → full name of the divisions below the prefecture that the text or its issuer spells out."""
    full = {view[name.start : name.end] for name in spelled if name.rule in SPELLING}
    if issuer:
        full |= {issuer[n.start : n.end] for n in names.find(issuer, rulebook, "place") if n.rule in SPELLING}
    ordinary = ordinary_words(rulebook)
    pairs = ((SPELLED.sub("", name), name) for name in sorted(full) if SPELLED.search(name))
    return {core: name for core, name in pairs if 2 <= len(core) <= 4 and not ordinary.fullmatch(core)}


def shortened(view: str, full: Mapping[str, str]) -> Iterator[Name]:
    """Where the short names of `full` stand."""
    if full:
        for match in re.finditer(alternation(full), view):
            yield Name(match.start(), match.end(), SHORT)


@cache
def ordinary_words(rulebook: Rulebook) -> re.Pattern[str]:
    """A pattern for what a division's short name may not be: common words, alone or strung together."""
    return re.compile(alternation(word for name in ORDINARY for word in rulebook.words[name]) + "{1,3}")


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
