"""What a quantity measures, in what way, and what it is compared with: `城镇新增就业`, a count, `上年`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractor.records import Measure
from extractor.rulebook import alternation

REACH = 40
"""How many characters in front of a quantity may name its indicator or base."""

COMPARED = re.compile(
    r"(?:(?<!占)比(?![例重较价])|较)([^\n、;；,，比较]{1,14}?)"
    r"(?:年均|同期|累计|再)*(?:提高|增长|增加|提升|下降|降低|减少|高出?|低|翻|压减|缩短|多|少|上升)[了到至]?$"
)
BEYOND = re.compile(r"(?:[高低快慢多少]于|超过)([^\n、;；,，0-9]{2,12})(?<!的)$")
"""`居民收入增速高于经济增速1个百分点`: compared with what stands between."""
LATELY = re.compile("同比(?:年均|累计|再)*(?:提高|增长|增加|提升|下降|降低|减少|压减|上升)?[了约]?$")
CHANGED = re.compile(
    r"[由从]((?:[^\n、0-9]{0,6}(?:的|每[人亩户年月天]))?[0-9.,]+[^\n、0-9]{1,6}?)的?"
    r"(?:提高|提升|调高|调增|增加|增长|下降|降|调|压减|缩减|精简|减|扩大|扩展|缩短|压缩)[^\n、0-9]{0,4}$"
)
STEP = "(?:了|约|近|再|将|分别|年均|累计|左右|不低于|不少于|超过|[^\\S\n])*$"
RISING = re.compile(
    "(?:增长|增加|提高|提升|上升|新增|净增|递增|扩大|延长|上浮|上调|增幅|高出|[多快高]于.{2,12}(?<!的)|比.{1,14}[高多]|翻)"
    + STEP
)
FALLING = re.compile(
    "(?:下降|降低|减少|压减|压缩|缩短|递减|下浮|下调|缩减|降幅|[低少]于.{2,12}(?<!的)|比.{1,14}[低少短]|节约|节省)"
    + STEP
)
RANKED = re.compile("(?:[前第]|排名|位次|名次)$")
RANKS = ("位", "名", "强")
PARTS = ("占", "比重", "比例", "份额")
RATES = ("率", "增速", "增幅", "涨幅", "强度", "指数")
PART = "/"
"""Stands for the unit of a fraction, which has none."""
THING = re.compile("[一-鿿]")
STEPS = ("个百分点", "百分点", "个基点", "基点", "番")
BETWEEN = re.compile("[、和及与]")
FRONT = re.compile("^(?:[〇○零一二三四五六七八九]{4}年)?(?:年(?!产)|[的将要使让把对都拟])*(?=..)")
AROUND = re.compile("^[由从](?=.)|(?<=.)的$|(?<=.)(?:将|实际|(?<=年)平均|大约|约|预计)+$")
"""What stands about a base and is no part of it: 比上年实际增长."""


@cache
def patterns(words: tuple[tuple[str, ...], ...]) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Trailing verbs to cut off, the noun phrase that must then stand last, and what its front must lose."""
    heads, verbs, leads = (alternation(group) for group in words)
    return (
        re.compile(f"(?:(?!占比|(?<=占)比){verbs})+$"),
        re.compile(f"[^\\s、,，;；:：。()（）《》“”0-9%]{{0,30}}{heads}$"),
        re.compile(f"^.*{leads}(?!值)(?=..)"),
    )


def read(before: str, words: Mapping[str, tuple[str, ...]]) -> tuple[str | None, str | None]:
    """Indicator and base of a quantity from `before`, the text of its clause in front of it.

    `城镇新增就业达到` gives the indicator `城镇新增就业`: verbs are cut off, and what is left must end in a known
    head such as 率, 总值, 面积. `比上年提高` gives the base `上年`, `由8%调高到` the base `8%`, 同比 the base `上年同期`.
    Either is None where nothing is said.
    """
    verbs, phrase, leads = patterns((words["indicator_head"], words["indicator_verb"], words["indicator_lead"]))
    compared = CHANGED.search(before) or COMPARED.search(before) or BEYOND.search(before)
    stem = verbs.sub("", before[: compared.start()] if compared else before)
    found = phrase.search(stem) if stem.endswith(words["indicator_head"]) else None
    indicator = FRONT.sub("", leads.sub("", found[0])) if found else None
    if compared:
        return indicator, AROUND.sub("", compared[1])
    return indicator, "上年同期" if LATELY.search(before) else None


def each(before: str, count: int, words: Mapping[str, tuple[str, ...]]) -> list[str] | None:
    """The indicators of so many quantities, one each, from `入学率、巩固率分别达到`; None where 分别 does not share them out."""
    names, shared, _ = before.rpartition("分别")
    parts = BETWEEN.split(names)[-count:] if shared else []
    last = read(parts[-1], words)[0] if parts else None
    head = next((head for head in words["indicator_head"] if last and last.endswith(head)), "")
    found = [name for part in parts if (name := read(part, words)[0] or read(part + head, words)[0])]
    return found if len(found) == count else None


def measure(unit: str, before: str, behind: str, indicator: str | None, counted: frozenset[str]) -> Measure:
    """In what way a quantity measures, from its unit, the text around it and the units that count things.

    A fraction has the unit `PART`. `增长6%` is an increase, `失业率5%` a rate, `占比30%` and `30%的村` a share, `10家` a count, `前10位` a rank, `达到300亿元`
    and all else a level.
    """
    if unit in RANKS and RANKED.search(before):
        return "rank"
    if RISING.search(before):
        return "increase"
    if FALLING.search(before):
        return "decrease"
    if unit in STEPS:
        return "increase"
    if not unit:
        return "count" if THING.match(behind) else "level"
    if unit in (PART, "%", "‰"):
        if behind.startswith("的"):
            return "rate" if "率" in behind[1:4] else "share"
        whole = indicator is None or "占" in before[-4:] or any(word in indicator for word in PARTS)
        return "share" if whole and not before.endswith(RATES) else "rate"
    return "count" if unit in counted else "level"
