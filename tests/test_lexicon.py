"""The lexicon: what a word is by itself."""

from __future__ import annotations

import pytest

from extractor import lexicon
from extractor.lexicon import AFAR, BESIDE, BY_ITSELF, ENDS, FOLLOWS, GOVERNS, SEATS
from extractor.rulebook import Rulebook


@pytest.mark.parametrize(
    ("word", "tag", "traits"),
    [
        ("石塘镇", "ns", {"w:石塘镇", "t:ns", "n3", "s:镇", "S:塘镇", "p:石", "ground", "ground3ns", "g:full", "x:镇"}),
        ("建设", "vn", {"w:建设", "c:project_govern", "c:verb_action", "v"}),
        ("曲周", "n", {"g:county", "new"}),
        ("5", "m", {"numeral", "n1"}),
        ("《", "x", {"sign"}),
        ("APP", "eng", {"latin"}),
        ("农村公路", "n", {"vs", "ground", "x:公路"}),
    ],
)
def test_what_a_word_is(word: str, tag: str, traits: set[str], book: Rulebook) -> None:
    assert traits <= set(lexicon.load(book).traits(word, tag))


def test_an_ordinary_word_is_no_township(book: Rulebook) -> None:
    assert "g:town" not in lexicon.load(book).traits("和平", "nz")
    assert "g:town" in lexicon.load(book).traits("黄屯", "ns")


def test_less_is_seen_from_afar(book: Rulebook) -> None:
    seen = lexicon.load(book).seen("石塘镇", "ns")
    assert tuple(seen) == SEATS
    own, near, far = (set(seen[seat]) for seat in (BY_ITSELF, BESIDE[0], AFAR[0]))
    assert far < near < own
    assert seen[GOVERNS] == seen[FOLLOWS] == ["w:石塘镇"]
    assert seen[ENDS] == ["w:石塘镇", "s:镇"]


def test_verbs_govern_and_particles_end_runs(book: Rulebook) -> None:
    flags = lexicon.load(book).flags
    assert flags(("建设", "vn"))[:2] == (True, False)
    assert flags(("、", "x"))[:2] == (False, True)
    assert flags(("公路", "n"))[:2] == (False, False)
    assert flags(("水厂", "n"))[2] > 0 == flags(("群众", "n"))[2]
