"""Decisions laid over the records of a run: of the one they were made on, or of a newer one.

A decision belongs to the record whose head stands where it stood; else to one whose head is what the person made of it; else to
one whose head overlaps it by half of their union, as `extractor compare` pairs records. Copies of one text are decided
once. What was rejected and is found no more is settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

from extractor.evaluation.spans import half, iou, matched, span
from extractor.records import Commitment
from extractor.review.case import Case, Decision, Key


def merged(records: Iterable[Commitment], decisions: Iterable[Decision], texts: Mapping[str, int]) -> list[Case]:
    """The cases of a run, text by text; decisions on texts that are not in it are left aside.

    Args:
        records: the machine's records in the order of the run.
        decisions: the last one about each case.
        texts: the digests of the run's texts, with their places in its order.
    """
    found: dict[str, dict[Key, list[Commitment]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        found[record.source_sha256][key_of(record)].append(record)
    made: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        made[decision.key.sha256].append(decision)
    cases = []
    for sha256, place in texts.items():
        of_text = [
            Case(key, first, tuple(copies), document=place) for key, (first, *copies) in found.get(sha256, {}).items()
        ]
        cases += bound(of_text, made.get(sha256, []), place)
    return cases


def key_of(record: Commitment) -> Key:
    """The key of a record as a machine found it."""
    return Key(record.source_sha256, record.head.start, record.head.end)


def bound(cases: list[Case], decisions: list[Decision], document: int) -> list[Case]:
    """The cases of a text with its decisions; one that belongs to no record makes a case of its own, if it says yes."""
    free = {case.key: case for case in cases}
    pairs = [(decision, free.pop(decision.key)) for decision in decisions if decision.key in free]
    rest = without(decisions, pairs)
    pairs += [(decision, case) for decision in rest if decision.outcome and (case := free.pop(made_of(decision), None))]
    rest = [decision for decision in without(decisions, pairs) if decision.outcome]
    pairs += matched(rest, list(free.values()), overlap)
    for decision, case in pairs:
        case.key = decision.key
        case.decide(decision)
    alone = [decided(decision, document) for decision in without(decisions, pairs) if is_kept(decision)]
    return [*cases, *alone]


def decided(decision: Decision, document: int) -> Case:
    """The case of a decision to which no record of the run belongs."""
    case = Case(decision.key, document=document)
    case.decide(decision)
    return case


def without(decisions: Iterable[Decision], pairs: Iterable[tuple[Decision, Case]]) -> list[Decision]:
    """The decisions that are in none of these pairs."""
    paired = {decision.key for decision, _ in pairs}
    return [decision for decision in decisions if decision.key not in paired]


def made_of(decision: Decision) -> Key:
    """The key of a record with the head that a person settled on."""
    return key_of(decision.record)


def overlap(decision: Decision, case: Case) -> float:
    """How far the head that was decided on and that of a case are one, 0 below one half."""
    assert case.machine is not None
    return half(iou((decision.key.start, decision.key.end), span(case.machine.head)))


def is_kept(decision: Decision) -> bool:
    """Whether a decision is shown though no record of the run belongs to it: a yes, and whatever is about an addition."""
    return decision.machine is None or decision.outcome not in (None, "rejected")


def ordered(cases: Iterable[Case]) -> Iterator[Case]:
    """The cases as a person goes through them: what the machine wants looked at first, then by document and place.

    Each gets its ordinal in its document.
    """
    by_place = sorted(cases, key=lambda case: (case.document, case.record.head.start, case.key.end))
    counters: dict[int, Iterator[int]] = defaultdict(lambda: count(1))
    for case in by_place:
        case.ordinal = next(counters[case.document])
    yield from sorted(by_place, key=lambda case: not (case.machine and case.machine.review))
