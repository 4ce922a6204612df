"""Folds characters for matching: one code point to one code point, so that offsets stay.

The tables are `rules/folds/*.tsv`, each with its source in its header; full-width ASCII is folded by range.
Nothing is normalised by Unicode forms: `①` stays `①`.
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from extractor.rulebook import RuleError, default_folder

FULL_WIDTH = range(0xFF01, 0xFF5F)
"""`！` to `～`, which stand this far above `!` to `~`:"""
FULL_WIDTH_SHIFT = 0xFEE0
CODE_POINT = np.dtype("<u4")
READ_FOR = str.maketrans("OolI", "0011")
MISREAD = re.compile("(?<=[0-9])(?<![A-Za-z][0-9])[OolI]{1,2}(?=[0-9年月日%亿万])")
"""Letters that a scan has for figures: 1O月, 2Ol8年, 25l亿元; the second one of O2O is none."""


def fold(text: str) -> str:
    """`text` with full-width ASCII, traditional characters, radical and compatibility forms folded; same length."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=CODE_POINT)
    return table()[codes].tobytes().decode("utf-32-le", "surrogatepass")


def misread(folded: str) -> str:
    """Folded text with figures for the letters that a scan has for them; same length.

    >>> misread("2Ol8年1O月底前推广O2O模式")
    '2018年10月底前推广O2O模式'
    """
    return MISREAD.sub(lambda found: found[0].translate(READ_FOR), folded)


@cache
def table() -> npt.NDArray[np.uint32]:
    """The folded code point of every code point, read-only."""
    pairs = {code: code - FULL_WIDTH_SHIFT for code in FULL_WIDTH} | {0xFFE5: 0xA5}
    for path in sorted((default_folder() / "folds").glob("*.tsv")):
        pairs |= read_pairs(path)
    folded = np.arange(sys.maxunicode + 1, dtype=CODE_POINT)
    for source in pairs:
        folded[source] = settled(source, pairs)
    folded.flags.writeable = False
    return folded


def settled(code: int, pairs: dict[int, int]) -> int:
    """Where a chain of folds ends: the radical `⾞` is `車`, which is `车`."""
    seen = {code}
    while code in pairs and pairs[code] not in seen:
        code = pairs[code]
        seen.add(code)
    return code


def read_pairs(path: Path) -> dict[int, int]:
    """One table: `source TAB target` a line, `#` opens a comment line, `U+0009` names an invisible character.

    Raises:
        RuleError: a line is no pair of single characters.
    """
    pairs: dict[int, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("# "):
            continue
        try:
            source, target = line.split("\t")
            pairs[code_point(source)] = code_point(target)
        except (TypeError, ValueError):
            raise RuleError(f"{path}: line {number}: write one character, a tab, one character") from None
    return pairs


def code_point(cell: str) -> int:
    """The code of a cell that holds one character or its `U+` notation."""
    return int(cell[2:], 16) if cell.startswith("U+") else ord(cell)
