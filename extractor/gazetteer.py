"""The country's divisions from province to township, as two public tables know them.

The tables are text files below `rules/places/`, named `TABLE_DATE.txt` and made by `rules/places/build.py`.
A code means something only with its table and date, so a division always carries both, and what the other tables call
it. Names that went out of use stand in `former.tsv` with the code that holds the place today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

LEFTMOST_LONGEST = 1
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|"
    "达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|普米|怒|鄂温克|保安|裕固|独龙|鄂伦春|塔吉克|各"
)
CLASS = re.compile(
    rf"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|(?:(?:{PEOPLES})族?)+自治[州县旗]|地区|街道|[省市区县旗盟镇乡])$"
)

CLASSES = ("自治州", "特别行政区", "地区", "街道", *"省市区县旗盟镇乡")
"""What the full name of a division ends in."""
SHORTEST = 2
WORDS = frozenset(("和县", "成县", "应县", "代县", "开县", "任县"))
"""Counties that read as a word before 县: 市和县, 召开县…, 代县长."""
AUTONOMOUS = re.compile("(.{2,})(?:(?:自治)?州|自治[县旗])")
"""An autonomous prefecture or county without the names of its peoples: 恩施州, 威宁自治县."""
WATERS = frozenset({"嫩江", "沅江", "洪湖", "巢湖", "綦江", "乌江", "洪泽"})
"""Short names of counties that are those of waters first."""
PROVINCE, PREFECTURE, COUNTY = 2, 4, 6
"""Digits of their codes."""
UPGRADED: Mapping[str, tuple[str, ...]] = {"县": ("市", "区", "自治县", "自治旗"), "市": ("区",)}
"""What counties and county-level cities become, keeping their name."""
MET = 4_096
"""Names whose divisions are remembered."""
FORMER = ("former name", "current code", "year")


class GazetteerError(ValueError):
    """A division table that cannot be read; the message names file and line."""


@dataclass(frozen=True, slots=True)
class Division:
    """One division: its code of six or nine digits, its path from the province down, and where the code stands.

    `others` is the same division in the other tables.
    """

    code: str
    path: str
    table: str
    date: str
    others: tuple[Division, ...] = ()


@dataclass(frozen=True)
class Table:
    """One division table: names by code and codes by name."""

    name: str
    date: str
    names: Mapping[str, str]

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Codes by full name, and by short name for provinces and prefectures; made when a name is first looked up."""
        return by_name(self.names)

    @cached_property
    def cores(self) -> Mapping[str, tuple[str, ...]]:
        """Codes of counties, districts and county-level cities by short name; made when a former name is looked up."""
        found: dict[str, tuple[str, ...]] = {}
        for code, name in self.names.items():
            if len(code) == COUNTY and not code.endswith("00"):
                found[short(name)] = (*found.get(short(name), ()), code)
        return found

    def division(self, code: str) -> Division:
        """The division of a code, its path written from the province down: `山东省/济宁市/任城区`."""
        return Division(code, "/".join(self.names[c] for c in self.lineage(code)), self.name, self.date)

    def lineage(self, code: str) -> Iterator[str]:
        """The codes from the province down to `code`, as far as the table has them."""
        chain = (code[:2] + "0000", code[:4] + "00", code[:6], code)
        return (c for c in dict.fromkeys(chain) if c in self.names)


@dataclass(frozen=True)
class Gazetteer:
    """All tables, the newest first, what was renamed (former names to current codes), and an automaton over all full names."""

    tables: tuple[Table, ...]
    former: Mapping[str, str] = field(repr=False)
    spelled: tuple[str, ...] = field(repr=False)
    automaton: CharwiseDoubleArrayAhoCorasick = field(repr=False)

    def find(self, view: str) -> list[tuple[int, int]]:
        """Where full names of divisions stand in `view`, left to right, the longest of those that start together."""
        return [(start, end) for start, end, _ in self.automaton.find(view)]

    @cached_property
    def candidates(self) -> Callable[[str], tuple[Division, ...]]:
        """`named`, remembered for the names met last: a text and its neighbours name the same places over and over."""
        return lru_cache(MET)(self.named)

    def named(self, name: str) -> tuple[Division, ...]:
        """Every division of that name in the newest table that has it; `name` is full (任城区) or short (济宁).

        A name that went out of use stands for the division that has its place in the newest table (即墨市 → 即墨区).
        """
        for table in self.tables:
            if codes := table.codes.get(name):
                return tuple(self.division(code, table) for code in codes)
        newest = self.tables[0]
        return tuple(self.division(code, newest) for code in self.successors(name) if code in newest.names)

    def counties(self, core: str, homes: Iterable[str]) -> tuple[Division, ...]:
        """The counties of that short name (腾冲) in the newest table that lie in the prefecture, or the province, of a code of `homes`."""
        areas = tuple(home[: PROVINCE if home.endswith("0000") else PREFECTURE] for home in homes)
        newest = self.tables[0]
        codes = newest.cores.get(core, ()) if areas and len(core) > 1 and core not in WATERS else ()
        return tuple(self.division(code, newest) for code in codes if code.startswith(areas))

    def division(self, code: str, table: Table) -> Division:
        """The division of a code, with its like in the other tables."""
        others = ((other, self.counterpart(code, table, other)) for other in self.tables if other is not table)
        return replace(table.division(code), others=tuple(other.division(found) for other, found in others if found))

    def counterpart(self, code: str, table: Table, other: Table) -> str | None:
        """The code in another table of a division: of the same name, in the same county or else alone in its prefecture."""
        name = table.names[code]
        alike = other.codes.get(name, ())
        if code in alike:
            return code
        near = [found for found in alike if found[:4] == code[:4] and len(found) == len(code)]
        return near[0] if len(near) == 1 else None

    def successors(self, name: str) -> tuple[str, ...]:
        """The current codes of a name that no table has: renamed, or a county that became a city or a district."""
        if name in self.former:
            return (self.former[name],)
        newest = self.tables[0]
        if autonomous := AUTONOMOUS.fullmatch(name):
            alike = (*newest.codes.get(autonomous[1], ()), *newest.cores.get(autonomous[1], ()))
            return tuple(code for code in alike if newest.names[code].endswith("自治" + name[-1]))
        core = short(name)
        ends = UPGRADED.get(name[-1:], ())
        codes = newest.cores.get(core, ()) if ends and len(core) > 1 else ()
        return tuple(code for code in codes if newest.names[code].endswith(ends))


def short(name: str) -> str:
    """What is left of a division's name without its class: 任城 from 任城区, 恩施 from 恩施土家族苗族自治州."""
    return CLASS.sub("", name)


@cache
def load(folder: Path) -> Gazetteer:
    """Read every `TABLE_DATE.txt` of a folder.

    Raises:
        GazetteerError: the folder holds no table, or a line is neither a division nor its townships.
    """
    files = sorted(folder.glob("*_*.txt"), key=lambda path: path.stem.rpartition("_")[2], reverse=True)
    if not files:
        raise GazetteerError(f"{folder}: no division table here; run build.py in it")
    tables = tuple(map(read, files))
    renamed = former(folder / "former.tsv")
    names = chain(*(table.names.values() for table in tables), renamed)
    spelled = tuple(filter(matchable, dict.fromkeys(names)))
    return Gazetteer(tables, renamed, spelled, CharwiseDoubleArrayAhoCorasick(list(spelled), LEFTMOST_LONGEST))


def matchable(name: str) -> bool:
    """A name that can be searched for in running text: with its class, and longer than a common word or a county (滑县)."""
    if len(name) == SHORTEST:
        return name.endswith("县") and name not in WORDS
    return len(name) > SHORTEST and name.endswith(CLASSES)


def read(path: Path) -> Table:
    """One table; provinces and prefectures are also listed under their short names."""
    name, _, date = path.stem.rpartition("_")
    names: dict[str, str] = {}
    county = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("\t"):
            names.update((county + town[:3], town[3:]) for town in line[1:].split(" "))
        elif line[:6].isdigit() and line[6:7] == " ":
            county = line[:6]
            names[county] = line[7:]
        elif not line.startswith("#"):
            raise GazetteerError(f"{path}:{number}: write `370811 任城区`, or a tab and `001古槐街道 002…`")
    return Table(name, date, names)


def former(path: Path) -> dict[str, str]:
    """Former names with the current code of each; a folder may lack the file.

    Raises:
        GazetteerError: a line is no name, code and year.
    """
    found: dict[str, str] = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else ()
    for number, line in enumerate(lines, 1):
        if line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(FORMER) or not cells[1].isdigit():
            raise GazetteerError(f"{path}:{number}: write {', '.join(FORMER)} with tabs between")
        found[cells[0]] = cells[1]
    return found


def by_name(names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Codes by full name, and by short name for provinces and prefectures."""
    codes: dict[str, tuple[str, ...]] = {}
    for code, name in names.items():
        codes[name] = (*codes[name], code) if name in codes else (code,)
        if code.endswith("00") and len(code) == 6 and (brief := short(name)) != name:
            codes[brief] = (*codes.get(brief, ()), code)
    return codes
