"""The HTML report in headless Chromium: it opens, filters, shows records, runs nothing of the source, fits a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import chromium
from conftest import Extract

from extractor import writing
from extractor.records import Commitment
from extractor.writing import Material, report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NASTY = """清河镇2026年工作安排
<script>window.hacked = 1</script>
一是办好教育。𠮷祥村小学旁，下一步，我镇将新建两所幼儿园<img src=x onerror="window.hacked = 1">，2026年底前投用。力争学位达到600个。
二是修好道路。</script><b>新修农村公路12公里</b>。"""
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1360, "height": 900}
VIEWS = ("list", "text", "charts")

Texts = dict[str, str]
Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def texts(corpus_texts: Texts) -> Texts:
    """Two of our own texts and one with markup and a character beyond the first plane."""
    names = ("township_study_tour.txt", "bureau_notice_tasks.txt")
    return {**{name: corpus_texts[name] for name in names}, "nasty.txt": NASTY}


@pytest.fixture(scope="module")
def records(texts: Texts, extract: Extract) -> list[Commitment]:
    found = [record for name, text in texts.items() for record in extract(text, source=name, arbiter=True)]
    assert len(found) > 80
    return found


@pytest.fixture(scope="module")
def written(records: list[Commitment], texts: Texts, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return writing.write(Material(records, texts.get), folder, ["html"])[0]


@pytest.fixture
def opened(browser: Browser, written: Path) -> Iterator[Open]:
    """Opens a report; at the end no page may have complained or asked for anything but itself."""
    said: list[str] = []
    asked: list[str] = []
    pages: list[Page] = []

    def run(path: Path = written, size: dict[str, int] = DESK) -> Page:
        page = browser.new_page(viewport=size)  # type: ignore[arg-type]
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield run
    for page in pages:
        page.close()
    assert said == []
    assert all(url.startswith("file:") for url in asked)


def count(page: Page) -> int:
    """How many commitments the page says it shows."""
    return int(re.findall(r"\d+", page.inner_text("#count"))[0])


def rows(page: Page) -> list[int]:
    """The numbers of the rows drawn."""
    return [int(n) for n in page.eval_on_selector_all("#rows tr", "rows => rows.map((row) => row.dataset.number)")]


def names(record: Commitment, kind: str) -> list[str]:
    return [entity.text for entity in record.entities if entity.type == kind]


def test_every_view_opens_in_both_languages(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    assert page.inner_text("#tab-list") == "清单"
    for _ in range(2):
        for view in VIEWS:
            page.click(f"#tab-{view}")
            assert [page.is_visible(f"#view-{name}") for name in VIEWS] == [name == view for name in VIEWS]
        assert page.locator("#view-charts canvas").count() == 5
        assert count(page) == len(records)
        page.click("#language")
    assert page.get_attribute("html", "lang") == "zh-CN"


@pytest.mark.parametrize(
    ("name", "value", "passes"),
    [
        ("topic", "农业、林业、水利", lambda r: "农业、林业、水利" in r.topics),
        ("speaker", "罗培松", lambda r: r.speech and r.speech.speaker == "罗培松"),
        ("kind", "target", lambda r: r.kind == "target"),
        ("strength", "firm", lambda r: r.strength == "firm"),
        ("deadline", "2026", lambda r: r.deadline and (r.deadline.end_date or "").startswith("2026")),
        ("deadline", "undated", lambda r: not r.deadline or r.deadline.basis == "document_year"),
        ("document", "1", lambda r: r.source == "bureau_notice_tasks.txt"),
        ("project", "产业新城", lambda r: any("产业新城" in text for text in names(r, "PROJECT"))),
        ("place", "桥", lambda r: any("桥" in text for text in names(r, "LOCATION"))),
        ("search", "新建", lambda r: "新建" in r.text),
        ("search", "新建 幼儿园", lambda r: "新建" in r.text and "幼儿园" in r.text),
    ],
)
def test_a_filter_keeps_what_it_should(
    name: str, value: str, passes: Callable[[Commitment], bool], opened: Open, records: list[Commitment]
) -> None:
    page = opened()
    field = page.locator(f"#filter-{name}")
    expected = [number for number, record in enumerate(records) if passes(record)]
    assert 0 < len(expected) < len(records)
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        field.fill(value)
        page.wait_for_function(
            "all => !document.querySelector('#count').textContent.startsWith(all)", arg=f"{len(records)} "
        )
    assert count(page) == len(expected)
    assert rows(page) == expected[: len(rows(page))]
    page.click("#filters .clear")
    assert count(page) == len(records)


def test_filters_work_together_and_may_keep_nothing(opened: Open) -> None:
    page = opened()
    page.select_option("#filter-document", "2")
    page.select_option("#filter-kind", "directive")
    assert page.inner_text("#count") == "没有符合条件的承诺"
    page.click("#tab-charts")
    assert page.locator("#view-charts .plot:visible").count() == 0


def test_a_click_shows_the_record_and_its_rules(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.click("#rows tr:nth-child(3)")
    shown = page.inner_text("#record")
    assert records[2].text in shown
    assert [page.inner_text(f"#record code >> nth={n}") for n in range(len(records[2].rules))] == list(records[2].rules)
    page.click("#record nav button:has-text('看原文')")
    marked = page.locator("#source .chosen")
    assert marked.inner_text() == records[2].text
    page.click("#record nav button:has-text('下一条')")
    assert page.inner_text("#record blockquote") == records[3].text


def test_the_keyboard_is_enough(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.focus("#tab-list")
    page.keyboard.press("ArrowRight")
    assert page.is_visible("#view-text")
    page.focus("#source .promise >> nth=0")
    page.keyboard.press("Enter")
    assert page.inner_text("#record blockquote") == records[0].text
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#record blockquote") == records[1].text


def test_the_pointer_is_enough(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.click("#tab-text")
    page.hover("#source .promise >> nth=1")
    page.wait_for_selector(f"#record blockquote:has-text('{records[1].text[:12]}')")


def test_markup_in_the_source_stays_text(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.click("#tab-text")
    page.select_option("#document", "2")
    page.wait_for_selector("#source :text('window.hacked')")
    shown = page.inner_text("#source")
    assert "<script>window.hacked = 1</script>" in shown
    assert '<img src=x onerror="window.hacked = 1">' in shown
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 3
    assert page.locator("#source img, #source script, #source p b b").count() == 0
    marks = [re.sub("</?b>", "", mark) for mark in page.locator("#source .promise").all_inner_texts()]
    assert marks == [record.text for record in records if record.source == "nasty.txt"]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(view: str, width: int, opened: Open) -> None:
    page = opened(size={**PHONE, "width": width})
    page.click(f"#tab-{view}")
    page.click("#filters .toggle")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.is_visible("#filter-topic")


def test_on_a_phone_the_record_comes_up_and_goes_away(opened: Open, records: list[Commitment]) -> None:
    page = opened(size=PHONE)
    assert not page.is_visible("#record")
    page.click("#rows tr:nth-child(2)")
    assert records[1].text in page.inner_text("#record")
    page.click("#record .close")
    assert not page.is_visible("#record")


def test_rows_are_drawn_as_one_scrolls_and_all_are_printed(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    assert 0 < len(rows(page)) < len(records)
    page.pdf()
    assert rows(page) == list(range(len(records)))


def test_a_bar_filters(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.click("#tab-charts")
    box = page.locator("#chart-verbs canvas").bounding_box()
    assert box
    page.locator("#chart-verbs canvas").click(position={"x": box["width"] / 3, "y": 20})
    assert count(page) < len(records)
    assert page.input_value("#filter-search") != ""


def test_charts_have_their_figures_as_tables(opened: Open, records: list[Commitment]) -> None:
    page = opened()
    page.click("#tab-charts")
    page.click("#chart-topics summary")
    cells = page.locator("#chart-topics td.number").all_inner_texts()
    assert sum(map(int, cells)) == len(records)


def test_without_the_source_the_commitments_own_texts_are_shown(
    opened: Open, records: Sequence[Commitment], tmp_path: Path
) -> None:
    page = opened(writing.write(Material(records[:5]), tmp_path, ["html"])[0])
    page.click("#tab-text")
    assert page.locator("#source .promise").all_inner_texts() == [record.text for record in records[:5]]


def test_the_index_leads_to_its_pages(
    opened: Open, records: list[Commitment], texts: Texts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "MOST", 50)
    page = opened(writing.write(Material(records, texts.get), tmp_path, ["html"])[0])
    assert page.locator("tbody tr").count() == 3
    page.click("tbody tr:nth-child(3) a")
    assert page.input_value("#filter-document") == "1"
    assert count(page) == sum(record.source == "nasty.txt" for record in records)


def test_an_empty_report_opens(opened: Open, tmp_path: Path) -> None:
    page = opened(writing.write(Material([]), tmp_path, ["html"])[0])
    for view in VIEWS:
        page.click(f"#tab-{view}")
    assert page.inner_text("#count") == "没有符合条件的承诺"
