"""Which clauses got the wrong role, grouped by the rule that decided them: the list that rule authors work from."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc

from extractor.evaluation import read_sample, samples


@dataclass(frozen=True, slots=True)
class Mistake:
    """A clause whose role is not the annotated one; `start` is a code point of the raw text."""

    document: str
    start: int
    wanted: str
    given: str
    text: str


@dataclass(slots=True)
class Record:
    """How a deciding rule did: how many clauses it decided, how many rightly, and the others."""

    rule: str
    decided: int = 0
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of its decisions that are right."""
        return 1 - len(self.mistakes) / self.decided


def by_rule(folder: Path, process: Callable[[Path], Doc]) -> list[Record]:
    """Every rule that decided a clause of an annotated sample, the one with the most mistakes first.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
    """
    records: defaultdict[str, Record] = defaultdict(lambda: Record(""))
    for path in samples(folder):
        sample = read_sample(path)
        for rule, mistake in decisions(
            sample["doc"], sample["clauses"], sample["annotated"], process(path.with_name(sample["doc"]))
        ):
            records[rule].rule = rule
            records[rule].decided += 1
            if mistake:
                records[rule].mistakes.append(mistake)
    return sorted(records.values(), key=lambda record: (-len(record.mistakes), record.rule))


def decisions(
    name: str, clauses: list[dict[str, int | str]], window: tuple[int, int], doc: Doc
) -> Iterator[tuple[str, Mistake | None]]:
    """The rule that decided each clause inside the annotated window, with its mistake where it made one.

    A clause that the sample cuts otherwise is held against the annotated clause that its middle lies in.
    """
    starts = [int(clause["start"]) for clause in clauses]
    for clause, verdict in zip(doc._.clauses, doc._.verdicts, strict=True):
        start, end = doc._.text.raw_span(clause.start, clause.end)
        number = bisect_right(starts, (start + end) // 2) - 1
        if number < 0 or start < window[0] or end > window[1]:
            continue
        wanted = str(clauses[number]["role"])
        text = doc._.text.printed[clause.start : clause.end]
        wrong = Mistake(name, start, wanted, verdict.role, text) if verdict.role != wanted else None
        yield verdict.rule, wrong
