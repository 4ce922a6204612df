"""`README.zh.md` says what `README.md` says: the same sections, commands, examples and figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ENGLISH, CHINESE = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
REMARK = re.compile(r"(?<=\S) {2,}(?! |extractor ).*")
"""What stands beside a command, in the language of the page: a comment or a description, but no second command."""
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SECTIONS = len(re.findall(r"^## ", ENGLISH, re.MULTILINE)) + 1


def sections(page: str) -> list[str]:
    return re.split(r"^## ", page, flags=re.MULTILINE)


def blocks(page: str) -> list[list[str]]:
    """The lines of every code block, without remarks."""
    found = re.findall(r"^```(\w*\n.*?)^```", page, re.DOTALL | re.MULTILINE)
    return [[REMARK.sub("", line).rstrip() for line in block.splitlines()] for block in found]


def tables(page: str) -> list[list[str]]:
    """The figures of every row of every table."""
    return [NUMBER.findall(line) for line in page.splitlines() if line.startswith("|")]


def code(page: str) -> list[str]:
    """What stands between backquotes outside code blocks, wherever its line is broken."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    return sorted(" ".join(name.split()) for name in re.findall(r"`([^`]+)`", prose))


def test_commands_and_examples_are_the_same() -> None:
    assert len(blocks(ENGLISH)) >= 7
    assert any("extractor run PATH... -o DIR" in block for block in blocks(ENGLISH))
    assert blocks(CHINESE) == blocks(ENGLISH)


def test_the_figures_of_tables_are_the_same() -> None:
    assert sum(map(len, tables(ENGLISH))) > 50
    assert tables(CHINESE) == tables(ENGLISH)


@pytest.mark.parametrize("number", range(SECTIONS))
def test_every_section_has_the_same_figures_and_names(number: int) -> None:
    english, chinese = sections(ENGLISH), sections(CHINESE)
    assert len(english) == len(chinese)
    assert sorted(NUMBER.findall(chinese[number])) == sorted(NUMBER.findall(english[number]))
    assert code(chinese[number]) == code(english[number])


def test_each_page_links_to_the_other() -> None:
    assert "(README.zh.md)" in ENGLISH
    assert "(README.md)" in CHINESE


@pytest.mark.parametrize("page", [ENGLISH, CHINESE], ids=["English", "Chinese"])
def test_what_the_pages_link_to_exists(page: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", page)
    assert len(links) >= 3
    assert [link for link in links if not (ROOT / link).is_file()] == []
