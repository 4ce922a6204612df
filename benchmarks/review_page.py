"""The page of the review: how quickly it answers over many cases, and its pictures in README.

`python benchmarks/review_page.py speed [COMMITMENTS]` prints, for a run of so many (5,000), how long a browser takes to open the page, to
come to the last case, to search and to accept, each until the page shows it. `python benchmarks/review_page.py shots FOLDER` makes
`review.png` and `review-phone.png` anew from two texts of `corpus/`. Needs Chromium and playwright; `pip install -e ".[benchmark]"` brings Pillow.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from PIL import Image
from playwright.sync_api import Browser, Page

from extractor import batch

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsing import chromium  # noqa: E402 - the tests' browser and server
from reviewing import served  # noqa: E402

CORPUS = ROOT / "corpus"
SHOWN = ("bureau_notice_tasks.txt", "township_study_tour.txt")
WORDS = "依托"
"""What the shown commitment is searched by: one with a lead-in, a head and a tail."""
SIZES = {"review.png": (1440, 900), "review-phone.png": (390, 844)}


@contextmanager
def desk(paths: Sequence[str]) -> Iterator[str]:
    """The address of a review over a run of some files."""
    with tempfile.TemporaryDirectory() as place:
        batch.run(batch.inputs(paths), Path(place), batch.Settings(paths=tuple(paths), formats=("jsonl",)))
        with served(Path(place)) as address:
            yield address


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """The page in Chinese, its list drawn."""
    page = browser.new_context(locale="zh-CN", viewport={"width": size[0], "height": size[1]}).new_page()
    page.goto(address)
    page.wait_for_selector(".row .where:not(:empty)")
    return page


def shots(folder: Path) -> None:
    """A commitment on the desk at both widths, some others decided."""
    with tempfile.TemporaryDirectory() as place, chromium() as browser:
        for name in SHOWN:
            shutil.copy(CORPUS / name, place)
        with desk([place]) as address:
            pictures(browser, address, folder)


def pictures(browser: Browser, address: str, folder: Path) -> None:
    """One picture a width."""
    for name, size in SIZES.items():
        page = opened(browser, address, size)
        page.wait_for_selector("#accept", state="attached")
        page.keyboard.press("a")
        page.wait_for_selector("#case-0.accepted")
        page.fill("#search", WORDS)
        page.wait_for_function(
            "words => document.querySelector('#case-0 .what')?.textContent.startsWith(words)", arg=WORDS
        )
        page.click("#case-0")
        if page.is_visible("#search"):
            page.fill("#search", "")
            page.click("#record")
        page.wait_for_timeout(1000)
        page.screenshot(path=folder / name)
        with Image.open(folder / name) as picture:
            picture.convert("RGB").quantize(255).save(folder / name, optimize=True)


def speed(wanted: int) -> None:
    """How long the page takes to answer, in seconds."""
    with tempfile.TemporaryDirectory() as place:
        text = "东山县2026年工作要点\n\n" + "\n".join(f"年内新修第{n}号村路。" for n in range(1, wanted + 1))
        (Path(place) / "many.txt").write_text(text, encoding="utf-8")
        with desk([str(Path(place) / "many.txt")]) as address, chromium() as browser:
            begun = perf_counter()
            page = opened(browser, address, SIZES["review.png"])
            print(f"open, the server just started: {perf_counter() - begun:.2f}")
            page.wait_for_selector("#source .head")
            timed("open again, with the first text", page.reload, page, "#source .head")
            timed(
                "last case", lambda: page.locator("#rows").press("End"), page, f"#source .head:has-text('第{wanted}号')"
            )
            timed("accept", lambda: page.keyboard.press("a"), page, "#saved.good")
            timed("search", lambda: page.fill("#search", f"第{wanted // 2}号"), page, ".row[aria-setsize='1']")


def timed(what: str, act: Callable[[], object], page: Page, shows: str) -> None:
    """Print how long something takes until the page shows it."""
    begun = perf_counter()
    act()
    page.wait_for_selector(shows)
    print(f"{what}: {perf_counter() - begun:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["shots"]:
        shots(Path(sys.argv[2]))
    else:
        speed(int(sys.argv[2]) if len(sys.argv) > 2 else 5000)
