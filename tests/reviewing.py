"""A run of texts written for these tests, a server over it, and a person's hands on its page."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from typer.testing import CliRunner, Result

from extractor.cli import app

if TYPE_CHECKING:
    from playwright.sync_api import Page

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

LOOP = """石桥镇2026年工作要点😀

𠮷祥村小学旁，下一步，我镇将新建两所幼儿园，切实解决入园难题。力争2026年底前学位达到600个。各村去年传阅了名册，并请各户核对。
"""
PAIR = """松林乡2026年工作打算

下一步，我乡将改造供水站三处。年内整治塘堰五座。年内修好村路两条。
"""
KEYS = """枫溪镇2026年工作安排

今年，我镇将建设文化礼堂两座。年内新修桥梁一座。年内改造危房二十户。年内疏浚河道三公里。
"""
PLACE = """教育局2026年工作安排

下一步，将在鼓楼区新建两所幼儿园，2026年底前投用。
"""
NASTY = """清河镇2026年工作安排<img src=x onerror="window.hacked = 1">

下一步，我镇将新建两所幼儿园<img src=x onerror="window.hacked = 1">，2026年底前投用。</script><b>新修农村公路12公里</b>。
"""
TEXTS = {"loop.txt": LOOP, "pair.txt": PAIR, "keys.txt": KEYS, "place.txt": PLACE, "nasty.txt": NASTY}

POINT = """([words, last]) => {
  const walker = document.createTreeWalker(document.getElementById("source"), NodeFilter.SHOW_TEXT);
  let text = "", nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) { nodes.push([text.length, node]); text += node.data; }
  const at = text.indexOf(words) + (last ? words.length - 1 : 0);
  const [from, node] = nodes.findLast(([from]) => from <= at);
  const range = document.createRange();
  range.setStart(node, at - from);
  range.setEnd(node, at - from + 1);
  const box = range.getBoundingClientRect();
  return [last ? box.right - 1 : box.left + 1, (box.top + box.bottom) / 2];
}"""
"""Where on the screen the first or last character of some words of the source is."""


def call(*words: str | Path) -> Result:
    """A command of the package, which must have gone well."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result


def run_of(texts: Mapping[str, str], folder: Path) -> Path:
    """Texts written and read: the folder of the run."""
    (folder / "texts").mkdir(parents=True)
    for name, text in texts.items():
        (folder / "texts" / name).write_text(text, encoding="utf-8")
    call("run", folder / "texts", "-o", folder / "run", "--formats", "jsonl", "--workers", "1")
    return folder / "run"


@contextmanager
def served(run: Path) -> Iterator[str]:
    """The command as a person starts it: the address that it prints."""
    command = [sys.executable, "-m", "extractor", "review", str(run), "--no-browser", "--reviewer", "林审核"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def settled(page: Page, state: Literal["attached", "visible"] = "visible") -> None:
    """Until the case and its text are on the desk; `attached` where a phone shows but one of its panes."""
    page.wait_for_selector("#record-title", state=state)
    page.wait_for_selector("#source .head", state=state)


def open_document(page: Page, name: str, state: str = "all") -> None:
    """The cases of one document, the first one on the desk."""
    page.select_option("#filter-state", state)
    page.select_option("#filter-document", name)
    page.wait_for_function(
        "name => [...document.querySelectorAll('.row .where')].every(row => row.textContent.includes(name))", arg=name
    )
    page.click("#case-0")
    arrived(page, 0)
    settled(page)


def arrived(page: Page, place: int) -> None:
    """Until the case at a place of the list is on the desk."""
    page.wait_for_selector(f"#case-{place}[aria-selected=true]")
    page.wait_for_function(
        "place => document.querySelector('#record blockquote')?.textContent === document.querySelector(`#case-${place} .what`).textContent",
        arg=place,
    )


def select(page: Page, words: str) -> None:
    """Words of the source, selected with the mouse."""
    first, last = page.evaluate(POINT, [words, False]), page.evaluate(POINT, [words, True])
    page.mouse.move(*first)
    page.mouse.down()
    page.mouse.move(*last, steps=4)
    page.mouse.up()
    page.wait_for_selector("#marking:visible")
    assert page.inner_text("#marking q") == words, page.inner_text("#marking q")


def saved(page: Page) -> None:
    """Until the page says that what was done is saved."""
    page.wait_for_selector("#saved.good")


def state(page: Page) -> str:
    """How the case on the desk stands, as its badge says."""
    return re.sub(r"\s", "", page.inner_text("#record .badge"))


def listed(page: Page) -> list[str]:
    """The commitments drawn in the list."""
    return page.locator(".row .what").all_inner_texts()
