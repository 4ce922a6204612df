"""Words and tags by jieba's algorithm.

`rjieba` is the algorithm and dictionary in Rust; `jieba` itself is selectable and is used where no wheel of
rjieba exists. Both read the domain words of `rules/words/segmenter.txt` and cut the same spans.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Literal, cast

Engine = Literal["auto", "rjieba", "jieba"]
Tagger = Callable[[str], Sequence[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text: where each begins, and each with its tag; two lists of one length."""

    starts: Sequence[int]
    pairs: Sequence[tuple[str, str]]


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
    return with_jieba(pairs) if plain else with_rjieba(pairs)


def with_rjieba(words: Sequence[tuple[str, str]]) -> Tagger:
    """The Rust implementation, in an instance of its own: domain words reach no other user of rjieba."""
    engine = rust().Jieba()
    for word, tag in words:
        engine.add_word(word, FREQUENCY, tag)

    def tagged(text: str) -> Sequence[tuple[str, str]]:
        return cast(Sequence[tuple[str, str]], engine.tag(text))

    return tagged


def rust() -> ModuleType:
    """The compiled module inside the package `rjieba`.

    Importing the package would make an instance of its own too, and read the dictionary a second time (0.1 s).
    """
    name = "rjieba.rjieba"
    package = find_spec("rjieba")
    if name in sys.modules or package is None or not package.submodule_search_locations:
        return import_module(name)
    spec = PathFinder.find_spec(name, package.submodule_search_locations)
    if spec is None or spec.loader is None:
        return import_module(name)
    module = module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


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
