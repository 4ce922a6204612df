"""A small trained model over the facts that the rules found: it arbitrates where the decision table is unsure.

A linear-chain conditional random field: every clause has a score for every role, the sum of the weights of its own
facts and of its neighbours' facts, and every pair of neighbouring roles has one; the best sequence wins. Weights are
plain numbers in `rules/arbiter.json`, trained by `extractor train` on annotated samples and on nothing else. Nothing
is random: the same facts give the same roles.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from extractor.clauses import Clause

ROLES = ("commitment", "lead-in", "tail", "heading", "other")
REACH = (-2, -1, 1, 2)
"""How far a clause sees its neighbours."""
PRIVATE = ("doc.", "stance.", "settled.", "at.", "pledge.", "joint.")
"""Facts that say nothing to a neighbour."""
HIDDEN = ("at.line", "is.short", "is.phrase", "is.long")
"""Facts of mere layout and length: the model would learn the habits of its samples from them."""
JOINED = ("verb.", "tense.", "voice.", "has.", "tag.", "is.", "figure.")
"""Facts that mean different things under different stances."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """Weights by attribute (`0:fact`, `-1s:fact` in the same sentence, `1d:fact` in another) and role."""

    index: dict[str, int]
    weights: Floats
    transitions: Floats

    def scores(self, clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> Floats:
        """The score of every role of every clause, neighbours counted in: clauses by roles."""
        result = np.zeros((len(clauses), len(ROLES)))
        for number, attributes in enumerate(attributes_of(clauses, facts)):
            rows = [self.index[name] for name in attributes if name in self.index]
            result[number] = self.weights[rows].sum(axis=0)
        return result

    def decide(self, clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> list[str]:
        """The best sequence of roles (Viterbi)."""
        if not clauses:
            return []
        scores = self.scores(clauses, facts)
        best = scores[0]
        back = np.zeros(scores.shape, dtype=np.intp)
        for number in range(1, len(scores)):
            paths = best[:, None] + self.transitions
            back[number] = paths.argmax(axis=0)
            best = paths.max(axis=0) + scores[number]
        role = int(best.argmax())
        roles = [role]
        for number in range(len(scores) - 1, 0, -1):
            role = int(back[number, role])
            roles.append(role)
        return [ROLES[role] for role in reversed(roles)]

    def reasons(self, attributes: Sequence[str], role: str, against: str) -> list[tuple[str, float]]:
        """The three attributes of a clause that speak most for one role against another, strongest first."""
        ours, theirs = ROLES.index(role), ROLES.index(against)
        rows = [(name, self.weights[self.index[name]]) for name in attributes if name in self.index]
        weighed = [(name, float(row[ours] - row[theirs])) for name, row in rows]
        return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:3]


def attributes_of(clauses: Sequence[Clause], facts: Sequence[Set[str]]) -> Iterator[list[str]]:
    """What the model sees of every clause."""
    shown = [frozenset(known).difference(HIDDEN) for known in facts]
    own = [sorted(joined(known)) for known in shown]
    public = [[fact for fact in sorted(known) if not fact.startswith(PRIVATE)] for known in shown]
    for number, clause in enumerate(clauses):
        seen = [f"0:{fact}" for fact in own[number]]
        for step in REACH:
            other = number + step
            if 0 <= other < len(clauses):
                sign = "s" if clauses[other].sentence == clause.sentence else "d"
                seen += [f"{step}{sign}:{fact}" for fact in public[other]]
            else:
                seen.append(f"{step}:none")
        yield seen


def joined(known: Set[str]) -> set[str]:
    """Facts, and pairs of a fact with the stance and the kind of document it stands under."""
    frame = [fact for fact in known if fact.startswith(("stance.", "doc."))]
    pairs = {f"joint.{outer}+{fact}" for outer in frame for fact in known if fact.startswith(JOINED)}
    return set(known) | pairs


@cache
def load(path: Path) -> Model:
    """A trained model."""
    data = json.loads(path.read_text(encoding="utf-8"))
    names = list(data["weights"])
    return Model(
        {name: row for row, name in enumerate(names)},
        np.array([data["weights"][name] for name in names]),
        np.array(data["transitions"]),
    )
