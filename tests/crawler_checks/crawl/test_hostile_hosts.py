"""Hosts that do not keep to HTTP, that never end, or that swell: bounds hold, and nothing is taken for an answer."""

import socket
import threading
import zlib
from collections.abc import Callable

import brotli
import pytest

from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.limits import Limits
from crawler_checks.crawl.live import CurlSource
from crawler_checks.crawl.pace import Reachable
from tests.crawler_checks.sites import HASTY

ServeRaw = Callable[..., str]
HERE = Reachable(frozenset({"127.0.0.1", "::1"}))
TIGHT = Limits(
    page_bytes=1 << 20, file_bytes=1024, header_bytes=8192, connect_seconds=2, total_seconds=2, slow_seconds=1
)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def ask(origin: str, want: Want = Want.PAGE) -> Answer:
    return fetch_one(CurlSource(origin, TIGHT, HASTY, reachable=HERE), Request("/", want))


def saying(*parts: bytes) -> Callable[[socket.socket], None]:
    """Sends these, and hangs up."""

    def behave(connection: socket.socket) -> None:
        for part in parts:
            connection.sendall(part)
        connection.shutdown(socket.SHUT_RDWR)

    return behave


def without_end(part: bytes, head: bytes = HEAD + b"\r\n") -> Callable[[socket.socket], None]:
    """Sends `head` and then `part` again and again, until the client hangs up."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(part)

    return behave


@pytest.mark.parametrize(
    "said",
    [
        (b"<html>no headers at all</html>",),  # HTTP/0.9
        (b"\x15\x03\x01\x00\x02\x02\x28",),
        (b"SSH-2.0-OpenSSH_9.2\r\n",),
        (),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"zz\r\nnot a length"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"5\r\nhello\r\n"),
        (HEAD + b"Content-Length: 900\r\n\r\nshort",),
        (HEAD + b"Content-Length: -5\r\n\r\nnothing",),
        (HEAD + b"Content-Encoding: gzip\r\n\r\nplain after all",),
        (HEAD + b"Content-Encoding: br\r\n\r\nplain after all",),
    ],
)
def test_what_is_no_http_is_no_answer(serve_raw: ServeRaw, said: tuple[bytes, ...]) -> None:
    answer = ask(serve_raw(saying(*said)))
    assert isinstance(answer, NoAnswer)
    assert answer.trouble in (Trouble.BAD_REPLY, Trouble.UNREACHABLE)


def test_a_length_that_is_too_short_ends_the_page_there(serve_raw: ServeRaw) -> None:
    answer = ask(serve_raw(saying(HEAD + b"Content-Length: 5\r\n\r\n<p>much more than five bytes</p>")))
    assert isinstance(answer, Response)
    assert answer.body == b"<p>mu"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_a_bomb_in_any_packing_is_left_when_it_has_swollen_to_a_page(
    serve_raw: ServeRaw, encoding: str
) -> None:
    zeros = b"\0" * (32 << 20)
    packed = {
        "gzip": lambda: zlib.compress(zeros, 9, wbits=31),
        "deflate": lambda: zlib.compress(zeros, 9),
        "br": lambda: brotli.compress(zeros, quality=1),
    }[encoding]()
    head = HEAD + f"Content-Encoding: {encoding}\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    answer = ask(serve_raw(saying(head, packed)))
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.truncated) == (1 << 20, True)


def test_a_body_without_end_is_left_when_it_is_as_long_as_a_page(serve_raw: ServeRaw) -> None:
    answer = ask(serve_raw(without_end(b"<p>on and on</p>" * 1000)))
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.truncated) == (1 << 20, True)


def test_headers_without_end_are_left(serve_raw: ServeRaw) -> None:
    assert ask(serve_raw(without_end(b"X-More: " + b"x" * 500 + b"\r\n", HEAD))) == NoAnswer(
        "/", Trouble.HEADERS_TOO_LARGE
    )
    assert ask(serve_raw(without_end(b"x" * 5000, HEAD + b"X-One-Line: "))) != Response("/", 200)


def test_a_body_that_drips_is_left_after_a_while(serve_raw: ServeRaw) -> None:
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(HEAD + b"Content-Length: 100000\r\n\r\n")
        while not over.wait(0.1):
            connection.sendall(b"x")

    assert ask(serve_raw(drip)) == NoAnswer("/", Trouble.TIMEOUT)
    over.set()


def test_an_interim_answer_is_not_the_answer(serve_raw: ServeRaw) -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    answer = ask(serve_raw(saying(hints + HEAD + b"Content-Length: 2\r\n\r\nok")))
    assert isinstance(answer, Response)
    assert (answer.status, answer.body) == (200, b"ok")
