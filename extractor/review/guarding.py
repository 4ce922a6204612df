"""Who may ask: nobody but a browser that was given the token, at this address, from this page.

Sources: the browser's own headers (Fetch Metadata, Fetch §3.2 Origin) and the Host header, which a page on another
name that points to this machine (DNS rebinding) cannot forge. A page served by another port of this machine is on the same site,
so that `SameSite` alone would let its requests through.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, MutableMapping
from http.cookies import CookieError, SimpleCookie
from secrets import compare_digest
from typing import Any
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.reading.options import MEGABYTE, Limits

HOSTS = ("127.0.0.1", "localhost")
READING = ("GET", "HEAD")
MARK = "extractor"
"""What `X-Requested-With` says in every call that writes: a form on another page cannot set it."""
BODY = MEGABYTE
"""Bytes of a call."""
TEXT = 16 * MEGABYTE
"""Bytes of a text that is pasted."""
UPLOAD = Limits().bytes + MEGABYTE
"""Bytes of a file that is uploaded, with what a form puts around it."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; form-action 'none'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cache-control": "no-store",
}
"""On every answer."""
Refusal = tuple[int, str]
"""Status and reason."""


class Guard:
    """An application behind the guard; `port` is the one that the address names."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.port = port

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers keep one jar for all ports of a host."""
        return f"extractor-{self.port}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        headers = by_name(scope["headers"])
        if (refusal := self.refusal(scope, headers)) is not None:
            await answer(send, *refusal)
        elif enters := self.entering(scope):
            await enter(send, f"{self.cookie}={enters}; HttpOnly; SameSite=Strict; Path=/")
        else:
            await self.limited(scope, receive, send, limit(scope["path"], headers))

    def refusal(self, scope: Scope, headers: Mapping[str, list[str]]) -> Refusal | None:
        """Why a request is refused; None where it is not."""
        own = {f"{host}:{self.port}" for host in HOSTS}
        if len(headers.get("host", ())) != 1 or headers["host"][0].lower() not in own:
            return 403, f"this page is at 127.0.0.1:{self.port} and has no other name"
        entering = self.entering(scope)
        if any(origin not in {f"http://{host}" for host in own} for origin in headers.get("origin", ())):
            return 403, "another page may not ask here"
        sites = set(headers.get("sec-fetch-site", ()))
        if sites - {"same-origin", "none"} and not (entering and headers.get("sec-fetch-mode") == ["navigate"]):
            return 403, "another page may not ask here"
        if not entering and not self.known(headers):
            return (
                401,
                "open the address that `extractor review` printed, or send its token: Authorization: Bearer TOKEN",
            )
        if scope["method"] not in READING and headers.get("x-requested-with") != [MARK]:
            return 403, f"send the header X-Requested-With: {MARK} with every call that writes"
        size = headers.get("content-length", ["0"])[0]
        most = limit(scope["path"], headers)
        if not size.isdecimal() or int(size[:20]) > most:
            return 413, too_large(most)
        return None

    def entering(self, scope: Scope) -> str | None:
        """The token, where the address that was printed is opened with it."""
        if scope["path"] != "/" or scope["method"] != "GET":
            return None
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
        return self.token if any(map(self.fits, given)) else None

    def known(self, headers: Mapping[str, list[str]]) -> bool:
        """Whether a request carries the token."""
        bearers = [value.removeprefix("Bearer ") for value in headers.get("authorization", ())]
        return any(map(self.fits, [*bearers, *cookies(headers, self.cookie)]))

    def fits(self, given: str) -> bool:
        """Whether a word is the token; how long that takes tells nothing."""
        return compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    async def limited(self, scope: Scope, receive: Receive, send: Send, most: int) -> None:
        """Run the application on no more than so many bytes of a body; a longer one is cut off and answered with 413."""
        taken = 0

        async def measured() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return message if taken <= most else {"type": "http.disconnect"}

        async def guarded(message: Message) -> None:
            if taken <= most:
                await send(with_headers(message))

        try:
            await self.app(scope, measured, guarded)
        except Exception:
            if taken <= most:
                raise
        if taken > most:
            await answer(send, 413, too_large(most))


def limit(path: str, headers: Mapping[str, list[str]]) -> int:
    """How many bytes a call may have."""
    if path != "/extract":
        return BODY
    form = headers.get("content-type", [""])[0].lower().startswith("multipart/")
    return UPLOAD if form else TEXT


def too_large(most: int) -> str:
    """What is said of a body that is too large."""
    return f"more than the {most // MEGABYTE} MB that this call may have; give `extractor run` the file"


def by_name(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, list[str]]:
    """Headers by name; some may be there twice."""
    found: dict[str, list[str]] = {}
    for name, value in headers:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def cookies(headers: Mapping[str, list[str]], name: str) -> Iterable[str]:
    """The values of a cookie."""
    for value in headers.get("cookie", ()):
        try:
            if found := SimpleCookie(value).get(name):
                yield found.value
        except CookieError:
            continue


def with_headers(message: MutableMapping[str, Any]) -> Message:
    """The beginning of an answer with the headers that every answer has."""
    if message["type"] != "http.response.start":
        return message
    ours = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
    return {**message, "headers": [*message.get("headers", ()), *ours]}


async def answer(send: Send, status: int, detail: str) -> None:
    """An answer of one line."""
    body = json.dumps({"detail": detail, "field": None}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send(with_headers({"type": "http.response.start", "status": status, "headers": headers}))
    await send({"type": "http.response.body", "body": body})


async def enter(send: Send, cookie: str) -> None:
    """Keep the token in a cookie, and take it out of the address."""
    headers = [(b"location", b"/"), (b"set-cookie", cookie.encode()), (b"content-length", b"0")]
    await send(with_headers({"type": "http.response.start", "status": 303, "headers": headers}))
    await send({"type": "http.response.body", "body": b""})
