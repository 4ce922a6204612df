"""Which files the paths of a call stand for, and what they are called."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import batch
from extractor.batch import Input, Settings, WrongCall

TEXT = "下一步，我镇将新建两所幼儿园。"
ANY_BYTES = pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any bytes as a file's name")


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "deeper").mkdir(parents=True)
    for name in ("b.txt", "deeper/a.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    (folder / "table.json").write_text("{}", encoding="utf-8")
    return folder


def names(items: list[Input]) -> list[str]:
    return [item.name for item in items]


def test_a_folder_gives_its_texts_in_order_under_names_relative_to_it(texts: Path) -> None:
    assert names(batch.inputs([str(texts)])) == ["b.txt", "deeper/a.txt"]


def test_a_file_keeps_the_name_it_was_given(texts: Path) -> None:
    path = str(texts / "b.txt")
    assert batch.inputs([path]) == [Input(Path(path), path)]


def test_a_pattern_gives_what_it_matches(texts: Path) -> None:
    found = batch.inputs([str(texts / "**" / "*.txt")])
    assert [item.path.name for item in found] == ["b.txt", "a.txt"]


def test_a_file_named_twice_is_read_once(texts: Path) -> None:
    assert len(batch.inputs([str(texts / "b.txt"), str(texts / "b.txt"), str(texts)])) == 2


def test_files_of_one_name_are_told_apart(texts: Path) -> None:
    (texts / "deeper" / "b.txt").write_text(TEXT, encoding="utf-8")
    assert names(batch.inputs([str(texts), str(texts / "deeper")])) == ["b.txt", "deeper/a.txt", "deeper/b.txt"]
    (texts.parent / "others").mkdir()
    other = texts.parent / "others" / "b.txt"
    other.write_text(TEXT, encoding="utf-8")
    found = batch.inputs([str(texts / "deeper"), str(other.parent)])
    assert names(found) == ["a.txt", "b.txt", other.as_posix()]


def test_standard_input_is_an_input() -> None:
    assert names(batch.inputs(["-"])) == ["-"]


def test_the_folder_of_the_outputs_is_no_input(texts: Path) -> None:
    assert names(batch.inputs([str(texts)], texts / "deeper")) == ["b.txt"]
    assert names(batch.inputs([str(texts)], texts / "new")) == ["b.txt", "deeper/a.txt"]


WRONG = {
    "nowhere.txt": "no such file or folder; check the spelling",
    "*.text": "no such file or folder; check the spelling",
    "empty": "this folder holds no text",
}


@pytest.mark.parametrize(("given", "message"), WRONG.items())
def test_what_is_not_there_is_a_wrong_call(given: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(WrongCall, match=message) as caught:
        batch.inputs([str(tmp_path / given)])
    assert str(tmp_path / given) in str(caught.value)


# the link, what it leads to, and why it is left out
LINKS = {
    "out of the folder": ("link.txt", "../secret.txt", "a symbolic link out of the folder"),
    "to a folder": ("link", "deeper", "a symbolic link to a folder"),
    "to a folder outside": ("link", "..", "a symbolic link out of the folder"),
    "to nothing": ("link.txt", "nowhere.txt", "a symbolic link to nothing"),
    "inside the folder": ("link.txt", "b.txt", None),
}


@pytest.mark.parametrize(("link", "target", "reason"), LINKS.values(), ids=LINKS)
def test_a_link_is_followed_inside_the_folder_only(link: str, target: str, reason: str | None, texts: Path) -> None:
    (texts.parent / "secret.txt").write_text(TEXT, encoding="utf-8")
    (texts / link).symlink_to(target)
    found = {item.name: item.left_out for item in batch.inputs([str(texts)])}
    assert set(found) == {"b.txt", "deeper/a.txt", link}
    assert (found[link] or "").startswith(reason or "")
    assert (found[link] is None) == (reason is None)


def test_a_link_that_is_named_itself_is_read(texts: Path) -> None:
    (texts / "deeper" / "link.txt").symlink_to(texts / "b.txt")
    assert [item.left_out for item in batch.inputs([str(texts / "deeper" / "link.txt")])] == [None]


ODD = {b"a\nb.txt": "a\\x0ab.txt", b"\xd6\xd0.txt": "\\xd6\\xd0.txt", "\u2028 计划.txt".encode(): "\\u2028 计划.txt"}


@ANY_BYTES
@pytest.mark.parametrize(("raw", "shown"), ODD.items(), ids=ODD.values())
def test_any_file_name_is_read_and_shown_in_one_line(raw: bytes, shown: str, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    folder.mkdir()
    with open(os.path.join(os.fsencode(folder), raw), "wb") as stream:  # noqa: PTH118, PTH123 - names as bytes
        stream.write(TEXT.encode())
    items = batch.inputs([str(folder)])
    assert names(items) == [shown]
    batch.run(items, tmp_path / "out", Settings())
    (line,) = (tmp_path / "out" / "commitments.jsonl").read_text(encoding="utf-8").splitlines()
    assert f'"source":"{shown}"'.replace("\\", "\\\\") in line


@given(st.binary())
def test_every_name_becomes_one_line_of_utf_8(raw: bytes) -> None:
    shown = batch.printable(os.fsdecode(raw))
    assert len(shown.encode("utf-8").splitlines()) == len(shown.splitlines()) <= 1


def test_one_file_is_read_once_however_it_is_named(texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(texts.parent)
    assert len(batch.inputs([texts.name, str(texts), f"./{texts.name}"])) == len(batch.inputs([str(texts)]))


def test_no_two_inputs_go_by_one_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("a/b", "b"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.txt").write_text("我镇将修路。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert [item.name for item in batch.inputs(["a", "b/x.txt"])] == ["b/x.txt", "b/x.txt (2)"]
