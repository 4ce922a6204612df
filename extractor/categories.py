"""What kind of thing a project is (road, water, housing, …), and which mentions in a text are the same project.

A name says what it is at its end: 文昌路小学 is a school and 滨河公园停车场 a car park. So of the words of
`category.toml` that a name holds the last one decides, save that works, plans and campaigns decide only where no thing
is named: 农村饮水安全工程 is water.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor import matching
from extractor.naming import Named
from extractor.rulebook import Rule, Rulebook

PROJECT = "PROJECT"
QUOTES = str.maketrans("", "", "“”\"'‘’「」《》 　")
TAIL = re.compile("(?:建设|项目|工程)+$")
"""What a second mention may leave out: 南湾片区棚改项目, 南湾片区棚改."""
LEAST = 4
"""Characters that have to remain of a name without its tail."""


def told(view: str, found: Sequence[Named], rulebook: Rulebook) -> list[Named]:
    """The names, every project with its category and the place of its first mention in `view`."""
    rules = rulebook.family("category")
    first: dict[str, int] = {}
    settled = []
    for name in sorted(found, key=lambda name: name.start):
        if name.type == PROJECT:
            text = view[name.start : name.end]
            start = first.setdefault(identity(text), name.start)
            settled.append(replace(name, category=category(text, rules), first=start))
        else:
            settled.append(name)
    return settled


def identity(name: str) -> str:
    """What the mentions of one project have in common: the name without quotes and a closing 项目, 工程 or 建设.

    >>> identity("“南湾”片区棚改项目") == identity("南湾片区棚改")
    True
    """
    bare = name.translate(QUOTES)
    core = TAIL.sub("", bare)
    return core if len(core) >= LEAST else bare


def category(name: str, rules: Sequence[Rule]) -> str | None:
    """The category of a project by its name, None where its words tell nothing."""
    hits = (
        ("weight" not in rule.sets, hit.end(), len(hit[0]), rule.sets["category"])
        for rule in rules
        for hit in rule.regex.finditer(name)
        if not matching.excepted(rule, name, *hit.span())
    )
    return max(hits, default=(None,))[-1]
