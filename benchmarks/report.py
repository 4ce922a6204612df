"""How long the HTML report of many commitments takes to write and, in headless Chromium, to open and to answer.

`python benchmarks/report.py [COMMITMENTS]`; the documents are those of `corpus/`, as often as it takes. Needs Chromium
and playwright; a fresh browser opens the page `ROUNDS` times and the median counts.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Page, sync_playwright

import extractor
from extractor import batch, reading
from extractor.records import Commitment
from extractor.writing import Material, write

ROUNDS = 5
CORPUS = Path(__file__).parent.parent / "corpus"


def many(wanted: int) -> Material:
    """So many commitments of the corpus, each round of it under names of its own."""
    with tempfile.TemporaryDirectory() as place:
        batch.run(batch.inputs([str(CORPUS)]), Path(place), batch.Settings(formats=("jsonl",)))
        ours = extractor.read(place).commitments
    texts = {path.name: reading.read(path).raw for path in CORPUS.glob("*.txt")}

    def repeated() -> Iterator[Commitment]:
        for number in count():
            for record in ours:
                yield record.model_copy(update={"source": f"{number}/{record.source}"})

    records = [record for record, _ in zip(repeated(), range(wanted), strict=False)]
    return Material(records, lambda source: texts.get(source.partition("/")[2]))


def seconds(act: Callable[[], object]) -> float:
    """How long something takes."""
    begun = perf_counter()
    act()
    return perf_counter() - begun


def opened(page: Page, path: Path) -> None:
    """Open a report until its list is drawn and the browser has nothing left to do."""
    page.goto(path.as_uri())
    page.wait_for_selector("#rows tr")
    page.evaluate("new Promise((done) => requestIdleCallback(done))")


def searched(page: Page, word: str) -> None:
    """Type a word and wait for the narrowed list."""
    before = page.inner_text("#count")
    page.fill("#filter-search", word)
    page.wait_for_function("(before) => document.querySelector('#count').textContent !== before", arg=before)


def main(wanted: int) -> None:
    """Print what was measured."""
    material = many(wanted)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        path = Path(folder) / "commitments.html"
        print(f"write       {seconds(lambda: write(material, Path(folder), ['html'])):.2f} s")
        print(f"size        {path.stat().st_size / 1e6:.1f} MB")
        times: dict[str, list[float]] = {"open": [], "search": [], "text": [], "charts": []}
        for _ in range(ROUNDS):
            browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = browser.new_page()
            times["open"].append(seconds(lambda page=page: opened(page, path)))  # type: ignore[misc]
            times["search"].append(seconds(lambda page=page: searched(page, "建设")))  # type: ignore[misc]
            page.click("#filters .clear")
            times["text"].append(seconds(lambda page=page: page.click("#tab-text")))  # type: ignore[misc]
            times["charts"].append(seconds(lambda page=page: page.click("#tab-charts")))  # type: ignore[misc]
            browser.close()
        for name, measured in times.items():
            print(f"{name:10}  {median(measured):.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
