"""Which clauses got the wrong role, grouped by the rule that decided them: the list that rule authors work from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc

from extractor.evaluation.samples import aligned, read_sample, samples, text_of


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


def by_rule(folder: Path, process: Callable[[Path], Doc], texts: Sequence[Path] = ()) -> list[Record]:
    """Every rule that decided a clause of an annotated sample, the one with the most mistakes first.

    Args:
        texts: folders in which the text of a sample is looked for that does not lie beside it.

    Raises:
        BrokenSample: the folder holds no sample, or one that cannot be used.
    """
    records: dict[str, Record] = {}
    for path in samples(folder):
        sample = read_sample(path)
        doc = process(text_of(path, sample, texts))
        for number, wanted in aligned(sample, doc):
            verdict = doc._.verdicts[number]
            record = records.setdefault(verdict.rule, Record(verdict.rule))
            record.decided += 1
            if verdict.role != wanted["role"]:
                record.mistakes.append(mistake(number, wanted["role"], doc, sample["doc"]))
    return sorted(records.values(), key=lambda record: (-len(record.mistakes), record.rule))


def mistake(number: int, wanted: str, doc: Doc, name: str) -> Mistake:
    """What went wrong with a clause of a document of this name."""
    clause = doc._.clauses[number]
    start, _ = doc._.text.raw_span(clause.start, clause.end)
    return Mistake(name, start, wanted, doc._.verdicts[number].role, doc._.text.printed[clause.start : clause.end])
