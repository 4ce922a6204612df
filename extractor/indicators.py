"""What a quantity measures, and what it is compared with: `城镇新增就业`, `上年`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractor.rulebook import alternation

REACH = 40
"""How many characters in front of a quantity may name its indicator or base."""

COMPARED = re.compile(
    r"(?:比(?![例重较价])|较)([^\n、;；,，比较]{1,14}?)"
    r"(?:年均|同期|累计|再)*(?:提高|增长|增加|提升|下降|降低|减少|高出?|低|翻|压减|缩短|多|少|上升)[了到至]?$"
)
CHANGED = re.compile(
    r"[由从]((?:[^\n、0-9]{0,6}的)?[0-9.,]+[^\n、0-9]{1,6}?)的?"
    r"(?:提高|提升|调高|调增|增加|增长|下降|降|调|减|扩大|扩展|缩短|压缩)[^\n、0-9]{0,4}$"
)
FRONT = re.compile("^[年的将要使让把对都拟]+(?=..)")


@cache
def patterns(words: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Trailing verbs to cut off, the noun phrase that must then stand last, and what its front must lose."""
    heads, verbs, leads = (alternation(group) for group in words)
    return (
        re.compile(f"(?:(?!占比|(?<=占)比){verbs})+$"),
        re.compile(f"[^\\s、,，;；:：。()（）《》“”0-9%]{{0,20}}{heads}$"),
        re.compile(f"^.*{leads}(?=..)"),
    )


def read(before: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str | None, str | None]:
    """Indicator and base of a quantity from `before`, the text of its clause in front of it.

    `城镇新增就业达到` gives the indicator `城镇新增就业`: verbs are cut off, and what is left must end in a known
    head such as 率, 总值, 面积. `比上年提高` gives the base `上年`, `由8%调高到` the base `8%`. Either is None where
    nothing is said.
    """
    verbs, phrase, leads = patterns((words["indicator_head"], words["indicator_verb"], words["indicator_lead"]))
    compared = CHANGED.search(before) or COMPARED.search(before)
    stem = verbs.sub("", before[: compared.start()] if compared else before)
    found = phrase.search(stem) if stem.endswith(words["indicator_head"]) else None
    indicator = FRONT.sub("", leads.sub("", found[0])) if found else None
    return indicator, compared[1] if compared else None
