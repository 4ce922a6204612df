"""Days that are printed in full, and months, in Arabic or Chinese numerals."""

from __future__ import annotations

import re
from datetime import date

from extractor.titles import CHINESE_DIGIT

DAY = re.compile(r"([12]\d{3}) ?[年\-/.] ?(\d{1,2}) ?[月\-/.] ?(\d{1,2})(?:日|(?!\d))")
CHINESE_DAY = re.compile(
    r"([一二三四五六七八九〇○零]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
MONTH = re.compile(r"^[(（]?((?:19|20)\d\d)年(?:1[0-2]|0?[1-9])月[)）]?$")
"""A month on a line of its own, with which a text is dated or signed: it gives the year, and no day."""
ALONE_DAY = re.compile(rf"^[(（]?(?:{DAY.pattern}|{CHINESE_DAY.pattern})(?:印发)?[)）]?$")

REMARKED_DAY = re.compile(
    rf"^[(（](?![^\n]*(?:通过|修[订正]|施行|执行|生效|公布|发布|批准))(?:[^()（）。\n]{{2,40}}[，,、 　])?(?:{DAY.pattern}|{CHINESE_DAY.pattern})[^()（）。\n]{{1,40}}[)）]$"
)
"""A day in brackets with a remark: （2019年2月10日，有删节）, （二月十日在全县干部大会上，根据录音整理）."""


def parse_day(text: str) -> date | None:
    """The first full date in a line, in Arabic or Chinese numerals; None for an impossible one."""
    if arabic := DAY.search(text):
        parts = [int(arabic[i]) for i in (1, 2, 3)]
    elif chinese := CHINESE_DAY.search(text):
        year = int("".join(str(CHINESE_DIGIT[c]) for c in chinese[1]))
        parts = [year, tens(chinese[2]), tens(chinese[3])]
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def tens(numeral: str) -> int:
    """A Chinese numeral below a hundred: 十二 is 12, 二十 is 20, 三十一 is 31; 0 for what is none (十十月)."""
    left, ten, right = numeral.rpartition("十")
    if max(len(left), len(right)) > 1 or not {*left, *right} <= CHINESE_DIGIT.keys():
        return 0
    units = CHINESE_DIGIT[right] if right else 0
    return (CHINESE_DIGIT[left] if left else 1) * 10 + units if ten else units
