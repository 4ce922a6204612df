"""The wheel: what is in it, and that it works from anywhere with nothing but itself."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXTRACT = """
import sys
sys.path.insert(0, sys.argv[1])
import extractor
assert extractor.__file__.startswith(sys.argv[1]), extractor.__file__
print(extractor.extract("下一步，我镇将新建两所幼儿园。").commitments[0].head.text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout[-2000:] + built.stderr[-2000:]
    (path,) = folder.glob("*.whl")
    return path


def test_rules_and_type_marker_are_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    rules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "rules").rglob("*") if path.is_file()}
    modules = {path.relative_to(ROOT).as_posix() for path in (ROOT / "extractor").glob("*.py")}
    shipped = {name for name in rules if not name.endswith((".py", ".pyc"))}
    folders = ("extractor/writing/report/page", "extractor/review/page")
    pages = {path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).iterdir()}
    assert len(shipped) > 50
    assert len(pages) > 20
    assert pages <= names
    assert {f"extractor/{name}" for name in shipped} <= names
    assert modules | {"extractor/py.typed"} <= names


def test_nothing_else_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"extractor", "commitment_extractor"}
    assert [name for name in names if name.endswith(".pyc") or "/tests/" in name or "__pycache__" in name] == []


def test_the_command_is_declared(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (entry_points,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "extractor = extractor.cli:main" in archive.read(entry_points).decode()


def test_it_extracts_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    unpacked, elsewhere = tmp_path / "unpacked", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    shown = subprocess.run(
        [sys.executable, "-P", "-c", EXTRACT, str(unpacked)],
        capture_output=True,
        text=True,
        check=False,
        cwd=elsewhere,
        env={**environment, "PYTHONIOENCODING": "utf-8"},
    )
    assert (shown.returncode, shown.stdout) == (0, "我镇将新建两所幼儿园\n"), shown.stderr
    assert list(elsewhere.iterdir()) == []
