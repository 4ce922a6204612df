"""The page of the review in headless Chromium: the whole loop by mouse and by keys, two tabs, both languages, axe, 5,000 cases."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import chromium
from conftest import Folders
from reviewing import (
    DESK,
    PHONE,
    TEXTS,
    arrived,
    call,
    listed,
    open_document,
    run_of,
    saved,
    select,
    served,
    settled,
    state,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

PAGE = Path(__file__).parent.parent / "extractor" / "review" / "page"
SCRIPTS = sorted(PAGE.glob("*.js"))
MANY = 5000
SERIOUS = {"serious", "critical"}
LOOKS = [("zh-CN", DESK, "light"), ("en-US", DESK, "dark"), ("zh-CN", PHONE, "dark"), ("en-US", PHONE, "light")]

Open = Callable[..., "Page"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_of(TEXTS, tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def address(browser: Browser, run: Path) -> Iterator[str]:
    with served(run) as printed:
        yield printed


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page; at the end no page may have complained, asked for anything elsewhere, or met a fault of the server."""
    said: list[str] = []
    asked: list[str] = []
    broken: list[str] = []
    contexts: list[BrowserContext] = []

    def watch(page: Page) -> Page:
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.on("response", lambda response: broken.append(response.url) if response.status >= 500 else None)
        return page

    def run(
        at: str = address,
        *,
        language: str = "zh-CN",
        size: dict[str, int] = DESK,
        scheme: str = "light",
        beside: Page | None = None,
    ) -> Page:
        if beside is None:
            contexts.append(browser.new_context(locale=language, viewport=size, color_scheme=scheme))  # type: ignore[arg-type]
        page = watch((beside.context if beside else contexts[-1]).new_page())
        page.goto(at)
        page.wait_for_selector(".row")
        return page

    yield run
    for context in contexts:
        context.close()
    assert [
        line for line in said if not re.search(r"the server responded with a status of (404|409|422)|ERR_FAILED", line)
    ] == []
    assert broken == []
    assert all(url.startswith("http://127.0.0.1:") for url in asked)


def records_of(run: Path) -> dict[str, dict[str, object]]:
    """The records of an output by the text of their heads."""
    lines = (run / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["head"]["text"]: record for record in map(json.loads, lines)}


def test_the_whole_loop(opened: Open, run: Path, tmp_path: Path) -> None:
    page = opened()
    open_document(page, "loop.txt")
    assert page.inner_text("#record blockquote .head") == "我镇将新建两所幼儿园"

    page.click("#edit")
    select(page, "新建两所幼儿园")
    page.click("#marking [data-mark=head]")
    select(page, "𠮷祥村小学旁")
    page.keyboard.press("2")
    select(page, "两所")
    page.keyboard.press("7")
    page.check("#form input[name=strength][value=firm]", force=True)
    page.fill("#form input[name=actor]", "石桥镇人民政府")
    page.fill("#form textarea[name=note]", "主语另计")
    page.keyboard.press("Control+Enter")
    saved(page)
    assert state(page) == "已更正"

    page.reload()
    settled(page)
    assert page.inner_text("#record blockquote .head") == "新建两所幼儿园"
    assert "林审核" in page.inner_text(".history")
    assert "主语另计" in page.inner_text(".history")
    page.click("#undo")
    page.wait_for_selector(".badge.open")
    assert page.inner_text("#record blockquote .head") == "我镇将新建两所幼儿园"

    page.click("#edit")
    select(page, "新建两所幼儿园")
    page.click("#marking [data-mark=head]")
    page.click("#save")
    page.wait_for_selector(".badge.corrected")
    select(page, "并请各户核对")
    page.click("#marking [data-mark=new]")
    page.check("#form input[name=kind][value=directive]", force=True)
    page.click("#save")
    page.wait_for_selector(".badge.added")
    accept_rest(page, "loop.txt")
    check_outputs(run, tmp_path)


def accept_rest(page: Page, name: str) -> None:
    """Says yes to every case of a document that is still open."""
    page.select_option("#filter-state", "open,changed")
    for _ in range(20):
        page.wait_for_timeout(100)
        if not listed(page):
            return
        open_document(page, name, "open,changed")
        page.click("#accept")
        saved(page)
        page.select_option("#filter-state", "all")
        page.wait_for_function("() => document.querySelectorAll('.row').length > 2")
        page.select_option("#filter-state", "open,changed")
    raise AssertionError("cases stay open")


def check_outputs(run: Path, folder: Path) -> None:
    """The reviewed outputs and the gold made from them hold what was decided."""
    call("export", run, "--reviewed", "-o", folder / "reviewed", "--formats", "jsonl")
    records = records_of(folder / "reviewed")
    raw = TEXTS["loop.txt"]
    for words in ("新建两所幼儿园", "并请各户核对"):
        head = records[words]["head"]
        assert isinstance(head, dict)
        assert raw[head["start"] : head["end"]] == words
    assert records["并请各户核对"]["kind"] == "directive"
    call("annotate", run, "--from-review", "-o", folder / "gold")
    gold = json.loads((folder / "gold" / "loop.json").read_text(encoding="utf-8"))
    heads = [clause["text"] for clause in gold["clauses"] if clause["role"] == "commitment"]
    assert {"新建两所幼儿园", "并请各户核对"} <= set(heads)
    call("corpus", "check", folder / "gold")
    scores = json.loads(call("evaluate", folder / "gold", "--json", "-").output)
    assert scores["heads"]["recall"] < 1


def test_the_keyboard_is_enough(opened: Open) -> None:
    page = opened(language="en-US")
    open_document(page, "keys.txt")
    press = page.keyboard.press
    press("j")
    press("k")
    arrived(page, 0)
    press("a")
    page.wait_for_selector("#case-0.accepted")
    arrived(page, 1)
    press("r")
    page.wait_for_selector("#case-1.rejected")
    page.wait_for_selector("#case-2[aria-selected=true]")
    press("u")
    page.wait_for_selector("#case-1.open")
    assert state(page) == "toreview"

    settled(page)
    press("e")
    page.wait_for_selector("#form")
    press("t")
    for key in ("Shift+ArrowLeft", "Shift+ArrowLeft"):
        press(key)
    press("1")
    shorter = page.inner_text("#form .part.head span")
    assert shorter == "年内新修桥梁"
    for words in ("一座", "年内改造危房二十户"):
        press("Control+ArrowRight")
        assert page.inner_text("#marking q") == words
    press("Control+ArrowLeft")
    assert page.inner_text("#marking q") == "年内新修桥梁一座"
    press("Escape")
    press("Control+Enter")
    page.wait_for_selector("#case-1.corrected")

    press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("河道")
    page.wait_for_function("() => document.querySelectorAll('.row').length === 1")
    press("Escape")
    assert page.evaluate("document.activeElement.id") == "rows"
    press("?")
    page.wait_for_selector("#dialog[open]")
    assert page.locator("#dialog kbd").count() > 20
    press("Escape")
    assert not page.is_visible("#dialog")


def test_letters_can_be_switched_off(opened: Open) -> None:
    page = opened()
    open_document(page, "pair.txt")
    page.keyboard.press("?")
    page.uncheck("#letters")
    page.click("#close")
    page.keyboard.press("e")
    assert page.locator("#form").count() == 0
    page.click("#edit")
    assert page.locator("#form").count() == 1


def test_tab_goes_all_the_way_round(opened: Open) -> None:
    page = opened()
    open_document(page, "pair.txt")
    page.click("#edit")
    page.focus("#language")
    places = []
    for _ in range(80):
        page.keyboard.press("Tab")
        places.append(
            page.evaluate("document.activeElement.closest('header.top, .list, .text, .record')?.className ?? 'body'")
        )
    assert {"top", "list", "text", "record"} <= set(places)
    assert places.count("top") > 1


def test_a_candidate_is_one_key_away(opened: Open) -> None:
    page = opened()
    assert page.locator(".row b").count() == 1
    page.wait_for_selector("[data-candidate='4']")
    chosen = page.inner_text("[data-candidate='2']").split()[0]
    page.keyboard.press("2")
    page.wait_for_selector(".badge.corrected")
    assert chosen in page.inner_text(".entities")
    assert page.locator(".doubt, [data-candidate]").count() == 0


def test_two_tabs_do_not_overwrite_each_other(opened: Open) -> None:
    first = opened()
    second = opened(re.sub(r"\?.*", "", first.url), beside=first)
    for page in (second, first):
        page.bring_to_front()
        open_document(page, "pair.txt")
    first.click("#reject")
    saved(first)
    second.bring_to_front()
    second.click("#accept")
    second.wait_for_selector(".conflict")
    assert state(second) == "已否决"
    assert "林审核" in second.inner_text(".conflict")
    second.click("#theirs")
    second.wait_for_selector(".conflict", state="detached")
    assert state(second) == "已否决"

    first.bring_to_front()
    first.click("#case-0")
    first.wait_for_selector(".badge.rejected")
    first.click("#undo")
    first.wait_for_selector(".badge.open")
    second.bring_to_front()
    second.click("#reject")
    second.wait_for_selector(".conflict")
    assert state(second) == "待复核"
    second.click("#mine")
    second.wait_for_selector("#case-0.rejected")


def test_what_could_not_be_saved_is_kept_and_tried_again(opened: Open) -> None:
    page = opened()
    open_document(page, "pair.txt")
    page.keyboard.press("j")
    arrived(page, 1)
    page.click("#edit")
    page.fill("#form input[name=object]", "塘堰")
    page.route("**/decisions", lambda route: route.abort())
    page.click("#save")
    page.wait_for_selector("#saved.bad #again")
    assert page.input_value("#form input[name=object]") == "塘堰"
    page.unroute("**/decisions")
    page.click("#again")
    page.wait_for_selector("#case-1.corrected")
    assert page.locator("#again").count() == 0


def test_what_the_server_refuses_says_why(opened: Open) -> None:
    page = opened()
    open_document(page, "pair.txt")
    page.click("#edit")
    page.fill("#form input[name='deadline.start_date']", "2026-12-31")
    page.fill("#form input[name='deadline.end_date']", "2026-01-01")
    page.click("#save")
    page.wait_for_selector("#refused:not(:empty)")
    assert "start_date" in page.inner_text("#refused")
    assert page.locator("#form").count() == 1


def test_the_language_is_remembered(opened: Open) -> None:
    page = opened()
    assert page.inner_text("h1") == "承诺复核"
    page.click("#language")
    assert page.inner_text("h1") == "Commitment review"
    page.reload()
    page.wait_for_selector(".row")
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("h1") == "Commitment review"


def test_light_and_dark_are_remembered(opened: Open) -> None:
    page = opened(scheme="light")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.click("#theme")
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    page.wait_for_selector(".row")
    assert page.evaluate(paper) != light


def test_who_decides_can_be_changed(opened: Open) -> None:
    page = opened()
    open_document(page, "pair.txt")
    page.keyboard.press("j")
    page.keyboard.press("j")
    arrived(page, 2)
    page.click("#reviewer")
    page.fill("#dialog input[name=name]", "周复核")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reviewer:has-text('周复核')")
    page.click("#edit")
    page.fill("#form textarea[name=note]", "已核对")
    page.click("#save")
    page.wait_for_selector(".history:has-text('周复核')")


def test_a_case_that_is_gone_is_said_to_be_so(opened: Open, address: str) -> None:
    page = opened()
    page.goto(re.sub(r"\?.*", "#review/gone", address))
    page.reload()
    page.wait_for_selector("#saved.bad:has-text('gone')")
    page.wait_for_selector(".row")
    page.click("#case-0")
    page.wait_for_selector("#record-title")


def test_every_label_is_there_in_both_languages() -> None:
    words = json.loads((PAGE / "words.json").read_text(encoding="utf-8"))
    chinese, english = words["zh"], words["en"]
    assert set(chinese) - set(english) == {"doubt.place is ambiguous"}
    assert set(english) <= set(chinese)
    assert [key for key in english if chinese[key].count("{}") != english[key].count("{}")] == []
    sources = [path.read_text(encoding="utf-8") for path in [*SCRIPTS, PAGE / "index.html"]]
    used = {key for text in sources for key in re.findall(r"""(?:say\(|data-(?:label|name)=)"([\w.]+)\"""", text)}
    assert len(used) > 60
    assert used - set(english) == set()


def test_the_scripts_make_no_markup_of_data_and_ask_for_nothing_elsewhere() -> None:
    assert len(SCRIPTS) > 10
    for path in SCRIPTS:
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://", text
        ), path.name


def test_markup_in_a_source_stays_text(opened: Open) -> None:
    page = opened()
    open_document(page, "nasty.txt")
    assert '<img src=x onerror="window.hacked = 1">' in page.inner_text("#source")
    page.keyboard.press("x")
    page.keyboard.press("e")
    page.wait_for_selector("#form")
    assert page.locator("#source img, #source b, .list img, .record img, main script").count() == 0
    assert page.evaluate("window.hacked") is None
    page.keyboard.press("Escape")


def test_the_roles_of_all_clauses_are_shown_on_request(opened: Open) -> None:
    page = opened()
    open_document(page, "loop.txt")
    assert page.locator("#source .role").count() == 0
    page.click("#roles")
    page.wait_for_selector("#source .role.other")
    assert "各村去年传阅了名册" in page.locator("#source .role.other").all_inner_texts()
    open_document(page, "keys.txt")
    page.wait_for_selector("#source .role")
    page.click("#roles")
    page.wait_for_selector("#source .role", state="detached")


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone(width: int, opened: Open) -> None:
    page = opened(size={**PHONE, "width": width})
    page.click("#case-0")
    page.wait_for_selector("#record-title")
    for pane in ("list", "text", "record"):
        page.click(f"[data-to={pane}]")
        assert page.evaluate("document.documentElement.scrollWidth") == width, pane
    page.click("#edit")
    assert page.evaluate("document.getElementById('record').scrollWidth") <= width
    page.click("#cancel")
    for view in ("rules", "try"):
        page.click(f"#to-{view}")
        page.wait_for_selector(f"#view-{view} h2")
        assert page.evaluate("document.documentElement.scrollWidth") == width, view


@pytest.mark.parametrize(("language", "size", "scheme"), LOOKS)
def test_axe_has_no_serious_finding(language: str, size: dict[str, int], scheme: str, opened: Open) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(language=language, size=size, scheme=scheme)

    def look(name: str) -> None:
        found = axe.run(page).response["violations"]
        assert [(name, one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in SERIOUS] == []

    look("list")
    page.wait_for_selector("#record-title", state="attached")
    show(page, "record")
    look("record")
    show(page, "text")
    settled(page, state="attached")
    page.keyboard.press("x")
    page.wait_for_selector("#source .role")
    page.keyboard.press("t")
    page.wait_for_selector("#marking:visible")
    look("selection")
    page.keyboard.press("1")
    show(page, "record")
    look("form")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    look("help")
    page.keyboard.press("Escape")
    page.click("#to-rules")
    page.click("#rule-names a >> nth=0")
    page.wait_for_selector("#rule pre, #rule .lead")
    look("rule")
    page.click("#to-try")
    page.fill("#paste", TEXTS["place.txt"])
    page.click(".paste .yes")
    page.wait_for_selector(".commitments li")
    look("try")


def show(page: Page, pane: str) -> None:
    """A pane of the phone; on a wide screen all are there."""
    if page.is_visible(f"[data-to={pane}]"):
        page.click(f"[data-to={pane}]")


def test_a_rule_shows_how_it_fared_and_a_pattern_can_be_tried(opened: Open) -> None:
    page = opened()
    page.click("#to-rules")
    page.fill("#rule-search", "roles.future")
    page.wait_for_function("() => document.querySelectorAll('#rule-names li').length === 1")
    page.click("#rule-names a")
    page.wait_for_selector("#rule h2:has-text('roles.future')")
    page.fill("#trial textarea[name=pattern]", "将(?=新建)")
    page.click("#trial .yes")
    page.wait_for_selector("#tried mark")
    assert set(page.locator("#tried mark").all_inner_texts()) == {"将"}
    page.fill("#trial textarea[name=pattern]", "(")
    page.click("#trial .yes")
    page.wait_for_selector("#tried .refused")
    page.click("#show-matches")
    page.wait_for_selector("#view-review:visible")
    assert page.input_value("#filter-rule") == "roles.future"
    assert len(listed(page)) > 0


def test_a_text_and_a_file_are_read_at_once(opened: Open, folders: Folders) -> None:
    page = opened()
    page.click("#to-try")
    page.fill("#paste", "😀下一步，我镇将新建两所幼儿园，2026年底前投用。")
    page.click(".paste .yes")
    page.wait_for_selector(".found .source .head")
    assert page.inner_text(".found .source .head >> nth=0") == "我镇将新建两所幼儿园"
    page.set_input_files("#file", folders.corpus / "township_study_tour.txt")
    page.wait_for_function("() => document.querySelectorAll('.commitments > li').length > 20")


def test_thousands_of_cases_scroll(browser: Browser, opened: Open, tmp_path: Path) -> None:
    many = "东山县2026年工作要点\n\n" + "\n".join(f"年内新修第{n}号村路。" for n in range(1, MANY + 1))
    with served(run_of({"many.txt": many}, tmp_path)) as printed:
        page = opened(printed)
        page.wait_for_selector(f".row[aria-setsize='{MANY}']")
        assert page.locator(".row").count() < 40
        page.focus("#rows")
        page.keyboard.press("End")
        page.wait_for_selector(f"#case-{MANY - 1}[aria-selected=true]:has-text('第{MANY}号')")
        page.wait_for_selector(f"#source .head:has-text('第{MANY}号')")
        page.evaluate("document.getElementById('rows').scrollTop = 200000")
        page.wait_for_selector(".row:has-text('号村路')")
        assert page.locator(".row").count() < 40
        page.keyboard.press("a")
        page.wait_for_selector("#saved.good")
