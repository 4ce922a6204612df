"""The documentation of the API as a plain page: made from `/openapi.json`, without a script and without any request elsewhere."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

INTRODUCTION = (
    "Every call needs the token: the cookie that the printed address sets, or the header `Authorization: Bearer TOKEN`. "
    "Calls that write need the header `X-Requested-With: extractor`, too. Offsets are code points of the text, half open. "
    "What cannot be is answered with one line in `detail`, and with the field that is to blame: 401 without the token, 403 to another "
    "page or name or without that header, 422 where a value cannot be."
)
ALWAYS = ("401", "403", "422")
"""Answers that every call may give."""
CODE = re.compile("`([^`]+)`")
Node = dict[str, Any]


def page(schema: Node) -> str:
    """The page of an OpenAPI document."""
    title = html.escape(f"{schema['info']['title']} {schema['info']['version']}")
    parts = [
        f"<h1>{title}</h1><p>{prose(schema['info'].get('description', ''))}</p>",
        '<p>The same for programs: <a href="/openapi.json">/openapi.json</a></p>',
        *(call(path, verb, said) for path, verbs in schema["paths"].items() for verb, said in verbs.items()),
        "<h2>Shapes</h2>",
        *(shape(name, said) for name, said in sorted(schema.get("components", {}).get("schemas", {}).items())),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="/icon.svg"><link rel="stylesheet" href="/docs.css"></head>'
        f"<body><main>{''.join(parts)}</main></body></html>\n"
    )


def call(path: str, verb: str, said: Node) -> str:
    """A call: what it does, takes and gives."""
    body: Node = said.get("requestBody", {}).get("content", {})
    rows = [
        *((str(p["name"]), str(p["in"]), type_of(p.get("schema", {}))) for p in said.get("parameters", ())),
        *(("body", kind, type_of(content.get("schema", {}))) for kind, content in body.items()),
        *(
            (f"answer {status}", type_of(schema_of(a)), a.get("description", "") if status != "200" else "")
            for status, a in said["responses"].items()
            if status not in ALWAYS
        ),
    ]
    cells = "".join(f"<tr>{''.join(f'<td>{prose(cell)}</td>' for cell in row)}</tr>" for row in rows)
    about = prose(said.get("description") or said.get("summary", ""))
    return f"<section><h2><code>{verb.upper()} {html.escape(path)}</code></h2><p>{about}</p><table>{cells}</table></section>"


def prose(text: str) -> str:
    """A text for the page; what stands between backquotes is code.

    >>> prose("`a < b` holds")
    '<code>a &lt; b</code> holds'
    """
    return CODE.sub(r"<code>\1</code>", html.escape(text))


def schema_of(answer: Node) -> Node:
    """The schema of an answer."""
    contents: list[Node] = list(answer.get("content", {}).values())
    schema: Node = contents[0].get("schema", {}) if contents else {}
    return schema


def type_of(schema: Node) -> str:
    """A schema in a few words."""
    return " or ".join(words(schema))


def words(schema: Node) -> Iterator[str]:
    """What a schema allows, each in a word."""
    if "$ref" in schema:
        yield schema["$ref"].rpartition("/")[2]
    elif options := schema.get("anyOf") or schema.get("oneOf"):
        for option in options:
            yield from words(option)
    elif "enum" in schema or "const" in schema:
        yield from map(json.dumps, schema.get("enum", [schema.get("const")]))
    elif schema.get("type") == "array":
        items: Node = schema.get("items") or next(iter(schema.get("prefixItems", ())), {})
        yield f"list of {type_of(items)}"
    else:
        yield schema.get("type", "anything")


def shape(name: str, said: Node) -> str:
    """A shape with its fields."""
    needed = said.get("required", ())
    rows = "".join(
        f"<tr><td>{html.escape(field)}</td><td>{'needed' if field in needed else ''}</td><td>{html.escape(type_of(about))}</td></tr>"
        for field, about in said.get("properties", {}).items()
    )
    about = prose(said.get("description", ""))
    return f"<section><h3><code>{html.escape(name)}</code></h3><p>{about}</p><table>{rows}</table></section>"
