"""Trains the arbiter on folders of annotated samples; needs the extra `[train]`."""

from __future__ import annotations

import json
import tempfile
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractor import arbiter, writing
from extractor.arbiter import ROLES
from extractor.clauses import Clause
from extractor.evaluation import read_sample
from extractor.ledger import from_source
from extractor.reading import read
from extractor.wording import Wording

SPARSITY = 0.1
SMOOTHING = 5.0
"""Strength of the linear and of the quadratic penalty on weights, chosen on documents left out."""
ROUNDS = 150
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated window: its clauses, what is known of each, and the role it should be given."""

    name: str
    clauses: list[Clause]
    facts: list[frozenset[str]]
    wordings: list[Wording]
    roles: list[str]

    def sequences(self) -> Iterator[tuple[list[list[str]], list[str]]]:
        """What the model sees of each clause, and the roles, a paragraph at a time."""
        seen = list(arbiter.attributes_of(self.clauses, self.facts, self.wordings))
        first = 0
        for length in arbiter.chains(self.clauses):
            yield seen[first : first + length], self.roles[first : first + length]
            first += length


def lessons(folders: Iterable[Path]) -> list[Lesson]:
    """The annotated windows of every sample in some folders."""
    return [taught_by(path) for folder in folders for path in sorted(folder.glob("*.json"))]


def taught_by(path: Path) -> Lesson:
    """One sample, cut and matched by the pipeline; a clause that the sample cuts otherwise has the role of its middle."""
    sample = read_sample(path)
    doc = from_source(read(path.with_name(sample["doc"])), arbiter=False)
    starts = [clause["start"] for clause in sample["clauses"]]
    low, high = sample["annotated"]
    lesson = Lesson(path.stem, [], [], [], [])
    for clause, verdict, wording in zip(doc._.clauses, doc._.verdicts, doc._.wordings, strict=True):
        span = doc._.text.raw_span(clause.start, clause.end)
        if low <= span[0] and span[1] <= high:
            lesson.clauses.append(clause)
            lesson.facts.append(verdict.facts)
            lesson.wordings.append(wording)
            number = bisect_right(starts, sum(span) // 2) - 1
            lesson.roles.append(sample["clauses"][number]["role"] if number >= 0 else "other")
    return lesson


def left_out(taught: Sequence[Lesson], folds: int) -> tuple[int, int, int]:
    """Heads right, found and wanted when every document is judged by a model that did not see it.

    Documents are dealt to `folds` groups in turn; each group is judged by a model trained on the others.
    """
    right = found = wanted = 0
    for fold in range(folds):
        model = arbiter.from_json(train([item for number, item in enumerate(taught) if number % folds != fold]))
        for item in taught[fold::folds]:
            roles = model.decide(item.clauses, item.facts, item.wordings)
            right += sum(a == b == "commitment" for a, b in zip(roles, item.roles, strict=True))
            found += roles.count("commitment")
            wanted += item.roles.count("commitment")
    return right, found, wanted


def train(taught: Sequence[Lesson]) -> dict[str, object]:
    """Weights as they stand in `rules/arbiter.json`.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {"c1": SPARSITY, "c2": SMOOTHING, "max_iterations": ROUNDS, "feature.possible_transitions": True}
    )
    for item in taught:
        for attributes, roles in item.sequences():
            trainer.append(attributes, roles)
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
