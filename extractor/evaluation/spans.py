"""Stretches of text and how much they share: `(start, end)` in code points, half open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

Stretch = tuple[int, int]


class Marked(Protocol):
    """Whatever has a start and an end."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """The code point behind the last."""


def matched(gold: Sequence[Any], given: Sequence[Any], fit: Callable[[Any, Any], float]) -> list[tuple[Any, Any]]:
    """Greedy pairs in gold order, each given one used once."""
    free = dict(enumerate(given))
    pairs = []
    for wanted in gold:
        best, at = 0.0, None
        for number, candidate in free.items():
            if (value := fit(wanted, candidate)) > best:
                best, at = value, number
        if at is not None:
            pairs.append((wanted, free.pop(at)))
    return pairs


def half(value: float) -> float:
    """The value itself from one half on, else 0."""
    return value if value >= 0.5 else 0.0


def iou(first: Stretch, second: Stretch) -> float:
    """Overlap over union of two stretches."""
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return 0.0 if shared <= 0 else shared / (max(first[1], second[1]) - min(first[0], second[0]))


def cover(stretch: Stretch, others: Iterable[Stretch]) -> float:
    """Share of a stretch that others lie on."""
    shared = sum(max(0, min(stretch[1], end) - max(stretch[0], start)) for start, end in others)
    return shared / max(1, stretch[1] - stretch[0])


def stretch(annotation: dict[str, Any]) -> Stretch:
    """Start and end of an annotation, or of a part of a record that was read as JSON."""
    return annotation["start"], annotation["end"]


def span(part: Marked) -> Stretch:
    """Start and end of a record's part."""
    return part.start, part.end
