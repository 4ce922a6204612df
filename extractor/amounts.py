"""From the named parts of a hit to its exact value: scales, ranges, tenths and fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from extractor import numerals


def amount(part: Mapping[str, str], sets: Mapping[str, str]) -> tuple[Decimal, Decimal | None, str | None]:
    """Value, upper value of a range, and printed fraction.

    `part` holds the groups of a rule of `rules/quantity.toml` by name, `sets` what the rule sets.

    Raises:
        ValueError: the characters make no number.
    """
    if fraction := sets.get("fraction") or part.get("slash"):
        return *ratio(*fraction.split("/")), fraction
    if "denominator" in part:
        top, bottom = (str(numerals.value(part[name])) for name in ("numerator", "denominator"))
        return *ratio(top, bottom), f"{top}/{bottom}"
    if "tenths" in part:
        return *tenths(part["tenths"], part.get("half", "")), None
    if "neighbours" in part:
        return *numerals.bounds(part["neighbours"].replace("、", "")), None
    low = numerals.value(part["low"]) * numerals.scale(part.get("scale", ""))
    if "half" in part:
        return low + numerals.value(part["half"]), None, None
    last = part.get("high") or part.get("last")
    high = numerals.value(last) if last else None
    if last and high is not None and "ownunit" not in part:
        low *= lent(part["low"], last, low, high)
    return low, high if "high" in part else None, None


def ratio(top: str, bottom: str) -> tuple[Decimal, None]:
    """The quotient, rounded to the context's 28 digits.

    Raises:
        ValueError: division by zero.
    """
    if not int(bottom):
        raise ValueError("division by zero")
    return Decimal(top) / Decimal(bottom), None


def tenths(digits: str, rest: str) -> tuple[Decimal, Decimal | None]:
    """`三成` is 30 %, `三成五` and `三成半` 35 %, `七八成` and `7至8成` a range."""
    numbers = [numerals.value(digit) for digit in digits if digit.isdecimal() or digit in numerals.DIGITS]
    if len(numbers) == 2:
        return numbers[0] * 10, numbers[1] * 10
    return numbers[0] * 10 + (5 if rest == "半" else numerals.value(rest) if rest else 0), None


def lent(low_text: str, high_text: str, low: Decimal, high: Decimal) -> int:
    """What the first number takes over from the last: in `2至3亿元` 亿 belongs to both, in `8000至1.2万人` not."""
    factor = numerals.scale(re.findall("[万亿]*$", high_text)[0])
    return factor if low_text[-1] not in "万亿" and low * factor <= high else 1
