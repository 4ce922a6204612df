"""Which division a place is: the issuer decides, then the text's other places, and otherwise nobody guesses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractor import gazetteer
from extractor.gazetteer import Division, Gazetteer

ZONES = (("高新区", "高新技术产业开发区"), ("经开区", "经济技术开发区"), ("经开区", "经济开发区"))
"""How zones are called in speech and in the tables."""
QUARTERS = ("东区", "西区", "南区", "北区", "老城区", "新城区")
"""Divisions of some cities, and in all others no more than a part of the town."""
SHORT_NAMES = (2, 3, 4)
"""Characters of the short names of provinces and prefectures."""
CAPITAL = "首都"
AND = "、"
"""Between the bodies that speak in turn in one text."""
SORT = "(?:国家|省|市)级|综合|高新|新?技术|经济|工业|产业|农业|现代|科技|化工|物流|旅游|出口|生态|循环|保税"
BARE = re.compile(
    f"(?:{SORT})*(?:(?:开发|示范|合作|集中|集聚|度假|加工|保税|高新|经开|新)区|园区|产业园|工业园|科技园|物流园|[农林]场)"
)
"""A zone without its city's name: 高新区, 综合保税区."""


def resolve(places: Sequence[str], issuer: str | None, known: Gazetteer) -> list[tuple[Division, ...]]:
    """For every place the divisions that it may be: one where the text decides, several where it does not."""
    homes = [known.candidates(name) for name in spelled(issuer, known)]
    home = single(homes)
    candidates = {
        place: own(place, homes, known) if common(place) else named(place, known) or known.counties(place, home)
        for place in set(places)
    }
    neighbours = single(candidates.values())
    return [narrowed(narrowed(candidates[place], home), neighbours) for place in places]


def own(place: str, homes: Sequence[tuple[Division, ...]], known: Gazetteer) -> tuple[Division, ...]:
    """What an issuer means by a name that many cities have for a part of theirs: its own part; if it has none, nobody's."""
    settled = [found[0] for found in homes if len(found) == 1]
    areas = [gazetteer.short(area) for home in settled for area in reversed(home.path.split("/"))]
    if zone := next((found for area in areas if (found := named(area + place, known))), ()):
        return zone
    prefectures = {home.code[:4] for home in settled}
    alike = (*known.candidates(place), *known.candidates(place + "街道"))
    return tuple(division for division in alike if division.code[:4] in prefectures)


def common(place: str) -> bool:
    """Whether so many cities call a part of theirs so that only the issuer's can be meant: 高新区, 东区."""
    return bool(BARE.fullmatch(place)) or (place in QUARTERS and len(place) == len("东区"))


def quarters(issuer: str | None, known: Gazetteer) -> list[str]:
    """Those of `QUARTERS` that are divisions of the issuer's city."""
    homes = [known.candidates(name) for name in spelled(issuer, known)]
    return [quarter for quarter in QUARTERS if own(quarter, homes, known)] if homes else []


def single(found: Iterable[tuple[Division, ...]]) -> set[str]:
    """The codes of those that can be but one division."""
    return {divisions[0].code for divisions in found if len(divisions) == 1}


def narrowed(candidates: tuple[Division, ...], witnesses: Iterable[str]) -> tuple[Division, ...]:
    """The candidates that the witnesses agree on; where they contradict one another, all that any of them supports."""
    if len(candidates) < 2:
        return candidates
    supported = [near for code in witnesses if (near := nearest(candidates, code))]
    agreed = set(candidates).intersection(*supported) or set().union(*supported)
    return tuple(candidate for candidate in candidates if candidate in agreed)


def nearest(candidates: Iterable[Division], code: str) -> set[Division]:
    """The candidates in the smallest area around `code` that holds any: its county, its prefecture, its province.

    A town is not looked for beyond the prefecture, unless `code` is a province: 和平街道 elsewhere in it is another one.
    """
    sizes = (size for size in (6, 4, 2) if not code[:size].endswith("00"))
    within = (
        {
            candidate
            for candidate in candidates
            if candidate.code.startswith(code[:size])
            and (size > gazetteer.PROVINCE or code.endswith("0000") or not town(candidate))
        }
        for size in sizes
    )
    return next((near for near in within if near), set())


def town(division: Division) -> bool:
    """Whether it lies below the county."""
    return len(division.code) > gazetteer.COUNTY


def named(place: str, known: Gazetteer) -> tuple[Division, ...]:
    """Every division of that name; zones are also looked up under their full name (高新区 → 高新技术产业开发区)."""
    place = place.removeprefix(CAPITAL)
    spellings = [place, *(place.removesuffix(brief) + full for brief, full in ZONES if place.endswith(brief))]
    return next((found for spelling in spellings if (found := known.candidates(spelling))), ()) or nested(place, known)


def nested(place: str, known: Gazetteer) -> tuple[Division, ...]:
    """Every division of a name that begins with the short name of what it lies in: 上海浦东新区, 西藏定日县."""
    for length in SHORT_NAMES:
        areas = [re.sub("(?:00)+$", "", area.code) for area in known.candidates(place[:length])]
        below = known.candidates(place[length:]) if areas else ()
        if found := tuple(division for division in below if division.code.startswith(tuple(areas))):
            return found
    return ()


def spelled(issuer: str | None, known: Gazetteer) -> list[str]:
    """The divisions in an issuer's name: full ones (任城区), then short ones at the start of each body (济宁高新区)."""
    if not issuer:
        return []
    full = [issuer[start:end] for start, end in known.find(issuer)]
    starts = (body[:length] for body in issuer.split(AND) for length in SHORT_NAMES)
    return full + [start for start in dict.fromkeys(starts) if known.candidates(start)]
