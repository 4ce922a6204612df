"""Words and tags by jieba's algorithm.

`rjieba` is the algorithm and dictionary in Rust; `jieba` itself is selectable and is used where no wheel of
rjieba exists. Both read the domain words of `rules/words/segmenter.txt` and cut the same spans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from typing import Literal, cast

Engine = Literal["auto", "rjieba", "jieba"]
Tagger = Callable[[str], Sequence[tuple[str, str]]]
LONE = re.compile("[\ud800-\udfff]")
"""Half of a surrogate pair: no character, and no segmenter takes it."""
FREQUENCY = 100_000
"""Weight of a domain word, high enough to win over its parts."""


@cache
def tagger(engine: Engine, words: tuple[str, ...]) -> Tagger:
    """A function from text to `(word, tag)` pairs whose words add up to the text.

    Args:
        engine: `auto` takes rjieba where it is installed.
        words: domain words as `word tag`.

    Raises:
        ModuleNotFoundError: `rjieba` was asked for by name and is not installed.
    """
    pairs = [(word, tag) for word, _, tag in (line.partition(" ") for line in words)]
    plain = engine == "jieba" or (engine == "auto" and find_spec("rjieba") is None)
    tag = with_jieba(pairs) if plain else with_rjieba(pairs)
    return lambda text: tag(LONE.sub("\ufffd", text))


def with_rjieba(words: Sequence[tuple[str, str]]) -> Tagger:
    """The Rust implementation, the instance that its import makes anyway: a second one would read the dictionary again."""
    import rjieba

    for word, tag in words:
        rjieba.add_word(word, FREQUENCY, tag)

    def tagged(text: str) -> Sequence[tuple[str, str]]:
        return cast(Sequence[tuple[str, str]], rjieba.tag(text))

    return tagged


def with_jieba(words: Sequence[tuple[str, str]]) -> Tagger:
    """The Python implementation: spans from `cut`, each word's tag from the dictionary, else the tagger's guess."""
    import logging

    import jieba
    import jieba.posseg

    jieba.setLogLevel(logging.WARNING)
    engine = jieba.Tokenizer()
    for word, tag in words:
        engine.add_word(word, FREQUENCY, tag)
    guess = jieba.posseg.POSTokenizer(engine)

    @cache
    def tag_of(word: str) -> str:
        known = guess.word_tag_tab.get(word)
        return str(known or next(iter(guess.cut(word))).flag)

    def tagged(text: str) -> Sequence[tuple[str, str]]:
        return [(word, tag_of(word)) for word in engine.cut(text)]

    return tagged
