"""Runs that are there, scored on annotated documents: one by itself, and two on the same ones, to tell the better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from extractor.evaluation import resampling
from extractor.evaluation.resampling import Difference
from extractor.evaluation.runs import BrokenRun, Prediction, Run, by_document, read_run
from extractor.evaluation.samples import Sample, level_of, read_sample, samples
from extractor.evaluation.scores import Report
from extractor.evaluation.scoring import score

Gold = Mapping[str, Sample]
"""Name of a sample to the sample."""


def scored(gold: Path, folder: Path) -> Report:
    """The scores of what a run wrote into a folder on all samples.

    Raises:
        BrokenSample: the folder of samples holds none, or one that cannot be used.
        BrokenRun: the run cannot be read, or it did not read the text of a sample.
    """
    known, run = opened(gold), read_run(folder)
    found = by_document(run, docs(known))
    again = f"run all texts: extractor run {gold} -o {folder}"
    if not found:
        raise BrokenRun(f"{folder}: no record of a text in {gold}; {again}")
    missing = sorted(docs(known) - found.keys()) if run.inputs is not None else []
    if missing:
        raise BrokenRun(f"{folder}: {missing[0]} was not read in this run, or was set aside; {again}")
    return report(known, found)


def differences(gold: Path, base: Run, new: Run) -> list[Difference]:
    """The difference of every field on the documents that both runs know.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
        BrokenRun: no annotated document is in both runs, or two texts of a run go by the name of one.
    """
    known = opened(gold)
    older, newer = (by_document(run, docs(known)) for run in (base, new))
    both = {name: sample for name, sample in known.items() if sample["doc"] in older.keys() & newer.keys()}
    if not both:
        raise BrokenRun(f"{gold}: none of its texts is in both runs; run the texts of this folder")
    return resampling.differences(report(both, older), report(both, newer))


def opened(folder: Path) -> Gold:
    """All samples of a folder."""
    return {path.stem: read_sample(path) for path in samples(folder)}


def docs(known: Gold) -> set[str]:
    """The file names of the texts of samples."""
    return {sample["doc"] for sample in known.values()}


def report(known: Gold, found: Mapping[str, Sequence[Prediction]]) -> Report:
    """The scores of a run on some samples, by what it has of each text."""
    made = Report()
    for name, sample in known.items():
        made.add(name, score(sample, found.get(sample["doc"], ())), level_of(sample))
    return made
