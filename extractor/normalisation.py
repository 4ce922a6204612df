"""Heals a raw text: what pages, letterspacing and markup did to it is taken back, and every character keeps its raw offset.

Nothing is ever put in or changed but line breaks and the tags, tabs and bars that stand for them, which all become line feeds: the printed text is the raw text
without some of its characters. The folded text is for matching only.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from extractor import markup, pagemarks, spacing, tabulated, wrapping
from extractor.folding import fold, misread

LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and no native matcher takes it."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
"""Control and zero-width characters, variation selectors."""
SECOND_HALF = re.compile("\n(?<=\r.)", re.DOTALL)
"""The line feed of a Windows line break."""
LINE_BREAKS = str.maketrans(dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"))
OTHER_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Text:
    """A healed text.

    `printed` is the raw text without page breaks, hard wraps, blank lines, invisible characters, letterspacing and marks of markup:
    one paragraph a line. `folded` has the same length, for matching: full-width, traditional and radical forms are
    folded, letters that a scan has for figures are figures. `offsets[i]` is the raw offset of `printed[i]`, with `len(raw)` at the end. Offsets are code points.
    """

    raw: str
    printed: str
    folded: str
    offsets: array[int] = field(repr=False, hash=False)

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The raw span of `printed[start:end]`, half open; it holds the characters that healing took out between."""
        first = self.offsets[start]
        return (first, self.offsets[end - 1] + 1) if end > start else (first, first)

    def printed_span(self, start: int, end: int) -> tuple[int, int]:
        """The printed span of what is left of `raw[start:end]`, half open."""
        return bisect_left(self.offsets, start, hi=len(self.printed)), bisect_left(
            self.offsets, end, hi=len(self.printed)
        )


def heal(raw: str) -> Text:
    """Take page breaks, hard wraps, letterspacing, markup and invisible characters out of a text; never raises."""
    offsets = array("I", np.arange(len(raw) + 1, dtype=np.uintc).tobytes())
    printed, offsets = without(raw, offsets, (match.span() for match in INVISIBLE.finditer(raw)))
    if OTHER_BREAK.search(printed):
        printed, offsets = without(printed, offsets, pagemarks.torn(printed))
        printed, offsets = without(printed, offsets, (match.span() for match in SECOND_HALF.finditer(printed)))
        printed = printed.translate(LINE_BREAKS)
    printed = markup.broken(tabulated.broken(printed))
    for superfluous in (markup.superfluous, spacing.superfluous, wrapping.superfluous):
        printed, offsets = without(printed, offsets, superfluous(printed))
    return Text(raw, printed, misread(fold(printed)), offsets)


def without(text: str, offsets: array[int], spans: Iterable[tuple[int, int]]) -> tuple[str, array[int]]:
    """`text` and the offsets of its characters without these spans, which are in order and do not overlap."""
    pieces: list[str] = []
    kept = array(offsets.typecode)
    last = 0
    for start, end in spans:
        pieces.append(text[last:start])
        kept += offsets[last:start]
        last = end
    if not last:
        return text, offsets
    pieces.append(text[last:])
    kept += offsets[last:]
    return "".join(pieces), kept


def without_halves(text: str) -> str:
    """The text itself, or where it has halves of surrogate pairs the same with U+FFFD for each."""
    return LONE.sub("\ufffd", text) if LONE.search(text) else text
