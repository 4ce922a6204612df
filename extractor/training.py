"""Trains the arbiter on folders of annotated samples; needs the extra `[train]`."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import arbiter, writing
from extractor.arbiter import ROLES
from extractor.evaluation import read_sample
from extractor.ledger import from_source
from extractor.reading import read

SMOOTHING = 20.0
"""Strength of the quadratic penalty on weights, chosen on documents left out."""
ROUNDS = 150
DIGITS = 3
Sequences = tuple[list[list[str]], list[str]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated document: what the model sees of each clause, and the role it should give."""

    name: str
    attributes: list[list[str]]
    roles: list[str]


def lessons(folders: Iterable[Path]) -> list[Lesson]:
    """The annotated windows of every sample in some folders."""
    return [lesson(path) for folder in folders for path in sorted(folder.glob("*.json"))]


def lesson(path: Path) -> Lesson:
    """One sample, cut and matched by the pipeline; a clause that the sample cuts otherwise counts as `other`."""
    sample = read_sample(path)
    doc = from_source(read(path.with_name(sample["doc"])), arbiter=False)
    gold = {(clause["start"], clause["end"]): clause["role"] for clause in sample["clauses"]}
    low, high = sample["annotated"]
    attributes: list[list[str]] = []
    roles: list[str] = []
    seen = arbiter.attributes_of(doc._.clauses, [verdict.facts for verdict in doc._.verdicts])
    for clause, known in zip(doc._.clauses, seen, strict=True):
        span = doc._.text.raw_span(clause.start, clause.end)
        if low <= span[0] and span[1] <= high:
            attributes.append(known)
            roles.append(gold.get(span, "other"))
    return Lesson(path.stem, attributes, roles)


def train(taught: Sequence[Lesson]) -> dict[str, object]:
    """Weights as they stand in `rules/arbiter.json`.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.0, "c2": SMOOTHING, "max_iterations": ROUNDS, "feature.possible_transitions": True})
    for item in taught:
        trainer.append(item.attributes, item.roles)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    weights: defaultdict[str, list[float]] = defaultdict(lambda: [0.0] * len(ROLES))
    for (name, role), weight in info.state_features.items():
        weights[name][ROLES.index(role)] = round(weight, DIGITS)
    kept = {name: row for name, row in sorted(weights.items()) if any(abs(weight) >= 0.01 for weight in row)}
    moves = [[round(info.transitions.get((a, b), 0.0), DIGITS) for b in ROLES] for a in ROLES]
    return {"roles": ROLES, "samples": len(taught), "transitions": moves, "weights": kept}


def save(model: dict[str, object], path: Path) -> None:
    """Write a model where `arbiter.load` finds it."""
    writing.write_text(path, json.dumps(model, ensure_ascii=False, separators=(",", ":")) + "\n")
