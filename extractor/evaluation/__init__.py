"""Scores a run against annotated samples: precision, recall and F1 per field, document, level and over all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from extractor.evaluation.samples import TYPES, BrokenSample, aligned, level_of, read_sample, samples, text_of
from extractor.evaluation.scores import Report, Score
from extractor.evaluation.scoring import FIELDS, score
from extractor.records import Commitment

__all__ = [
    "FIELDS",
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


def evaluate(folder: Path, predict: Callable[[Path], Sequence[Commitment]], texts: Sequence[Path] = ()) -> Report:
    """Score `predict` (text file to records) on every sample of a folder; the report names them as their files are.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
    """
    report = Report()
    for path in samples(folder):
        sample = read_sample(path)
        report.add(path.stem, score(sample, predict(text_of(path, sample, texts))), level_of(sample))
    return report
