"""How well topics are told, on commitments labelled by reading: `python benchmarks/topics.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor import rulebook, topics

LABELLED = Path(__file__).parent.parent / "tests" / "data" / "topics.tsv"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A commitment with its titles and the topics that a reader gave it, the best first."""

    given: tuple[str, ...]
    text: str
    about: topics.About


@dataclass(frozen=True, slots=True)
class Score:
    """`by_topic` F1 of every topic that a reader gave; `best` the share whose first topic is one of the reader's."""

    by_topic: dict[str, float]
    micro: float
    best: float

    @property
    def macro(self) -> float:
        """The mean over topics."""
        return sum(self.by_topic.values()) / len(self.by_topic)


def labelled(wanted: str) -> Iterator[Labelled]:
    """The commitments of one set, `develop` or `judge`."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        name, *cells = line.split("\t")
        if name == wanted:
            names, text, pledge, section, document = cells
            about = topics.About(pledge, tuple(filter(None, section.split(" > "))), document)
            yield Labelled(tuple(filter(None, names.split("；"))), text, about)


def score(wanted: str) -> Score:
    """How well the classifier does on a set."""
    classifier = topics.load(rulebook.load().topics)
    right, given, found = Counter[str](), Counter[str](), Counter[str]()
    firsts = []
    for row in labelled(wanted):
        said = classifier.topics(row.text, row.about)
        right.update(set(said) & set(row.given))
        given.update(row.given)
        found.update(said)
        firsts.append(said[0] in row.given if said else not row.given)
    by_topic = {name: f1(right[name], given[name], found[name]) for name in given}
    return Score(by_topic, f1(right.total(), given.total(), found.total()), sum(firsts) / len(firsts))


def f1(right: int, given: int, found: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (given + found)


def main() -> None:
    """Print the scores of both sets."""
    for wanted in ("develop", "judge"):
        result = score(wanted)
        print(
            f"{wanted}: macro-F1 {result.macro:.3f}, micro-F1 {result.micro:.3f}, first topic right {result.best:.3f}"
        )
        for name, value in sorted(result.by_topic.items(), key=lambda pair: -pair[1]):
            print(f"    {value:.3f}  {name}")


if __name__ == "__main__":
    main()
