"""Decisions: what they come to, whether they can be, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from extractor.records import Commitment
from extractor.review.asks import Addition, Changes, Verdict
from extractor.review.case import Action, Case, Decision, Key, Outcome, same, stretches
from extractor.review.correcting import Wrong, corrected
from extractor.review.desk import Desk, Unknown
from extractor.review.merging import key_of
from extractor.review.store import Stale
from extractor.review.suggesting import suggested


def decide(desk: Desk, id: str, verdict: Verdict, who: str) -> Case:
    """Keep a decision about a case.

    Raises:
        Unknown, Stale: as `case`.
        Wrong: the decision cannot be; it names the field.
        Unreadable: borders are corrected and the text is not at hand.
    """
    case = desk.case(id, verdict.version)
    outcome, record = weighed(desk, case, verdict)
    note = verdict.note or (verdict.changes.note if verdict.changes else None)
    return keep(desk, case, verdict.version, verdict.action, outcome, record, who, note)


def weighed(desk: Desk, case: Case, verdict: Verdict) -> tuple[Outcome, Commitment]:
    """What a decision comes to: the outcome and the record that holds from here on."""
    if verdict.action == "correct" and verdict.changes is None:
        raise Wrong("changes", "a correction needs some")
    if verdict.action != "correct" and verdict.changes is not None:
        raise Wrong("changes", f"go with `correct` and not with `{verdict.action}`")
    if verdict.action == "reject":
        return "rejected", case.record
    if verdict.action == "adopt":
        if case.machine is None:
            raise Wrong("action", "this run has no record to adopt; accept or reject what is shown")
        record = case.machine
    else:
        record = improved(desk, case.record, verdict.changes or Changes())
    if case.machine is None:
        return "added", record
    machine = case.machine.model_dump(mode="json")
    return ("accepted" if same(record.model_dump(mode="json"), machine) else "corrected"), record


def improved(desk: Desk, record: Commitment, changes: Changes) -> Commitment:
    """A record with changes, whose fields faults are named by."""
    try:
        return corrected(record, changes, lambda: desk.document(record)._.text, lambda record: read(desk, record))
    except Wrong as error:
        raise Wrong(f"changes.{error.field}", error.reason) from None


def add(desk: Desk, said: Addition, who: str) -> Case:
    """Keep a commitment that was missed.

    Raises:
        Unknown: the run has no such document.
        Wrong: it cannot be; it names the field.
        Unreadable: the text is not at hand.
    """
    shelf = desk.fresh()
    if said.source not in shelf.titles:
        raise Unknown(f"{said.source}: no such document in this run")
    changes = Changes.model_validate(
        {
            **said.model_dump(exclude_unset=True, exclude={"source"}),
            "lead_ins": said.lead_ins or (),
            "tails": said.tails or (),
        }
    )
    with desk.pipeline:
        doc = shelf.texts.process(said.source)
        draft = suggested(doc, said.head, said.lead_ins or (), said.tails or (), shelf.texts.book)
    if draft is None:
        raise Wrong("head", "no clause stands there")
    record = corrected(draft, changes, lambda: doc._.text, lambda record: read(desk, record))
    key = key_of(record)
    case = shelf.cases.get(key.id) or Case(key, document=shelf.places[key.sha256])
    seen = case.version
    if case.state != "undone":
        raise Wrong("head", "is the head of another case already; decide on that one")
    try:
        return keep(desk, case, seen, "add", "added", record, who, said.note)
    except Stale:
        raise Wrong("head", "was added by somebody else just now; decide on that case") from None


def undo(desk: Desk, id: str, version: int, who: str) -> Case:
    """Go back to what held before the last decision that stands.

    Raises:
        Unknown, Stale: as `case`.
        Wrong: there is nothing to undo, or what held before no longer goes with what was decided since.
    """
    case = desk.case(id, version)
    last = case.decision
    if last is None or last.outcome is None:
        raise Wrong("version", "there is nothing to undo")
    before = next((each for each in desk.store.history(case.key) if each.version == last.under), None)
    if before is None or before.outcome is None:
        return keep(desk, case, version, "undo", None, last.record, who, None, before or last, 0)
    return keep(desk, case, version, "undo", before.outcome, before.record, who, None, before, before.under)


def keep(
    desk: Desk,
    case: Case,
    seen: int,
    action: Action,
    outcome: Outcome | None,
    record: Commitment,
    who: str,
    note: str | None,
    like: Decision | None = None,
    under: int | None = None,
) -> Case:
    """Write down what follows on the version that was `seen`, and take it over; an undo says again what it is `like`.

    Raises:
        Stale: another decision has come between.
    """
    machine = case.machine.model_dump(mode="json") if case.machine else None
    decision = Decision(
        key=case.key,
        version=seen + 1,
        action=action,
        outcome=outcome,
        record=record.model_copy(update={"review": None}),
        machine=like.machine if like else machine,
        who=who,
        moment=datetime.now(UTC).isoformat(timespec="seconds"),
        note=note,
        under=seen if under is None else under,
    )
    with desk.lock:
        if outcome not in (None, "rejected"):
            check_free(desk, case.key, record)
        desk.store.add(decision)
        return desk.case(case.key.id)


def check_free(desk: Desk, key: Key, record: Commitment) -> None:
    """No two commitments that a person stands by share words.

    Raises:
        Wrong: another one has some of these.
    """
    mine = list(stretches(record))
    for other in desk.fresh().cases.values():
        decided = other.key.sha256 == key.sha256 and other.key != key and other.stands and other.outcome
        if decided and touching(mine, list(stretches(other.record))):
            raise Wrong("head", f"shares words with {other.record.text!r}, which was decided on; reject one of them")


def read(desk: Desk, record: Commitment) -> Commitment:
    """What the machine makes of the clauses of a record; the record itself where it finds no clause."""
    texts = desk.fresh().texts
    with desk.pipeline:
        doc = texts.process(record.source, record.source_sha256)
        return suggested(doc, record.head, record.lead_ins, record.tails, texts.book) or record


def touching(first: Sequence[tuple[int, int]], second: Sequence[tuple[int, int]]) -> bool:
    """Whether two lists of stretches share a character."""
    return any(left < stop and start < right for left, right in first for start, stop in second)
