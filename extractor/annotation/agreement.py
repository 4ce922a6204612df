"""How far two annotators agree: one folder is scored as if it were a run on the other, and kappa on the roles.

Kappa is Cohen's (1960): agreement beyond what the two would reach by chance, each with its own shares of the roles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extractor.evaluation.runs import Due, Mention, Part, Prediction
from extractor.evaluation.samples import ROLES, BrokenSample, Sample, clause_at, level_of, read_sample, samples
from extractor.evaluation.scores import Report
from extractor.evaluation.scoring import score
from extractor.grids import Grid


@dataclass(slots=True)
class Agreement:
    """Scores of the second annotator against the first, and how often each pair of roles was given to a clause."""

    report: Report = field(default_factory=Report)
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def kappa(self) -> float:
        """Cohen's kappa on the roles of clauses; 1 where both give every clause the same single role."""
        total = self.roles.total()
        same = sum(count for (first, second), count in self.roles.items() if first == second)
        ours, theirs = (Counter[str](), Counter[str]())
        for (first, second), count in self.roles.items():
            ours[first] += count
            theirs[second] += count
        chance = sum(ours[role] * theirs[role] for role in ours) / max(1, total) ** 2
        return (same / total - chance) / (1 - chance) if total and chance < 1 else 1.0

    def grid(self) -> Grid:
        """What the second annotator (columns) said of the clauses to which the first (rows) gave a role."""
        rows = [(role, *(str(self.roles[role, other]) for other in ROLES)) for role in ROLES]
        title = f"Roles of {self.roles.total()} clauses, kappa {self.kappa:.4f}"
        return Grid(title, ("first \\ second", *ROLES), rows)


def agree(first: Path, second: Path) -> Agreement:
    """Compare two folders that hold samples of the same names; what both annotated counts.

    Raises:
        BrokenSample: a folder holds no sample or a broken one, or none has the name of one in the other.
    """
    others = {path.name: path for path in samples(second)}
    found = Agreement()
    for path in samples(first):
        if path.name not in others:
            continue
        ours, theirs = read_sample(path), read_sample(others[path.name])
        window = [max(ours["annotated"][0], theirs["annotated"][0]), min(ours["annotated"][1], theirs["annotated"][1])]
        found.report.add(path.stem, score({**ours, **within(ours, window)}, predictions(theirs)), level_of(ours))
        found.roles.update(role_pairs(within(ours, window), within(theirs, window)))
    if not found.report.documents:
        raise BrokenSample(f"{first} and {second}: no sample has the same name in both")
    return found


def within(sample: Sample, window: list[int]) -> Sample:
    """What a sample says of a window of its text."""
    inside = {
        name: [mark for mark in sample[name] if window[0] <= mark["start"] and mark["end"] <= window[1]]
        for name in ("clauses", "entities")
    }
    return {"annotated": window, **inside}


def role_pairs(first: Sample, second: Sample) -> Iterator[tuple[str, str]]:
    """The roles that each clause of the first annotator was given by both; the second's is the clause its middle lies in."""
    for clause in first["clauses"]:
        middle = (clause["start"] + clause["end"]) // 2
        other = clause_at(second, middle)
        if other and middle < other["end"]:
            yield clause["role"], other["role"]


def predictions(sample: Sample) -> list[Prediction]:
    """The records that a sample stands for: lead-ins go with the commitment behind them, tails with the one before."""
    made: list[Prediction] = []
    waiting: list[Part] = []
    for clause in sample["clauses"]:
        part = Part(start=clause["start"], end=clause["end"], text=clause.get("text", ""))
        if clause["role"] == "lead-in":
            waiting.append(part)
        elif clause["role"] == "commitment":
            made.append(record(sample, clause, part, waiting))
            waiting = []
        elif clause["role"] == "tail" and made:
            made[-1] = made[-1].model_copy(update={"tails": (*made[-1].tails, part)})
    if made:
        mentions = tuple(map(mention, sample["entities"]))
        made[-1] = made[-1].model_copy(update={"entities": mentions, "lead_ins": (*made[-1].lead_ins, *waiting)})
    return made


def record(sample: Sample, clause: Sample, head: Part, lead_ins: list[Part]) -> Prediction:
    """One commitment of a sample."""
    return Prediction(
        source=sample["doc"],
        head=head,
        lead_ins=tuple(lead_ins),
        kind=clause["kind"],
        strength=clause.get("strength"),
        deadline=due(clause.get("deadline")),
    )


def due(deadline: str | None) -> Due | None:
    """The deadline of a clause.

    >>> due("../2026-12-31")
    Due(start_date=None, end_date='2026-12-31')
    """
    if deadline is None:
        return None
    start, _, end = (None if day == ".." else day for day in deadline.partition("/"))
    return Due(start_date=start, end_date=end)


def mention(entity: Sample) -> Mention:
    """An entity of a sample; a place has the division of its code for a norm, as in records."""
    norm = {"code": entity["code"]} if entity.get("code") else entity.get("norm")
    return Mention(start=entity["start"], end=entity["end"], type=entity["type"], norm=norm)
