"""How sure figures are: the bootstrap over documents, for one version and for two on the same documents.

Documents are drawn with replacement, as many as there are, `ROUNDS` times; counts of the drawn ones are added and F1 is
made of the sums (micro). Intervals are the percentiles in the middle (Efron and Tibshirani 1993, chapter 13). Whether
two versions differ is asked of differences moved to zero: p is the share of draws whose difference lies as far from the
observed one as that from zero (ibid., chapter 16; Koehn 2004 draws in pairs likewise). The seed is fixed: the same
counts give the same figures. Of fewer than `FEWEST` documents nothing is said: drawing the same few again and again
makes intervals that are far too narrow, and of a single one an interval without width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from extractor.evaluation.scores import Interval, Report, Score

ROUNDS = 10_000
FEWEST = 10
SEED = 20_190_420
MIDDLE = (2.5, 97.5)
"""Percentiles between which 95 % of the draws lie."""
ROUNDING = 1e-12
Draws = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of two versions in one field; the 95 % interval of the new one's lead, and p (two-sided), where there is one."""

    field: str
    base: float
    new: float
    interval: Interval | None = None
    p: float | None = None

    @property
    def lead(self) -> float:
        """What the new version has more; below 0 when it has less."""
        return self.new - self.base

    def as_json(self) -> dict[str, float | None]:
        """Rounded to four places."""
        low, high = self.interval or (None, None)
        values = {"base": self.base, "new": self.new, "lead": self.lead, "low": low, "high": high, "p": self.p}
        return {name: None if value is None else round(value, 4) for name, value in values.items()}


def intervals(report: Report) -> dict[str, Interval]:
    """The 95 % interval of F1 of every field over all documents; a field that counts in fewer than `FEWEST` has none."""
    documents = list(report.documents.values())
    times = drawn(len(documents))
    found: dict[str, Interval] = {}
    for field in report.total:
        scores = [document.get(field, Score()) for document in documents]
        if counting(scores) >= FEWEST:
            found[field] = middle(f1s(scores, times))
    return found


def differences(base: Report, new: Report) -> list[Difference]:
    """Every field that both versions are scored in, on the documents that both reports hold."""
    names = [name for name in base.documents if name in new.documents]
    times = drawn(len(names))
    return [
        difference(
            field,
            [base.documents[name].get(field, Score()) for name in names],
            [new.documents[name].get(field, Score()) for name in names],
            times,
        )
        for field in base.total
        if field in new.total
    ]


def difference(field: str, base: Sequence[Score], new: Sequence[Score], times: Draws) -> Difference:
    """One field of two versions, document by document."""
    plain = Difference(field, added(base).f1, added(new).f1)
    if min(counting(base), counting(new)) < FEWEST:
        return plain
    leads = f1s(new, times) - f1s(base, times)
    as_far = np.count_nonzero(np.abs(leads - plain.lead) >= abs(plain.lead) - ROUNDING)
    return replace(plain, interval=middle(leads), p=float((as_far + 1) / (np.count_nonzero(~np.isnan(leads)) + 1)))


def drawn(documents: int) -> Draws:
    """How often each document is drawn: rounds by documents."""
    chance = np.full(documents, 1 / max(1, documents))
    return np.random.default_rng(SEED).multinomial(documents, chance, ROUNDS).astype(np.float64)


def counting(scores: Sequence[Score]) -> int:
    """How many documents hold anything to count."""
    return sum(bool(score.found or score.wanted) for score in scores)


def middle(values: Draws) -> Interval:
    """Where the middle 95 % of the draws lie; draws that hold nothing to count are no draws."""
    low, high = np.nanpercentile(values, MIDDLE)
    return float(low), float(high)


def f1s(scores: Sequence[Score], times: Draws) -> Draws:
    """F1 of every draw; not a number where nothing was found or wanted."""
    counts = np.array([(2 * s.correct, s.found + s.wanted) for s in scores], dtype=np.float64).reshape(-1, 2)
    right, all_ = (times @ counts).T
    values: Draws = np.divide(right, all_, out=np.full(len(times), np.nan), where=all_ > 0)
    return values


def added(scores: Sequence[Score]) -> Score:
    """The sum of counts."""
    total = Score()
    for score in scores:
        total.add(score)
    return total
