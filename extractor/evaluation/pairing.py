"""Whether a new run is better than an older one: both are scored on the same annotated documents."""

from __future__ import annotations

from pathlib import Path

from extractor.evaluation.resampling import Difference, differences
from extractor.evaluation.runs import BrokenRun, Prediction, Run, by_document
from extractor.evaluation.samples import read_sample, samples
from extractor.evaluation.scores import Report
from extractor.evaluation.scoring import score


def test(gold: Path, base: Run, new: Run) -> list[Difference]:
    """The difference of every field on the documents that both runs know.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
        BrokenRun: no annotated document is in both runs.
    """
    older, newer = by_document(base), by_document(new)
    known = [sample for sample in map(read_sample, samples(gold)) if sample["doc"] in older.keys() & newer.keys()]
    if not known:
        raise BrokenRun(f"{gold}: none of its texts is in both runs; run the texts of this folder")
    return differences(*(report(known, found) for found in (older, newer)))


def report(known: list[dict[str, object]], found: dict[str, list[Prediction]]) -> Report:
    """The scores of one run on some samples."""
    scored = Report()
    for sample in known:
        name = str(sample["doc"])
        scored.add(name, score(sample, found[name]))
    return scored
