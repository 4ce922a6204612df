"""Number forms of official Chinese and their exact values.

Arabic digits with thousands separators and decimals, Chinese numerals, and the two mixed: `1,100`, `1.3万亿`,
`一千二百亿`, `两千`, `六点五`, `二〇二五`. Nothing here touches running text: the matchers cut the number out first.
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "0": 0, "两": 2}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10**4, "亿": 10**8}
SPELLED = "零〇○0一二三四五六七八九两"

ARABIC = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?: ?[.·] ?([0-9]+))? ?([十百千万亿]*)")
DIGIT_STRING = re.compile(f"[{SPELLED}]+")
PAIR = re.compile("([十百千]?)([一二两三四五六七八九])([二两三四五六七八九])([十百千万亿]*)")


def value(text: str) -> Decimal:
    """The exact value of a number form; 半 is a half.

    Raises:
        ValueError: `text` is not one number (`一带一路`, `七八` and the like).
    """
    if text.isdecimal() and text.isascii():
        return Decimal(text)
    if text == "半":
        return Decimal("0.5")
    if arabic := ARABIC.fullmatch(text):
        whole, places, tail = arabic.groups()
        return Decimal(f"{whole.replace(',', '')}.{places or 0}") * scale(tail)
    if "点" in text:
        return decimal(text)
    if DIGIT_STRING.fullmatch(text):
        return Decimal(digit_string(text))
    return Decimal(integer(text))


def bounds(text: str) -> tuple[Decimal, Decimal]:
    """Lower and upper value of two neighbouring digits read as a range: `一两千万`, `七八`, `三四十`, `十七八`.

    Raises:
        ValueError: `text` is not of that form, or the second digit does not come after the first.
    """
    found = PAIR.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r}: not two neighbouring digits")
    front, first, second, tail = found.groups()
    if DIGITS[second] <= DIGITS[first]:
        raise ValueError(f"{text!r}: digits do not rise")
    return value(front + first + tail), value(front + second + tail)


def scale(text: str) -> int:
    """The product of scale characters: `万亿` is 10**12, the empty string 1."""
    product = 1
    for character in text:
        product *= SMALL.get(character) or LARGE[character]
    return product


def digit_string(text: str) -> int:
    """Digits read one by one: `二〇二五` is 2025; a lone digit is itself."""
    if (len(text) > 1 and "两" in text) or len(text) in (2, 3):
        raise ValueError(f"{text!r}: not one number")
    return int("".join(str(DIGITS[character]) for character in text))


def decimal(text: str) -> Decimal:
    """`六点五`, `一点三万亿`: digits after the point one by one, then scale characters."""
    whole, _, rest = text.partition("点")
    places = rest.rstrip("十百千万亿")
    if not whole or not DIGIT_STRING.fullmatch(places):
        raise ValueError(f"{text!r}: no number on both sides of the point")
    fraction = "".join(str(DIGITS[character]) for character in places)
    return (Decimal(integer(whole)) + Decimal(f"0.{fraction}")) * scale(rest[len(places) :])


def integer(text: str) -> int:
    """A Chinese integer by place value: `一千二百亿`, `十二`, `一百零五`, `一万二` (12000), `万亿`."""
    total, section, digit, unit = 0, 0, None, 0
    for character in text:
        if character in DIGITS:
            if digit:
                raise ValueError(f"{text!r}: two digits without a place between them")
            digit, unit = DIGITS[character], unit if DIGITS[character] else 1
        elif character in SMALL:
            section += (1 if digit is None else digit) * SMALL[character]
            digit, unit = None, SMALL[character]
        elif character in LARGE:
            section += digit or 0
            total, section = raised(total, section, LARGE[character])
            digit, unit = None, LARGE[character]
        else:
            raise ValueError(f"{text!r}: {character!r} is no numeral")
    if not text:
        raise ValueError("no numeral at all")
    return total + section + (digit or 0) * (unit // 10 if unit > 1 else 1)


def raised(total: int, section: int, large: int) -> tuple[int, int]:
    """`total` and the open section after 万 or 亿: 亿 lifts all before it, 万 what follows the last 亿."""
    if large == LARGE["亿"]:
        return ((total + section) or 1) * large, 0
    if not section and total:
        return total * large, 0
    return total + (section or 1) * large, 0
