"""Scores a run against annotated samples: precision, recall and F1 per field, document, level and over all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from extractor.evaluation.runs import Prediction
from extractor.evaluation.samples import TYPES, BrokenSample, aligned, level_of, read_sample, samples
from extractor.evaluation.scores import Report, Score
from extractor.evaluation.scoring import FIELDS, NORMED, score
from extractor.records import Commitment

__all__ = [
    "FIELDS",
    "NORMED",
    "TYPES",
    "BrokenSample",
    "Report",
    "Score",
    "aligned",
    "evaluate",
    "read_sample",
    "samples",
    "score",
]


def evaluate(folder: Path, predict: Callable[[Path], Sequence[Commitment | Prediction]]) -> Report:
    """Score `predict` (text file to records) on every sample of a folder.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
    """
    report = Report()
    for path in samples(folder):
        sample = read_sample(path)
        found = score(sample, predict(path.with_name(sample["doc"])))
        report.add(sample["doc"], found, level_of(sample))
    return report
