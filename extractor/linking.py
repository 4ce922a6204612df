"""Which division a place is: the issuer decides, then the text's other places, and otherwise nobody guesses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractor.gazetteer import Division, Gazetteer

ZONES = (("高新区", "高新技术产业开发区"), ("经开区", "经济技术开发区"), ("经开区", "经济开发区"))
"""How zones are called in speech and in the tables."""


def resolve(places: Sequence[str], issuer: str | None, known: Gazetteer) -> list[tuple[Division, ...]]:
    """For every place the divisions that it may be: one where the text decides, several where it does not."""
    candidates = {place: named(place, known) for place in set(places)}
    home = [own for own in map(known.candidates, spelled(issuer, known)) if len(own) == 1]
    certain = [found for found in candidates.values() if len(found) == 1]
    issuing, neighbours = areas(home), areas(certain)
    return [narrowed(narrowed(candidates[place], issuing), neighbours) for place in places]


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


def areas(found: Iterable[tuple[Division, ...]]) -> list[str]:
    """The code prefixes of single divisions, the smallest area first: county, prefecture, province."""
    codes = {division.code for divisions in found for division in divisions}
    prefixes = {code[:length] for code in codes for length in (6, 4, 2) if not code[:length].endswith("00")}
    return sorted(prefixes, key=lambda prefix: -len(prefix))


def narrowed(candidates: tuple[Division, ...], prefixes: Sequence[str]) -> tuple[Division, ...]:
    """Those candidates that lie in the smallest of the areas that holds any of them; all where none does."""
    if len(candidates) < 2:
        return candidates
    for size in (6, 4, 2):
        within = tuple(c for c in candidates if any(len(p) == size and c.code.startswith(p) for p in prefixes))
        if within:
            return within
    return candidates
