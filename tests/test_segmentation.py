"""Words and tags: both engines cut the same, domain words hold, words add up to the text."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.util import find_spec

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import rulebook, segmentation
from extractor.folding import fold
from extractor.normalisation import heal
from extractor.segmentation import Engine, Tagger

WORDS = rulebook.load().words["segmenter"]
needs_rjieba = pytest.mark.skipif(find_spec("rjieba") is None, reason="no wheel of rjieba for this machine")
ENGINES: list[object] = [pytest.param("rjieba", marks=needs_rjieba), "jieba", "auto"]


def spans(pairs: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    found, start = [], 0
    for word, _ in pairs:
        found.append((start, start + len(word)))
        start += len(word)
    return found


@needs_rjieba
def test_both_engines_cut_the_corpus_alike(corpus_texts: dict[str, str]) -> None:
    assert len(corpus_texts) >= 12
    for name, raw in corpus_texts.items():
        text = without_ascii_compounds(heal(raw).folded)
        assert cut("rjieba", text) == cut("jieba", text), name


@needs_rjieba
@pytest.mark.xfail(strict=True, reason="rjieba keeps ASCII compounds whole that jieba cuts at - . & _")
@pytest.mark.parametrize("text", ["联系电话0574-55501234", "A-B班", "版本a.b_c"])
def test_both_engines_cut_ascii_compounds_alike(text: str) -> None:
    assert cut("rjieba", text) == cut("jieba", text)


@needs_rjieba
@given(
    st.lists(
        st.sampled_from(
            [
                "清河镇",
                "将",
                "修建",
                "水渠",
                "三座",
                "，",
                "。",
                "12.5万亩",
                "“",
                "”",
                "（",
                "2026年",
                "确保",
                "通水",
                "、",
                "\n",
                "3%的",
                "A级",
            ]
        )
    )
)
def test_both_engines_cut_any_text_of_the_genre_alike(words: list[str]) -> None:
    text = "".join(words)
    assert cut("rjieba", text) == cut("jieba", text)


def cut(engine: Engine, text: str) -> list[tuple[int, int]]:
    return spans(segmentation.tagger(engine, WORDS)(text))


def without_ascii_compounds(text: str) -> str:
    """`text` with the hyphens of telephone numbers and the like turned into commas, which both engines cut."""
    return re.sub("(?<=[A-Za-z0-9])[-&_](?=[A-Za-z0-9])", ",", text)


@pytest.mark.parametrize("engine", ENGINES)
def test_domain_words_stay_whole_and_carry_their_tag(engine: Engine) -> None:
    pairs = dict(segmentation.tagger(engine, ("渠鳌制 n", "清鳌淤鳌 v"))("全面推行渠鳌制，清鳌淤鳌到村。"))
    assert (pairs["渠鳌制"], pairs["清鳌淤鳌"]) == ("n", "v")


@needs_rjieba
def test_words_of_one_rulebook_do_not_reach_another_with_rjieba() -> None:
    assert not leaks("rjieba")


def test_words_of_one_rulebook_do_not_reach_another_with_jieba() -> None:
    assert not leaks("jieba")


def leaks(engine: Engine) -> bool:
    """Whether a word that one tagger was given is a word to the next."""
    other, plain = segmentation.tagger(engine, ("渠鼋制鼋 n",)), segmentation.tagger(engine, ())
    assert "渠鼋制鼋" in dict(other("推行渠鼋制鼋"))
    return "渠鼋制鼋" in dict(plain("推行渠鼋制鼋"))


@pytest.mark.parametrize("engine", ENGINES)
def test_common_words_have_their_part_of_speech(engine: Engine) -> None:
    pairs = dict(segmentation.tagger(engine, WORDS)("下一步，我镇将修建水渠。"))
    assert pairs["修建"] == "v"
    assert pairs["水渠"] == "n"
    assert pairs["将"] == "d"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("text", ["", " ", "\n", "。", "ABC-2026", "1.5万元", "𬒈石村𠮷", "①——（一）", "\u3000清河"])
def test_words_add_up_to_the_text(engine: Engine, text: str) -> None:
    assert "".join(word for word, _ in segmentation.tagger(engine, WORDS)(text)) == text


@given(st.text("清河镇将修建水渠三座，。 \n12.5万“”（）aB𬒈①\u3000\ue000", max_size=40))
def test_words_add_up_to_any_text(text: str) -> None:
    tagger: Tagger = segmentation.tagger("auto", WORDS)
    assert "".join(word for word, _ in tagger(fold(text))) == fold(text)


def test_an_engine_is_built_once() -> None:
    assert segmentation.tagger("auto", WORDS) is segmentation.tagger("auto", WORDS)


def test_auto_falls_back_to_jieba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segmentation, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.delitem(sys.modules, "rjieba.rjieba", raising=False)
    monkeypatch.setattr(segmentation, "find_spec", lambda name: None)
    assert dict(segmentation.tagger("auto", ("渠鳌制 n",))("推行渠鳌制"))["渠鳌制"] == "n"


def test_a_missing_engine_asked_for_by_name_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rjieba", None)
    monkeypatch.delitem(sys.modules, "rjieba.rjieba", raising=False)
    monkeypatch.setattr(segmentation, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="rjieba"):
        segmentation.tagger("rjieba", ("渠首闸 n",))
