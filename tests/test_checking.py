"""The examples that rules carry: what the check says of sound and of faulty rules, and that ours are sound."""

from __future__ import annotations

import pytest

from extractor import checking, rulebook
from extractor.checking import check_decision, check_rule, marked_spans
from extractor.literals import alternatives
from extractor.rulebook import Decision, Rule

BOOK = rulebook.load()
SOUND: dict[str, object] = {
    "id": "trial.rule",
    "description": "试",
    "pattern": "争取|力争",
    "unless": ("争取外资",),
    "positive": ("⟦争取⟧通水", "⟦力争⟧通车"),
    "negative": ("积极争取外资", "竞争激烈"),
}
FAULTS: dict[str, tuple[dict[str, object], list[str]]] = {
    "sound": ({}, []),
    "a positive matches elsewhere": ({"positive": ("⟦争取通⟧水", "⟦力争⟧通车", "⟦争取⟧")}, ["matches 争取"]),
    "a positive matches nothing": ({"positive": ("⟦修⟧渠", "⟦力争⟧通车", "⟦争取⟧")}, ["matches nothing"]),
    "a second hit is not marked": ({"positive": ("⟦争取⟧通水力争", "⟦力争⟧通车")}, ["matches 争取、力争"]),
    "a negative matches": ({"negative": ("积极争取外资", "力争通水")}, ["near miss matches 力争"]),
    "too few positives": ({"positive": ("⟦争取⟧⟦力争⟧通水",)}, ["has 1 positive examples, needs 2"]),
    "the same positive twice": (
        {"pattern": "力争", "unless": (), "positive": ("⟦力争⟧通车",) * 2},
        ["has 1 positive examples, needs 2"],
    ),
    "too few negatives": ({"negative": ("积极争取外资",)}, ["has 1 negative examples, needs 2"]),
    "an exception that nothing needs": (
        {"unless": ("争取外资", "争取内资")},
        ["no example needs exception 2, 争取内资"],
    ),
    "an alternative that nothing needs": (
        {"pattern": "争取|力争|力求"},
        ["no example needs alternative 3, 力求"],
    ),
    "a phrase that nothing needs": (
        {"pattern": None, "phrases": ("争取", "力争", "力求")},
        ["no example needs alternative 3, 力求"],
    ),
    "a gap that is closed": ({"known_gap": ("⟦争取⟧通电",)}, ["known gap is closed: move it to positive or negative"]),
    "a gap that stands": ({"known_gap": ("⟦尽力⟧通电",)}, []),
}
PATTERNS = {
    "修|架": ("修", "架"),
    "(?:修|架)桥": ("(?:修|架)桥",),
    "[修|架]桥|植树": ("[修|架]桥", "植树"),
    r"修\|架|植": (r"修\|架", "植"),
    "((修|架)桥|路)|树": ("((修|架)桥|路)", "树"),
    "[(]修|架": ("[(]修", "架"),
    "": ("",),
}
SPANS = {
    "⟦修渠⟧和架桥": [(0, 2)],
    "先⟦修渠⟧再⟦架桥⟧": [(1, 3), (4, 6)],
    "修渠": [],
}


@pytest.mark.parametrize(("changes", "reasons"), FAULTS.values(), ids=FAULTS)
def test_faults_of_a_rule(changes: dict[str, object], reasons: list[str]) -> None:
    rule = Rule.model_validate({**SOUND, **changes})
    assert [fault.reason for fault in check_rule(rule)] == reasons


def test_a_fault_names_rule_reason_and_example() -> None:
    rule = Rule.model_validate({**SOUND, "negative": ("积极争取外资", "力争通水")})
    assert [str(fault) for fault in check_rule(rule)] == ["trial.rule: near miss matches 力争: 力争通水"]


@pytest.mark.parametrize(("pattern", "parts"), PATTERNS.items())
def test_alternatives_are_cut_outside_groups_and_classes(pattern: str, parts: tuple[str, ...]) -> None:
    assert alternatives(pattern) == parts


@pytest.mark.parametrize(("example", "spans"), SPANS.items())
def test_marked_spans_are_offsets_without_marks(example: str, spans: list[tuple[int, int]]) -> None:
    assert marked_spans(example) == spans


def decision(name: str, positive: tuple[str, ...], negative: tuple[str, ...]) -> Decision:
    return Decision(id=name, description="试", gives="other", positive=positive, negative=negative)


def test_faults_of_a_decision_row() -> None:
    deciding = checking.decided("⟦严禁焚烧秸秆⟧。")
    assert deciding[0].startswith("roles.")
    assert any(row.startswith("kind.") for row in deciding)
    first = deciding[0]
    sound = decision(first, ("⟦严禁焚烧秸秆⟧。", "⟦严禁私设路障⟧。"), ("⟦天气晴好⟧。", "⟦谢谢大家⟧。"))
    assert list(check_decision(sound)) == []
    faulty = decision(first, ("⟦谢谢大家⟧。", "⟦严禁焚烧秸秆⟧。"), ("⟦严禁私设路障⟧。", "⟦天气晴好⟧。"))
    reasons = [fault.reason for fault in check_decision(faulty)]
    assert len(reasons) == 2
    assert reasons[0].startswith("decided by roles.")
    assert reasons[1] == "near miss is decided by this row"


def test_a_near_miss_must_mark_a_clause() -> None:
    astray = decision("roles.other", ("⟦民生连着民心⟧。", "⟦开弓没有回头箭⟧。"), ("严禁⟦焚烧秸秆⟧。", "⟦您好⟧！"))
    assert [fault.reason for fault in check_decision(astray)] == ["near miss marks no clause"]


def test_what_decides_is_told_of_the_marked_clause() -> None:
    assert checking.decided("谢谢大家。⟦严禁焚烧秸秆⟧。") == checking.decided("⟦严禁焚烧秸秆⟧。")
    assert checking.decided("⟦谢谢大家⟧。严禁焚烧秸秆。") != checking.decided("⟦严禁焚烧秸秆⟧。")


@pytest.mark.parametrize("rule", BOOK.rules.values(), ids=lambda rule: rule.id)
def test_every_shipped_rule_is_sound(rule: Rule) -> None:
    assert [str(fault) for fault in check_rule(rule)] == []


@pytest.mark.parametrize("row", BOOK.decisions.values(), ids=lambda row: row.id)
def test_every_shipped_decision_row_is_sound(row: Decision) -> None:
    assert [str(fault) for fault in check_decision(row)] == []


def test_the_check_covers_rules_and_rows() -> None:
    checked = {fault.rule for fault in checking.check(bare())}
    assert checked == {"trial.rule", "roles.trial"}


def bare() -> rulebook.Rulebook:
    """A rulebook whose only rule and only row carry no examples."""
    rule = Rule.model_validate({**SOUND, "positive": (), "negative": (), "unless": ()})
    return rulebook.Rulebook({rule.id: rule}, {"roles.trial": decision("roles.trial", (), ())}, {}, {}, "", BOOK.folder)
