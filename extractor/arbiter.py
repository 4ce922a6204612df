"""Two small trained models over the facts that the rules found: they arbitrate where a decision table is unsure.

One judges the roles of clauses, the other the kinds of commitments. Each is a linear-chain conditional random field:
every clause has a score for every label, the sum of the weights of its own facts and words and of its neighbours', and
every pair of neighbouring labels has one; the best sequence of a paragraph wins. Weights are
plain numbers in `rules/arbiter.json`, trained by `extractor train` on annotated samples and on nothing else. They are
added up as whole thousandths, so that the same facts give the same roles on any machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from extractor import network
from extractor.clauses import Clause
from extractor.facts import matrix, names
from extractor.network import FACT, SCALE, VERB, Network
from extractor.paths import Weights, best_paths
from extractor.sums import found, gathered, summed
from extractor.wording import KINDS, SAYS, Wording, single

REACH = (-2, -1, 1, 2)
"""How far a clause sees the facts of its neighbours."""
EARSHOT = (-1, 1)
"""How far it sees their words."""
PRIVATE = ("doc.", "stance.", "settled.", "at.", "pledge.", "joint.")
"""Facts that say nothing to a neighbour."""
FRONT = "is.front"
"""Titles, bylines and dates are no neighbours: a text reads the same with and without them."""
FRAMES = ("stance.", "doc.")
HIDDEN = ("at.line", "at.start", "at.end", "is.short", "is.phrase", "is.long")
"""Facts of mere layout and length: the model would learn the habits of its samples from them."""
JOINED = ("verb.", "tense.", "voice.", "has.", "tag.", "is.", "figure.")
"""Facts that mean different things under different stances."""
OWN = "0"
HEARD = (OWN, *(f"{step}{sign}" for step in EARSHOT for sign in "sd"))
PLACES = (*HEARD, *(f"{step}{sign}" for step in REACH if step not in EARSHOT for sign in "sd"))
"""The clause itself, and its neighbours in the same sentence (`-1s`) and in another (`-1d`); those that are heard first."""
MARK = ":"
"""What follows the place in an attribute, and the kind of a trait: `-1s:says:建设`, `0:verb:建设`, `0:tense.future`."""
JOINT = "joint."
NETWORK = "network.json"
"""The file beside the models that holds the network."""
Weighed: TypeAlias = Mapping[str, Mapping[str, Mapping[str, Sequence[int]]]]
"""Weights by place or frame, kind and name: `0`, `says`, `建设` and `stance.plan`, `fact`, `verb.action`; a number a label."""


@dataclass(frozen=True)
class Model:
    """Weights in thousandths, as they stand in the file and as tables; where there is a `network`, its scores are added.

    `facts`, `verbs` and `traits` (one mapping for each of `wording.KINDS`) number what a clause may have. `of_facts`,
    `of_verbs` and `of_traits` are features by places and labels, and `framed`, for each frame that a fact is joined with,
    facts by labels: whole numbers that single precision holds exactly. Verb 0 and trait 0 have no weight: what no sample had.
    """

    labels: Sequence[str]
    weights: Weighed
    transitions: Weights
    facts: Sequence[str]
    verbs: Mapping[str, int]
    traits: Sequence[Mapping[str, int]]
    of_facts: Weights
    of_verbs: Weights
    of_traits: Weights
    framed: Mapping[str, Weights]
    network: Network | None = None

    def decide(self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> list[str]:
        """The best sequence of labels; `known` are the clauses' sets of facts."""
        if not clauses:
            return []
        moves = self.transitions + self.network.moves if self.network else self.transitions
        best = best_paths(self.scores(clauses, known, wordings)[:, None], chains(clauses), moves[None])
        return [self.labels[number] for number in best[:, 0].tolist()]

    def scores(self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> Weights:
        """The score of every label of every clause in thousandths, the network's counted in: clauses by labels."""
        total = self.weighed(clauses, known, wordings)
        if self.network:
            total += self.network.scores(clauses, known, wordings, front(known))
        return total

    def weighed(self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> Weights:
        """What facts and words weigh for every label of every clause, neighbours counted in: clauses by labels."""
        truths = matrix(known, [FRONT, *self.framed, *self.facts])
        spoken, inside, present = np.split(truths, [1, 1 + len(self.framed)], axis=1)
        total = summed(self.of_facts, present)
        total += self.of_verbs[found(self.verbs, [wording.verb for wording in wordings])]
        total[:, : self.of_traits.shape[1]] += self.worded(wordings)
        parts = dict(zip(PLACES, np.split(total, len(PLACES), axis=1), strict=True))
        result: Weights = parts[OWN].copy()
        for rows, weights in zip(inside.T, self.framed.values(), strict=True):
            if rows.any():
                result[rows] += summed(weights, present[rows])
        sentences = np.array([clause.sentence for clause in clauses])
        for step in REACH:
            here = slice(max(0, -step), max(0, len(clauses) - max(0, step)))
            there = slice(max(0, step), max(0, len(clauses) - max(0, -step)))
            same = (sentences[here] == sentences[there])[:, None]
            result[here] += np.where(same, parts[f"{step}s"][there], parts[f"{step}d"][there]) * ~spoken[there]
        return result

    def worded(self, wordings: Sequence[Wording]) -> Weights:
        """The weights of every clause's words added up: clauses by places within earshot and labels."""
        numbers = dict(zip(KINDS, self.traits, strict=True))
        total = gathered(self.of_traits, numbers[SAYS], [wording.words for wording in wordings])
        for kind, one in single(wordings):
            total += self.of_traits[found(numbers[kind], one)]
        return total

    def reasons(self, attributes: Sequence[str], label: str, against: str) -> list[tuple[str, float]]:
        """The three attributes of a clause that speak most for one label against another, strongest first."""
        ours, theirs = self.labels.index(label), self.labels.index(against)
        rows = [(name, self.row(*apart(name))) for name in attributes]
        weighed = [(name, (row[ours] - row[theirs]) / SCALE) for name, row in rows if row]
        return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:3]

    def advice(
        self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]
    ) -> list[dict[str, float]]:
        """What the network gives to every label of each clause; nothing where there is none."""
        if not self.network or not clauses:
            return []
        scores = self.network.scores(clauses, known, wordings, front(known)) / SCALE
        return [dict(zip(self.labels, row, strict=True)) for row in scores.tolist()]

    def row(self, place: str, kind: str, name: str) -> Sequence[int]:
        """The weights of one attribute by label; none where it has no weight."""
        return self.weights.get(place, {}).get(kind, {}).get(name, ())


def front(known: Sequence[int]) -> NDArray[np.bool_]:
    """Which clauses are titles, bylines and dates."""
    told: NDArray[np.bool_] = matrix(known, [FRONT])[:, 0]
    return told


def chains(clauses: Sequence[Clause]) -> list[int]:
    """How many clauses each paragraph has: a chain of labels ends with its paragraph."""
    return [len(list(group)) for _, group in groupby(clauses, key=lambda clause: clause.paragraph)]


def attributes_of(clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> Iterator[list[str]]:
    """What the model sees of every clause."""
    facts = list(map(names, known))
    shown = [seen_facts(named, wording) for named, wording in zip(facts, wordings, strict=True)]
    said = [[f"{kind}{MARK}{value}" for kind, value in wording.traits()] for wording in wordings]
    public = [[fact for fact in sorted(named) if not fact.startswith(PRIVATE)] for named in shown]
    for number, clause in enumerate(clauses):
        seen = [f"{OWN}:{fact}" for fact in [*sorted(joined(shown[number])), *said[number]]]
        for step in REACH:
            other = number + step
            if 0 <= other < len(clauses) and FRONT not in facts[other]:
                sign = "s" if clauses[other].sentence == clause.sentence else "d"
                heard = said[other] if step in EARSHOT else []
                seen += [f"{step}{sign}:{fact}" for fact in [*public[other], *heard]]
        yield seen


def seen_facts(facts: Set[str], wording: Wording) -> set[str]:
    """The facts of a clause that count for the model, and its first verb."""
    return {*facts, *([VERB + MARK + wording.verb] if wording.verb else ())}.difference(HIDDEN)


def joined(known: Set[str]) -> set[str]:
    """Facts, and pairs of a fact with the stance and the kind of document it stands under."""
    frame = [fact for fact in known if fact.startswith(FRAMES)]
    pairs = {f"{JOINT}{outer}+{fact}" for outer in frame for fact in known if fact.startswith(JOINED)}
    return set(known) | pairs


@dataclass(frozen=True)
class Arbiter:
    """The model of roles and that of kinds."""

    roles: Model
    kinds: Model


@cache
def load(path: Path) -> Arbiter:
    """The trained models of `rules/arbiter.json`, and the network that lies beside it."""
    models = json.loads(path.read_text(encoding="utf-8"))
    adviser = network.load(path.with_name(NETWORK))
    return Arbiter(roles=from_json(models["roles"], adviser), kinds=from_json(models["kinds"]))


def from_json(data: Mapping[str, Any], adviser: Network | None = None) -> Model:
    """A model as its file holds it, with the network that advises it."""
    labels: list[str] = data["labels"]
    weights: Weighed = data["weights"]
    facts, verbs = numbered(weights, FACT), numbered(weights, VERB, 1)
    traits: dict[str, Mapping[str, int]] = {}
    for kind in KINDS:
        traits[kind] = numbered(weights, kind, 1 + sum(map(len, traits.values())))
    return Model(
        labels=labels,
        weights=weights,
        transitions=np.array(data["transitions"], dtype=np.float32),
        facts=tuple(facts),
        verbs=verbs,
        traits=tuple(traits.values()),
        of_facts=table(weights, {FACT: facts}, PLACES, len(labels)),
        of_verbs=table(weights, {VERB: verbs}, PLACES, len(labels)),
        of_traits=table(weights, traits, HEARD, len(labels)),
        framed={
            frame: table({OWN: weights[frame]}, {FACT: facts}, [OWN], len(labels))
            for frame in weights
            if frame not in PLACES
        },
        network=adviser,
    )


def numbered(weights: Weighed, kind: str, start: int = 0) -> dict[str, int]:
    """All names of a kind in order, each with its number."""
    names = {name for kinds in weights.values() for name in kinds.get(kind, ())}
    return {name: number for number, name in enumerate(sorted(names), start)}


def table(weights: Weighed, kinds: Mapping[str, Mapping[str, int]], places: Sequence[str], width: int) -> Weights:
    """What the names of some kinds weigh in some places: names by places and labels, `width` a place."""
    size = 1 + max((number for known in kinds.values() for number in known.values()), default=0)
    rows: Weights = np.zeros((size, len(places) * width), dtype=np.float32)
    for place in places:
        for kind, known in kinds.items():
            if found := weights.get(place, {}).get(kind):
                rows[[known[name] for name in found], column(place, width)] = list(found.values())
    return rows


def apart(attribute: str) -> tuple[str, str, str]:
    """Place or frame, kind and name of an attribute: `-1s:says:建设`, or `0:joint.stance.plan+verb.action`."""
    place, _, fact = attribute.partition(MARK)
    if fact.startswith(JOINT):
        frame, _, fact = fact.removeprefix(JOINT).partition("+")
        return frame, FACT, fact
    kind, marked, name = fact.partition(MARK)
    return (place, kind, name) if marked else (place, FACT, fact)


def column(place: str, width: int) -> slice:
    """The columns of a place in a matrix of weights, `width` a place."""
    first = PLACES.index(place) * width
    return slice(first, first + width)
