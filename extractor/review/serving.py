"""The server: this machine alone, on a port that is there before the address is known to anybody."""

from __future__ import annotations

import getpass
import secrets
import socket
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn

from extractor.batch import WrongCall, crew
from extractor.review.desk import Desk
from extractor.review.server import application

LOOPBACK = "127.0.0.1"


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A socket of this machine alone; port 0 is any free one.

    It is named a TCP socket, or asyncio would leave Nagle's algorithm on and every answer would wait 40 ms for the reader.

    Raises:
        WrongCall: the port is taken or forbidden.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as found:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((LOOPBACK, port))
            found.listen()
        except OSError as error:
            raise WrongCall(f"--port {port}: {error.strerror}; choose another, or 0 for any free one") from None
        yield found


def login() -> str:
    """The login name; `-` where the system has none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "-"


class Served:
    """A desk behind an open socket, with the address that lets one person in."""

    def __init__(self, desk: Desk, listening: socket.socket, reviewer: str | None = None) -> None:
        self.socket = listening
        self.port = int(listening.getsockname()[1])
        self.token = secrets.token_urlsafe(32)
        self.app = application(desk, self.token, self.port, (reviewer or "").strip() or login())
        self.desk = desk

    @property
    def address(self) -> str:
        """What is opened in a browser."""
        return f"http://{LOOPBACK}:{self.port}/?token={self.token}"

    def run(self, browse: bool) -> None:
        """Serve until Ctrl-C; the pipeline is loaded meanwhile, so that the first text opens at once."""
        crew.ready()
        Thread(target=self.desk.shelf.texts.warm, daemon=True).start()
        if browse:
            webbrowser.open(self.address)
        config = uvicorn.Config(self.app, log_level="warning", access_log=False, server_header=False, lifespan="off")
        uvicorn.Server(config).run(sockets=[self.socket])
