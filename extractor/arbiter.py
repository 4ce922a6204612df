"""A small trained model over the facts that the rules found: it arbitrates where the decision table is unsure.

A linear-chain conditional random field: every clause has a score for every role, the sum of the weights of its own
facts and of its neighbours' facts, and every pair of neighbouring roles has one; the best sequence wins. Weights are
plain numbers in `rules/arbiter.json`, trained by `extractor train` on annotated samples and on nothing else. Nothing
is random: the same facts give the same roles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain
from operator import add
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractor.clauses import Clause

ROLES = ("commitment", "lead-in", "tail", "heading", "other")
REACH = (-2, -1, 1, 2)
"""How far a clause sees its neighbours."""
PRIVATE = ("doc.", "stance.", "settled.", "at.", "pledge.", "joint.")
"""Facts that say nothing to a neighbour."""
FRONT = "is.front"
"""Titles, bylines and dates are no neighbours: a text reads the same with and without them."""
FRAMES = ("stance.", "doc.")
HIDDEN = ("at.line", "is.short", "is.phrase", "is.long")
"""Facts of mere layout and length: the model would learn the habits of its samples from them."""
JOINED = ("verb.", "tense.", "voice.", "has.", "tag.", "is.", "figure.")
"""Facts that mean different things under different stances."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Weights by attribute (`0:fact`, `-1s:fact` in the same sentence, `1d:fact` in another) and role.

    `facts` numbers the facts; `parts` holds the same weights as one matrix, facts by roles, for each place (`0`, `-1s`)
    and for each frame (`stance.plan`) that a fact is joined with.
    """

    weights: Mapping[str, list[float]]
    transitions: Floats
    facts: Mapping[str, int]
    parts: Mapping[str, Floats]

    def scores(self, clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> Floats:
        """The score of every role of every clause, neighbours counted in: clauses by roles."""
        weighed = self.weighed(facts)
        result = weighed["0"].copy()
        for frame in weighed:
            if frame.startswith(FRAMES):
                result += weighed[frame] * holding(frame, facts)
        spoken = 1.0 - holding(FRONT, facts)
        sentences = np.array([clause.sentence for clause in clauses])
        for step in REACH:
            here = slice(max(0, -step), max(0, len(clauses) - max(0, step)))
            there = slice(max(0, step), max(0, len(clauses) - max(0, -step)))
            same = (sentences[here] == sentences[there])[:, None]
            near, far = (weighed[f"{step}{sign}"][there] for sign in "sd")
            result[here] += np.where(same, near, far) * spoken[there]
        return np.round(result, 6)

    def weighed(self, facts: Sequence[Set[str]]) -> dict[str, Floats]:
        """The weights of every clause's facts, added up, for each part: clauses by roles."""
        rows = [[self.facts[fact] for fact in known if fact in self.facts] for known in facts]
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.intp)
        present = np.zeros((len(facts), len(self.facts)))
        present[np.repeat(np.arange(len(facts)), [len(row) for row in rows]), flat] = 1.0
        total = present @ self.stacked
        width = len(ROLES)
        return {part: total[:, place * width : (place + 1) * width] for place, part in enumerate(self.parts)}

    @cached_property
    def stacked(self) -> Floats:
        """All parts side by side: facts by roles of the first part, of the second …"""
        return np.hstack(list(self.parts.values()))

    def decide(self, clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> list[str]:
        """The best sequence of roles (Viterbi)."""
        if not clauses:
            return []
        first, *rest = self.scores(clauses, facts).tolist()
        arriving = self.transitions.T.tolist()
        best, back = first, []
        for given in rest:
            paths = [list(map(add, best, moves)) for moves in arriving]
            tops = list(map(max, paths))
            back.append(list(map(list.index, paths, tops)))
            best = list(map(add, tops, given))
        roles = [best.index(max(best))]
        for steps in reversed(back):
            roles.append(steps[roles[-1]])
        return [ROLES[role] for role in reversed(roles)]

    def reasons(self, attributes: Sequence[str], role: str, against: str) -> list[tuple[str, float]]:
        """The three attributes of a clause that speak most for one role against another, strongest first."""
        ours, theirs = ROLES.index(role), ROLES.index(against)
        rows = [(name, self.weights[name]) for name in attributes if name in self.weights]
        weighed = [(name, row[ours] - row[theirs]) for name, row in rows]
        return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:3]


def holding(fact: str, facts: Sequence[Set[str]]) -> Floats:
    """1 for the clauses of which a fact holds, else 0: a column."""
    return np.array([fact in known for known in facts], dtype=float)[:, None]


def attributes_of(clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> Iterator[list[str]]:
    """What the model sees of every clause."""
    shown = [frozenset(known).difference(HIDDEN) for known in facts]
    own = [sorted(joined(known)) for known in shown]
    public = [[fact for fact in sorted(known) if not fact.startswith(PRIVATE)] for known in shown]
    for number, clause in enumerate(clauses):
        seen = [f"0:{fact}" for fact in own[number]]
        for step in REACH:
            other = number + step
            if 0 <= other < len(clauses) and FRONT not in facts[other]:
                sign = "s" if clauses[other].sentence == clause.sentence else "d"
                seen += [f"{step}{sign}:{fact}" for fact in public[other]]
        yield seen


def joined(known: Set[str]) -> set[str]:
    """Facts, and pairs of a fact with the stance and the kind of document it stands under."""
    frame = [fact for fact in known if fact.startswith(FRAMES)]
    pairs = {f"joint.{outer}+{fact}" for outer in frame for fact in known if fact.startswith(JOINED)}
    return set(known) | pairs


@cache
def load(path: Path) -> Model:
    """A trained model."""
    return from_json(json.loads(path.read_text(encoding="utf-8")))


def from_json(data: Mapping[str, Any]) -> Model:
    """The model that `rules/arbiter.json` holds."""
    weights: dict[str, list[float]] = data["weights"]
    placed = [(*place_of(name), row) for name, row in weights.items()]
    facts = {fact: number for number, fact in enumerate(sorted({fact for _, fact, _ in placed}))}
    places = {"0", *(f"{step}{sign}" for step in REACH for sign in "sd"), *(place for place, _, _ in placed)}
    parts = {place: np.zeros((len(facts), len(ROLES))) for place in sorted(places)}
    for place, fact, row in placed:
        parts[place][facts[fact]] = row
    return Model(weights, np.array(data["transitions"]), facts, parts)


def place_of(attribute: str) -> tuple[str, str]:
    """Where an attribute is looked for, and the fact: `-1s:verb.action`, or `0:joint.stance.plan+verb.action`."""
    place, _, fact = attribute.partition(":")
    if fact.startswith("joint."):
        frame, _, fact = fact.removeprefix("joint.").partition("+")
        return frame, fact
    return place, fact
