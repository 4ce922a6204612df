"""Scores one document: which counts each field gets.

Matching rules: a commitment is found when its head and a gold head overlap by at least half of their union (IoU);
an entity when type and span are equal, in the fields that end in `~` when spans overlap likewise; a clause counts as
content when at least half of it lies in a record. What is said of a commitment or an entity (kind, strength, deadline,
norm, link) is scored on those that are found, and only where the sample carries it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extractor.evaluation.runs import Due, Mention, Prediction
from extractor.evaluation.samples import CONTENT, TYPES, Sample, marks_entities
from extractor.evaluation.scores import Score, Scores
from extractor.evaluation.spans import cover, half, iou, matched, span, stretch
from extractor.records import Commitment, Deadline, Entity

NORMED = ("QUANTITY", "TIME")
FIELDS = (
    *("heads", "heads exact", "content", "roles", "lead-in", "tail", "kind", "strength", "deadline"),
    *(field for kind in TYPES for field in (kind, f"{kind}~", *([f"{kind} norm"] if kind in NORMED else ()))),
    "links",
)
"""All fields in the order in which they are shown; `strength`, `deadline` and `links` only where samples carry them."""
Records = Sequence[Commitment | Prediction]


def score(sample: Sample, records: Records) -> Scores:
    """All scores of one document; only what lies inside the annotated window counts."""
    low, high = sample["annotated"]
    inside = [r for r in records if low <= r.head.start and r.head.end <= high]
    heads = [clause for clause in sample["clauses"] if clause["role"] == "commitment"]
    pairs = matched(heads, inside, lambda gold, record: half(iou(stretch(gold), span(record.head))))
    exact = sum(stretch(gold) == span(record.head) for gold, record in pairs)
    scores = {
        "heads": Score(len(pairs), len(inside), len(heads)),
        "heads exact": Score(exact, len(inside), len(heads)),
        "content": content(sample["clauses"], inside),
        **surroundings(sample["clauses"], inside),
        **dict(said(pairs)),
        **(entities(sample, inside) if marks_entities(sample) else {}),
    }
    scores["roles"] = Score()
    for part in ("heads", "lead-in", "tail"):
        scores["roles"].add(scores[part])
    return {field: scores[field] for field in FIELDS if field in scores}


def content(clauses: Iterable[Sample], records: Records) -> Score:
    """Whether clauses were taken into some record; headings do not count."""
    covered = [span(part) for record in records for part in (record.head, *record.lead_ins, *record.tails)]
    result = Score()
    for clause in clauses:
        if clause["role"] == "heading":
            continue
        wanted, found = clause["role"] != "other", cover(stretch(clause), covered) >= 0.5
        result.add(Score(wanted and found, found, wanted))
    return result


def surroundings(clauses: Iterable[Sample], records: Records) -> Scores:
    """Lead-ins and tails: share of the gold ones that stand in a record as such."""
    given = {
        "lead-in": [span(part) for record in records for part in record.lead_ins],
        "tail": [span(part) for record in records for part in record.tails],
    }
    scores = {name: Score(found=len(spans)) for name, spans in given.items()}
    for clause in clauses:
        if clause["role"] in scores:
            hit = cover(stretch(clause), given[clause["role"]]) >= 0.5
            scores[clause["role"]].add(Score(correct=hit, wanted=1))
    return scores


def said(pairs: Sequence[tuple[Sample, Any]]) -> Iterator[tuple[str, Score]]:
    """What is said of the commitments that were found; kind always, the rest where the sample carries it."""
    yield "kind", Score(sum(g["kind"] == r.kind for g, r in pairs), len(pairs), len(pairs))
    if stated := [g["strength"] == r.strength for g, r in pairs if "strength" in g]:
        yield "strength", Score(sum(stated), len(stated), len(stated))
    if due := [(g["deadline"], interval(r.deadline)) for g, r in pairs if "deadline" in g]:
        right = sum(wanted is not None and wanted == found for wanted, found in due)
        yield "deadline", Score(right, sum(f is not None for _, f in due), sum(w is not None for w, _ in due))


def interval(deadline: Deadline | Due | None) -> str | None:
    """A deadline as an ISO interval with open ends, as norms of times are written."""
    return f"{deadline.start_date or '..'}/{deadline.end_date or '..'}" if deadline else None


def entities(sample: Sample, records: Records) -> Scores:
    """Scores by type, strict and overlapping, and norms and links among the overlapping."""
    inside = [stretch(c) for c in sample["clauses"] if c["role"] in CONTENT]
    wanted = [entity for entity in sample["entities"] if cover(stretch(entity), inside) >= 0.99]
    found: dict[tuple[str, int, int], Entity | Mention] = {}
    for entity in (entity for record in records for entity in record.entities):
        if cover(span(entity), inside) >= 0.5:
            found[entity.type, entity.start, entity.end] = entity
    scores: Scores = {}
    for kind in TYPES:
        gold = [entity for entity in wanted if entity["type"] == kind]
        given = [entity for entity in found.values() if entity.type == kind]
        strict = matched(gold, given, lambda g, e: float(stretch(g) == span(e)))
        loose = matched(gold, given, lambda g, e: half(iou(stretch(g), span(e))))
        scores[kind] = Score(len(strict), len(given), len(gold))
        scores[f"{kind}~"] = Score(len(loose), len(given), len(gold))
        if kind in NORMED:
            normed = [squeezed(g["norm"]) == squeezed(e.norm) for g, e in loose if g.get("norm")]
            scores[f"{kind} norm"] = Score(sum(normed), len(normed), len(normed))
        elif linked := [g["code"] == code(e.norm) for g, e in loose if g.get("code")]:
            scores["links"] = Score(sum(linked), len(linked), len(linked))
    return scores


def code(norm: object) -> object:
    """The code of the one division that a place is linked to; of a norm as it is, or as JSON has it."""
    return norm.get("code") if isinstance(norm, dict) else getattr(norm, "code", None)


def squeezed(norm: object) -> str:
    """A norm without white space."""
    return "" if norm is None else "".join(str(norm).split())
