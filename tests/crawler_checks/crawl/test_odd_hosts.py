"""Hosts that are reached or spoken to in other ways: IPv6, a dead address beside a living one, HTTP/2 alone, old TLS."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import h2.config
import h2.connection
import h2.events
import pytest

from crawler_checks.checks.check import Outcome
from crawler_checks.crawl.answer import Answer, NoAnswer, Request, Response, Trouble, Want, fetch_one
from crawler_checks.crawl.certificate import CertificateFault
from crawler_checks.crawl.limits import BOUNDS, Limits
from crawler_checks.crawl.live import CurlSource
from crawler_checks.crawl.opening import Means, open_target
from crawler_checks.crawl.pace import Reachable
from crawler_checks.crawl.transfer import look_at_certificate
from crawler_checks.inspection import CannotInspect, inspect_site
from tests.crawler_checks.authority import Authority
from tests.crawler_checks.sites import HASTY, TODAY, html, links, reply

ServeRaw = Callable[..., str]
HERE = Reachable(frozenset({"127.0.0.1", "::1"}))
TIGHT = Limits(connect_seconds=2, total_seconds=3)


def ask(origin: str, address: str = "/") -> Answer:
    return fetch_one(CurlSource(origin, TIGHT, HASTY, reachable=HERE), Request(address, Want.PAGE))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as in conftest
    methods: set[str]

    def do_GET(self) -> None:
        self.methods.add(self.command)
        if self.path == "/":
            reply(self, html(links("/a.html", "/gone.html")))
        elif self.path == "/a.html":
            reply(self, html("<p>一页</p>"))
        else:
            reply(self, "none", 404)

    def __getattr__(self, name: str) -> object:
        if name.startswith("do_"):
            self.methods.add(name.removeprefix("do_"))
        raise AttributeError(name)

    def log_message(self, *_: object) -> None:
        pass


class IPv6Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6
    daemon_threads = True


@contextmanager
def site_at(host: str) -> Iterator[tuple[int, set[str]]]:
    """A site on this one address of the computer: its port, and the methods that were used."""
    methods: set[str] = set()
    made = type("Noting", (Handler,), {"methods": methods})
    kind = IPv6Server if ":" in host else ThreadingHTTPServer
    with kind((host, 0), made) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server.server_address[1], methods
        server.shutdown()


def faults(target: str) -> list[tuple[str, str | None]]:
    found = inspect_site(target, today=TODAY, manners=HASTY, limits=TIGHT).findings
    return [
        (one.check, one.object) for one in found if one.outcome is Outcome.FAIL and one.check == "link_broken"
    ]


needs_ipv6 = pytest.mark.skipif(not socket.has_ipv6, reason="this computer has no IPv6")


@needs_ipv6
@pytest.mark.parametrize("name", ["[::1]", "localhost"])
def test_a_host_that_has_ipv6_alone_is_inspected(name: str) -> None:
    with site_at("::1") as (port, _):
        assert faults(f"http://{name}:{port}/") == [("link_broken", "/gone.html")]


@needs_ipv6
def test_a_dead_address_beside_a_living_one_is_passed_over() -> None:
    """The name leads to ::1, where connections are swallowed, and to 127.0.0.1, where the site is."""
    with site_at("127.0.0.1") as (port, _), ExitStack() as held:
        deaf = held.enter_context(socket.socket(socket.AF_INET6, socket.SOCK_STREAM))
        deaf.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        deaf.bind(("::1", port))
        deaf.listen(0)
        for _ in range(4):  # its queue is full: nobody is answered any more
            caller = held.enter_context(socket.socket(socket.AF_INET6, socket.SOCK_STREAM))
            caller.setblocking(False)
            caller.connect_ex(("::1", port))
        assert faults(f"http://localhost:{port}/") == [("link_broken", "/gone.html")]


def test_a_host_of_which_every_address_is_dead_is_unknown() -> None:
    with pytest.raises(CannotInspect, match="连接不上"):
        inspect_site("http://localhost:9/", today=TODAY, manners=HASTY)


def test_nothing_but_get_is_ever_sent() -> None:
    with site_at("127.0.0.1") as (port, methods):
        inspect_site(f"http://127.0.0.1:{port}/", today=TODAY, manners=HASTY)
    assert methods == {"GET"}


def speak_http2(connection: socket.socket, first: bytes) -> None:
    """Answer a client that speaks HTTP/2, and nobody else."""
    talk = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding="utf-8"))
    talk.initiate_connection()
    data = first
    while data:
        for event in talk.receive_data(data):
            if isinstance(event, h2.events.RequestReceived) and event.stream_id is not None:
                path = dict(event.headers)[":path"]  # type: ignore[index]
                status, body = (
                    ("200", html(links("/a.html", "/gone.html"))) if path == "/" else ("404", "none")
                )
                status, body = ("200", html("<p>一页</p>")) if path == "/a.html" else (status, body)
                head = [(":status", status), ("content-type", "text/html; charset=utf-8")]
                talk.send_headers(event.stream_id, head)
                talk.send_data(event.stream_id, body.encode(), end_stream=True)
        connection.sendall(talk.data_to_send())
        data = connection.recv(65536)


@contextmanager
def http2_host(context: ssl.SSLContext | None) -> Iterator[str]:
    """A host that hangs up on whoever does not speak HTTP/2."""

    def talk(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True) if context else connection as talking:
                first = talking.recv(65536)
                if first.startswith(b"PRI * HTTP/2.0"):
                    speak_http2(talking, first)
        except (OSError, h2.exceptions.H2Error):
            """A client that hangs up is often the point of a test."""

    def accept() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=accept, daemon=True).start()
        yield f"{'https' if context else 'http'}://localhost:{listening.getsockname()[1]}"
        listening.shutdown(socket.SHUT_RDWR)


def test_a_host_that_speaks_http2_alone_is_inspected(authority: Authority) -> None:
    context = authority.context("localhost")
    context.set_alpn_protocols(["h2"])
    with http2_host(context) as origin:
        assert faults(f"{origin}/") == [("link_broken", "/gone.html")]


def test_one_that_speaks_it_without_tls_is_not_understood_by_browsers_either_and_unknown() -> None:
    with http2_host(None) as origin:
        assert isinstance(ask(origin), NoAnswer)
        with pytest.raises(CannotInspect):
            inspect_site(f"{origin}/", today=TODAY, manners=HASTY)


def test_a_missing_certificate_between_is_told_and_the_site_read(
    serve_raw: ServeRaw, authority: Authority
) -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 11\r\n\r\n<p>page</p>"
    origin = serve_raw(
        lambda connection: connection.sendall(page), authority.context("localhost", between=True)
    )
    opened = open_target(origin + "/", BOUNDS, Means(HASTY))
    assert opened.certificate is not None
    assert opened.certificate.fault is CertificateFault.UNTRUSTED
    assert isinstance(fetch_one(opened.source, Request("/", Want.PAGE)), Response)


def test_a_host_of_tls_without_secure_renegotiation_is_told_apart_and_accuses_nobody() -> None:
    """Its greeting lacks the extension of 2010; libraries of today hang up."""
    hello = b"\x03\x03" + b"\x11" * 32 + b"\x00" + b"\xc0\x2f" + b"\x00"
    message = b"\x02" + struct.pack(">I", len(hello))[1:] + hello
    greeting = b"\x16\x03\x03" + struct.pack(">H", len(message)) + message

    def greet(connection: socket.socket) -> None:
        with connection:
            connection.recv(65536)
            connection.sendall(greeting)
            connection.recv(65536)

    with socket.create_server(("127.0.0.1", 0)) as listening:

        def accept() -> None:
            while True:
                try:
                    greet(listening.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        origin = f"https://localhost:{listening.getsockname()[1]}"
        assert ask(origin) == NoAnswer("/", Trouble.BAD_TLS)
        seen = look_at_certificate(origin, TIGHT, HERE)
        assert seen is not None
        assert seen.fault is CertificateFault.OTHER
        with pytest.raises(CannotInspect, match="安全连接"):
            inspect_site(f"{origin}/", today=TODAY, manners=HASTY)
        listening.shutdown(socket.SHUT_RDWR)
