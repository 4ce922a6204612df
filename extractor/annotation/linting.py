"""What is wrong with a folder of annotated samples: faults, and warnings that a person should look at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from extractor import reading
from extractor.annotation.marks import healed
from extractor.annotation.shapes import FAULTS, WARNINGS, Complaint
from extractor.evaluation.samples import BrokenSample, Sample, parsed, samples, text_of
from extractor.reading import Source

Weight = Literal["fault", "warning"]
HEADER = {"doc", "characters", "annotated", "clauses", "entities"}
OPTIONAL = {"draft", "entities_marked", "level", "norms_marked", "sha256"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a sample, and where: `start` is a code point of its text, None for the sample as a whole."""

    path: Path
    start: int | None
    message: str
    weight: Weight = "fault"

    def __str__(self) -> str:
        """One line."""
        place = self.path if self.start is None else f"{self.path}:{self.start}"
        return f"{place}: {self.weight}: {self.message}"


def lint(folder: Path, texts: Sequence[Path] = ()) -> list[Finding]:
    """Every finding in the samples of a folder, sample by sample; then wordings that are labelled in two ways.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.

    Raises:
        BrokenSample: the folder holds no sample.
    """
    found: list[Finding] = []
    good: list[tuple[Path, Sample]] = []
    for path in samples(folder):
        try:
            sample = parsed(path)
            found += of_sample(path, sample, texts)
            good.append((path, sample))
        except BrokenSample as error:
            found.append(Finding(path, None, str(error).removeprefix(f"{path}: ")))
    return [*found, *two_labels(good)]


def of_sample(path: Path, sample: Sample, texts: Sequence[Path]) -> list[Finding]:
    """The findings in one sample."""
    found = [Finding(path, start, message) for check in FAULTS for start, message in check(sample)]
    found += [Finding(path, start, message, "warning") for check in WARNINGS for start, message in check(sample)]
    found += [Finding(path, None, f"unknown key {key!r}") for key in sorted(sample.keys() - HEADER - OPTIONAL)]
    if sample.get("draft"):
        found.append(Finding(path, None, 'a draft; correct it, then take out "draft": true', "warning"))
    try:
        source = reading.read(text_of(path, sample, texts))
    except (BrokenSample, reading.Unreadable) as error:
        weight: Weight = "warning" if "sha256" in sample else "fault"
        return [*found, Finding(path, None, f"offsets are not checked: {error}", weight)]
    return found + [Finding(path, start, message) for start, message in against(sample, source)]


def against(sample: Sample, source: Source) -> Iterator[Complaint]:
    """What does not fit the text: its digest, its length, the window, the words of each mark."""
    size = len(source.raw)
    if sample.get("sha256", source.sha256) != source.sha256:
        yield None, f"{sample['doc']} has changed since it was annotated (sha256 {source.sha256[:12]}…)"
    if sample.get("characters") != size:
        yield None, f"{sample['doc']} has {size} characters, not {sample.get('characters')}"
    low, high = sample["annotated"]
    if not 0 <= low < high <= size:
        yield None, f"the window {low} to {high} does not lie in the text"
    for mark in (*sample["clauses"], *sample["entities"]):
        words = mark.get("text")
        if words is None and "sha256" not in sample:
            yield mark["start"], "no words: a mark without `text` needs the sample's `sha256`"
        elif words is not None and healed(source.raw[mark["start"] : mark["end"]]) != healed(words):
            yield mark["start"], f"the text has {source.raw[mark['start'] : mark['end']]!r} there, not {words!r}"


def two_labels(good: Sequence[tuple[Path, Sample]]) -> Iterator[Finding]:
    """Names that are of one type here and of another there: the rarer uses, since one of the two is often a slip."""
    uses: dict[str, dict[str, list[tuple[Path, int]]]] = defaultdict(lambda: defaultdict(list))
    for path, sample in good:
        for entity in sample["entities"]:
            if "text" in entity:
                uses[healed(entity["text"])][entity["type"]].append((path, entity["start"]))
    for words, types in uses.items():
        usual = max(types, key=lambda kind: len(types[kind]))
        for kind, places in types.items():
            for path, start in places if kind != usual else ():
                yield Finding(path, start, f"{words} is {kind} here, {usual} {len(types[usual])} times", "warning")
