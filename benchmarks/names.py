"""What the gazetteer and linking cost: processor seconds and megabytes to load, and their share of the pipeline's time.

    OPENBLAS_NUM_THREADS=1 python benchmarks/names.py TEXT...

Load times are those of the first load in the process.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec, TypeVar

from extractor import gazetteer, linking, pipeline, rulebook
from extractor.batch.work import COLLECT_AFTER
from extractor.reading import read

P = ParamSpec("P")
R = TypeVar("R")


def main(paths: list[str]) -> None:
    """Measure and print."""
    if not paths:
        sys.exit("usage: python benchmarks/names.py TEXT...")
    folder = rulebook.default_folder() / "places"
    before, began = resident(), time.process_time()
    known = gazetteer.load(folder)
    loaded = time.process_time() - began
    known.candidates("没有这个县")  # looks the name up in every table, which makes their indexes
    ready = time.process_time() - began
    print(f"gazetteer: {len(known.spelled):,} names, loaded in {loaded:.2f} s, with its indexes in {ready:.2f} s")
    print(f"gazetteer: {resident() - before:.0f} MB")
    nlp = pipeline.load()
    texts = [read(Path(path)).raw for path in paths]
    nlp(texts[0])
    gc.freeze()  # as the command does: what is loaded stays
    gc.set_threshold(COLLECT_AFTER)
    clock = Clock()
    for home, name in ((linking, "resolve"), (linking, "quarters"), (gazetteer.Gazetteer, "find")):
        setattr(home, name, clock.timed(getattr(home, name)))
    began = time.process_time()
    for text in texts:
        nlp(text)
    whole = time.process_time() - began
    share = f"{clock.spent:.2f} of {whole:.2f} s, {clock.spent / whole:.1%}"
    print(f"search for divisions and linking: {share}; {sum(map(len, texts)):,} characters")


class Clock:
    """Adds up the processor time of some functions; where one calls another, only the outer one counts."""

    def __init__(self) -> None:
        self.spent = 0.0
        self.running = False

    def timed(self, function: Callable[P, R]) -> Callable[P, R]:
        """The function with the clock on it."""

        def run(*arguments: P.args, **named: P.kwargs) -> R:
            if self.running:
                return function(*arguments, **named)
            self.running = True
            began = time.process_time()
            try:
                return function(*arguments, **named)
            finally:
                self.spent += time.process_time() - began
                self.running = False

        return run


def resident() -> float:
    """Resident size of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


if __name__ == "__main__":
    main(sys.argv[1:])
