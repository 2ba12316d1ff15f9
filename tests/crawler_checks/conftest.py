"""Folders and servers for the inspector's tests."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler_checks.crawl import transfer
from tests.crawler_checks.authority import Authority

Behaviour = Callable[[BaseHTTPRequestHandler], None]
RawBehaviour = Callable[[socket.socket], None]


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[Mapping[str, str | bytes]], Path]:
    """Writes files below a folder and gives its path."""

    def write(files: Mapping[str, str | bytes]) -> Path:
        for name, content in files.items():
            path = tmp_path / "site" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return tmp_path / "site"

    return write


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # as many as call at once

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is often the point of a test."""


@pytest.fixture
def serve() -> Iterator[Callable[[Behaviour], str]]:
    """Starts servers on this computer that behave as told to every GET, and gives their addresses."""
    servers: list[ThreadingHTTPServer] = []

    def start(behaviour: Behaviour) -> str:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # or every body waits 40 ms for word of its head

            def do_GET(self) -> None:
                behaviour(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the library's name
                pass

        server = _Server(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def serve_raw() -> Iterator[Callable[..., str]]:
    """Starts servers that are given each connection as it is, once the request was read; and gives their addresses.

    With a `context` the connection is secured first.
    """
    servers: list[socket.socket] = []

    def start(behaviour: RawBehaviour, context: ssl.SSLContext | None = None) -> str:
        listening = socket.create_server(("127.0.0.1", 0))
        servers.append(listening)
        threading.Thread(target=_accept, args=(listening, behaviour, context), daemon=True).start()
        scheme = "https" if context else "http"
        return f"{scheme}://localhost:{listening.getsockname()[1]}"

    yield start
    for server in servers:
        server.close()


def _accept(listening: socket.socket, behaviour: RawBehaviour, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(connection, behaviour, context), daemon=True).start()


def _talk(connection: socket.socket, behaviour: RawBehaviour, context: ssl.SSLContext | None) -> None:
    try:
        with context.wrap_socket(connection, server_side=True) if context else connection as talking:
            while talking.recv(65536):
                behaviour(talking)
    except OSError:
        """A client that hangs up is often the point of a test."""
    finally:
        connection.close()


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """The one authority that the inspector trusts."""
    made = Authority(tmp_path)
    monkeypatch.setattr(transfer, "_authorities", lambda: str(made.file))
    return made
