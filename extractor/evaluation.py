"""Scores a run against annotated samples: precision, recall and F1 per field.

Matching rules: a commitment is found when its head and a gold head overlap by at least half of their union (IoU);
an entity when type and span are equal; a clause counts as content when at least half of it lies in a record.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from extractor.records import Commitment, Entity, Span

TYPES = ("PROJECT", "LOCATION", "ORG", "QUANTITY", "TIME", "POLICY")
NORMED = ("QUANTITY", "TIME")
Stretch = tuple[int, int]


class BrokenSample(ValueError):
    """An annotated sample that cannot be used; the message names the file and what to do."""


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


@dataclass(slots=True)
class Report:
    """Scores by field, over all documents and for each."""

    total: dict[str, Score] = field(default_factory=dict)
    documents: dict[str, dict[str, Score]] = field(default_factory=dict)

    def add(self, name: str, scores: dict[str, Score]) -> None:
        """Add a document."""
        self.documents[name] = scores
        for key, score in scores.items():
            self.total.setdefault(key, Score()).add(score)

    def as_json(self) -> dict[str, dict[str, float]]:
        """Field to precision, recall and F1."""
        return {key: score.as_json() for key, score in self.total.items()}

    def shortfalls(self, floors: dict[str, float]) -> list[str]:
        """What lies below its floor, one line each.

        Raises:
            KeyError: a floor names a field that is not scored.
        """
        return [
            f"{key}: F1 {self.total[key].f1:.4f} is below {floor}"
            for key, floor in floors.items()
            if self.total[key].f1 < floor
        ]


def read_sample(path: Path) -> dict[str, Any]:
    """One gold file.

    Raises:
        BrokenSample: not JSON, or a key of the contract is missing.
    """
    try:
        sample: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        missing = [key for key in ("doc", "annotated", "clauses", "entities") if key not in sample]
    except (ValueError, OSError) as error:
        raise BrokenSample(f"{path}: {error}; see the format in corpus/README.md") from None
    if missing:
        raise BrokenSample(f"{path}: no key {missing[0]!r}; see the format in corpus/README.md")
    return sample


def samples(folder: Path) -> list[Path]:
    """The gold files of a folder.

    Raises:
        BrokenSample: there is none.
    """
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise BrokenSample(f"{folder}: no annotated sample (NAME.json beside NAME.txt)")
    return paths


def aligned(sample: dict[str, Any], doc: Doc) -> Iterator[tuple[int, dict[str, Any]]]:
    """Every clause number of a processed text inside the annotated window, with the annotated clause it stands for.

    A clause that the sample cuts otherwise stands for the annotated clause that its middle lies in.

    Raises:
        BrokenSample: the sample was made of a text of another length, so that its offsets would stand beside the words.
    """
    size = len(doc._.text.raw)
    if sample.get("characters", size) != size:
        raise BrokenSample(
            f"{sample['doc']}: {size} characters, but its sample says {sample['characters']}; "
            "count offsets in the decoded text with its own line breaks"
        )
    starts = [clause["start"] for clause in sample["clauses"]]
    low, high = sample["annotated"]
    for number, clause in enumerate(doc._.clauses):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        place = bisect_right(starts, (start + end) // 2) - 1
        if low <= start and end <= high and place >= 0:
            yield number, sample["clauses"][place]


def evaluate(folder: Path, predict: Callable[[Path], Sequence[Commitment]]) -> Report:
    """Score `predict` (text file to records) on every sample of a folder.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
    """
    report = Report()
    for path in samples(folder):
        sample = read_sample(path)
        report.add(sample["doc"], score(sample, predict(path.with_name(sample["doc"]))))
    return report


def score(sample: dict[str, Any], records: Sequence[Commitment]) -> dict[str, Score]:
    """All scores of one document; only what lies inside the annotated window counts."""
    low, high = sample["annotated"]
    inside = [r for r in records if low <= r.head.start and r.head.end <= high]
    heads = [clause for clause in sample["clauses"] if clause["role"] == "commitment"]
    pairs = matched(heads, inside, lambda gold, record: half(iou(stretch(gold), span(record.head))))
    scores = {"heads": Score(len(pairs), len(inside), len(heads))}
    scores["content"] = content(sample["clauses"], inside)
    scores["kind"] = Score(sum(g["kind"] == r.kind for g, r in pairs), len(pairs), len(pairs))
    scores |= surroundings(sample["clauses"], inside)
    return scores | entities(sample, inside)


def content(clauses: Iterable[dict[str, Any]], records: Sequence[Commitment]) -> Score:
    """Whether clauses were taken into some record; headings do not count."""
    covered = [span(part) for record in records for part in (record.head, *record.lead_ins, *record.tails)]
    result = Score()
    for clause in clauses:
        if clause["role"] == "heading":
            continue
        wanted, found = clause["role"] != "other", cover(stretch(clause), covered) >= 0.5
        result.add(Score(wanted and found, found, wanted))
    return result


def surroundings(clauses: Iterable[dict[str, Any]], records: Sequence[Commitment]) -> dict[str, Score]:
    """Lead-ins and tails: share of the gold ones that stand in a record as such."""
    given = {
        "lead-in": [span(part) for record in records for part in record.lead_ins],
        "tail": [span(part) for record in records for part in record.tails],
    }
    scores = {name: Score(found=len(spans)) for name, spans in given.items()}
    for clause in clauses:
        if clause["role"] in scores:
            hit = cover(stretch(clause), given[clause["role"]]) >= 0.5
            scores[clause["role"]].add(Score(correct=hit, wanted=1))
    return scores


def entities(sample: dict[str, Any], records: Sequence[Commitment]) -> dict[str, Score]:
    """Strict scores by type, and norms among the overlapping."""
    inside = [stretch(c) for c in sample["clauses"] if c["role"] in ("commitment", "lead-in", "tail")]
    wanted = [entity for entity in sample["entities"] if cover(stretch(entity), inside) >= 0.99]
    found: dict[tuple[str, int, int], Entity] = {}
    for entity in (entity for record in records for entity in record.entities):
        if cover((entity.start, entity.end), inside) >= 0.5:
            found[entity.type, entity.start, entity.end] = entity
    scores: dict[str, Score] = {}
    for kind in TYPES:
        gold = [entity for entity in wanted if entity["type"] == kind]
        given = [entity for entity in found.values() if entity.type == kind]
        strict = matched(gold, given, lambda g, e: float(stretch(g) == (e.start, e.end)))
        scores[kind] = Score(len(strict), len(given), len(gold))
        if kind in NORMED:
            loose = matched(gold, given, lambda g, e: half(iou(stretch(g), (e.start, e.end))))
            normed = [(g, e) for g, e in loose if g.get("norm")]
            right = sum(squeezed(g["norm"]) == squeezed(e.norm) for g, e in normed)
            scores[f"{kind} norm"] = Score(right, len(normed), len(normed))
    return scores


def matched(gold: Sequence[Any], given: Sequence[Any], fit: Callable[[Any, Any], float]) -> list[tuple[Any, Any]]:
    """Greedy pairs in gold order, each given one used once."""
    free = dict(enumerate(given))
    pairs = []
    for wanted in gold:
        best = max(free, key=lambda number: (fit(wanted, free[number]), -number), default=None)
        if best is not None and fit(wanted, free[best]) > 0:
            pairs.append((wanted, free.pop(best)))
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
    """Start and end of an annotation."""
    return annotation["start"], annotation["end"]


def span(part: Span) -> Stretch:
    """Start and end of a record's part."""
    return part.start, part.end


def squeezed(norm: object) -> str:
    """A norm without white space."""
    return "" if norm is None else "".join(str(norm).split())
