"""What a commitment is about: topics of the State Council's policy library, by the weighted words of `rules/topics.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Annotated

from daachorse import CharwiseDoubleArrayAhoCorasick
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from extractor.gazetteer import LEFTMOST_LONGEST
from extractor.normalisation import without_halves
from extractor.rulebook import RuleError

REMEMBERED = 4096
"""Sets of titles whose points are kept."""

Points = tuple[tuple[int, float], ...]
"""Points by the number of the topic."""


class Strict(BaseModel):
    """A table of the file: a misspelt key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Titles(Strict):
    """How much a word in a title counts beside one in the text."""

    pledge: float = Field(ge=0, le=1)
    section: float = Field(ge=0, le=1)
    document: float = Field(ge=0, le=1)


class Topic(Strict):
    """A topic: its name, its words by weight, commitments that have it and near misses that do not."""

    name: str
    words: Mapping[int, Annotated[tuple[str, ...], BeforeValidator(str.split)]]
    positive: tuple[str, ...]
    negative: tuple[str, ...]


class Scheme(Strict):
    """The whole of `rules/topics.toml`."""

    enough: float = Field(gt=0)
    beside: float = Field(gt=0, le=1)
    titles: Titles
    topic: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class About:
    """The titles that a commitment stands under; empty where there is none."""

    pledge: str = ""
    section: tuple[str, ...] = ()
    document: str = ""


NOTHING = About()


class Weights(dict[int, Points]):
    """The topics of a word by its number, each with the word's weight; worked out when the word is first met.

    For topics that do not list a word, those of the words inside it count, which it hides.
    """

    def __init__(self, listed: Mapping[str, Mapping[int, int]]) -> None:
        self.listed = listed
        self.words = list(listed)

    def __missing__(self, number: int) -> Points:
        word = self.words[number]
        found: dict[int, int] = {}
        for start, end in combinations(range(len(word) + 1), 2):
            for topic, weight in self.listed.get(word[start:end], {}).items():
                found[topic] = max(weight, found.get(topic, 0))
        found.update(self.listed[word])
        return self.setdefault(number, tuple((topic, weight) for topic, weight in sorted(found.items()) if weight))


@dataclass(frozen=True, eq=False)
class Classifier:
    """The words of all topics in one automaton, which knows them by number."""

    scheme: Scheme
    weights: Weights
    automaton: CharwiseDoubleArrayAhoCorasick

    def topics(self, text: str, about: About = NOTHING) -> tuple[str, ...]:
        """The names of the topics of a commitment, the best first; none where the words do not tell."""
        total = dict(points_of_titles(self, about))
        for topic, weight in points(self, text).items():
            total[topic] = total.get(topic, 0) + weight
        least = max(self.scheme.enough, self.scheme.beside * max(total.values(), default=0))
        found = sorted([(-gained, topic) for topic, gained in total.items() if gained >= least])
        return tuple([self.scheme.topic[topic].name for _, topic in found])


def points(classifier: Classifier, text: str) -> dict[int, float]:
    """What the words of a text come to for each topic; a word counts once, the longest at a place."""
    total: dict[int, float] = {}
    for word in {word for _, _, word in classifier.automaton.find(without_halves(text))}:
        for topic, weight in classifier.weights[word]:
            total[topic] = total.get(topic, 0) + weight
    return total


@lru_cache(maxsize=REMEMBERED)
def points_of_titles(classifier: Classifier, about: About) -> Points:
    """What the words of all titles come to by their shares, remembered: many commitments stand under the same."""
    share = classifier.scheme.titles
    titles = [(about.pledge, share.pledge), (about.document, share.document)]
    total: defaultdict[int, float] = defaultdict(float)
    for title, factor in [*titles, *((heading, share.section) for heading in about.section)]:
        for topic, weight in points(classifier, title).items():
            total[topic] += factor * weight
    return tuple(total.items())


@cache
def load(path: Path) -> Classifier:
    """The classifier of a file of topics.

    Raises:
        RuleError: the file is missing, is not TOML, misspells a key or names a word twice in one topic.
    """
    scheme = read(path)
    listed: dict[str, dict[int, int]] = {}
    for number, topic in enumerate(scheme.topic):
        for weight, words in topic.words.items():
            for word in words:
                if number in listed.setdefault(word, {}):
                    raise RuleError(f"{path}: {topic.name}: {word} is listed twice; keep one of its weights")
                listed[word][number] = weight
    weights = Weights(listed)
    return Classifier(scheme, weights, CharwiseDoubleArrayAhoCorasick(weights.words, LEFTMOST_LONGEST))


def read(path: Path) -> Scheme:
    """Parse and validate a file of topics."""
    try:
        return Scheme.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise RuleError(f"{path}: cannot be read: {error.strerror}; reinstall the package") from None
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{path}: not valid TOML: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise RuleError(f"{path}: {place}: {first['msg']}; see an existing topic for the keys in use") from None
