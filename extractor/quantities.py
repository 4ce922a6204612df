"""How much: numbers with units, shares and ranges, their comparators and their exact values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from extractor import amounts, clauses, indicators
from extractor.normalisation import Text
from extractor.overlaps import Reader, leftmost_longest, named, reader
from extractor.records import Measure
from extractor.rulebook import Rule, Rulebook, load

COMPARATORS = {"at_least": ">=", "at_most": "<=", "more_than": ">", "less_than": "<", "about": "~"}
VAGUE = {"余": ">=", "多": ">=", "几": ">=", "来": "~"}
AFTER = ("以上", "以下", "以内", "之内", "多", "余")
NUMERALS = "0123456789零一二两三四五六七八九十百千万亿"
LARGE = 10_000
YI, YI_YUAN = "个亿", Decimal(10**8)
"""How one says 亿元: 1.2个亿."""
BEHIND = ("以上", "以下", "以内", "之内", "左右", "上下")
LISTING = frozenset({"、", "和", "或", "及"})


class Quantity(NamedTuple):
    """A measured amount; `view[start:end]` is `text`.

    `upper` is set in ranges; `fraction` (`1/3`) where no decimal is exact, `value` is then rounded to 28 digits.
    `indicator` is what is measured (`城镇新增就业`), `base` what it is compared with (`上年`), where the clause says;
    `measure` in what way: level, increase, decrease, rate, share, count or rank.
    """

    start: int
    end: int
    text: str
    comparator: str
    value: Decimal
    upper: Decimal | None
    unit: str
    rule: str
    indicator: str | None = None
    base: str | None = None
    fraction: str | None = None
    measure: Measure = "level"

    @property
    def norm(self) -> str:
        """The guide's canonical string: `>= 40000 平方米`, `6..6.5 %`, `= 1/3`."""
        unit = f" {self.unit}" if self.unit else ""
        if self.upper is not None:
            return f"{plain(self.value)}..{plain(self.upper)}{unit}"
        return f"{self.comparator} {self.fraction or plain(self.value)}{unit}"


def plain(value: Decimal) -> str:
    """A decimal without exponent or idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def extract(text: str) -> list[Quantity]:
    """Every quantity of a text as it is printed, in order; offsets are code points of `text`.

    >>> from extractor import quantities
    >>> first, second = quantities.extract("力争城镇新增就业１１００万人以上，失业率由8%降到5.5%以内。")[::2]
    >>> first.text, first.norm, first.indicator, first.measure
    ('１１００万人以上', '>= 11000000 人', '城镇新增就业', 'count')
    >>> second.norm, second.indicator, second.base, second.measure
    ('<= 5.5 %', '失业率', '8%', 'rate')
    """
    healed, view = clauses.seen(text)
    return [in_raw(quantity, healed) for quantity in find(view, load())]


def in_raw(quantity: Quantity, healed: Text) -> Quantity:
    """A quantity with text and offsets of the raw text."""
    start, end = healed.raw_span(quantity.start, quantity.end)
    return quantity._replace(text=healed.printed[quantity.start : quantity.end], start=start, end=end)


def find(view: str, rulebook: Rulebook) -> list[Quantity]:
    """Every quantity in `view`, left to right, none overlapping another.

    Args:
        view: folded text with a line feed for every character outside the clauses to read.
        rulebook: the families `quantity` and `quantity_scope` and the comparator and unit lists are used.
    """
    signs = comparators(rulebook)
    found = leftmost_longest(
        view, reader(rulebook, "quantity", NUMERALS), lambda rule, match: measured(rule, match, signs)
    )
    found = governed(found, view, reader(rulebook, "quantity_scope", ""))
    return described([listed(members, view) for members in lists(found, view)], view, rulebook.words)


@cache
def comparators(rulebook: Rulebook) -> Mapping[str, str]:
    """Comparator word → sign, from the word lists `at_least_before`, `about_after` …"""
    return {
        word: sign
        for name, sign in COMPARATORS.items()
        for place in ("before", "after")
        for word in rulebook.words.get(f"{name}_{place}", ())
    }


def measured(rule: Rule, match: re.Match[str], words: Mapping[str, str]) -> Quantity | None:
    """The hit with its value, or None where its characters make no number."""
    part = named(rule, match)
    try:
        low, high, fraction = amounts.amount(part, rule.sets)
    except ValueError:
        return None
    sign = words.get(part.get("before", "")) or words.get(part.get("after", "")) or VAGUE.get(part.get("vague", ""))
    sign = sign or (">" if "over" in part else rule.sets.get("comparator", "="))
    unit = part.get("unit") or rule.sets.get("unit", "")
    if unit.startswith(YI):
        low, high, unit = low * YI_YUAN, high and high * YI_YUAN, "元"
    return Quantity(match.start(), match.end(), match[0], sign, low, high, unit, rule.id, fraction=fraction)


def governed(found: Sequence[Quantity], view: str, scopes: Reader) -> list[Quantity]:
    """Bare quantities take the comparator of what governs them from outside: `突破600亿元`, `至少开展2次`."""
    signs = dict(leftmost_longest(view, scopes, lambda rule, match: (match.end(), rule.sets["comparator"])))
    return [q._replace(comparator=signs[q.start]) if q.comparator == "=" and q.start in signs else q for q in found]


def listed(members: Sequence[Quantity], view: str) -> list[Quantity]:
    """A list whose members share a comparator: the one before the first (`最高30万元、50万元`), or with 分别 behind the last."""
    result: list[Quantity] = []
    sign = "="
    for current in members:
        if current.comparator == "=" and current.upper is None:
            current = current if sign == "=" else current._replace(comparator=sign)
        elif leads(current):
            sign = current.comparator
        result.append(current)
    if len(members) > 1 and "分别" in in_front(members[0], view):
        return severally(result)
    return result


def leads(quantity: Quantity) -> bool:
    """Does its comparator stand in front, so that it may hold for the rest of a list?"""
    return quantity.comparator in ("<=", ">=", ">", "<") and not quantity.text.endswith(AFTER)


def severally(members: Sequence[Quantity]) -> list[Quantity]:
    """In `分别达到97%和40%左右` the comparator behind holds for the bare members before it."""
    result: list[Quantity] = []
    sign = "="
    for current in reversed(members):
        if current.text.endswith(BEHIND):
            sign = current.comparator
        elif current.comparator == "=" and current.upper is None:
            current = current._replace(comparator=sign)
        result.append(current)
    return result[::-1]


def in_front(quantity: Quantity, view: str) -> str:
    """The text of its clause in front of a quantity, as far as it may say what is measured."""
    reach = max(0, quantity.start - indicators.REACH)
    return view[max(reach, view.rfind("\n", reach, quantity.start) + 1) : quantity.start].rstrip(" ")


def described(found: Sequence[Sequence[Quantity]], view: str, words: Mapping[str, tuple[str, ...]]) -> list[Quantity]:
    """The quantities of some lists with indicator, base and measure, read from the clause text in front of each list."""
    result: list[Quantity] = []
    counted = countable(words["unit_count"])
    for members in found:
        before = in_front(members[0], view)
        indicator, base = indicators.read(before, words)
        shared = indicators.each(before, len(members), words) if len(members) > 1 else None
        for number, quantity in enumerate(members):
            behind = view[quantity.end : quantity.end + 8]
            unit = quantity.unit or implied(quantity, before, behind, words)
            name = shared[number] if shared else indicator
            way = indicators.measure(
                unit or (indicators.PART if quantity.fraction else ""), before, behind, name, counted
            )
            start, end, printed, sign, low, high, *_ = quantity
            result.append(
                Quantity(start, end, printed, sign, low, high, unit, quantity.rule, name, base, quantity.fraction, way)
            )
    return result


def lists(found: Sequence[Quantity], view: str) -> list[list[Quantity]]:
    """The quantities, those together that stand in one list and share a unit."""
    result: list[list[Quantity]] = []
    for quantity in found:
        last = result[-1][-1] if result else None
        if last and last.unit == quantity.unit and view[last.end : quantity.start] in LISTING:
            result[-1].append(quantity)
        else:
            result.append([quantity])
    return result


@cache
def countable(units: tuple[str, ...]) -> frozenset[str]:
    """The units that count things, and people."""
    return frozenset({"人", *units})


def implied(quantity: Quantity, before: str, behind: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """The unit that a large bare number leaves out: 人 after 就业 or 人口, 元 after 产值 or 规模; else none."""
    if quantity.value < LARGE or quantity.fraction:
        return ""
    nearby = before + behind.partition("\n")[0]
    if any(word in nearby for word in words["counted_in_people"]):
        return "人"
    return "元" if quantity.value >= LARGE**2 and any(word in before for word in words["counted_in_yuan"]) else ""
