"""Nobody but the page that was opened with the token is answered."""

from __future__ import annotations

from collections.abc import Iterator

import bench as benches
import pytest
from bench import ADDRESS, PORT, TOKEN, Bench, made
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from extractor.review.guarding import BODY, HEADERS, TEXT

ENTRY = {"Authorization": f"Bearer {TOKEN}"}
WRITE = {**ENTRY, "X-Requested-With": "extractor"}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with benches.bench(made(tmp_path_factory.mktemp("guarded"))) as opened:
        yield opened


@pytest.fixture
def stranger(bench: Bench) -> Iterator[TestClient]:
    """A client that sends nothing of its own."""
    with TestClient(bench.client.app, base_url=ADDRESS, follow_redirects=False) as client:
        yield client


READS: list[tuple[str, dict[str, str], int]] = [
    ("the token", ENTRY, 200),
    ("localhost", {**ENTRY, "Host": f"localhost:{PORT}"}, 200),
    ("the page itself", {**ENTRY, "Origin": ADDRESS, "Sec-Fetch-Site": "same-origin"}, 200),
    ("an address typed in", {**ENTRY, "Sec-Fetch-Site": "none"}, 200),
    ("no token", {}, 401),
    ("another token", {"Authorization": "Bearer another"}, 401),
    ("an empty token", {"Authorization": "Bearer "}, 401),
    ("half a token", {"Authorization": f"Bearer {TOKEN[:5]}"}, 401),
    ("a token in another scheme", {"Authorization": f"Basic {TOKEN}"}, 401),
    ("a cookie of another port", {"Cookie": f"extractor-1={TOKEN}"}, 401),
    ("a cookie that is none", {"Cookie": "=;;=\x01"}, 401),
    ("a name that was rebound", {**ENTRY, "Host": f"evil.example:{PORT}"}, 403),
    ("the right name, another port", {**ENTRY, "Host": "127.0.0.1:80"}, 403),
    ("a name with more behind it", {**ENTRY, "Host": f"127.0.0.1:{PORT}.evil.example"}, 403),
    ("all interfaces", {**ENTRY, "Host": f"0.0.0.0:{PORT}"}, 403),
    ("a page elsewhere", {**ENTRY, "Origin": "https://evil.example"}, 403),
    ("a page without a name", {**ENTRY, "Origin": "null"}, 403),
    ("a page on another port", {**ENTRY, "Origin": "http://127.0.0.1:9"}, 403),
    ("an image on a page elsewhere", {**ENTRY, "Sec-Fetch-Site": "cross-site"}, 403),
    ("an image on a page on another port", {**ENTRY, "Sec-Fetch-Site": "same-site"}, 403),
]


@pytest.mark.parametrize(("headers", "status"), [row[1:] for row in READS], ids=[row[0] for row in READS])
def test_who_may_read(stranger: TestClient, headers: dict[str, str], status: int) -> None:
    for path in ("/api/run", "/", "/openapi.json", "/docs", "/api/nothing"):
        answer = stranger.get(path, headers=headers)
        assert answer.status_code == (404 if (status, path) == (200, "/api/nothing") else status), path
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert TOKEN not in answer.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (WRITE, 200),
        (ENTRY, 403),
        ({**WRITE, "X-Requested-With": "XMLHttpRequest"}, 403),
        ({**WRITE, "Origin": "https://evil.example"}, 403),
        ({"X-Requested-With": "extractor"}, 401),
    ],
)
def test_who_may_write(stranger: TestClient, headers: dict[str, str], status: int) -> None:
    assert stranger.post("/api/reviewer", json={"name": "王敏"}, headers=headers).status_code == status


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_do_nothing(stranger: TestClient, method: str) -> None:
    assert stranger.request(method, "/api/run", headers=ENTRY).status_code == 403
    assert stranger.request(method, "/api/run", headers=WRITE).status_code in (404, 405)


def test_the_printed_address_lets_in_once_and_hides_the_token(stranger: TestClient) -> None:
    answer = stranger.get(f"/?token={TOKEN}", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie == f"extractor-{PORT}={TOKEN}; HttpOnly; SameSite=Strict; Path=/"
    stranger.cookies.clear()
    assert stranger.get("/", headers={"Cookie": cookie.partition(";")[0]}).status_code == 200
    assert stranger.get("/?token=another").status_code == 401
    assert stranger.get(f"/api/run?token={TOKEN}").status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/../server.py",
        "/%2e%2e/server.py",
        "/..%2fserver.py",
        "/page/../../store.py",
        "/%2Fetc/passwd",
        "//etc/passwd",
        "/C:%5Cwindows%5Cwin.ini",
        "/index.html%00.js",
        "/__init__.py",
    ],
)
def test_nothing_but_the_page_is_served(stranger: TestClient, path: str) -> None:
    answer = stranger.get(path, headers=ENTRY)
    assert answer.status_code == 404
    assert answer.json() == {"detail": "there is no such page here", "field": None}


def test_the_page_has_no_inline_script_and_asks_nobody_else(bench: Bench) -> None:
    answer = bench.client.get("/")
    assert answer.headers["content-security-policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self';"
    )
    for text in (answer.text, bench.client.get("/docs").text):
        assert "<style" not in text
        assert "style=" not in text
        assert "http://" not in text.replace(ADDRESS, "")
        assert "https://" not in text


@pytest.mark.parametrize(
    ("path", "size", "kind"), [("/api/reviewer", BODY, "application/json"), ("/extract", TEXT, "application/json")]
)
def test_a_body_that_is_too_large_is_cut_off(bench: Bench, path: str, size: int, kind: str) -> None:
    def blocks() -> Iterator[bytes]:
        for _ in range(0, size + 1, 1 << 16):
            yield b" " * (1 << 16)

    named = bench.client.post(path, content=b" " * (size + 1), headers={"Content-Type": kind})
    chunked = bench.client.post(path, content=blocks(), headers={"Content-Type": kind})
    assert [named.status_code, chunked.status_code] == [413, 413]
    assert named.json()["detail"].startswith("more than the")


def test_a_websocket_is_refused(bench: Bench) -> None:
    with pytest.raises(WebSocketDisconnect), bench.client.websocket_connect("/api/run"):
        pass
