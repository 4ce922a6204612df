"""Reading: encodings told apart, bytes digested, and one clear line for what cannot be read."""

from __future__ import annotations

import hashlib
import pickle
import random
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import reading
from extractor.reading import Place, Source, Unreadable, decode, from_bytes, read
from extractor.reading.signatures import KINDS

PLAIN = "青川镇2025年工作打算\r\n\r\n　　一是修好三条村路，年底前通车；二是新建一所幼儿园。\n"
TRADITIONAL = "關於明年工作的報告\n我們要繼續興修水利，發展農業合作，爭取糧食產量增加一成，並且辦好鄉村學校和醫院。\n"
SHORT = "下一步"
CHINESE = st.text(st.sampled_from("我镇将在年底前修好三条村路新建一所幼儿园，。；、：1234567890%\n\u3000"), min_size=1)

ENCODINGS = {
    "utf-8": ["utf-8"],
    "utf-8-sig": ["utf-8-sig"],
    "utf-16-le": ["utf-16-le"],
    "utf-16-be": ["utf-16-be"],
    "gb18030": ["gb18030", "gbk"],
}
MARKS = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize(("name", "codec"), [(name, codec) for name, codecs in ENCODINGS.items() for codec in codecs])
@pytest.mark.parametrize("text", [PLAIN, TRADITIONAL])
def test_encoding_is_detected_and_recorded(name: str, codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == (text, name)


@pytest.mark.parametrize(("codec", "mark"), MARKS.items())
@pytest.mark.parametrize("text", [PLAIN, SHORT])
def test_byte_order_mark_decides_and_is_no_text(codec: str, mark: bytes, text: str) -> None:
    assert decode(mark + text.encode(codec)) == (text, codec)


def test_ascii_is_utf8() -> None:
    assert decode(b"GDP 6%\n") == ("GDP 6%\n", "utf-8")


def test_an_inner_byte_order_mark_stays_in_the_raw_text() -> None:
    assert decode(("\ufeff" + "前\ufeff后").encode()) == ("前\ufeff后", "utf-8-sig")


def test_a_few_control_characters_are_no_binary_file() -> None:
    text = PLAIN * 20 + "\x07"
    assert decode(text.encode()) == (text, "utf-8")


UNREADABLE = {
    "empty": [b"", b"\r\n  \t", "\u3000\u3000\n".encode(), b"\xef\xbb\xbf", b"\xff\xfe", b"\x00\x00\x00"],
    "binary": [
        bytes(range(256)) * 4,
        b"\x7fELF\x02\x01\x01\x00\x00\x00",
        ("村路\x00" * 40).encode(),
        b"\x01\x02\x03abc",
        b"\xef\xbb\xbf" + (PLAIN * 30 + "\x00").encode(),
        PLAIN.encode("utf-32-le"),
    ],
    "PDF": [b"%PDF-1.7\n"],
    "ZIP": [b"PK\x03\x04rest"],
    "neither UTF-8": [
        PLAIN.encode("utf-8").replace("镇".encode(), "镇".encode()[:2]),
        TRADITIONAL.encode("big5"),
        "これは日本語の文章であり、中国語ではありません。".encode("shift_jis"),
        "café crème, déjà vu".encode("latin-1"),
        PLAIN.strip().encode("gb18030") + b"\xb4",
    ],
    "broken utf-8-sig": [b"\xef\xbb\xbf" + "村路".encode()[:-1]],
    "broken utf-16-le": [b"\xff\xfe" + "村路".encode("utf-16-le")[:-1]],
}


@pytest.mark.parametrize(("said", "data"), [(said, data) for said, cases in UNREADABLE.items() for data in cases])
def test_what_is_no_text_is_named_as_such(said: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        from_bytes(data, "in.txt")
    assert said in caught.value.reason
    assert str(caught.value).startswith("in.txt: ")
    assert "\n" not in str(caught.value)


def test_random_bytes_are_never_guessed_at() -> None:
    for seed in range(200):
        data = random.Random(seed).randbytes(400)
        with pytest.raises(Unreadable):
            decode(data)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT", ""])
def test_a_file_becomes_a_source(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"plan{suffix}"
    path.write_bytes(PLAIN.encode("gbk"))
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    places = (Place(0, paragraph=1), Place(PLAIN.index("　　"), paragraph=3))
    assert read(path) == Source(path.as_posix(), PLAIN, digest, "gb18030", places)
    assert read(path, "folder/plan").name == "folder/plan"


def test_the_digest_is_of_the_bytes_not_of_the_text(tmp_path: Path) -> None:
    for name, codec in (("a.txt", "utf-8"), ("b.txt", "utf-8-sig")):
        (tmp_path / name).write_bytes(PLAIN.encode(codec))
    first, second = read(tmp_path / "a.txt"), read(tmp_path / "b.txt")
    assert first.raw == second.raw
    assert first.sha256 != second.sha256


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(Unreadable, match="no such file"):
        read(tmp_path / "none.xyz")


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="folder"):
        read(tmp_path)


def test_an_unknown_suffix_names_the_known_ones(tmp_path: Path) -> None:
    (tmp_path / "plan.xyz").write_text(PLAIN, encoding="utf-8")
    with pytest.raises(Unreadable, match=r"'\.xyz'.*\.md.*\.txt"):
        read(tmp_path / "plan.xyz")


@pytest.mark.parametrize(
    ("error", "said"),
    [(PermissionError(13, "denied"), "not permitted"), (OSError(5, "Input/output error"), "Input/output error")],
)
def test_what_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str) -> None:
    def refuse(path: Path, mode: str) -> bytes:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(Unreadable, match=said):
        read(tmp_path / "plan.txt")


def test_the_error_survives_a_process_border() -> None:
    error = pickle.loads(pickle.dumps(Unreadable(Path("a.txt"), "empty")))
    assert (error.path, error.reason, str(error)) == (Path("a.txt"), "empty", "a.txt: empty")


def test_every_kind_that_is_searched_has_a_reader_and_every_reader_a_kind() -> None:
    assert {".txt", ".md", ".docx", ".pdf", ".zip"} <= reading.SUFFIXES
    assert set(reading.READERS) | {"archive"} == set(KINDS.values())


LINES = {"甲\n乙": [(0, 1), (2, 2)], "\n\r\n 甲\r乙": [(0, 3), (6, 4)], "甲\n\n\n乙\n": [(0, 1), (4, 4)]}


@pytest.mark.parametrize(("text", "places"), LINES.items())
def test_the_places_of_a_text_are_its_lines(text: str, places: list[tuple[int, int]]) -> None:
    assert [(place.start, place.paragraph) for place in reading.from_bytes(text.encode(), "a.txt").places] == places


@given(text=CHINESE.filter(str.strip), codec=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_was_encoded_is_decoded(text: str, codec: str) -> None:
    assert decode(text.encode(codec))[0] == text


@given(data=st.binary(max_size=300))
def test_bytes_are_decoded_or_refused(data: bytes) -> None:
    with suppress(Unreadable):
        text, encoding = decode(data)
        assert text.encode(encoding.removesuffix("-sig")) in data
