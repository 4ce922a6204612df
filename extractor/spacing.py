"""Finds the spaces that letterspacing put into numbers and titles: `1 9 9 8 年`, `8 %`, `2 160 个`, `工 作 报 告`.

Only what is evidently one number is closed up: single digits in a row, groups of three behind a short group, a
year, a decimal, a number and its unit. `2017 2018` and the columns of a table stay apart. Nothing crosses a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

SPACE = "[ \u3000\u00a0\u2002-\u200a\u202f]"
DIGIT = "[0-9０-９]"
UNIT = (
    "[%％‰℃年月日时分秒号个万亿千百十元人户亩公平立吨米里斤升只台套所座家条项处件名位次批倍间辆艘"
    "栋幢株级届期张份部册章周季度岁天]"
)
HAN = "[㐀-鿿豈-﫿]"

SPACED = re.compile(f"{DIGIT}[0-9０-９.．]*(?:{SPACE}{{1,2}}[.．]?{DIGIT}[0-9０-９.．]*)+")
GAP = re.compile(f"{SPACE}+")
MEASURED = re.compile(f"{SPACE}{{0,2}}(?:{UNIT}|[多余左以至到上下—~～-])")
YEAR = re.compile("(?:19|20)[0-9]{2}")
THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]+)?")
DECIMAL = re.compile(r"[0-9]+ \.[0-9]+")
SINGLES = re.compile(r"[0-9](?:\.[0-9])?(?: \.?[0-9](?:\.[0-9])?){1,8}")
# These patterns consume their first space before they look behind: searching for a space is quick, looking behind
# at every character of a text is not.
LETTERSPACED = re.compile(f"{SPACE}(?<={HAN}.)(?<!\\S..){SPACE}?{HAN}(?:{SPACE}{{1,2}}{HAN}){{2,}}(?!\\S)")
LONE = re.compile(
    f"""{SPACE}(?:
        (?<={DIGIT}.){SPACE}?(?={UNIT})                                  # 38 公里
      | (?<=[年月].){SPACE}?(?={DIGIT}{SPACE}?{DIGIT}?{SPACE}?[月日])           # 2019年 5月 3日
      | (?<=年.)(?=[初中底末])                                            # 2025年 底
      | (?<=第.)(?={DIGIT})                                              # 第 3 季度
      | (?<={HAN}.)(?={DIGIT}+(?:[.．]{DIGIT}+)?[ ]{UNIT})                 # 到 2025 年
      | (?<={HAN}.)(?={DIGIT}(?:[ ]{DIGIT})+[ ]?{UNIT})                  # 到 2 0 2 5 年
      | (?<={HAN}{DIGIT}[.．].)(?={DIGIT}{{1,2}}[ ]?[%％‰万亿倍个])        # 达到3. 5%
    )""",
    re.VERBOSE,
)
FULL_WIDTH = {ord(full): plain for full, plain in zip("０１２３４５６７８９．", "0123456789.", strict=True)}


def superfluous(text: str) -> list[Span]:
    """The spaces of `text` to close up, as half open spans in order, without overlap."""
    found = set(inside_numbers(text))
    found.update(match.span() for match in LONE.finditer(text))
    for title in LETTERSPACED.finditer(text):
        found.update(gap.span() for gap in GAP.finditer(text, *title.span()))
    return sorted(found)


def inside_numbers(text: str) -> Iterator[Span]:
    """The gaps between digits that belong to one number."""
    for run in SPACED.finditer(text):
        if is_one_number(run[0], text, run.end()):
            yield from (gap.span() for gap in GAP.finditer(text, *run.span()))


def is_one_number(run: str, text: str, end: int) -> bool:
    """Whether digits set apart make one number, judged by their grouping and by what follows at `end`."""
    plain = GAP.sub(" ", run).translate(FULL_WIDTH)
    closed = plain.replace(" ", "")
    if DECIMAL.fullmatch(plain) or THOUSANDS.fullmatch(plain):
        return True
    if SINGLES.fullmatch(plain):
        return bool(YEAR.fullmatch(closed) or MEASURED.match(text, end))
    return bool(YEAR.fullmatch(closed)) and text.startswith(("年", " 年"), end)
