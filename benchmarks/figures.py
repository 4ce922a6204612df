"""Characters a CPU second of the figure matchers over the texts named on the command line, beside JioNLP's in the same run.

Quantities, periods, and both one after the other read all texts, cut into clauses, `ROUNDS` times; the best round
counts. JioNLP (`pip install -e ".[benchmark]"`; left out where it is not installed) extracts money and times, without
parsing them, from the paragraphs of the first `SAMPLE` characters, once. It does less: no units but money, no norms.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from time import process_time

from extractor import periods, quantities, rulebook

ROUNDS = 7
SAMPLE = 100_000
CLAUSES = str.maketrans(dict.fromkeys("，,；;。：:？！", "\n"))
WRITTEN = date(2024, 3, 15)
Read = Callable[[], Sequence[object]]


def best(read: Read, rounds: int) -> tuple[int, float]:
    """How many hits, and the CPU seconds of the fastest round."""
    seconds = []
    for _ in range(rounds):
        begun = process_time()
        hits = len(read())
        seconds.append(process_time() - begun)
    return hits, min(seconds)


def ours(text: str) -> dict[str, Read]:
    """The matchers of this package on a text."""
    view, rules = text.translate(CLAUSES), rulebook.load()
    return {
        "quantities": lambda: quantities.find(view, rules),
        "periods": lambda: periods.find(view, rules, WRITTEN),
        "both": lambda: [*quantities.find(view, rules), *periods.find(view, rules, WRITTEN)],
    }


def jionlp(text: str) -> dict[str, Read]:
    """JioNLP's money and time extraction on a text; empty where it is not installed."""
    if not find_spec("jionlp"):
        return {}
    import jionlp as jio

    logging.disable()  # it logs a traceback for every expression that it gives up

    def read() -> list[object]:
        return [
            hit
            for line in text.splitlines()
            for extract in (jio.ner.extract_money, jio.ner.extract_time)
            for hit in extract(line, with_parsing=False) or ()
        ]

    read()  # its dictionaries load on first use
    return {"JioNLP both": read}


def main(paths: Sequence[str]) -> None:
    """Print one line for each matcher."""
    if not paths:
        sys.exit("usage: python benchmarks/figures.py TEXT...")
    text = "\n".join(Path(path).read_text(encoding="utf-8") for path in paths)
    for part, readers, rounds in ((text, ours(text), ROUNDS), (text[:SAMPLE], jionlp(text[:SAMPLE]), 1)):
        for name, read in readers.items():
            hits, seconds = best(read, rounds)
            print(
                f"{name:11}  {len(part):>10,} characters  {hits:>7,} hits  {len(part) / seconds:>12,.0f} characters/s"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
