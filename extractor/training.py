"""Trains the arbiter on folders of annotated samples; needs the extra `[train]`."""

from __future__ import annotations

import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_args

from spacy.tokens import Doc

from extractor import arbiter, inheritance, kinds, network, pipeline, rulebook, schooling
from extractor.evaluation import Score, aligned, read_sample, samples
from extractor.evaluation.samples import text_of
from extractor.ledger import from_source
from extractor.lesson import Lesson
from extractor.reading import read
from extractor.records import Kind
from extractor.roles import Role
from extractor.writing import files

SPARSITY = 0.3
SMOOTHING = 2.0
"""Strength of the linear and of the quadratic penalty on weights, chosen on documents left out."""
ROUNDS = 150
SLIGHTEST = 50
"""An attribute whose weights, in thousandths, are all smaller is left out: it helps on the samples it was learnt from alone."""
WINDOW = re.compile(r"_[0-9]{1,2}$")
"""What tells the windows of one text apart in the names of samples."""


class Named(Protocol):
    """What is taught of one annotated window."""

    @property
    def name(self) -> str:
        """The sample."""


L = TypeVar("L", bound=Named)


@dataclass(frozen=True, slots=True)
class Lessons:
    """What annotated samples teach: of roles, and of kinds; a lesson a window, in the same order."""

    roles: list[Lesson]
    kinds: list[Lesson]


def lessons(folders: Iterable[Path], texts: Sequence[Path] = (), unlike: Collection[Path] = ()) -> Lessons:
    """The annotated windows of every sample in some folders.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.
        unlike: the folders whose texts are unlike those to come.

    Raises:
        BrokenSample: a folder holds no sample, or one that cannot be used.
    """
    taught = Lessons([], [])
    for path in (path for folder in folders for path in samples(folder)):
        sample = read_sample(path)
        doc = from_source(read(text_of(path, sample, texts)), arbiter=False)
        labelled = dict(aligned(sample, doc))
        taught.roles.append(of_roles(path.stem, doc, labelled, path.parent in unlike))
        taught.kinds.append(of_kinds(path.stem, doc, labelled))
    return taught


def of_roles(name: str, doc: Doc, labelled: dict[int, dict[str, Any]], unlike: bool = False) -> Lesson:
    """The roles of all clauses of a window."""
    lesson = Lesson(name, unlike)
    for number, clause in labelled.items():
        lesson.add(doc._.clauses[number], doc._.verdicts[number].known, doc._.wordings[number], clause["role"])
    return lesson


def of_kinds(name: str, doc: Doc, labelled: dict[int, dict[str, Any]]) -> Lesson:
    """The kinds of the commitments of a window that the decision table finds."""
    scene = pipeline.scene(doc, rulebook.load())
    heads = dict(inheritance.inherited(scene))
    lesson = Lesson(name)
    found = kinds.case(heads, scene)
    for number, clause, facts, wording in zip(heads, found.clauses, found.facts, found.wordings, strict=True):
        if kind := labelled.get(number, {}).get("kind"):
            lesson.add(clause, facts, wording, kind)
    return lesson


def left_out(taught: Lessons, folds: int) -> tuple[tuple[int, int, int], tuple[int, int]]:
    """Heads right, found and wanted, and kinds right and judged, of documents judged by models that did not see them.

    Texts are dealt to `folds` groups in turn, all windows of one together; each is judged by a model trained on the others.
    """
    right = found = wanted = agreed = judged = 0
    for given, lesson in judgements(taught.roles, advised, folds):
        right += sum(a == b == "commitment" for a, b in zip(given, lesson.labels, strict=True))
        found += given.count("commitment")
        wanted += lesson.labels.count("commitment")
    for given, lesson in judgements(taught.kinds, unadvised, folds):
        agreed += sum(a == b for a, b in zip(given, lesson.labels, strict=True))
        judged += len(given)
    return (right, found, wanted), (agreed, judged)


def advised(taught: Sequence[Lesson]) -> arbiter.Model:
    """A model of roles, with the network that advises it."""
    return arbiter.from_json(train(taught, get_args(Role)), network.from_json(schooling.train(taught, get_args(Role))))


def unadvised(taught: Sequence[Lesson]) -> arbiter.Model:
    """A model of kinds."""
    return arbiter.from_json(train(taught, get_args(Kind)))


def judgements(
    taught: Sequence[Lesson], trained: Callable[[Sequence[Lesson]], arbiter.Model], folds: int
) -> Iterator[tuple[list[str], Lesson]]:
    """Every lesson, with the labels that a model trained without it gives."""
    for shown, apart in dealt(taught, folds):
        model = trained(shown)
        for item in apart:
            yield model.decide(item.clauses, item.facts, item.wordings), item


def dealt(taught: Sequence[L], folds: int) -> Iterator[tuple[list[L], list[L]]]:
    """What is shown and what is kept apart, fold by fold; all windows of a text are on one side."""
    names = [WINDOW.sub("", item.name) for item in taught]
    groups = {name: number % folds for number, name in enumerate(dict.fromkeys(names))}
    for fold in range(folds):
        sides: tuple[list[L], list[L]] = [], []
        for name, item in zip(names, taught, strict=True):
            sides[groups[name] == fold].append(item)
        yield sides


def train_all(taught: Lessons) -> dict[str, object]:
    """Both models, as they stand in `rules/arbiter.json`.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    return {"roles": train(taught.roles, get_args(Role)), "kinds": train(taught.kinds, get_args(Kind))}


def train(taught: Sequence[Lesson], labels: Sequence[str]) -> dict[str, object]:
    """The weights of one model.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    shown = (sequence for item in taught for sequence in item.sequences())
    states, transitions = fitted(shown, {"c1": SPARSITY, "c2": SMOOTHING, "max_iterations": ROUNDS})
    weights: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(labels))
    for (attribute, label), weight in states.items():
        weights[attribute][labels.index(label)] = round(weight * network.SCALE)
    kept: dict[str, dict[str, dict[str, list[int]]]] = {}
    for attribute, row in sorted(weights.items()):
        if any(abs(weight) >= SLIGHTEST for weight in row):
            place, kind, name = arbiter.apart(attribute)
            kept.setdefault(place, {}).setdefault(kind, {})[name] = row
    moves = [[round(transitions.get((a, b), 0.0) * network.SCALE) for b in labels] for a in labels]
    return {"labels": labels, "samples": len(taught), "transitions": moves, "weights": kept}


def fitted(
    sequences: Iterable[tuple[list[list[str]], list[str]]], settings: Mapping[str, float]
) -> tuple[dict[tuple[str, str], float], dict[tuple[str, str], float]]:
    """The weights of a conditional random field that is shown attributes with labels: by attribute and label, and by move.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    import pycrfsuite

    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({**settings, "feature.possible_transitions": True})
    for attributes, labels in sequences:
        trainer.append(attributes, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model")
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        info = tagger.info()
        tagger.close()
    return info.state_features, info.transitions


def save(models: Mapping[str, object], path: Path) -> None:
    """Write models where `arbiter.load` finds them."""
    files.write_text(path, json.dumps(models, ensure_ascii=False, separators=(",", ":")) + "\n")


def trained(
    folders: Iterable[Path], texts: Sequence[Path], unlike: Collection[Path], folds: int, path: Path
) -> Iterator[str]:
    """Train and save both models and the network, or with `folds` judge documents by models that did not see them; lines that say so."""
    taught = lessons([*folders, *unlike], texts, unlike)
    if folds:
        heads, (agreed, judged) = left_out(taught, folds)
        yield f"heads on documents left out: {Score(*heads).as_json()}"
        yield f"kinds on documents left out: {agreed / judged:.4f} right"
        return
    save(train_all(taught), path)
    beside = path.with_name(arbiter.NETWORK)
    save(schooling.train(taught.roles, get_args(Role)), beside)
    yield f"{len(taught.roles)} samples, {sum(len(lesson.labels) for lesson in taught.roles)} clauses: {path} and {beside.name}"
