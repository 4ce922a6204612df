"""Folding: one code point to one, from tables that name their source."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.folding import fold, misread, read_pairs
from extractor.rulebook import RuleError, default_folder

FOLDED = {
    "0123456789": ["０１２３４５６７８９"],
    "AZaz": ["ＡＺａｚ"],
    "!%(),-./:;?~": ["！％（），－．／：；？～", "!﹪﹙﹚﹐﹣．/﹕﹔﹖～"],
    " ": ["　", "\u00a0", "\u2003", "\t"],
    "发展农业与国际贸易": ["發展農業與國際貿易"],
    "乡镇卫生院": ["鄉鎮衛生院"],
    "车马西长食": ["⾞⾺⻄⾧⾷", "⻋⻢⻄⻓⻝"],
    "工业生产": ["⼯业⽣产"],
    "“甲”‘乙’": ["「甲」『乙』", "｢甲｣﹃乙﹄"],
    "—": ["―", "─", "︱"],
    "-": ["–", "−", "‑"],
    "二〇二五年": ["二○二五年", "二◯二五年"],
    "甲·乙": ["甲・乙", "甲•乙", "甲‧乙"],
}
THEMSELVES = "①⑳㈠⑴❶Ⅲ½㎡℃％"[:-1] + "乾县著名瞭望慰藉“”‘’《》、。…—·的一是\n"


@pytest.mark.parametrize(("plain", "text"), [(plain, text) for plain, texts in FOLDED.items() for text in texts])
def test_forms_fold(plain: str, text: str) -> None:
    assert fold(text) == plain


@pytest.mark.parametrize("character", THEMSELVES)
def test_what_simplified_text_is_written_with_stays(character: str) -> None:
    assert fold(character) == character


@given(st.text(st.characters(exclude_categories=()), max_size=50))
def test_folding_keeps_the_length_and_is_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def tables() -> list[Path]:
    return sorted((default_folder() / "folds").glob("*.tsv"))


@pytest.mark.parametrize(
    ("figures", "scanned"),
    [
        ("10月", "1O月"),
        ("2018年", "2Ol8年"),
        ("251亿元", "25l亿元"),
        ("O2O平台", "O2O平台"),
        ("N2O减排", "N2O减排"),
        ("200万", "20O万"),
    ],
)
def test_letters_that_a_scan_has_for_figures_are_figures(figures: str, scanned: str) -> None:
    assert misread(scanned) == figures


def test_every_table_is_used_and_names_its_source() -> None:
    assert [path.stem for path in tables()] == [
        "compatibility",
        "radicals",
        "signs",
        "supplement",
        "traditional",
        "variants",
    ]
    for path in tables():
        header = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# ")]
        assert any("Source:" in line or "Kept by hand" in line for line in header), path.name
        for source, target in read_pairs(path).items():
            assert fold(chr(source)) == fold(chr(target)) != chr(source), f"{path.name}: {chr(source)}"


def test_the_tables_hold_what_they_should() -> None:
    sizes = {path.stem: len(read_pairs(path)) for path in tables()}
    assert sizes["traditional"] > 4000
    assert sizes["radicals"] > 200
    assert sizes["supplement"] > 90


def test_the_generated_tables_come_from_their_script(tmp_path: Path) -> None:
    folder = default_folder() / "folds"
    script = tmp_path / "build.py"
    script.write_text((folder / "build.py").read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "characters.txt").write_text("車\t车\n乾\t干 乾\n裏\t里 裡\n同\t同\n甲乙\t丙丁\n", encoding="utf-8")
    subprocess.run([sys.executable, str(script), str(tmp_path / "characters.txt")], check=True)
    assert read_pairs(tmp_path / "traditional.tsv") == {ord("車"): ord("车"), ord("裏"): ord("里")}
    shipped, built = read_pairs(folder / "radicals.tsv"), read_pairs(tmp_path / "radicals.tsv")
    assert shipped.items() <= built.items()


@pytest.mark.parametrize("line", ["甲", "甲乙\t丙", "甲\t乙丙", "甲\t乙\t丙", "U+GG\t乙"])
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "broken.tsv"
    path.write_text(f"# Source: none\n車\t车\n{line}\n", encoding="utf-8")
    with pytest.raises(RuleError, match="line 3: write one character"):
        read_pairs(path)
