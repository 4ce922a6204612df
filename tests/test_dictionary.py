"""The data dictionary in `outputs/README.md` is what `extractor/columns.py` says.

Renew it with `UPDATE_GOLDEN=1 pytest tests/test_dictionary.py`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from conftest import Folders
from pandas.testing import assert_frame_equal

import extractor
from extractor import writing
from extractor.columns import KINDS, TABLES, Column
from extractor.writing import Material

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "outputs" / "README.md"
BORDER = "pytest tests/test_dictionary.py -->\n"
"""What is written by hand ends with this line."""
TITLES = {"commitments": "承诺", "entities": "实体", "pledges": "条目"}


def generated() -> Iterator[str]:
    """The lines below the border."""
    yield from (
        "",
        "## Kinds of columns · 列的种类",
        "",
        "| kind 种类 | pandas, Parquet | SQLite | convention | 约定 |",
        "|---|---|---|---|---|",
    )
    for kind, form in KINDS.items():
        yield f"| {kind} | {form.pandas} | {form.sqlite} | {form.english} | {form.chinese} |"
    for table in TABLES.values():
        yield from (
            "",
            f"## `{table.name}` · {TITLES[table.name]}",
            "",
            "| column | 列名 | kind | meaning | 含义 |",
            "|---|---|---|---|---|",
        )
        yield from map(line, table.columns)


def line(column: Column[object]) -> str:
    values = f" ({', '.join(column.values)})" if column.values else ""
    return f"| {column.name} | {column.chinese} | {column.kind} | {column.english}{values} | {column.description} |"


def test_the_page_holds_the_dictionary() -> None:
    by_hand, border, below = PAGE.read_text(encoding="utf-8").partition(BORDER)
    expected = "\n".join(generated()) + "\n"
    if os.environ.get("UPDATE_GOLDEN"):
        PAGE.write_text(by_hand + border + expected, encoding="utf-8")
        below = expected
    assert border
    assert below == expected


def test_no_line_of_the_dictionary_breaks_its_table() -> None:
    rows = [line for line in generated() if line.startswith("|")]
    assert len(rows) > 70
    assert {row.count("|") for row in rows} == {6}


def test_the_readmes_link_to_the_dictionary() -> None:
    for name in ("README.md", "README.zh.md"):
        assert "(outputs/README.md)" in (ROOT / name).read_text(encoding="utf-8")


def test_plain_pandas_reads_the_tables_as_documented(monkeypatch: pytest.MonkeyPatch, folders: Folders) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.chdir(folders.root)
    names: dict[str, pd.DataFrame] = {}
    exec(code, names)
    documented = {column.name: column for column in TABLES["commitments"].columns}
    types = {name: KINDS[column.kind].pandas for name, column in documented.items()}
    wanted = extractor.read("outputs/example").to_frame()
    assert_frame_equal(names["rows"].astype(types), wanted, check_categorical=False)


def test_the_example_is_what_is_written_today(folders: Folders, tmp_path: Path) -> None:
    example = folders.root / "outputs" / "example"
    written = writing.write(Material(extractor.read(example).commitments), tmp_path)
    assert {path.name: path.read_bytes() for path in written} == {
        path.name: (example / path.name).read_bytes() for path in written
    }
