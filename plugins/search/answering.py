"""A small server that answers search pages out of an engine. It listens on this computer alone: a web server stands before it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from plugins.search.server_answer import Asked, ServerAnswer, read_asked

HOST = "127.0.0.1"
LONGEST_ADDRESS = 8192
MOST_SECONDS = 20

Answering = Callable[[Asked], ServerAnswer]
Told = Callable[[str], object]


def server(answer: Answering, port: int, tell: Told) -> ThreadingHTTPServer:
    """A server that has not begun yet. `tell` is given one line for each fault of the engine."""
    return ThreadingHTTPServer((HOST, port), partial(_Handler, answer=answer, tell=tell))


class _Handler(BaseHTTPRequestHandler):
    timeout = MOST_SECONDS
    server_version = "gongkai"
    sys_version = ""

    def __init__(self, *args: Any, answer: Answering, tell: Told, **kwargs: Any) -> None:
        self.answer, self.tell = answer, tell
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer one question."""
        if len(self.path) > LONGEST_ADDRESS:
            self._send(414, {"error": "too long"})
            return
        try:
            answered = self.answer(read_asked(urlsplit(self.path).query)).as_json()
        except Exception as fault:  # noqa: BLE001 whatever the engine's fault is, readers get an answer
            self.tell(f"{type(fault).__name__}: {fault}".splitlines()[0])
            self._send(503, {"error": "the engine does not answer"})
            return
        self._send(200, answered)

    def _send(self, status: int, value: Any) -> None:
        data = json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """What readers ask is written down nowhere."""
