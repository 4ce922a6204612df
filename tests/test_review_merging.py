"""Decisions over the records of a newer run: kept, bound to what stands there now, and shown again only where that differs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

import extractor
from extractor.records import Commitment, Span
from extractor.review.case import Case, Decision, Outcome
from extractor.review.merging import key_of, merged, ordered

TEXT = "下一步，我镇将新建两所幼儿园。改造农村公路12公里，方便群众出行。"
FIRST, SECOND = extractor.extract(TEXT, issuer="清水镇").commitments
HEAD = FIRST.head
LONGER = FIRST.model_copy(update={"head": Span(text=TEXT[2:14], start=2, end=14)})
FAR = FIRST.model_copy(update={"head": Span(text=TEXT[12:14], start=12, end=14)})
TARGET = FIRST.model_copy(update={"kind": "target"})
TEXTS = {FIRST.source_sha256: 0}


def decision(outcome: Outcome | None, record: Commitment = FIRST, machine: Commitment | None = FIRST) -> Decision:
    said = machine.model_dump(mode="json") if machine else None
    return Decision(
        key_of(machine or record), 1, "correct", outcome, record, said, "tester", "2026-01-12T08:00:00+00:00"
    )


@dataclass(frozen=True, slots=True)
class Rerun:
    """A decision, what a newer run finds, and what is then shown: states, and kinds of the records that hold."""

    decided: Decision
    found: list[Commitment]
    states: list[str]
    kinds: list[str] = field(default_factory=lambda: ["action"])


RERUNS = {
    "the same record": Rerun(decision("accepted"), [FIRST], ["accepted"]),
    "other rules decided the same": Rerun(
        decision("accepted"), [FIRST.model_copy(update={"rules": ("roles.other",)})], ["accepted"]
    ),
    "another kind than was accepted": Rerun(decision("accepted"), [TARGET], ["changed"]),
    "what the person made of it": Rerun(decision("corrected", TARGET), [TARGET], ["corrected"], ["target"]),
    "the machine as it was": Rerun(decision("corrected", TARGET), [FIRST], ["corrected"], ["target"]),
    "a third reading": Rerun(
        decision("corrected", TARGET), [FIRST.model_copy(update={"kind": "directive"})], ["changed"], ["target"]
    ),
    "what was rejected, again": Rerun(decision("rejected"), [FIRST], ["rejected"]),
    "what was rejected, of another kind": Rerun(decision("rejected"), [TARGET], ["rejected"], ["target"]),
    "what was rejected, with another head": Rerun(decision("rejected"), [LONGER], ["changed"]),
    "what was rejected, no more": Rerun(decision("rejected"), [], [], []),
    "what was accepted, no more": Rerun(decision("accepted"), [], ["changed"]),
    "a head that overlaps by half": Rerun(decision("accepted"), [LONGER], ["changed"]),
    "a head that hardly overlaps": Rerun(decision("accepted"), [FAR], ["changed", "open"], ["action", "action"]),
    "the head that the person drew": Rerun(decision("corrected", FAR), [FAR], ["corrected"]),
    "what was added, still missed": Rerun(decision("added", TARGET, None), [], ["added"], ["target"]),
    "what was added, found now": Rerun(decision("added", TARGET, None), [TARGET], ["added"], ["target"]),
    "what was added, found otherwise": Rerun(decision("added", TARGET, None), [FIRST], ["changed"], ["target"]),
    "what was undone": Rerun(decision(None), [FIRST], ["open"]),
    "what was undone, no more": Rerun(decision(None), [], [], []),
    "an addition that was undone": Rerun(decision(None, TARGET, None), [], ["undone"], ["target"]),
}


@pytest.mark.parametrize("name", RERUNS)
def test_a_newer_run(name: str) -> None:
    rerun = RERUNS[name]
    cases = list(ordered(merged(rerun.found, [rerun.decided], TEXTS)))
    assert sorted(case.state for case in cases) == sorted(rerun.states)
    assert [case.record.kind for case in cases] == rerun.kinds
    bound = [case for case in cases if case.decision]
    assert all(case.key == rerun.decided.key for case in bound)
    assert len(bound) == (0 if not rerun.states else 1)


def test_each_decision_goes_to_one_record() -> None:
    other = replace(decision("rejected", SECOND, SECOND))
    cases = merged([FIRST, SECOND], [decision("accepted"), other], TEXTS)
    assert [(case.record.head, case.state) for case in cases] == [(HEAD, "accepted"), (SECOND.head, "rejected")]


def test_texts_that_are_not_in_the_run_are_left_aside() -> None:
    assert merged([], [decision("accepted")], {"another": 0}) == []


def test_copies_of_a_text_are_decided_once() -> None:
    copy = FIRST.model_copy(update={"source": "copy.txt"})
    (case,) = merged([FIRST, copy], [decision("accepted")], TEXTS)
    assert (case.record.source, [each.source for each in case.copies]) == ("-", ["copy.txt"])


def test_what_the_machine_doubts_comes_first_and_ordinals_follow_the_text() -> None:
    doubtful = SECOND.model_copy(update={"review": "place is ambiguous: 鼓楼区"})
    cases: list[Case] = list(ordered(merged([FIRST, doubtful], [], TEXTS)))
    assert [(case.record.head, case.ordinal) for case in cases] == [(SECOND.head, 2), (HEAD, 1)]
