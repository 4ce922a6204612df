"""What the page and the API show of a desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from extractor import rulebook, topics
from extractor.annotation import drafts
from extractor.evaluation.samples import KINDS, ROLES, STRENGTHS, TYPES
from extractor.reading import Unreadable
from extractor.records import Span
from extractor.review.answers import (
    Clause,
    Document,
    Lists,
    Neighbours,
    Overview,
    Past,
    Placed,
    Row,
    Rows,
    Shown,
    Stretched,
    Text,
    Thing,
)
from extractor.review.case import OUTCOMES, Case, Decision, State
from extractor.review.desk import Desk, Shelf, Unknown

STATES: tuple[State, ...] = ("open", *OUTCOMES, "changed")
"""The states of cases in lists."""
EVERY = {"all": frozenset(STATES), "decided": frozenset(OUTCOMES)}


def listed(shelf: Shelf) -> list[Case]:
    """The cases of a run, in order; additions that were taken back are left out."""
    return [case for case in shelf.cases.values() if case.state != "undone"]


def overview(desk: Desk, reviewer: str) -> Overview:
    """A run, and how far its review has come."""
    shelf = desk.fresh()
    states = Counter(case.state for case in listed(shelf))
    return Overview(
        folder=desk.folder.name or str(desk.folder),
        version=str(shelf.run.head.get("version")),
        rules=str(shelf.run.head.get("rules")),
        documents=len(shelf.names),
        commitments=states.total(),
        decided=sum(states[outcome] for outcome in OUTCOMES),
        to_review=states["open"] + states["changed"],
        states={state: states[state] for state in STATES},
        reviewer=reviewer,
    )


def rows(shelf: Shelf, state: str, document: str, rule: str, q: str, offset: int, limit: int) -> Rows:
    """Some of the cases that filters let through; an empty filter lets all through.

    Raises:
        Unknown: there is no such state.
    """
    wanted = states_of(state)
    found = [
        case
        for case in listed(shelf)
        if case.state in wanted
        and (not document or case.record.source == document)
        and (not rule or rule in case.record.rules)
        and (not q or q in case.record.text)
    ]
    return Rows(total=len(found), cases=list(map(row, found[offset : offset + limit])))


def states_of(state: str) -> frozenset[str]:
    """The states that a filter names, separated by commas."""
    named = [name.strip() for name in (state or "all").split(",")]
    for name in named:
        if name not in EVERY and name not in STATES:
            raise Unknown(f"{name[:40]}: no such state; choose from {', '.join((*STATES, *EVERY))}")
    return frozenset().union(*(EVERY.get(name, {name}) for name in named))


def row(case: Case) -> Row:
    """A case in a list."""
    record = case.record
    return Row(
        id=case.key.id,
        source=record.source,
        ordinal=case.ordinal,
        text=record.text,
        kind=record.kind,
        strength=record.strength,
        topic=record.topic,
        review=record.review,
        state=case.state,
        version=case.version,
    )


def shown(desk: Desk, case: Case) -> Shown:
    """A case with its history."""
    record = case.record
    return Shown(
        id=case.key.id,
        record=record,
        was=case.machine,
        state=case.state,
        outcome=case.outcome,
        version=case.version,
        locator=record.locator,
        neighbours=neighbours(desk.shelf, case),
        history=list(map(past, desk.store.history(case.key) if case.version else ())),
    )


def past(decision: Decision) -> Past:
    """A decision in a history."""
    return Past(n=decision.version, who=decision.who, when=decision.moment, action=decision.action, note=decision.note)


def neighbours(shelf: Shelf, case: Case) -> Neighbours:
    """The cases before and after in the same document, in text order."""
    beside = {other.ordinal: other for other in listed(shelf) if other.document == case.document}
    order = sorted(beside)
    before = max((number for number in order if number < case.ordinal), default=0)
    after = min((number for number in order if number > case.ordinal), default=0)
    ids = [beside[number].key.id if number in beside else None for number in (before, after)]
    return Neighbours(before=ids[0], after=ids[1])


def documents(shelf: Shelf) -> list[Document]:
    """The texts of a run; copies of one text are told by their first name."""
    cases: dict[int, list[Case]] = {}
    for case in listed(shelf):
        cases.setdefault(case.document, []).append(case)
    return [document(shelf, names[0], cases.get(place, ())) for place, names in enumerate(shelf.names.values())]


def document(shelf: Shelf, name: str, cases: Sequence[Case]) -> Document:
    """A text in a list."""
    entry = shelf.run.inputs.get(name)
    return Document(
        source=name,
        title=shelf.titles[name],
        characters=entry["characters"] if entry else None,
        cases=len(cases),
        open=sum(case.state in ("open", "changed") for case in cases),
    )


def text(desk: Desk, name: str, with_clauses: bool) -> Text:
    """A text with its clauses and cases.

    Raises:
        Unknown: the run has no such text.
    """
    shelf = desk.fresh()
    sha256 = next((sha256 for sha256, names in shelf.names.items() if name in names), None)
    if sha256 is None:
        raise Unknown(f"{name[:200]}: no such document in this run")
    raw, missing, clauses = None, None, []
    try:
        raw = shelf.texts.source(name, sha256).raw
        clauses = list(clauses_of(shelf, name, sha256)) if with_clauses else []
    except Unreadable as error:
        missing = error.reason
    place = shelf.places[sha256]
    cases = [placed(case) for case in listed(shelf) if case.document == place]
    cases.sort(key=lambda case: case.start)
    return Text(source=name, text=raw, missing=missing, clauses=clauses, cases=cases)


def clauses_of(shelf: Shelf, name: str, sha256: str) -> Iterable[Clause]:
    """The clauses of a text with their roles by today's rules; commitments with their kind."""
    doc = shelf.texts.document(name, sha256)
    for clause, verdict in zip(drafts.clauses(doc), doc._.verdicts, strict=True):
        place = {part: clause[part] for part in ("start", "end", "role")}
        yield Clause(**place, kind=clause.get("kind"), rule=verdict.rule)


def placed(case: Case) -> Placed:
    """A case in its text."""
    record = case.record
    return Placed(
        id=case.key.id,
        state=case.state,
        kind=record.kind,
        start=record.start,
        end=record.end,
        head=stretched(record.head),
        lead_ins=list(map(stretched, record.lead_ins)),
        tails=list(map(stretched, record.tails)),
        entities=[Thing(type=each.type, start=each.start, end=each.end) for each in record.entities],
    )


def stretched(span: Span) -> Stretched:
    """Where a span stands."""
    return Stretched(start=span.start, end=span.end)


def lists() -> Lists:
    """The closed lists."""
    known = topics.load(rulebook.load().topics).scheme.topic
    return Lists(
        kinds=list(KINDS),
        strengths=list(STRENGTHS),
        types=list(TYPES),
        roles=list(ROLES),
        topics=[topic.name for topic in known],
    )
