"""Which division a place is: the issuer decides, then the text's other places, and otherwise nobody guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.gazetteer import Division, Gazetteer

ZONES = (("高新区", "高新技术产业开发区"), ("经开区", "经济技术开发区"), ("经开区", "经济开发区"))
"""How zones are called in speech and in the tables."""


def resolve(places: Sequence[str], issuer: str | None, known: Gazetteer) -> list[tuple[Division, ...]]:
    """For every place the divisions that it may be: one where the text decides, several where it does not."""
    candidates = {place: named(place, known) for place in set(places)}
    home = single(known.candidates(name) for name in spelled(issuer, known))
    neighbours = single(candidates.values())
    return [narrowed(narrowed(candidates[place], home), neighbours) for place in places]


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
    """The candidates in the smallest area around `code` that holds any: its county, its prefecture, its province."""
    areas = (code[:size] for size in (6, 4, 2) if not code[:size].endswith("00"))
    held = ({candidate for candidate in candidates if candidate.code.startswith(area)} for area in areas)
    return next((near for near in held if near), set())


def named(place: str, known: Gazetteer) -> tuple[Division, ...]:
    """Every division of that name; zones are also looked up under their full name (高新区 → 高新技术产业开发区)."""
    spellings = [place, *(place.removesuffix(brief) + full for brief, full in ZONES if place.endswith(brief))]
    return next((found for spelling in spellings if (found := known.candidates(spelling))), ())


def spelled(issuer: str | None, known: Gazetteer) -> list[str]:
    """The divisions in an issuer's name: full ones (任城区), then short ones at its start (济宁高新区)."""
    if not issuer:
        return []
    full = [issuer[start:end] for start, end in known.find(issuer)]
    return full + [issuer[:length] for length in (2, 3, 4) if known.candidates(issuer[:length])]
