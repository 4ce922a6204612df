"""Counts, the figures made of them, and a report of them by field, document and level."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Interval = tuple[float, float]


@dataclass(slots=True)
class Score:
    """Counts of one field; `correct` of `found`, out of `wanted`."""

    correct: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.correct / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found; 0 when nothing was wanted."""
        return self.correct / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.correct / (self.found + self.wanted) if self.correct else 0.0

    def add(self, other: Score) -> None:
        """Add the counts of another score."""
        self.correct += other.correct
        self.found += other.found
        self.wanted += other.wanted

    def as_json(self) -> dict[str, float]:
        """Rounded to four places."""
        return {name: round(getattr(self, name), 4) for name in ("precision", "recall", "f1")}


Scores = dict[str, Score]


@dataclass(slots=True)
class Report:
    """Scores by field: over all documents (micro, counts are added), for each level, and for each document."""

    total: Scores = field(default_factory=dict)
    levels: dict[str, Scores] = field(default_factory=dict)
    documents: dict[str, Scores] = field(default_factory=dict)

    def add(self, name: str, scores: Scores, level: str = "other") -> None:
        """Add a document, or a window of one; no two by one name."""
        self.documents[name] = scores
        for sums in (self.total, self.levels.setdefault(level, {})):
            for key, score in scores.items():
                sums.setdefault(key, Score()).add(score)

    def as_json(self) -> dict[str, dict[str, float]]:
        """Field to precision, recall and F1."""
        return figures(self.total)

    def shortfalls(self, floors: Mapping[str, float]) -> list[str]:
        """What lies below its floor, one line each.

        Raises:
            KeyError: a floor names a field that is not scored.
        """
        return [
            f"{key}: F1 {self.total[key].f1:.4f} is below {floor}"
            for key, floor in floors.items()
            if self.total[key].f1 < floor
        ]


def figures(scores: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    """Field to precision, recall and F1."""
    return {key: score.as_json() for key, score in scores.items()}
