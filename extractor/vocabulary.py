"""The ordinary words of Chinese: what is made of them is a class of things, and what is not holds a proper name.

The list is `rules/vocabulary/ordinary.txt`, made by `build.py` beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

PREFIXES = frozenset("大小中新老旧高低多全各")
AFFIXES = PREFIXES.union("等型式级性类化用和与及或区县市乡镇村所点站园房")
"""Characters that may stand between ordinary words, and those that may stand before the first."""
LONGEST = 6


@dataclass(frozen=True)
class Vocabulary:
    """Ordinary words of two to four characters."""

    words: frozenset[str] = field(repr=False)

    def covers(self, text: str) -> bool:
        """Whether `text` is nothing but ordinary words and affixes: 农村公路 is, 石门公路 is not."""
        words = self.words
        reached = [0]
        for end, sign in enumerate(text, 1):
            lone = reached[-1] == end - 1 and sign in (AFFIXES if end > 1 else PREFIXES)
            if lone or any(text[start:end] in words for start in reached if 1 < end - start <= LONGEST):
                reached.append(end)
        return reached[-1] == len(text)


@cache
def load(folder: Path, more: tuple[str, ...] = ()) -> Vocabulary:
    """The list of a folder, with some words more."""
    lines = (folder / "ordinary.txt").read_text(encoding="utf-8").splitlines()
    return Vocabulary(frozenset(more).union(*(line.split() for line in lines if not line.startswith("#"))))
