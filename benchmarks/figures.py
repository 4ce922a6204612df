"""Characters a second of the figure matchers, quantities and periods, over the texts named on the command line.

Each matcher reads all texts, cut into clauses, `ROUNDS` times; the best round counts.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from time import perf_counter

from extractor import periods, quantities, rulebook

ROUNDS = 5
CLAUSES = str.maketrans(dict.fromkeys("，,；;。：:？！", "\n"))


def best(read: Callable[[], Sequence[object]]) -> tuple[int, float]:
    """How many hits, and the seconds of the fastest round."""
    seconds = []
    for _ in range(ROUNDS):
        begun = perf_counter()
        hits = len(read())
        seconds.append(perf_counter() - begun)
    return hits, min(seconds)


def main(paths: Sequence[str]) -> None:
    """Print one line for each matcher."""
    if not paths:
        sys.exit("usage: python benchmarks/figures.py TEXT...")
    view = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths).translate(CLAUSES)
    rules = rulebook.load()
    readers: dict[str, Callable[[], Sequence[object]]] = {
        "quantities": lambda: quantities.find(view, rules),
        "periods": lambda: periods.find(view, rules, date(2024, 3, 15)),
    }
    for name, read in readers.items():
        hits, seconds = best(read)
        print(f"{name:10}  {len(view):>10,} characters  {hits:>7,} hits  {len(view) / seconds:>12,.0f} characters/s")


if __name__ == "__main__":
    main(sys.argv[1:])
