"""What is written about the project holds: commands, version, examples, links."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import extractor
from extractor import writing
from extractor.writing import Material

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WITH_EXAMPLES = sorted(
    ".".join(path.relative_to(ROOT / "extractor").with_suffix("").parts)
    for path in (ROOT / "extractor").rglob("*.py")
    if re.search(r"^\s*>>> ", path.read_text(encoding="utf-8"), re.M)
)


def test_the_two_commands_of_the_readme_are_those_of_the_ci() -> None:
    first_block = re.findall(r"```\w*\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[0]
    documented = [line for line in first_block.splitlines() if line.strip()]
    assert len(documented) == 2
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").replace("pip install --quiet", "pip install")
    assert [line for line in run.splitlines() if line in documented] == documented


def test_the_ci_script_is_valid_and_stops_at_the_first_failure() -> None:
    path = ROOT / ".ci" / "run"
    assert "set -euo pipefail" in path.read_text(encoding="utf-8")
    checked = subprocess.run(["bash", "-n", str(path)], capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_files_that_the_readme_names_exist() -> None:
    named = re.findall(
        r"`((?:extractor|rules|corpus|tests|benchmarks|outputs)/[\w./*-]*)`", README.read_text(encoding="utf-8")
    )
    missing = [name for name in named if not list(ROOT.glob(name.rstrip("/")))]
    assert named
    assert missing == []


def test_the_changelog_names_the_current_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(extractor.__version__)}\b", changelog, re.MULTILINE)
    assert changelog.index(f"## {extractor.__version__}") == changelog.index("## ")


def test_version_and_license_are_the_same_everywhere() -> None:
    assert PROJECT["version"] == extractor.__version__
    assert PROJECT["license"] == "Apache-2.0"
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")


def test_examples_are_where_they_are_looked_for() -> None:
    assert "__init__" in WITH_EXAMPLES


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_examples_in_docstrings_hold(name: str) -> None:
    module: ModuleType = extractor if name == "__init__" else importlib.import_module(f"extractor.{name}")
    result = doctest.testmod(module)
    assert result.attempted > 0
    assert result.failed == 0


def test_the_readme_example_of_a_record_holds() -> None:
    sentence = "下一步，我镇将新建两所幼儿园，2026年底前投用。"
    assert sentence in README.read_text(encoding="utf-8")
    first, _ = extractor.extract(sentence, issuer="清河镇").commitments
    assert (first.head.text, first.head.start, first.head.end) == ("我镇将新建两所幼儿园", 4, 14)
    assert [(span.text, span.start, span.end) for span in first.lead_ins] == [("下一步", 0, 3)]
    assert (first.kind, first.strength, first.actor, first.action, first.object) == (
        "action",
        "planned",
        "清河镇",
        "新建",
        "两所幼儿园",
    )
    assert first.topic == "科技、教育"
    assert [(e.type, e.text, e.norm) for e in first.entities if e.type == "QUANTITY"] == [
        ("QUANTITY", "两所", "= 2 所")
    ]


def test_the_package_is_importable_without_its_heavy_parts(environment: dict[str, str]) -> None:
    code = "import sys, extractor; print(extractor.__version__, 'spacy' in sys.modules, 'pandas' in sys.modules)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.split() == [extractor.__version__, "False", "False"]


def test_the_readme_row_is_what_is_written(tmp_path: Path) -> None:
    (row,) = re.findall(r"```csv\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    ledger = extractor.extract("下一步，我镇将新建两所幼儿园，2026年底前投用。", issuer="清河镇")
    writing.write(Material(ledger.commitments), tmp_path, ["csv"])
    written = (tmp_path / "commitments.csv").read_text(encoding="utf-8-sig").splitlines()
    for shown, line in zip(row.splitlines(), written[:2], strict=True):
        assert line.startswith(f"{shown},")
    assert row.splitlines()[0].count(",") == 6


def test_the_first_lines_of_an_analyst_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```python\n(import extractor\n\nrows.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    *_, kinds, due, leads, means = [line for line in code.splitlines() if line]
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    exec(code, names)
    assert set(eval(kinds, names).index) == {"action", "target", "directive"}
    assert eval(due, names)["deadline_end"].max() <= pd.Timestamp("2024-06-30")
    assert len(eval(due, names)) >= 2
    assert eval(leads, names)["县商务局"] > 1
    assert eval(means, names).between(1, 3).all()


def test_the_library_lines_of_the_readme_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(
        r"```python\n(import extractor\n\nledger.*?)```", README.read_text(encoding="utf-8"), re.DOTALL
    )
    monkeypatch.chdir(ROOT)
    text = "下一步，我镇将新建两所幼儿园。"
    names: dict[str, Any] = {"text": text, "frame": pd.DataFrame({"正文": [text]})}
    exec(code, names)
    assert_frame_equal(names["rows"], names["ledger"].to_frame())
    assert names["found"]["head"].tolist() == ["我镇将新建两所幼儿园"]


def test_formats_load_what_they_need_only_when_they_write(environment: dict[str, str]) -> None:
    heavy = ["pandas", "pyarrow", "xlsxwriter", "sqlite3"]
    code = f"import sys, extractor.writing; print(*[name for name in {heavy} if name in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.split() == []
