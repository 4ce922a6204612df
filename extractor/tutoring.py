"""Trains the model of names and its network on folders of annotated samples; needs the extra `[train]`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from spacy.tokens import Doc

from extractor import advising, clauses, namer, naming, pipeline, renaming, rulebook
from extractor.advising import Told
from extractor.clues import AFTER, BEGIN, INSIDE, Case
from extractor.evaluation import Score, aligned, read_sample, samples
from extractor.evaluation.samples import marks_entities, text_of
from extractor.ledger import from_source
from extractor.naming import Named, NameType
from extractor.pieces import Pieces
from extractor.reading import read
from extractor.training import dealt, fitted, save

SPARSITY = 0.1
SMOOTHING = 0.2
"""Strength of the linear and of the quadratic penalty on weights, chosen on documents left out."""
ROUNDS = 100
SCALE = 1000
SLIGHTEST = 30
"""An attribute whose weights are all smaller, in thousandths, is left out."""
TRUST = {"PROJECT": 1000, "LOCATION": 1000, "ORG": 1000}
"""What a name that the rules found is given beside what was learnt of it: the rules count where the model is unsure."""
SHARES = {"PROJECT": 0.2, "LOCATION": 0.6, "ORG": 0.6}
"""The share of the model taught by all samples, by type, where some are unlike the texts to come: chosen on halves of gold left out, for projects among equals."""
EAGER = {"PROJECT": 1000, "LOCATION": 1000, "ORG": 0}
"""What the beginning of a name is given, in thousandths: what was learnt keeps too few; chosen on documents left out."""
CONTENT = ("commitment", "lead-in", "tail")
LABELS = "OBI"
"""What labels are called where the model is fitted."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One annotated window: what is read of its clauses, the names in it, and those that the rules found.

    `unlike` says that it is unlike the texts to come, such as a text made up to hold many names.
    """

    name: str
    case: Case
    wanted: frozenset[namer.Span]
    spotted: frozenset[namer.Span]
    unlike: bool = False

    def told(self) -> list[Told]:
        """What the models see of each piece, and its labels by type, a clause at a time."""
        seen = list(namer.attributes(self.case))
        pieces = self.case.pieces
        labels = np.array([labelled(pieces, sorted(n for n in self.wanted if n[0] == kind)) for kind in namer.TYPES])
        ends = np.cumsum(pieces.lengths).tolist()
        parts = [slice(end - length, end) for end, length in zip(ends, pieces.lengths, strict=True)]
        return [(seen[part], labels[:, part].T, self.unlike) for part in parts]


def lessons(
    folders: Iterable[Path],
    texts: Sequence[Path] = (),
    familiar: Collection[Path] = (),
    unlike: Collection[Path] = (),
) -> list[Lesson]:
    """The annotated windows of every sample in some folders.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.
        familiar: the folders that the rules were written on. There the rules look better than they are, so what they
            find is hidden from the model.
        unlike: the folders whose texts are unlike those to come.

    Samples whose entities nobody marked teach nothing of names.

    Raises:
        BrokenSample: a folder holds no sample, or one that cannot be used.
    """
    taught = []
    for folder in folders:
        for path in samples(folder):
            sample = read_sample(path)
            if not marks_entities(sample):
                continue
            doc = from_source(read(text_of(path, sample, texts)), arbiter=False)
            taught.append(replace(lesson(path.stem, sample, doc, folder in familiar), unlike=folder in unlike))
    return taught


def lesson(name: str, sample: dict[str, Any], doc: Doc, hidden: bool) -> Lesson:
    """The names in the clauses of one window that are annotated as part of a commitment."""
    book = rulebook.load()
    inside = [doc._.clauses[number] for number, clause in aligned(sample, doc) if clause["role"] in CONTENT]
    view = clauses.view(doc._.text.folded, inside)
    found = naming.find(view, book, pipeline.issuer(doc))
    starts, ends = {}, {}
    for clause in inside:
        for place in range(clause.start, clause.end):
            start, end = doc._.text.raw_span(place, place + 1)
            starts[start], ends[end] = place, place + 1
    wanted = {
        (entity["type"], starts[entity["start"]], ends[entity["end"]])
        for entity in sample["entities"]
        if entity["type"] in namer.TYPES and entity["start"] in starts and entity["end"] in ends
    }
    case = renaming.case(view, doc._.words, found, book, hidden)
    return Lesson(name, case, frozenset(wanted), frozenset(map(span, found)))


def span(name: Named) -> namer.Span:
    """Type, start and end of a name."""
    return name.type, name.start, name.end


def labelled(pieces: Pieces, names: Iterable[namer.Span]) -> list[int]:
    """The numbers of the labels of pieces; a name that ends inside a piece takes all of it, of two that overlap the first stands.

    A name in a clause that was passed over, because no word tells of one, has no piece.
    """
    labels = [namer.OUTSIDE] * len(pieces.starts)
    for _, start, end in names:
        first, last = bisect_right(pieces.starts, start) - 1, bisect_left(pieces.starts, end)
        if first >= 0 and start < pieces.end(first) and set(labels[first:last]) == {namer.OUTSIDE}:
            labels[first:last] = [namer.BEGIN, *[namer.INSIDE] * (last - first - 1)]
    return labels


def left_out(taught: Sequence[Lesson], folds: int) -> Iterator[tuple[NameType, Score, Score]]:
    """By type how the model does on documents that it did not see, and how the rules alone do on them.

    Texts are dealt to `folds` groups in turn, all windows of one together; each is judged by a model trained on the others.
    Where the rules are hidden nothing is judged: there neither the model with them nor they alone show what to expect.
    """
    scores = {name: (Score(), Score()) for name in namer.TYPES}
    for shown, apart in dealt(taught, folds):
        model = namer.from_json(*train(shown))
        for item in (item for item in apart if not item.case.hidden):
            given = set(model.names(item.case))
            for name, (ours, theirs) in scores.items():
                ours.add(counted(given, item.wanted, name))
                theirs.add(counted(item.spotted, item.wanted, name))
    for name, (ours, theirs) in scores.items():
        yield name, ours, theirs


def counted(given: Collection[namer.Span], wanted: Collection[namer.Span], name: NameType) -> Score:
    """How many names of a type are right, found and wanted."""
    ours, theirs = ({span for span in spans if span[0] == name} for spans in (given, wanted))
    return Score(len(ours & theirs), len(ours), len(theirs))


def train(taught: Sequence[Lesson]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weights of all types, as they stand in `rules/names.json`, and those of the network, as in `rules/names_network.json`.

    Where some lessons are unlike the texts to come, the mean of two models: one without them, and one taught by all.

    Raises:
        ModuleNotFoundError: the extra `[train]` is not installed.
    """
    told = [clause for item in taught for clause in item.told()]
    alike = [clause for clause in told if not clause[2]]
    moves, weights = fit(told)
    if alike and len(alike) < len(told):
        without = fit(alike)
        moves = {
            name: [mean(one, other, SHARES[name]) for one, other in zip(without[0][name], moves[name], strict=True)]
            for name in namer.TYPES
        }
        none = [0] * namer.WIDTH
        weights = {
            name: mean_by_type(without[1].get(name, none), weights.get(name, none))
            for name in {**without[1], **weights}
        }
    return {"moves": moves, "weights": dict(sorted(weights.items()))}, advising.train(told)


def fit(told: Sequence[Told]) -> tuple[dict[str, list[list[int]]], dict[str, list[int]]]:
    """What a model taught by these clauses gives to moves and to attributes, in thousandths."""
    weights: defaultdict[str, list[int]] = defaultdict(lambda: [0] * namer.WIDTH)
    moves: dict[str, list[list[int]]] = {}
    for number, name in enumerate(namer.TYPES):
        states, moves[name] = weighed(told, number)
        for (attribute, label), weight in states.items():
            weights[attribute][number * namer.LABELS + LABELS.index(label)] = round(weight * SCALE)
        for attribute, column, more in trusted(name):
            weights[attribute][number * namer.LABELS + column] += more
        for row in moves[name]:
            row[namer.BEGIN] += EAGER[name]
    return moves, {name: row for name, row in weights.items() if any(abs(weight) >= SLIGHTEST for weight in row)}


def mean(without: Sequence[int], whole: Sequence[int], share: float) -> list[int]:
    """The weights of two models, of which the second has this share."""
    return [round((1 - share) * one + share * other) for one, other in zip(without, whole, strict=True)]


def mean_by_type(without: Sequence[int], whole: Sequence[int]) -> list[int]:
    """The weights of an attribute for the labels of all types, of two models of which the second has its `SHARES`."""
    parts = [slice(first, first + namer.LABELS) for first in range(0, namer.WIDTH, namer.LABELS)]
    shared = zip(namer.TYPES, parts, strict=True)
    return [weight for name, part in shared for weight in mean(without[part], whole[part], SHARES[name])]


def weighed(told: Sequence[Told], number: int) -> tuple[dict[tuple[str, str], float], list[list[int]]]:
    """The weights of attributes for labels, and those of moves in thousandths, of the type with this number."""
    shown = ((seen, [LABELS[label] for label in labels[:, number]]) for seen, labels, _ in told)
    states, transitions = fitted(shown, {"c1": SPARSITY, "c2": SMOOTHING, "max_iterations": ROUNDS})
    return states, [[round(transitions.get((a, b), 0.0) * SCALE) for b in LABELS] for a in LABELS]


def trusted(name: NameType) -> Iterator[tuple[str, int, int]]:
    """What is added to the weights of names that the rules found, and of a name's beginning: the mark, the label, the weight."""
    yield "at:first", namer.BEGIN, EAGER[name]
    for place, column, sign in ((BEGIN, namer.BEGIN, 1), (INSIDE, namer.INSIDE, 1), (AFTER, namer.INSIDE, -1)):
        yield f"hit:{name}.{place}", column, sign * TRUST[name]


def trained(
    folders: Iterable[Path],
    texts: Sequence[Path],
    familiar: Collection[Path],
    unlike: Collection[Path],
    folds: int,
    path: Path,
) -> Iterator[str]:
    """Train and save the model and its network, or with `folds` judge documents by models that did not see them; lines that say so."""
    taught = lessons([*folders, *unlike], texts, familiar, unlike)
    if folds:
        for name, ours, theirs in left_out(taught, folds):
            yield f"{name} on documents left out: {ours.as_json()}; the rules alone: {theirs.as_json()}"
        return
    beside = path.with_name(namer.NETWORK)
    for model, place in zip(train(taught), (path, beside), strict=True):
        save(model, place)
    yield f"{len(taught)} samples, {sum(len(item.wanted) for item in taught)} names: {path} and {beside.name}"
