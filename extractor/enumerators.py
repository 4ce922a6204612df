"""The styles of enumerators, from the outside in (第一编, 一、, （一）, 1., 第一件，, ①, 一是), and the numbers that they stand for."""

from __future__ import annotations

import re
from functools import cache

from extractor.clauses import BULLETS

STYLES = (
    ("第一编", re.compile(r"第[一二三四五六七八九十百]+(?:编|篇|部分)")),
    ("第一章", re.compile(r"第[一二三四五六七八九十百]+章")),
    ("第一节", re.compile(r"第[一二三四五六七八九十百]+节")),
    ("第一条", re.compile(r"第[一二三四五六七八九十百]+条(?![，,：:])")),
    ("一、", re.compile(r"[一二三四五六七八九十百]+[、．﹒.]")),
    ("（一）", re.compile(r"[（(]?[一二三四五六七八九十百]+[）)]|[㈠-㈩]")),
    ("1.", re.compile(r"[0-9０-９]+[.．﹒、)）](?![0-9])")),
    ("1.1", re.compile(r"[0-9]+(?:[.．][0-9]+)+")),
    ("（1）", re.compile(r"[（(][0-9０-９]+[）)]|[⑴-⒇]|[一-鿿]{2}[一二三四五六七八九十]+、")),
    ("第一，", re.compile(r"(?:第[一二三四五六七八九十]+|头一)(?:件事?|桩|条|个问题)?[、，,：:]")),
    ("——", re.compile(rf"[—―─–·-]{{1,3}}|[{BULLETS}]+")),
    ("①", re.compile(r"[①-⑳❶-❿]|[Ⅰ-Ⅻ]|[A-Ha-h][.．)）]")),
    ("一是", re.compile(r"[一二三四五六七八九十]+[是要]")),
)
UNNUMBERED = len(STYLES)
RUNNING_ITEM = next(level for level, (name, _) in enumerate(STYLES) if name == "第一，")
"""From this level on an item that opens inside a paragraph ends with it."""
ARTICLE = dict(STYLES)["第一条"]
ARTICLE_LEVEL = next(level for level, (name, _) in enumerate(STYLES) if name == "第一条")
DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}


def style(enumerator: str) -> int | None:
    """The level of the style of what opens with an enumerator, outermost 0; None when nothing does."""
    return next((level for level, (_, pattern) in enumerate(STYLES) if pattern.match(enumerator)), None)


@cache
def ordinal(label: str) -> int | None:
    """The number in an enumerator."""
    if digits := re.findall(r"\d+", label):
        return int(digits[-1])
    if circled := re.search(r"[①-⑳]", label):
        return ord(circled[0]) - ord("①") + 1
    numeral = re.search(r"[一二三四五六七八九十]+", label)
    if not numeral:
        return None
    tens, ten, ones = numeral[0].rpartition("十")
    return ((DIGITS.get(tens, 0) or 1) * 10 if ten else 0) + DIGITS.get(ones, 0)
