"""A report as JSON and as tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.evaluation.resampling import FEWEST, Difference
from extractor.evaluation.samples import TYPES
from extractor.evaluation.scores import Interval, Report, Scores, figures
from extractor.evaluation.scoring import FIELDS
from extractor.grids import Grid

BRIEF = ("heads", "content", "roles", "kind", *TYPES)
"""The fields that are shown of every level and document."""
UNKNOWN = "not annotated"


def as_json(report: Report, intervals: Mapping[str, Interval]) -> dict[str, Any]:
    """The contract's keys, `{"heads": {"precision", "recall", "f1"}, …}`, with the ends of each interval and the counts.

    `details` holds the fields that no sample carries, and the figures by level and by document.
    """
    scores: dict[str, Any] = figures(report.total)
    for field, score in report.total.items():
        low, high = intervals.get(field, (None, None))
        ends = {"low": rounded(low), "high": rounded(high)}
        scores[field] |= ends | {"correct": score.correct, "found": score.found, "wanted": score.wanted}
    return scores | {
        "details": {
            "not_annotated": unknown(report),
            "levels": {name: figures(found) for name, found in report.levels.items()},
            "documents": {name: figures(found) for name, found in report.documents.items()},
        }
    }


def rounded(value: float | None) -> float | None:
    """Four places, as all figures in JSON."""
    return None if value is None else round(value, 4)


def unknown(report: Report) -> list[str]:
    """The fields that no sample carries."""
    return [field for field in FIELDS if field not in report.total]


def field_grid(report: Report, intervals: Mapping[str, Interval]) -> Grid:
    """Every field over all documents."""
    rows = []
    for field in dict.fromkeys((*FIELDS, *report.total)):
        if field not in report.total:
            rows.append((field, UNKNOWN, *[""] * 6))
            continue
        score = report.total[field]
        shares = (f"{share:.4f}" for share in (score.precision, score.recall, score.f1))
        counts = map(str, (score.correct, score.found, score.wanted))
        rows.append((field, *shares, between(intervals.get(field)), *counts))
    return Grid("All documents", ("field", "P", "R", "F1", "95 % of F1", "correct", "found", "wanted"), rows)


def between(interval: Interval | None, form: str = ".3f") -> str:
    """An interval in words; nothing where there are too few documents for one."""
    return f"{interval[0]:{form}} to {interval[1]:{form}}" if interval else ""


def sure(p: float | None) -> str:
    """How likely a difference is to be chance."""
    return f"too few (< {FEWEST})" if p is None else f"{p:.4f}"


def level_grid(report: Report) -> Grid:
    """F1 by level of government."""
    return brief("Levels, F1", "level", report.levels)


def document_grid(report: Report) -> Grid:
    """F1 by document."""
    return brief("Documents, F1", "document", report.documents)


def brief(title: str, what: str, groups: Mapping[str, Scores]) -> Grid:
    """F1 of the main fields of some groups; empty where there is nothing to find and nothing was found."""
    rows = [(name, *(share(scores, field) for field in BRIEF)) for name, scores in groups.items()]
    return Grid(title, (what, *BRIEF), rows)


def share(scores: Scores, field: str) -> str:
    """F1 of a field of a group."""
    score = scores.get(field)
    return f"{score.f1:.3f}" if score and (score.found or score.wanted) else ""


def difference_grid(found: list[Difference]) -> Grid:
    """Two versions on the same documents."""
    rows = [
        (d.field, f"{d.base:.4f}", f"{d.new:.4f}", f"{d.lead:+.4f}", between(d.interval, "+.4f"), sure(d.p))
        for d in found
    ]
    return Grid("F1 on the annotated documents", ("field", "base", "new", "difference", "95 %", "p"), rows)
