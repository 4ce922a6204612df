"""The numbers that Word sets before paragraphs by itself (一、（一）1.): they are no characters of the file.

Shapes are those of ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVEL = re.compile("%([1-9])")
NUMERALS = "零一二三四五六七八九"
HIGHEST = 999
"""No list is longer: what a damaged file says beyond it is printed in digits."""


def local(element: _Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its name without namespace."""
    return next((str(value) for key, value in element.items() if str(key).rpartition("}")[2] == name), None)


def chinese(number: int) -> str:
    """A number in Chinese numerals.

    >>> [chinese(n) for n in (3, 10, 12, 20, 105)]
    ['三', '十', '十二', '二十', '一百零五']
    """
    if not 0 < number <= HIGHEST:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (NUMERALS[ones] if ones else "")


def circled(number: int) -> str:
    """① to ⑳, digits beyond."""
    return chr(ord("①") + number - 1) if 1 <= number <= 20 else str(number)


def letter(number: int) -> str:
    """a to z, digits beyond."""
    return chr(ord("a") + number - 1) if 1 <= number <= 26 else str(number)


FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "ideographTraditional": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "lowerLetter": letter,
    "upperLetter": lambda number: letter(number).upper(),
}
"""How numbers are written, by `w:numFmt`; the others are written in digits."""
UNNUMBERED = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its first number, how numbers are written, and the text around them (`（%1）`)."""

    first: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of a document, in its order."""

    def __init__(self, numbers: _Element | None, styles: _Element | None) -> None:
        self.lists: dict[str, str] = {}
        self.levels: dict[tuple[str, int], Level] = {}
        self.styled: dict[str, tuple[str | None, int]] = {}
        self.counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        for each in [] if numbers is None else numbers:
            if local(each) == "abstractNum":
                self.define(each)
            elif local(each) == "num" and (target := each.find("{*}abstractNumId")) is not None:
                self.lists[attribute(each, "numId") or ""] = attribute(target, "val") or ""
        for style in [] if styles is None else styles.iterfind("{*}style"):
            if (said := style.find("{*}pPr/{*}numPr")) is not None:
                self.styled[attribute(style, "styleId") or ""] = list_and_level(said)

    def define(self, definition: _Element) -> None:
        """Note the levels of a list."""
        key = attribute(definition, "abstractNumId") or ""
        for level in definition.iterfind("{*}lvl"):
            first, form, text = (value(level, name) for name in ("start", "numFmt", "lvlText"))
            self.levels[key, number(attribute(level, "ilvl"))] = Level(number(first), form or "decimal", text or "")

    def label(self, paragraph: _Element) -> str:
        """What Word prints before this paragraph: empty where it is not numbered."""
        said = paragraph.find("{*}pPr/{*}numPr")
        style = value(paragraph, "pPr/{*}pStyle") or ""
        chosen, depth = list_and_level(said) if said is not None else (None, 0)
        if chosen is None:
            chosen, depth = self.styled.get(style, (None, depth))
        key = self.lists.get(chosen or "")
        level = self.levels.get((key, depth)) if key is not None else None
        if key is None or level is None or level.form in UNNUMBERED:
            return ""
        counts = self.counts[key]
        counts[depth] = counts[depth] + 1 if depth in counts else level.first
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        label = LEVEL.sub(lambda found: self.printed(key, int(found[1]) - 1, level), level.text)
        return f"{label} " if label[-1:].isalnum() else label

    def printed(self, key: str, depth: int, inside: Level) -> str:
        """The current number of a level as the label of a level inside it prints it."""
        level = self.levels.get((key, depth), inside)
        return FORMATS.get(level.form, str)(self.counts[key].get(depth, level.first))


def list_and_level(said: _Element) -> tuple[str | None, int]:
    """The list and the level that a `w:numPr` names."""
    return value(said, "numId"), number(value(said, "ilvl"))


def value(element: _Element, path: str) -> str | None:
    """The `w:val` of a child."""
    child = element.find("{*}" + path)
    return None if child is None else attribute(child, "val")


def number(text: str | None) -> int:
    """A number as files write it; 0 where they do not."""
    return int(text) if text and text.isdecimal() and len(text) < 7 else 0
