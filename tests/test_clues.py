"""Clues: what stands around the pieces of a clause."""

from __future__ import annotations

from itertools import accumulate

import pytest

from extractor import clues, lexicon
from extractor.clues import Case, spelled
from extractor.naming import Named
from extractor.pieces import Pieces
from extractor.rulebook import Rulebook


def case_of(book: Rulebook, *clauses: str, hits: list[Named] | None = None) -> Case:
    """The case of some clauses whose words are set apart by spaces; clauses follow one another with one character between."""
    pieces = Pieces()
    start = 0
    for clause in clauses:
        words = clause.split()
        pieces.starts += [start, *accumulate(map(len, words[:-1]), initial=start)][1:]
        pieces.pairs += [(word, "v" if word in ("建设", "打通", "推进") else "n") for word in words]
        pieces.lengths.append(len(words))
        start += sum(map(len, words)) + 1
    return clues.read(pieces, hits if hits is not None else [], [], lexicon.load(book))


def marks_of(case: Case, number: int) -> set[tuple[str, str]]:
    return {pair for place, mark in case.marks if place == number for pair in spelled(mark)}


def test_the_nearest_verb_before_governs(book: Rulebook) -> None:
    case = case_of(book, "我镇 将 建设 石塘 幼儿园", "石塘 公路 打通")
    assert case.governs.tolist() == [-1, -1, -1, 2, 2, -1, -1, -1]


def test_a_run_ends_before_a_border_or_with_its_clause(book: Rulebook) -> None:
    case = case_of(book, "石塘 公路 、 白石 大桥", "打通")
    assert case.ends.tolist() == [1, 1, -1, 4, 4, 5]
    assert case.follows.tolist() == [2, 2, -1, -1, -1, -1]
    assert case.far[[0, 1, 3, 4, 5]].tolist() == [1, 0, 1, 0, 0]


def test_what_the_end_of_a_run_builds_is_known(book: Rulebook) -> None:
    case = case_of(book, "石塘 水厂 、 群众")
    assert case.builds[0] == case.builds[1] > 0 == case.builds[3]


@pytest.mark.parametrize(
    ("clause", "number", "mark"),
    [
        ("实施 “ 清源 ” 工程", 2, ("in", "”")),
        ("在 石塘 、 柳林 等 4 个 村", 1, ("list", "村")),
        ("石塘镇 、 柳林", 0, ("member", "r:t:n")),
        ("石塘镇 、 柳林", 2, ("member", "l:x:镇")),
        ("大 石塘 、 柳林", 3, ("member", "l:n2")),
    ],
)
def test_marks(clause: str, number: int, mark: tuple[str, str], book: Rulebook) -> None:
    assert mark in marks_of(case_of(book, clause), number)


def test_what_is_closed_is_closed(book: Rulebook) -> None:
    case = case_of(book, "“ 清源 ” 工程")
    assert [("in", "”") in marks_of(case, number) for number in range(4)] == [True, True, True, False]


def test_names_of_the_rules_are_marked(book: Rulebook) -> None:
    hits = [Named("PROJECT", 2, 7, "project.built"), Named("LOCATION", 2, 4, "place.feature")]
    case = case_of(book, "新建 石塘 幼儿园 投用", hits=hits)
    assert {("hit", "PROJECT.B"), ("hit", "LOCATION.E"), ("rule", "place.feature.B"), ("start", "project.built.B")} <= (
        marks_of(case, 1)
    )
    assert {("hit", "PROJECT.I"), ("hit", "PROJECT.E"), ("hit", "LOCATION.A")} <= marks_of(case, 2)
    assert ("hit", "PROJECT.A") in marks_of(case, 3)


def test_members_see_what_the_rules_make_of_their_neighbours(book: Rulebook) -> None:
    case = case_of(book, "石塘镇 、 柳林", hits=[Named("LOCATION", 0, 3, "place.district")])
    assert ("member", "l:h:LOCATION") in marks_of(case, 2)


def test_hidden_names_are_not_marked(book: Rulebook) -> None:
    pieces = Pieces([0, 2], [("建设", "v"), ("石塘", "n")], [2])
    assert clues.read(pieces, None, [], lexicon.load(book)).hidden
    assert not clues.read(pieces, [], [], lexicon.load(book)).hidden


def test_no_clauses_no_clues(book: Rulebook) -> None:
    case = clues.read(Pieces(), [], [], lexicon.load(book))
    assert (len(case.which), case.marks) == (0, [])
