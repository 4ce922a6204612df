"""One HTML file that needs no other: its texts are data, its scripts are named by their digests and nothing else may run."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from extractor import __version__
from extractor.writing.report.content import Value

FOLDER = Path(__file__).parent / "page"
SCRIPTS = ("words", "records", "filters", "list", "text", "record", "charts", "start")
"""The page's own scripts, in this order one."""
CHARTS = "echarts.common.min.js"
"""Apache ECharts 5.6.0 as published on npm; its licence and notice, and the licence of its zrender, lie beside it."""
PLACE = re.compile(r"\{\{(\w+)\}\}")
UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
"""What could end a script block, start a comment in it or break a line of it, and halves of surrogate pairs."""


def report_page(title: str, data: Mapping[str, Value]) -> str:
    """The report of some documents."""
    return page("report.html", title, {"data": as_json(data), "charts": part(CHARTS), "script": script()})


def index_page(title: str, rows: Sequence[str]) -> str:
    """The list of all documents; its rows are HTML."""
    return page("index.html", title, {"rows": "\n".join(rows)})


def page(template: str, title: str, parts: Mapping[str, str]) -> str:
    """A template with its places filled in; `parts` go in as they are."""
    values = {"title": html.escape(title), "version": __version__, "style": part("report.css"), **parts}
    values["policy"] = policy(values)
    return PLACE.sub(lambda found: values[found[1]], part(template))


def policy(parts: Mapping[str, str]) -> str:
    """The content security policy: these scripts and this style, no network, no frames, no forms."""
    scripts = " ".join(digest(parts[name]) for name in ("charts", "script") if name in parts) or "'none'"
    return (
        f"default-src 'none'; script-src {scripts}; style-src {digest(parts['style'])}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def digest(source: str) -> str:
    """A script or style as a policy names it."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() + "'"


def as_json(data: Mapping[str, Value]) -> str:
    r"""Data for a script block.

    >>> as_json({"text": "</script>"})
    '{"text":"\\u003c/script\\u003e"}'
    """
    dumped = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", dumped)


@cache
def script() -> str:
    """The page's own scripts, shut off from all others."""
    return '(() => {\n"use strict";\n' + "\n".join(part(f"{name}.js") for name in SCRIPTS) + "})();\n"


@cache
def part(name: str) -> str:
    """A file of the page."""
    return (FOLDER / name).read_text(encoding="utf-8")
