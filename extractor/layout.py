"""How a text is set: whether its lines are hard-wrapped, how paragraphs open, and how far apart they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

SENTENCE_ENDS = "。！？!?；;：:…．·."
CLOSERS = "”’』」）)》〉】〕]"
CANNOT_OPEN = "，,。；;：:！!？?）)》〉】〕”’」』%％‰…"
"""Signs that no paragraph opens with."""

NARROWEST, WIDEST = 24, 130
"""Half-width columns between which a line counts as one of a wrapped page."""
SHARE_FULL = 0.35
FEWEST_FULL = 6
TOLERANCE = 6
"""A full line may fall short by three characters: those that may not end or open a line, or a long number."""
SHARE_LONGER = 0.03
SHARE_CUT = 0.4
SHARE_USUAL = 0.7
FEWEST_GAPS = 4
FEWEST_FRAGMENTS = 3
SHORTEST_PARAGRAPH = 40
"""Characters from which a line is no title."""


class Line(NamedTuple):
    """A line that is not blank, without outer white space: `text` begins at `start`, its line at `opens`.

    `indent` counts half-width columns, `blanks` the blank lines before it. A named tuple, because a text has many.
    """

    text: str
    start: int
    opens: int
    indent: int
    blanks: int

    @property
    def end(self) -> int:
        """Just after its last character."""
        return self.start + len(self.text)

    @property
    def width(self) -> int:
        """Half-width columns with the indentation: a character outside ASCII takes two."""
        return self.indent + (len(self.text.encode("utf-8", "surrogatepass")) + len(self.text)) // 2


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text is set.

    `width` is that of a full line in half-width columns, 0 unless the text is hard-wrapped; `indent` that of a
    paragraph's first line; `gap` the usual number of blank lines between paragraphs, None where there is no rule.
    `fragmented` says that blank lines part the paragraphs and single breaks stand inside them, as where a page was
    copied with every link on a line of its own. `punctuated` says that its paragraphs end in a full stop.
    """

    width: int
    indent: int
    gap: int | None
    fragmented: bool
    punctuated: bool

    def fills(self, line: Line) -> bool:
        """Whether the line runs to the margin of a hard-wrapped page."""
        return bool(self.width) and line.width >= self.width - TOLERANCE

    def opens_paragraph(self, line: Line) -> bool:
        """Whether the line is indented as first lines are in this text."""
        return self.indent >= 2 and line.indent >= self.indent - 1


def split(text: str) -> Iterator[Line]:
    """The lines of `text` that are not blank."""
    opens = blanks = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            lead = line[: line.index(stripped[0])]
            indent = len(lead) + lead.count("\u3000") + 3 * lead.count("\t") if lead else 0
            yield Line(stripped, opens + len(lead), opens, indent, blanks)
            blanks = 0
        else:
            blanks += 1
        opens += len(line) + 1


def ends_sentence(text: str) -> bool:
    """Whether a line ends a sentence, a bracketed note or a quotation mark behind its full stop included."""
    if text[-1] in SENTENCE_ENDS:
        return True
    if text[-1] not in CLOSERS or len(text) < 2:
        return False
    if text[-2] in SENTENCE_ENDS:
        return True
    opener = max(text.rfind("（"), text.rfind("("), text.rfind("【"), text.rfind("〔"))
    return text[-1] in "）)】〕" and text[opener - 1] in SENTENCE_ENDS


def look(lines: Sequence[Line]) -> Layout:
    """The layout of a text, from its lines."""
    width = full_width(lines)
    following = [
        after
        for before, after in pairwise(lines)
        if before.text[-1] in SENTENCE_ENDS and not (width and before.width >= width - TOLERANCE)
    ]
    indent = usual(line.indent for line in following)
    gap = usual(line.blanks for line in following)
    parted = usual(min(line.blanks, 1) for line in following) == 1
    fragments = sum(line.blanks == 0 and line.text[0] in CANNOT_OPEN for line in lines)
    fragmented = parted and fragments >= FEWEST_FRAGMENTS
    return Layout(width, indent or 0, gap, fragmented, is_punctuated(lines))


def is_punctuated(lines: Sequence[Line]) -> bool:
    """Whether most long lines end a sentence: one that does not has then been cut."""
    long = [line.text for line in lines if len(line.text) >= SHORTEST_PARAGRAPH]
    return 2 * sum(map(ends_sentence, long)) > len(long)


def usual(values: Iterable[int]) -> int | None:
    """The value that most of `values` share, None where they are few or differ."""
    counts = Counter(values)
    total = counts.total()
    if total < FEWEST_GAPS:
        return None
    value, number = counts.most_common(1)[0]
    return value if number >= SHARE_USUAL * total else None


def full_width(lines: Sequence[Line]) -> int:
    """The width that the lines of a hard-wrapped text fill; 0 for a text of whole paragraphs."""
    most = max(1, SHARE_LONGER * len(lines))
    if len(lines) < FEWEST_FULL or sum(len(line.text) > WIDEST for line in lines) > most:
        return 0
    counts = Counter(line.width for line in lines)
    spans = {w: sum(counts[v] for v in range(w - TOLERANCE, w + 1)) for w in counts if NARROWEST <= w <= WIDEST}
    if not spans:
        return 0
    width = max(spans, key=lambda w: (spans[w], -w))
    longer = sum(number for w, number in counts.items() if w > width + 2)
    if spans[width] < max(FEWEST_FULL, SHARE_FULL * len(lines)) or longer > most:
        return 0
    full = [line for line in lines if width - TOLERANCE <= line.width <= width + 2]
    cut = sum(not ends_sentence(line.text) for line in full)
    return width if cut >= SHARE_CUT * len(full) else 0
