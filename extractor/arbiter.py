"""Two small trained models over the facts that the rules found: they arbitrate where a decision table is unsure.

One judges the roles of clauses, the other the kinds of commitments. Each is a linear-chain conditional random field:
every clause has a score for every label, the sum of the weights of its own facts and words and of its neighbours', and
every pair of neighbouring labels has one; the best sequence of a paragraph wins. Weights are
plain numbers in `rules/arbiter.json`, trained by `extractor train` on annotated samples and on nothing else. They are
added up as whole thousandths, so that the same facts give the same roles on any machine.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from itertools import chain, groupby, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.clauses import Clause
from extractor.facts import matrix, names
from extractor.paths import Weights, best_paths
from extractor.wording import KINDS, Wording

REACH = (-2, -1, 1, 2)
"""How far a clause sees the facts of its neighbours."""
EARSHOT = (-1, 1)
"""How far it sees their words."""
VERB = "word."
"""The fact that a clause's first word is a certain verb, `word.建设`."""
PRIVATE = ("doc.", "stance.", "settled.", "at.", "pledge.", "joint.")
"""Facts that say nothing to a neighbour."""
FRONT = "is.front"
"""Titles, bylines and dates are no neighbours: a text reads the same with and without them."""
FRAMES = ("stance.", "doc.")
HIDDEN = ("at.line", "is.short", "is.phrase", "is.long")
"""Facts of mere layout and length: the model would learn the habits of its samples from them."""
JOINED = ("verb.", "tense.", "voice.", "has.", "tag.", "is.", "figure.")
"""Facts that mean different things under different stances."""
OWN = "0"
HEARD = (OWN, *(f"{step}{sign}" for step in EARSHOT for sign in "sd"))
PLACES = (*HEARD, *(f"{step}{sign}" for step in REACH if step not in EARSHOT for sign in "sd"))
"""The clause itself, and its neighbours in the same sentence (`-1s`) and in another (`-1d`); those that are heard first."""
TRAIT = ":"
SCALE = 1000


@dataclass(frozen=True)
class Model:
    """Weights by attribute (`0:fact`, `-1s:fact`, `0:says:建设`, `0:joint.stance.plan+verb.action`) and label.

    `facts`, `verbs` and `traits` (one mapping for each of `wording.KINDS`) number what a clause may have. The same weights
    stand in thousandths in `of_facts`, `of_verbs` and `of_traits`, features by places and labels, and in `framed`, for each
    frame that a fact is joined with, facts by labels. They are whole numbers that single precision holds exactly. Verb 0
    and trait 0 have no weight: what no sample had.
    """

    labels: Sequence[str]
    weights: Mapping[str, list[float]]
    transitions: Weights
    facts: Sequence[str]
    verbs: Mapping[str, int]
    traits: Sequence[Mapping[str, int]]
    of_facts: Weights
    of_verbs: Weights
    of_traits: Weights
    framed: Mapping[str, Weights]

    def decide(self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> list[str]:
        """The best sequence of labels; `known` are the clauses' sets of facts."""
        if not clauses:
            return []
        scores = self.scores(clauses, known, wordings)
        best = best_paths(scores[:, None], chains(clauses), self.transitions[None])
        return [self.labels[number] for number in best[:, 0].tolist()]

    def scores(self, clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> Weights:
        """The score of every label of every clause in thousandths, neighbours counted in: clauses by labels."""
        truths = matrix(known, [FRONT, *self.framed, *self.facts])
        spoken, inside, present = np.split(truths, [1, 1 + len(self.framed)], axis=1)
        present = present.astype(np.float32)
        weighed = present @ self.of_facts
        weighed += self.of_verbs[found(self.verbs, [wording.verb for wording in wordings])]
        weighed[:, : self.of_traits.shape[1]] += self.worded(wordings)
        parts = dict(zip(PLACES, np.split(weighed, len(PLACES), axis=1), strict=True))
        result: Weights = parts[OWN].copy()
        for rows, weights in zip(inside.T, self.framed.values(), strict=True):
            if rows.any():
                result[rows] += present[rows] @ weights
        sentences = np.array([clause.sentence for clause in clauses])
        for step in REACH:
            here = slice(max(0, -step), max(0, len(clauses) - max(0, step)))
            there = slice(max(0, step), max(0, len(clauses) - max(0, -step)))
            same = (sentences[here] == sentences[there])[:, None]
            result[here] += np.where(same, parts[f"{step}s"][there], parts[f"{step}d"][there]) * ~spoken[there]
        return result

    def worded(self, wordings: Sequence[Wording]) -> Weights:
        """The weights of every clause's words added up: clauses by places within earshot and labels."""
        says, opens, ends, head, tail, tag = self.traits
        texts = [wording.text for wording in wordings]
        firsts = [wording.words[0] if wording.words else "" for wording in wordings]
        lasts = [wording.words[-1] if wording.words else "" for wording in wordings]
        total: Weights = self.of_traits[found(tag, [wording.tag for wording in wordings])]
        for numbers, values in (
            (head, [text[:1] for text in texts]),
            (head, [text[:2] for text in texts]),
            (tail, [text[-1:] for text in texts]),
            (tail, [text[-2:] for text in texts]),
            (opens, firsts),
            (ends, lasts),
        ):
            total += self.of_traits[found(numbers, values)]
        sizes = np.array([len(wording.words) for wording in wordings])
        if sizes.any():
            said = self.of_traits[found(says, chain.from_iterable([wording.words for wording in wordings]))]
            total[sizes > 0] += np.add.reduceat(said, (np.cumsum(sizes) - sizes)[sizes > 0], axis=0)
        return total

    def reasons(self, attributes: Sequence[str], label: str, against: str) -> list[tuple[str, float]]:
        """The three attributes of a clause that speak most for one label against another, strongest first."""
        ours, theirs = self.labels.index(label), self.labels.index(against)
        rows = [(name, self.weights[name]) for name in attributes if name in self.weights]
        weighed = [(name, row[ours] - row[theirs]) for name, row in rows]
        return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:3]


def found(numbers: Mapping[str, int], names: Iterable[str]) -> NDArray[np.intp]:
    """The number of each name, 0 where it has none."""
    return np.fromiter(map(numbers.get, names, repeat(0)), dtype=np.intp)


def chains(clauses: Sequence[Clause]) -> list[int]:
    """How many clauses each paragraph has: a chain of labels ends with its paragraph."""
    return [len(list(group)) for _, group in groupby(clauses, key=lambda clause: clause.paragraph)]


def attributes_of(clauses: Sequence[Clause], known: Sequence[int], wordings: Sequence[Wording]) -> Iterator[list[str]]:
    """What the model sees of every clause."""
    facts = list(map(names, known))
    shown = [seen_facts(named, wording) for named, wording in zip(facts, wordings, strict=True)]
    said = [[f"{kind}{TRAIT}{value}" for kind, value in wording.traits()] for wording in wordings]
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
    return {*facts, *([VERB + wording.verb] if wording.verb else ())}.difference(HIDDEN)


def joined(known: Set[str]) -> set[str]:
    """Facts, and pairs of a fact with the stance and the kind of document it stands under."""
    frame = [fact for fact in known if fact.startswith(FRAMES)]
    pairs = {f"joint.{outer}+{fact}" for outer in frame for fact in known if fact.startswith(JOINED)}
    return set(known) | pairs


@dataclass(frozen=True)
class Arbiter:
    """The model of roles and that of kinds."""

    roles: Model
    kinds: Model


@cache
def load(path: Path) -> Arbiter:
    """The trained models of `rules/arbiter.json`."""
    models = json.loads(path.read_text(encoding="utf-8"))
    return Arbiter(roles=from_json(models["roles"]), kinds=from_json(models["kinds"]))


def from_json(data: Mapping[str, Any]) -> Model:
    """A model as its file holds it."""
    labels: list[str] = data["labels"]
    weights: dict[str, list[float]] = data["weights"]
    whole = np.rint(np.array(list(weights.values())) * SCALE).astype(np.float32)
    placed: defaultdict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for row, name in enumerate(weights):
        place, fact = place_of(name)
        placed[place, group(fact)].append((row, fact))
    numbers = {
        name: numbered((fact for (_, of), found in placed.items() if of == name for _, fact in found), start)
        for name, start in (("fact", 0), ("verb", 1), ("trait", 1))
    }
    width = len(labels)
    tables = {name: np.zeros((len(known) + 1, len(PLACES) * width), np.float32) for name, known in numbers.items()}
    framed: dict[str, Weights] = {}
    for (place, of), found in placed.items():
        rows, facts = zip(*found, strict=True)
        columns = [numbers[of][fact] for fact in facts]
        if place in PLACES:
            tables[of][columns, column(place, width)] = whole[list(rows)]
        else:
            framed[place] = np.zeros((len(numbers["fact"]), width), dtype=np.float32)
            framed[place][columns] = whole[list(rows)]
    kinds: dict[str, dict[str, int]] = {kind: {} for kind in KINDS}
    for name, number in numbers["trait"].items():
        kind, _, value = name.partition(TRAIT)
        kinds[kind][value] = number
    return Model(
        labels=labels,
        weights=weights,
        transitions=np.round(np.array(data["transitions"], dtype=np.float32) * SCALE),
        facts=tuple(numbers["fact"]),
        verbs={name.removeprefix(VERB): number for name, number in numbers["verb"].items()},
        traits=tuple(kinds.values()),
        of_facts=tables["fact"][:-1],
        of_verbs=tables["verb"],
        of_traits=np.ascontiguousarray(tables["trait"][:, : len(HEARD) * width]),
        framed=framed,
    )


def group(fact: str) -> str:
    """Whether an attribute speaks of a fact, of the first verb or of another trait of the words."""
    return "trait" if TRAIT in fact else "verb" if fact.startswith(VERB) else "fact"


def numbered(names: Iterable[str], start: int = 0) -> dict[str, int]:
    """Names in order, each with its number."""
    return {name: number for number, name in enumerate(sorted(set(names)), start)}


def column(place: str, width: int) -> slice:
    """The columns of a place in a matrix of weights, `width` a place."""
    first = PLACES.index(place) * width
    return slice(first, first + width)


def place_of(attribute: str) -> tuple[str, str]:
    """Where an attribute is looked for, and the fact: `-1s:verb.action`, or `0:joint.stance.plan+verb.action`."""
    place, _, fact = attribute.partition(":")
    if fact.startswith("joint."):
        frame, _, fact = fact.removeprefix("joint.").partition("+")
        return frame, fact
    return place, fact
