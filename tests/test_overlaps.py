"""Reading by many rules at once: the fast way finds what every rule tried at every place finds."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import overlaps, periods, quantities, rulebook
from extractor.matching import excepted
from extractor.rulebook import Rule

RULES = rulebook.load()
NUMERALS = {"quantity": quantities.NUMERALS, "period": periods.NUMERALS, "quantity_scope": ""}
SENTENCES = [
    re.sub("[⟦⟧]", "", line.split("\t")[1])
    for name in ("quantities", "periods")
    for line in (Path(__file__).parent / f"data/{name}.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SIGNS = "012359零一二两三五十百千万亿半〇年月日底前后内个项条亩元米人%.,点分之成番不近约到至从自起—“”第上下今明去、和\n翻级余多几"
WORDS = ("低于", "超过", "至少", "突破", "以上", "左右", "季度", "国庆", "国家", "春节", "汛期", "世纪", "期间")
PIECES = st.sampled_from([*SIGNS, *WORDS])


def hit(rule: Rule, match: re.Match[str]) -> tuple[str, int, int]:
    return rule.id, match.start(), match.end()


def plainly(view: str, family: str, read: Callable[[Rule, re.Match[str]], Any]) -> list[Any]:
    """The plain way: every rule at every character, save inside a run of numerals."""
    numerals = NUMERALS[family]
    found, border = [], 0
    for start in range(len(view)):
        inside = start and view[start] in numerals and view[start - 1] in numerals
        if start < border or inside:
            continue
        hits = [(rule, match) for rule in RULES.family(family) if (match := rule.regex.match(view, start)) and match[0]]
        for rule, match in sorted(hits, key=lambda pair: -pair[1].end()):
            if not excepted(rule, view, start, match.end()):
                found.append(read(rule, match))
                border = match.end()
                break
    return found


@pytest.mark.parametrize("family", sorted(NUMERALS))
def test_our_sentences_are_read_as_plainly(family: str) -> None:
    reader = overlaps.reader(RULES, family, NUMERALS[family])
    found = 0
    for sentence in SENTENCES:
        hits = overlaps.leftmost_longest(sentence, reader, hit)
        assert hits == plainly(sentence, family, hit)
        found += len(hits)
    assert found


@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(sorted(NUMERALS)))
def test_any_text_is_read_as_plainly(view: str, family: str) -> None:
    reader = overlaps.reader(RULES, family, NUMERALS[family])
    assert overlaps.leftmost_longest(view, reader, hit) == plainly(view, family, hit)


def test_a_pattern_that_can_begin_with_anything_is_refused(tmp_path: Path) -> None:
    (tmp_path / "open.toml").write_text(
        '[[rule]]\nid = "open.any"\ndescription = "x"\npattern = "[^修]渠"\npositive = []\nnegative = []\n',
        encoding="utf-8",
    )
    with pytest.raises(rulebook.RuleError, match=r"open\.any: let the pattern begin with"):
        overlaps.reader(rulebook.load(tmp_path), "open", "")
