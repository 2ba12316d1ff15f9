"""Bytes come from a file or over http, never more than wanted, and no answer leads elsewhere."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from workbench.fetching import bytes_at
from workbench.outcome import CannotDo


class Answers(BaseHTTPRequestHandler):
    """A server that is not to be trusted."""

    def do_GET(self) -> None:
        place = {"/to-a-file": "file:///etc/hostname", "/to-here": "/feed"}.get(self.path)
        self.send_response(302 if place else 404 if self.path == "/none" else 200)
        if place:
            self.send_header("Location", place)
        self.end_headers()
        self.wfile.write(b"x" * (5000 if self.path == "/large" else 4))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as answers:
        thread = threading.Thread(target=answers.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"127.0.0.1:{answers.server_address[1]}"
        answers.shutdown()
        thread.join()


def test_an_address_and_a_file_are_read(server: str, tmp_path: Path) -> None:
    (tmp_path / "feed.atom").write_bytes(b"abcd")

    assert bytes_at(f"http://{server}/feed", 100) == b"xxxx"
    assert bytes_at(f"http://{server}/to-here", 100) == b"xxxx"
    assert bytes_at(str(tmp_path / "feed.atom"), 100) == b"abcd"


@pytest.mark.parametrize(
    ("path", "why"), [("/large", "太大"), ("/none", "HTTP 404"), ("/to-a-file", "HTTP 302|打不开")]
)
def test_what_is_too_large_missing_or_leads_to_a_file_is_refused(server: str, path: str, why: str) -> None:
    with pytest.raises(CannotDo, match=why):
        bytes_at(f"http://name:word@{server}{path}", 100)


def test_a_password_in_an_address_is_not_told(server: str) -> None:
    with pytest.raises(CannotDo) as refusal:
        bytes_at(f"http://name:word@{server}/large", 100)

    assert "word" not in str(refusal.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotDo, match="没有"):
        bytes_at(str(tmp_path / "none.atom"), 100)
