"""Every rule earns its keep: deleting one turns `test_rule[ID]` red.

A line of `data/rules.tsv` names a rule, a text that holds one of the rule's positive examples, and what the pipeline says
of the text that it no longer says without the rule. What a record or a role comes to is preferred to a mere fact of
`extractor explain`. A new rule gets its line, and an old one a line that holds again, by

    UPDATE_GOLDEN=1 pytest tests/test_every_rule.py

which keeps a text that was chosen by hand as long as the rule matters in it. Read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import Process
from spacy.tokens import Doc

from extractor import arbiter, checking, pipeline, rulebook
from extractor.explaining import explain
from extractor.records import Entity
from extractor.rulebook import Rulebook
from extractor.scene import Given

PATH = Path(__file__).parent / "data" / "rules.tsv"
HEAD = "# Rule, a text with one of its positive examples (\\n breaks the line), and what is not said of the text without it.\n"
UPDATE = bool(os.environ.get("UPDATE_GOLDEN"))
BOOK = rulebook.load()
ROWS = {**BOOK.rules, **BOOK.decisions}
DAY = date(2026, 1, 12)
FRAMES = (
    "清河镇2026年工作打算\n{}。",
    "{}。",
    "要早谋划，{}。",
    "清河镇2026年工作打算\n{}，建设三座泵站。",
    "清河镇2026年工作打算\n建设三座泵站，{}。",
    "一、{}\n建设三座泵站。",
)
"""Where an example is tried when it does nothing alone, in this order."""
CLOSERS = "。；：！？;"
"""What a frame cuts off the end of an example."""
TRACES = ("decided by ", "fact ")
"""How statements begin that are not of a role or a record."""

CUES = dict.fromkeys(("tense", "voice", "formula", "form", "turn", "strength"), ("matches",))
HEADING_CUES = dict.fromkeys(("section", "verb"), ("matches", "facts"))
NAMES = dict.fromkeys(("place", "org", "project", "policy"), ("spotted",))
READERS = {
    **CUES,
    **HEADING_CUES,
    **NAMES,
    "arbiter": (),
    "category": ("names",),
    "document": ("facts",),
    "kind": ("commitments",),
    "opening": ("facts",),
    "period": ("periods",),
    "quantity": ("figures",),
    "quantity_scope": ("figures",),
    "responsibility": ("notes",),
    "roles": ("verdicts",),
}
"""The stages that read a family: the others keep what they built for the whole rulebook, which saves half a minute.
A stage that is missing here cannot make a test pass: the rule would seem to change nothing."""


class Line(NamedTuple):
    """A rule, a text, and one statement about the text."""

    rule: str
    text: str
    says: str


def read() -> dict[str, Line]:
    """The lines of the table by rule."""
    rows = [row.split("\t") for row in PATH.read_text(encoding="utf-8").splitlines() if not row.startswith("#")]
    return {rule: Line(rule, text.replace("\\n", "\n"), says) for rule, text, says in rows}


def write(lines: dict[str, Line]) -> None:
    """The table anew."""
    rows = ("\t".join(line).replace("\n", "\\n") + "\n" for line in lines.values())
    PATH.write_text(HEAD + "".join(rows), encoding="utf-8")


def effects(doc: Doc) -> Iterator[str]:
    """What roles and records come to, without the names of rules."""
    for clause in explain(doc):
        yield f"{clause.role}: {clause.text}"
    for record in doc._.commitments:
        head = record.head.text
        yield from (f"{record.kind}: {head}", f"{record.strength}: {head}")
        if record.deadline:
            yield f"by {record.deadline.end_date}: {head}"
        if record.responsible:
            yield f"led by {'、'.join(record.responsible.lead)}: {head}"
        for entity in record.entities:
            yield f"{entity.type} {normal(entity)}: {entity.text}"
            if entity.category:
                yield f"category {entity.category}: {entity.text}"


def normal(entity: Entity) -> str:
    """The norm of an entity in one string; divisions by their path."""
    norm = entity.norm
    if norm is None or isinstance(norm, str):
        return norm or "-"
    return "|".join(division.path for division in (norm if isinstance(norm, tuple) else (norm,)))


def traces(doc: Doc, book: Rulebook) -> Iterator[str]:
    """The rules that decided, as far as the rulebook has them, and the facts of each clause."""
    explained = explain(doc)
    deciding = [(clause.text, clause.rule) for clause in explained]
    deciding += [(record.head.text, rule) for record in doc._.commitments for rule in record.rules]
    yield from (f"decided by {rule}: {text}" for text, rule in deciding if rule in book.rules or rule in book.decisions)
    for clause in explained:
        yield from (f"fact {fact}: {clause.text}" for fact in (*clause.fired, *clause.context))


def statements(doc: Doc, book: Rulebook) -> list[str]:
    """All that can be read off a processed text, the weightier first."""
    return [*effects(doc), *traces(doc, book)]


def arbitrated(rule: str) -> bool:
    """Whether a rule is the arbiter's; all others are judged by the decision tables alone."""
    return rule.startswith("arbiter.")


@cache
def whole(arbiter: bool) -> Rulebook:
    """The rulebook with all rules."""
    return BOOK if arbiter else replace(BOOK, arbiter=None)


@cache
def without(rule: str) -> Rulebook:
    """The rulebook as if the rule had been deleted from its file."""
    return replace(
        whole(arbitrated(rule)),
        rules={name: kept for name, kept in BOOK.rules.items() if name != rule},
        decisions={name: kept for name, kept in BOOK.decisions.items() if name != rule},
        digest=f"{BOOK.digest} without {rule}",
    )


def said(text: str, rule: str, book: Rulebook) -> list[str]:
    """The statements about a text when the readers of the rule's family have this rulebook; none where a table ends."""
    doc = pipeline.load(arbiter=arbitrated(rule)).make_doc(text)
    doc._.given = Given(date=DAY)
    readers = READERS[rule.partition(".")[0]]
    try:
        for name, stage in pipeline.STAGES.items():
            doc._.set(name, stage(doc, book if name in readers else whole(arbitrated(rule))))
    except LookupError:
        return []
    return statements(doc, book)


def lost(text: str, rule: str) -> list[str]:
    """What is said of a text with the rule and not without it, the weightiest first."""
    remaining = set(said(text, rule, without(rule)))
    return [statement for statement in said(text, rule, whole(arbitrated(rule))) if statement not in remaining]


def plain(example: str) -> str:
    """An example without its marks."""
    return checking.MARK.sub("", example)


def renewed(rule: str, old: Line | None) -> Line:
    """The line of a rule: the old one while it holds, else of the texts in which the rule matters the best.

    Raises:
        LookupError: the rule changes nothing in any of its examples.
    """
    own = [plain(example) for example in ROWS[rule].positive]
    framed = [frame.format(example.rstrip(CLOSERS)) for frame in FRAMES for example in own]
    if old and (says := lost(old.text, rule)):
        return old if old.says in says else old._replace(says=says[0])
    found = [Line(rule, text, says[0]) for text in (*own, *framed) if (says := lost(text, rule))]
    if not found:
        raise LookupError(f"{rule} changes nothing in its examples: write a positive one in which it does")
    return next((line for line in found if not line.says.startswith(TRACES)), found[0])


@pytest.fixture(scope="module")
def lines() -> dict[str, Line]:
    """The table by rule, renewed where that is asked for."""
    if UPDATE:
        old = read()
        write({rule: renewed(rule, old.get(rule)) for rule in ROWS})
    return read()


@pytest.mark.parametrize("rule", ROWS if UPDATE else list(dict.fromkeys([*read(), *ROWS])))
def test_rule(rule: str, lines: dict[str, Line], process: Process) -> None:
    assert rule in lines, "a rule without a line: UPDATE_GOLDEN=1 pytest tests/test_every_rule.py"
    line = lines[rule]
    doc = process(line.text, day=DAY, arbiter=arbitrated(rule))
    assert line.says in statements(doc, BOOK)


@pytest.mark.parametrize("rule", ROWS)
def test_without(rule: str, lines: dict[str, Line]) -> None:
    assert lines[rule].says in lost(lines[rule].text, rule)


def test_every_rule_has_its_line_and_every_line_its_rule(lines: dict[str, Line]) -> None:
    assert list(lines) == list(ROWS)
    assert len(lines) >= 240


def test_the_texts_hold_examples_of_the_rules_own(lines: dict[str, Line]) -> None:
    own = {rule: [plain(example).rstrip(CLOSERS) for example in row.positive] for rule, row in ROWS.items()}
    assert [rule for rule, line in lines.items() if not any(example in line.text for example in own[rule])] == []


def test_rules_that_come_to_no_more_than_a_fact_are_weighed_by_the_arbiter(lines: dict[str, Line]) -> None:
    slight = {rule for rule, line in lines.items() if line.says.startswith(TRACES) and not arbitrated(rule)}
    assert BOOK.arbiter
    models = arbiter.load(BOOK.arbiter)
    weighed = {fact.removeprefix("read.") for fact in (*models.roles.facts, *models.kinds.facts)}
    assert slight - weighed <= {"opening.speech", "place.short"}
    assert len(slight) < 25
