"""The trained models: the best path is the best there is, sums are exact, every label comes from the file."""

from __future__ import annotations

import pytest

from extractor import arbiter
from extractor.arbiter import PLACES, apart, chains, column, from_json, joined
from extractor.clauses import split
from extractor.facts import mask
from extractor.rulebook import Rulebook
from extractor.wording import Wording

MODEL = {
    "labels": ["commitment", "other"],
    "transitions": [[0, 0], [0, 0]],
    "weights": {
        "0": {"fact": {"verb.action": [1000, 0]}, "says": {"感谢": [0, 2000]}, "verb": {"新建": [1000, 0]}},
        "-1s": {"fact": {"tense.past_time": [0, 3000]}},
        "1d": {"fact": {"tense.future": [500, 0]}},
        "stance.review": {"fact": {"verb.action": [0, 4000]}},
    },
}
BLANK = Wording([], "", "字")


def judged(text: str, facts: list[set[str]], wordings: list[Wording] | None = None) -> list[str]:
    clauses = split(text)
    return from_json(MODEL).decide(clauses, list(map(mask, facts)), wordings or [BLANK] * len(clauses))


CASES: list[tuple[str, list[set[str]], list[str]]] = [
    ("甲。", [{"verb.action"}], ["commitment"]),
    ("甲。", [{"verb.action", "stance.review"}], ["other"]),
    ("甲，乙。", [{"tense.past_time"}, {"verb.action"}], ["commitment", "other"]),
    ("甲。乙。", [{"tense.past_time"}, {"verb.action"}], ["commitment", "commitment"]),
    ("甲，乙。", [{"is.front", "tense.past_time"}, {"verb.action"}], ["commitment", "commitment"]),
]


@pytest.mark.parametrize(("text", "facts", "labels"), CASES)
def test_own_facts_neighbours_and_stances_add_up(text: str, facts: list[set[str]], labels: list[str]) -> None:
    assert judged(text, facts) == labels


def test_words_count() -> None:
    assert judged("感谢。", [{"verb.action"}], [Wording(["感谢"], "v", "感谢")]) == ["other"]


def test_the_first_verb_counts() -> None:
    assert judged("新建。", [{"verb.action", "stance.review"}], [Wording([], "v", "新建", "新建", "v")]) == ["other"]
    assert judged("新建。", [set()], [Wording([], "v", "新建", "新建", "v")]) == ["commitment"]
    (attributes,) = arbiter.attributes_of(split("新建。"), [0], [Wording([], "v", "新建", "新建", "v")])
    assert "0:verb:新建" in attributes


def test_scores_are_whole_thousandths() -> None:
    clauses = split("甲。乙。")
    scores = from_json(MODEL).scores(clauses, [mask(["verb.action"]), mask(["tense.future"])], [BLANK, BLANK])
    assert scores.tolist() == [[1500.0, 0.0], [0.0, 0.0]]


def test_no_clauses_no_labels() -> None:
    assert judged("", []) == []


def test_a_chain_ends_with_its_paragraph() -> None:
    assert chains(split("甲，乙。\n丙。")) == [2, 1]


def test_facts_are_joined_with_stance_and_document() -> None:
    assert joined({"stance.plan", "verb.action", "closes.colon"}) == {
        "stance.plan",
        "verb.action",
        "closes.colon",
        "joint.stance.plan+verb.action",
    }


@pytest.mark.parametrize(
    ("attribute", "place", "kind", "name"),
    [
        ("0:verb.action", "0", "fact", "verb.action"),
        ("-1s:says:建设", "-1s", "says", "建设"),
        ("0:says::", "0", "says", ":"),
        ("1d:verb:新建", "1d", "verb", "新建"),
        ("0:joint.stance.plan+verb.action", "stance.plan", "fact", "verb.action"),
    ],
)
def test_an_attribute_names_its_place_its_kind_and_what_it_is(attribute: str, place: str, kind: str, name: str) -> None:
    assert apart(attribute) == (place, kind, name)


def test_every_place_has_columns_of_its_own() -> None:
    taken = [number for place in PLACES for number in range(100)[column(place, 5)]]
    assert taken == list(range(5 * len(PLACES)))


def test_the_shipped_models_judge_roles_and_kinds(book: Rulebook) -> None:
    models = arbiter.load(book.arbiter)
    assert models.roles.labels == ["commitment", "lead-in", "tail", "heading", "other"]
    assert models.kinds.labels == ["action", "target", "directive"]


def test_reasons_are_the_weightiest_attributes() -> None:
    model = from_json(MODEL)
    attributes = ["0:verb.action", "0:says:感谢", "1d:tense.future", "0:unknown"]
    assert model.reasons(attributes, "commitment", "other")[:2] == [("0:verb.action", 1.0), ("1d:tense.future", 0.5)]
